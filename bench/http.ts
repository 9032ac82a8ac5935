import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPlate } from '../apps/server/sign-in/local-door.ts'
import { machine } from '../apps/server/world.ts'
import { chainsXml } from './plan/chains.ts'

// How fast the server answers over HTTP, a plan of 10,000 tasks in it: `node bench/http.ts`, a markdown table.
const TASKS = 10_000
const CLIENTS = 20
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8)
const bin = join(import.meta.dirname, '..', 'bin', 'helmward.js')

const folder = mkdtempSync(join(tmpdir(), 'hw-bench-'))
chmodSync(folder, 0o755)
const data = join(folder, 'data')
const rows: [string, string, string][] = []
const note = (what: string, figure: string, target = '') => rows.push([what, figure, target])

const first = await start()
note('first start to listening (database made)', ms(first.listeningMs))
await stop(first.child)
const again = await start()
note('start on existing data to listening', ms(again.listeningMs), '≤ 1 s')
try {
  await measure(again.ask)
} finally {
  await stop(again.child)
  rmSync(folder, { recursive: true, force: true })
}
print()

type Ask = (path: string, init?: { method?: string; body?: string; type?: string }) => Promise<Answer>
type Answer = { readonly text: string; readonly bytes: number; readonly tookMs: number }

async function start(): Promise<{ child: ChildProcess; ask: Ask; listeningMs: number }> {
  const begun = performance.now()
  const child = spawn(process.execPath, [bin, 'serve', '--empty', '--port', '0'], {
    env: { PATH: process.env.PATH, HELMWARD_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // The plate hangs as soon as the server listens; the greeting waits for the sign-in link.
  let plate = readPlate(data)
  while (plate?.pid !== child.pid) {
    await new Promise((resume) => setTimeout(resume, 5))
    plate = readPlate(data)
  }
  const listeningMs = performance.now() - begun
  const { address, secret } = plate ?? { address: '', secret: '' }
  const ask: Ask = async (path, { method = 'GET', body, type = 'application/json' } = {}) => {
    const asked = performance.now()
    const response = await fetch(`${address}${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${text.slice(0, 300)}`)
    return { text, bytes: text.length, tookMs: performance.now() - asked }
  }
  return { child, ask, listeningMs }
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  await once(child, 'close')
}

async function measure(ask: Ask): Promise<void> {
  const body = chainsXml(TASKS, '2026-01-05T08:00:00')
  const read = await ask('/api/files/plan?name=bench.xml', { method: 'POST', body, type: 'application/xml' })
  note(`plan file of ${TASKS} tasks read (${(body.length / 1e6).toFixed(1)} MB)`, ms(read.tookMs))
  const { plan, source } = JSON.parse(read.text)
  const project = machine.newId()
  const input = JSON.stringify({ id: project, fileName: 'bench.xml', plan, source })
  const imported = await ask('/api/schedule.import', { method: 'POST', body: input })
  note('imported', ms(imported.tookMs), '≤ 2 s')
  await median('whole project (project.rows), warm', ask, `/api/project.rows?project=${project}`, '≤ 300 ms')
  await median('schedule.show, warm', ask, `/api/schedule.show?project=${project}`)
  await median('a page of 500 tasks, sorted', ask, `/api/records/task?project=${project}&size=500&sort=-name`)
  await edits(ask, project)
}

async function median(what: string, ask: Ask, path: string, target = ''): Promise<void> {
  for (let warm = 0; warm < 2; warm += 1) await ask(path)
  const answers: Answer[] = []
  for (let run = 0; run < 7; run += 1) answers.push(await ask(path))
  const times = answers.map(({ tookMs }) => tookMs).sort((a, b) => a - b)
  note(what, `${ms(times[3] ?? 0)}, ${((answers[0]?.bytes ?? 0) / 1e6).toFixed(1)} MB`, target)
}

/** Small actions from many clients at once, each renaming tasks of its own. */
async function edits(ask: Ask, project: string): Promise<void> {
  const { rows: tasks } = JSON.parse((await ask(`/api/records/task?project=${project}&size=500`)).text)
  const waits: number[] = []
  const until = performance.now() + SECONDS * 1000
  const client = async (number: number) => {
    for (let turn = 0; performance.now() < until; turn += 1) {
      const { id } = tasks[(number + turn * CLIENTS) % tasks.length]
      const body = JSON.stringify({ tasks: [{ id, name: `Task ${number}.${turn}` }] })
      waits.push((await ask('/api/task.edit', { method: 'POST', body })).tookMs)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, (_none, number) => client(number)))
  const sorted = waits.sort((a, b) => a - b)
  const at = (share: number) => ms(sorted[Math.floor(sorted.length * share)] ?? 0)
  note(`task.edit over HTTP, ${CLIENTS} clients`, `${Math.round(waits.length / SECONDS)}/s`)
  note('their wait, p50 / p99', `${at(0.5)} / ${at(0.99)}`, 'p99 < 400 ms')
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en')} ms`
}

function print(): void {
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, Node ${process.version}\n`)
  console.log('| what | figure | target |\n| --- | --- | --- |')
  for (const row of rows) console.log(`| ${row.join(' | ')} |`)
}
