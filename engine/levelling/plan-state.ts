import { addTenths, nextWorkingTenth } from '../calendar/working-time.ts'
import { type Dates, newDates } from '../network/forward.ts'
import { CONSTRAINT, type Network, STATE } from '../network/network.ts'
import { rowsByOwner } from '../network/order.ts'
import type { Solution } from '../network/solve.ts'
import type { Span } from '../network/spans.ts'
import type { Plan, PlanTask, Refused } from '../plan.ts'
import { solved } from '../schedule.ts'
import { type LevelRefused, refuse } from './problem.ts'

/** Units are counted in thousandths, so that halves and thirds add up. */
export const UNIT = 1_000

/** What a task takes of one resource while its span runs; without a span while the task runs. */
export type Use = {
  readonly resource: number
  readonly amount: number
  readonly span: Span | undefined
}

/** Several plans that share resources, as networks whose levelling delays are the unknowns. */
export type LevelState = {
  readonly projects: readonly ProjectState[]
  readonly resources: readonly SharedResource[]
}

export type SharedResource = { readonly id: string; readonly capacity: number }

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
}

/** From this priority on a task is never levelled ("Priority", Microsoft Project). */
const NEVER_LEVELLED = 1_000

/** Compiles the plans; refuses what `schedule` refuses, plans from the finish and resources that disagree. */
export function levelStateOf(plans: readonly Plan[]): LevelState | Refused | LevelRefused {
  const resources: SharedResource[] = []
  const places = new Map<string, number>()
  for (const plan of plans)
    for (const { id, maxUnits, type } of plan.resources) {
      if ((type ?? 'work') !== 'work') continue
      const capacity = Math.round((maxUnits ?? 1) * UNIT)
      if (!(capacity >= 0))
        return refuse('level.badNumber', {
          resource: id,
          maxUnits: maxUnits ?? null,
        })
      const known = places.get(id)
      if (known === undefined) {
        places.set(id, resources.length)
        resources.push({ id, capacity })
      } else if (resources[known]?.capacity !== capacity)
        return refuse('level.resourceDiffers', { resource: id })
    }
  const projects: ProjectState[] = []
  for (const plan of plans) {
    const project = projectStateOf(plan, places)
    if ('refused' in project) return project
    projects.push(project)
  }
  return { projects, resources }
}

function projectStateOf(
  plan: Plan,
  places: ReadonlyMap<string, number>,
): ProjectState | Refused | LevelRefused {
  if (plan.project.scheduleFrom === 'finish') return refuse('level.fromFinish', {})
  const given = solved(plan)
  if ('refused' in given) return given
  const pinned = pinnedTasks(given.network)
  const tasks = plan.tasks.map((task, i) =>
    pinned[i] || !task.levelingDelayMinutes ? task : { ...task, levelingDelayMinutes: 0 },
  )
  const cleared = tasks.some((task, i) => task !== plan.tasks[i])
  const free = cleared ? solved({ ...plan, tasks }) : given
  if ('refused' in free) return free
  const { levelingDelay, levelingElapsed } = free.network
  const network = {
    ...free.network,
    levelingDelay: levelingDelay.slice(),
    levelingElapsed: levelingElapsed.slice(),
  }
  const dates = newDates(network.taskCount)
  const floor = Math.round((plan.project.startMinute ?? 0) * 10)
  return {
    plan,
    given,
    free,
    network,
    dates,
    floor,
    uses: usesOf(network, places),
    pinned,
    urgency: urgencyOf(network),
  }
}

function pinnedTasks(network: Network): Uint8Array {
  const { plan, taskCount, state, constraint, honorConstraints, summary } = network
  const pinned = new Uint8Array(taskCount)
  for (let i = 0; i < taskCount; i++) {
    const kind = constraint[i] as number
    const must = honorConstraints && (kind === CONSTRAINT.mso || kind === CONSTRAINT.mfo)
    const urgent = ((plan.tasks[i] as PlanTask).priority ?? 500) >= NEVER_LEVELLED
    if (summary[i] || state[i] !== STATE.open || must || urgent || kind === CONSTRAINT.alap) pinned[i] = 1
  }
  return pinned
}

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

function usesOf(network: Network, places: ReadonlyMap<string, number>): Use[][] {
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
      const { resource, units } = plan.assignments[rows.item[k] as number] as Plan['assignments'][number]
      const place = resource === null ? undefined : places.get(resource)
      if (place === undefined) continue
      const at = left.findIndex((span) => span.resource === resource)
      const span = at >= 0 ? left.splice(at, 1)[0] : undefined
      const amount = Math.round((units ?? 1) * UNIT)
      if (amount > 0) addUse(row, { resource: place, amount, span })
    }
  }
  return uses
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
    }
}

/**
 * When a task keeps a resource busy: from its first to its last work, nights and weekends between included, of a
 * started task only what is left.
 */
export function stretchOf(
  project: ProjectState,
  dates: Dates,
  i: number,
  { span }: Use,
): { from: number; to: number } {
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
