/**
 * Times the whole calculation, from the parsed plan to all results, beside the raw passes without calendars, and the
 * answer to one edit of a kept plan. `node bench/cpm.ts` prints the tables, `node bench/cpm.ts --write` keeps them in
 * `bench/results/cpm.md`, `node bench/cpm.ts one 10000 full` and `node bench/cpm.ts edits 10000` measure one plan.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { editSchedule, type KeptSchedule, keepSchedule } from '../engine/kept.ts'
import type { Plan, Refused } from '../engine/plan.ts'
import { schedule } from '../engine/schedule.ts'
import { nextEdit } from './cpm/edits.ts'
import { machineText, percentile } from './cpm/machine.ts'
import { seeded, seededPlan } from './cpm/seeded-plan.ts'

const TARGET_MS: Record<number, number> = { 1000: 1, 10000: 10, 100000: 150 }

type Row = {
  tasks: number
  kind: 'full' | 'plain'
  coldMs: number
  coldOwnMs: number
  warmMs: number
  warmOwnMs: number
  fastestMs: number
  rawMs: number
  heapMb: number
}

type EditRow = {
  tasks: number
  edited: 'any' | 'critical'
  medianMs: number
  p95Ms: number
  medianChanged: number
  p95Changed: number
  wholes: number
  heapMb: number
}

const EDITS = 420
const WARM_UPS = 70

const [verb, size, kind] = process.argv.slice(2)
if (verb === 'one') console.log(JSON.stringify(measure(Number(size), kind === 'plain' ? 'plain' : 'full')))
else if (verb === 'edits')
  console.log(JSON.stringify(measureEdits(Number(size), kind === 'critical' ? 'critical' : 'any')))
else tables(verb === '--write')

/** Every plan in a process of its own, so that none runs on code another one has warmed up. */
function tables(write: boolean): void {
  const ask = (...args: string[]): unknown =>
    JSON.parse(
      execFileSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), ...args], {
        encoding: 'utf8',
      }),
    )
  const sizes = ['1000', '10000', '100000']
  const rows = sizes.flatMap((tasks) => ['full', 'plain'].map((which) => ask('one', tasks, which) as Row))
  const edits = sizes.flatMap((tasks) =>
    ['any', 'critical'].map((which) => ask('edits', tasks, which) as EditRow),
  )
  const text = report(rows, edits)
  console.log(text)
  if (write) writeFileSync(new URL('./results/cpm.md', import.meta.url), text)
}

function msText(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0)
}

/** The system counts a thread's own time in ticks of some milliseconds: nothing to say of what is shorter. */
function ownText(tasks: number, value: number): string {
  return tasks < 10_000 ? '–' : msText(value)
}

function report(rows: readonly Row[], edits: readonly EditRow[]): string {
  const lines = rows.map(
    (row) =>
      `| ${row.tasks.toLocaleString('en')} | ${row.kind} | ${msText(row.coldMs)} | ${ownText(row.tasks, row.coldOwnMs)} | ${msText(row.warmMs)} | ${ownText(row.tasks, row.warmOwnMs)} | ${msText(row.fastestMs)} | ${msText(row.rawMs)} | ${TARGET_MS[row.tasks]} | ${((row.warmMs * 1000) / row.tasks).toFixed(2)} | ${row.heapMb.toFixed(0)} |`,
  )
  const editLines = edits.map(
    ({ tasks, edited, medianMs, p95Ms, medianChanged, p95Changed, wholes, heapMb }) =>
      `| ${tasks.toLocaleString('en')} | ${edited} | ${msText(medianMs)} | ${msText(p95Ms)} | ${tasks === 10_000 && edited === 'any' ? 2 : ''} | ${medianChanged} | ${p95Changed} | ${wholes} | ${heapMb.toFixed(0)} |`,
  )
  return `# Speed of scheduling

Written by \`node bench/cpm.ts --write\` on ${machineText()} while it ran.

## The whole plan

| tasks | plan | ms | own ms | ms when warm | own ms when warm | fastest ms | raw passes ms | target ms | µs a task | heap MB |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}

- \`ms\`: from the parsed plan to all results (network, both passes, eight fields, slack, drivers, warnings), median of 5
  runs after 3 warm-ups in a fresh process. "When warm": median of 9 after another 30 runs, as in a server that has
  calculated before; "fastest": the best of those 39. "Own": the time that the thread itself was at work, without
  waiting for a core that other programs hold.
- The full plan has 1.5 links a task of all four types, a fifth with lag, three calendars with holidays, half of the
  tasks assigned, a tenth under way; the plain one has finish-to-start links and one calendar only.
- Raw passes: forward and backward over typed arrays that stand ready, without calendars, lags and results: the
  physical limit.
- Growth: µs a task when warm, over plans ten times as large. Heap: what one answer leaves in memory, the plan itself
  not counted.

## One edit

| tasks | edited | median ms | p95 ms | target ms | changed tasks, median | changed, p95 | calculated as a whole | heap MB |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${editLines.join('\n')}

- The full plan kept (\`keepSchedule\`), then ${EDITS} different edits one after another, each answered in every field
  (\`editSchedule\`): duration, constraint, progress, units, deadline, link added, link removed in turn, of a task chosen
  by chance; ${WARM_UPS} edits before them warm up. "Critical": a task on the critical path takes longer, which now and then moves
  the end of the project and with it the late dates of very many tasks.
- Changed: tasks with another result than before. Heap: plan, answer and what is kept for the next edit.
`
}

