import type { LossLog } from '../loss-log.ts'
import type { PlanCalendar, PlanResource, WeekDayShifts } from '../plan-file.ts'
import { clockText, momentText } from './mpx-values.ts'
import { recordText } from './records.ts'

type CalendarDesk = { loss: LossLog; calendars: ReadonlyMap<number, PlanCalendar> }

export const RESOURCE_COLUMNS = [
  'id',
  'uid',
  'name',
  'initials',
  'group',
  'code',
  'email',
  'maxUnits',
  'baseCalendar',
] as const

export function baseCalendar(calendar: PlanCalendar, desk: CalendarDesk): string[] {
  return [recordText(20, [calendar.name, ...flagsOf(calendar)]), ...calendarDays(calendar, 25, desk)]
}

function flagsOf({ week, base }: PlanCalendar): number[] {
  return week.map((day) =>
    day === 'inherit' && base !== undefined ? 2 : day === 'inherit' || day.length > 0 ? 1 : 0,
  )
}

const MOST_SHIFTS = 3

function calendarDays(calendar: PlanCalendar, number: 25 | 56, { loss }: CalendarDesk): string[] {
  const records: string[] = []
  const where = { kind: 'calendar' as const, uid: calendar.uid, name: calendar.name }
  const clocks = (day: WeekDayShifts, what: string) => {
    const shifts = day === 'inherit' ? [] : day
    if (shifts.length > MOST_SHIFTS)
      loss.note({ level: 'left out', where, field: what, text: `more than ${MOST_SHIFTS} shifts a day` })
    return shifts
      .slice(0, MOST_SHIFTS)
      .flatMap(({ fromMinute, toMinute }) => [clockText(fromMinute), clockText(toMinute)])
  }
  for (const [day, shifts] of calendar.week.entries())
    if (shifts !== 'inherit' && shifts.length > 0)
      records.push(recordText(number, [day + 1, ...clocks(shifts, 'week')]))
  for (const { from, to, shifts, recurrence, name } of calendar.exceptions) {
    if (recurrence !== undefined) {
      const text = `the recurring exception "${name ?? from}"`
      loss.note({ level: 'left out', where, field: 'exceptions', text })
      continue
    }
    if (name !== undefined)
      loss.note({ level: 'left out', where, field: 'exceptions', text: `the name "${name.slice(0, 60)}"` })
    const days = [from, to].map((day) => momentText(`${day}T00:00:00`)?.slice(0, -6))
    records.push(
      recordText(number + 1, [...days, shifts.length > 0 ? 1 : 0, ...clocks(shifts, 'exceptions')]),
    )
  }
  return records
}

export function resourceRecords(resource: PlanResource, desk: CalendarDesk): string[] {
  const own = resource.calendar === undefined ? undefined : desk.calendars.get(resource.calendar)
  const base = own?.shared ? own : own?.base === undefined ? undefined : desk.calendars.get(own.base)
  const said: Record<(typeof RESOURCE_COLUMNS)[number], string | number | undefined> = {
    id: resource.id,
    uid: resource.uid,
    name: resource.name,
    initials: resource.initials,
    group: resource.group,
    code: resource.code,
    email: resource.email,
    maxUnits: resource.maxUnits,
    baseCalendar: base?.name,
  }
  return [
    recordText(
      50,
      RESOURCE_COLUMNS.map((column) => said[column]),
    ),
    ...(resource.notes === undefined ? [] : [recordText(51, [resource.notes])]),
    ...(own === undefined || own.shared
      ? []
      : [recordText(55, [base?.name, ...flagsOf(own)]), ...calendarDays(own, 56, desk)]),
  ]
}
