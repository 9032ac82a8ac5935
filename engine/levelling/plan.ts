import { BeyondCalendar } from '../calendar/working-time.ts'
import { BIND, type Dates } from '../network/forward.ts'
import { CONSTRAINT } from '../network/network.ts'
import type { Plan, PlanTask, Refused } from '../plan.ts'
import { solved } from '../schedule.ts'
import { type Overload, overloadsOf } from './overload.ts'
import { orderByLateStart, orderBySearch } from './plan-order.ts'
import { type Placing, placeByList, type TaskRef } from './plan-placing.ts'
import { type LevelState, levelStateOf, type ProjectState, stretchOf } from './plan-state.ts'
import { type LevelRefused, refuse } from './problem.ts'

export type PlanLevelOptions = {
  /** The same seed and number of schedules give the same answer. */
  readonly seed: number
  /** `extend`: the finish may move out; `withinSlack`: no task beyond the slack it has. Default `extend`. */
  readonly room?: 'extend' | 'withinSlack'
  /** Complete schedules that may be generated beyond the first; default 2,000; 0: the rule alone. */
  readonly schedules?: number
  readonly seconds?: number
  /** Seconds since the search began; without it `seconds` is not looked at. */
  readonly elapsedSeconds?: () => number
  readonly onProgress?: (progress: { readonly schedules: number }) => void
  readonly shouldStop?: () => boolean
}

/** One of several plans levelled together; resources with the same id are the same people. */
export type LevelProject = { readonly id: string; readonly plan: Plan }

export type TaskName = { readonly project: string; readonly task: string }

export type PlanLevelling = {
  readonly projects: readonly LevelledProject[]
  readonly moves: readonly LevelMove[]
  /** Over-allocations that are left, and why the tasks could not be moved. Empty when all is level. */
  readonly overloads: readonly RemainingOverload[]
  readonly unlevelled: readonly UnlevelledTask[]
  readonly schedules: number
}

export type LevelledProject = {
  readonly id: string
  /** The plan with its new levelling delays: scheduled again it has exactly the levelled dates. */
  readonly plan: Plan
  readonly finishBefore: number
  readonly finishAfter: number
  /** No levelled finish is sooner: the finish without any resource limit. */
  readonly finishUnlimited: number
}

/** A leaf task whose dates or levelling delay change. */
export type LevelMove = TaskName & {
  readonly fromMinute: number
  readonly toMinute: number
  readonly fromFinishMinute: number
  readonly toFinishMinute: number
  /** What `levelingDelayMinutes` (elapsed) becomes; 0 when it only follows its predecessors. */
  readonly delayMinutes: number
  readonly why: MoveReason
}

export type MoveReason =
  | {
      readonly kind: 'resource'
      readonly resource: string
      readonly priority: number
      /** Who has the resource until it is free; its `urgency` is the highest priority that waits for it, its own included. */
      readonly heldBy: readonly (TaskName & {
        readonly priority: number
        readonly urgency: number
      })[]
      readonly freeAtMinute: number
    }
  | { readonly kind: 'predecessor' | 'summary'; readonly task: string }
  /** An earlier levelling delay is no longer needed, or another limit moved it. */
  | { readonly kind: 'delayDropped' }

export type RemainingOverload = {
  readonly resource: string
  readonly fromMinute: number
  readonly toMinute: number
  readonly tasks: readonly TaskName[]
}

export type UnlevelledTask = TaskName & {
  readonly reason: 'tooMuchDemand' | 'noSlack' | 'constraint'
  readonly resource: string
}

const DEFAULT_SCHEDULES = 2_000
/** Pinned tasks follow delayed predecessors; their resources are reserved anew at most so often. */
const RESERVE_ROUNDS = 6

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
 * keeps its people from its first to its last work. Refuses what `schedule` refuses, plans scheduled from the finish
 * and resources whose capacity differs between plans.
 */
export function levelPlans(
  projects: readonly LevelProject[],
  options: PlanLevelOptions,
): PlanLevelling | Refused | LevelRefused {
  try {
    const state = levelStateOf(projects.map(({ plan }) => plan))
    if ('refused' in state) return state
    return answerOf(projects, state, options)
  } catch (error) {
    if (!(error instanceof BeyondCalendar)) throw error
    return refuse('level.beyondCalendar', { calendar: error.calendar })
  }
}

