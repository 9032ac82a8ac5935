import { expect, test } from 'vitest'
import { DAY_SHIFTS, dayOf, shift, weekOf } from '../cases/case.ts'
import type { PlanCalendar, PlanCalendarException, PlanWorkWeek, Shift, Week } from '../plan.ts'
import { compileWorkingTime, shiftsOfDay } from './calendar.ts'
import type { WorkingTime } from './working-time.ts'

const INHERIT: Week = ['inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit']
const STANDARD: PlanCalendar = { id: 'standard', week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS) }
const MORNINGS: readonly Shift[] = [shift('08:00', '12:00')]
const NIGHT: readonly Shift[] = [{ fromMinute: 1320, toMinute: 1800 }]

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

const RULED: [string, PlanCalendar[], Record<string, readonly Shift[]>][] = [
  [
    'of two exceptions for a day the first named counts',
    [STANDARD, office({ exceptions: [on('2026-01-06', MORNINGS), on('2026-01-06')] })],
    { '2026-01-05': DAY_SHIFTS, '2026-01-06': MORNINGS, '2026-01-07': DAY_SHIFTS },
  ],
  [
    'of two special weeks for a day the first named counts',
    [
      STANDARD,
      office({
        workWeeks: [
          weekFrom('2026-01-06', '2026-01-07', weekOf([1, 2, 3], MORNINGS)),
          weekFrom('2026-01-05', '2026-01-08', weekOf([], [])),
        ],
      }),
    ],
    {
      '2026-01-05': [],
      '2026-01-06': MORNINGS,
      '2026-01-07': MORNINGS,
      '2026-01-08': [],
      '2026-01-09': DAY_SHIFTS,
    },
  ],
  [
    'a special week that inherits a day leaves it as it is',
    [
      STANDARD,
      office({ workWeeks: [weekFrom('2026-01-05', '2026-01-11', [[], 'inherit', [], [], [], [], []])] }),
    ],
    { '2026-01-05': DAY_SHIFTS, '2026-01-06': [], '2026-01-12': DAY_SHIFTS },
  ],
  [
    "an exception of the base is stronger than the calendar's own special week",
    [
      { ...STANDARD, exceptions: [on('2026-01-06')] },
      office({ workWeeks: [weekFrom('2026-01-05', '2026-01-11', weekOf([1, 2], MORNINGS))] }),
    ],
    { '2026-01-05': MORNINGS, '2026-01-06': [] },
  ],
  [
    "the calendar's own exception is stronger than its base's",
    [{ ...STANDARD, exceptions: [on('2026-01-06')] }, office({ exceptions: [on('2026-01-06', MORNINGS)] })],
    { '2026-01-06': MORNINGS },
  ],
  [
    "a special week of the base is stronger than the calendar's own week",
    [
      { ...STANDARD, workWeeks: [weekFrom('2026-01-05', '2026-01-06', weekOf([1, 2], MORNINGS))] },
      office({
        week: weekOf(
          [1, 2, 3],
          NIGHT.map(() => shift('14:00', '18:00')),
        ),
      }),
    ],
    { '2026-01-05': MORNINGS, '2026-01-06': MORNINGS, '2026-01-07': [shift('14:00', '18:00')] },
  ],
  [
    'an exceptional night runs on into the next morning, instead of the work of that day',
    [STANDARD, office({ exceptions: [on('2026-01-06', NIGHT)] })],
    {
      '2026-01-05': DAY_SHIFTS,
      '2026-01-06': [shift('22:00', '24:00')],
      '2026-01-07': [shift('00:00', '06:00')],
      '2026-01-08': DAY_SHIFTS,
    },
  ],
  [
    'the night of Saturday ends on Sunday, beside the work of Sunday',
    [{ id: 'office', week: [[shift('08:00', '10:00')], [], [], [], [], [], NIGHT] }],
    {
      '2026-01-10': [shift('22:00', '24:00')],
      '2026-01-11': [shift('00:00', '06:00'), shift('08:00', '10:00')],
      '2026-01-12': [],
    },
  ],
  [
    'the night of Sunday ends on a Monday that is otherwise inherited',
    [STANDARD, office({ week: [NIGHT, 'inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit'] })],
    {
      '2026-01-04': [shift('22:00', '24:00')],
      '2026-01-05': [shift('00:00', '06:00')],
      '2026-01-06': DAY_SHIFTS,
    },
  ],
  [
    'a shift that begins after midnight stands on the next day alone',
    [{ id: 'office', week: weekOf([5], [{ fromMinute: 1500, toMinute: 1800 }]) }],
    { '2026-01-09': [], '2026-01-10': [shift('01:00', '06:00')] },
  ],
  [
    'shifts that overlap or touch are one, in whatever order they are named',
    [
      {
        id: 'office',
        week: weekOf(
          [1],
          [
            shift('13:00', '17:00'),
            shift('08:00', '12:00'),
            shift('12:00', '12:30'),
            shift('09:00', '10:00'),
          ],
        ),
      },
    ],
    { '2026-01-05': [shift('08:00', '12:30'), shift('13:00', '17:00')] },
  ],
  [
    'holidays count from the first day to the last',
    [STANDARD, office({ exceptions: [{ ...on('2026-01-06'), toDay: dayOf('2026-01-08') }] })],
    { '2026-01-05': DAY_SHIFTS, '2026-01-06': [], '2026-01-08': [], '2026-01-09': DAY_SHIFTS },
  ],
  [
    'a day in 2019 or 2040 follows the same rules as one in 2026',
    [STANDARD, office({ exceptions: [on('2019-05-06', MORNINGS), on('2040-05-07')] })],
    { '2019-05-06': MORNINGS, '2019-05-07': DAY_SHIFTS, '2040-05-07': [], '2040-05-08': DAY_SHIFTS },
  ],
]
for (const [rule, calendars, days] of RULED)
  test(rule, () => {
    for (const [day, shifts] of Object.entries(days))
      expect({ day, shifts: shiftsOfDay(compiled('office', ...calendars), dayOf(day)) }).toEqual({
        day,
        shifts,
      })
  })

function compiled(id: string, ...calendars: PlanCalendar[]): WorkingTime {
  const set = compileWorkingTime(calendars.length > 0 ? calendars : [STANDARD], 2026)
  if ('refused' in set) throw new Error(JSON.stringify(set.refused))
  return set.byId.get(id) as WorkingTime
}
