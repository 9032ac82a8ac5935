import type { Core } from './problem.ts'

/** Beyond this many jobs the energetic bound costs more than it says. */
const ENERGETIC_JOBS = 320

/**
 * A makespan no schedule can beat: the longest of the critical path, the work of each resource between heads and
 * tails of its jobs, and the energetic bound.
 */
export function lowerBoundOf(core: Core): number {
  const simple = Math.max(core.criticalPathLength, energyBetweenHeadsAndTails(core))
  return core.count <= ENERGETIC_JOBS ? energeticBound(core, simple) : simple
}

/** For every resource: earliest head + work ÷ capacity + shortest tail, over all jobs with a head and a tail that long. */
function energyBetweenHeadsAndTails(core: Core): number {
  const { count, resourceCount, duration, demand, capacity, forward, backward } = core
  let best = 0
  for (let r = 0; r < resourceCount; r++) {
    const jobs: { head: number; tail: number; work: number }[] = []
    for (let i = 0; i < count; i++) {
      const need = demand[i * resourceCount + r] as number
      if (need === 0) continue
      const length = duration[i] as number
      const head = (backward.tail[i] as number) - length
      jobs.push({
        head,
        tail: (forward.tail[i] as number) - length,
        work: need * length,
      })
    }
    jobs.sort((a, b) => b.tail - a.tail)
    const heads = [...new Set(jobs.map((job) => job.head))]
    for (const head of heads) {
      let work = 0
      for (const job of jobs) {
        if (job.head < head) continue
        work += job.work
        best = Math.max(best, head + Math.ceil(work / (capacity[r] as number)) + job.tail)
      }
    }
  }
  return best
}

/**
 * Destructive improvement (Klein & Scholl 1999): a makespan is refuted when, in some window, the work that must be
 * done inside whatever is chosen is more than the capacity (energetic reasoning; Baptiste, Le Pape & Nuijten 1999).
 */
function energeticBound(core: Core, from: number): number {
  let bound = from
  while (refutedByEnergy(core, bound)) bound++
  return bound
}

function refutedByEnergy(core: Core, makespan: number): boolean {
  const { count, resourceCount, duration, demand, capacity, forward, backward } = core
  const head = new Int32Array(count)
  const due = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    head[i] = (backward.tail[i] as number) - (duration[i] as number)
    due[i] = makespan - (forward.tail[i] as number) + (duration[i] as number)
  }
  const starts = [...new Set(head)].sort((a, b) => a - b)
  const ends = [...new Set(due)].sort((a, b) => a - b)
  for (let r = 0; r < resourceCount; r++) {
    const users: number[] = []
    for (let i = 0; i < count; i++) if ((demand[i * resourceCount + r] as number) > 0) users.push(i)
    for (const start of starts)
      for (const end of ends) {
        if (end <= start) continue
        let room = (capacity[r] as number) * (end - start)
        for (let k = 0; k < users.length && room >= 0; k++) {
          const i = users[k] as number
          const length = duration[i] as number
          const left = Math.min(length, (head[i] as number) + length - start)
          const right = Math.min(length, end - (due[i] as number) + length)
          const inside = Math.min(left, right, end - start)
          if (inside > 0) room -= inside * (demand[i * resourceCount + r] as number)
        }
        if (room < 0) return true
      }
  }
  return false
}
