import { intersect } from '../calendar/compile.ts'
import type { WorkingTime } from '../calendar/working-time.ts'
import type { Plan, PlanAssignment, PlanTask, Refused } from '../plan.ts'
import { refuse } from './check.ts'
import { rowsByOwner } from './order.ts'
import { isPlain, plainAmount, type Span, spansOfTask } from './spans.ts'

/** The compiled calendars of a plan and whose they are. */
export type Calendars = {
  readonly byId: ReadonlyMap<string, WorkingTime>
  readonly project: WorkingTime
  readonly elapsed: WorkingTime
  /** Of those who work; material and cost move no date. */
  readonly ofResource: ReadonlyMap<string, WorkingTime>
  /** Intersections made so far: what two calendars have in common is tabulated once. */
  readonly common: Map<WorkingTime, Map<WorkingTime, WorkingTime>>
}

/** When each task is worked on. */
export type Times = {
  /** The task's own calendar or the project's: lag and slack are counted in it. */
  readonly ownCalendar: WorkingTime[]
  /** The calendar the work is done in when one rules it all. */
  readonly workCalendar: WorkingTime[]
  /** The assignments of a task whose people work in different times, late or in pieces. */
  readonly spans: (readonly Span[] | undefined)[]
  /** The longest of a task's assignments, 0 without any. */
  readonly longest: Float64Array
  /** The places of each task's assignments: `assigned.item[assigned.start[i] .. assigned.start[i + 1]]`. */
  assigned: { readonly start: Int32Array; readonly item: Int32Array }
}

export function calendarsOf(
  plan: Plan,
  byId: ReadonlyMap<string, WorkingTime>,
  project: WorkingTime,
  elapsed: WorkingTime,
): Calendars | Refused {
  const ofResource = new Map<string, WorkingTime>()
  for (const resource of plan.resources) {
    if ((resource.type ?? 'work') !== 'work') continue
    const calendar = resource.calendar ? byId.get(resource.calendar) : project
    if (!calendar)
      return refuse('schedule.unknownCalendar', { calendar: resource.calendar ?? '', of: resource.id })
    ofResource.set(resource.id, calendar)
  }
  return { byId, project, elapsed, ofResource, common: new Map() }
}

export function timesOf(plan: Plan, calendars: Calendars, assignmentTask: Int32Array): Times | Refused {
  const n = plan.tasks.length
  const times: Times = {
    ownCalendar: new Array<WorkingTime>(n).fill(calendars.project),
    workCalendar: new Array<WorkingTime>(n).fill(calendars.project),
    spans: new Array<undefined>(n).fill(undefined),
    longest: new Float64Array(n),
    assigned: rowsByOwner(assignmentTask, n),
  }
  for (let i = 0; i < n; i++) {
    const refused = setTime(times, plan, calendars, i)
    if (refused) return refused
  }
  return times
}

/** Writes one task's row from its calendar and its assignments. Refuses a calendar that is not there. */
export function setTime(times: Times, plan: Plan, calendars: Calendars, i: number): Refused | undefined {
  const task = plan.tasks[i] as PlanTask
  const own = task.calendar ? calendars.byId.get(task.calendar) : calendars.project
  if (!own) return refuse('schedule.unknownCalendar', { calendar: task.calendar ?? '', of: task.id })
  const { start, item } = times.assigned
  const first = start[i] as number
  const end = start[i + 1] as number
  times.ownCalendar[i] = task.durationElapsed ? calendars.elapsed : own
  times.workCalendar[i] = task.durationElapsed ? calendars.elapsed : own
  times.spans[i] = undefined
  times.longest[i] = 0
  if (first === end || task.durationElapsed) return undefined
  const only = end - first === 1 ? (plan.assignments[item[first] as number] as PlanAssignment) : undefined
  if (only && isPlain(only) && !task.calendar) {
    const amount = plainAmount(task, only)
    const people = amount > 0 && only.resource !== null ? calendars.ofResource.get(only.resource) : undefined
    if (!people) return undefined
    times.workCalendar[i] = people
    times.longest[i] = amount
    return undefined
  }
  const assignments: PlanAssignment[] = []
  for (let k = first; k < end; k++) assignments.push(plan.assignments[item[k] as number] as PlanAssignment)
  const calendarOf = (resource: string | null): WorkingTime | undefined => {
    if (resource === null) return own
    const people = calendars.ofResource.get(resource)
    if (!people || !task.calendar) return people
    return task.ignoreResourceCalendar ? own : inCommon(calendars, own, people)
  }
  const work = spansOfTask(task, assignments, own, calendarOf)
  times.workCalendar[i] = work.calendar
  times.spans[i] = work.spans
  times.longest[i] = work.longest
  return undefined
}

function inCommon({ common }: Calendars, one: WorkingTime, other: WorkingTime): WorkingTime {
  const row = common.get(one) ?? new Map<WorkingTime, WorkingTime>()
  common.set(one, row)
  const known = row.get(other) ?? intersect(one, other)
  row.set(other, known)
  return known
}
