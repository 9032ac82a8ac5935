import { lowerBoundOf } from './bounds.ts'
import { newDecoder } from './decode.ts'
import { type Found, geneticSearch } from './genetic.ts'
import { compileProblem, type LevellingProblem, type LevelRefused, startsOfAll } from './problem.ts'
import { seededRandom } from './random.ts'
import { settingsFor } from './settings.ts'

export type LevelOptions = {
  /** The same seed and the same number of schedules give the same answer. */
  readonly seed: number
  /** How many complete schedules may be generated; a forward or a backward pass counts one. */
  readonly schedules?: number
  /** How long to search; asks `elapsedSeconds`. */
  readonly seconds?: number
  /** Seconds since the search (or the whole command) began. */
  readonly elapsedSeconds?: () => number
  /** Told of every better schedule. */
  readonly onProgress?: (progress: LevelProgress) => void
  /** Asked now and then; true ends the search with the best so far. */
  readonly shouldStop?: () => boolean
}

export type LevelProgress = {
  readonly makespan: number
  readonly lowerBound: number
  readonly schedules: number
}

export type LevelAnswer = {
  readonly makespan: number
  readonly criticalPathLength: number
  /** No schedule is shorter than this. */
  readonly lowerBound: number
  /** The makespan equals the lower bound. */
  readonly proven: boolean
  /** One start a job, in the order of the problem. */
  readonly starts: readonly number[]
  readonly schedules: number
}

/** When nothing else is said. */
const DEFAULT_SCHEDULES = 5_000
/** How many schedules pass between two looks at the clock. */
const LOOK_EVERY = 64
/** Schedules a second and job, to choose the population when only the time is limited. */
const SCHEDULED_JOBS_PER_SECOND = 9_000_000

/**
 * Finds a short schedule of a resource-limited project (RCPSP) and how far from the best it can be at most. Anytime:
 * ends when the budget is used, when told to stop, or when the best schedule reaches the lower bound.
 * Refuses what `compileProblem` refuses.
 */
export function level(problem: LevellingProblem, options: LevelOptions): LevelAnswer | LevelRefused {
  const core = compileProblem(problem)
  if ('refused' in core) return core
  const { criticalPathLength } = core
  const lowerBound = lowerBoundOf(core)
  const found: Found = {
    makespan: core.count === 0 ? 0 : Number.MAX_SAFE_INTEGER,
    finish: new Int32Array(core.count),
    schedules: 0,
  }
  const budget = budgetOf(options, core.count)
  const goOn = whileAllowed(options, found, lowerBound)
  if (core.count > 0)
    geneticSearch(newDecoder(core), seededRandom(options.seed), settingsFor(budget, core.count), found, goOn)
  const start = found.finish.map((finish, i) => finish - (core.duration[i] as number))
  return {
    makespan: found.makespan,
    criticalPathLength,
    lowerBound,
    proven: found.makespan === lowerBound,
    starts: startsOfAll(core, start),
    schedules: found.schedules,
  }
}

/** The number of schedules that the budget allows, estimated when it is one of time. */
function budgetOf(options: LevelOptions, count: number): number {
  const byTime =
    options.seconds === undefined
      ? Number.POSITIVE_INFINITY
      : (options.seconds * SCHEDULED_JOBS_PER_SECOND) / Math.max(1, count)
  return Math.min(options.schedules ?? (options.seconds === undefined ? DEFAULT_SCHEDULES : byTime), byTime)
}

function whileAllowed(options: LevelOptions, found: Found, lowerBound: number): () => boolean {
  const { seconds, elapsedSeconds, onProgress, shouldStop } = options
  const schedules = options.schedules ?? (seconds === undefined ? DEFAULT_SCHEDULES : Number.MAX_SAFE_INTEGER)
  let told = Number.MAX_SAFE_INTEGER
  let nextLook = LOOK_EVERY
  let stopped = false
  return () => {
    if (stopped) return false
    if (found.makespan < told) {
      told = found.makespan
      onProgress?.({ makespan: told, lowerBound, schedules: found.schedules })
    }
    if (found.schedules === 0) return true
    if (found.schedules >= schedules || found.makespan <= lowerBound) return false
    if (found.schedules < nextLook) return true
    nextLook = found.schedules + LOOK_EVERY
    const inTime = seconds === undefined || elapsedSeconds === undefined || elapsedSeconds() < seconds
    stopped = !inTime || shouldStop?.() === true
    return !stopped
  }
}
