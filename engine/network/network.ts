import { clockOf } from '../calendar/clock.ts'
import { compileCalendars } from '../calendar/compile.ts'
import { elapsedTime, type WorkingTime } from '../calendar/working-time.ts'
import type { Maybe, Plan, PlanLink, PlanTask, Refused } from '../plan.ts'
import { duplicateLink, faultOfPlan, type Places, placesOf, refuse, TYPE_NUMBER } from './check.ts'
import { type Graph, rowsByOwner, topologicalOrder } from './order.ts'
import { type Calendars, calendarsOf, type Times, timesOf } from './times.ts'

/** A plan as typed arrays; all moments and amounts are whole tenths of a minute, `NONE` where nothing is said. */
export type Network = Graph &
  States &
  Times & {
    readonly plan: Plan
    readonly index: ReadonlyMap<string, number>
    /** The place of each assignment's task. */
    readonly assignmentTask: Int32Array
    readonly order: Int32Array
    readonly linkType: Uint8Array
    readonly lagKind: Uint8Array
    /** Tenths of a minute, or percent. */
    readonly lag: Float64Array
    /** The link's place in the plan. */
    readonly linkPlace: Int32Array
    readonly calendars: Calendars
    readonly projectCalendar: WorkingTime
    readonly honorConstraints: boolean
    /** The rest of a started task waits for its predecessors. */
    readonly splitInProgress: boolean
    readonly outOfSequence: NonNullable<Plan['project']['outOfSequence']> | undefined
  }

export const NONE = Number.NEGATIVE_INFINITY

export const STATE = { open: 0, started: 1, complete: 2, stated: 3, inactive: 4 } as const
export const CONSTRAINT = { asap: 0, alap: 1, snet: 2, snlt: 3, fnet: 4, fnlt: 5, mso: 6, mfo: 7 } as const
export const LINK = TYPE_NUMBER

/** What the plan says of each task by itself, in tenths of a minute; `NONE` where nothing is said. */
export type States = {
  readonly state: Uint8Array
  readonly constraint: Uint8Array
  readonly constraintAt: Float64Array
  readonly deadline: Float64Array
  readonly duration: Float64Array
  /** Where a started, completed or stated task stands. */
  readonly fixedStart: Float64Array
  readonly fixedFinish: Float64Array
  /** Where the rest of a started task goes on, and how long it takes. */
  readonly resume: Float64Array
  readonly remaining: Float64Array
  readonly levelingDelay: Float64Array
  readonly levelingElapsed: Uint8Array
}

export function tenths(minutes: Maybe<number>): number {
  return minutes === null || minutes === undefined ? NONE : Math.round(minutes * 10)
}

/** Checks the plan and turns it into arrays with an order in which every task comes after what it depends on. */
export function compileNetwork(plan: Plan): Network | Refused {
  const places = placesOf(plan)
  const fault = faultOfPlan(plan, places)
  if (fault) return fault
  const compiled = compileCalendars(plan.calendars, windowOf(plan))
  if ('refused' in compiled) return compiled
  const projectCalendar = compiled.byId.get(plan.project.calendar)
  if (!projectCalendar)
    return refuse('schedule.unknownCalendar', { calendar: plan.project.calendar, of: 'project' })
  const graph = graphOf(plan, places)
  if ('refused' in graph) return graph
  const order = topologicalOrder(graph)
  if ('refused' in order) return order
  const { elapsedAcrossDst, clockChanges } = plan.project
  const clock = elapsedAcrossDst === 'real' ? clockOf(clockChanges ?? []) : undefined
  const elapsed = elapsedTime(compiled.shapes, clock)
  const calendars = calendarsOf(plan, compiled.byId, projectCalendar, elapsed)
  if ('refused' in calendars) return calendars
  const times = timesOf(plan, calendars, places.assignmentTask)
  if ('refused' in times) return times
  const outOfSequence = plan.project.outOfSequence ?? undefined
  return {
    ...graph,
    ...statesOf(plan, graph.summary, times.longest),
    ...times,
    plan,
    index: places.index,
    assignmentTask: places.assignmentTask,
    order,
    calendars,
    projectCalendar,
    honorConstraints: plan.project.honorConstraints ?? true,
    splitInProgress: outOfSequence
      ? outOfSequence === 'retainedLogic'
      : (plan.project.splitInProgress ?? true),
    outOfSequence,
  }
}

