import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, DAY_SHIFTS, dayOf, weekOf } from '../cases/case.ts'
import { lawRuns } from '../cases/law-runs.ts'
import type { PlanCalendar, Shift } from '../plan.ts'
import {
  addWorking,
  compileWorkingTime,
  minuteOf,
  nextWorking,
  previousWorking,
  shiftsOfDay,
  subtractWorking,
  timeOf,
  workingBetween,
} from './calendar.ts'
import { civilDay, dayNumber, weekdayOf } from './civil.ts'
import { type CalendarSet, intersect } from './compile.ts'
import { daysOfException } from './recurrence.ts'
import { BeyondCalendar, type WorkingTime } from './working-time.ts'

const MONDAY = dayOf('2026-01-05')
const standard: PlanCalendar = { id: 'standard', week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS) }

/** Weeks of whole hours: each of the 168 hours works or not, with at least one that does. */
const weeks = fc
  .array(fc.boolean(), { minLength: 168, maxLength: 168 })
  .filter((hours) => hours.some((works) => works))
const moments = fc.integer({ min: 0, max: 14 * 24 })

test('adding, subtracting and counting equal counting hour by hour', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(weeks, moments, fc.integer({ min: 1, max: 60 }), (hours, offset, amount) => {
      const calendar = compiled({ id: 'odd', week: weekFromHours(hours) })
      const works = (hour: number) => hours[((((hour % 168) + 168) % 168) + 24) % 168] === true
      let left = amount
      let hour = offset
      while (left > 0) if (works(hour++)) left--
      const start = MONDAY * 1440 + offset * 60
      const end = MONDAY * 1440 + hour * 60
      expect(addWorking(calendar, start, amount * 60)).toBe(end)
      expect(workingBetween(calendar, start, end)).toBe(amount * 60)
      expect(workingBetween(calendar, end, start)).toBe(-amount * 60)
      let back = amount
      let earlier = offset
      while (back > 0) if (works(--earlier)) back--
      expect(subtractWorking(calendar, start, amount * 60)).toBe(MONDAY * 1440 + earlier * 60)
    }),
    lawRuns(500),
  )
})

test('the next working moment is followed, the previous one preceded by work', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(weeks, moments, (hours, offset) => {
      const calendar = compiled({ id: 'odd', week: weekFromHours(hours) })
      const moment = MONDAY * 1440 + offset * 60 + 30
      const next = nextWorking(calendar, moment)
      const previous = previousWorking(calendar, moment)
      expect(workingBetween(calendar, moment, next)).toBe(0)
      expect(workingBetween(calendar, next, next + 1)).toBe(1)
      expect(workingBetween(calendar, previous, moment)).toBe(0)
      expect(workingBetween(calendar, previous - 1, previous)).toBe(1)
    }),
    lawRuns(300),
  )
})

test('work ends with the shift and begins with the next one', { timeout: 60_000 }, () => {
  const calendar = compiled(standard)
  expect(timeOf(addWorking(calendar, at('2026-01-09T08:00'), 480))).toBe('2026-01-09T17:00:00')
  expect(timeOf(nextWorking(calendar, at('2026-01-09T17:00')))).toBe('2026-01-12T08:00:00')
  expect(timeOf(previousWorking(calendar, at('2026-01-12T08:00')))).toBe('2026-01-09T17:00:00')
  expect(timeOf(subtractWorking(calendar, at('2026-01-12T09:00'), 120))).toBe('2026-01-09T16:00:00')
})

test('tables grow far to both sides, and beyond 1900 to 2200 there is nothing', { timeout: 60_000 }, () => {
  const calendar = compiled(standard)
  const far = addWorking(calendar, at('2026-01-05T08:00'), 480 * 20_000)
  expect(subtractWorking(calendar, far, 480 * 40_000)).toBeLessThan(at('1950-01-01'))
  expect(() => addWorking(calendar, at('2026-01-05T08:00'), 480 * 60_000)).toThrow(BeyondCalendar)
  expect(() => subtractWorking(calendar, at('2026-01-05T08:00'), 480 * 60_000)).toThrow(BeyondCalendar)
})

