import type { Contour, Recurrence } from '../plan.ts'
import { assigned, type Case, dayOf, person, planOf, task } from './case.ts'

/** A task of `days` from Monday, 5 January, in an office that is closed on the days of the recurrence. */
const closed = (recurrence: Recurrence, from: string, to: string, days: number) =>
  planOf({
    project: { calendar: 'office' },
    calendars: [
      {
        id: 'office',
        base: 'standard',
        week: ['inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit'],
        exceptions: [{ fromDay: dayOf(from), toDay: dayOf(to), shifts: [], recurrence }],
      },
    ],
    tasks: [task('paint', days)],
  })

/** Two days of work, its rate changing over time; the length follows from the work. */
const contoured = (contour: Contour) =>
  planOf({
    resources: [person('Ann')],
    tasks: [{ id: 'write', durationMinutes: null }],
    assignments: [assigned('write', 'Ann', 3, { contour })],
  })

/** Recurring exceptions of calendars, and contours of work. */
export const recurrenceCases: Case[] = [
  {
    title: 'every second day off, three times: the Tuesday, the Thursday and a Saturday',
    plan: closed({ kind: 'daily', everyDays: 2, occurrences: 3 }, '2026-01-06', '2026-12-31', 4),
    // Monday, Wednesday, Friday, and the Monday after, when the three times are over.
    tasks: { paint: { finish: '2026-01-12T17:00' } },
  },
  {
    title: 'every other Friday off',
    plan: closed({ kind: 'weekly', everyWeeks: 2, weekdays: [5] }, '2026-01-05', '2026-12-31', 9),
    // Four days in the first week, five in the second, whose Friday is worked.
    tasks: { paint: { finish: '2026-01-16T17:00' } },
  },
  {
    title: 'the second of every month off',
    plan: closed({ kind: 'monthlyByDay', everyMonths: 1, dayOfMonth: 2 }, '2026-01-01', '2026-12-31', 21),
    // January has twenty working days from the fifth on; Monday, 2 February, is off.
    tasks: { paint: { finish: '2026-02-03T17:00' } },
  },
  {
    title: 'the thirty-first is off only in months that have one',
    plan: closed({ kind: 'monthlyByDay', everyMonths: 1, dayOfMonth: 31 }, '2026-02-01', '2026-03-31', 61),
    // 20 working days in January, 20 in February, 21 in March before the 31st: the last is Monday the 30th.
    tasks: { paint: { finish: '2026-03-30T17:00' } },
  },
  {
    title: 'the first Monday of every January off',
    plan: closed({ kind: 'yearlyByPosition', month: 1, position: 1, item: 1 }, '2026-01-01', '2027-12-31', 1),
    tasks: { paint: { start: '2026-01-06T08:00', finish: '2026-01-06T17:00' } },
  },
  {
    title: 'the same day of every year off',
    plan: closed({ kind: 'yearlyByDay', month: 1, dayOfMonth: 7 }, '2025-01-01', '2026-12-31', 3),
    tasks: { paint: { finish: '2026-01-08T17:00' } },
  },
  {
    title: 'flat work of three days takes three days',
    plan: contoured('flat'),
    tasks: { write: { finish: '2026-01-07T17:00', durationDays: 3 } },
  },
  // The mean rate of a contour is that of its ten parts: loaded to one end 60 %, peaks and bell 50 %, turtle 70 %.
  {
    title: 'work loaded to the end takes five days instead of three',
    plan: contoured('backLoaded'),
    tasks: { write: { finish: '2026-01-09T17:00', durationDays: 5 } },
  },
  {
    title: 'work loaded to the front takes as long as work loaded to the end',
    plan: contoured('frontLoaded'),
    tasks: { write: { durationDays: 5 } },
  },
  {
    title: 'work with two peaks takes twice as long as flat work',
    plan: contoured('doublePeak'),
    tasks: { write: { finish: '2026-01-12T17:00', durationDays: 6 } },
  },
  {
    title: 'work with an early peak takes twice as long as flat work',
    plan: contoured('earlyPeak'),
    tasks: { write: { durationDays: 6 } },
  },
  {
    title: 'work with a late peak takes twice as long as flat work',
    plan: contoured('latePeak'),
    tasks: { write: { durationDays: 6 } },
  },
  {
    title: 'work like a turtle takes ten days for seven',
    plan: planOf({
      resources: [person('Ann')],
      tasks: [{ id: 'write', durationMinutes: null }],
      assignments: [assigned('write', 'Ann', 7, { contour: 'turtle' })],
    }),
    tasks: { write: { finish: '2026-01-16T17:00', durationDays: 10 } },
  },
]
