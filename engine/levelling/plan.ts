import { BeyondCalendar } from '../calendar/working-time.ts'
import type { Plan, Refused } from '../plan.ts'
import { overloadsOf } from './overload.ts'
import { finishBounds } from './plan-bound.ts'
import type { LevelProject, PlanLevelling } from './plan-levelling.ts'
import { orderByRule, orderBySearch } from './plan-order.ts'
import type { TaskRef } from './plan-placing.ts'
import { report } from './plan-report.ts'
import { isBetter, restore, type Settled, settle } from './plan-settle.ts'
import { type LevelScope, type LevelState, levelStateOf } from './plan-state.ts'
import { type LevelRefused, refuse } from './problem.ts'

export type PlanLevelOptions = {
  /** The same seed and number of schedules give the same answer. */
  readonly seed: number
  /** `extend`: the finish may move out; `withinSlack`: no task beyond the slack it has. Default `extend`. */
  readonly room?: 'extend' | 'withinSlack'
  /** Tasks, and what is left of started ones, may be interrupted. Default false. */
  readonly splitting?: boolean
  /**
   * Who goes first: by priority, then least late start; by least late start, then priority (`standard`); or as they
   * stand in the plan, without any search. Default `priority`.
   */
  readonly order?: LevelScope['order']
  /** Only tasks with work between these moments move. */
  readonly fromMinute?: number | undefined
  readonly toMinute?: number | undefined
  /** Complete schedules that may be generated beyond the first; default 2,000; 0: the rule alone. */
  readonly schedules?: number
  readonly seconds?: number
  /** Seconds since the search began; without it `seconds` is not looked at. */
  readonly elapsedSeconds?: () => number
  readonly onProgress?: (progress: { readonly schedules: number }) => void
  readonly shouldStop?: () => boolean
}

const DEFAULT_SCHEDULES = 2_000

/**
 * Levels one plan; as `levelPlans`.
 */
export function levelPlan(plan: Plan, options: PlanLevelOptions): PlanLevelling | Refused | LevelRefused {
  return levelPlans([{ id: '', plan }], options)
}

/**
 * Resolves over-allocations of work resources by delaying tasks (serial schedule generation by priority, then least
 * late start; the order improved by the genetic search of `level`). Delays are elapsed time, as Microsoft Project
 * levels. Started, manually scheduled, "must" and "as late as possible" tasks and those of priority 1000 stay; a task
 * keeps its people from its first to its last work, unless it may be interrupted. Refuses what `schedule` refuses,
 * plans scheduled from the finish and resources whose capacity differs between plans.
 */
export function levelPlans(
  projects: readonly LevelProject[],
  options: PlanLevelOptions,
): PlanLevelling | Refused | LevelRefused {
  let last: LevelStep | undefined
  for (const step of levellingSteps(projects, options)) {
    if ('refused' in step) return step
    last = step
  }
  // The rule answers always, so there is a last step.
  return (last as LevelStep).answer()
}

/** Where a search stands: the best so far, which may be taken at once. */
export type LevelStep = {
  readonly schedules: number
  /** Of the schedules that may be tried, how many have been; and how many when the next step is taken, if there is one. */
  readonly tried: number
  readonly triedNext: number | undefined
  /** By project: the best finish so far, and the one that none can beat. */
  readonly finishes: readonly { readonly finishMinute: number; readonly boundMinute: number }[]
  readonly answer: () => PlanLevelling
}

/**
 * The same step by step: the answer of the rule first, then the best after every further stretch of the search, each
 * twice as long as the one before until it takes about half a second. Whoever stops asking has the best so far; after
 * a given number of schedules it is always the same.
 */
export function* levellingSteps(
  projects: readonly LevelProject[],
  options: PlanLevelOptions,
): Generator<LevelStep | Refused | LevelRefused, undefined> {
  try {
    const state = levelStateOf(projects, {
      splitting: options.splitting ?? false,
      order: options.order ?? 'priority',
      from: Math.round((options.fromMinute ?? Number.NEGATIVE_INFINITY) * 10),
      to: Math.round((options.toMinute ?? Number.POSITIVE_INFINITY) * 10),
    })
    if ('refused' in state) yield state
    else yield* stepsOf(projects, state, options)
  } catch (error) {
    if (!(error instanceof BeyondCalendar)) throw error
    yield refuse('level.beyondCalendar', { calendar: error.calendar })
  }
}

