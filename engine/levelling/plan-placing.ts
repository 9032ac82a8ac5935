import { subtractTenths, tenthsBetween, type WorkingTime } from '../calendar/working-time.ts'
import { type Dates, placeNode } from '../network/forward.ts'
import { CONSTRAINT, NONE, STATE, tenths } from '../network/network.ts'
import { type Need, partsOf } from './plan-splitting.ts'
import { type LevelState, type ProjectState, stretchesOf, type Use } from './plan-state.ts'
import { clashUntil, newProfile, type Profile, take } from './profile.ts'

/** A leaf task of one of the plans. */
export type TaskRef = { readonly project: number; readonly task: number }

/** The last resource a task had to wait for, and the moment (tenths) at which it became free. */
export type Hindrance = { readonly resource: number; readonly until: number }

export type Unlevelled = TaskRef & {
  readonly reason: 'noCapacity' | 'tooMuchDemand' | 'noSlack' | 'constraint'
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
  /** Slack that no task may use up, in elapsed tenths; undefined: tasks may go beyond all slack. */
  readonly keptBack: number | undefined
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
  keptBack: number | undefined,
): Placing {
  const walk: Walk = {
    state,
    profiles: state.resources.map(({ capacity }) => newProfile(capacity)),
    done: state.projects.map(({ network }) => new Uint8Array(2 * network.taskCount)),
    cursor: state.projects.map(({ network }) => new Int32Array(2 * network.taskCount)),
    reserved,
    keptBack,
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
  for (const use of project.uses[i] as readonly Use[])
    for (const { from, to } of stretchesOf(project, dates, i, use))
      take(walk.profiles[use.resource] as Profile, from, to, use.amount)
}

function levelTask(walk: Walk, p: number, i: number): void {
  const project = walk.state.projects[p] as ProjectState
  const { network, dates, floor, free } = project
  const started = network.state[i] === STATE.started
  project.split[i] = undefined
  project.spans[i] = free.network.spans[i]
  if (started) network.resume[i] = free.network.resume[i] as number
  else network.levelingElapsed[i] = 1
  network.levelingDelay[i] = started ? (free.network.levelingDelay[i] as number) : 0
  placeNode(network, dates, i, floor)
  const base = dates.start[i] as number
  noteDemands(walk, p, i)
  const refused = started ? delayRest(walk, p, i) : delayWhole(walk, p, i, base)
  const delayed = refused !== undefined || (dates.start[i] as number) > base
  const split = delayed && project.splits[i] === 'parts' && placeInParts(walk, p, i, { base, refused })
  if (refused && !split) walk.unlevelled.push({ project: p, task: i, ...refused })
  occupy(walk, project, dates, i)
}

/** Tells of demands that no delay can meet. */
function noteDemands({ state, profiles, unlevelled }: Walk, project: number, task: number): void {
  const told = new Set<number>()
  for (const { resource, amount } of (state.projects[project] as ProjectState).uses[task] ?? []) {
    const { capacity } = profiles[resource] as Profile
    if (amount <= capacity || told.has(resource)) continue
    told.add(resource)
    unlevelled.push({ project, task, reason: capacity === 0 ? 'noCapacity' : 'tooMuchDemand', resource })
  }
}

type Failure = Pick<Unlevelled, 'reason' | 'resource'>

/** Moves an open task to where its people are free from its first to its last work; says why when it cannot. */
function delayWhole(walk: Walk, p: number, i: number, base: number): Failure | undefined {
  const project = walk.state.projects[p] as ProjectState
  const { network, dates, floor } = project
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const clash = firstClash(walk, project, i)
    if (!clash) return undefined
    const reached = clash.until < NEVER && delayTo(project, i, base, clash.earliest)
    const tooLate = isTooLate(walk, project, i)
    if (reached && !tooLate) {
      walk.hindrances[p]?.set(i, { resource: clash.resource, until: clash.until })
      continue
    }
    network.levelingDelay[i] = 0
    placeNode(network, dates, i, floor)
    walk.hindrances[p]?.delete(i)
    return { reason: reached ? 'noSlack' : 'constraint', resource: clash.resource }
  }
  return undefined
}

/** The slack left over may be used up; a started task's start is past. */
function isTooLate({ keptBack }: Walk, { network, dates, free }: ProjectState, i: number): boolean {
  if (keptBack === undefined) return false
  const { lateStart, lateFinish } = free.dates
  if ((dates.finish[i] as number) > (lateFinish[i] as number) - keptBack) return true
  const begun = network.state[i] === STATE.started
  return !begun && (dates.start[i] as number) > (lateStart[i] as number) - keptBack
}

const NEVER = Number.POSITIVE_INFINITY

