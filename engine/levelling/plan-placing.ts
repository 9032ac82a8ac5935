import { subtractTenths } from '../calendar/working-time.ts'
import { type Dates, placeNode } from '../network/forward.ts'
import { CONSTRAINT, NONE, STATE } from '../network/network.ts'
import { type LevelState, type ProjectState, stretchOf, type Use } from './plan-state.ts'
import { clashUntil, newProfile, type Profile, take } from './profile.ts'

/** A leaf task of one of the plans. */
export type TaskRef = { readonly project: number; readonly task: number }

/** The last resource a task had to wait for, and the moment (tenths) at which it became free. */
export type Hindrance = { readonly resource: number; readonly until: number }

export type Unlevelled = TaskRef & {
  readonly reason: 'tooMuchDemand' | 'noSlack' | 'constraint'
  readonly resource: number
}

export type Placing = {
  /** By project and task. */
  readonly hindrances: readonly ReadonlyMap<number, Hindrance>[]
  readonly unlevelled: readonly Unlevelled[]
  /** Sum of the projects' finishes, and below it of all starts. */
  readonly finishes: number
  readonly starts: number
}

type Walk = {
  readonly state: LevelState
  readonly profiles: readonly Profile[]
  readonly done: readonly Uint8Array[]
  /** How many predecessors of each node are known to stand. */
  readonly cursor: readonly Int32Array[]
  readonly reserved: readonly Dates[]
  readonly withinSlack: boolean
  readonly hindrances: readonly Map<number, Hindrance>[]
  readonly unlevelled: Unlevelled[]
}

/** A search that runs past a task this often has met a plan it cannot level. */
const MOST_TRIES = 100_000

/**
 * Serial schedule generation over plans: task after task of the list as early as links, constraints, calendars and
 * what is left of its resources allow, predecessors first. Pinned tasks keep their resources where `reserved` has
 * them. Writes the levelling delays and dates of the state's networks.
 */
export function placeByList(
  state: LevelState,
  list: readonly TaskRef[],
  reserved: readonly Dates[],
  withinSlack: boolean,
): Placing {
  const walk: Walk = {
    state,
    profiles: state.resources.map(({ capacity }) => newProfile(capacity)),
    done: state.projects.map(({ network }) => new Uint8Array(2 * network.taskCount)),
    cursor: state.projects.map(({ network }) => new Int32Array(2 * network.taskCount)),
    reserved,
    withinSlack,
    hindrances: state.projects.map(() => new Map<number, Hindrance>()),
    unlevelled: [],
  }
  for (const [p, project] of state.projects.entries())
    for (let i = 0; i < project.network.taskCount; i++)
      if (project.pinned[i]) occupy(walk, project, reserved[p] as Dates, i)
  for (const { project, task } of list) placeWithPredecessors(walk, project, task)
  let finishes = 0
  let starts = 0
  for (const [p, { network, dates }] of state.projects.entries()) {
    let last = NONE
    for (const node of network.order) placeWithPredecessors(walk, p, node)
    for (let i = 0; i < network.taskCount; i++) {
      last = Math.max(last, dates.finish[i] as number)
      if (!network.summary[i]) starts += dates.start[i] as number
    }
    if (network.taskCount > 0) finishes += last
  }
  return {
    hindrances: walk.hindrances,
    unlevelled: walk.unlevelled,
    finishes,
    starts,
  }
}

function placeWithPredecessors(walk: Walk, p: number, wanted: number): void {
  const project = walk.state.projects[p] as ProjectState
  const done = walk.done[p] as Uint8Array
  if (done[wanted]) return
  const stack = [wanted]
  while (stack.length > 0) {
    const node = stack[stack.length - 1] as number
    const missing = missingBefore(project, done, walk.cursor[p] as Int32Array, node)
    if (missing >= 0) {
      stack.push(missing)
      continue
    }
    stack.pop()
    if (node < project.network.taskCount && !project.pinned[node]) levelTask(walk, p, node)
    else placePinned(project, walk.reserved[p] as Dates, node)
    done[node] = 1
  }
}

