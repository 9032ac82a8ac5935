import { expect, test } from 'vitest'
import { assigned, at, link, person, planOf, task, weekOf } from '../cases/case.ts'
import type { Driver, Plan, PlanTask } from '../plan.ts'
import { schedule } from '../schedule.ts'

function driverOf(plan: Plan, id: string): Driver | undefined {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  return answer.tasks.find((one) => one.id === id)?.drivers[0]
}
const build = (more: Partial<PlanTask>) => planOf({ tasks: [task('build', 1, more)] })

const SET: [string, Plan, Partial<Driver>][] = [
  ['a task that waits for nothing stands at the start of the project', build({}), { kind: 'projectStart' }],
  [
    'a task that waits for a later date stands on it',
    build({ constraint: 'snet', constraintMinute: at('2026-01-07T08:00') }),
    { kind: 'constraint', constraint: 'snet', minute: at('2026-01-07T08:00') },
  ],
  [
    'a task that must start on a day stands on it',
    build({ constraint: 'mso', constraintMinute: at('2026-01-07T08:00') }),
    { kind: 'constraint', constraint: 'mso', minute: at('2026-01-07T08:00') },
  ],
  [
    'a task that must finish on a day stands before it',
    build({ constraint: 'mfo', constraintMinute: at('2026-01-07T17:00') }),
    { kind: 'constraint', constraint: 'mfo' },
  ],
  [
    'a task that has begun stands where it began',
    build({ actualStartMinute: at('2026-01-06T08:00') }),
    { kind: 'actual' },
  ],
  [
    'a finished task too',
    build({ actualStartMinute: at('2026-01-06T08:00'), actualFinishMinute: at('2026-01-06T17:00') }),
    { kind: 'actual' },
  ],
  [
    'a task typed by hand stands where it was typed',
    build({ mode: 'manual', manualStartMinute: at('2026-01-07T08:00') }),
    { kind: 'manual' },
  ],
  [
    'a task as late as possible stands there for that',
    planOf({ tasks: [task('long', 5), task('build', 1, { constraint: 'alap' })] }),
    { kind: 'alap' },
  ],
  [
    'of two predecessors that end together the one named first in the plan counts, whatever the order of links',
    planOf({
      tasks: [task('order', 2), task('permit', 2), task('build', 1)],
      links: [link('permit', 'build'), link('order', 'build')],
    }),
    { kind: 'link', task: 'order', link: 'order→build' },
  ],
  [
    'the later of two predecessors counts, although the earlier is named first',
    planOf({
      tasks: [task('order', 2), task('permit', 3), task('build', 1)],
      links: [link('order', 'build'), link('permit', 'build')],
    }),
    { kind: 'link', task: 'permit', linkType: 'fs' },
  ],
  [
    'a link of its own counts before the same limit of the phase',
    planOf({
      tasks: [task('permit', 2), task('order', 2), task('phase', 0), task('build', 1, { parent: 'phase' })],
      links: [link('permit', 'phase'), link('order', 'build')],
    }),
    { kind: 'link', task: 'order' },
  ],
  [
    'what the phase waits for holds its tasks',
    planOf({
      tasks: [task('permit', 2), task('phase', 0), task('build', 1, { parent: 'phase' })],
      links: [link('permit', 'phase')],
    }),
    { kind: 'summary', task: 'phase' },
  ],
  [
    'a finish-to-finish link that draws the start counts',
    planOf({ tasks: [task('long', 5), task('build', 1)], links: [link('long', 'build', 'ff')] }),
    { kind: 'link', task: 'long', linkType: 'ff' },
  ],
]
for (const [what, plan, driver] of SET)
  test(`${what}`, () => {
    expect(driverOf(plan, 'build')).toMatchObject(driver)
  })

test('a date kept against its links is set by the constraint, not by them', () => {
  const plan = planOf({
    tasks: [
      task('order', 3),
      task('build', 1, { constraint: 'snlt', constraintMinute: at('2026-01-06T08:00') }),
    ],
    links: [link('order', 'build')],
  })
  expect(driverOf(plan, 'build')).toMatchObject({ kind: 'constraint', constraint: 'snlt' })
})

test('work of a person who is there on Wednesdays alone begins on a Wednesday', () => {
  const plan = planOf({
    calendars: [{ id: 'wednesdays', week: weekOf([3], [{ fromMinute: 480, toMinute: 960 }]) }],
    resources: [person('Ann', 'wednesdays')],
    tasks: [task('build', 1)],
    assignments: [assigned('build', 'Ann', 1)],
  })
  const answer = schedule(plan)
  expect('refused' in answer ? answer : answer.tasks[0]).toMatchObject({
    startMinute: at('2026-01-07T08:00'),
    finishMinute: at('2026-01-07T16:00'),
  })
})
