/**
 * Times the whole calculation, from the parsed plan to all results, beside the raw passes without calendars.
 * `node bench/cpm.ts` prints the table, `node bench/cpm.ts --write` keeps it in `bench/results/cpm.md`,
 * `node bench/cpm.ts one 10000 full` measures one plan.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import type {
  Plan,
  PlanAssignment,
  PlanCalendarException,
  PlanLink,
  PlanTask,
  Shift,
} from '../engine/plan.ts'
import { schedule } from '../engine/schedule.ts'

const START_MINUTE = 20_458 * 1440 + 480 // 2026-01-05T08:00
const SHIFTS: Shift[] = [
  { fromMinute: 480, toMinute: 720 },
  { fromMinute: 780, toMinute: 1020 },
]

const TARGET_MS: Record<number, number> = { 1000: 1, 10000: 10, 100000: 150 }

type Row = {
  tasks: number
  kind: 'full' | 'plain'
  coldMs: number
  warmMs: number
  fastestMs: number
  rawMs: number
  heapMb: number
}

const [verb, size, kind] = process.argv.slice(2)
if (verb === 'one') console.log(JSON.stringify(measure(Number(size), kind === 'plain' ? 'plain' : 'full')))
else table(verb === '--write')

/** Every plan in a process of its own, so that none runs on code another one has warmed up. */
function table(write: boolean): void {
  const rows: Row[] = []
  for (const tasks of [1_000, 10_000, 100_000])
    for (const kind of ['full', 'plain'] as const) {
      const own = ['--expose-gc', fileURLToPath(import.meta.url), 'one', String(tasks), kind]
      rows.push(JSON.parse(execFileSync(process.execPath, own, { encoding: 'utf8' })) as Row)
    }
  const text = report(rows)
  console.log(text)
  if (write) writeFileSync(new URL('./results/cpm.md', import.meta.url), text)
}

function report(rows: readonly Row[]): string {
  const ms = (value: number) => value.toFixed(value < 10 ? 2 : 0)
  const lines = rows.map(
    ({ tasks, kind, coldMs, warmMs, fastestMs, rawMs, heapMb }) =>
      `| ${tasks.toLocaleString('en')} | ${kind} | ${ms(coldMs)} | ${ms(warmMs)} | ${ms(fastestMs)} | ${ms(rawMs)} | ${TARGET_MS[tasks]} | ${((coldMs * 1000) / tasks).toFixed(2)} | ${heapMb.toFixed(0)} |`,
  )
  const machine = `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}`
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(' / ')
  return `# Speed of scheduling

Written by \`node bench/cpm.ts --write\` on ${machine}; load average ${load} (1 / 5 / 15 minutes) while it ran.

| tasks | plan | ms | ms when warm | fastest ms | raw passes ms | target ms | µs a task | heap MB |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}

- \`ms\`: from the parsed plan to all results (network, both passes, eight fields, slack, drivers, warnings), median of 5
  runs after 3 warm-ups in a fresh process. "When warm": median of 9 after another 30 runs, as in a server that has
  calculated before; "fastest": the best of those 39, what is left of other programs' disturbance.
- The full plan has 1.5 links a task of all four types, a fifth with lag, three calendars with holidays, half of the
  tasks assigned, a tenth under way; the plain one has finish-to-start links and one calendar only.
- Raw passes: forward and backward over typed arrays that stand ready, without calendars, lags and results: the
  physical limit.
- Heap: what one answer leaves in memory, the plan itself not counted.
`
}

function measure(tasks: number, kind: 'full' | 'plain'): Row {
  const plan = seededPlan(tasks, kind)
  const answer = () => {
    const made = schedule(plan)
    if ('refused' in made) throw new Error(JSON.stringify(made.refused))
    return made
  }
  const coldMs = median(timesMs(answer, 8).slice(3))
  const warm = timesMs(answer, 39)
  const warmMs = median(warm.slice(30))
  const rawMs = median(timesMs(rawPasses(plan), 19).slice(10))
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const kept = answer()
  globalThis.gc?.()
  const heapMb = Math.max(0, process.memoryUsage().heapUsed - before) / 2 ** 20
  return { tasks: kept.tasks.length, kind, coldMs, warmMs, fastestMs: Math.min(...warm), rawMs, heapMb }
}

function timesMs(run: () => unknown, runs: number): number[] {
  return Array.from({ length: runs }, () => {
    const begun = performance.now()
    run()
    return performance.now() - begun
  })
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] as number
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

/** A plan of one seed: links of four types, three calendars, half the tasks assigned, a tenth under way; or a plain one. */
function seededPlan(size: number, kind: 'full' | 'plain'): Plan {
  const random = seeded(20_260_105)
  const tasks: PlanTask[] = []
  const links: PlanLink[] = []
  const assignments: PlanAssignment[] = []
  const full = kind === 'full'
  for (let i = 0; i < size; i++) {
    const durationMinutes = 60 * (1 + Math.floor(random() * 40))
    const underWay = full && random() < 0.1
    const done = underWay ? Math.floor(durationMinutes / 2) : 0
    tasks.push({
      id: `t${i}`,
      durationMinutes,
      ...(full && random() < 0.1 ? { calendar: 'six-day' } : {}),
      ...(underWay
        ? {
            actualStartMinute: START_MINUTE + 1440 * (i % 5),
            actualDurationMinutes: done,
            remainingDurationMinutes: durationMinutes - done,
          }
        : {}),
    })
    if (full && random() < 0.5)
      assignments.push({
        id: `a${i}`,
        task: `t${i}`,
        resource: `r${i % 50}`,
        units: 1,
        workMinutes: durationMinutes,
      })
  }
  const known = new Set<number>()
  while (links.length < size * 1.5) {
    const to = 1 + Math.floor(random() * (size - 1))
    const from = Math.max(0, to - 1 - Math.floor(random() * 60))
    if (from === to || known.has(from * size + to)) continue
    known.add(from * size + to)
    const type = full ? (['fs', 'fs', 'fs', 'fs', 'ss', 'ff', 'sf'] as const)[Math.floor(random() * 7)] : 'fs'
    const lag =
      full && random() < 0.2
        ? { lag: { kind: 'working' as const, minutes: 60 * Math.floor(random() * 9) } }
        : {}
    links.push({
      id: `l${links.length}`,
      predecessor: `t${from}`,
      successor: `t${to}`,
      type: type ?? 'fs',
      ...lag,
    })
  }
  return {
    project: { startMinute: START_MINUTE, calendar: 'standard' },
    calendars: [
      { id: 'standard', week: week(5), exceptions: full ? holidays(12) : [] },
      { id: 'six-day', week: week(6), exceptions: holidays(8) },
      { id: 'people', base: 'standard', week: Array(7).fill('inherit'), exceptions: holidays(20) },
    ],
    tasks,
    links,
    resources: Array.from({ length: 50 }, (_, i) => ({
      id: `r${i}`,
      calendar: i % 2 ? 'people' : 'standard',
    })),
    assignments,
  }
}

function week(days: number): Shift[][] {
  return [[], SHIFTS, SHIFTS, SHIFTS, SHIFTS, SHIFTS, days > 5 ? SHIFTS : []]
}

function holidays(count: number): PlanCalendarException[] {
  return Array.from({ length: count }, (_, i) => {
    const day = 20_458 + 30 * i + (i % 7)
    return { fromDay: day, toDay: day, shifts: [] }
  })
}

/** Mulberry32 (T. Ettinger 2017): the same plan on every machine. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
