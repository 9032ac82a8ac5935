import { changed, leftOut } from '../mspdi/read-context.ts'
import type { Instant, PlanProject, Shift } from '../plan-file.ts'
import { restingProject } from '../resting.ts'
import { schedulingOption } from './read-relations.ts'
import { instantOf, minutesOf, type Reading, referenceOf } from './row-values.ts'
import { cell } from './tables.ts'
import { rowsOf, type XerDraft } from './xer-draft.ts'

/** What the file says of the project itself; `dataDate` is the day up to which progress is known. */
export function readHead(draft: XerDraft): { project: PlanProject; dataDate: Instant | undefined } {
  const { project: row, context, projectId, tables } = draft
  const name = cell(row, 'proj_short_name')
  const reading: Reading = { row, where: { kind: 'project', name }, context }
  const dataDate = instantOf(reading, 'last_recalc_date') ?? instantOf(reading, 'next_data_date')
  const start = instantOf(reading, 'plan_start_date') ?? dataDate ?? firstStart(draft)
  const root = rowsOf(tables, 'PROJWBS').find(
    (each) => cell(each, 'proj_id') === projectId && cell(each, 'proj_node_flag') === 'Y',
  )
  const title = root ? cell(root, 'wbs_name').slice(0, 255) : ''
  if (start === undefined)
    changed(context, reading.where, 'the start of the project is not said; none is taken', row.line)
  if (cell(row, 'plan_end_date') !== '')
    leftOut(
      context,
      reading.where,
      'Must Finish By is left out: slack counts from the calculated finish',
      row.line,
      'plan_end_date',
    )
  if (cell(row, 'critical_path_type') === 'CT_DrivPath')
    changed(
      context,
      reading.where,
      'critical is what has no slack, not the longest path',
      row.line,
      'critical_path_type',
    )
  const isOverride = schedulingOption(draft, 'sched_progress_override') === 'Y'
  return {
    dataDate,
    project: {
      ...restingProject,
      name,
      ...(title === '' ? {} : { title }),
      ...(start === undefined ? {} : { start }),
      ...(dataDate === undefined ? {} : { statusDate: dataDate }),
      ...reckoningOf(draft, reading),
      ...currencyOf(draft),
      criticalSlackLimitMinutes: minutesOf(reading, 'critical_drtn_hr_cnt', Number.NEGATIVE_INFINITY) ?? 0,
      splitsInProgressTasks: !isOverride,
    },
  }
}

function firstStart({ tables, projectId, context }: XerDraft): Instant | undefined {
  const starts = rowsOf(tables, 'TASK')
    .filter((row) => cell(row, 'proj_id') === projectId)
    .flatMap((row) => {
      const reading: Reading = { row, where: { kind: 'task' }, context }
      return instantOf(reading, 'act_start_date') ?? instantOf(reading, 'target_start_date') ?? []
    })
  return starts.sort()[0]
}

/** The project calendar, and how long its day and week are. */
function reckoningOf(draft: XerDraft, reading: Reading): Partial<PlanProject> {
  const { tables, calendars, context } = draft
  const rows = rowsOf(tables, 'CALENDAR')
  const said = referenceOf(reading, 'clndr_id')
  const usual = rows.find((row) => cell(row, 'default_flag') === 'Y') ?? rows[0]
  const uid =
    said !== undefined && calendars.has(said) ? said : Number(usual ? cell(usual, 'clndr_id') : Number.NaN)
  const calendar = calendars.get(uid)
  if (said !== undefined && said !== uid) {
    const text = `calendar ${said} is not in the file; ${calendar ? `"${calendar.name}"` : 'none'} is taken`
    changed(context, reading.where, text, reading.row.line, 'clndr_id')
  }
  const row = rows.find((each) => cell(each, 'clndr_id') === String(uid))
  if (!calendar || !row) return {}
  const hours: Reading = { row, where: { kind: 'calendar', uid, name: calendar.name }, context }
  const minutesPerDay = Math.round(minutesOf(hours, 'day_hr_cnt') ?? 0)
  const minutesPerWeek = Math.round(minutesOf(hours, 'week_hr_cnt') ?? 0)
  const working = calendar.week.find((day): day is Shift[] => day !== 'inherit' && day.length > 0)
  return {
    calendar: uid,
    ...(minutesPerDay >= 1 && minutesPerDay <= 1440 ? { minutesPerDay } : {}),
    ...(minutesPerWeek >= 1 && minutesPerWeek <= 10_080 ? { minutesPerWeek } : {}),
    ...(working
      ? {
          defaultStartMinute: working[0]?.fromMinute ?? restingProject.defaultStartMinute,
          defaultFinishMinute: working.at(-1)?.toMinute ?? restingProject.defaultFinishMinute,
        }
      : {}),
  }
}

/** The head line ends with the currency in which the file counts. */
function currencyOf({ tables }: XerDraft): Partial<PlanProject> {
  const code = (tables.head.at(-1) ?? '').trim()
  if (!/^[A-Z]{3}$/.test(code)) return {}
  const row = rowsOf(tables, 'CURRTYPE').find((each) => cell(each, 'curr_short_name') === code)
  const digits = Number(row ? cell(row, 'decimal_digit_cnt') : 2)
  const symbol = row ? cell(row, 'curr_symbol') : ''
  return {
    currency: code,
    ...(symbol === '' ? {} : { currencySymbol: symbol.slice(0, 20) }),
    currencyDigits: Number.isInteger(digits) && digits >= 0 && digits <= 4 ? digits : 2,
  }
}
