import type { PlanFile, PlanTask } from '../../../exchange/plan-file.ts'
import { restingAssignment, restingResource, restingTask } from '../../../exchange/resting.ts'
import type { NewId } from '../../../kernel/id.ts'
import type { Draft } from '../../../kernel/record.ts'
import type { Calendar, Resource } from '../../people/people.model.ts'
import { STANDARD_WEEK } from '../../people/people.rules.ts'
import { USUAL_RECKONING } from '../../project/project.actions.ts'
import type { Project } from '../../project/project.model.ts'
import type { Assignment, Link, Task } from '../schedule.model.ts'
import { ranksInRow } from './rank.ts'

/** The ids that the rows of a file get here, by their uid in the file. */
export type FileIds = Readonly<
  Record<'task' | 'calendar' | 'resource' | 'assignment', ReadonlyMap<number, string>>
>

/** All rows of a plan file as records; what is usual is left out, as everywhere. */
export type FileRows = {
  readonly ids: FileIds
  readonly project: Draft<typeof Project>
  readonly calendars: readonly Draft<typeof Calendar>[]
  readonly resources: readonly Draft<typeof Resource>[]
  readonly tasks: readonly Draft<typeof Task>[]
  readonly links: readonly Draft<typeof Link>[]
  readonly assignments: readonly Draft<typeof Assignment>[]
}

/** Turns a plan file into the rows of project `project`. Pure: the same file and ids give the same rows. */
export function rowsFromFile(file: PlanFile, project: string, newId: NewId): FileRows {
  const ids: FileIds = {
    task: idsFor(file.tasks, newId),
    calendar: idsFor(file.calendars, newId),
    resource: idsFor(file.resources, newId),
    assignment: idsFor(file.assignments, newId),
  }
  const calendars = calendarRows(file, ids, project)
  const named = file.project.calendar === undefined ? undefined : ids.calendar.get(file.project.calendar)
  const calendar = named ?? newId()
  if (named === undefined)
    calendars.push({ id: calendar, project, name: 'Standard', week: [...STANDARD_WEEK] })
  return {
    ids,
    project: projectRow(file, project, calendar),
    calendars,
    resources: resourceRows(file, ids, project),
    tasks: taskRows(file, ids, project),
    links: file.links.flatMap((link) => linkRow(link, ids, project, newId)),
    assignments: assignmentRows(file, ids, project),
  }
}

function idsFor(rows: readonly { uid: number }[], newId: NewId): Map<number, string> {
  return new Map(rows.map(({ uid }) => [uid, newId()]))
}

/** Only what differs from the usual is stored: a field equal to its default is left out. */
function unusual<T extends object>(fields: T, usual: { readonly [F in keyof T]?: unknown }): Partial<T> {
  const kept = Object.entries(fields).filter(
    ([name, value]) => value !== undefined && value !== null && value !== usual[name as keyof T],
  )
  return Object.fromEntries(kept) as Partial<T>
}

/** What an imported project is called: its title, else its file's name without the ending. */
export function nameFromFile({ name, title }: PlanFile['project']): string {
  const said = title?.trim() || name.trim().replace(/\.(xml|mpp|mpt|mspdi|xer|csv|xlsx|mpx|gan|json)$/i, '')
  return said === '' ? 'Imported plan' : said.slice(0, 255)
}

function projectRow(file: PlanFile, project: string, calendar: string): Draft<typeof Project> {
  const said = file.project
  return {
    id: project,
    project,
    name: nameFromFile(said),
    calendar,
    start: said.start,
    finish: said.finish,
    scheduleFrom: said.scheduleFrom,
    statusDate: said.statusDate,
    currency: said.currency !== undefined && /^[A-Z]{3}$/.test(said.currency) ? said.currency : undefined,
    minutesPerDay: said.minutesPerDay || USUAL_RECKONING.minutesPerDay,
    minutesPerWeek: said.minutesPerWeek || USUAL_RECKONING.minutesPerWeek,
    daysPerMonth: said.daysPerMonth || USUAL_RECKONING.daysPerMonth,
    defaultStartMinute: said.defaultStartMinute,
    defaultFinishMinute: said.defaultFinishMinute,
    honorConstraints: said.honorConstraints,
    criticalSlackLimitMinutes: said.criticalSlackLimitMinutes,
    multipleCriticalPaths: said.multipleCriticalPaths || undefined,
    splitsInProgressTasks: said.splitsInProgressTasks,
    newTasksAreManual: said.newTasksAreManual || undefined,
    weekStartDay: said.weekStartDay,
  }
}