function answerOf(
  projects: readonly LevelProject[],
  state: LevelState,
  options: PlanLevelOptions,
): PlanLevelling | Refused | LevelRefused {
  const withinSlack = options.room === 'withinSlack'
  let order = orderByLateStart(state)
  let reached = settle(projects, state, order, withinSlack)
  if ('refused' in reached) return reached
  let schedules = 1
  const wanted = options.schedules ?? DEFAULT_SCHEDULES
  if (wanted > 0 && isWorthSearching(state, reached, withinSlack)) {
    const goOn = whileAllowed(options)
    const searched = orderBySearch(state, {
      seed: options.seed,
      schedules: wanted,
      likely: likelySchedules(state, options, wanted),
      goOn,
    })
    if (searched) {
      schedules += searched.schedules + 1
      const better = settle(projects, state, searched.order, withinSlack)
      if ('refused' in better) return better
      // The state holds the delays of the last placing: the better order is placed last.
      if (isBetter(better, reached)) [order, reached] = [searched.order, better]
      else {
        const again = settle(projects, state, order, withinSlack)
        if ('refused' in again) return again
        reached = again
      }
    }
  }
  return report(projects, state, reached, schedules)
}

/** How many schedules pass between two looks at the clock; those of a large plan take milliseconds each. */
const LOOK_EVERY = 8

/** Tasks placed a second in the coarse picture, to choose the population when the time is limited. */
const PLACED_TASKS_PER_SECOND = 3_000_000

function likelySchedules(state: LevelState, { seconds }: PlanLevelOptions, wanted: number): number {
  const tasks = state.projects.reduce((sum, { network }) => sum + network.taskCount, 0)
  return seconds === undefined ? wanted : Math.min(wanted, (seconds * PLACED_TASKS_PER_SECOND) / tasks)
}

