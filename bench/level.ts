/**
 * Measures resource levelling on PSPLIB: mean deviation over the critical path (j30: over the best known), beside what
 * is published, what is known best and what CP-SAT finds in 900 s, on the same instances. Every answer is checked.
 *
 *   node bench/level.ts [--full] [--sets j30,j60,j120] [--budgets 1000,5000,50000,1s,10s] [--seed 1]
 *
 * A stratified tenth of the instances unless `--full`. Answers are kept file by file in .cache/level, so that a run
 * that was broken off goes on where it was; remove the folder to measure anew. Writes bench/results/level.md.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { faultOfSchedule } from '../engine/levelling/check-schedule.ts'
import { level } from '../engine/levelling/level.ts'
import { type Instance, instancesOf, stratifiedTenth } from './level/instances.ts'
import { type Measured, tableOf } from './level/table.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    sets: { type: 'string', default: 'j30,j60,j120' },
    budgets: { type: 'string', default: '1000,5000,50000,1s,10s' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'bench/results/level.md' },
  },
})
const folder = process.env.HELMWARD_ORACLES
if (folder) measureAll(join(folder, 'psplib'))
else {
  console.error('Set HELMWARD_ORACLES to the folder that holds psplib/psplib-dev.tar.xz and best-known.csv.')
  process.exitCode = 1
}

function measureAll(data: string): void {
  const cache = join(root, '.cache', 'level')
  const rows: Measured[][] = []
  for (const set of values.sets.split(',')) {
    const all = instancesOf(data, cache, set)
    const chosen = values.full ? all : stratifiedTenth(all)
    for (const budget of values.budgets.split(',')) {
      const file = join(cache, `${set}-${budget}-seed${values.seed}.jsonl`)
      rows.push(measureSet(chosen, budget, file))
      const table = tableOf(rows)
      console.log(table.split('\n').at(-1))
      writeResults(table)
    }
  }
}

/** Measures what is not in the file yet. */
function measureSet(instances: readonly Instance[], budget: string, file: string): Measured[] {
  const kept = new Map<string, Measured>()
  if (existsSync(file))
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
      const row = JSON.parse(line) as Measured
      kept.set(row.name, row)
    }
  return instances.map((instance) => {
    const known = kept.get(instance.name)
    if (known) return known
    const row = measure(instance, budget)
    appendFileSync(file, `${JSON.stringify(row)}\n`)
    return row
  })
}

function measure(instance: Instance, budget: string): Measured {
  const begun = performance.now()
  const elapsedSeconds = () => (performance.now() - begun) / 1000
  const limit = budget.endsWith('s')
    ? { seconds: Number(budget.slice(0, -1)), elapsedSeconds }
    : { schedules: Number(budget) }
  const answer = level(instance.problem, { seed: Number(values.seed), ...limit })
  const seconds = elapsedSeconds()
  if ('refused' in answer) throw new Error(`${instance.name}: ${answer.refused.code}`)
  const fault = faultOfSchedule(instance.problem, answer.starts, answer.makespan)
  if (fault) throw new Error(`${instance.name}: ${fault}`)
  const { makespan, lowerBound, proven, schedules } = answer
  if (answer.criticalPathLength !== instance.criticalPathLength || lowerBound > instance.bestKnown)
    throw new Error(`${instance.name}: a lower bound above what is known`)
  const { set, name, criticalPathLength, bestKnown, cpSat } = instance
  const measured = { budget, makespan, lowerBound, proven, schedules, seconds }
  return { set, name, criticalPathLength, bestKnown, cpSat: cpSat ?? null, ...measured }
}

function writeResults(table: string): void {
  const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}, one thread`
  const share = values.full ? 'all instances at hand' : 'a stratified tenth of the instances at hand'
  const text = [
    '# Resource levelling on PSPLIB',
    '',
    `Measured with \`node bench/level.ts${values.full ? ' --full' : ''}\` on ${share}: ${machine}; other work ran beside it.`,
    '',
    table,
    '',
    'Deviation is over the critical path length in percent, j30 over the best known (all optimal). *Gap* is ours minus',
    'best known on the same instances. *Published* is the best in the literature on the whole set (Debels & Vanhoucke',
    '2007 for 1,000, 5,000 and 50,000 schedules); *CP-SAT* ran 900 s an instance. Every complete schedule counts one, a',
    'forward or a backward pass too. *Schedules* are those built on the mean: a search ends at the lower bound.',
    '',
  ]
  mkdirSync(join(root, 'bench', 'results'), { recursive: true })
  writeFileSync(join(root, values.out), text.join('\n'))
}
