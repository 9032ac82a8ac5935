import type { PlanTask } from '../plan.ts'
import { at, type Case, DAY, link, planOf, task, working } from './case.ts'

const typed = (start: string | null, finish: string | null): Partial<PlanTask> => ({
  mode: 'manual',
  ...(start ? { manualStartMinute: at(start) } : {}),
  ...(finish ? { manualFinishMinute: at(finish) } : {}),
})
const begun = (start: string, more: Partial<PlanTask> = {}): Partial<PlanTask> => ({
  actualStartMinute: at(start),
  ...more,
})
const phase = (more: Partial<PlanTask>) =>
  planOf({
    tasks: [{ id: 'phase', ...more }, task('dig', 2, { parent: 'phase' }), task('report', 1)],
    links: [link('phase', 'report')],
  })

/** Dates typed by hand, of other projects, of what is dropped, and of what has begun. */
export const statedCases: Case[] = [
  {
    title: 'typed by hand with a start alone, a task ends after its duration',
    plan: planOf({ tasks: [task('visit', 2, typed('2026-01-07T08:00', null))] }),
    tasks: { visit: { start: '2026-01-07T08:00', finish: '2026-01-08T17:00' } },
  },
  {
    title: 'typed by hand with a finish alone, a task begins its duration before',
    plan: planOf({ tasks: [task('visit', 2, typed(null, '2026-01-08T17:00'))] }),
    tasks: { visit: { start: '2026-01-07T08:00', finish: '2026-01-08T17:00' } },
  },
  {
    title: 'typed by hand with both dates, a task has them, whatever its duration',
    plan: planOf({ tasks: [task('visit', 2, typed('2026-01-07T10:00', '2026-01-09T12:00'))] }),
    tasks: { visit: { start: '2026-01-07T10:00', finish: '2026-01-09T12:00' } },
  },
  {
    title: 'typed by hand to end before it begins, a task ends when it begins',
    plan: planOf({ tasks: [task('visit', 2, typed('2026-01-09T08:00', '2026-01-08T17:00'))] }),
    tasks: { visit: { start: '2026-01-09T08:00', finish: '2026-01-09T08:00' } },
    warnings: ['schedule.negativeSlack'],
  },
  {
    title: 'by hand without any date, a task is scheduled like the others',
    plan: planOf({
      tasks: [task('order', 1), task('visit', 2, typed(null, null))],
      links: [link('order', 'visit')],
    }),
    tasks: { visit: { start: '2026-01-06T08:00', finish: '2026-01-07T17:00' } },
  },
  {
    title: 'a successor waits for the finish typed by hand',
    plan: planOf({
      tasks: [task('visit', 1, typed('2026-01-07T08:00', '2026-01-09T17:00')), task('report', 1)],
      links: [link('visit', 'report')],
    }),
    tasks: { report: { start: '2026-01-12T08:00' } },
  },
  {
    title: 'a task of another project keeps its dates, and its successor here waits',
    plan: planOf({
      tasks: [
        task('theirs', 1, {
          external: true,
          manualStartMinute: at('2026-01-08T08:00'),
          manualFinishMinute: at('2026-01-08T17:00'),
        }),
        task('ours', 1),
      ],
      links: [link('theirs', 'ours')],
    }),
    tasks: { theirs: { start: '2026-01-08T08:00' }, ours: { start: '2026-01-09T08:00' } },
  },
  {
    title: 'a dropped task stands where it was typed, and nobody waits for it',
    plan: planOf({
      tasks: [task('dropped', 2, { active: false, ...typed('2026-01-07T08:00', null) }), task('report', 1)],
      links: [link('dropped', 'report')],
    }),
    tasks: {
      dropped: { start: '2026-01-07T08:00', finish: '2026-01-08T17:00' },
      report: { start: '2026-01-05T08:00' },
    },
  },
  {
    title: 'a dropped task does not stretch its summary task',
    plan: planOf({
      tasks: [
        task('phase', 0),
        task('dropped', 10, { parent: 'phase', active: false }),
        task('dig', 2, { parent: 'phase' }),
      ],
    }),
    tasks: { phase: { finish: '2026-01-06T17:00' } },
    project: { finish: '2026-01-06T17:00' },
  },
  {
    title: 'a summary task of dropped tasks alone has their dates',
    plan: planOf({ tasks: [task('phase', 0), task('dropped', 2, { parent: 'phase', active: false })] }),
    tasks: { phase: { start: '2026-01-05T08:00', finish: '2026-01-06T17:00' } },
  },
  {
    title: 'a summary task typed by hand has the typed dates, and the successor waits for them',
    plan: phase(typed('2026-01-02T08:00', '2026-01-16T17:00')),
    tasks: {
      phase: { start: '2026-01-02T08:00', finish: '2026-01-16T17:00' },
      report: { start: '2026-01-19T08:00' },
    },
  },
  {
    title: 'a summary task typed with a start alone ends with its children',
    plan: phase(typed('2026-01-02T08:00', null)),
    tasks: { phase: { start: '2026-01-02T08:00', finish: '2026-01-06T17:00' } },
  },
  {
    title: 'a summary task typed with a finish alone begins with its children',
    plan: phase(typed(null, '2026-01-16T17:00')),
    tasks: { phase: { start: '2026-01-05T08:00', finish: '2026-01-16T17:00' } },
  },
  {
    title: 'begun, and nothing said of progress: the whole duration is left',
    plan: planOf({ tasks: [task('code', 4, begun('2026-01-06T08:00'))] }),
    tasks: { code: { start: '2026-01-06T08:00', finish: '2026-01-09T17:00' } },
  },
  {
    title: 'begun with a day done: the rest of the duration is left',
    plan: planOf({ tasks: [task('code', 4, begun('2026-01-06T08:00', { actualDurationMinutes: DAY }))] }),
    tasks: { code: { finish: '2026-01-09T17:00' } },
  },
  {
    title: 'begun with nothing done and nothing left: that says nothing, the whole duration is left',
    plan: planOf({
      tasks: [
        task('code', 4, begun('2026-01-06T08:00', { actualDurationMinutes: 0, remainingDurationMinutes: 0 })),
      ],
    }),
    tasks: { code: { finish: '2026-01-09T17:00' } },
  },
  {
    title: 'begun and not to end before Wednesday week: it does not',
    plan: planOf({
      tasks: [
        task(
          'code',
          2,
          begun('2026-01-05T08:00', { constraint: 'fnet', constraintMinute: at('2026-01-14T17:00') }),
        ),
      ],
    }),
    tasks: { code: { start: '2026-01-05T08:00', finish: '2026-01-14T17:00' } },
  },
  {
    title: 'begun and not to start before a date that is over: the work is not moved',
    plan: planOf({
      tasks: [
        task(
          'code',
          2,
          begun('2026-01-05T08:00', { constraint: 'snet', constraintMinute: at('2026-01-14T08:00') }),
        ),
      ],
    }),
    tasks: { code: { start: '2026-01-05T08:00', finish: '2026-01-06T17:00' } },
  },
  {
    title: 'a milestone begun is reached',
    plan: planOf({
      tasks: [task('order', 5), task('signed', 0, begun('2026-01-06T12:00'))],
      links: [link('order', 'signed')],
    }),
    tasks: { signed: { start: '2026-01-06T12:00', finish: '2026-01-06T12:00' } },
  },
  {
    title: 'the delay of levelling in working days does not run at the weekend',
    plan: planOf({
      tasks: [
        task('draft', 4),
        task('print', 1, { levelingDelayMinutes: 2 * DAY, levelingDelayElapsed: false }),
      ],
      links: [link('draft', 'print')],
    }),
    // From Friday on two working days: Tuesday.
    tasks: { draft: { totalSlackDays: 0 }, print: { start: '2026-01-13T08:00', finish: '2026-01-13T17:00' } },
  },
  {
    title: 'the delay of levelling by the clock runs at the weekend',
    plan: planOf({
      tasks: [task('draft', 4), task('print', 1, { levelingDelayMinutes: 2 * 1440 })],
      links: [link('draft', 'print')],
    }),
    tasks: { print: { start: '2026-01-12T08:00' } },
  },
  ...(['mso', 'snet'] as const).map(
    (constraint): Case => ({
      title: `${constraint} before the project starts stands where it was put`,
      plan: planOf({ tasks: [task('kickoff', 1, { constraint, constraintMinute: at('2025-12-29T08:00') })] }),
      tasks: { kickoff: { start: '2025-12-29T08:00', finish: '2025-12-29T17:00' } },
    }),
  ),
  ...(['mfo', 'fnet'] as const).map(
    (constraint): Case => ({
      title: `${constraint} before the project starts ends where it was put`,
      plan: planOf({ tasks: [task('kickoff', 1, { constraint, constraintMinute: at('2025-12-29T17:00') })] }),
      tasks: { kickoff: { start: '2025-12-29T08:00', finish: '2025-12-29T17:00' } },
    }),
  ),
  {
    title: 'not to start before a date that the link passes anyway changes nothing',
    plan: planOf({
      tasks: [
        task('order', 3),
        task('build', 1, { constraint: 'snet', constraintMinute: at('2026-01-06T08:00') }),
      ],
      links: [link('order', 'build')],
    }),
    tasks: { build: { start: '2026-01-08T08:00' } },
  },
  {
    title: 'the limit of a phase is handed down two levels',
    plan: planOf({
      tasks: [
        task('programme', 0, { constraint: 'snet', constraintMinute: at('2026-01-07T08:00') }),
        task('phase', 0, { parent: 'programme' }),
        task('dig', 1, { parent: 'phase' }),
      ],
    }),
    tasks: { dig: { start: '2026-01-07T08:00' }, programme: { start: '2026-01-07T08:00' } },
  },
  {
    title: 'of two finish-to-finish links the later counts, in whatever order they stand',
    plan: planOf({
      tasks: [task('long', 5), task('short', 3), task('report', 1), task('letter', 1)],
      links: [
        link('long', 'report', 'ff'),
        link('short', 'report', 'ff'),
        link('short', 'letter', 'ff'),
        link('long', 'letter', 'ff'),
      ],
    }),
    tasks: { report: { finish: '2026-01-09T17:00' }, letter: { finish: '2026-01-09T17:00' } },
  },
  {
    title: 'start-to-finish with a lag: the old system runs two days into the new one',
    plan: planOf({
      tasks: [
        task('new', 5, { constraint: 'snet', constraintMinute: at('2026-01-12T08:00') }),
        task('old', 3),
      ],
      links: [link('new', 'old', 'sf', working(2))],
    }),
    tasks: {
      old: { start: '2026-01-09T08:00', finish: '2026-01-13T17:00', totalSlackDays: 3 },
      new: { totalSlackDays: 0 },
    },
  },
]
