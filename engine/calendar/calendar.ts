import type { PlanCalendar, Refused } from '../plan.ts'
import { civilDay, dayNumber } from './civil.ts'
import { type CalendarSet, compileCalendars } from './compile.ts'
import {
  addTenths,
  nextWorkingTenth,
  previousWorkingTenth,
  shapeAt,
  subtractTenths,
  TENTHS_PER_DAY,
  tenthsBetween,
  type WorkingTime,
} from './working-time.ts'

/**
 * Working time for rooms and drawing, in minutes since 1970-01-01T00:00 of the project's wall clock (one decimal is
 * kept). All functions throw `BeyondCalendar` when they would leave the years 1900 to 2200.
 */

/** The compiled calendars of a plan by id, or a refusal naming the calendar that makes no sense. */
export function compileWorkingTime(calendars: readonly PlanCalendar[], year: number): CalendarSet | Refused {
  return compileCalendars(calendars, {
    firstDay: dayNumber(year - 1, 1, 1),
    endDay: dayNumber(year + 3, 1, 1),
  })
}

/** When `minutes` of work begun at `minute` end; negative minutes count backwards. */
export function addWorking(calendar: WorkingTime, minute: number, minutes: number): number {
  return addTenths(calendar, tenth(minute), tenth(minutes)) / 10
}

/** When work of `minutes` that ends at `minute` began. */
export function subtractWorking(calendar: WorkingTime, minute: number, minutes: number): number {
  return subtractTenths(calendar, tenth(minute), tenth(minutes)) / 10
}

/** Working minutes from one moment to another, negative when the second is earlier. */
export function workingBetween(calendar: WorkingTime, fromMinute: number, toMinute: number): number {
  return tenthsBetween(calendar, tenth(fromMinute), tenth(toMinute)) / 10
}

/** The first moment at or after `minute` directly followed by working time. */
export function nextWorking(calendar: WorkingTime, minute: number): number {
  return nextWorkingTenth(calendar, tenth(minute)) / 10
}

/** The last moment at or before `minute` directly preceded by working time. */
export function previousWorking(calendar: WorkingTime, minute: number): number {
  return previousWorkingTenth(calendar, tenth(minute)) / 10
}

/** The shifts of one day in minutes of the day, empty on a day off (to shade non-working time). */
export function shiftsOfDay(calendar: WorkingTime, day: number): { fromMinute: number; toMinute: number }[] {
  if (calendar.always) return [{ fromMinute: 0, toMinute: 1440 }]
  tenthsBetween(calendar, day * TENTHS_PER_DAY, day * TENTHS_PER_DAY + 1)
  const shape = shapeAt(calendar, day - calendar.firstDay)
  return shape.from.map((from, i) => ({ fromMinute: from / 10, toMinute: (shape.to[i] as number) / 10 }))
}

/** `2026-01-05T08:00:00` to minutes since 1970; undefined when it is not such a time. Seconds become tenths. */
export function minuteOf(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 59) return undefined
  const number = dayNumber(year, month, day)
  if (civilDay(number).dayOfMonth !== day) return undefined
  return (number * 14_400 + hour * 600 + minute * 10 + Math.round(second / 6)) / 10
}

/** Minutes since 1970 to `2026-01-05T08:00:00`. */
export function timeOf(minute: number): string {
  const tenths = tenth(minute)
  const day = Math.floor(tenths / TENTHS_PER_DAY)
  const rest = tenths - day * TENTHS_PER_DAY
  const two = (n: number) => String(n).padStart(2, '0')
  const civil = civilDay(day)
  const date = `${String(civil.year).padStart(4, '0')}-${two(civil.month)}-${two(civil.dayOfMonth)}`
  return `${date}T${two(Math.floor(rest / 600))}:${two(Math.floor((rest % 600) / 10))}:${two((rest % 10) * 6)}`
}

function tenth(minutes: number): number {
  return Math.round(minutes * 10)
}
