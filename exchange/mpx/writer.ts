import { type LossLog, openLossLog } from '../loss-log.ts'
import type {
  BaselineLine,
  CalculatedTask,
  LossReport,
  PlanCalculated,
  PlanCalendar,
  PlanFile,
  PlanLink,
  PlanTask,
} from '../plan-file.ts'
import {
  CONSTRAINTS,
  momentText,
  priorityText,
  RESOURCE_FIELDS,
  spanText,
  TASK_FIELDS,
  type Writing,
  writingOf,
} from './mpx-values.ts'
import { recordText } from './records.ts'
import { sayUnsayable } from './unsayable.ts'
import { baseCalendar, RESOURCE_COLUMNS, resourceRecords } from './write-calendars.ts'

const TASK_COLUMNS = [
  'id',
  'uid',
  'name',
  'outlineLevel',
  'wbs',
  'duration',
  'start',
  'finish',
  'earlyStart',
  'earlyFinish',
  'lateStart',
  'lateFinish',
  'freeSlack',
  'totalSlack',
  'critical',
  'uidPredecessors',
  'constraint',
  'constraintAt',
  'percentComplete',
  'percentWorkComplete',
  'actualStart',
  'actualFinish',
  'actualDuration',
  'remainingDuration',
  'work',
  'actualWork',
  'remainingWork',
  'milestone',
  'fixed',
  'priority',
  'delay',
  'fixedCost',
  'stop',
  'resume',
  'summary',
  'subproject',
  'baselineStart',
  'baselineFinish',
  'baselineDuration',
  'baselineWork',
  'baselineCost',
] as const

type Desk = { file: PlanFile; writing: Writing; loss: LossLog; calendars: ReadonlyMap<number, PlanCalendar> }

/**
 * Writes a plan as Microsoft Project's exchange file (MPX 4.0; comma, 24 hours, day first), which Project up to 2010 and
 * many others read. `schedule`: the dates that hold now. What the format cannot say is named in the loss report.
 */
export function writeMpx(
  file: PlanFile,
  options: { schedule?: PlanCalculated } = {},
): { text: string; loss: LossReport } {
  const loss = openLossLog()
  const calendars = new Map(file.calendars.map((calendar) => [calendar.uid, calendar]))
  const desk: Desk = { file, writing: writingOf(file.project), loss, calendars }
  loss.note({ level: 'taken', where: { kind: 'file' }, text: `${file.tasks.length} tasks as records` })
  const records = [
    'MPX,Helmward,4.0,ANSI',
    ...headRecords(desk, options.schedule ?? file.calculated),
    ...file.calendars.filter(({ shared }) => shared).flatMap((calendar) => baseCalendar(calendar, desk)),
    recordText(
      41,
      RESOURCE_COLUMNS.map((column) => RESOURCE_FIELDS[column]),
    ),
    ...file.resources.flatMap((resource) => resourceRecords(resource, desk)),
    recordText(
      61,
      TASK_COLUMNS.map((column) => TASK_FIELDS[column]),
    ),
    ...taskRecords(desk, options.schedule ?? file.calculated),
  ]
  sayUnsayable(file, loss)
  return { text: `${records.join('\r\n')}\r\n`, loss: loss.report() }
}

function headRecords({ file, writing }: Desk, schedule: PlanCalculated): string[] {
  const { project, calendars } = file
  const named = calendars.find(({ uid }) => uid === project.calendar)
  const start = project.start ?? schedule.project.start
  const finish = project.finish ?? schedule.project.finish
  const head = [
    project.title ?? project.name,
    project.company,
    project.manager,
    named?.name,
    momentText(start),
    momentText(finish),
    project.scheduleFrom === 'finish' ? 1 : 0,
  ]
  const author = Array.from({ length: 27 - head.length }, () => undefined)
  const hours = (minutes: number) => Math.round((minutes / 60) * 1e6) / 1e6
  return [
    recordText(10, [project.currencySymbol ?? '$', 0, project.currencyDigits, ',', '.']),
    recordText(11, [
      2,
      0,
      1,
      hours(writing.minutesPerDay),
      hours(writing.minutesPerWeek),
      '0/h',
      '0/h',
      1,
      project.splitsInProgressTasks ? 1 : 0,
    ]),
    recordText(12, [1, 1, project.defaultStartMinute, '/', ':', 'am', 'pm', 0, 0]),
    recordText(30, [...head, ...author, project.author]),
  ]
}

