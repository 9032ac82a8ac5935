import { expect, test } from 'vitest'
import { at, DAY_SHIFTS, dayOf, shift, weekOf } from '../cases/case.ts'
import type { PlanCalendar, PlanCalendarException, Shift, Week } from '../plan.ts'
import {
  addWorking,
  compileWorkingTime,
  nextWorking,
  previousWorking,
  shiftsOfDay,
  subtractWorking,
  timeOf,
  workingBetween,
} from './calendar.ts'
import { type CalendarSet, intersect } from './compile.ts'
import { shiftsBetween } from './shifts.ts'
import { BeyondCalendar, elapsedTime, newShapeTable, type WorkingTime } from './working-time.ts'

const INHERIT: Week = ['inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit']
const STANDARD: PlanCalendar = { id: 'standard', week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS) }

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

test('work of decades is counted to the minute, also outside the years around the project', () => {
  // 522 weeks of 40 hours from Monday to Monday.
  const decade = 522 * 5 * 480
  expect(workingBetween(compiled('standard'), at('2020-01-06'), at('2030-01-07'))).toBe(decade)
  expect(workingBetween(compiled('standard'), at('2030-01-07'), at('2020-01-06'))).toBe(-decade)
  expect(timeOf(addWorking(compiled('standard'), at('2020-01-06T08:00'), decade))).toBe('2030-01-04T17:00:00')
  expect(timeOf(subtractWorking(compiled('standard'), at('2030-01-07T08:00'), decade))).toBe(
    '2020-01-06T08:00:00',
  )
  expect(timeOf(subtractWorking(compiled('standard'), at('2025-01-06T17:00'), 10 * 480))).toBe(
    '2024-12-24T08:00:00',
  )
  expect(timeOf(addWorking(compiled('standard'), at('2031-06-02T08:00'), 480))).toBe('2031-06-02T17:00:00')
})

test('the working day after New Year 2029 and the one before New Year 2025 are found', () => {
  expect(timeOf(nextWorking(compiled('standard'), at('2028-12-30')))).toBe('2029-01-01T08:00:00')
  expect(timeOf(previousWorking(compiled('standard'), at('2025-01-01')))).toBe('2024-12-31T17:00:00')
  expect(timeOf(previousWorking(compiled('standard'), at('2024-12-30T08:00')))).toBe('2024-12-27T17:00:00')
})

test('work of no length stays where it is, and negative work counts the other way', () => {
  const calendar = compiled('standard')
  const saturday = at('2026-01-10T10:00')
  expect(addWorking(calendar, saturday, 0)).toBe(saturday)
  expect(subtractWorking(calendar, saturday, 0)).toBe(saturday)
  expect(timeOf(addWorking(calendar, saturday, -60))).toBe('2026-01-09T16:00:00')
  expect(timeOf(subtractWorking(calendar, saturday, -60))).toBe('2026-01-12T09:00:00')
  expect(workingBetween(calendar, saturday, saturday)).toBe(0)
})

test('the first working minute of 1900 and the last of 2200 can be used, no other beyond them', () => {
  expect(timeOf(nextWorking(compiled('standard'), at('1900-01-01')))).toBe('1900-01-01T08:00:00')
  expect(timeOf(subtractWorking(compiled('standard'), at('1900-01-01T09:00'), 60))).toBe(
    '1900-01-01T08:00:00',
  )
  expect(timeOf(addWorking(compiled('standard'), at('2200-12-31T16:00'), 60))).toBe('2200-12-31T17:00:00')
  for (const beyond of [
    () => previousWorking(compiled('standard'), at('1900-01-01T08:00')),
    () => subtractWorking(compiled('standard'), at('1900-01-01T09:00'), 61),
    () => nextWorking(compiled('standard'), at('2200-12-31T17:00')),
    () => addWorking(compiled('standard'), at('2200-12-31T16:00'), 61),
    () => workingBetween(compiled('standard'), at('2026-01-05'), at('2201-01-01')),
    () => workingBetween(compiled('standard'), at('1899-12-31'), at('2026-01-05')),
    () => shiftsOfDay(compiled('standard'), dayOf('2201-01-01')),
  ])
    expect(faultOf(beyond)).toEqual({
      calendar: 'standard',
      empty: false,
      message: 'calendar standard is left',
    })
})

test('people who never work at the same time have no common time, and that is said', () => {
  const both = common({ id: 'late', week: weekOf([1, 2, 3, 4, 5], [shift('17:00', '22:00')]) })
  const message = 'calendar standard∩late has no working time'
  for (const use of [
    () => nextWorking(both, at('2026-01-05')),
    () => previousWorking(both, at('2026-01-05')),
    () => addWorking(both, at('2026-01-05'), 1),
    () => subtractWorking(both, at('2026-01-05'), 1),
  ])
    expect(faultOf(use)).toEqual({ calendar: 'standard∩late', empty: true, message })
})

