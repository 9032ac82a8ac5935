import {
  assigned,
  at,
  type Case,
  DAY,
  DAY_SHIFTS,
  dayOf,
  link,
  person,
  planOf,
  shift,
  task,
  weekOf,
} from './case.ts'

const INHERIT = Array(7).fill('inherit')
const NIGHTS = { id: 'nights', week: weekOf([1, 2, 3, 4, 5], [{ fromMinute: 22 * 60, toMinute: 30 * 60 }]) }
const EVERY_DAY = { id: 'every-day', week: weekOf([0, 1, 2, 3, 4, 5, 6], DAY_SHIFTS) }
const oneDay = (day: string, shifts = [] as typeof DAY_SHIFTS) => ({
  fromDay: dayOf(day),
  toDay: dayOf(day),
  shifts,
})
const closed = (...days: string[]) => ({
  id: 'office',
  base: 'standard',
  week: INHERIT,
  exceptions: days.map((day) => oneDay(day)),
})

/** Shifts, nights, exceptions, derived calendars, and people who work in different times. */
export const calendarCases: Case[] = [
  {
    title: 'a night shift runs over midnight',
    plan: planOf({ calendars: [NIGHTS], tasks: [task('backup', 2, { calendar: 'nights' })] }),
    tasks: { backup: { start: '2026-01-05T22:00', finish: '2026-01-07T06:00' } },
  },
  {
    title: 'the night of Friday ends on Saturday morning, the next begins on Monday',
    plan: planOf({
      start: '2026-01-09T08:00',
      calendars: [NIGHTS],
      tasks: [task('migrate', 1.5, { calendar: 'nights' })],
    }),
    tasks: { migrate: { start: '2026-01-09T22:00', finish: '2026-01-13T02:00' } },
  },
  {
    title: 'two shifts a day do three days of work in less than two',
    plan: planOf({
      calendars: [
        {
          id: 'two-shifts',
          week: weekOf([1, 2, 3, 4, 5], [shift('06:00', '14:00'), shift('14:00', '22:00')]),
        },
      ],
      tasks: [task('test', 3, { calendar: 'two-shifts' })],
    }),
    // 14 hours on Monday from 08:00, ten more from 06:00 on Tuesday.
    tasks: { test: { start: '2026-01-05T08:00', finish: '2026-01-06T16:00' } },
  },
  {
    title: 'a holiday is passed over',
    plan: planOf({
      project: { calendar: 'office' },
      calendars: [closed('2026-01-06')],
      tasks: [task('wire', 2)],
    }),
    tasks: { wire: { finish: '2026-01-07T17:00' } },
  },
  {
    title: 'a working Saturday counts',
    plan: planOf({
      project: { calendar: 'office' },
      calendars: [
        { id: 'office', base: 'standard', week: INHERIT, exceptions: [oneDay('2026-01-10', DAY_SHIFTS)] },
      ],
      tasks: [task('move', 6)],
    }),
    tasks: { move: { finish: '2026-01-10T17:00' } },
  },
  {
    title: 'every Wednesday off, as a recurring exception',
    plan: planOf({
      project: { calendar: 'office' },
      calendars: [
        {
          id: 'office',
          base: 'standard',
          week: INHERIT,
          exceptions: [
            {
              fromDay: dayOf('2026-01-05'),
              toDay: dayOf('2026-01-31'),
              shifts: [],
              recurrence: { kind: 'weekly', everyWeeks: 1, weekdays: [3] },
            },
          ],
        },
      ],
      tasks: [task('paint', 4)],
    }),
    tasks: { paint: { finish: '2026-01-09T17:00' } },
  },
  {
    title: 'the last Friday of every month is closed',
    plan: planOf({
      project: { calendar: 'office' },
      calendars: [
        {
          id: 'office',
          base: 'standard',
          week: INHERIT,
          exceptions: [
            {
              fromDay: dayOf('2026-01-01'),
              toDay: dayOf('2026-12-31'),
              shifts: [],
              recurrence: { kind: 'monthlyByPosition', everyMonths: 1, position: 5, item: 5 },
            },
          ],
        },
      ],
      tasks: [task('clean', 20)],
    }),
    // The twentieth working day would be Friday, 30 January.
    tasks: { clean: { finish: '2026-02-02T17:00' } },
  },
  {
    title: 'a work week of short days overrules the ordinary week',
    plan: planOf({
      project: { calendar: 'office' },
      calendars: [
        {
          id: 'office',
          base: 'standard',
          week: INHERIT,
          workWeeks: [
            {
              fromDay: dayOf('2026-01-12'),
              toDay: dayOf('2026-01-16'),
              week: weekOf([1, 2, 3, 4, 5], [shift('08:00', '12:00')]),
            },
          ],
        },
      ],
      tasks: [task('sort', 8)],
    }),
    // 40 hours in the first week, 20 in the second, the last four on Monday.
    tasks: { sort: { finish: '2026-01-19T12:00' } },
  },
  {
    title: "a person has the company's holidays and her own",
    plan: planOf({
      project: { calendar: 'office' },
      calendars: [
        closed('2026-01-06'),
        { id: 'mara', base: 'office', week: INHERIT, exceptions: [oneDay('2026-01-07')] },
      ],
      resources: [person('Mara', 'mara')],
      tasks: [task('code', 2)],
      assignments: [assigned('code', 'Mara', 2)],
    }),
    tasks: { code: { start: '2026-01-05T08:00', finish: '2026-01-08T17:00' } },
  },
  {
    title: "work is done when the task's calendar and the person's both work",
    plan: planOf({
      calendars: [EVERY_DAY],
      resources: [person('Jon')],
      tasks: [task('watch', 6, { calendar: 'every-day' })],
      assignments: [assigned('watch', 'Jon', 6)],
    }),
    tasks: { watch: { finish: '2026-01-12T17:00' } },
  },
  {
    title: "a task may ignore the person's calendar",
    plan: planOf({
      calendars: [EVERY_DAY],
      resources: [person('Jon')],
      tasks: [task('watch', 6, { calendar: 'every-day', ignoreResourceCalendar: true })],
      assignments: [assigned('watch', 'Jon', 6)],
    }),
    tasks: { watch: { finish: '2026-01-10T17:00' } },
  },
  {
    title: 'an elapsed duration runs through the weekend',
    plan: planOf({
      tasks: [
        {
          id: 'dry',
          durationMinutes: 3 * 1440,
          durationElapsed: true,
          constraint: 'snet',
          constraintMinute: at('2026-01-09T08:00'),
        },
      ],
    }),
    tasks: { dry: { start: '2026-01-09T08:00', finish: '2026-01-12T08:00' } },
  },
  {
    title: 'with a day and a night worker a task ends when the later of them is done',
    plan: planOf({
      calendars: [NIGHTS],
      resources: [person('Ann'), person('Nick', 'nights')],
      tasks: [task('switch', 1)],
      assignments: [assigned('switch', 'Ann', 1), assigned('switch', 'Nick', 1)],
    }),
    tasks: { switch: { start: '2026-01-05T08:00', finish: '2026-01-06T06:00' } },
  },
  {
    title: 'a milestone stands at the end of the day, work begins the next morning',
    plan: planOf({
      tasks: [task('build', 1), task('approved', 0, { milestone: true }), task('run', 1)],
      links: [link('build', 'approved'), link('approved', 'run')],
    }),
    tasks: {
      approved: { start: '2026-01-05T17:00', finish: '2026-01-05T17:00', lateFinish: '2026-01-06T08:00' },
      run: { start: '2026-01-06T08:00' },
    },
  },
  {
    title: 'half a person needs twice as long when only the work is known',
    plan: planOf({
      resources: [person('Ann')],
      tasks: [{ id: 'write', durationMinutes: null }],
      assignments: [assigned('write', 'Ann', 2, { units: 0.5 })],
    }),
    tasks: { write: { finish: '2026-01-08T17:00', durationDays: 4 } },
  },
  {
    title: 'work spread like a bell takes twice as long as flat work',
    plan: planOf({
      resources: [person('Ann')],
      tasks: [{ id: 'ramp', durationMinutes: null }],
      assignments: [assigned('ramp', 'Ann', 1, { contour: 'bell' })],
    }),
    tasks: { ramp: { finish: '2026-01-06T17:00' } },
  },
  {
    title: 'overtime shortens the task by its hours',
    plan: planOf({
      resources: [person('Ann')],
      tasks: [{ id: 'fix', durationMinutes: null }],
      assignments: [assigned('fix', 'Ann', 2, { overtimeWorkMinutes: DAY / 2 })],
    }),
    tasks: { fix: { finish: '2026-01-06T12:00', durationDays: 1.5 } },
  },
  {
    title: 'a person who joins a day later ends a day later, and with her the task',
    plan: planOf({
      resources: [person('Ann'), person('Bea')],
      tasks: [task('study', 3)],
      assignments: [assigned('study', 'Ann', 2), assigned('study', 'Bea', 2, { delayMinutes: DAY })],
    }),
    tasks: { study: { start: '2026-01-05T08:00', finish: '2026-01-07T17:00' } },
  },
]
