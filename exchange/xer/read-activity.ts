import { changed, leftOut } from '../mspdi/read-context.ts'
import type { CalculatedTask, Constraint, Instant, PlanTask } from '../plan-file.ts'
import { restingTask } from '../resting.ts'
import { instantOf, minutesOf, numberOf, type Reading, referenceOf, wordOf } from './row-values.ts'
import { cell } from './tables.ts'
import type { XerDraft } from './xer-draft.ts'

const DURATION_TYPES = {
  DT_FixedDrtn: 'fixedDuration',
  DT_FixedDUR2: 'fixedDuration',
  DT_FixedRate: 'fixedUnits',
  DT_FixedQty: 'fixedWork',
} as const

const PRIORITIES = { PT_Top: 900, PT_High: 700, PT_Normal: 500, PT_Low: 300, PT_Lowest: 100 } as const

const TASK_TYPES = {
  TT_Task: 'task',
  TT_Rsrc: 'byResource',
  TT_Mile: 'milestone',
  TT_FinMile: 'milestone',
  TT_LOE: 'span',
  TT_WBS: 'span',
} as const

export type ActivityType = (typeof TASK_TYPES)[keyof typeof TASK_TYPES]

const CONSTRAINTS: Readonly<Record<string, Constraint>> = {
  CS_ALAP: 'alap',
  CS_MSO: 'mso',
  CS_MSOA: 'snet',
  CS_MSOB: 'snlt',
  CS_MEO: 'mfo',
  CS_MEOA: 'fnet',
  CS_MEOB: 'fnlt',
  CS_MANDSTART: 'mso',
  CS_MANDFIN: 'mfo',
}

export type ActivityRead = {
  task: PlanTask
  calculated: CalculatedTask
  type: ActivityType
  wbs: string
  code: string
  line: number
}

/** One activity; `dataDate` is the day up to which progress is known and from which what is left goes on. */
export function readActivity(
  draft: XerDraft,
  reading: Reading,
  uid: number,
  dataDate: Instant | undefined,
): ActivityRead {
  const { row } = reading
  const type = wordOf(reading, 'task_type', TASK_TYPES) ?? 'task'
  const calculated = calculatedOf(reading, uid)
  const durationMinutes = type === 'milestone' ? 0 : plannedMinutes(reading)
  const priority = wordOf(reading, 'priority_type', PRIORITIES) ?? 500
  const task: PlanTask = {
    ...restingTask,
    uid,
    name: nameOf(reading),
    outlineLevel: 1,
    milestone: type === 'milestone',
    type: wordOf(reading, 'duration_type', DURATION_TYPES) ?? 'fixedDuration',
    durationMinutes,
    durationUnit: 'days',
    priority,
    remainingDurationMinutes: durationMinutes,
    ...workOf(reading),
  }
  const code = cell(row, 'task_code')
  if (code !== '') task.wbs = code
  takeCalendar(draft, reading, task, type)
  takeConstraints(reading, task)
  takeProgress(reading, task, dataDate)
  if (type === 'span') takeSpan(reading, task, calculated)
  return { task, calculated, type, wbs: cell(row, 'wbs_id'), code, line: row.line }
}

function nameOf({ row, where, context }: Reading): string {
  const name = cell(row, 'task_name')
  const most = context.limits.nameLength
  if (name.length <= most) return name
  changed(context, where, `the name is cut to ${most} characters`, row.line, 'task_name')
  return name.slice(0, most)
}

/** Original duration; of work that is under way or not begun at least what remains. */
function plannedMinutes(reading: Reading): number {
  const target = minutesOf(reading, 'target_drtn_hr_cnt')
  const left = minutesOf(reading, 'remain_drtn_hr_cnt')
  const begun = cell(reading.row, 'act_start_date') !== ''
  if (!begun && left !== undefined) return left
  return Math.max(target ?? 0, left ?? 0)
}

function workOf(reading: Reading) {
  const actualWorkMinutes = minutesOf(reading, 'act_work_qty') ?? 0
  const remainingWorkMinutes = minutesOf(reading, 'remain_work_qty') ?? 0
  const workMinutes = actualWorkMinutes + remainingWorkMinutes
  const percentWorkComplete = workMinutes > 0 ? Math.round((100 * actualWorkMinutes) / workMinutes) : 0
  return { workMinutes, actualWorkMinutes, remainingWorkMinutes, percentWorkComplete }
}

function calculatedOf(reading: Reading, uid: number): CalculatedTask {
  const earlyStart = instantOf(reading, 'early_start_date')
  const earlyFinish = instantOf(reading, 'early_end_date')
  const start = instantOf(reading, 'act_start_date') ?? earlyStart ?? instantOf(reading, 'target_start_date')
  const finish = instantOf(reading, 'act_end_date') ?? earlyFinish ?? instantOf(reading, 'target_end_date')
  const lateStart = instantOf(reading, 'late_start_date')
  const lateFinish = instantOf(reading, 'late_end_date')
  const totalSlackMinutes = minutesOf(reading, 'total_float_hr_cnt', Number.NEGATIVE_INFINITY)
  const freeSlackMinutes = minutesOf(reading, 'free_float_hr_cnt', Number.NEGATIVE_INFINITY)
  return {
    uid,
    ...(start === undefined ? {} : { start }),
    ...(finish === undefined ? {} : { finish }),
    ...(earlyStart === undefined ? {} : { earlyStart }),
    ...(earlyFinish === undefined ? {} : { earlyFinish }),
    ...(lateStart === undefined ? {} : { lateStart }),
    ...(lateFinish === undefined ? {} : { lateFinish }),
    ...(totalSlackMinutes === undefined ? {} : { totalSlackMinutes }),
    ...(freeSlackMinutes === undefined ? {} : { freeSlackMinutes }),
  }
}