function taskRecords(desk: Desk, schedule: PlanCalculated): string[] {
  const { file, writing } = desk
  const dates = new Map(schedule.tasks.map((line) => [line.uid, line]))
  const before = new Map<number, PlanLink[]>()
  for (const link of file.links) before.set(link.successor, [...(before.get(link.successor) ?? []), link])
  const baselines = new Map(
    file.baselines.find(({ number }) => number === 0)?.tasks.map((line) => [line.uid, line]),
  )
  const assigned = new Map<number, PlanFile['assignments']>()
  for (const each of file.assignments) assigned.set(each.task, [...(assigned.get(each.task) ?? []), each])
  const resources = new Map(file.resources.map((resource) => [resource.uid, resource]))
  return file.tasks.flatMap((task) => [
    taskRecord(task, {
      desk,
      own: dates.get(task.uid),
      links: before.get(task.uid) ?? [],
      baseline: baselines.get(task.uid),
    }),
    ...(task.notes === undefined ? [] : [recordText(71, [task.notes])]),
    ...(assigned.get(task.uid) ?? []).flatMap((each) => {
      const resource = each.resource === undefined ? undefined : resources.get(each.resource)
      if (resource === undefined) return []
      const hours = (minutes: number) => spanText(minutes, writing, { unit: 'hours' })
      return recordText(75, [
        resource.id ?? resource.uid,
        each.units,
        hours(each.workMinutes),
        undefined,
        hours(each.actualWorkMinutes),
        hours(each.overtimeWorkMinutes),
        undefined,
        undefined,
        undefined,
        momentText(each.actualStart),
        momentText(each.actualFinish),
        hours(each.delayMinutes),
        resource.uid,
      ])
    }),
  ])
}

function taskRecord(
  task: PlanTask,
  more: {
    desk: Desk
    own: CalculatedTask | undefined
    links: readonly PlanLink[]
    baseline: BaselineLine | undefined
  },
): string {
  const { own, links, baseline, desk } = more
  if (task.blank) return blankRecord(task)
  const unit = task.durationUnit
  const elapsed = task.durationElapsed
  const span = (minutes: number | null | undefined, options = {}) =>
    minutes === null || minutes === undefined ? undefined : spanText(minutes, desk.writing, options)
  const length = (minutes: number | null | undefined) => span(minutes, { unit, elapsed })
  const hours = (minutes: number | undefined) => span(minutes, { unit: 'hours' })
  const said: Record<(typeof TASK_COLUMNS)[number], string | number | undefined> = {
    id: task.id,
    uid: task.uid,
    name: task.name,
    outlineLevel: task.outlineLevel,
    wbs: task.wbs,
    duration:
      task.durationMinutes === null
        ? undefined
        : `${length(task.durationMinutes)}${task.estimated ? '?' : ''}`,
    start: momentText(own?.start),
    finish: momentText(own?.finish),
    earlyStart: momentText(own?.earlyStart),
    earlyFinish: momentText(own?.earlyFinish),
    lateStart: momentText(own?.lateStart),
    lateFinish: momentText(own?.lateFinish),
    freeSlack: span(own?.freeSlackMinutes),
    totalSlack: span(own?.totalSlackMinutes),
    critical: own?.critical === undefined ? undefined : flagText(own.critical),
    uidPredecessors: links.flatMap((link) => linkText(link, desk)).join(','),
    constraint: CONSTRAINTS.find(([constraint]) => constraint === task.constraint)?.[1],
    constraintAt: momentText(task.constraintAt),
    percentComplete: `${Math.round(task.percentComplete)}%`,
    percentWorkComplete: `${Math.round(task.percentWorkComplete)}%`,
    actualStart: momentText(task.actualStart),
    actualFinish: momentText(task.actualFinish),
    actualDuration: length(task.actualDurationMinutes),
    remainingDuration: length(task.remainingDurationMinutes),
    work: hours(task.workMinutes),
    actualWork: hours(task.actualWorkMinutes),
    remainingWork: hours(task.remainingWorkMinutes),
    milestone: flagText(task.milestone),
    fixed: flagText(task.type === 'fixedDuration'),
    priority: priorityText(task.priority),
    delay:
      task.levelingDelayMinutes === 0
        ? undefined
        : span(task.levelingDelayMinutes, { unit: 'days', elapsed: task.levelingDelayElapsed }),
    fixedCost: moneyText(task.fixedCostCents || undefined),
    stop: momentText(task.stop),
    resume: momentText(task.resume),
    summary: flagText(task.summary),
    subproject: task.subprojectName,
    baselineStart: momentText(baseline?.start),
    baselineFinish: momentText(baseline?.finish),
    baselineDuration: span(baseline?.durationMinutes, { unit, elapsed: baseline?.durationElapsed }),
    baselineWork: hours(baseline?.workMinutes),
    baselineCost: moneyText(baseline?.costCents),
  }
  return recordText(
    70,
    TASK_COLUMNS.map((column) => said[column]),
  )
}

function blankRecord({ id, uid }: PlanTask): string {
  return recordText(
    70,
    TASK_COLUMNS.map((column) => (column === 'id' ? id : column === 'uid' ? uid : undefined)),
  )
}

const moneyText = (cents: number | undefined) => (cents === undefined ? undefined : (cents / 100).toFixed(2))

const flagText = (flag: boolean) => (flag ? 'Yes' : 'No')

function linkText(link: PlanLink, { writing }: Desk): string[] {
  if (link.crossProject !== undefined) return []
  const { lag } = link
  const size = 'percent' in lag ? lag.percent : lag.minutes
  const sign = size < 0 ? '-' : '+'
  const amount =
    'percent' in lag
      ? `${Math.abs(size)}${lag.kind === 'elapsedPercent' ? 'e' : ''}%`
      : spanText(Math.abs(size), writing, { unit: link.lagUnit ?? 'days', elapsed: lag.kind === 'elapsed' })
  const isPlain = 'minutes' in lag && size === 0 && lag.kind === 'working'
  return [`${link.predecessor}${link.type.toUpperCase()}${isPlain ? '' : `${sign}${amount}`}`]
}
