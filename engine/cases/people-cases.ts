import type { PlanAssignment, PlanTask } from '../plan.ts'
import { assigned, at, type Case, DAY, person, planOf, task } from './case.ts'

/** Ann from Monday on and Bea from Tuesday on, two days of work each: three days together. */
const study = (progress: Partial<PlanTask>, ann: Partial<PlanAssignment>, bea: Partial<PlanAssignment>) =>
  planOf({
    resources: [person('Ann'), person('Bea')],
    tasks: [task('study', 3, { actualStartMinute: at('2026-01-05T08:00'), ...progress })],
    assignments: [
      assigned('study', 'Ann', 2, ann),
      assigned('study', 'Bea', 2, { delayMinutes: DAY, ...bea }),
    ],
  })
const progress = (doneDays: number, leftDays: number) => ({
  actualDurationMinutes: doneDays * DAY,
  remainingDurationMinutes: leftDays * DAY,
})
const split = (firstDone: boolean) => [
  {
    startMinute: at('2026-01-05T08:00'),
    finishMinute: at('2026-01-06T17:00'),
    workMinutes: 2 * DAY,
    actual: firstDone,
  },
  { startMinute: at('2026-01-08T08:00'), finishMinute: at('2026-01-09T17:00'), workMinutes: 2 * DAY },
]

/** Several people on one task, with what they have done and what is left. */
export const peopleCases: Case[] = [
  {
    title: 'whoever has not begun has all of her work left, and the task ends with her',
    plan: study(progress(1, 2), { actualWorkMinutes: DAY }, {}),
    // On Monday evening Ann has a day left and Bea two.
    tasks: { study: { start: '2026-01-05T08:00', finish: '2026-01-07T17:00' } },
  },
  {
    title: 'whoever has done three quarters of two days has half a day left',
    plan: study(progress(2, 1), { actualWorkMinutes: 2 * DAY }, { actualWorkMinutes: 1.5 * DAY }),
    tasks: { study: { finish: '2026-01-07T12:00' } },
  },
  {
    title: 'what is said to be left counts more than what was planned and is not done',
    plan: study(
      progress(2, 1),
      { actualWorkMinutes: 2 * DAY, remainingWorkMinutes: 0 },
      { actualWorkMinutes: 0.5 * DAY, remainingWorkMinutes: 0.75 * DAY },
    ),
    // Three quarters of a day after Tuesday: Wednesday 15:00, the lunch hour in between.
    tasks: { study: { finish: '2026-01-07T15:00' } },
  },
  {
    title: 'whoever has said when she finished has finished then',
    plan: study(
      progress(2, 1),
      { actualWorkMinutes: 2 * DAY, actualFinishMinute: at('2026-01-07T10:00') },
      { actualWorkMinutes: 2 * DAY, remainingWorkMinutes: 0 },
    ),
    tasks: { study: { finish: '2026-01-07T10:00' } },
  },
  {
    title: 'the delay of levelling is waited on top of her own',
    plan: planOf({
      resources: [person('Ann'), person('Bea')],
      tasks: [task('study', 2)],
      assignments: [
        assigned('study', 'Ann', 2),
        assigned('study', 'Bea', 2, { delayMinutes: DAY, levelingDelayMinutes: DAY }),
      ],
    }),
    tasks: { study: { start: '2026-01-05T08:00', finish: '2026-01-08T17:00' } },
  },
  {
    title: 'work that pauses on Wednesday is done on Friday',
    plan: planOf({
      tasks: [task('inspect', 4)],
      assignments: [assigned('inspect', null, 4, { pieces: split(false) })],
    }),
    tasks: { inspect: { start: '2026-01-05T08:00', finish: '2026-01-09T17:00' } },
  },
  {
    title: 'of paused work under way the stretches not yet done follow where it goes on',
    plan: planOf({
      tasks: [task('inspect', 4, { actualStartMinute: at('2026-01-05T08:00'), ...progress(2, 2) })],
      assignments: [assigned('inspect', null, 4, { actualWorkMinutes: 2 * DAY, pieces: split(true) })],
    }),
    tasks: { inspect: { start: '2026-01-05T08:00', finish: '2026-01-08T17:00' } },
  },
  {
    title: 'three people of a third each take a day for a day of work, although 33 % is less than a third',
    plan: planOf({
      resources: [person('Ann')],
      tasks: [task('review', 3)],
      assignments: [assigned('review', 'Ann', 1, { units: 0.33 })],
    }),
    tasks: { review: { finish: '2026-01-07T17:00', durationDays: 3 } },
  },
]
