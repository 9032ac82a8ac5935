import { expect, test } from 'vitest'
import { DAY_SHIFTS, dayOf, shift, weekOf } from '../cases/case.ts'
import type {
  PlanCalendar,
  PlanCalendarException,
  PlanWorkWeek,
  Recurrence,
  RefusalCode,
  Shift,
  Week,
} from '../plan.ts'
import { compileWorkingTime } from './calendar.ts'

const INHERIT: Week = ['inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit']
const STANDARD: PlanCalendar = { id: 'standard', week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS) }
const MORNINGS: readonly Shift[] = [shift('08:00', '12:00')]

const on = (day: string, shifts: readonly Shift[] = []): PlanCalendarException => ({
  fromDay: dayOf(day),
  toDay: dayOf(day),
  shifts,
})
const office = (more: Partial<PlanCalendar>): PlanCalendar => ({
  id: 'office',
  base: 'standard',
  week: INHERIT,
  ...more,
})
const weekFrom = (from: string, to: string, week: Week): PlanWorkWeek => ({
  fromDay: dayOf(from),
  toDay: dayOf(to),
  week,
})

const recurring = (recurrence: Recurrence) => office({ exceptions: [{ ...on('2026-01-05'), recurrence }] })
const daily = (everyDays: number, occurrences?: number) =>
  recurring({ kind: 'daily', everyDays, ...(occurrences === undefined ? {} : { occurrences }) })
const weekly = (everyWeeks: number, ...weekdays: number[]) =>
  recurring({ kind: 'weekly', everyWeeks, weekdays })
const monthly = (everyMonths: number, dayOfMonth: number) =>
  recurring({ kind: 'monthlyByDay', everyMonths, dayOfMonth })
const monthlyAt = (everyMonths: number, position: number) =>
  recurring({ kind: 'monthlyByPosition', everyMonths, position: position as 1, item: 'day' })
const yearly = (month: number, dayOfMonth: number) => recurring({ kind: 'yearlyByDay', month, dayOfMonth })
const yearlyAt = (month: number, position: number) =>
  recurring({ kind: 'yearlyByPosition', month, position: position as 1, item: 'day' })
const mondays = (fromMinute: number, toMinute: number) => weekOf([1], [{ fromMinute, toMinute }])
const sixDays: Week = [[], DAY_SHIFTS, DAY_SHIFTS, DAY_SHIFTS, DAY_SHIFTS, DAY_SHIFTS]
const BAD_SHIFT = { calendar: 'office' }
const BAD_REPEAT = { calendar: 'office', exception: null }

