import type { Facts } from '../plan.ts'

/**
 * The resource-constrained project scheduling problem (RCPSP; Pritsker, Watters & Wolfe 1969): jobs with whole
 * durations, finish-to-start links without lag, renewable resources of constant capacity; the shortest makespan is
 * sought. Periods have no unit of their own.
 */
export type LevellingProblem = {
  readonly capacities: readonly number[]
  readonly jobs: readonly LevellingJob[]
}

export type LevellingJob = {
  readonly duration: number
  /** One entry a resource. */
  readonly demands: readonly number[]
  /** Places in `jobs`. */
  readonly successors: readonly number[]
}

export type LevelRefused = {
  readonly refused: { readonly code: LevelRefusalCode; readonly facts: Facts }
}

export type LevelRefusalCode =
  | 'level.badNumber'
  | 'level.unknownSuccessor'
  | 'level.cycle'
  | 'level.tooMuchDemand'
  | 'level.tooLong'
  | 'level.fromFinish'
  | 'level.resourceDiffers'
  | 'level.beyondCalendar'

/** Links of the jobs that take time, seen in one direction: `before[beforeStart[i]..beforeStart[i + 1]]`. */
export type Direction = {
  readonly beforeStart: Int32Array
  readonly before: Int32Array
  readonly afterStart: Int32Array
  readonly after: Int32Array
  /** The longest chain of durations that follows a job's start, its own duration included. */
  readonly tail: Int32Array
}

/** The jobs that take time as typed arrays; those without are put back when the answer is written. */
export type Core = {
  readonly problem: LevellingProblem
  readonly count: number
  /** The place of each job in the problem. */
  readonly place: Int32Array
  readonly duration: Int32Array
  readonly resourceCount: number
  /** `demand[i * resourceCount + r]`. */
  readonly demand: Int32Array
  readonly capacity: Int32Array
  readonly forward: Direction
  readonly backward: Direction
  /** Sum of all durations: no schedule of a serial scheme is longer. */
  readonly horizon: number
  readonly criticalPathLength: number
  /** All jobs of the problem, predecessors first. */
  readonly order: Int32Array
}

const LONGEST_HORIZON = 10_000_000
/** A capacity and its guard bit share a 32-bit word. */
const LARGEST_CAPACITY = 2 ** 30

/** Checks the problem and turns it into arrays. Refuses circles, unknown successors and demands above capacity. */
export function compileProblem(problem: LevellingProblem): Core | LevelRefused {
  const fault = faultOfNumbers(problem)
  if (fault) return fault
  const order = orderOf(problem)
  if ('refused' in order) return order
  const { jobs, capacities } = problem
  const timed: number[] = []
  for (const at of order) if ((jobs[at] as LevellingJob).duration > 0) timed.push(at)
  const resourceCount = capacities.length
  const count = timed.length
  const duration = new Int32Array(count)
  const demand = new Int32Array(count * resourceCount)
  for (let i = 0; i < count; i++) {
    const job = jobs[timed[i] as number] as LevellingJob
    duration[i] = job.duration
    for (let r = 0; r < resourceCount; r++) demand[i * resourceCount + r] = job.demands[r] ?? 0
  }
  const links = linksOfTimed(problem, order, timed)
  const forward = directionOf(links.before, links.after, duration, 'lastFirst')
  const backward = directionOf(links.after, links.before, duration, 'firstFirst')
  return {
    problem,
    count,
    place: Int32Array.from(timed),
    duration,
    resourceCount,
    demand,
    capacity: Int32Array.from(capacities),
    forward,
    backward,
    horizon: duration.reduce((sum, each) => sum + each, 0),
    criticalPathLength: forward.tail.reduce((most, each) => Math.max(most, each), 0),
    order,
  }
}

function faultOfNumbers({ jobs, capacities }: LevellingProblem): LevelRefused | undefined {
  const isCount = (given: number | undefined) =>
    Number.isSafeInteger(given) && (given as number) >= 0 && (given as number) <= LARGEST_CAPACITY
  for (let r = 0; r < capacities.length; r++)
    if (!isCount(capacities[r]))
      return refuse('level.badNumber', {
        resource: r,
        capacity: capacities[r] ?? null,
      })
  let horizon = 0
  for (let i = 0; i < jobs.length; i++) {
    const { duration, demands, successors } = jobs[i] as LevellingJob
    if (!isCount(duration)) return refuse('level.badNumber', { job: i, duration })
    horizon += duration
    for (let r = 0; r < demands.length; r++) {
      const demand = demands[r] as number
      const capacity = capacities[r] ?? 0
      if (!isCount(demand)) return refuse('level.badNumber', { job: i, resource: r, demand })
      if (demand > capacity && duration > 0)
        return refuse('level.tooMuchDemand', {
          job: i,
          resource: r,
          demand,
          capacity,
        })
    }
    for (const successor of successors)
      if (!jobs[successor]) return refuse('level.unknownSuccessor', { job: i, successor })
  }
  if (horizon > LONGEST_HORIZON) return refuse('level.tooLong', { horizon, limit: LONGEST_HORIZON })
  return undefined
}