/** Moves what is left of a started task; nothing of it is planned before the status date once it is moved. */
function delayRest(walk: Walk, p: number, i: number): Failure | undefined {
  const project = walk.state.projects[p] as ProjectState
  const { network, dates, floor, free } = project
  const status = tenths(project.plan.project.statusMinute)
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const clash = firstClash(walk, project, i)
    if (!clash) return undefined
    const target = Math.max(clash.until, status, (dates.resumed[i] as number) + 1)
    if (target < NEVER) {
      network.resume[i] = target
      placeNode(network, dates, i, floor)
    }
    const tooLate = isTooLate(walk, project, i)
    if (target < NEVER && !tooLate) {
      walk.hindrances[p]?.set(i, { resource: clash.resource, until: clash.until })
      continue
    }
    network.resume[i] = free.network.resume[i] as number
    placeNode(network, dates, i, floor)
    walk.hindrances[p]?.delete(i)
    return { reason: target < NEVER ? 'noSlack' : 'constraint', resource: clash.resource }
  }
  return undefined
}

/** A part lasts half a day at least, so that nobody is sent to and fro. */
const SHORTEST_PART_SHARE = 0.5

/**
 * Interrupts the task where its people are needed elsewhere, if it is done sooner so than in one piece. False when it
 * stays in one piece.
 */
function placeInParts(
  walk: Walk,
  p: number,
  i: number,
  { base, refused }: { base: number; refused: Failure | undefined },
): boolean {
  const project = walk.state.projects[p] as ProjectState
  const { network, dates, floor, free } = project
  const uses = project.uses[i] as readonly Use[]
  const calendar = network.workCalendar[i] as WorkingTime
  const amount = network.duration[i] as number
  const shortest = Math.round((project.plan.project.minutesPerDay ?? 480) * 10 * SHORTEST_PART_SHARE)
  const needs = uses.map(({ resource, amount: taken }): Need => {
    const profile = walk.profiles[resource] as Profile
    return { profile, amount: Math.min(taken, profile.capacity) }
  })
  const parts = partsOf(calendar, base, { amount, shortest, needs })
  const first = parts?.[0]
  const last = parts?.[parts.length - 1]
  if (!parts || !first || !last || parts.length < 2) return false
  const latest = walk.keptBack === undefined ? NEVER : (free.dates.lateFinish[i] as number) - walk.keptBack
  if (last.to > latest || (!refused && last.to >= (dates.finish[i] as number))) return false
  const whole = network.levelingDelay[i] as number
  const extent = tenthsBetween(calendar, first.from, last.to)
  project.spans[i] = uses.map(() => ({
    calendar,
    resource: null,
    delay: 0,
    amount: extent,
    remaining: extent,
    begun: false,
    actualFinish: NONE,
  }))
  network.levelingDelay[i] = 0
  placeNode(network, dates, i, floor)
  const reached = delayTo(project, i, base, first.from)
  if (!reached || dates.start[i] !== first.from || dates.finish[i] !== last.to) {
    project.spans[i] = free.network.spans[i]
    network.levelingDelay[i] = whole
    placeNode(network, dates, i, floor)
    return false
  }
  project.split[i] = parts.map(({ from, to }) => ({
    from: tenthsBetween(calendar, first.from, from),
    to: tenthsBetween(calendar, first.from, to),
  }))
  noteInterruption(walk, p, i, parts)
  return true
}

/** What the task waits for last is what it is interrupted for. */
function noteInterruption(
  walk: Walk,
  p: number,
  i: number,
  parts: readonly { readonly from: number; readonly to: number }[],
): void {
  const before = parts[parts.length - 2]
  const last = parts[parts.length - 1]
  if (!before || !last) return
  for (const { resource, amount } of (walk.state.projects[p] as ProjectState).uses[i] ?? []) {
    const profile = walk.profiles[resource] as Profile
    const until = clashUntil(profile, before.to, last.from, Math.min(amount, profile.capacity))
    if (until !== undefined) walk.hindrances[p]?.set(i, { resource, until })
  }
}

type Clash = Hindrance & { readonly earliest: number }

/** The first of the task's resources that is not free; a demand beyond capacity takes all there is. */
function firstClash(walk: Walk, project: ProjectState, i: number): Clash | undefined {
  for (const use of project.uses[i] as readonly Use[]) {
    const profile = walk.profiles[use.resource] as Profile
    const amount = Math.min(use.amount, profile.capacity)
    if (amount === 0) continue
    const stretches = stretchesOf(project, project.dates, i, use)
    for (const { from, to } of stretches) {
      const until = clashUntil(profile, from, to, amount)
      if (until === undefined) continue
      const { span, resource } = use
      const start = project.dates.start[i] as number
      // Work in parts moves as one, by what the clashing part has to wait.
      const begin = until - from + (stretches[0]?.from ?? from)
      const late = span && span.delay > 0 && until < NEVER
      const earliest = late ? subtractTenths(span.calendar, begin, span.delay) : begin
      return { resource, until, earliest: Math.max(earliest, start + 1) }
    }
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