/** The first stretches of a search: schedules, and how many tasks in all are placed in the longest. */
const FIRST_STRETCH = 250
const MOST_PLACED_A_STRETCH = 1_500_000

function* stepsOf(
  projects: readonly LevelProject[],
  state: LevelState,
  options: PlanLevelOptions,
): Generator<LevelStep | Refused> {
  const withinSlack = options.room === 'withinSlack'
  const plans = projects.map(({ plan }) => plan)
  const bounds = finishBounds(state)
  const before = overloadsOf(
    state,
    state.projects.map(({ given }) => given.dates),
  )
  const first = settle(plans, state, orderByRule(state), withinSlack)
  if ('refused' in first) return yield first
  let best: Settled = first
  let schedules = 1
  const goOn = whileAllowed(options)
  const step = (tried: number, triedNext: number | undefined): LevelStep => {
    const [settled, made] = [best, schedules]
    return {
      schedules: made,
      tried,
      triedNext,
      finishes: settled.finishes.map((finish, p) => ({
        finishMinute: finish / 10,
        boundMinute: Math.min(bounds[p] as number, finish) / 10,
      })),
      answer: () => report(projects, state, settled, { schedules: made, bounds, before }),
    }
  }
  const wanted = options.schedules ?? DEFAULT_SCHEDULES
  const tasks = state.projects.reduce((sum, { network }) => sum + network.taskCount, 0)
  const longest = Math.max(LOOK_EVERY, Math.round(MOST_PLACED_A_STRETCH / Math.max(1, tasks)))
  const nextAfter = (tried: number): number | undefined => {
    if (tried >= wanted || !isWorthSearching(state, best, bounds, options)) return undefined
    return Math.min(wanted, tried + Math.min(longest, Math.max(FIRST_STRETCH, tried)))
  }
  let tried = 0
  let next = nextAfter(0)
  yield step(tried, next)
  for (let round = 0; next !== undefined && goOn(0); round++) {
    const made = tried
    const stretch = next - tried
    restore(state, best)
    const searched = orderBySearch(state, {
      seed: options.seed + round,
      schedules: stretch,
      likely: likelySchedules(tasks, options, stretch),
      goOn: (done) => goOn(made + done),
    })
    if (!searched) return
    const found = settleBest(plans, state, searched.order, best, withinSlack)
    if ('refused' in found) return yield found
    best = found
    schedules += searched.schedules + 1
    tried = next
    next = nextAfter(tried)
    yield step(tried, next)
  }
}

function settleBest(
  plans: readonly Plan[],
  state: LevelState,
  order: readonly TaskRef[],
  best: Settled,
  withinSlack: boolean,
): Settled | Refused {
  const found = settle(plans, state, order, withinSlack)
  return 'refused' in found || isBetter(found, best) ? found : best
}

/** How many schedules pass between two looks at the clock; those of a large plan take milliseconds each. */
const LOOK_EVERY = 8

/** Tasks placed a second in the coarse picture, to choose the population when the time is limited. */
const PLACED_TASKS_PER_SECOND = 3_000_000

function likelySchedules(tasks: number, { seconds }: PlanLevelOptions, wanted: number): number {
  return seconds === undefined ? wanted : Math.min(wanted, (seconds * PLACED_TASKS_PER_SECOND) / tasks)
}

function whileAllowed(options: PlanLevelOptions): (made: number) => boolean {
  const { seconds, elapsedSeconds, onProgress, shouldStop } = options
  let nextLook = 0
  let stopped = false
  return (made) => {
    if (stopped || made < nextLook) return !stopped
    nextLook = made + LOOK_EVERY
    onProgress?.({ schedules: made })
    const inTime = seconds === undefined || elapsedSeconds === undefined || elapsedSeconds() < seconds
    stopped = !inTime || shouldStop?.() === true
    return !stopped
  }
}

/** There is something to gain when resources moved a finish out beyond its bound. */
function isWorthSearching(
  state: LevelState,
  { finishes }: Settled,
  bounds: readonly number[],
  { room, order }: PlanLevelOptions,
): boolean {
  const late = state.projects.some((_project, p) => (finishes[p] as number) > (bounds[p] as number))
  return late && room !== 'withinSlack' && order !== 'plan'
}
