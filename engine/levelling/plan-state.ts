import { addTenths, nextWorkingTenth, tenthsBetween, type WorkingTime } from '../calendar/working-time.ts'
import { type Dates, newDates } from '../network/forward.ts'
import { CONSTRAINT, type Network, STATE } from '../network/network.ts'
import { rowsByOwner } from '../network/order.ts'
import type { Solution } from '../network/solve.ts'
import type { Span } from '../network/spans.ts'
import type { Plan, PlanAssignment, PlanTask, Refused } from '../plan.ts'
import { solved } from '../schedule.ts'
import { type PeopledPlan, type Places, poolOf, type SharedResource, UNIT } from './plan-people.ts'
import { type Part, type Splits, splitsOf } from './plan-splitting.ts'
import { type LevelRefused, refuse } from './problem.ts'

/** What a task takes of one resource while its span runs; without a span while the task runs. */
export type Use = {
  readonly resource: number
  readonly amount: number
  readonly span: Span | undefined
  /** Of work that is split already: its parts. */
  readonly parts: readonly Part[] | undefined
}

/** Several plans that share resources, as networks whose levelling delays are the unknowns. */
export type LevelState = {
  readonly projects: readonly ProjectState[]
  readonly resources: readonly SharedResource[]
}

/** Which tasks may be moved, and how. */
export type LevelScope = {
  /** Tasks, and what is left of started ones, may be interrupted. */
  readonly splitting: boolean
  readonly order: 'priority' | 'standard' | 'plan'
  /** Only tasks with work between these moments (tenths) move. */
  readonly from: number
  readonly to: number
}

export type ProjectState = {
  readonly plan: Plan
  /** As the plan stands, levelling delays of its own included. */
  readonly given: Solution
  /** Without the levelling delays of the tasks that may move. */
  readonly free: Solution
  readonly network: Network
  readonly dates: Dates
  readonly floor: number
  /** By task. */
  readonly uses: readonly (readonly Use[])[]
  /** 1: levelling leaves the task where it stands. */
  readonly pinned: Uint8Array
  /** The task's own priority or that of the most urgent task that waits for it. */
  readonly urgency: Float64Array
  readonly order: LevelScope['order']
  /** The same rows as the network's, to be rewritten when a task is split. */
  readonly spans: (readonly Span[] | undefined)[]
  /** The parts into which levelling has split a task. */
  readonly split: (readonly Part[] | undefined)[]
  /** How the task may be interrupted. */
  readonly splits: readonly Splits[]
}

/** From this priority on a task is never levelled ("Priority", Microsoft Project). */
const NEVER_LEVELLED = 1_000

/** Compiles the plans; refuses what `schedule` refuses, plans from the finish and resources that disagree. */
export function levelStateOf(
  given: readonly PeopledPlan[],
  scope: LevelScope,
): LevelState | Refused | LevelRefused {
  const pool = poolOf(given)
  if ('refused' in pool) return pool
  const projects: ProjectState[] = []
  for (const { plan } of given) {
    const project = projectStateOf(plan, pool.places, scope)
    if ('refused' in project) return project
    projects.push(project)
  }
  return { projects, resources: pool.resources }
}

function projectStateOf(
  plan: Plan,
  places: Places,
  scope: LevelScope,
): ProjectState | Refused | LevelRefused {
  if (plan.project.scheduleFrom === 'finish') return refuse('level.fromFinish', {})
  const given = solved(plan)
  if ('refused' in given) return given
  const splits = splitsOf(given.network, scope.splitting)
  const pinned = pinnedTasks(given, splits, scope)
  const tasks = plan.tasks.map((task, i) =>
    pinned[i] || !task.levelingDelayMinutes ? task : { ...task, levelingDelayMinutes: 0 },
  )
  const cleared = tasks.some((task, i) => task !== plan.tasks[i])
  const free = cleared ? solved({ ...plan, tasks }) : given
  if ('refused' in free) return free
  const { levelingDelay, levelingElapsed, resume } = free.network
  const spans = [...free.network.spans]
  const network = {
    ...free.network,
    spans,
    resume: resume.slice(),
    levelingDelay: levelingDelay.slice(),
    levelingElapsed: levelingElapsed.slice(),
  }
  return {
    plan,
    given,
    free,
    network,
    spans,
    splits,
    split: new Array<readonly Part[] | undefined>(network.taskCount).fill(undefined),
    dates: newDates(network.taskCount),
    floor: Math.round((plan.project.startMinute ?? 0) * 10),
    uses: usesOf(network, places),
    pinned,
    order: scope.order,
    urgency: urgencyOf(network),
  }
}

