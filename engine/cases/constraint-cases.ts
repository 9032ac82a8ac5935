import { at, type Case, link, planOf, task } from './case.ts'

const twoInARow = (constraint: 'snlt' | 'fnlt' | 'mso' | 'mfo', minute: number, days: [number, number]) => ({
  tasks: [task('design', days[0]), task('build', days[1], { constraint, constraintMinute: minute })],
  links: [link('design', 'build')],
})

/** The eight constraints, deadlines, and scheduling from the finish. */
export const constraintCases: Case[] = [
  {
    title: 'start no later than wins over the link, and the predecessor is late by what is missing',
    plan: planOf(twoInARow('snlt', at('2026-01-07T08:00'), [5, 1])),
    tasks: {
      build: { start: '2026-01-07T08:00', finish: '2026-01-07T17:00' },
      design: { lateFinish: '2026-01-06T17:00', totalSlackDays: -3, critical: true },
    },
    warnings: ['schedule.constraintConflict', 'schedule.negativeSlack'],
  },
  {
    title: 'when constraints are not honoured, the link wins over start no later than',
    plan: planOf({
      ...twoInARow('snlt', at('2026-01-07T08:00'), [5, 1]),
      project: { honorConstraints: false },
    }),
    tasks: {
      build: { start: '2026-01-12T08:00', lateStart: '2026-01-07T08:00', totalSlackDays: -3 },
      design: { totalSlackDays: -3 },
    },
    warnings: ['schedule.negativeSlack'],
  },
  {
    title: 'start no later than with time to spare changes nothing but the late dates',
    plan: planOf({
      tasks: [
        task('order', 1, { constraint: 'snlt', constraintMinute: at('2026-01-07T08:00') }),
        task('other', 10),
      ],
    }),
    tasks: { order: { start: '2026-01-05T08:00', lateStart: '2026-01-07T08:00', totalSlackDays: 2 } },
  },
  {
    title: 'finish no later than pulls the task back before its predecessor ends',
    plan: planOf(twoInARow('fnlt', at('2026-01-09T17:00'), [5, 2])),
    tasks: {
      build: { start: '2026-01-08T08:00', finish: '2026-01-09T17:00' },
      design: { lateFinish: '2026-01-07T17:00', totalSlackDays: -2 },
    },
    warnings: ['schedule.constraintConflict', 'schedule.negativeSlack'],
  },
  {
    title: 'must start on stands on its day and is critical, the predecessor has the wait as slack',
    plan: planOf(twoInARow('mso', at('2026-01-08T08:00'), [1, 2])),
    tasks: {
      design: { totalSlackDays: 2, freeSlackDays: 2, lateFinish: '2026-01-07T17:00' },
      build: { start: '2026-01-08T08:00', finish: '2026-01-09T17:00', totalSlackDays: 0, critical: true },
    },
  },
  {
    title: 'must finish on stands against its link and says so',
    plan: planOf(twoInARow('mfo', at('2026-01-09T17:00'), [5, 2])),
    tasks: {
      build: { start: '2026-01-08T08:00', finish: '2026-01-09T17:00', lateFinish: '2026-01-09T17:00' },
      design: { finish: '2026-01-09T17:00', totalSlackDays: -2 },
    },
    warnings: ['schedule.constraintConflict', 'schedule.negativeSlack'],
  },
  {
    title: 'must finish on waits for its day when the predecessor is early',
    plan: planOf(twoInARow('mfo', at('2026-01-14T17:00'), [1, 2])),
    tasks: {
      build: { start: '2026-01-13T08:00', finish: '2026-01-14T17:00' },
      design: { totalSlackDays: 5 },
    },
  },
  {
    title: 'finish no earlier than begins late enough to end on the day',
    plan: planOf({
      tasks: [task('handover', 1, { constraint: 'fnet', constraintMinute: at('2026-01-08T17:00') })],
    }),
    tasks: { handover: { start: '2026-01-08T08:00', finish: '2026-01-08T17:00' } },
  },
  {
    title: 'start no earlier than may lie before the start of the project',
    plan: planOf({
      tasks: [task('kickoff', 1, { constraint: 'snet', constraintMinute: at('2026-01-02T08:00') })],
    }),
    tasks: { kickoff: { start: '2026-01-02T08:00', finish: '2026-01-02T17:00' } },
  },
  {
    title: 'a deadline takes slack away and moves nothing',
    plan: planOf({ tasks: [task('offer', 3, { deadlineMinute: at('2026-01-08T17:00') }), task('other', 5)] }),
    tasks: { offer: { finish: '2026-01-07T17:00', lateFinish: '2026-01-08T17:00', totalSlackDays: 1 } },
  },
  {
    title: 'a missed deadline makes negative slack, also for the predecessor, and is reported',
    plan: planOf({
      tasks: [task('collect', 2), task('offer', 1, { deadlineMinute: at('2026-01-06T17:00') })],
      links: [link('collect', 'offer')],
    }),
    tasks: {
      collect: { lateFinish: '2026-01-05T17:00', totalSlackDays: -1, critical: true },
      offer: { finish: '2026-01-07T17:00', totalSlackDays: -1, critical: true },
    },
    warnings: ['schedule.deadlineMissed', 'schedule.negativeSlack'],
  },
  {
    title: 'a chain as late as possible ends with the project',
    plan: planOf({
      tasks: [
        task('train', 2, { constraint: 'alap' }),
        task('cutover', 1, { constraint: 'alap' }),
        task('build', 10),
      ],
      links: [link('train', 'cutover')],
    }),
    tasks: {
      train: {
        start: '2026-01-14T08:00',
        finish: '2026-01-15T17:00',
        earlyStart: '2026-01-05T08:00',
        totalSlackDays: 0,
        critical: true,
      },
      cutover: { start: '2026-01-16T08:00', finish: '2026-01-16T17:00' },
    },
  },
  {
    title: 'a task as late as possible takes the slack of its successor',
    plan: planOf({
      tasks: [task('print', 1, { constraint: 'alap' }), task('fold', 2), task('build', 5)],
      links: [link('print', 'fold')],
    }),
    tasks: {
      print: { start: '2026-01-07T08:00', finish: '2026-01-07T17:00' },
      fold: { start: '2026-01-08T08:00', finish: '2026-01-09T17:00', totalSlackDays: 0 },
    },
  },
  {
    title: 'from the finish, tasks stand at their late dates and the start of the project follows',
    plan: planOf({
      project: { scheduleFrom: 'finish', startMinute: null, finishMinute: at('2026-01-16T17:00') },
      tasks: [
        task('build', 3, { constraint: 'alap' }),
        task('move', 2, { constraint: 'alap' }),
        task('invite', 1, { constraint: 'alap' }),
        task('announce', 1, { constraint: 'asap' }),
      ],
      links: [link('build', 'move')],
    }),
    tasks: {
      build: { start: '2026-01-12T08:00', finish: '2026-01-14T17:00', totalSlackDays: 0 },
      move: { start: '2026-01-15T08:00', finish: '2026-01-16T17:00' },
      invite: { start: '2026-01-16T08:00', earlyStart: '2026-01-12T08:00', totalSlackDays: 4 },
      announce: { start: '2026-01-12T08:00', lateStart: '2026-01-16T08:00' },
    },
    project: { start: '2026-01-12T08:00', finish: '2026-01-16T17:00' },
  },
]
