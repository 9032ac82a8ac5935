import type { PlanProject } from '../plan.ts'
import { assigned, at, type Case, DAY, link, planOf, task } from './case.ts'

const actual = (start: string, doneDays: number, leftDays: number) => ({
  actualStartMinute: at(start),
  actualDurationMinutes: doneDays * DAY,
  remainingDurationMinutes: leftDays * DAY,
})

const outOfSequence = (splitInProgress: boolean) => begunTooEarly({ splitInProgress })

const begunTooEarly = (project: Partial<PlanProject>) =>
  planOf({
    project,
    tasks: [task('design', 5), task('build', 2, actual('2026-01-06T08:00', 1, 1))],
    links: [link('design', 'build')],
  })

const split = assigned('inspect', null, 4, {
  contour: 'contoured',
  pieces: [
    { startMinute: at('2026-01-05T08:00'), finishMinute: at('2026-01-06T17:00'), workMinutes: 2 * DAY },
    { startMinute: at('2026-01-07T08:00'), finishMinute: at('2026-01-07T17:00'), workMinutes: 0 },
    { startMinute: at('2026-01-08T08:00'), finishMinute: at('2026-01-09T17:00'), workMinutes: 2 * DAY },
  ],
})

/** Actuals, work under way, splits and levelling delay. */
export const progressCases: Case[] = [
  {
    title: 'what is finished keeps its dates, has no slack and is not critical',
    plan: planOf({
      tasks: [
        task('design', 3, {
          ...actual('2026-01-06T08:00', 3, 0),
          actualFinishMinute: at('2026-01-08T17:00'),
        }),
        task('build', 1),
      ],
      links: [link('design', 'build')],
    }),
    tasks: {
      design: { start: '2026-01-06T08:00', finish: '2026-01-08T17:00', totalSlackDays: 0, critical: false },
      build: { start: '2026-01-09T08:00', critical: true },
    },
  },
  {
    title: 'a finished successor no longer presses its predecessor',
    plan: planOf({
      tasks: [
        task('wire', 2),
        task('label', 1, { ...actual('2026-01-05T08:00', 1, 0), actualFinishMinute: at('2026-01-05T17:00') }),
        task('other', 5),
      ],
      links: [link('wire', 'label')],
    }),
    tasks: { wire: { lateFinish: '2026-01-09T17:00', totalSlackDays: 3, freeSlackDays: 3 } },
  },
  {
    title: 'a task already begun is not pressed to begin by a start-to-start successor',
    plan: planOf({
      tasks: [task('dig', 3, actual('2026-01-05T08:00', 1, 2)), task('lay', 1), task('other', 10)],
      links: [link('dig', 'lay', 'ss')],
    }),
    tasks: {
      dig: { finish: '2026-01-07T17:00', lateFinish: '2026-01-16T17:00', totalSlackDays: 7 },
      lay: { start: '2026-01-05T08:00' },
    },
  },
  {
    title: 'a task under way ends after what is left of it',
    plan: planOf({ tasks: [task('code', 4, actual('2026-01-06T08:00', 1, 3)), task('other', 10)] }),
    tasks: {
      code: {
        start: '2026-01-06T08:00',
        finish: '2026-01-09T17:00',
        lateStart: '2026-01-06T08:00',
        lateFinish: '2026-01-16T17:00',
        totalSlackDays: 5,
      },
    },
  },
  {
    title: 'work put off goes on where it was put',
    plan: planOf({
      tasks: [
        task('code', 4, {
          ...actual('2026-01-06T08:00', 1, 3),
          stopMinute: at('2026-01-06T17:00'),
          resumeMinute: at('2026-01-12T08:00'),
        }),
      ],
    }),
    tasks: { code: { start: '2026-01-06T08:00', finish: '2026-01-14T17:00' } },
  },
  {
    title: 'begun out of sequence, the rest waits for the predecessor',
    plan: outOfSequence(true),
    tasks: { build: { start: '2026-01-06T08:00', finish: '2026-01-12T17:00' } },
  },
  {
    title: 'begun out of sequence and not to be split, the rest goes on at once',
    plan: outOfSequence(false),
    // The rest goes on on Tuesday evening, so the design should have ended then.
    tasks: {
      build: { start: '2026-01-06T08:00', finish: '2026-01-07T17:00' },
      design: { lateFinish: '2026-01-06T17:00', totalSlackDays: -3 },
    },
    warnings: ['schedule.negativeSlack'],
  },
  {
    title: 'with retained logic the rest waits for the predecessor, whatever is said of splits',
    plan: begunTooEarly({ splitInProgress: false, outOfSequence: 'retainedLogic' }),
    // The design ends on Friday; the day that is left of the build is Monday.
    tasks: { build: { start: '2026-01-06T08:00', finish: '2026-01-12T17:00' } },
  },
  {
    title: 'with progress override the rest goes on at once, and the predecessor is pressed by nobody',
    plan: begunTooEarly({ outOfSequence: 'progressOverride' }),
    // One day left on Wednesday; the design may take until the project ends, which is its own Friday.
    tasks: {
      build: { finish: '2026-01-07T17:00', totalSlackDays: 2 },
      design: { lateFinish: '2026-01-09T17:00', totalSlackDays: 0, critical: true },
    },
  },
  {
    title: 'with actual dates the rest goes on at once, and the predecessor is late since the task began',
    plan: begunTooEarly({ outOfSequence: 'actualDates' }),
    // The build began on Tuesday at eight, so the design should have ended on Monday: four days before Friday.
    tasks: {
      build: { finish: '2026-01-07T17:00' },
      design: { lateFinish: '2026-01-05T17:00', totalSlackDays: -4 },
    },
    warnings: ['schedule.negativeSlack'],
  },
  {
    title: 'a split pauses where it was said',
    plan: planOf({ tasks: [task('inspect', 4)], assignments: [split] }),
    tasks: { inspect: { start: '2026-01-05T08:00', finish: '2026-01-09T17:00', durationDays: 4 } },
  },
  {
    title: 'a split moves along with its task',
    plan: planOf({
      tasks: [task('open', 1), task('inspect', 4)],
      links: [link('open', 'inspect')],
      assignments: [split],
    }),
    // Tuesday and Wednesday, a pause on Thursday, Friday and Monday.
    tasks: { inspect: { start: '2026-01-06T08:00', finish: '2026-01-12T17:00' } },
  },
  {
    title: 'a levelling delay is waited in elapsed time and is no slack of the predecessor',
    plan: planOf({
      tasks: [task('draft', 1), task('print', 1, { levelingDelayMinutes: 2 * 1440 })],
      links: [link('draft', 'print')],
    }),
    tasks: {
      print: { start: '2026-01-08T08:00', finish: '2026-01-08T17:00' },
      draft: { freeSlackDays: 0, totalSlackDays: 0 },
    },
  },
  {
    title: 'a milestone already reached stays on its day',
    plan: planOf({
      tasks: [
        task('signed', 0, {
          milestone: true,
          actualStartMinute: at('2026-01-06T12:00'),
          actualFinishMinute: at('2026-01-06T12:00'),
        }),
        task('build', 1),
      ],
      links: [link('signed', 'build')],
    }),
    tasks: { signed: { start: '2026-01-06T12:00' }, build: { start: '2026-01-06T13:00' } },
  },
]