/** Tasks as late as possible stand where the last schedule had them: their successors wait for them there. */
function placePinned({ network, dates, floor }: ProjectState, reserved: Dates, node: number): void {
  placeNode(network, dates, node, floor)
  const late = network.constraint[node] === CONSTRAINT.alap && network.state[node] === STATE.open
  if (node >= network.taskCount || network.summary[node] || !late) return
  if ((reserved.start[node] as number) <= (dates.start[node] as number)) return
  dates.start[node] = reserved.start[node] as number
  dates.finish[node] = reserved.finish[node] as number
}

/** A node that must stand before this one and does not yet, or -1. */
function missingBefore(project: ProjectState, done: Uint8Array, cursor: Int32Array, node: number): number {
  const { taskCount: n, parent, summary, childStart, child, inStart, inLink, linkFrom } = project.network
  const exitOf = (task: number) => (summary[task] ? n + task : task)
  const rows = node >= n ? childStart : inStart
  const i = node >= n ? node - n : node
  const end = rows[i + 1] as number
  for (let k = (rows[i] as number) + (cursor[node] as number); k < end; k++) {
    const before = exitOf((node >= n ? child[k] : linkFrom[inLink[k] as number]) as number)
    if (!done[before]) return before
    cursor[node] = (cursor[node] as number) + 1
  }
  const above = parent[i] as number
  return node < n && above >= 0 && !done[above] ? above : -1
}

function occupy(walk: Walk, project: ProjectState, dates: Dates, i: number): void {
  for (const use of project.uses[i] as readonly Use[]) {
    const { from, to } = stretchOf(project, dates, i, use)
    take(walk.profiles[use.resource] as Profile, from, to, use.amount)
  }
}

function levelTask(walk: Walk, p: number, i: number): void {
  const { state, profiles, hindrances, unlevelled } = walk
  const project = state.projects[p] as ProjectState
  const { network, dates, floor } = project
  const uses = project.uses[i] as readonly Use[]
  network.levelingElapsed[i] = 1
  network.levelingDelay[i] = 0
  placeNode(network, dates, i, floor)
  const base = dates.start[i] as number
  for (const { resource, amount } of uses)
    if (amount > (profiles[resource] as Profile).capacity)
      unlevelled.push({
        project: p,
        task: i,
        reason: 'tooMuchDemand',
        resource,
      })
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const clash = firstClash(walk, project, i)
    if (!clash) break
    const reached = delayTo(project, i, base, clash.earliest)
    const tooLate =
      walk.withinSlack && (dates.start[i] as number) > (project.free.dates.lateStart[i] as number)
    if (reached && !tooLate) {
      hindrances[p]?.set(i, { resource: clash.resource, until: clash.until })
      continue
    }
    network.levelingDelay[i] = 0
    placeNode(network, dates, i, floor)
    hindrances[p]?.delete(i)
    const reason = reached ? 'noSlack' : 'constraint'
    unlevelled.push({ project: p, task: i, reason, resource: clash.resource })
    break
  }
  occupy(walk, project, dates, i)
}

type Clash = Hindrance & { readonly earliest: number }

/** The first of the task's resources that is not free; a demand beyond capacity takes all there is. */
function firstClash(walk: Walk, project: ProjectState, i: number): Clash | undefined {
  for (const use of project.uses[i] as readonly Use[]) {
    const profile = walk.profiles[use.resource] as Profile
    const amount = Math.min(use.amount, profile.capacity)
    if (amount === 0) continue
    const { from, to } = stretchOf(project, project.dates, i, use)
    const until = clashUntil(profile, from, to, amount)
    if (until === undefined) continue
    const { span, resource } = use
    const start = project.dates.start[i] as number
    const earliest = span && span.delay > 0 ? subtractTenths(span.calendar, until, span.delay) : until
    return { resource, until, earliest: Math.max(earliest, start + 1) }
  }
  return undefined
}

/**
 * Delays the task so that it starts at `target` or, where nobody works then, at the next moment. False when a
 * constraint holds it before. A finish-to-finish link or FNET may swallow a part of the delay: then it is searched.
 */
function delayTo(project: ProjectState, i: number, base: number, target: number): boolean {
  const { network, dates, floor } = project
  const startWith = (delay: number): number => {
    network.levelingDelay[i] = delay
    placeNode(network, dates, i, floor)
    return dates.start[i] as number
  }
  let low = target - base
  if (startWith(low) >= target) return true
  let high = Math.max(target - floor, 2 * low)
  if (startWith(high) < target) return false
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (startWith(middle) >= target) high = middle
    else low = middle
  }
  return startWith(high) >= target
}
