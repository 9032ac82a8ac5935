import { expect, test } from 'vitest'
import { assigned, DAY, person, planOf, task } from './cases/case.ts'
import { schedule } from './schedule.ts'

test('work adds up to phases and programme: of people alone, where there are none of the task itself', () => {
  const plan = planOf({
    tasks: [
      { id: 'programme', workMinutes: 99 * DAY },
      task('phase', 0, { parent: 'programme' }),
      task('dig', 3, { parent: 'phase', workMinutes: 77 * DAY }),
      task('lay', 3, { parent: 'phase', workMinutes: 4 * DAY }),
      task('pour', 1, { parent: 'phase', workMinutes: 0.5 * DAY }),
      task('dropped', 3, { parent: 'phase', active: false }),
      task('write', 1, { parent: 'programme' }),
      task('alone', 1, { workMinutes: 0.25 * DAY }),
    ],
    resources: [
      person('Ann'),
      person('Bea'),
      { id: 'concrete', type: 'material' },
      { id: 'fee', type: 'cost' },
    ],
    assignments: [
      assigned('dig', 'Ann', 2),
      assigned('dig', 'Bea', 1),
      assigned('pour', 'concrete', 8),
      assigned('pour', 'fee', 9),
      { id: 'nobody', task: 'lay', resource: null, workMinutes: 7 * DAY },
      assigned('dropped', 'Ann', 3),
      assigned('write', 'Bea', 1),
      assigned('phase', 'Ann', 0.5),
    ],
  })
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  expect(Object.fromEntries(answer.tasks.map(({ id, workMinutes }) => [id, workMinutes / DAY]))).toEqual({
    programme: 9,
    phase: 8,
    dig: 3,
    lay: 4,
    pour: 0.5,
    dropped: 3,
    write: 1,
    alone: 0.25,
  })
})

test('in a plan without phases and without material work is that of its people', () => {
  const plan = planOf({
    tasks: [task('dig', 3), task('lay', 1, { workMinutes: DAY })],
    resources: [person('Ann')],
    assignments: [assigned('dig', 'Ann', 2)],
  })
  const answer = schedule(plan)
  expect('refused' in answer ? answer : answer.tasks.map(({ workMinutes }) => workMinutes)).toEqual([
    2 * DAY,
    DAY,
  ])
})
