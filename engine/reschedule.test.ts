import { expect, test } from 'vitest'
import { timeOf } from './calendar/calendar.ts'
import { at, DAY, link, planOf, task } from './cases/case.ts'
import type { Plan } from './plan.ts'
import { rescheduleUncompleted } from './reschedule.ts'
import { schedule } from './schedule.ts'

const STATUS = at('2026-01-08T08:00')

/** On Thursday morning: the survey is done, the code one day of four, the manual and the audit not begun. */
const plan = planOf({
  tasks: [
    task('survey', 1, {
      actualStartMinute: at('2026-01-05T08:00'),
      actualFinishMinute: at('2026-01-05T17:00'),
    }),
    task('code', 4, {
      actualStartMinute: at('2026-01-05T08:00'),
      actualDurationMinutes: DAY,
      remainingDurationMinutes: 3 * DAY,
    }),
    task('manual', 1),
    task('review', 1),
    task('audit', 1, { constraint: 'mso', constraintMinute: at('2026-01-06T08:00') }),
    task('party', 1, { mode: 'manual', manualStartMinute: at('2026-01-07T08:00') }),
  ],
  links: [link('code', 'review')],
})

test('what is not begun starts after the status date, the rest of what is under way goes on there', () => {
  expect(rescheduleUncompleted(plan, STATUS)).toEqual({
    changes: [
      { task: 'code', stopMinute: at('2026-01-05T17:00'), resumeMinute: STATUS },
      { task: 'manual', constraint: 'snet', constraintMinute: STATUS },
    ],
    kept: [
      { task: 'audit', reason: 'constraint' },
      { task: 'party', reason: 'manual' },
    ],
  })
})

test('after that nothing but what was kept is left to do before the status date, and doing it again changes nothing', () => {
  const moved = applied(plan)
  const answer = schedule(moved)
  if ('refused' in answer) throw new Error(answer.refused.code)
  const finishOf = (id: string) => timeOf(answer.tasks.find((one) => one.id === id)?.finishMinute ?? 0)
  // The three days left of the code are Thursday, Friday and Monday; the review follows on Tuesday.
  expect(finishOf('code')).toBe('2026-01-12T17:00:00')
  expect(finishOf('review')).toBe('2026-01-13T17:00:00')
  expect(finishOf('manual')).toBe('2026-01-08T17:00:00')
  expect(finishOf('survey')).toBe('2026-01-05T17:00:00')
  expect(rescheduleUncompleted(moved, STATUS)).toHaveProperty('changes', [])
})

test('any date but an earliest start is kept; tasks as late as possible move like the others', () => {
  const held = (constraint: 'asap' | 'alap' | 'snet' | 'snlt' | 'fnet' | 'fnlt' | 'mso' | 'mfo') =>
    task(constraint, 1, { constraint, constraintMinute: at('2026-01-06T08:00') })
  const kinds = ['asap', 'snet', 'snlt', 'fnet', 'fnlt', 'mso', 'mfo'] as const
  const answer = rescheduleUncompleted(
    planOf({ tasks: [...kinds.map(held), task('late', 1, { constraint: 'alap' })] }),
    STATUS,
  )
  if ('refused' in answer) throw new Error(answer.refused.code)
  expect(answer.changes.map((change) => change.task)).toEqual(['asap', 'snet', 'late'])
  expect(answer.kept.map((one) => one.task)).toEqual(['snlt', 'fnet', 'fnlt', 'mso', 'mfo'])
})

test('what starts on the status date or later stays, and so do phases, work of others and work that is all done', () => {
  const typed = (start: string) => ({ mode: 'manual' as const, manualStartMinute: at(start) })
  const answer = rescheduleUncompleted(
    planOf({
      tasks: [
        task('phase', 0),
        task('today', 1, { parent: 'phase', constraint: 'snet', constraintMinute: STATUS }),
        task('typed today', 1, typed('2026-01-08T08:00')),
        task('typed later', 1, typed('2026-01-09T08:00')),
        task('theirs', 1, { external: true, manualStartMinute: at('2026-01-05T08:00') }),
        task('whole', 2, {
          actualStartMinute: at('2026-01-05T08:00'),
          actualDurationMinutes: 2 * DAY,
          remainingDurationMinutes: 0,
        }),
        task('put off', 2, {
          actualStartMinute: at('2026-01-05T08:00'),
          actualDurationMinutes: DAY,
          remainingDurationMinutes: DAY,
          resumeMinute: STATUS,
        }),
      ],
    }),
    STATUS,
  )
  expect(answer).toEqual({ changes: [], kept: [] })
})

test('the day on which work stopped stays as it was said', () => {
  const stopped = task('code', 3, {
    actualStartMinute: at('2026-01-05T08:00'),
    actualDurationMinutes: DAY,
    remainingDurationMinutes: 2 * DAY,
    stopMinute: at('2026-01-06T10:00'),
  })
  expect(rescheduleUncompleted(planOf({ tasks: [stopped] }), STATUS)).toMatchObject({
    changes: [{ task: 'code', stopMinute: at('2026-01-06T10:00'), resumeMinute: STATUS }],
  })
})

test('a plan that makes no sense is refused here as well', () => {
  const circle = { ...plan, links: [link('code', 'review'), link('review', 'code')] }
  expect(rescheduleUncompleted(circle, STATUS)).toHaveProperty('refused.code', 'schedule.cycle')
})

function applied(before: Plan): Plan {
  const answer = rescheduleUncompleted(before, STATUS)
  if ('refused' in answer) throw new Error(answer.refused.code)
  const byTask = new Map(answer.changes.map(({ task: id, ...change }) => [id, change]))
  return { ...before, tasks: before.tasks.map((one) => ({ ...one, ...byTask.get(one.id) })) }
}