function pinnedTasks(given: Solution, splits: readonly Splits[], scope: LevelScope): Uint8Array {
  const { network, dates } = given
  const { plan, taskCount, state, constraint, summary } = network
  const pinned = new Uint8Array(taskCount)
  for (let i = 0; i < taskCount; i++) {
    const begun = state[i] !== STATE.open && splits[i] !== 'rest'
    const urgent = ((plan.tasks[i] as PlanTask).priority ?? 500) >= NEVER_LEVELLED
    const outside = (dates.finish[i] as number) <= scope.from || (dates.start[i] as number) >= scope.to
    const late = constraint[i] === CONSTRAINT.alap
    if (summary[i] || begun || isMust(network, i) || urgent || late || outside) pinned[i] = 1
  }
  return pinned
}

function isMust(network: Network, i: number): boolean {
  const kind = network.constraint[i] as number
  return network.honorConstraints && (kind === CONSTRAINT.mso || kind === CONSTRAINT.mfo)
}

/** Why levelling never moves a task; undefined when it may. */
export function holdOf(project: ProjectState, i: number): PinReason | undefined {
  const { network, pinned } = project
  if (!pinned[i]) return undefined
  const state = network.state[i]
  if (state === STATE.started || state === STATE.complete) return 'started'
  if (state === STATE.stated) return 'stated'
  if (isMust(network, i)) return 'must'
  if (network.constraint[i] === CONSTRAINT.alap) return 'alap'
  return ((network.plan.tasks[i] as PlanTask).priority ?? 500) >= NEVER_LEVELLED ? 'priority' : 'outside'
}

export type PinReason = 'started' | 'stated' | 'must' | 'alap' | 'priority' | 'outside'

/** What an urgent task waits for is as urgent: priorities are handed back along links and the outline. */
function urgencyOf(network: Network): Float64Array {
  const { plan, taskCount: n, order, summary, parent, childStart, child, inStart, inLink, linkFrom } = network
  const urgency = new Float64Array(2 * n).fill(Number.NEGATIVE_INFINITY)
  for (let i = 0; i < n; i++) if (!summary[i]) urgency[i] = (plan.tasks[i] as PlanTask).priority ?? 500
  const raise = (node: number, to: number) => {
    if (to > (urgency[node] as number)) urgency[node] = to
  }
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k] as number
    const own = urgency[node] as number
    const exitOf = (task: number) => (summary[task] ? n + task : task)
    if (node >= n) {
      for (let c = childStart[node - n] as number; c < (childStart[node - n + 1] as number); c++)
        raise(exitOf(child[c] as number), own)
      continue
    }
    for (let e = inStart[node] as number; e < (inStart[node + 1] as number); e++)
      raise(exitOf(linkFrom[inLink[e] as number] as number), own)
    if ((parent[node] as number) >= 0) raise(parent[node] as number, own)
  }
  return urgency.subarray(0, n)
}