const refused: [string, PlanCalendar, RefusalCode, object][] = [
  ['a week of six days', office({ week: sixDays }), 'schedule.badWeek', { calendar: 'office', days: 6 }],
  [
    'a special week of six days',
    office({ workWeeks: [weekFrom('2026-01-05', '2026-01-11', sixDays)] }),
    'schedule.badWeek',
    { calendar: 'office', days: 6 },
  ],
  ['a shift before midnight', office({ week: mondays(-1, 720) }), 'schedule.badShift', BAD_SHIFT],
  ['a shift of no length', office({ week: mondays(480, 480) }), 'schedule.badShift', BAD_SHIFT],
  ['a shift longer than two days', office({ week: mondays(480, 2881) }), 'schedule.badShift', BAD_SHIFT],
  [
    'one bad shift among good ones',
    office({ week: weekOf([1], [...DAY_SHIFTS, { fromMinute: 1200, toMinute: 1100 }]) }),
    'schedule.badShift',
    BAD_SHIFT,
  ],
  [
    'a special week with a shift that ends before it begins',
    office({ workWeeks: [weekFrom('2026-01-05', '2026-01-11', mondays(720, 480))] }),
    'schedule.badShift',
    BAD_SHIFT,
  ],
  [
    'an exceptional day with a shift that ends before it begins',
    office({ exceptions: [on('2026-01-05', [...MORNINGS, { fromMinute: 900, toMinute: 800 }])] }),
    'schedule.badShift',
    BAD_SHIFT,
  ],
  [
    'holidays that end before they begin',
    office({ exceptions: [{ fromDay: dayOf('2026-01-06'), toDay: dayOf('2026-01-05'), shifts: [] }] }),
    'schedule.badRecurrence',
    { calendar: 'office', fromDay: dayOf('2026-01-06'), toDay: dayOf('2026-01-05') },
  ],
  [
    'a special week from half a day on',
    office({ workWeeks: [{ fromDay: 20_458.5, toDay: 20_465, week: STANDARD.week }] }),
    'schedule.badRecurrence',
    { calendar: 'office', fromDay: 20_458.5, toDay: 20_465 },
  ],
  [
    'holidays until half a day',
    office({ exceptions: [{ fromDay: 20_458, toDay: 20_458.5, shifts: [] }] }),
    'schedule.badRecurrence',
    { calendar: 'office', fromDay: 20_458, toDay: 20_458.5 },
  ],
  [
    'a holiday in 1899',
    office({ exceptions: [on('1899-12-31')] }),
    'schedule.dateOutOfRange',
    { calendar: 'office', fromDay: dayOf('1899-12-31'), toDay: dayOf('1899-12-31') },
  ],
  [
    'a holiday in 2201',
    office({ exceptions: [on('2201-01-01')] }),
    'schedule.dateOutOfRange',
    { calendar: 'office', fromDay: dayOf('2201-01-01'), toDay: dayOf('2201-01-01') },
  ],
  ['every zero days', daily(0), 'schedule.badRecurrence', BAD_REPEAT],
  ['every day and a half', daily(1.5), 'schedule.badRecurrence', BAD_REPEAT],
  ['every three hundred years of days', daily(100_001), 'schedule.badRecurrence', BAD_REPEAT],
  ['no occurrence at all', daily(1, 0), 'schedule.badRecurrence', BAD_REPEAT],
  ['two and a half occurrences', daily(1, 2.5), 'schedule.badRecurrence', BAD_REPEAT],
  ['every zero weeks', weekly(0, 1), 'schedule.badRecurrence', BAD_REPEAT],
  ['every ten thousand and one weeks', weekly(10_001, 1), 'schedule.badRecurrence', BAD_REPEAT],
  ['an eighth day of the week', weekly(1, 1, 7), 'schedule.badRecurrence', BAD_REPEAT],
  ['a day of the week below Sunday', weekly(1, -1, 1), 'schedule.badRecurrence', BAD_REPEAT],
  ['every zero months', monthly(0, 1), 'schedule.badRecurrence', BAD_REPEAT],
  ['the zeroth of the month', monthly(1, 0), 'schedule.badRecurrence', BAD_REPEAT],
  ['the thirty-second of the month', monthly(1, 32), 'schedule.badRecurrence', BAD_REPEAT],
  ['the first day of every zero months', monthlyAt(0, 1), 'schedule.badRecurrence', BAD_REPEAT],
  ['the zeroth day of a month', monthlyAt(1, 0), 'schedule.badRecurrence', BAD_REPEAT],
  ['the sixth Monday of a month', monthlyAt(1, 6), 'schedule.badRecurrence', BAD_REPEAT],
  ['the zeroth month of the year', yearly(0, 1), 'schedule.badRecurrence', BAD_REPEAT],
  ['a thirteenth month', yearly(13, 1), 'schedule.badRecurrence', BAD_REPEAT],
  ['the zeroth of a month of the year', yearly(1, 0), 'schedule.badRecurrence', BAD_REPEAT],
  ['the thirty-second of January', yearly(1, 32), 'schedule.badRecurrence', BAD_REPEAT],
  ['a position in the thirteenth month', yearlyAt(13, 1), 'schedule.badRecurrence', BAD_REPEAT],
  ['the sixth Monday of January', yearlyAt(1, 6), 'schedule.badRecurrence', BAD_REPEAT],
  [
    'a second exception that makes no sense, told by its name',
    office({
      exceptions: [
        on('2026-01-05'),
        { ...on('2026-01-06'), name: 'Inventory', recurrence: { kind: 'daily', everyDays: 0 } },
      ],
    }),
    'schedule.badRecurrence',
    { calendar: 'office', exception: 'Inventory' },
  ],
  [
    'a base that is not there',
    office({ base: 'group' }),
    'schedule.unknownCalendar',
    { calendar: 'group', of: 'office' },
  ],
  ['its own base', office({ base: 'office' }), 'schedule.calendarCycle', { calendars: ['office'] }],
  [
    'nothing but days off',
    office({ week: weekOf([], []) }),
    'schedule.noWorkingTime',
    { calendar: 'office' },
  ],
  ['an id that is taken', { ...STANDARD }, 'schedule.duplicateId', { kind: 'calendar', id: 'standard' }],
]

// A week of days off needs a base that never works either, or Monday to Friday would be inherited.
for (const [what, calendar, code, facts] of refused)
  test(`a calendar with ${what} is refused`, () => {
    expect(compileWorkingTime([STANDARD, ownWeek(calendar)], 2026)).toEqual({ refused: { code, facts } })
  })

test('a circle of bases names its calendars', () => {
  const calendars = ['one', 'two', 'three'].map((id, i, all) =>
    office({ id, base: all[(i + 1) % 3] ?? null }),
  )
  expect(compileWorkingTime(calendars, 2026)).toEqual({
    refused: { code: 'schedule.calendarCycle', facts: { calendars: ['one', 'two', 'three'] } },
  })
})

const accepted: [string, PlanCalendar][] = [
  ['a shift from midnight to midnight', office({ week: mondays(0, 1440) })],
  ['a shift of two whole days', office({ week: mondays(0, 2880) })],
  [
    'holidays from the first to the last day of the engine',
    office({ exceptions: [on('1900-01-01'), on('2200-12-31')] }),
  ],
  ['one occurrence', daily(100_000, 1)],
  ['every ten thousand weeks on Sunday and Saturday', weekly(10_000, 0, 6)],
  ['the thirty-first every ten thousand months', monthly(10_000, 31)],
  ['the last day every ten thousand months', monthlyAt(10_000, 5)],
  ['31 December', yearly(12, 31)],
  ['1 January', yearly(1, 1)],
  ['the last day of December', yearlyAt(12, 5)],
  ['the first day of January', yearlyAt(1, 1)],
  [
    'work on one exceptional day alone',
    office({ base: null, week: weekOf([], []), exceptions: [on('2026-01-05', MORNINGS)] }),
  ],
  [
    'work in one special week alone',
    office({
      base: null,
      week: weekOf([], []),
      workWeeks: [weekFrom('2026-01-05', '2026-01-11', STANDARD.week)],
    }),
  ],
]
for (const [what, calendar] of accepted)
  test(`a calendar with ${what} is good`, () => {
    expect(compileWorkingTime([STANDARD, calendar], 2026)).not.toHaveProperty('refused')
  })

function ownWeek(calendar: PlanCalendar): PlanCalendar {
  return calendar.week.every((shifts) => shifts !== 'inherit' && shifts.length === 0)
    ? { ...calendar, base: null }
    : calendar
}
