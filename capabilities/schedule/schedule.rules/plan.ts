import type {
  Recurrence as EngineRecurrence,
  Plan,
  PlanAssignment,
  PlanCalendar,
  PlanTask,
  WorkPiece,
} from '../../../engine/plan.ts'
import { dayNumber, minuteOf } from '../../../kernel/day.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import type { Stored } from '../../../kernel/record.ts'
import { Calendar, Resource } from '../../people/people.model.ts'
import { Project } from '../../project/project.model.ts'
import { zoneChanges } from '../../project/project.rules.ts'
import { Assignment, Link, Task } from '../schedule.model.ts'
import type { Placed, TaskRow } from './outline.ts'

/** All rows that a plan's dates rest on. */
export type PlanRows = {
  readonly project: Stored<typeof Project>
  readonly tasks: readonly TaskRow[]
  readonly links: readonly Stored<typeof Link>[]
  readonly assignments: readonly Stored<typeof Assignment>[]
  readonly calendars: readonly Stored<typeof Calendar>[]
  readonly resources: readonly Stored<typeof Resource>[]
}

/** The records that decide dates: what is computed from them may be kept until one of them is touched. */
export const PLAN_RECORDS = [Project, Task, Link, Assignment, Calendar, Resource]

/** Reads everything that the dates of a project rest on. Refuses `project.missing`. */
export async function readPlan(read: Read, project: string): Promise<PlanRows> {
  const found = await read.get(Project, project)
  const tasks = await read.all(Task, { project })
  const links = await read.all(Link, { project })
  const assignments = await read.all(Assignment, { project })
  const calendars = [
    ...(await read.all(Calendar, { project })),
    ...(await read.all(Calendar, { project: null })),
  ]
  const resources = [
    ...(await read.all(Resource, { project })),
    ...(await read.all(Resource, { project: null })),
  ]
  return { project: found, tasks, links, assignments, calendars, resources }
}

/** The same rows brought up to date by what has changed since they were read; reads all when that is too much. */
export async function refreshPlan(read: Read, before: { rows: PlanRows; seq: number }): Promise<PlanRows> {
  const { rows, seq } = before
  const project = rows.project.id
  const changes = await read.touched(PLAN_RECORDS, project, seq)
  if (!changes) return readPlan(read, project)
  const renewed = <R extends { id: string }>(old: readonly R[], kind: string): readonly R[] => {
    const change = changes[kind]
    if (!change || (change.rows.length === 0 && change.gone.size === 0)) return old
    const rowsNow = change.rows as unknown as readonly R[]
    const replaced = new Set(rowsNow.map(({ id }) => id))
    const stay = old.filter(({ id }) => !change.gone.has(id) && !replaced.has(id))
    return [...stay, ...rowsNow].sort((a, b) => (a.id < b.id ? -1 : 1))
  }
  return {
    project:
      renewed([rows.project], 'project').find(({ id }) => id === project) ??
      (await read.get(Project, project)),
    tasks: renewed(rows.tasks, 'task'),
    links: renewed(rows.links, 'link'),
    assignments: renewed(rows.assignments, 'assignment'),
    calendars: renewed(rows.calendars, 'calendar'),
    resources: renewed(rows.resources, 'resource'),
  }
}

/**
 * The one builder of the engine's input: from records, whatever door they came through. Everything stands in the order
 * of the table (`placed`), so that ids, which are chance, decide nothing.
 */
export function buildPlan(rows: PlanRows, placed: readonly Placed[]): Plan {
  const { project } = rows
  const rowOf = new Map(placed.map(({ task, row }) => [task.id, row]))
  const at = (task: string) => rowOf.get(task) ?? 0
  const tasks = placed.flatMap(({ task }) => (task.blank ? [] : [task]))
  const known = new Set(tasks.map(({ id }) => id))
  const used = new Set(rows.assignments.map(({ resource }) => resource))
  return {
    project: {
      startMinute: maybeMinute(project.start),
      finishMinute: maybeMinute(project.finish),
      scheduleFrom: project.scheduleFrom,
      calendar: project.calendar,
      statusMinute: maybeMinute(project.statusDate),
      minutesPerDay: project.minutesPerDay,
      minutesPerWeek: project.minutesPerWeek,
      daysPerMonth: project.daysPerMonth,
      honorConstraints: project.honorConstraints,
      criticalSlackLimitMinutes: project.criticalSlackLimitMinutes,
      splitInProgress: project.splitsInProgressTasks ?? true,
      multipleCriticalPaths: project.multipleCriticalPaths ?? false,
      outOfSequence: project.outOfSequence,
      elapsedAcrossDst: project.elapsedAcrossDst ?? 'wall',
      clockChanges: project.elapsedAcrossDst === 'real' ? zoneChanges(project.zone ?? '') : [],
    },
    calendars: neededCalendars(rows).map(planCalendar),
    tasks: tasks.map((task) => planTask(task, known)),
    links: linksInOrder(rows.links, at).map(({ id, predecessor, successor, type, lag }) => ({
      id,
      predecessor,
      successor,
      type,
      lag,
    })),
    resources: rows.resources
      .filter(({ id }) => used.has(id))
      .map(({ id, name, type, maxUnits, calendar }) => ({ id, name, type, maxUnits, calendar })),
    assignments: rows.assignments
      .filter(({ task }) => known.has(task))
      .sort((a, b) => at(a.task) - at(b.task) || (a.uid ?? 0) - (b.uid ?? 0) || (a.id < b.id ? -1 : 1))
      .map(planAssignment),
  }
}