/** An activity works in its own calendar, whoever does it; only "resource dependent" ones follow their people. */
function takeCalendar(draft: XerDraft, reading: Reading, task: PlanTask, type: ActivityType): void {
  const calendar = referenceOf(reading, 'clndr_id')
  if (calendar === undefined) return
  if (!draft.calendars.has(calendar)) {
    const text = `calendar ${calendar} is not in the file; that of the project is taken`
    changed(reading.context, reading.where, text, reading.row.line, 'clndr_id')
    return
  }
  task.calendar = calendar
  task.ignoreResourceCalendar = type !== 'byResource'
}

function takeConstraints(reading: Reading, task: PlanTask): void {
  const { row, where, context } = reading
  const said = cell(row, 'cstr_type')
  const constraint = wordOf(reading, 'cstr_type', CONSTRAINTS)
  const at = instantOf(reading, 'cstr_date')
  if (constraint === 'alap') task.constraint = 'alap'
  else if (constraint !== undefined && at !== undefined) {
    task.constraint = constraint
    task.constraintAt = at
    if (said === 'CS_MSO' || said === 'CS_MEO')
      changed(
        context,
        where,
        'Start On and Finish On give way to links there; here the date holds',
        row.line,
        'cstr_type',
      )
  } else if (constraint !== undefined)
    leftOut(context, where, `the constraint ${said} has no date`, row.line, 'cstr_type')
  const second = wordOf(reading, 'cstr_type2', CONSTRAINTS)
  const secondAt = instantOf(reading, 'cstr_date2')
  if (second === 'fnlt' && secondAt !== undefined) {
    task.deadline = secondAt
    changed(
      context,
      where,
      'the second constraint, Finish On or Before, becomes a deadline',
      row.line,
      'cstr_type2',
    )
  } else if (second !== undefined)
    leftOut(
      context,
      where,
      `the second constraint ${cell(row, 'cstr_type2')} is left out`,
      row.line,
      'cstr_type2',
    )
  for (const [column, text] of UNREAD_DATES)
    if (cell(row, column) !== '') leftOut(context, where, text, row.line, column)
}

const UNREAD_DATES = [
  ['expect_end_date', 'the expected finish is left out; the remaining duration holds'],
  ['external_early_start_date', 'the external early start is left out'],
  ['external_late_end_date', 'the external late finish is left out'],
] as const

/** What happened decides, whatever the status says. What is left of a task under way goes on from the data date. */
function takeProgress(reading: Reading, task: PlanTask, dataDate: Instant | undefined): void {
  const { row, where, context } = reading
  const physical = numberOf(reading, 'phys_complete_pct') ?? 0
  task.physicalPercentComplete = Math.min(100, Math.max(0, Math.round(physical)))
  const start = instantOf(reading, 'act_start_date')
  const finish = instantOf(reading, 'act_end_date')
  const whole = task.durationMinutes ?? 0
  sayStatus(reading, start, finish)
  if (start === undefined) return
  task.actualStart = start
  if (finish !== undefined) {
    task.actualFinish = finish < start ? start : finish
    if (finish < start)
      changed(context, where, 'finished before it started; the start is taken', row.line, 'act_end_date')
    Object.assign(task, { percentComplete: 100, actualDurationMinutes: whole, remainingDurationMinutes: 0 })
    return
  }
  const left = Math.min(whole, minutesOf(reading, 'remain_drtn_hr_cnt') ?? whole)
  task.remainingDurationMinutes = left
  task.actualDurationMinutes = whole - left
  task.percentComplete = whole > 0 ? Math.min(99, Math.round((100 * (whole - left)) / whole)) : 0
  // All that is left lies behind the data date, however much was done before it.
  const resumed = [start, dataDate, instantOf(reading, 'resume_date')].filter((each) => each !== undefined)
  if (left > 0 && dataDate !== undefined) task.resume = resumed.sort().at(-1) ?? start
}

function sayStatus(
  { row, where, context }: Reading,
  start: Instant | undefined,
  finish: Instant | undefined,
): void {
  const said = cell(row, 'status_code')
  const shown =
    finish !== undefined && start !== undefined ? 'TK_Complete' : start ? 'TK_Active' : 'TK_NotStart'
  if (said !== '' && said !== shown)
    changed(
      context,
      where,
      `the status says ${said}, the actual dates ${shown}; the dates are taken`,
      row.line,
      'status_code',
    )
}

/** Level of effort and WBS summary activities span others; here they keep the dates that Primavera had found. */
function takeSpan({ row, where, context }: Reading, task: PlanTask, calculated: CalculatedTask): void {
  const kind = cell(row, 'task_type') === 'TT_LOE' ? 'a level of effort' : 'a WBS summary activity'
  if (calculated.start === undefined || calculated.finish === undefined) {
    changed(context, where, `${kind} without dates becomes a plain task`, row.line, 'task_type')
    return
  }
  task.mode = 'manual'
  task.manualStart = calculated.start
  task.manualFinish = calculated.finish
  delete task.resume
  changed(context, where, `${kind} keeps the dates it had, without its links`, row.line, 'task_type')
}