/** The days the plan speaks of, with a margin; the tables grow when the schedule runs beyond. */
function windowOf(plan: Plan): { firstDay: number; endDay: number } {
  const anchor = plan.project.startMinute ?? plan.project.finishMinute ?? 0
  let first = anchor
  let last = Math.max(anchor, plan.project.finishMinute ?? anchor)
  for (let i = 0; i < plan.tasks.length; i++) {
    const task = plan.tasks[i] as PlanTask
    const minute = task.actualStartMinute ?? task.constraintMinute ?? task.manualStartMinute ?? anchor
    if (minute < first) first = minute
    if (minute > last) last = minute
  }
  return { firstDay: Math.floor(first / 1440) - 60, endDay: Math.floor(last / 1440) + 730 }
}

function graphOf(plan: Plan, places: Places): (Graph & KeptLinks) | Refused {
  const { tasks, links } = plan
  const n = tasks.length
  const { parent } = places
  const summary = new Uint8Array(n)
  for (let i = 0; i < n; i++) if ((parent[i] as number) >= 0) summary[parent[i] as number] = 1
  const circle = outlineCircle(parent)
  if (circle >= 0) return refuse('schedule.outlineCycle', { task: (tasks[circle] as PlanTask).id })
  const outgoingOfAll = rowsByOwner(places.linkFrom, n)
  const twice = duplicateLink(plan, places.linkTo, places.linkType, outgoingOfAll)
  if (twice) return twice
  const kept = keptLinks(plan, places, summary)
  if ('refused' in kept) return kept
  const { linkPlace, linkFrom, linkTo } = kept
  const children = rowsByOwner(parent, n)
  const incoming = rowsByOwner(linkTo, n)
  const outgoing = linkPlace.length === links.length ? outgoingOfAll : rowsByOwner(linkFrom, n)
  return {
    ids: places.ids,
    taskCount: n,
    parent,
    summary,
    childStart: children.start,
    child: children.item,
    ...kept,
    inStart: incoming.start,
    inLink: incoming.item,
    outStart: outgoing.start,
    outLink: outgoing.item,
  }
}

type KeptLinks = Pick<Places, 'linkFrom' | 'linkTo' | 'linkType' | 'lagKind' | 'lag'> & {
  linkPlace: Int32Array
}

/** The links between active tasks; refuses one between a summary task and what stands below it. */
function keptLinks({ tasks, links }: Plan, places: Places, summary: Uint8Array): KeptLinks | Refused {
  const { parent, linkFrom, linkTo, linkType, lagKind, lag } = places
  const inactive = new Uint8Array(tasks.length)
  let allActive = true
  for (let i = 0; i < tasks.length; i++)
    if ((tasks[i] as PlanTask).active === false) {
      inactive[i] = 1
      allActive = false
    }
  const linkPlace = new Int32Array(links.length)
  let count = 0
  for (let k = 0; k < links.length; k++) {
    const from = linkFrom[k] as number
    const to = linkTo[k] as number
    if ((summary[from] && isAbove(parent, from, to)) || (summary[to] && isAbove(parent, to, from))) {
      const { id, predecessor, successor } = links[k] as PlanLink
      return refuse('schedule.summaryLink', { link: id, predecessor, successor })
    }
    if (!inactive[from] && !inactive[to]) linkPlace[count++] = k
  }
  if (allActive) return { linkFrom, linkTo, linkType, lagKind, lag, linkPlace }
  const active = linkPlace.subarray(0, count)
  return {
    linkPlace: active,
    linkFrom: Int32Array.from(active, (k) => linkFrom[k] as number),
    linkTo: Int32Array.from(active, (k) => linkTo[k] as number),
    linkType: Uint8Array.from(active, (k) => linkType[k] as number),
    lagKind: Uint8Array.from(active, (k) => lagKind[k] as number),
    lag: Float64Array.from(active, (k) => lag[k] as number),
  }
}

