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
