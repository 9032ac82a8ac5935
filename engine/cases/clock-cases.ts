import type { ClockChange, PlanProject } from '../plan.ts'
import { at, type Case, link, planOf, task } from './case.ts'

/** Warsaw in 2026: on Sunday, 29 March, two o'clock is three; on Sunday, 25 October, three o'clock is two again. */
const WARSAW: readonly ClockChange[] = [
  { atMinute: at('2026-03-29T02:00'), shiftMinutes: 60 },
  { atMinute: at('2026-10-25T03:00'), shiftMinutes: -60 },
]
const HOUR = 60
const REAL = { elapsedAcrossDst: 'real', clockChanges: WARSAW } as const
const WALL = { elapsedAcrossDst: 'wall', clockChanges: WARSAW } as const

/** Concrete poured on Friday sets for 64 hours; then the walls, one day. */
const concrete = (start: string, project: Partial<PlanProject>) =>
  planOf({
    start,
    project,
    tasks: [task('pour', 1), task('walls', 1)],
    links: [link('pour', 'walls', 'fs', { kind: 'elapsed', minutes: 64 * HOUR })],
  })

/** A load test runs three days and nights from Friday; its report takes a day. */
const loadTest = (start: string, project: Partial<PlanProject>) =>
  planOf({
    start,
    project,
    tasks: [task('test', 0, { durationMinutes: 72 * HOUR, durationElapsed: true }), task('report', 1)],
    links: [link('test', 'report')],
  })

const backwards = (finish: string) => ({
  scheduleFrom: 'finish' as const,
  startMinute: null,
  finishMinute: at(finish),
})

/** A night job of so many hours that begins on Saturday at eleven in the evening. */
const nightJob = (saturday: string, hours: number) =>
  planOf({
    start: `${saturday}T08:00`,
    project: REAL,
    tasks: [
      task('copy', 0, {
        durationMinutes: hours * HOUR,
        durationElapsed: true,
        constraint: 'snet',
        constraintMinute: at(`${saturday}T23:00`),
      }),
    ],
  })

