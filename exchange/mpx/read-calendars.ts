import { offend, type ReadContext } from '../mspdi/read-context.ts'
import type { PlanCalendar, Shift, WeekDayShifts, WeekShifts } from '../plan-file.ts'
import { readClock, readMoment, type Writing } from './mpx-values.ts'
import type { MpxRecord } from './records.ts'

const DAY: Shift[] = [
  { fromMinute: 480, toMinute: 720 },
  { fromMinute: 780, toMinute: 1020 },
]

/** The week of a calendar that says nothing: Monday to Friday, 8 to 12 and 13 to 17. */
export const USUAL_WEEK: WeekShifts = [[], DAY, DAY, DAY, DAY, DAY, []]

/** Records 20 and 55: flags Sunday to Saturday, 0 off, 1 worked, 2 as the base calendar (or as usual). */
export function openCalendar(
  flags: readonly (string | undefined)[],
  calendar: Pick<PlanCalendar, 'uid' | 'name' | 'shared'> & { base?: number },
): PlanCalendar {
  const week = USUAL_WEEK.map((usual, day): WeekDayShifts => {
    const flag = flags[day]?.trim()
    if (flag === '0') return []
    if (flag === '1') return [...DAY]
    return calendar.base === undefined ? usual : 'inherit'
  })
  return { ...calendar, week: week as WeekShifts, exceptions: [], workWeeks: [] }
}

/** Records 25 and 56: the shifts of one day of the week, 1 = Sunday. */
export function takeHours(record: MpxRecord, calendar: PlanCalendar, context: ReadContext): void {
  const day = Number(record.fields[0]) - 1
  const shifts = shiftsOf(record.fields.slice(1))
  if (!(day >= 0 && day <= 6) || shifts === undefined) {
    offendRecord(record, calendar, context)
    return
  }
  calendar.week[day as 0] = shifts
}

/** Records 26 and 57: days that differ; without hours a worked day has the usual ones. */
export function takeException(
  record: MpxRecord,
  calendar: PlanCalendar,
  writing: Writing,
  context: ReadContext,
): void {
  const [fromText = '', toText = '', flag = ''] = record.fields
  const from = readMoment(fromText, writing, 0)?.slice(0, 10)
  const to = toText.trim() === '' ? from : readMoment(toText, writing, 0)?.slice(0, 10)
  const shifts = shiftsOf(record.fields.slice(3))
  if (from === undefined || to === undefined || to < from || shifts === undefined) {
    offendRecord(record, calendar, context)
    return
  }
  const isWorked = flag.trim() === '1'
  calendar.exceptions.push({ from, to, shifts: isWorked ? (shifts.length > 0 ? shifts : [...DAY]) : [] })
}

function offendRecord(record: MpxRecord, { name }: PlanCalendar, context: ReadContext): void {
  const value = record.fields.join(', ').slice(0, 60)
  offend(
    context,
    'file.badValue',
    { kind: 'calendar', name },
    { field: `record ${record.number}`, value, line: record.line },
  )
}

/** Pairs of begin and end; midnight at the end is the end of the day. Undefined: a pair that cannot be. */
function shiftsOf(fields: readonly string[]): Shift[] | undefined {
  const shifts: Shift[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [begin = '', end = ''] = [fields[at], fields[at + 1]]
    if (begin.trim() === '' && end.trim() === '') continue
    const fromMinute = readClock(begin)
    const toMinute = readClock(end) || 1440
    if (fromMinute === undefined || readClock(end) === undefined || fromMinute >= toMinute) return undefined
    shifts.push({ fromMinute, toMinute })
  }
  return shifts.sort((a, b) => a.fromMinute - b.fromMinute)
}