function linksInOrder(links: PlanRows['links'], at: (task: string) => number): PlanRows['links'] {
  return links.toSorted((a, b) => at(a.successor) - at(b.successor) || at(a.predecessor) - at(b.predecessor))
}

/** Turns the engine's refusal into ours, with the names of the tasks that it speaks of. */
export function refusalFault(
  refused: { code: string; facts: Readonly<Record<string, unknown>> },
  tasks: readonly TaskRow[],
): Fault {
  const nameOf = new Map(tasks.map((task) => [task.id, task.name]))
  const listed = Array.isArray(refused.facts.tasks) ? (refused.facts.tasks as string[]) : []
  const { task, predecessor, successor } = refused.facts
  const single = [task, predecessor, successor].filter((id): id is string => typeof id === 'string')
  const names = [...listed, ...single].map((id) => nameOf.get(id) ?? id)
  return new Fault(
    refused.code,
    REFUSALS[refused.code]?.(names.map((name) => `"${name}"`)) ?? 'This plan cannot be scheduled.',
    {
      ...refused.facts,
      names,
    },
  )
}

const REFUSALS: Readonly<Record<string, (names: readonly string[]) => string>> = {
  'schedule.cycle': (names) => `These tasks wait for one another in a circle: ${names.join(' → ')}.`,
  'schedule.selfLink': (names) => `${names[0]} cannot wait for itself.`,
  'schedule.duplicateLink': (names) => `${names.join(' and ')} are linked already.`,
  'schedule.summaryLink': (names) =>
    `${names.join(' and ')} cannot be linked: one is a summary of the other.`,
  'schedule.outlineCycle': (names) => `${names.join(', ')} would be summaries of themselves.`,
  'schedule.negativeDuration': (names) => `The duration of ${names[0]} is below zero.`,
  'schedule.dateOutOfRange': (names) =>
    `A date of ${names[0] ?? 'the project'} lies before 1900 or after 2200.`,
  'schedule.noWorkingTime': () => 'A calendar has no working time at all, so nothing can be scheduled in it.',
  'schedule.noProjectDate': () => 'The project has no date to schedule from.',
  'schedule.noConstraintDate': (names) => `The constraint of ${names[0]} needs a date.`,
  'schedule.unknownCalendar': () => 'A calendar that the plan names does not exist.',
  'level.fromFinish': () =>
    'A plan scheduled from its finish cannot be levelled; schedule it from its start.',
  'level.resourceDiffers': () => 'Somebody who is shared is available differently in two of the plans.',
  'level.beyondCalendar': () => 'A calendar has too little working time for what is planned in it.',
  'schedule.calendarCycle': () => 'Calendars are derived from one another in a circle.',
}

function maybeMinute(time: string | undefined): number | undefined {
  return time === undefined ? undefined : minuteOf(time)
}

function planTask(task: TaskRow, known: ReadonlySet<string>): PlanTask {
  return {
    id: task.id,
    name: task.name,
    parent: task.parent !== undefined && known.has(task.parent) ? task.parent : undefined,
    active: !task.inactive,
    mode: task.mode ?? 'auto',
    milestone: task.milestone ?? false,
    type: task.type ?? 'fixedUnits',
    effortDriven: task.effortDriven ?? false,
    durationMinutes: task.durationMinutes,
    durationElapsed: task.durationElapsed ?? false,
    workMinutes: task.workMinutes,
    constraint: task.constraint ?? 'asap',
    constraintMinute: maybeMinute(task.constraintAt),
    deadlineMinute: maybeMinute(task.deadline),
    calendar: task.calendar,
    ignoreResourceCalendar: task.ignoreResourceCalendar ?? false,
    priority: task.priority ?? 500,
    levelingDelayMinutes: task.levelingDelayMinutes,
    levelingDelayElapsed: task.levelingDelayElapsed ?? true,
    levelingCanSplit: task.levelingCanSplit ?? true,
    actualStartMinute: maybeMinute(task.actualStart),
    actualFinishMinute: maybeMinute(task.actualFinish),
    percentComplete: task.percentComplete ?? 0,
    actualDurationMinutes: task.actualDurationMinutes ?? 0,
    remainingDurationMinutes: task.remainingDurationMinutes ?? 0,
    stopMinute: maybeMinute(task.stop),
    resumeMinute: maybeMinute(task.resume),
    manualStartMinute: maybeMinute(task.manualStart),
    manualFinishMinute: maybeMinute(task.manualFinish),
    external: task.external ?? false,
  }
}

