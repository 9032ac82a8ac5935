import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import type { Database } from '../apps/server/postgres/database.ts'
import { openDatabase } from '../apps/server/postgres/open.ts'
import { type PostgresStore, postgresStore } from '../apps/server/postgres/store.ts'
import { SYSTEM } from '../kernel/access.ts'
import { uuidV7 } from '../kernel/id.ts'
import { createLedger, type Ledger } from '../kernel/ledger/ledger.ts'
import { createRegistry } from '../kernel/registry.ts'
import { PLAN_ROOM, planOf } from './ledger/plan-room.ts'

// How fast the ledger is on a new embedded database with fsync on: `node bench/ledger.ts`, a markdown table.
const CLIENTS = 20
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8)
const TASKS = 10_000

const folder = mkdtempSync(join(tmpdir(), 'hw-bench-'))
chmodSync(folder, 0o755)
const rows: [string, string, string][] = []
const note = (what: string, figure: string, target = '') => rows.push([what, figure, target])

const first = await timed(() => openDatabase({ HELMWARD_DATA: join(folder, 'data') }))
note('first start (database made, migrated)', ms(first.tookMs))
await first.result.stop()
const again = await timed(() => openDatabase({ HELMWARD_DATA: join(folder, 'data') }))
note('start on existing data', ms(again.tookMs), '≤ 1 s')
const database = again.result
try {
  await smallActions(database)
  await importAndReads(database)
  await sizes(database)
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}
print()

async function smallActions(on: Database): Promise<void> {
  const { ledger } = open(on)
  const project = await planIn(ledger)
  // No warming up: the very first writes on an empty workspace count.
  const { waits, tookMs } = await hammer(ledger, project, CLIENTS, (_done, forMs) => forMs > SECONDS * 1000)
  note(
    `small actions acknowledged, ${CLIENTS} clients, new database`,
    `${rate(waits, tookMs)}/s`,
    '≥ 1,000/s',
  )
  note('their wait, p50 / p99 / longest', quantiles(waits), 'p99 ≤ 100 ms')
  const one = await hammer(ledger, project, 1, (done) => done >= 300)
  note('one client alone', `${rate(one.waits, one.tookMs)}/s, ${quantiles(one.waits)}`)
  const importing = timed(() => importPlan(ledger))
  const state = { over: false }
  const meanwhile = hammer(ledger, project, CLIENTS, () => state.over)
  const { tookMs: importMs } = await importing
  state.over = true
  const during = await meanwhile
  note('import of 10,000 tasks among them', ms(importMs))
  note('small actions during that import, p50 / p99 / longest', quantiles(during.waits))
  const audit = await timed(() => ledger.verify())
  const { changes, versions, bad } = audit.result
  note(
    'audit of all that',
    `${changes} changes, ${versions} versions, ${bad ? 'BAD' : 'valid'}, ${ms(audit.tookMs)}`,
  )
  await ledger.close()
}

