import { compileCalendars, intersect } from '../calendar/compile.ts'
import { elapsedTime, type WorkingTime } from '../calendar/working-time.ts'
import type { Lag, Maybe, Plan, PlanLink, PlanTask, Refused } from '../plan.ts'
import { duplicateLink, faultOfPlan, type Places, placesOf, refuse, TYPE_NUMBER } from './check.ts'
import { type Graph, rowsByOwner, topologicalOrder } from './order.ts'
import { isPlain, plainAmount, type Span, spansOfTask } from './spans.ts'

/** A plan as typed arrays; all moments and amounts are whole tenths of a minute, `NONE` where nothing is said. */
export type Network = Graph & {
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
  /** The task's own calendar or the project's: lag and slack are counted in it. */
  readonly ownCalendar: readonly WorkingTime[]
  /** The calendar the work is done in when one rules it all. */
  readonly workCalendar: readonly WorkingTime[]
  /** The assignments of a task whose people work in different times, late or in pieces. */
  readonly spans: readonly (readonly Span[] | undefined)[]
  readonly projectCalendar: WorkingTime
  readonly honorConstraints: boolean
  /** The rest of a started task waits for its predecessors. */
  readonly splitInProgress: boolean
  readonly outOfSequence: NonNullable<Plan['project']['outOfSequence']> | undefined
}

export const NONE = Number.NEGATIVE_INFINITY

export const STATE = { open: 0, started: 1, complete: 2, stated: 3, inactive: 4 } as const
export const CONSTRAINT = { asap: 0, alap: 1, snet: 2, snlt: 3, fnet: 4, fnlt: 5, mso: 6, mfo: 7 } as const
export const LAG = { working: 0, elapsed: 1, percent: 2, elapsedPercent: 3 } as const
export const LINK = TYPE_NUMBER

export function tenths(minutes: Maybe<number>): number {
  return minutes === null || minutes === undefined ? NONE : Math.round(minutes * 10)
}

