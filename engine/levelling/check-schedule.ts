import type { LevellingProblem } from './problem.ts'

/**
 * What is wrong with a schedule, or nothing: every link, every resource in every period, the makespan. Written
 * without a line of the solver, so that it can contradict it.
 */
export function faultOfSchedule(
  problem: LevellingProblem,
  starts: readonly number[],
  makespan: number,
): string | undefined {
  const { jobs, capacities } = problem
  if (starts.length !== jobs.length) return `${starts.length} starts for ${jobs.length} jobs`
  let last = 0
  const use = capacities.map(() => new Map<number, number>())
  for (const [i, job] of jobs.entries()) {
    const start = starts[i] ?? -1
    if (!Number.isInteger(start) || start < 0) return `job ${i} starts at ${start}`
    const finish = start + job.duration
    last = Math.max(last, finish)
    for (const successor of job.successors)
      if ((starts[successor] ?? -1) < finish) return `job ${successor} starts before job ${i} ends`
    for (const [r, demand] of job.demands.entries())
      for (let period = start; period < finish && demand > 0; period++) {
        const total = (use[r]?.get(period) ?? 0) + demand
        if (total > (capacities[r] ?? 0)) return `resource ${r} is overloaded in period ${period}`
        use[r]?.set(period, total)
      }
  }
  return last === makespan ? undefined : `the last job ends at ${last}, not at ${makespan}`
}