async function hammer(
  ledger: Ledger,
  project: string,
  clients: number,
  isOver: (done: number, forMs: number) => boolean,
) {
  const waits: number[] = []
  const begun = performance.now()
  const client = async (): Promise<void> => {
    const mine: string[] = []
    for (let turn = 0; !isOver(waits.length, performance.now() - begun); turn += 1) {
      const asked = performance.now()
      if (turn % 2 === 0) {
        const id = randomUUID()
        await act(ledger, 'plan.addTask', { id, project, name: `Task ${turn}`, durationMinutes: 480 })
        mine.push(id)
      } else {
        const id = mine[Math.floor(turn / 4)] ?? mine[0] ?? ''
        await act(ledger, 'plan.changeTask', { id, durationMinutes: 60 * turn })
      }
      waits.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return { waits, tookMs: performance.now() - begun }
}

async function importAndReads(on: Database): Promise<void> {
  const { ledger, store } = open(on)
  const runs: number[] = []
  let project = ''
  for (let run = 0; run < 3; run += 1) {
    const done = await timed(() => importPlan(ledger))
    runs.push(done.tookMs)
    project = done.result
  }
  note(
    'import of 30,000 versions (10,000 tasks, links, assignments), three times',
    runs.map(ms).join(', '),
    '≤ 2 s',
  )
  const wanted = { project, kinds: ['task', 'link', 'assignment'] }
  const whole = await best(() => store.projectText({ projects: new Set([project]) }, wanted))
  const packed = await best(async () => gzipSync(whole.result.text, { level: 1 }))
  const size = `${(whole.result.text.length / 1e6).toFixed(2)} MB, gzip ${(packed.result.length / 1e6).toFixed(2)} MB`
  note('whole project as text', `${ms(whole.tookMs)} + gzip ${ms(packed.tookMs)}; ${size}`)
  const { seq } = whole.result
  const list = (at?: number) =>
    best(() => store.read({ projects: 'all' }, (reader) => reader.list('task', { project }, at)))
  note('10,000 tasks now', ms((await list()).tookMs))
  const change = await timed(() => act(ledger, 'plan.changeAll', { project, byMinutes: 60 }))
  note('change of 10,000 tasks in one action', ms(change.tookMs))
  const past = await list(seq)
  note(`as of the change before: ${past.result.length} tasks`, ms(past.tookMs))
  const undo = await timed(() => ledger.undo({ actor: SYSTEM, via: 'bench', seq: change.result.seq }))
  note('undo of that change', ms(undo.tookMs))
  await ledger.close()
}

function open(on: Database): { ledger: Ledger; store: PostgresStore } {
  const store = postgresStore({ runtime: on.runtime, owner: on.owner, workspace: randomUUID() })
  const hashBytes = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
  const ledger = createLedger({
    registry: createRegistry([PLAN_ROOM]),
    store,
    hash: hashBytes,
    hashBytes,
    clock: Date.now,
    newId: () => uuidV7(Date.now(), randomBytes(10)),
    salt: () => randomBytes(16).toString('hex'),
  })
  return { ledger, store }
}

function act(ledger: Ledger, action: string, input: unknown) {
  return ledger.perform({ actor: SYSTEM, action, input, via: 'bench' })
}

async function planIn(ledger: Ledger): Promise<string> {
  const id = randomUUID()
  await act(ledger, 'plan.begin', { id, name: 'Harbour extension' })
  return id
}

async function importPlan(ledger: Ledger): Promise<string> {
  const project = randomUUID()
  await act(ledger, 'plan.import', planOf(project, TASKS))
  return project
}

async function sizes(on: Database): Promise<void> {
  const client = new pg.Client(on.owner)
  await client.connect()
  const { rows: found } = await client.query<{ name: string; bytes: string; rows: string }>(
    `select c.relname as name, pg_relation_size(c.oid) + coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0) as bytes,
      case when c.relkind = 'r' then greatest(c.reltuples, 0)::bigint end as rows
    from pg_class c where c.relnamespace = 'helmward'::regnamespace and c.relkind in ('r', 'i')
    order by 2 desc limit 12`,
  )
  await client.end()
  for (const each of found) {
    const count = each.rows === null ? '' : `, about ${each.rows} rows`
    note(`on disk: ${each.name}`, `${(Number(each.bytes) / 1e6).toFixed(1)} MB${count}`)
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; tookMs: number }> {
  const start = performance.now()
  const result = await work()
  return { result, tookMs: performance.now() - start }
}

/** The median of five, after one that is not counted. */
async function best<T>(work: () => Promise<T>): Promise<{ result: T; tookMs: number }> {
  const { result } = await timed(work)
  const takes: number[] = []
  for (let run = 0; run < 5; run += 1) takes.push((await timed(work)).tookMs)
  return { result, tookMs: takes.sort((a, b) => a - b)[2] ?? 0 }
}

function rate(waits: readonly number[], tookMs: number): string {
  return Math.round((waits.length / tookMs) * 1000).toLocaleString('en')
}

function quantiles(waits: readonly number[]): string {
  const sorted = [...waits].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return `${at(0.5).toFixed(1)} / ${at(0.99).toFixed(1)} / ${at(1).toFixed(1)} ms`
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en')} ms`
}

function print(): void {
  const [cpu] = cpus()
  console.log(`Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown'}, fsync on\n`)
  console.log('| what | measured | target |\n|---|---|---|')
  for (const row of rows) console.log(`| ${row.join(' | ')} |`)
}