/** Checks the plan and turns it into arrays with an order in which every task comes after what it depends on. */
export function compileNetwork(plan: Plan): Network | Refused {
  const places = placesOf(plan)
  const fault = faultOfPlan(plan, places)
  if (fault) return fault
  const calendars = compileCalendars(plan.calendars, windowOf(plan))
  if ('refused' in calendars) return calendars
  const projectCalendar = calendars.byId.get(plan.project.calendar)
  if (!projectCalendar)
    return refuse('schedule.unknownCalendar', { calendar: plan.project.calendar, of: 'project' })
  const graph = graphOf(plan, places)
  if ('refused' in graph) return graph
  const order = topologicalOrder(graph)
  if ('refused' in order) return order
  const times = timesOf(plan, calendars.byId, projectCalendar, elapsedTime(calendars.shapes), places)
  if ('refused' in times) return times
  const outOfSequence = plan.project.outOfSequence ?? undefined
  return {
    ...graph,
    ...lagsOf(plan, graph.linkPlace),
    ...statesOf(plan, graph.summary, times.longest),
    ...times,
    plan,
    index: places.index,
    assignmentTask: places.assignmentTask,
    order,
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

function graphOf(
  plan: Plan,
  places: Places,
): (Graph & { linkType: Uint8Array; linkPlace: Int32Array }) | Refused {
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
  const { linkPlace, linkFrom, linkTo, linkType } = kept
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
    linkFrom,
    linkTo,
    inStart: incoming.start,
    inLink: incoming.item,
    outStart: outgoing.start,
    outLink: outgoing.item,
    linkType,
    linkPlace,
  }
}

type KeptLinks = Pick<Graph, 'linkFrom' | 'linkTo'> & { linkType: Uint8Array; linkPlace: Int32Array }

/** The links between active tasks; refuses one between a summary task and what stands below it. */
function keptLinks({ tasks, links }: Plan, places: Places, summary: Uint8Array): KeptLinks | Refused {
  const { parent, linkFrom, linkTo, linkType } = places
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
  if (allActive) return { linkFrom, linkTo, linkType, linkPlace }
  const active = linkPlace.subarray(0, count)
  return {
    linkPlace: active,
    linkFrom: Int32Array.from(active, (k) => linkFrom[k] as number),
    linkTo: Int32Array.from(active, (k) => linkTo[k] as number),
    linkType: Uint8Array.from(active, (k) => linkType[k] as number),
  }
}

function isAbove(parent: Int32Array, above: number, below: number): boolean {
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

type PercentLag = Extract<Lag, { percent: number }>

function isPercent(lag: Lag): lag is PercentLag {
  return lag.kind === 'percent' || lag.kind === 'elapsedPercent'
}

function lagsOf(plan: Plan, linkPlace: Int32Array): { lagKind: Uint8Array; lag: Float64Array } {
  const lagKind = new Uint8Array(linkPlace.length)
  const lag = new Float64Array(linkPlace.length)
  for (let k = 0; k < linkPlace.length; k++) {
    const given = plan.links[linkPlace[k] as number]?.lag
    if (!given) continue
    lagKind[k] = LAG[given.kind]
    // Asking for the kind is many times faster than asking whether a field is there.
    lag[k] = isPercent(given) ? given.percent : Math.round(given.minutes * 10)
  }
  return { lagKind, lag }
}

function statesOf(plan: Plan, summary: Uint8Array, longest: Float64Array) {
  const n = plan.tasks.length
  const oneDay = tenths(plan.project.minutesPerDay ?? 480)
  const made = {
    state: new Uint8Array(n),
    constraint: new Uint8Array(n),
    constraintAt: new Float64Array(n),
    deadline: new Float64Array(n),
    duration: new Float64Array(n),
    fixedStart: new Float64Array(n).fill(NONE),
    fixedFinish: new Float64Array(n).fill(NONE),
    resume: new Float64Array(n),
    remaining: new Float64Array(n),
    levelingDelay: new Float64Array(n),
    levelingElapsed: new Uint8Array(n),
  }
  for (let i = 0; i < n; i++) {
    const task = plan.tasks[i] as PlanTask
    made.constraint[i] = CONSTRAINT[task.constraint ?? 'asap']
    made.constraintAt[i] = tenths(task.constraintMinute)
    made.deadline[i] = tenths(task.deadlineMinute)
    let duration = tenths(task.durationMinutes)
    if (duration === NONE) duration = (longest[i] as number) || oneDay
    made.duration[i] = duration
    made.levelingDelay[i] = Math.max(0, tenths(task.levelingDelayMinutes))
    made.levelingElapsed[i] = (task.levelingDelayElapsed ?? true) ? 1 : 0
    made.resume[i] = tenths(task.resumeMinute)
    const done = Math.max(0, tenths(task.actualDurationMinutes))
    const remaining = tenths(task.remainingDurationMinutes)
    // Nothing done and nothing left of a task that takes time is nobody's statement: all of it is left.
    const unsaid = remaining === NONE || (remaining === 0 && done === 0)
    made.remaining[i] = unsaid ? Math.max(0, duration - done) : remaining
    made.state[i] = stateOf(task, summary[i] === 1)
    made.fixedStart[i] = tenths(task.actualStartMinute)
    made.fixedFinish[i] = tenths(task.actualFinishMinute)
    if (made.state[i] === STATE.stated || made.state[i] === STATE.inactive) {
      made.fixedStart[i] = tenths(task.manualStartMinute ?? task.actualStartMinute)
      made.fixedFinish[i] = tenths(task.manualFinishMinute ?? task.actualFinishMinute)
    }
  }
  return made
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

function timesOf(
  plan: Plan,
  byId: ReadonlyMap<string, WorkingTime>,
  projectCalendar: WorkingTime,
  elapsed: WorkingTime,
  places: Places,
) {
  const calendarOfResource = new Map<string, WorkingTime>()
  for (const resource of plan.resources) {
    const type = resource.type ?? 'work'
    if (type !== 'work') continue
    const calendar = resource.calendar ? byId.get(resource.calendar) : projectCalendar
    if (!calendar)
      return refuse('schedule.unknownCalendar', { calendar: resource.calendar ?? '', of: resource.id })
    calendarOfResource.set(resource.id, calendar)
  }
  const common = new Map<WorkingTime, Map<WorkingTime, WorkingTime>>()
  const both = (one: WorkingTime, other: WorkingTime): WorkingTime => {
    const row = common.get(one) ?? new Map<WorkingTime, WorkingTime>()
    common.set(one, row)
    const known = row.get(other) ?? intersect(one, other)
    row.set(other, known)
    return known
  }
  const n = plan.tasks.length
  const assigned = rowsByOwner(places.assignmentTask, n)
  const ownCalendar: WorkingTime[] = []
  const workCalendar: WorkingTime[] = []
  const spans: (readonly Span[] | undefined)[] = []
  const longest = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const task = plan.tasks[i] as PlanTask
    const own = task.calendar ? byId.get(task.calendar) : projectCalendar
    if (!own) return refuse('schedule.unknownCalendar', { calendar: task.calendar ?? '', of: task.id })
    ownCalendar.push(task.durationElapsed ? elapsed : own)
    const first = assigned.start[i] as number
    const end = assigned.start[i + 1] as number
    if (first === end || task.durationElapsed) {
      workCalendar.push(task.durationElapsed ? elapsed : own)
      spans.push(undefined)
      continue
    }
    const only = end - first === 1 ? plan.assignments[assigned.item[first] as number] : undefined
    if (only && isPlain(only) && !task.calendar) {
      const amount = plainAmount(task, only)
      const people = amount > 0 && only.resource !== null ? calendarOfResource.get(only.resource) : undefined
      workCalendar.push(people ?? own)
      spans.push(undefined)
      if (people) longest[i] = amount
      continue
    }
    const assignments = [...assigned.item.subarray(first, end)].map(
      (k) => plan.assignments[k] as Plan['assignments'][number],
    )
    const calendarOf = (resource: string | null): WorkingTime | undefined => {
      if (resource === null) return own
      const people = calendarOfResource.get(resource)
      if (!people || !task.calendar) return people
      return task.ignoreResourceCalendar ? own : both(own, people)
    }
    const work = spansOfTask(task, assignments, own, calendarOf)
    workCalendar.push(work.calendar)
    spans.push(work.spans)
    longest[i] = work.longest
  }
  return { ownCalendar, workCalendar, spans, longest }
}
