import { at, type Case, DAY_SHIFTS, link, planOf, task, weekOf, working } from './case.ts'

/** Links of all types and lags. */
export const linkCases: Case[] = [
  {
    title: 'the test begins the morning after the build ends',
    plan: planOf({ tasks: [task('build', 2), task('test', 3)], links: [link('build', 'test')] }),
    tasks: {
      build: { start: '2026-01-05T08:00', finish: '2026-01-06T17:00', totalSlackDays: 0, critical: true },
      test: { start: '2026-01-07T08:00', finish: '2026-01-09T17:00', totalSlackDays: 0, freeSlackDays: 0 },
    },
    project: { start: '2026-01-05T08:00', finish: '2026-01-09T17:00' },
  },
  {
    title: 'a lag of two working days does not run at the weekend',
    plan: planOf({
      tasks: [task('order', 5), task('install', 1)],
      links: [link('order', 'install', 'fs', working(2))],
    }),
    tasks: {
      order: { finish: '2026-01-09T17:00', lateFinish: '2026-01-09T17:00' },
      install: { start: '2026-01-14T08:00', finish: '2026-01-14T17:00' },
    },
  },
  {
    title: 'a lag of two elapsed days runs through the weekend',
    plan: planOf({
      tasks: [task('screed', 5), task('rack', 1)],
      links: [link('screed', 'rack', 'fs', { kind: 'elapsed', minutes: 2 * 1440 })],
    }),
    // Friday 17:00 + 48 hours is Sunday 17:00; work goes on on Monday morning.
    tasks: {
      screed: { finish: '2026-01-09T17:00', lateFinish: '2026-01-09T17:00', totalSlackDays: 0 },
      rack: { start: '2026-01-12T08:00', totalSlackDays: 0 },
    },
  },
  {
    title: 'a lead of half the predecessor begins in its middle',
    plan: planOf({
      tasks: [task('write', 4), task('review', 2)],
      links: [link('write', 'review', 'fs', { kind: 'percent', percent: -50 })],
    }),
    // Half of four days back from Thursday evening is Wednesday morning.
    tasks: {
      write: { finish: '2026-01-08T17:00' },
      review: { start: '2026-01-07T08:00', finish: '2026-01-08T17:00' },
    },
  },
  {
    title: 'an elapsed percent lag counts the hours of the predecessor around the clock',
    plan: planOf({
      tasks: [task('load', 4), task('verify', 1)],
      links: [link('load', 'verify', 'fs', { kind: 'elapsedPercent', percent: 50 })],
    }),
    // Half of 32 hours is 16; Thursday 17:00 + 16 h is Friday 09:00.
    tasks: { verify: { start: '2026-01-09T09:00', finish: '2026-01-12T09:00' } },
  },
  {
    title: 'start to start with a day of lag begins a day later',
    plan: planOf({
      tasks: [task('lay', 3), task('terminate', 3)],
      links: [link('lay', 'terminate', 'ss', working(1))],
    }),
    tasks: {
      lay: { start: '2026-01-05T08:00', lateStart: '2026-01-05T08:00', freeSlackDays: 0 },
      terminate: { start: '2026-01-06T08:00', finish: '2026-01-08T17:00' },
    },
  },
  {
    title: 'finish to finish draws the start from the end',
    plan: planOf({
      tasks: [task('develop', 5), task('document', 2)],
      links: [link('develop', 'document', 'ff')],
    }),
    tasks: { document: { start: '2026-01-08T08:00', finish: '2026-01-09T17:00', totalSlackDays: 0 } },
  },
  {
    title: 'finish to finish draws nothing before the start of the project',
    plan: planOf({ tasks: [task('short', 1), task('long', 3)], links: [link('short', 'long', 'ff')] }),
    tasks: { long: { start: '2026-01-05T08:00', finish: '2026-01-07T17:00' } },
  },
  {
    title: 'start to finish: the old system runs until the new one starts, and its end stands on that moment',
    plan: planOf({
      tasks: [
        task('newSystem', 1, { constraint: 'snet', constraintMinute: at('2026-01-08T08:00') }),
        task('oldSystem', 2),
      ],
      links: [link('newSystem', 'oldSystem', 'sf')],
    }),
    tasks: {
      newSystem: { start: '2026-01-08T08:00' },
      oldSystem: { start: '2026-01-06T08:00', finish: '2026-01-08T08:00' },
    },
  },
  {
    title: 'the latest of several predecessors drives, the others have free slack',
    plan: planOf({
      tasks: [task('network', 2), task('server', 4), task('golive', 1)],
      links: [link('network', 'golive'), link('server', 'golive')],
    }),
    tasks: {
      network: { totalSlackDays: 2, freeSlackDays: 2, critical: false, lateFinish: '2026-01-08T17:00' },
      server: { totalSlackDays: 0, freeSlackDays: 0, critical: true },
      golive: { start: '2026-01-09T08:00' },
    },
  },
  {
    title: 'the textbook network of six activities with every kind of link',
    // Working every day, so that day numbers are dates: day 0 is 2026-01-05.
    plan: planOf({
      project: { calendar: 'daily' },
      calendars: [{ id: 'daily', week: weekOf([0, 1, 2, 3, 4, 5, 6], DAY_SHIFTS) }],
      tasks: [task('A', 3), task('B', 4), task('C', 5), task('D', 2), task('E', 4), task('F', 3)],
      links: [
        link('A', 'B'),
        link('A', 'C', 'ss', working(1)),
        link('B', 'D', 'fs', working(2)),
        link('C', 'D', 'ff', working(1)),
        link('C', 'E'),
        link('D', 'F'),
        link('E', 'F', 'fs', working(-1)),
      ],
    }),
    tasks: {
      A: { start: '2026-01-05T08:00', finish: '2026-01-07T17:00', totalSlackDays: 0, freeSlackDays: 0 },
      B: { start: '2026-01-08T08:00', finish: '2026-01-11T17:00', totalSlackDays: 0, freeSlackDays: 0 },
      C: { start: '2026-01-06T08:00', lateStart: '2026-01-08T08:00', totalSlackDays: 2, freeSlackDays: 0 },
      D: { start: '2026-01-14T08:00', finish: '2026-01-15T17:00', totalSlackDays: 0, freeSlackDays: 0 },
      E: { start: '2026-01-11T08:00', lateFinish: '2026-01-16T17:00', totalSlackDays: 2, freeSlackDays: 2 },
      F: { start: '2026-01-16T08:00', finish: '2026-01-18T17:00', totalSlackDays: 0, freeSlackDays: 0 },
    },
    project: { finish: '2026-01-18T17:00' },
  },
]
