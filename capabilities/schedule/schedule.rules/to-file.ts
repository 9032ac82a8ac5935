import type {
  BaselineLine as FileLine,
  PlanAssignment,
  PlanBaseline,
  PlanCalculated,
  PlanCalendar,
  PlanFile,
  PlanProject,
  PlanResource,
  PlanTask,
} from '../../../exchange/plan-file.ts'
import { ownerKey } from '../../../exchange/plan-file.ts'
import { restingAssignment, restingResource, restingTask } from '../../../exchange/resting.ts'
import { USUAL_RECKONING } from '../../project/project.actions.ts'
import type { BaselineLine, BaselineLines } from '../schedule.model.ts'
import { nameFromFile } from './from-file.ts'
import type { Placed } from './outline.ts'
import type { PlanRows } from './plan.ts'
import { type Computed, type RolledUp, rollUps, timeWriter } from './view.ts'

/** A plan as a file, with what an edit since the import has made untrue, for the writer to drop and say. */
export type FileOfPlan = {
  readonly file: PlanFile
  readonly schedule: PlanCalculated
  readonly edited: ReadonlySet<string>
}

/** The uids under which rows go out: their own, or the next free one. */
type Uids = Readonly<Record<'task' | 'resource' | 'calendar' | 'assignment', ReadonlyMap<string, number>>>

/**
 * Turns records back into a plan file. What the imported file said beyond our model (`kept`) goes along unchanged;
 * owners that were edited since the import are named, so that the writer drops the figures that no longer hold.
 */
export function fileOfPlan(
  computed: Computed,
  baselines: readonly { number: number; lines: BaselineLines }[],
  kept: PlanFile | undefined,
): FileOfPlan {
  const { rows } = computed
  const uids: Uids = {
    task: uidsOf(rows.tasks, 1),
    resource: uidsOf(rows.resources, 1),
    calendar: uidsOf(rows.calendars, 1),
    assignment: uidsOf(rows.assignments, 1),
  }
  const calendars = rows.calendars.filter((row) => row.project !== null || isNamed(rows, row.id))
  const resources = rows.resources.filter((row) => row.project !== null || isAssigned(rows, row.id))
  const file: PlanFile = {
    format: kept?.format ?? { name: 'mspdi' },
    project: projectOf(rows.project, uids, kept?.project),
    calendars: inKeptOrder(calendars, kept?.calendars, uids.calendar).map((row) => calendarOf(row, uids)),
    resources: inKeptOrder(resources, kept?.resources, uids.resource).map((row) => resourceOf(row, uids)),
    tasks: tasksOf(computed, uids, kept),
    links: linksOf(rows, uids, kept),
    assignments: inKeptOrder(rows.assignments, kept?.assignments, uids.assignment).map((row) =>
      assignmentOf(row, uids),
    ),
    baselines: baselines.map(({ number, lines }) => baselineOf(number, lines, uids)),
    calculated: kept?.calculated ?? { project: {}, tasks: [], assignments: [] },
    extra: kept?.extra ?? {},
  }
  return { file, schedule: calculatedOf(computed, uids), edited: editedOwners(rows, uids) }
}

function uidsOf(
  rows: readonly { id: string; uid?: number | undefined }[],
  first: number,
): Map<string, number> {
  let next = rows.reduce((most, { uid }) => Math.max(most, uid ?? 0), first - 1)
  return new Map(
    rows.map((row) => {
      if (row.uid === undefined) next += 1
      return [row.id, row.uid ?? next]
    }),
  )
}

function isNamed({ project, tasks, resources, calendars }: PlanRows, id: string): boolean {
  const names = (row: { calendar?: string | undefined }) => row.calendar === id
  return (
    names(project) || tasks.some(names) || resources.some(names) || calendars.some(({ base }) => base === id)
  )
}

function isAssigned({ assignments }: PlanRows, id: string): boolean {
  return assignments.some(({ resource }) => resource === id)
}

/** Rows that came with a file keep its order; new ones follow. */
function inKeptOrder<R extends { id: string }>(
  rows: readonly R[],
  kept: readonly { uid: number }[] | undefined,
  uids: ReadonlyMap<string, number>,
): R[] {
  const place = new Map(kept?.map(({ uid }, index) => [uid, index]))
  const at = (row: R) => place.get(uids.get(row.id) ?? -1) ?? Number.MAX_SAFE_INTEGER
  return [...rows].sort((a, b) => at(a) - at(b) || (uids.get(a.id) ?? 0) - (uids.get(b.id) ?? 0))
}