function measureEdits(tasks: number, edited: EditRow['edited']): EditRow {
  globalThis.gc?.()
  const heapBefore = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  let kept = sound(keepSchedule(seededPlan(tasks, 'full')))
  globalThis.gc?.()
  const heapMb = (process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - heapBefore) / 2 ** 20
  const random = seeded(7)
  const takenMs: number[] = []
  const changed: number[] = []
  let wholes = 0
  for (let count = 0; count < WARM_UPS + EDITS; count++) {
    const edit = nextEdit(kept, count, random, edited === 'critical')
    const begun = performance.now()
    const next = editSchedule(kept, [edit])
    const tookMs = performance.now() - begun
    kept = sound(next)
    if (count < WARM_UPS) continue
    takenMs.push(tookMs)
    changed.push(kept.changed.length)
    if (kept.calculated === 'whole') wholes++
  }
  return {
    tasks,
    edited,
    medianMs: percentile(takenMs, 0.5),
    p95Ms: percentile(takenMs, 0.95),
    medianChanged: percentile(changed, 0.5),
    p95Changed: percentile(changed, 0.95),
    wholes,
    heapMb,
  }
}

function sound(made: KeptSchedule | Refused): KeptSchedule {
  if ('refused' in made) throw new Error(JSON.stringify(made.refused))
  return made
}

function measure(tasks: number, kind: 'full' | 'plain'): Row {
  const plan = seededPlan(tasks, kind)
  const answer = () => {
    const made = schedule(plan)
    if ('refused' in made) throw new Error(JSON.stringify(made.refused))
    return made
  }
  const cold = timesOf(answer, 8).slice(3)
  const warm = timesOf(answer, 39)
  const raw = timesOf(rawPasses(plan), 19).slice(10)
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const kept = answer()
  globalThis.gc?.()
  const heapMb = Math.max(0, process.memoryUsage().heapUsed - before) / 2 ** 20
  return {
    tasks: kept.tasks.length,
    kind,
    coldMs: median(cold, 'ms'),
    coldOwnMs: median(cold, 'ownMs'),
    warmMs: median(warm.slice(30), 'ms'),
    warmOwnMs: median(warm.slice(30), 'ownMs'),
    fastestMs: Math.min(...warm.map(({ ms }) => ms)),
    rawMs: median(raw, 'ms'),
    heapMb,
  }
}

type Taken = { ms: number; ownMs: number }

function timesOf(run: () => unknown, runs: number): Taken[] {
  return Array.from({ length: runs }, () => {
    const used = process.threadCpuUsage()
    const begun = performance.now()
    run()
    const ms = performance.now() - begun
    const { user, system } = process.threadCpuUsage(used)
    return { ms, ownMs: (user + system) / 1000 }
  })
}

function median(times: readonly Taken[], which: keyof Taken): number {
  return percentile(
    times.map((one) => one[which]),
    0.5,
  )
}

/** Both passes as in the textbook; links run from earlier to later tasks, so that their order by successor will do. */
function rawPasses(plan: Plan): () => number {
  const n = plan.tasks.length
  const duration = Float64Array.from(plan.tasks, (task) => task.durationMinutes ?? 0)
  const place = (id: string) => Number(id.slice(1))
  const links = [...plan.links].sort((a, b) => place(a.successor) - place(b.successor))
  const from = Int32Array.from(links, (link) => place(link.predecessor))
  const first = new Int32Array(n + 1)
  for (const link of links) first[place(link.successor) + 1] = (first[place(link.successor) + 1] ?? 0) + 1
  for (let i = 0; i < n; i++) first[i + 1] = (first[i + 1] as number) + (first[i] as number)
  const finish = new Float64Array(n)
  const lateStart = new Float64Array(n)
  return () => {
    let end = 0
    for (let i = 0; i < n; i++) {
      let start = 0
      for (let k = first[i] as number; k < (first[i + 1] as number); k++)
        start = Math.max(start, finish[from[k] as number] as number)
      finish[i] = start + (duration[i] as number)
      end = Math.max(end, finish[i] as number)
    }
    lateStart.fill(end)
    for (let i = n - 1; i >= 0; i--) {
      const start = (lateStart[i] as number) - (duration[i] as number)
      lateStart[i] = start
      for (let k = first[i] as number; k < (first[i + 1] as number); k++) {
        const p = from[k] as number
        if (start < (lateStart[p] as number)) lateStart[p] = start
      }
    }
    return end
  }
}
