import { lowerBoundOf } from './bounds.ts'
import { newDecoder } from './decode.ts'
import { type Found, geneticSearch } from './genetic.ts'
import {
  type Core,
  compileProblem,
  type LevellingProblem,
  type LevelRefused,
  startsOfAll,
} from './problem.ts'
import { proveLeast } from './prove.ts'
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
/** How many questions (schedules, conflicts) pass between two looks at the clock. */
const LOOK_EVERY = 32
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
  const proven = core.count === 0 || search(core, options, found, lowerBound)
  const start = found.finish.map((finish, i) => finish - (core.duration[i] as number))
  return {
    makespan: found.makespan,
    criticalPathLength,
    lowerBound: proven ? found.makespan : lowerBound,
    proven,
    starts: startsOfAll(core, start),
    schedules: found.schedules,
  }
}

/**
 * What several searches of one problem, run side by side with seeds of their own, know together: the shortest
 * schedule, the best bound, all schedules counted. Undefined of none.
 */
export function joinAnswers(answers: readonly LevelAnswer[]): LevelAnswer | undefined {
  const [first, ...others] = answers
  if (!first) return undefined
  return others.reduce((best, other) => {
    const lowerBound = Math.max(best.lowerBound, other.lowerBound)
    const shorter = other.makespan < best.makespan ? other : best
    const proven = shorter.makespan === lowerBound
    return { ...shorter, lowerBound, proven, schedules: best.schedules + other.schedules }
  }, first)
}

/** A stretch of the search, up to this share of the time; without time there is but one, genetic. */
type Phase = { readonly kind: 'genetic' | 'proof'; readonly until: number; readonly schedules?: number }

/** A proof beyond so many atoms (jobs × periods to choose from) takes too much memory. */
const MOST_ATOMS = 400_000

/** Small problems are proved as soon as there is a fair start, middling ones in between, large ones when it is close. */
function phasesOf(core: Core, { seconds }: LevelOptions): readonly Phase[] {
  if (seconds === undefined) return [{ kind: 'genetic', until: 1 }]
  if (core.count <= 45)
    return [
      { kind: 'genetic', until: 0.2, schedules: 1_000 },
      { kind: 'proof', until: 1 },
    ]
  if (core.count <= 80)
    return [
      { kind: 'genetic', until: 0.3 },
      { kind: 'proof', until: 0.7 },
      { kind: 'genetic', until: 1 },
    ]
  return [
    { kind: 'genetic', until: 0.85 },
    { kind: 'proof', until: 1 },
  ]
}

/** Runs the phases; true when the makespan found is proved to be the least. */
function search(core: Core, options: LevelOptions, found: Found, lowerBound: number): boolean {
  const random = seededRandom(options.seed)
  const budget = budgetOf(options, core.count)
  for (const { kind, until, schedules } of phasesOf(core, options)) {
    const share = options.seconds === undefined ? budget : budget * until
    const goOn = whileAllowed(options, found, lowerBound, until, schedules)
    if (kind === 'genetic') {
      const settings = settingsFor(Math.min(share, schedules ?? share), core.count)
      geneticSearch(newDecoder(core), random, settings, found, goOn)
    } else if (isProvable(core, found, lowerBound) && goOn() && proveLeast(core, found, goOn)) return true
    if (found.makespan === lowerBound) return true
  }
  return false
}

function isProvable(core: Core, { makespan }: Found, lowerBound: number): boolean {
  const isClose = core.count <= 80 || makespan <= lowerBound * 1.03
  return isClose && core.count * (makespan - core.criticalPathLength) + core.horizon <= MOST_ATOMS
}

/** The number of schedules that the budget allows, estimated when it is one of time. */
function budgetOf(options: LevelOptions, count: number): number {
  const byTime =
    options.seconds === undefined
      ? Number.POSITIVE_INFINITY
      : (options.seconds * SCHEDULED_JOBS_PER_SECOND) / Math.max(1, count)
  return Math.min(options.schedules ?? (options.seconds === undefined ? DEFAULT_SCHEDULES : byTime), byTime)
}

function whileAllowed(
  options: LevelOptions,
  found: Found,
  lowerBound: number,
  share: number,
  most: number | undefined,
): () => boolean {
  const { seconds, elapsedSeconds, onProgress, shouldStop } = options
  const unlimited = seconds === undefined ? DEFAULT_SCHEDULES : Number.MAX_SAFE_INTEGER
  const schedules = Math.min(options.schedules ?? unlimited, most ?? Number.MAX_SAFE_INTEGER)
  const end = seconds === undefined || elapsedSeconds === undefined ? undefined : seconds * share
  let told = found.schedules === 0 ? Number.MAX_SAFE_INTEGER : found.makespan
  let asked = 0
  let stopped = false
  return () => {
    if (stopped) return false
    if (found.makespan < told) {
      told = found.makespan
      onProgress?.({ makespan: told, lowerBound, schedules: found.schedules })
    }
    if (found.schedules === 0) return true
    if (found.schedules >= schedules || found.makespan <= lowerBound) return false
    if (++asked % LOOK_EVERY !== 0) return true
    stopped = (end !== undefined && (elapsedSeconds?.() ?? 0) >= end) || shouldStop?.() === true
    return !stopped
  }
}