function projectOf(row: PlanRows['project'], uids: Uids, kept: PlanProject | undefined): PlanProject {
  const { start, finish, statusDate, currency } = row
  const calendar = uids.calendar.get(row.calendar)
  // A file may say 0, which means the usual.
  const reckoned = (name: 'minutesPerDay' | 'minutesPerWeek' | 'daysPerMonth') =>
    kept?.[name] === 0 && row[name] === USUAL_RECKONING[name] ? 0 : row[name]
  const {
    start: _start,
    finish: _finish,
    statusDate: _status,
    currency: _currency,
    ...rest
  } = kept ?? { currencyDigits: 2 }
  return {
    ...rest,
    currencyDigits: rest.currencyDigits,
    name: kept !== undefined && row.name === nameFromFile(kept) ? kept.name : row.name,
    scheduleFrom: row.scheduleFrom,
    ...(start === undefined ? {} : { start }),
    ...(finish === undefined ? {} : { finish }),
    ...(statusDate === undefined ? {} : { statusDate }),
    ...(calendar === undefined ? {} : { calendar }),
    ...(currency === undefined
      ? kept?.currency === undefined
        ? {}
        : { currency: kept.currency }
      : { currency }),
    minutesPerDay: reckoned('minutesPerDay'),
    minutesPerWeek: reckoned('minutesPerWeek'),
    daysPerMonth: reckoned('daysPerMonth'),
    defaultStartMinute: row.defaultStartMinute,
    defaultFinishMinute: row.defaultFinishMinute,
    honorConstraints: row.honorConstraints,
    criticalSlackLimitMinutes: row.criticalSlackLimitMinutes,
    multipleCriticalPaths: row.multipleCriticalPaths ?? false,
    splitsInProgressTasks: row.splitsInProgressTasks ?? true,
    newTasksAreManual: row.newTasksAreManual ?? false,
    weekStartDay: row.weekStartDay ?? 0,
  }
}

function calendarOf(row: PlanRows['calendars'][number], uids: Uids): PlanCalendar {
  const base = row.base === undefined ? undefined : uids.calendar.get(row.base)
  return {
    uid: uids.calendar.get(row.id) ?? 0,
    name: row.name,
    ...(base === undefined ? {} : { base }),
    shared: row.shared ?? false,
    week: row.week as PlanCalendar['week'],
    exceptions: (row.exceptions ?? []) as PlanCalendar['exceptions'],
    workWeeks: (row.workWeeks ?? []) as PlanCalendar['workWeeks'],
  }
}

function resourceOf(row: PlanRows['resources'][number], uids: Uids): PlanResource {
  const {
    id,
    project: _project,
    seq: _seq,
    uid: _uid,
    rowNumber,
    person: _person,
    organisation: _organisation,
    calendar,
    ...said
  } = row
  const own = calendar === undefined ? undefined : uids.calendar.get(calendar)
  return {
    ...restingResource,
    ...said,
    uid: uids.resource.get(id) ?? 0,
    ...(rowNumber === undefined ? {} : { id: rowNumber }),
    ...(own === undefined ? {} : { calendar: own }),
  } as PlanResource
}

function tasksOf(computed: Computed, uids: Uids, kept: PlanFile | undefined): PlanTask[] {
  const keptOf = new Map(kept?.tasks.map((task) => [task.uid, task]))
  const rolled = rollUps(computed.placed, computed.scheduleOf)
  return computed.placed.map((placed) => {
    const uid = uids.task.get(placed.task.id) ?? 0
    return taskOf(placed, uid, { computed, uids, rolled, kept: keptOf.get(uid) })
  })
}

function taskOf(
  { task, row, level, wbs, summary }: Placed,
  uid: number,
  more: { computed: Computed; uids: Uids; rolled: ReadonlyMap<string, RolledUp>; kept: PlanTask | undefined },
): PlanTask {
  const {
    id,
    project: _project,
    seq: _seq,
    uid: _uid,
    rank: _rank,
    parent,
    inactive,
    calendar,
    responsible: _responsible,
    ...said
  } = task
  const { kept, uids, computed, rolled } = more
  const parentUid = parent === undefined ? undefined : uids.task.get(parent)
  const own = calendar === undefined ? undefined : uids.calendar.get(calendar)
  const inPlace =
    kept !== undefined && kept.outlineLevel === level && kept.parentUid === parentUid && kept.id === row
  const rolledUp =
    summary && !isAsKept(task, computed)
      ? {
          durationMinutes: computed.scheduleOf.get(id)?.durationMinutes ?? 0,
          percentComplete: rolled.get(id)?.percentComplete ?? 0,
        }
      : {}
  return {
    ...restingTask,
    ...said,
    ...rolledUp,
    uid,
    id: kept?.id !== undefined && inPlace ? kept.id : row,
    outlineLevel: level,
    ...(parentUid === undefined ? {} : { parentUid }),
    ...(inPlace ? (kept.wbs === undefined ? {} : { wbs: kept.wbs }) : wbs === '' ? {} : { wbs }),
    summary,
    active: !inactive,
    ...(own === undefined ? {} : { calendar: own }),
  } as PlanTask
}