/** Elapsed time across a change of daylight saving, by the wall clock and in real hours. */
export const clockCases: Case[] = [
  {
    title: 'by the wall clock an elapsed lag over the change in spring is as long as any other',
    plan: concrete('2026-03-27T08:00', WALL),
    // Friday 17:00 + 64 hours = Monday 09:00; seven hours on Monday, one on Tuesday.
    tasks: { walls: { start: '2026-03-30T09:00', finish: '2026-03-31T09:00' } },
  },
  {
    title: 'in real hours an elapsed lag over the change in spring ends an hour later',
    plan: concrete('2026-03-27T08:00', REAL),
    // The night to Sunday has an hour less: Monday 10:00; six hours on Monday, two on Tuesday. Backwards it is the
    // same hour, so that nothing is left over.
    tasks: {
      walls: { start: '2026-03-30T10:00', finish: '2026-03-31T10:00' },
      pour: { lateFinish: '2026-03-27T17:00', totalSlackDays: 0 },
    },
  },
  {
    title: 'in real hours an elapsed lag over the change in autumn ends an hour earlier',
    plan: concrete('2026-10-23T08:00', REAL),
    // The night to Sunday has an hour more: Monday 08:00.
    tasks: { walls: { start: '2026-10-26T08:00', finish: '2026-10-26T17:00' } },
  },
  {
    title: 'by the wall clock an elapsed duration over the change in spring ends at the hour it began',
    plan: loadTest('2026-03-27T08:00', WALL),
    tasks: { test: { finish: '2026-03-30T08:00' }, report: { finish: '2026-03-30T17:00' } },
  },
  {
    title: 'in real hours an elapsed duration over the change in spring ends an hour later',
    plan: loadTest('2026-03-27T08:00', REAL),
    tasks: {
      test: { finish: '2026-03-30T09:00', lateStart: '2026-03-27T08:00', totalSlackDays: 0 },
      report: { start: '2026-03-30T09:00', finish: '2026-03-31T09:00' },
    },
  },
  {
    title: 'in real hours an elapsed duration over the change in autumn ends an hour earlier',
    plan: loadTest('2026-10-23T08:00', REAL),
    // Monday 07:00; the report begins when people do.
    tasks: {
      test: { finish: '2026-10-26T07:00' },
      report: { start: '2026-10-26T08:00', finish: '2026-10-26T17:00' },
    },
  },
  {
    title:
      'by the wall clock and from the finish an elapsed lag over the change in spring is as long as any other',
    plan: concrete('2026-03-23T08:00', { ...WALL, ...backwards('2026-03-30T17:00') }),
    // Walls on Monday from 08:00; 64 hours before: Friday 16:00. Seven hours on Friday, one on Thursday.
    tasks: { pour: { start: '2026-03-26T16:00', finish: '2026-03-27T16:00' } },
  },
  {
    title:
      'in real hours and from the finish an elapsed lag over the change in spring begins an hour earlier',
    plan: concrete('2026-03-23T08:00', { ...REAL, ...backwards('2026-03-30T17:00') }),
    // 64 real hours before Monday 08:00: Friday 15:00. Six hours on Friday, two on Thursday.
    tasks: { pour: { start: '2026-03-26T15:00', finish: '2026-03-27T15:00' } },
  },
  {
    title: 'in real hours and from the finish an elapsed lag over the change in autumn begins an hour later',
    plan: concrete('2026-10-19T08:00', { ...REAL, ...backwards('2026-10-26T17:00') }),
    // 64 real hours before Monday 08:00: Friday 17:00.
    tasks: { pour: { start: '2026-10-23T08:00', finish: '2026-10-23T17:00' } },
  },
  {
    title:
      'in real hours and from the finish an elapsed duration over the change in spring begins an hour earlier',
    plan: loadTest('2026-03-23T08:00', { ...REAL, ...backwards('2026-03-30T17:00') }),
    // 72 real hours before Monday 08:00.
    tasks: { test: { start: '2026-03-27T07:00', finish: '2026-03-30T08:00' } },
  },
  {
    title:
      'in real hours and from the finish an elapsed duration over the change in autumn begins an hour later',
    plan: loadTest('2026-10-19T08:00', { ...REAL, ...backwards('2026-10-26T17:00') }),
    tasks: { test: { start: '2026-10-23T09:00', finish: '2026-10-26T08:00' } },
  },
  {
    title: 'when two o’clock is three in spring, three hours after eleven the clock says three',
    plan: nightJob('2026-03-28', 3),
    tasks: { copy: { start: '2026-03-28T23:00', finish: '2026-03-29T03:00' } },
  },
  {
    title: 'an hour before the change in autumn nothing is different yet',
    plan: nightJob('2026-10-24', 3),
    tasks: { copy: { start: '2026-10-24T23:00', finish: '2026-10-25T02:00' } },
  },
  {
    title: 'in the second of two like hours in autumn a task stands at their end, so as not to be too early',
    // Four and a half hours after eleven the clock says half past two for the second time.
    plan: nightJob('2026-10-24', 4.5),
    tasks: { copy: { start: '2026-10-24T23:00', finish: '2026-10-25T03:00' } },
  },
  {
    title: 'when both like hours in autumn have passed, five hours after eleven the clock says three',
    plan: nightJob('2026-10-24', 5),
    tasks: { copy: { start: '2026-10-24T23:00', finish: '2026-10-25T03:00' } },
  },
  {
    title: 'working time does not know about the clock: a lag in working days stays as long as it is',
    plan: planOf({
      start: '2026-03-27T08:00',
      project: REAL,
      tasks: [task('pour', 1), task('walls', 1)],
      links: [link('pour', 'walls', 'fs', { kind: 'working', minutes: 8 * HOUR })],
    }),
    tasks: { walls: { start: '2026-03-31T08:00', finish: '2026-03-31T17:00' } },
  },
  {
    title: 'changes of the clock that are not in order of time are refused',
    plan: planOf({ project: { ...REAL, clockChanges: WARSAW.toReversed() }, tasks: [task('pour', 1)] }),
    refused: 'schedule.badNumber',
    facts: { field: 'clockChanges' },
  },
]
