/**
 * Times the levelling of plans with too few people: the first answer (the rule alone) and one improved for a second.
 *
 *   node bench/level/plan.ts
 *
 * Writes bench/results/level-plan.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { levelPlan } from '../../engine/levelling/plan.ts'
import type { Plan } from '../../engine/plan.ts'
import { crowdedPlan } from './crowded-plan.ts'

const results = fileURLToPath(new URL('../results/', import.meta.url))
const rows = [
  '| tasks | people | search | finish after days | without limits | moved | over-allocations left | ms cold | ms warm |',
]
rows.push(rows[0]?.replace(/[^|]+/g, '---') ?? '')
for (const tasks of [5_000, 1_000, 500])
  for (const seconds of [0, 1]) rows.push(rowOf(crowdedPlan(tasks, 50, 1), tasks, seconds))
const machine = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}, one thread`
const text = `# Levelling of plans\n\n\`node bench/level/plan.ts\`: ${machine}; other work ran beside it.\n\n${rows.join('\n')}\n`
mkdirSync(results, { recursive: true })
writeFileSync(`${results}level-plan.md`, text)
console.log(rows.join('\n'))

function rowOf(plan: Plan, tasks: number, seconds: number): string {
  const times: number[] = []
  let answer = levelled(plan, seconds, times)
  for (let run = 0; run < (seconds === 0 ? 4 : 1); run++) answer = levelled(plan, seconds, times)
  const project = answer.projects[0]
  const daysOf = (minute = 0) => Math.round((minute - (plan.project.startMinute ?? 0)) / 1440)
  const cold = times[0] ?? 0
  const warm = times.slice(1).sort((a, b) => a - b)
  const cells = [
    tasks.toLocaleString('en'),
    plan.resources.length,
    seconds === 0 ? 'rule alone' : `${seconds} s`,
    daysOf(project?.finishAfter),
    daysOf(project?.finishUnlimited),
    answer.moves.length,
    answer.overloads.length,
    cold.toFixed(0),
    (warm[warm.length >> 1] ?? 0).toFixed(0),
  ]
  return `| ${cells.join(' | ')} |`
}

function levelled(plan: Plan, seconds: number, times: number[]) {
  const begun = performance.now()
  const elapsedSeconds = () => (performance.now() - begun) / 1000
  // The last tenth of the time is for placing what the search found.
  const limit =
    seconds === 0 ? { schedules: 0 } : { schedules: 100_000, seconds: seconds * 0.9, elapsedSeconds }
  const answer = levelPlan(plan, { seed: 1, ...limit })
  times.push(performance.now() - begun)
  if ('refused' in answer) throw new Error(answer.refused.code)
  return answer
}