export function isAbove(parent: Int32Array, above: number, below: number): boolean {
  for (let at = parent[below] as number; at >= 0; at = parent[at] as number) if (at === above) return true
  return false
}

/** A task that is its own ancestor, or -1. */
function outlineCircle(parent: Int32Array): number {
  const seenFrom = new Int32Array(parent.length).fill(-1)
  for (let i = 0; i < parent.length; i++) {
    let at = i
    while (at >= 0 && seenFrom[at] === -1) {
      seenFrom[at] = i
      at = parent[at] as number
    }
    if (at >= 0 && seenFrom[at] === i) return at
  }
  return -1
}

function statesOf(plan: Plan, summary: Uint8Array, longest: Float64Array): States {
  const n = plan.tasks.length
  const made: States = {
    state: new Uint8Array(n),
    constraint: new Uint8Array(n),
    constraintAt: new Float64Array(n),
    deadline: new Float64Array(n),
    duration: new Float64Array(n),
    fixedStart: new Float64Array(n),
    fixedFinish: new Float64Array(n),
    resume: new Float64Array(n),
    remaining: new Float64Array(n),
    levelingDelay: new Float64Array(n),
    levelingElapsed: new Uint8Array(n),
  }
  const unsaid = tenths(plan.project.minutesPerDay ?? 480)
  for (let i = 0; i < n; i++)
    setState(made, i, plan.tasks[i] as PlanTask, summary[i] === 1, (longest[i] as number) || unsaid)
  return made
}

/** Writes one task's row; `unsaidDuration` stands when the task does not say how long it takes. */
export function setState(
  rows: States,
  i: number,
  task: PlanTask,
  summary: boolean,
  unsaidDuration: number,
): void {
  rows.constraint[i] = CONSTRAINT[task.constraint ?? 'asap']
  rows.constraintAt[i] = tenths(task.constraintMinute)
  rows.deadline[i] = tenths(task.deadlineMinute)
  let duration = tenths(task.durationMinutes)
  if (duration === NONE) duration = unsaidDuration
  rows.duration[i] = duration
  rows.levelingDelay[i] = Math.max(0, tenths(task.levelingDelayMinutes))
  rows.levelingElapsed[i] = (task.levelingDelayElapsed ?? true) ? 1 : 0
  rows.resume[i] = tenths(task.resumeMinute)
  const done = Math.max(0, tenths(task.actualDurationMinutes))
  const remaining = tenths(task.remainingDurationMinutes)
  // Nothing done and nothing left of a task that takes time is nobody's statement: all of it is left.
  const unsaid = remaining === NONE || (remaining === 0 && done === 0)
  rows.remaining[i] = unsaid ? Math.max(0, duration - done) : remaining
  const state = stateOf(task, summary)
  rows.state[i] = state
  const stated = state === STATE.stated || state === STATE.inactive
  rows.fixedStart[i] = tenths(
    stated ? (task.manualStartMinute ?? task.actualStartMinute) : task.actualStartMinute,
  )
  rows.fixedFinish[i] = tenths(
    stated ? (task.manualFinishMinute ?? task.actualFinishMinute) : task.actualFinishMinute,
  )
}

function stateOf(task: PlanTask, summary: boolean): number {
  if (task.active === false) return STATE.inactive
  const start = task.actualStartMinute ?? null
  const finish = task.actualFinishMinute ?? null
  if (!summary && start !== null && finish !== null) return STATE.complete
  const stated = task.external || task.mode === 'manual'
  if (stated && ((task.manualStartMinute ?? null) !== null || (task.manualFinishMinute ?? null) !== null))
    return STATE.stated
  return start !== null ? STATE.started : STATE.open
}