/** Whether nothing that a summary rolls up has been touched since the import. */
function isAsKept(task: { seq: number }, { rows }: Computed): boolean {
  const atSeq = rows.project.imported?.atSeq
  return atSeq !== undefined && task.seq === atSeq && rows.tasks.every(({ seq }) => seq === atSeq)
}

function linksOf(rows: PlanRows, uids: Uids, kept: PlanFile | undefined): PlanFile['links'] {
  const own = rows.links.flatMap(({ predecessor, successor, type, lag, lagUnit, lagEstimated }) => {
    const from = uids.task.get(predecessor)
    const to = uids.task.get(successor)
    if (from === undefined || to === undefined) return []
    const none = { kind: 'working', minutes: 0 } as const
    return [
      {
        predecessor: from,
        successor: to,
        type,
        lag: lag ?? none,
        ...(lagUnit === undefined ? {} : { lagUnit }),
        ...(lagEstimated === undefined ? {} : { lagEstimated }),
      },
    ]
  })
  const key = (link: { predecessor: number; successor: number }) => `${link.predecessor}/${link.successor}`
  const place = new Map(kept?.links.map((link, index) => [key(link), index]))
  const leaving = (kept?.links ?? []).filter((link) => link.crossProject !== undefined)
  const at = (link: PlanFile['links'][number]) => place.get(key(link)) ?? Number.MAX_SAFE_INTEGER
  return [...own, ...leaving].sort((a, b) => at(a) - at(b))
}

function assignmentOf(row: PlanRows['assignments'][number], uids: Uids): PlanAssignment {
  const { id, project: _project, seq: _seq, uid: _uid, task, resource, ...said } = row
  const who = resource === undefined ? undefined : uids.resource.get(resource)
  return {
    ...restingAssignment,
    ...said,
    uid: uids.assignment.get(id) ?? 0,
    task: uids.task.get(task) ?? 0,
    ...(who === undefined ? {} : { resource: who }),
  } as PlanAssignment
}

function baselineOf(number: number, lines: BaselineLines, uids: Uids): PlanBaseline {
  const named = (list: readonly BaselineLine[], of: ReadonlyMap<string, number>): FileLine[] =>
    list.flatMap(({ id, ...figures }) => {
      const uid = of.get(id)
      return uid === undefined ? [] : [{ uid, ...figures }]
    })
  return {
    number,
    tasks: named(lines.tasks, uids.task),
    assignments: named(lines.assignments, uids.assignment),
    resources: named(lines.resources, uids.resource),
  }
}

function calculatedOf({ rows, result, scheduleOf }: Computed, uids: Uids): PlanCalculated {
  const time = timeWriter()
  const tasks = rows.tasks.flatMap(({ id }) => {
    const dates = scheduleOf.get(id)
    if (!dates) return []
    return [
      {
        uid: uids.task.get(id) ?? 0,
        start: time(dates.startMinute),
        finish: time(dates.finishMinute),
        earlyStart: time(dates.earlyStartMinute),
        earlyFinish: time(dates.earlyFinishMinute),
        lateStart: time(dates.lateStartMinute),
        lateFinish: time(dates.lateFinishMinute),
        freeSlackMinutes: dates.freeSlackMinutes,
        totalSlackMinutes: dates.totalSlackMinutes,
        startSlackMinutes: dates.startSlackMinutes,
        finishSlackMinutes: dates.finishSlackMinutes,
        critical: dates.critical,
      },
    ]
  })
  const assignments = rows.assignments.map(({ id, task }) => {
    const dates = scheduleOf.get(task)
    const uid = uids.assignment.get(id) ?? 0
    return dates ? { uid, start: time(dates.startMinute), finish: time(dates.finishMinute) } : { uid }
  })
  return {
    project: { start: time(result.startMinute), finish: time(result.finishMinute) },
    tasks,
    assignments,
  }
}

/** Owners whose rows were written after the import, or that it did not bring. */
function editedOwners(rows: PlanRows, uids: Uids): Set<string> {
  const atSeq = rows.project.imported?.atSeq ?? 0
  const edited = new Set<string>()
  const note = (kind: 'task' | 'resource' | 'assignment', list: readonly { id: string; seq: number }[]) => {
    for (const { id, seq } of list) if (seq !== atSeq) edited.add(ownerKey(kind, uids[kind].get(id)))
  }
  note('task', rows.tasks)
  note('resource', rows.resources)
  note('assignment', rows.assignments)
  for (const link of rows.links)
    if (link.seq !== atSeq) edited.add(ownerKey('task', uids.task.get(link.successor)))
  return edited
}
