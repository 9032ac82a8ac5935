import { leftOut, offend, type ReadContext } from '../mspdi/read-context.ts'
import * as values from '../mspdi/values.ts'
import type { CalendarException, PlanCalendar, PlanResource, Shift, WeekShifts } from '../plan-file.ts'
import { childOf, childrenOf, type GanNode } from './gan-tree.ts'

const DAY: Shift[] = [
  { fromMinute: 480, toMinute: 720 },
  { fromMinute: 780, toMinute: 1020 },
]
const WEEK_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** The one calendar of the file: its week-end (`1` is a day off), its holidays and the days worked out of turn. */
export function readCalendar(node: GanNode | undefined, context: ReadContext): PlanCalendar {
  const said = childOf(childOf(node, 'day-types'), 'default-week')?.attributes
  const week = WEEK_DAYS.map((day, index) => {
    const off = said?.[day] === undefined ? index === 0 || index === 6 : said[day] === '1'
    return off ? [] : [...DAY]
  }) as WeekShifts
  const exceptions = childrenOf(node, 'date').flatMap((date) => exceptionOf(date, context))
  return { uid: 1, name: 'Standard', shared: true, week, exceptions, workWeeks: [] }
}

function exceptionOf(node: GanNode, context: ReadContext): CalendarException[] {
  const { year = '', month = '', date = '', type = 'HOLIDAY' } = node.attributes
  if (type === 'NEUTRAL') return []
  const shifts = type === 'WORKING_DAY' ? [...DAY] : []
  const name = node.text.trim()
  const named = name === '' ? {} : { name: name.slice(0, 500) }
  const day = (said: string) => dayOf(`${said}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`)
  // Without a year a holiday comes every year.
  const [from, to] = year === '' ? [day('2000'), day('2099')] : [day(year), day(year)]
  if (from === undefined || to === undefined) {
    const value = `${year}-${month}-${date}`.slice(0, 40)
    offend(context, 'file.badValue', { kind: 'calendar' }, { field: 'date', value, line: node.line })
    return []
  }
  const yearly = { every: 'year' as const, month: Number(month), dayOfMonth: Number(date) }
  return [{ ...named, from, to, shifts, ...(year === '' ? { recurrence: yearly } : {}) }]
}

/** A day as the file writes it, or undefined. */
export function dayOf(text: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:T[\d:.]*)?$/.exec(text.trim())
  const day = match?.[1]
  return day !== undefined && values.instant.read(`${day}T00:00:00`) !== undefined ? day : undefined
}

/** Vacations as the private calendars of the people who take them; the last day is included. */
export function readVacations(
  node: GanNode | undefined,
  resources: readonly PlanResource[],
  context: ReadContext,
): PlanCalendar[] {
  const byUid = new Map(resources.map((resource) => [resource.uid, resource]))
  const calendars = new Map<number, PlanCalendar>()
  for (const { attributes, line } of childrenOf(node, 'vacation')) {
    const resource = byUid.get(Number(attributes.resourceid))
    const [from, to] = [dayOf(attributes.start ?? ''), dayOf(attributes.end ?? '')]
    if (resource === undefined || from === undefined || to === undefined || to < from) {
      leftOut(
        context,
        { kind: 'calendar' },
        `a vacation from ${(attributes.start ?? '?').slice(0, 20)}`,
        line,
      )
      continue
    }
    const inherit = WEEK_DAYS.map(() => 'inherit') as unknown as WeekShifts
    const calendar = calendars.get(resource.uid) ?? {
      uid: calendars.size + 2,
      name: resource.name,
      base: 1,
      shared: false,
      week: inherit,
      exceptions: [],
      workWeeks: [],
    }
    calendar.exceptions.push({ name: 'Vacation', from, to, shifts: [] })
    calendars.set(resource.uid, calendar)
    resource.calendar = calendar.uid
  }
  return [...calendars.values()]
}

/** The last worked day of a span of days that begins on a day; the day itself when the calendar never works. */
export function lastDayOf(from: string, days: number, calendar: PlanCalendar): string {
  const off = new Set(
    calendar.exceptions
      .filter(({ shifts, recurrence }) => shifts.length === 0 && !recurrence)
      .map((each) => each.from),
  )
  const worked = new Set(
    calendar.exceptions.filter(({ shifts }) => shifts.length > 0).map((each) => each.from),
  )
  let left = days
  let at = Date.parse(`${from}T00:00:00Z`)
  for (let tried = 0; tried < Math.min(days, 20_000) * 8 + 400; tried += 1) {
    const day = new Date(at).toISOString().slice(0, 10)
    const usual = calendar.week[new Date(at).getUTCDay() as 0]
    if (worked.has(day) || (usual !== 'inherit' && usual.length > 0 && !off.has(day))) left -= 1
    if (left <= 0) return day
    at += 86_400_000
  }
  return from
}
