import { at, type Case, DAY, link, planOf, task, working } from './case.ts'

const doneOnMonday = {
  actualStartMinute: at('2026-01-05T08:00'),
  actualFinishMinute: at('2026-01-05T17:00'),
  actualDurationMinutes: DAY,
}

/** Summary tasks, manual, inactive and external tasks. */
export const outlineCases: Case[] = [
  {
    title: 'a summary task runs from its first start to its last finish, and its successor waits for that',
    plan: planOf({
      tasks: [
        task('phase', 0),
        task('a', 2, { parent: 'phase' }),
        task('b', 3, { parent: 'phase' }),
        task('next', 1),
      ],
      links: [link('a', 'b', 'ss', { kind: 'working', minutes: DAY }), link('phase', 'next')],
    }),
    tasks: {
      phase: { start: '2026-01-05T08:00', finish: '2026-01-08T17:00', durationDays: 4, critical: true },
      next: { start: '2026-01-09T08:00' },
      b: { totalSlackDays: 0 },
    },
  },
  {
    title: 'what comes before a summary task comes before all of it',
    plan: planOf({
      tasks: [
        task('contract', 1),
        task('phase', 0),
        task('part', 0, { parent: 'phase' }),
        task('a', 2, { parent: 'part' }),
        task('b', 1, { parent: 'phase' }),
      ],
      links: [link('contract', 'phase')],
    }),
    tasks: {
      a: { start: '2026-01-06T08:00' },
      b: { start: '2026-01-06T08:00', totalSlackDays: 1 },
      contract: { totalSlackDays: 0, lateFinish: '2026-01-05T17:00' },
    },
  },
  {
    title: 'a start no earlier than on a summary task holds for its children',
    plan: planOf({
      tasks: [
        task('phase', 0, { constraint: 'snet', constraintMinute: at('2026-01-12T08:00') }),
        task('a', 2, { parent: 'phase' }),
      ],
    }),
    tasks: {
      phase: { start: '2026-01-12T08:00' },
      a: { start: '2026-01-12T08:00', finish: '2026-01-13T17:00' },
    },
  },
  {
    title: 'a finish no later than on a summary task takes slack from its children',
    plan: planOf({
      tasks: [
        task('phase', 0, { constraint: 'fnlt', constraintMinute: at('2026-01-08T17:00') }),
        task('a', 2, { parent: 'phase' }),
        task('other', 10),
      ],
    }),
    tasks: { a: { lateFinish: '2026-01-08T17:00', totalSlackDays: 2 } },
  },
  {
    title:
      'a manual task keeps its dates against its predecessor, which is reported, and drives its successor',
    plan: planOf({
      tasks: [
        task('build', 5),
        task('training', 2, {
          mode: 'manual',
          manualStartMinute: at('2026-01-07T08:00'),
          manualFinishMinute: at('2026-01-08T17:00'),
        }),
        task('feedback', 1),
      ],
      links: [link('build', 'training'), link('training', 'feedback')],
    }),
    tasks: {
      training: { start: '2026-01-07T08:00', finish: '2026-01-08T17:00' },
      feedback: { start: '2026-01-09T08:00' },
    },
    warnings: ['schedule.manualConflict', 'schedule.negativeSlack'],
  },
  {
    title: 'an inactive task moves nobody',
    plan: planOf({
      tasks: [task('build', 1), task('dropped', 20, { active: false }), task('run', 1)],
      links: [link('build', 'dropped'), link('dropped', 'run')],
    }),
    tasks: { run: { start: '2026-01-05T08:00' } },
    project: { finish: '2026-01-05T17:00' },
  },
  {
    title: 'an external task keeps its dates and is waited for',
    plan: planOf({
      tasks: [
        task('delivery', 1, {
          external: true,
          manualStartMinute: at('2026-01-07T08:00'),
          manualFinishMinute: at('2026-01-07T17:00'),
        }),
        task('install', 1),
      ],
      links: [link('delivery', 'install')],
    }),
    tasks: { install: { start: '2026-01-08T08:00' } },
  },
  {
    title: 'with multiple critical paths every chain has an end of its own',
    plan: planOf({
      project: { multipleCriticalPaths: true },
      tasks: [task('short', 2), task('long', 5)],
    }),
    tasks: { short: { totalSlackDays: 0, critical: true }, long: { critical: true } },
  },
  {
    title: 'the limit of slack for critical tasks can be raised',
    plan: planOf({
      project: { criticalSlackLimitMinutes: 2 * DAY },
      tasks: [task('short', 1), task('middle', 3), task('long', 5)],
    }),
    tasks: { short: { critical: false, totalSlackDays: 4 }, middle: { critical: true, totalSlackDays: 2 } },
  },
  {
    title: 'a summary task whose children are all done is not critical, one with open children is',
    plan: planOf({
      tasks: [
        task('phase-1', 0),
        task('survey', 1, { parent: 'phase-1', ...doneOnMonday }),
        task('dropped', 3, { parent: 'phase-1', active: false }),
        task('phase-2', 0),
        task('sketch', 1, { parent: 'phase-2', ...doneOnMonday }),
        task('draw', 2, { parent: 'phase-2' }),
      ],
      links: [link('survey', 'draw')],
    }),
    // Microsoft Project: what is complete is critical no more, although it has no slack.
    tasks: {
      'phase-1': {
        start: '2026-01-05T08:00',
        finish: '2026-01-05T17:00',
        critical: false,
        totalSlackDays: 0,
      },
      'phase-2': { finish: '2026-01-07T17:00', critical: true, totalSlackDays: 0 },
    },
  },
  {
    title: 'a start-to-start link into a summary task holds for all its children',
    plan: planOf({
      tasks: [
        task('permit', 3),
        task('phase', 0),
        task('dig', 1, { parent: 'phase' }),
        task('lay', 2, { parent: 'phase' }),
      ],
      links: [link('permit', 'phase', 'ss', working(1))],
    }),
    // A day after the permit's Monday; the permit may begin a day later only if the phase may.
    tasks: {
      dig: { start: '2026-01-06T08:00', totalSlackDays: 1 },
      lay: { start: '2026-01-06T08:00', finish: '2026-01-07T17:00', totalSlackDays: 0 },
    },
  },
  {
    title: 'a finish-to-finish link from a summary task waits for its last child',
    plan: planOf({
      tasks: [
        task('phase', 0),
        task('dig', 1, { parent: 'phase' }),
        task('lay', 3, { parent: 'phase' }),
        task('report', 1),
      ],
      links: [link('phase', 'report', 'ff')],
    }),
    tasks: { report: { start: '2026-01-07T08:00', finish: '2026-01-07T17:00' } },
  },
  {
    title:
      'a link into the finish of a summary task is not known to Microsoft Project: left out and reported',
    plan: planOf({
      tasks: [task('permit', 3), task('phase', 0), task('dig', 1, { parent: 'phase' })],
      links: [link('permit', 'phase', 'ff')],
    }),
    tasks: { dig: { start: '2026-01-05T08:00', finish: '2026-01-05T17:00' } },
    warnings: ['schedule.summaryLinkIgnored'],
  },
]