function usesOf(network: Network, places: Places): Use[][] {
  const { plan, taskCount, index, state, summary, duration, spans } = network
  const owner = Int32Array.from(plan.assignments, (assignment) => index.get(assignment.task) ?? -1)
  const rows = rowsByOwner(owner, taskCount)
  const uses: Use[][] = []
  for (let i = 0; i < taskCount; i++) {
    const row: Use[] = []
    uses.push(row)
    if (summary[i] || state[i] === STATE.inactive || state[i] === STATE.complete) continue
    if (duration[i] === 0 && !spans[i] && state[i] !== STATE.stated) continue
    const left = [...(spans[i] ?? [])]
    for (let k = rows.start[i] as number; k < (rows.start[i + 1] as number); k++) {
      const assignment = plan.assignments[rows.item[k] as number] as PlanAssignment
      const taken = assignment.resource === null ? undefined : places.get(assignment.resource)
      if (!taken) continue
      const at = left.findIndex((span) => span.resource === assignment.resource)
      const span = at >= 0 ? left.splice(at, 1)[0] : undefined
      const amount = Math.round((assignment.units ?? 1) * UNIT)
      const parts = span && partsOf(assignment, span)
      if (amount > 0) for (const resource of taken) addUse(row, { resource, amount, span, parts })
    }
  }
  return uses
}

/** The parts of what is left of split work. */
function partsOf({ pieces }: PlanAssignment, { calendar }: Span): readonly Part[] | undefined {
  const ahead = (pieces ?? []).filter((piece) => !piece.actual)
  const first = ahead[0]
  if (!first) return undefined
  const offset = (minute: number) =>
    tenthsBetween(calendar, Math.round(first.startMinute * 10), Math.round(minute * 10))
  const parts: Part[] = []
  for (const { startMinute, finishMinute, workMinutes } of ahead) {
    if (!(workMinutes > 0)) continue
    const from = offset(startMinute)
    const to = offset(finishMinute)
    const last = parts[parts.length - 1]
    if (last && last.to >= from) parts[parts.length - 1] = { from: last.from, to: Math.max(last.to, to) }
    else if (to > from) parts.push({ from, to })
  }
  return parts.length > 1 ? parts : undefined
}

/** Twice the same resource on one task counts as one use of both together while the task runs. */
function addUse(row: Use[], use: Use): void {
  const twin = row.findIndex((other) => other.resource === use.resource)
  if (twin < 0) row.push(use)
  else
    row[twin] = {
      ...use,
      amount: use.amount + (row[twin] as Use).amount,
      span: undefined,
      parts: undefined,
    }
}

/** When somebody is busy, in tenths. */
export type Stretch = { readonly from: number; readonly to: number }

/** When a task keeps a resource busy: in each part of split work from its first to its last moment. */
export function stretchesOf(project: ProjectState, dates: Dates, i: number, use: Use): readonly Stretch[] {
  const whole = stretchOf(project, dates, i, use)
  const split = project.split[i]
  const parts = split ?? use.parts
  if (!parts || (!split && project.network.state[i] === STATE.stated)) return [whole]
  const calendar = use.span?.calendar ?? (project.network.workCalendar[i] as WorkingTime)
  const begin = whole.from
  return parts.map(({ from, to }) => ({
    from: nextWorkingTenth(calendar, addTenths(calendar, begin, from)),
    to: addTenths(calendar, begin, to),
  }))
}

/**
 * From a task's first to its last work for a resource, nights and weekends between included, of a started task only
 * what is left.
 */
export function stretchOf(project: ProjectState, dates: Dates, i: number, { span }: Use): Stretch {
  const { state } = project.network
  const start = dates.start[i] as number
  const finish = dates.finish[i] as number
  if (state[i] === STATE.started) {
    const resumed = dates.resumed[i] as number
    const to = span && span.actualFinish > Number.NEGATIVE_INFINITY ? span.actualFinish : finish
    return { from: Math.max(start, resumed), to }
  }
  if (!span || state[i] !== STATE.open) return { from: start, to: finish }
  const { calendar, delay, amount } = span
  const late = addTenths(calendar, start, delay)
  return {
    from: nextWorkingTenth(calendar, late),
    to: addTenths(calendar, late, amount),
  }
}
