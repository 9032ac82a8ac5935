import { expect, test } from 'vitest'
import { dayOf } from '../cases/case.ts'
import type { Recurrence } from '../plan.ts'
import { timeOf } from './calendar.ts'
import { daysOfException } from './recurrence.ts'

const REPEATED: [string, string, string, Recurrence | null, string][] = [
  ['from Good Friday to Easter Monday', '2026-04-03', '2026-04-06', null, '04-03 04-04 04-05 04-06'],
  ['one day', '2026-05-01', '2026-05-01', null, '05-01'],
  [
    'every tenth day, the last day included',
    '2026-01-01',
    '2026-01-21',
    { kind: 'daily', everyDays: 10 },
    '01-01 01-11 01-21',
  ],
  [
    'Mondays and Fridays, one of them named twice',
    '2026-01-01',
    '2026-01-12',
    { kind: 'weekly', everyWeeks: 1, weekdays: [5, 1, 5] },
    '01-02 01-05 01-09 01-12',
  ],
  [
    'every other Sunday, counted from the week of Thursday, 1 January',
    '2026-01-01',
    '2026-01-31',
    { kind: 'weekly', everyWeeks: 2, weekdays: [0] },
    '01-11 01-25',
  ],
  [
    'Sundays from a Sunday on',
    '2026-01-04',
    '2026-01-18',
    { kind: 'weekly', everyWeeks: 1, weekdays: [0] },
    '01-04 01-11 01-18',
  ],
  [
    'the thirtieth, which February lacks',
    '2026-01-01',
    '2026-04-30',
    { kind: 'monthlyByDay', everyMonths: 1, dayOfMonth: 30 },
    '01-30 03-30 04-30',
  ],
  [
    'the fifteenth of every third month from 20 February on',
    '2026-02-20',
    '2026-12-31',
    { kind: 'monthlyByDay', everyMonths: 3, dayOfMonth: 15 },
    '05-15 08-15 11-15',
  ],
  [
    'the first of every other month over the turn of the year, twice',
    '2026-11-01',
    '2027-12-31',
    { kind: 'monthlyByDay', everyMonths: 2, dayOfMonth: 1, occurrences: 2 },
    '11-01 01-01',
  ],
  [
    'the last weekday of the month',
    '2026-01-01',
    '2026-03-31',
    { kind: 'monthlyByPosition', everyMonths: 1, position: 5, item: 'weekday' },
    '01-30 02-27 03-31',
  ],
  [
    'the first weekday of the month, which a weekend pushes back',
    '2026-02-01',
    '2026-08-31',
    { kind: 'monthlyByPosition', everyMonths: 6, position: 1, item: 'weekday' },
    '02-02 08-03',
  ],
  [
    'the second weekend day of the month',
    '2026-01-01',
    '2026-03-31',
    { kind: 'monthlyByPosition', everyMonths: 1, position: 2, item: 'weekendDay' },
    '01-04 02-07 03-07',
  ],
  [
    'the last weekend day of the month',
    '2026-01-01',
    '2026-03-31',
    { kind: 'monthlyByPosition', everyMonths: 1, position: 5, item: 'weekendDay' },
    '01-31 02-28 03-29',
  ],
  [
    'the third day of the month',
    '2026-01-01',
    '2026-03-31',
    { kind: 'monthlyByPosition', everyMonths: 1, position: 3, item: 'day' },
    '01-03 02-03 03-03',
  ],
  [
    'the last day of the month',
    '2026-01-01',
    '2026-03-31',
    { kind: 'monthlyByPosition', everyMonths: 1, position: 5, item: 'day' },
    '01-31 02-28 03-31',
  ],
  [
    'the fourth Sunday of the month',
    '2026-01-01',
    '2026-03-31',
    { kind: 'monthlyByPosition', everyMonths: 1, position: 4, item: 0 },
    '01-25 02-22 03-22',
  ],
  [
    'the last Saturday of the month',
    '2026-01-01',
    '2026-03-31',
    { kind: 'monthlyByPosition', everyMonths: 1, position: 5, item: 6 },
    '01-31 02-28 03-28',
  ],
  [
    '29 February, in leap years',
    '2024-01-01',
    '2032-12-31',
    { kind: 'yearlyByDay', month: 2, dayOfMonth: 29 },
    '02-29 02-29 02-29',
  ],
  [
    'Christmas Eve, twice',
    '2026-12-24',
    '2032-12-24',
    { kind: 'yearlyByDay', month: 12, dayOfMonth: 24, occurrences: 2 },
    '12-24 12-24',
  ],
  [
    'the last Monday of May, from June on',
    '2026-06-01',
    '2028-05-29',
    { kind: 'yearlyByPosition', month: 5, position: 5, item: 1 },
    '05-31 05-29',
  ],
]
for (const [what, from, to, recurrence, days] of REPEATED)
  test(`${what}: ${days}`, () => {
    const found = daysOfException({ fromDay: dayOf(from), toDay: dayOf(to), shifts: [], recurrence })
    expect(found.map((day) => timeOf(day * 1440).slice(5, 10)).join(' ')).toBe(days)
  })