test('the common time of two calendars is what both work', { timeout: 60_000 }, () => {
  const evenings = compiledSet([
    standard,
    { id: 'late', week: weekOf([1, 3, 6], [{ fromMinute: 900, toMinute: 1320 }]) },
  ])
  const both = intersect(
    evenings.byId.get('standard') as WorkingTime,
    evenings.byId.get('late') as WorkingTime,
  )
  expect(shiftsOfDay(both, MONDAY)).toEqual([{ fromMinute: 900, toMinute: 1020 }])
  expect(shiftsOfDay(both, MONDAY + 1)).toEqual([])
  expect(shiftsOfDay(both, MONDAY + 5)).toEqual([])
})

test('days, weekdays and times are those of the Gregorian calendar', { timeout: 60_000 }, () => {
  expect(dayNumber(1970, 1, 1)).toBe(0)
  expect(dayNumber(2000, 2, 29)).toBe(11_016)
  expect(weekdayOf(dayNumber(2026, 1, 5))).toBe(1)
  fc.assert(
    fc.property(fc.integer({ min: -25_567, max: 84_000 }), (day) => {
      const { year, month, dayOfMonth } = civilDay(day)
      expect(dayNumber(year, month, dayOfMonth)).toBe(day)
      const date = new Date(day * 86_400_000)
      expect([year, month, dayOfMonth]).toEqual([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
      ])
    }),
    lawRuns(100),
  )
  expect(minuteOf('2026-02-30')).toBeUndefined()
  expect(minuteOf('2026-01-05T08:00:48')).toBe((minuteOf('2026-01-05') as number) + 480.8)
  expect(timeOf((minuteOf('2026-01-05') as number) + 480.8)).toBe('2026-01-05T08:00:48')
})

test('recurring exceptions fall on the days they name', { timeout: 60_000 }, () => {
  const days = (recurrence: Parameters<typeof daysOfException>[0]['recurrence'], to = '2026-12-31') =>
    daysOfException({
      fromDay: dayOf('2026-01-01'),
      toDay: dayOf(to),
      shifts: [],
      recurrence: recurrence ?? null,
    }).map((day) => timeOf(day * 1440).slice(5, 10))
  expect(days({ kind: 'daily', everyDays: 10, occurrences: 3 })).toEqual(['01-01', '01-11', '01-21'])
  expect(days({ kind: 'weekly', everyWeeks: 2, weekdays: [5, 1], occurrences: 4 })).toEqual([
    '01-02',
    '01-12',
    '01-16',
    '01-26',
  ])
  expect(days({ kind: 'monthlyByDay', everyMonths: 1, dayOfMonth: 31 }, '2026-06-30')).toEqual([
    '01-31',
    '03-31',
    '05-31',
  ])
  expect(days({ kind: 'monthlyByPosition', everyMonths: 3, position: 1, item: 'weekday' })).toEqual([
    '01-01',
    '04-01',
    '07-01',
    '10-01',
  ])
  expect(days({ kind: 'yearlyByDay', month: 12, dayOfMonth: 25 })).toEqual(['12-25'])
  expect(days({ kind: 'yearlyByPosition', month: 11, position: 4, item: 4 })).toEqual(['11-26'])
})

function compiled(calendar: PlanCalendar): WorkingTime {
  return compiledSet([calendar]).byId.get(calendar.id) as WorkingTime
}

function compiledSet(calendars: readonly PlanCalendar[]): CalendarSet {
  const set = compileWorkingTime(calendars, 2026)
  if ('refused' in set) throw new Error(JSON.stringify(set.refused))
  return set
}

/** Hour 0 is Sunday 00:00. */
function weekFromHours(hours: readonly boolean[]): Shift[][] {
  return [0, 1, 2, 3, 4, 5, 6].map((weekday) =>
    hours
      .slice(weekday * 24, weekday * 24 + 24)
      .flatMap((works, hour) => (works ? [{ fromMinute: hour * 60, toMinute: hour * 60 + 60 }] : [])),
  )
}
