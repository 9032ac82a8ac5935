import type { DayInMonth, PlanCalendarException, Recurrence } from '../plan.ts'
import { civilDay, dayNumber, daysInMonth, weekdayOf } from './civil.ts'

/**
 * The days a calendar exception names, in order: all from first to last, or those of its recurrence among them.
 * Weeks begin on the Sunday of the first day's week, months and years with the first day's own
 * (MSPDI `Exception`, types 1 to 6).
 */
export function daysOfException(exception: PlanCalendarException): number[] {
  const { fromDay, toDay, recurrence } = exception
  const most = recurrence?.occurrences ?? Number.POSITIVE_INFINITY
  const days: number[] = []
  if (!recurrence) {
    for (let day = fromDay; day <= toDay; day++) days.push(day)
    return days
  }
  for (const day of daysOfRecurrence(recurrence, fromDay, toDay)) {
    if (day > toDay || days.length >= most) break
    if (day >= fromDay) days.push(day)
  }
  return days
}

function* daysOfRecurrence(recurrence: Recurrence, fromDay: number, toDay: number): Generator<number> {
  switch (recurrence.kind) {
    case 'daily':
      for (let day = fromDay; day <= toDay; day += recurrence.everyDays) yield day
      return
    case 'weekly': {
      const weekdays = [...new Set(recurrence.weekdays)].sort((a, b) => a - b)
      for (let week = fromDay - weekdayOf(fromDay); week <= toDay; week += 7 * recurrence.everyWeeks)
        for (const weekday of weekdays) yield week + weekday
      return
    }
    case 'monthlyByDay':
      for (const [year, month] of monthsFrom(fromDay, toDay, recurrence.everyMonths))
        if (recurrence.dayOfMonth <= daysInMonth(year, month))
          yield dayNumber(year, month, recurrence.dayOfMonth)
      return
    case 'monthlyByPosition':
      for (const [year, month] of monthsFrom(fromDay, toDay, recurrence.everyMonths))
        yield dayAtPosition(year, month, recurrence)
      return
    case 'yearlyByDay':
      for (let year = civilDay(fromDay).year; year <= civilDay(toDay).year; year++)
        if (recurrence.dayOfMonth <= daysInMonth(year, recurrence.month))
          yield dayNumber(year, recurrence.month, recurrence.dayOfMonth)
      return
    case 'yearlyByPosition':
      for (let year = civilDay(fromDay).year; year <= civilDay(toDay).year; year++)
        yield dayAtPosition(year, recurrence.month, recurrence)
      return
  }
}

function* monthsFrom(fromDay: number, toDay: number, everyMonths: number): Generator<[number, number]> {
  const first = civilDay(fromDay)
  for (let index = first.year * 12 + first.month - 1; ; index += everyMonths) {
    const year = Math.floor(index / 12)
    const month = index - year * 12 + 1
    if (dayNumber(year, month, 1) > toDay) return
    yield [year, month]
  }
}

function dayAtPosition(year: number, month: number, rule: DayInMonth): number {
  const first = dayNumber(year, month, 1)
  const matching: number[] = []
  for (let day = first; day < first + daysInMonth(year, month); day++) {
    const weekday = weekdayOf(day)
    const workday = weekday >= 1 && weekday <= 5
    if (
      rule.item === 'day' ||
      (rule.item === 'weekday' && workday) ||
      (rule.item === 'weekendDay' && !workday) ||
      rule.item === weekday
    )
      matching.push(day)
  }
  const index = rule.position === 5 ? matching.length - 1 : rule.position - 1
  return matching[Math.min(index, matching.length - 1)] ?? first
}