function planAssignment(row: Stored<typeof Assignment>): PlanAssignment {
  return {
    id: row.id,
    task: row.task,
    resource: row.resource ?? null,
    units: row.units ?? 1,
    workMinutes: row.workMinutes ?? 0,
    actualWorkMinutes: row.actualWorkMinutes ?? 0,
    remainingWorkMinutes: row.remainingWorkMinutes ?? 0,
    overtimeWorkMinutes: row.overtimeWorkMinutes ?? 0,
    delayMinutes: row.delayMinutes ?? 0,
    levelingDelayMinutes: row.levelingDelayMinutes ?? 0,
    contour: row.contour ?? 'flat',
    actualStartMinute: maybeMinute(row.actualStart),
    actualFinishMinute: maybeMinute(row.actualFinish),
    pieces: row.timephased?.map(workPiece),
  }
}

function workPiece(piece: NonNullable<Stored<typeof Assignment>['timephased']>[number]): WorkPiece {
  const { start, finish, workMinutes, kind } = piece
  return {
    startMinute: minuteOf(start),
    finishMinute: minuteOf(finish),
    workMinutes,
    actual: kind !== 'remaining',
  }
}

/** Calendars that something in the plan names, with those they are derived from. */
function neededCalendars({
  project,
  tasks,
  resources,
  assignments,
  calendars,
}: PlanRows): Stored<typeof Calendar>[] {
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]))
  const used = new Set(assignments.map(({ resource }) => resource))
  const wanted = [project.calendar, ...tasks.map(({ calendar }) => calendar)]
  for (const resource of resources) if (used.has(resource.id)) wanted.push(resource.calendar)
  const found = new Map<string, Stored<typeof Calendar>>()
  for (let id = wanted.pop(); wanted.length > 0 || id !== undefined; id = wanted.pop()) {
    const calendar = id === undefined ? undefined : byId.get(id)
    if (!calendar || found.has(calendar.id)) continue
    found.set(calendar.id, calendar)
    wanted.push(calendar.base)
  }
  return [...found.values()]
}

/** A calendar record as the engine reads it. */
export function planCalendar(calendar: Stored<typeof Calendar>): PlanCalendar {
  return {
    id: calendar.id,
    name: calendar.name,
    base: calendar.base,
    week: calendar.week,
    exceptions: (calendar.exceptions ?? []).map(({ name, from, to, shifts, recurrence }) => ({
      name,
      fromDay: dayNumber(from),
      toDay: dayNumber(to),
      shifts,
      recurrence: recurrence && engineRecurrence(recurrence),
    })),
    workWeeks: (calendar.workWeeks ?? []).map(({ name, from, to, week }) => ({
      name,
      fromDay: dayNumber(from),
      toDay: dayNumber(to),
      week,
    })),
  }
}

type StoredRecurrence = NonNullable<NonNullable<Stored<typeof Calendar>['exceptions']>[number]['recurrence']>

function engineRecurrence(recurrence: StoredRecurrence): EngineRecurrence {
  const { occurrences } = recurrence
  if (recurrence.every === 'day') return { kind: 'daily', everyDays: recurrence.interval, occurrences }
  if (recurrence.every === 'week') {
    return { kind: 'weekly', everyWeeks: recurrence.interval, weekdays: recurrence.weekDays, occurrences }
  }
  if (recurrence.every === 'month') {
    const everyMonths = recurrence.interval
    if ('dayOfMonth' in recurrence)
      return { kind: 'monthlyByDay', everyMonths, dayOfMonth: recurrence.dayOfMonth, occurrences }
    return {
      kind: 'monthlyByPosition',
      everyMonths,
      position: recurrence.position,
      item: dayItem(recurrence.day),
      occurrences,
    }
  }
  const { month } = recurrence
  if ('dayOfMonth' in recurrence)
    return { kind: 'yearlyByDay', month, dayOfMonth: recurrence.dayOfMonth, occurrences }
  return {
    kind: 'yearlyByPosition',
    month,
    position: recurrence.position,
    item: dayItem(recurrence.day),
    occurrences,
  }
}

type DayItem = Extract<EngineRecurrence, { kind: 'monthlyByPosition' }>['item']

function dayItem(day: string | number): DayItem {
  return day as DayItem
}
