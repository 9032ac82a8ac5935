import type { Constraint } from '../plan.ts'
import { at, type Case, link, planOf, task } from './case.ts'

/** Design before build, both as late as they may, in a project that has to end on Friday, 16 January. */
const backwards = (constraint: Constraint, constraintAt: string, days: number) =>
  planOf({
    project: { scheduleFrom: 'finish', startMinute: null, finishMinute: at('2026-01-16T17:00') },
    tasks: [
      task('design', 2, { constraint: 'alap' }),
      task('build', days, { constraint, constraintMinute: at(constraintAt) }),
    ],
    links: [link('design', 'build')],
  })

/** Schedules from the finish, with every kind of constraint. */
export const finishCases: Case[] = [
  {
    title: 'from the finish, finish no later than pulls a task and its predecessor forward',
    plan: backwards('fnlt', '2026-01-14T17:00', 3),
    // Build Monday to Wednesday, the design on the two working days before: Thursday and Friday.
    tasks: {
      build: { start: '2026-01-12T08:00', finish: '2026-01-14T17:00' },
      design: { start: '2026-01-08T08:00', finish: '2026-01-09T17:00' },
    },
    project: { start: '2026-01-08T08:00', finish: '2026-01-16T17:00' },
  },
  {
    title: 'from the finish, start no later than pulls a task forward',
    plan: backwards('snlt', '2026-01-12T08:00', 3),
    tasks: {
      build: { start: '2026-01-12T08:00', finish: '2026-01-14T17:00' },
      design: { finish: '2026-01-09T17:00' },
    },
    project: { start: '2026-01-08T08:00' },
  },
  {
    title: 'from the finish, must start on stands on its day',
    plan: backwards('mso', '2026-01-13T08:00', 2),
    // Tuesday and Wednesday; the design on Friday and Monday.
    tasks: {
      build: { start: '2026-01-13T08:00', finish: '2026-01-14T17:00', critical: true },
      design: { start: '2026-01-09T08:00', finish: '2026-01-12T17:00' },
    },
    project: { start: '2026-01-09T08:00' },
  },
  {
    title: 'from the finish, must finish on stands on its day',
    plan: backwards('mfo', '2026-01-14T17:00', 2),
    tasks: {
      build: { start: '2026-01-13T08:00', finish: '2026-01-14T17:00', critical: true },
      design: { start: '2026-01-09T08:00', finish: '2026-01-12T17:00' },
    },
  },
  {
    title: 'from the finish, start no earlier than beyond the last moment overruns the finish and says so',
    plan: backwards('snet', '2026-01-15T08:00', 3),
    // Three days from Thursday end on Monday; they should have begun on Wednesday: one day late.
    tasks: {
      build: { start: '2026-01-15T08:00', finish: '2026-01-19T17:00', totalSlackDays: -1 },
      design: { start: '2026-01-12T08:00', finish: '2026-01-13T17:00' },
    },
    project: { start: '2026-01-12T08:00', finish: '2026-01-16T17:00' },
    warnings: ['schedule.negativeSlack'],
  },
  {
    title: 'from the finish, finish no earlier than leaves a task at the end where it stands anyway',
    plan: backwards('fnet', '2026-01-13T17:00', 2),
    tasks: {
      build: { start: '2026-01-15T08:00', finish: '2026-01-16T17:00' },
      design: { start: '2026-01-13T08:00', finish: '2026-01-14T17:00' },
    },
    project: { start: '2026-01-13T08:00' },
  },
]