function whileAllowed(options: PlanLevelOptions): (made: number) => boolean {
  const { seconds, elapsedSeconds, onProgress, shouldStop } = options
  let nextLook = LOOK_EVERY
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

type Settled = {
  readonly placing: Placing
  readonly plans: readonly Plan[]
  /** What `schedule` makes of the levelled plans. */
  readonly dates: readonly Dates[]
  readonly finishes: readonly number[]
  readonly overloads: readonly Overload[]
}

/** Places all tasks, schedules the outcome for certain, and again while pinned tasks turn out to have moved. */
function settle(
  projects: readonly LevelProject[],
  state: LevelState,
  order: readonly TaskRef[],
  withinSlack: boolean,
): Settled | Refused {
  let reserved: readonly Dates[] = state.projects.map(({ free }) => free.dates)
  for (let round = 1; ; round++) {
    const placing = placeByList(state, order, reserved, withinSlack)
    const plans = projects.map(({ plan }, p) => levelled(plan, state.projects[p] as ProjectState))
    const dates: Dates[] = []
    const finishes: number[] = []
    for (const plan of plans) {
      const solution = solved(plan)
      if ('refused' in solution) return solution
      dates.push(solution.dates)
      finishes.push(solution.finish)
    }
    const moved = state.projects.some((project, p) =>
      pinnedMoved(project, reserved[p] as Dates, dates[p] as Dates),
    )
    if (!moved || round === RESERVE_ROUNDS)
      return {
        placing,
        plans,
        dates,
        finishes,
        overloads: overloadsOf(state, dates),
      }
    reserved = dates
  }
}

function levelled(plan: Plan, { network, pinned }: ProjectState): Plan {
  const tasks = plan.tasks.map((task, i): PlanTask => {
    const delay = (network.levelingDelay[i] as number) / 10
    if (pinned[i] || (delay === 0 && !task.levelingDelayMinutes)) return task
    return { ...task, levelingDelayMinutes: delay, levelingDelayElapsed: true }
  })
  return { ...plan, tasks }
}

function pinnedMoved(project: ProjectState, reserved: Dates, dates: Dates): boolean {
  const { constraint, summary } = project.network
  return project.uses.some((uses, i) => {
    if (!project.pinned[i] || summary[i]) return false
    if (constraint[i] === CONSTRAINT.alap && reserved.start[i] !== dates.start[i]) return true
    return uses.some((use) => {
      const was = stretchOf(project, reserved, i, use)
      const is = stretchOf(project, dates, i, use)
      return is.to > is.from && (was.from !== is.from || was.to !== is.to)
    })
  })
}

/** There is something to gain when resources moved a finish out. */
function isWorthSearching(state: LevelState, { finishes }: Settled, withinSlack: boolean): boolean {
  return !withinSlack && state.projects.some(({ free }, p) => (finishes[p] as number) > free.finish)
}

function isBetter(one: Settled, other: Settled): boolean {
  if (one.overloads.length !== other.overloads.length) return one.overloads.length < other.overloads.length
  const sum = (settled: Settled) => settled.finishes.reduce((total, finish) => total + finish, 0)
  const gain = sum(other) - sum(one)
  return gain > 0 || (gain === 0 && one.placing.starts < other.placing.starts)
}

function report(
  projects: readonly LevelProject[],
  state: LevelState,
  settled: Settled,
  schedules: number,
): PlanLevelling {
  const nameOf = (ref: TaskRef): TaskName => ({
    project: projects[ref.project]?.id ?? '',
    task: state.projects[ref.project]?.network.ids[ref.task] ?? '',
  })
  return {
    projects: projects.map(({ id }, p) => {
      const { given, free } = state.projects[p] as ProjectState
      return {
        id,
        plan: settled.plans[p] as Plan,
        finishBefore: given.finish / 10,
        finishAfter: (settled.finishes[p] as number) / 10,
        finishUnlimited: free.finish / 10,
      }
    }),
    moves: movesOf(state, settled, nameOf),
    overloads: settled.overloads.map(({ resource, from, to, tasks }) => ({
      resource: state.resources[resource]?.id ?? '',
      fromMinute: from / 10,
      toMinute: to / 10,
      tasks: tasks.map(nameOf),
    })),
    unlevelled: settled.placing.unlevelled.map(({ reason, resource, ...ref }) => ({
      ...nameOf(ref),
      reason,
      resource: state.resources[resource]?.id ?? '',
    })),
    schedules,
  }
}

function movesOf(state: LevelState, settled: Settled, nameOf: (ref: TaskRef) => TaskName): LevelMove[] {
  const moves: LevelMove[] = []
  const holds = holdsByResource(state, settled.dates)
  for (const [p, { network, given }] of state.projects.entries()) {
    const { start, finish } = settled.dates[p] as Dates
    for (let i = 0; i < network.taskCount; i++) {
      if (network.summary[i]) continue
      const delayMinutes = (network.levelingDelay[i] as number) / 10
      const stays = given.dates.start[i] === start[i] && given.dates.finish[i] === finish[i]
      const before = given.network.levelingDelay[i] as number
      if (stays && before === network.levelingDelay[i]) continue
      moves.push({
        ...nameOf({ project: p, task: i }),
        fromMinute: (given.dates.start[i] as number) / 10,
        toMinute: (start[i] as number) / 10,
        fromFinishMinute: (given.dates.finish[i] as number) / 10,
        toFinishMinute: (finish[i] as number) / 10,
        delayMinutes,
        why: whyMoved(state, settled, holds, nameOf, { project: p, task: i }),
      })
    }
  }
  return moves
}

/** A task's hold on a resource, in tenths. */
type Hold = TaskRef & { readonly from: number; readonly to: number }

function holdsByResource(state: LevelState, dates: readonly Dates[]): Hold[][] {
  const holds: Hold[][] = state.resources.map(() => [])
  for (const [project, each] of state.projects.entries())
    for (const [task, row] of each.uses.entries())
      for (const use of row)
        holds[use.resource]?.push({
          project,
          task,
          ...stretchOf(each, dates[project] as Dates, task, use),
        })
  return holds
}

function whyMoved(
  state: LevelState,
  { placing, dates }: Settled,
  holds: readonly (readonly Hold[])[],
  nameOf: (ref: TaskRef) => TaskName,
  { project, task }: TaskRef,
): MoveReason {
  const priorityOf = (ref: TaskRef) => state.projects[ref.project]?.plan.tasks[ref.task]?.priority ?? 500
  const hindrance = placing.hindrances[project]?.get(task)
  const { network } = state.projects[project] as ProjectState
  if (hindrance) {
    const { resource, until } = hindrance
    const heldBy = (holds[resource] ?? []).filter(
      (hold) => hold.from < until && hold.to >= until && !(hold.project === project && hold.task === task),
    )
    return {
      kind: 'resource',
      resource: state.resources[resource]?.id ?? '',
      priority: priorityOf({ project, task }),
      heldBy: heldBy.map((hold) => ({
        ...nameOf(hold),
        priority: priorityOf(hold),
        urgency: state.projects[hold.project]?.urgency[hold.task] ?? priorityOf(hold),
      })),
      freeAtMinute: until / 10,
    }
  }
  const { bind, bindRef } = dates[project] as Dates
  const ref = bindRef[task] as number
  if (bind[task] === BIND.link)
    return {
      kind: 'predecessor',
      task: network.ids[network.linkFrom[ref] as number] as string,
    }
  if (bind[task] === BIND.summary) return { kind: 'summary', task: network.ids[ref] as string }
  return { kind: 'delayDropped' }
}