test('the common time is what both work, shift by shift, also on their holidays and far away', () => {
  const both = common({
    id: 'late',
    week: weekOf([1, 2, 6], [shift('07:00', '09:00'), shift('11:00', '14:00'), shift('16:00', '20:00')]),
    exceptions: [on('2026-01-06')],
  })
  const shifts = [
    shift('08:00', '09:00'),
    shift('11:00', '12:00'),
    shift('13:00', '14:00'),
    shift('16:00', '17:00'),
  ]
  expect(shiftsOfDay(both, dayOf('2026-01-05'))).toEqual(shifts)
  for (const day of ['2026-01-06', '2026-01-07', '2026-01-10'])
    expect(shiftsOfDay(both, dayOf(day))).toEqual([])
  expect(shiftsOfDay(both, dayOf('2041-01-07'))).toEqual(shifts)
})

test('with time that never stops the common time is the other calendar', () => {
  const elapsed = elapsedTime(newShapeTable())
  const standard = compiled('standard')
  expect(intersect(elapsed, standard)).toBe(standard)
  expect(intersect(standard, elapsed)).toBe(standard)
  expect(intersect(standard, standard)).toBe(standard)
  expect(shiftsOfDay(elapsed, dayOf('2026-01-10'))).toEqual([{ fromMinute: 0, toMinute: 1440 }])
  const sunday = at('2026-01-11T03:00')
  expect([nextWorking(elapsed, sunday), previousWorking(elapsed, sunday)]).toEqual([sunday, sunday])
  expect([addWorking(elapsed, sunday, 90), subtractWorking(elapsed, sunday, 90)]).toEqual([
    sunday + 90,
    sunday - 90,
  ])
  expect(workingBetween(elapsed, sunday, sunday - 90)).toBe(-90)
})

test("a person's calendar that adds nothing to the company's is the company's", () => {
  const calendars = [
    STANDARD,
    office({}),
    office({ id: 'ann', base: 'office' }),
    office({ id: 'bob', exceptions: [on('2026-01-06')] }),
  ]
  const { byId } = compileWorkingTime(calendars, 2026) as CalendarSet
  expect(byId.get('ann')).toBe(byId.get('standard'))
  expect(byId.get('bob')).not.toBe(byId.get('standard'))
})

const BETWEEN: [string, string, string, string[]][] = [
  [
    'over a weekend',
    '2026-01-09T10:00',
    '2026-01-12T09:00',
    [
      '2026-01-09T10:00 2026-01-09T12:00',
      '2026-01-09T13:00 2026-01-09T17:00',
      '2026-01-12T08:00 2026-01-12T09:00',
    ],
  ],
  ['at lunch', '2026-01-09T12:00', '2026-01-09T13:00', []],
  ['backwards', '2026-01-09T17:00', '2026-01-09T08:00', []],
  [
    'a whole day until midnight',
    '2026-01-09',
    '2026-01-10',
    ['2026-01-09T08:00 2026-01-09T12:00', '2026-01-09T13:00 2026-01-09T17:00'],
  ],
  ['an hour in 2040', '2040-01-09T08:00', '2040-01-09T09:00', ['2040-01-09T08:00 2040-01-09T09:00']],
]
for (const [what, from, to, expected] of BETWEEN)
  test(`the shifts ${what}`, () => {
    const found = [...shiftsBetween(compiled('standard'), at(from) * 10, at(to) * 10)]
    const short = (tenth: number) => timeOf(tenth / 10).slice(0, 16)
    expect(found.map(([begin, end]) => `${short(begin)} ${short(end)}`)).toEqual(expected)
  })

test('elapsed time between two moments is one shift', () => {
  expect([...shiftsBetween(elapsedTime(newShapeTable()), 5, 99)]).toEqual([[5, 99]])
})

function compiled(id: string, ...calendars: PlanCalendar[]): WorkingTime {
  const set = compileWorkingTime(calendars.length > 0 ? calendars : [STANDARD], 2026)
  if ('refused' in set) throw new Error(JSON.stringify(set.refused))
  return set.byId.get(id) as WorkingTime
}

function common(late: PlanCalendar): WorkingTime {
  const { byId } = compileWorkingTime([STANDARD, late], 2026) as CalendarSet
  return intersect(byId.get('standard') as WorkingTime, byId.get('late') as WorkingTime)
}

function faultOf(use: () => unknown): unknown {
  try {
    return use()
  } catch (fault) {
    if (!(fault instanceof BeyondCalendar)) throw fault
    return { calendar: fault.calendar, empty: fault.empty, message: fault.message }
  }
}
