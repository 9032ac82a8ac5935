import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Version } from '../../../kernel/ledger/store.ts'
import { startEmbedded } from './embedded.ts'
import { placesIn } from './folders.ts'
import { readPidFile } from './living.ts'
import { migrate } from './migrate.ts'
import { postgresStore } from './store.ts'
import { newWorkspace, openTestDatabase, temporaryFolder } from './test-cluster.ts'
import { newId, planLedger } from './test-plan.ts'
import type { WriterOrders } from './test-writer.ts'

const isOwn = Boolean(process.env.DATABASE_URL)
// At least 25 of each kind: the owner alone, the owner with its server, a writer to a server of the own.
const CYCLES = Number(process.env.HELMWARD_KILL_CYCLES ?? (isOwn ? 26 : 52))
const LONGEST_LIFE_MS = 250
const writer = join(import.meta.dirname, 'test-writer.ts')

/** How a cycle ends: what is killed, and whether Linux may stop the server that is left. */
const DEATHS = [
  { servers: false, endWithOwner: false },
  { servers: true, endWithOwner: false },
  { servers: false, endWithOwner: true },
  { servers: true, endWithOwner: true },
]

test.skipIf(isOwn)(
  `after ${CYCLES} kills of the owner, half of them with the server, no acknowledged change is lost`,
  async () => {
    const { folder, remove } = temporaryFolder()
    const base = join(folder, 'data')
    const first = await startEmbedded({ folder: base })
    await migrate(first.owner, 'helmward_app')
    await first.stop()
    const orders = ordersIn(folder, { folder: base })
    const starts: number[] = []
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const death = DEATHS[cycle % DEATHS.length] ?? { servers: true, endWithOwner: true }
      starts.push(
        await liveAndDie(
          { ...orders, endWithOwner: death.endWithOwner },
          () => (death.servers ? serverProcesses(placesIn(base).data) : []),
          signOf(cycle),
        ),
      )
    }
    const database = await startEmbedded({ folder: base })
    try {
      await settle(database.runtime, orders, starts)
    } finally {
      await database.stop()
      remove()
    }
  },
  240_000,
)

test.runIf(isOwn)(
  `after ${CYCLES} kills of a process that writes to a server of the user's own, none is lost either`,
  async () => {
    const { folder, remove } = temporaryFolder()
    const database = await openTestDatabase()
    const orders = ordersIn(folder, { runtime: database.runtime })
    const starts: number[] = []
    try {
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        starts.push(await liveAndDie(orders, () => [], signOf(cycle)))
      }
      await settle(database.runtime, orders, starts)
    } finally {
      await database.end()
      remove()
    }
  },
  180_000,
)

function ordersIn(folder: string, where: Pick<WriterOrders, 'folder' | 'runtime'>): WriterOrders {
  const account = join(folder, 'account')
  return { ...where, workspace: newWorkspace(), project: newId(), account, endWithOwner: false }
}

/** One life of a writer, ended at a random moment by SIGKILL; how long it took to begin writing. */
async function liveAndDie(
  orders: WriterOrders,
  alsoKilled: () => number[],
  sign: 'writing' | 'acknowledged',
): Promise<number> {
  const begun = performance.now()
  const args = [writer, JSON.stringify(orders)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  await heard(child, sign)
  const tookMs = performance.now() - begun
  await pause(Math.random() * LONGEST_LIFE_MS)
  const others = alsoKilled()
  child.kill('SIGKILL')
  for (const pid of others) kill(pid)
  await exit
  return tookMs
}

/** Two lives of three end only after an acknowledgement, however slow the machine; the third at any time. */
function signOf(cycle: number): 'writing' | 'acknowledged' {
  return cycle % 3 === 0 ? 'writing' : 'acknowledged'
}

async function heard(child: ChildProcess, word: string): Promise<void> {
  let all = ''
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    all += String(chunk)
    if (all.includes(word)) return
  }
  throw new Error(`the writer ended before it said "${word}": ${all}`)
}

/** Compares the writers' account with what the database holds. */
async function settle(
  runtime: Parameters<typeof postgresStore>[0]['runtime'],
  orders: WriterOrders,
  starts: number[],
) {
  const ledger = planLedger(postgresStore({ runtime, workspace: orders.workspace }))
  const store = postgresStore({ runtime, workspace: orders.workspace })
  const lines = readFileSync(orders.account, 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
  const [tasks, links] = await store.read({ projects: 'all' }, async (reader) => [
    await reader.list('task', {}),
    await reader.list('link', {}),
  ])
  const taskOf = new Map(tasks.map((task) => [task.id, task]))
  const linkOf = new Map(links.map((link) => [link.id, link]))
  const steps = lines.filter(([word]) => word === 'asked')
  const done = new Set(lines.flatMap(([word, , id]) => (word === 'done' && id ? [id] : [])))
  const longer = new Set(lines.flatMap(([word, , id]) => (word === 'longer' && id ? [id] : [])))
  const counted = { lost: 0, half: 0, unknownButThere: 0 }
  for (const [, first = '', second = '', link = ''] of steps) {
    const there = [taskOf.get(first), taskOf.get(second), linkOf.get(link)].filter(Boolean).length
    if (there !== 0 && there !== 3) counted.half += 1
    if (done.has(first) && there === 0) counted.lost += 1
    if (longer.has(first) && minutesOf(taskOf.get(first)) !== 540) counted.lost += 1
    if (!done.has(first) && there === 3) counted.unknownButThere += 1
  }
  expect({ lost: counted.lost, half: counted.half }).toEqual({ lost: 0, half: 0 })
  expect(tasks.length).toBe(2 * links.length)
  expect(links.length).toBe(done.size + counted.unknownButThere)
  const seqs = lines.flatMap(([word, seq]) => (word === 'done' || word === 'longer' ? [Number(seq)] : []))
  expect(new Set(seqs).size).toBe(seqs.length)
  expect(seqs.length).toBeGreaterThan(CYCLES / 2)
  const audit = await ledger.verify()
  expect(audit.bad).toBeUndefined()
  expect(audit.changes).toBeGreaterThanOrEqual(seqs.length)
  const longest = Math.round(Math.max(...starts))
  console.log(
    `${starts.length} kills, ${seqs.length} acknowledged, 0 lost, ` +
      `${counted.unknownButThere} unacknowledged but whole, longest wait for a writer ${longest} ms`,
  )
  await store.close()
  await ledger.close()
}

function minutesOf(task: Version | undefined): unknown {
  return task?.body.minutes
}

/** The server and its children, which know nothing of one another's death. */
function serverProcesses(data: string): number[] {
  const server = readPidFile(data)?.pid
  if (!server) throw new Error('no server is running')
  if (!existsSync('/proc')) return [server]
  const children = readdirSync('/proc').filter((pid) => parentOf(pid) === server)
  return [server, ...children.map(Number)]
}

function parentOf(pid: string): number | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in between.
  }
}