function calendarRows(file: PlanFile, ids: FileIds, project: string): Draft<typeof Calendar>[] {
  return file.calendars.map(({ uid, name, base, shared, week, exceptions, workWeeks }) => ({
    id: ids.calendar.get(uid) ?? '',
    project,
    uid,
    name,
    week: [...week],
    ...(base === undefined ? {} : { base: ids.calendar.get(base) }),
    ...(shared ? { shared: true } : {}),
    ...(exceptions.length > 0 ? { exceptions: exceptions as Draft<typeof Calendar>['exceptions'] } : {}),
    ...(workWeeks.length > 0 ? { workWeeks: workWeeks as Draft<typeof Calendar>['workWeeks'] } : {}),
  }))
}

function resourceRows(file: PlanFile, ids: FileIds, project: string): Draft<typeof Resource>[] {
  return file.resources.map(({ uid, id: rowNumber, calendar, name, type, ...rest }) => ({
    id: ids.resource.get(uid) ?? '',
    project,
    uid,
    name,
    type,
    ...unusual({ rowNumber, ...rest }, restingResource),
    ...(calendar === undefined ? {} : { calendar: ids.calendar.get(calendar) }),
  }))
}

function taskRows(file: PlanFile, ids: FileIds, project: string): Draft<typeof Task>[] {
  const ranks = siblingRanks(file.tasks)
  return file.tasks.map((task, index) => {
    const {
      uid,
      id: _row,
      outlineLevel: _level,
      parentUid,
      wbs: _wbs,
      summary: _summary,
      active,
      calendar,
      name,
      blank,
      ...said
    } = task
    return {
      id: ids.task.get(uid) ?? '',
      project,
      uid,
      name: name.slice(0, 1000),
      rank: ranks[index] ?? 'V',
      ...unusual(said, restingTask),
      ...(parentUid === undefined ? {} : { parent: ids.task.get(parentUid) }),
      ...(blank ? { blank: true as const } : {}),
      ...(active ? {} : { inactive: true as const }),
      ...(calendar === undefined ? {} : { calendar: ids.calendar.get(calendar) }),
    } as Draft<typeof Task>
  })
}

/** Ranks that keep the order of the file among the children of each summary. */
function siblingRanks(tasks: readonly PlanTask[]): string[] {
  const counts = new Map<number | undefined, number>()
  const places = tasks.map(({ parentUid }) => {
    const place = counts.get(parentUid) ?? 0
    counts.set(parentUid, place + 1)
    return place
  })
  const rows = new Map([...counts].map(([parent, count]) => [parent, ranksInRow(count)]))
  return tasks.map(({ parentUid }, index) => rows.get(parentUid)?.[places[index] ?? 0] ?? 'V')
}

function linkRow(
  link: PlanFile['links'][number],
  ids: FileIds,
  project: string,
  newId: NewId,
): Draft<typeof Link>[] {
  const predecessor = ids.task.get(link.predecessor)
  const successor = ids.task.get(link.successor)
  // Links that leave the file stay in its kept form and are written back from there.
  if (link.crossProject !== undefined || predecessor === undefined || successor === undefined) return []
  const { type, lag, lagUnit, lagEstimated } = link
  const none = 'minutes' in lag ? lag.minutes === 0 && lag.kind === 'working' : false
  const draft = { id: newId(), project, predecessor, successor, type }
  return [
    { ...draft, ...(none ? {} : { lag }), ...unusual({ lagUnit, lagEstimated }, {}) } as Draft<typeof Link>,
  ]
}

function assignmentRows(file: PlanFile, ids: FileIds, project: string): Draft<typeof Assignment>[] {
  return file.assignments.flatMap(({ uid, task: taskUid, resource: resourceUid, ...said }) => {
    const task = ids.task.get(taskUid)
    if (task === undefined) return []
    const resource = resourceUid === undefined ? undefined : ids.resource.get(resourceUid)
    const id = ids.assignment.get(uid) ?? ''
    return [
      {
        id,
        project,
        uid,
        task,
        ...(resource ? { resource } : {}),
        ...unusual(said, restingAssignment),
      } as Draft<typeof Assignment>,
    ]
  })
}