export function refuse(code: LevelRefusalCode, facts: Facts): LevelRefused {
  return { refused: { code, facts } }
}

/** Predecessors first (Kahn 1962), among those that may come next the one named first in the problem. */
function orderOf({ jobs }: LevellingProblem): Int32Array | LevelRefused {
  const waits = new Int32Array(jobs.length)
  for (const job of jobs)
    for (const successor of job.successors) waits[successor] = (waits[successor] ?? 0) + 1
  const order = new Int32Array(jobs.length)
  let found = 0
  for (let i = 0; i < jobs.length; i++) if (waits[i] === 0) order[found++] = i
  for (let next = 0; next < found; next++)
    for (const successor of (jobs[order[next] as number] as LevellingJob).successors) {
      waits[successor] = (waits[successor] as number) - 1
      if (waits[successor] === 0) order[found++] = successor
    }
  if (found === jobs.length) return order
  return refuse('level.cycle', {
    jobs: [...waits.keys()].filter((i) => (waits[i] as number) > 0).map(String),
  })
}

/** Links between jobs that take time; a chain over jobs without duration becomes one link, links are said once. */
function linksOfTimed({ jobs }: LevellingProblem, order: Int32Array, timed: readonly number[]) {
  const number = new Int32Array(jobs.length).fill(-1)
  for (let i = 0; i < timed.length; i++) number[timed[i] as number] = i
  const before: Set<number>[] = timed.map(() => new Set())
  const after: Set<number>[] = timed.map(() => new Set())
  const sources: Set<number>[] = jobs.map(() => new Set())
  for (const at of order) {
    const own = number[at] as number
    const passed = sources[at] as Set<number>
    if (own >= 0)
      for (const source of passed) {
        before[own]?.add(source)
        after[source]?.add(own)
      }
    for (const successor of (jobs[at] as LevellingJob).successors)
      if (own >= 0) sources[successor]?.add(own)
      else for (const source of passed) sources[successor]?.add(source)
  }
  return { before, after }
}

function directionOf(
  before: readonly Set<number>[],
  after: readonly Set<number>[],
  duration: Int32Array,
  walk: 'firstFirst' | 'lastFirst',
): Direction {
  const count = duration.length
  const tail = new Int32Array(count)
  for (let k = 0; k < count; k++) {
    const i = walk === 'lastFirst' ? count - 1 - k : k
    let longest = 0
    for (const next of after[i] as Set<number>) longest = Math.max(longest, tail[next] as number)
    tail[i] = longest + (duration[i] as number)
  }
  const rows = (sets: readonly Set<number>[]) => {
    const start = new Int32Array(count + 1)
    for (let i = 0; i < count; i++) start[i + 1] = (start[i] as number) + (sets[i] as Set<number>).size
    return { start, item: Int32Array.from(sets.flatMap((set) => [...set])) }
  }
  const earlier = rows(before)
  const later = rows(after)
  return {
    beforeStart: earlier.start,
    before: earlier.item,
    afterStart: later.start,
    after: later.item,
    tail,
  }
}

/** Starts of all jobs of the problem, given those of the jobs that take time: jobs without follow their last predecessor. */
export function startsOfAll(core: Core, startOfTimed: Int32Array): number[] {
  const { jobs } = core.problem
  const starts = new Array<number>(jobs.length).fill(0)
  const known = new Uint8Array(jobs.length)
  for (let i = 0; i < core.count; i++) {
    starts[core.place[i] as number] = startOfTimed[i] as number
    known[core.place[i] as number] = 1
  }
  for (const at of core.order) {
    const job = jobs[at] as LevellingJob
    const finish = (starts[at] as number) + job.duration
    for (const successor of job.successors)
      if (!known[successor]) starts[successor] = Math.max(starts[successor] as number, finish)
  }
  return starts
}
