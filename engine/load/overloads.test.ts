import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assigned, at, DAY, link, person, planOf, task } from '../cases/case.ts'
import { crowdedPlans } from '../cases/crowded-plans.arbitrary.ts'
import { LAW_TIMEOUT_MILLISECONDS, lawRuns } from '../cases/law-runs.ts'
import { levelPlan } from '../levelling/plan.ts'
import { personOverloads } from './overloads.ts'

const crowded = planOf({
  tasks: [task('test', 5), task('train', 10), task('write', 2)],
  links: [link('test', 'write')],
  resources: [person('ruth'), person('lars')],
  assignments: [
    assigned('test', 'ruth', 5),
    assigned('train', 'ruth', 5, { units: 0.5 }),
    assigned('write', 'lars', 2),
  ],
})

test('somebody asked for one and a half of them is overloaded until the first task ends', () => {
  expect(personOverloads(crowded, [])).toEqual([
    {
      resource: 'ruth',
      maxUnits: 1,
      peakUnits: 1.5,
      fromMinute: at('2026-01-05T08:00'),
      toMinute: at('2026-01-09T17:00'),
      tasks: ['test', 'train'],
      elsewhere: 0,
    },
  ])
})

test('what another plan asks counts, and its tasks are not named', () => {
  const other = planOf({
    start: '2026-01-12T08:00',
    tasks: [task('support', 1)],
    resources: [person('lars')],
    assignments: [assigned('support', 'lars', 1)],
  })
  const [, overload] = personOverloads(crowded, [other])
  expect(overload).toMatchObject({
    resource: 'lars',
    peakUnits: 2,
    fromMinute: at('2026-01-12T08:00'),
    toMinute: at('2026-01-12T17:00'),
    tasks: ['write'],
    elsewhere: 1,
  })
})

test('work that is done overloads nobody any more', () => {
  const done = {
    ...crowded,
    tasks: crowded.tasks.map((one) =>
      one.id === 'test'
        ? {
            ...one,
            actualStartMinute: at('2026-01-05T08:00'),
            actualFinishMinute: at('2026-01-09T17:00'),
            percentComplete: 100,
          }
        : one,
    ),
    assignments: crowded.assignments.map((one) =>
      one.task === 'test' ? { ...one, actualWorkMinutes: one.workMinutes, remainingWorkMinutes: 0 } : one,
    ),
  }
  expect(personOverloads(done, [])).toEqual([])
})

test('overtime is on top of the units and overloads nobody', () => {
  const plan = planOf({
    tasks: [task('test', 5)],
    resources: [person('ruth')],
    assignments: [assigned('test', 'ruth', 6, { overtimeWorkMinutes: DAY })],
  })
  expect(personOverloads(plan, [])).toEqual([])
})

test('units that do not quite fit the duration by rounding are no overload', () => {
  const plan = planOf({
    tasks: [task('test', 5)],
    resources: [person('ruth')],
    assignments: [assigned('test', 'ruth', 5.01)],
  })
  expect(personOverloads(plan, [])).toEqual([])
})

test('tasks that take turns without a break make one overload, a free day makes two', () => {
  const plan = planOf({
    tasks: [task('support', 10), task('first', 2), task('second', 3), task('third', 1)],
    links: [link('first', 'second'), link('second', 'third', 'fs', { kind: 'working', minutes: 480 })],
    resources: [person('ruth')],
    assignments: [
      assigned('support', 'ruth', 10),
      assigned('first', 'ruth', 2),
      assigned('second', 'ruth', 1.5, { units: 0.5 }),
      assigned('third', 'ruth', 1),
    ],
  })
  expect(
    personOverloads(plan, []).map(({ fromMinute, toMinute, peakUnits, tasks }) => ({
      fromMinute,
      toMinute,
      peakUnits,
      tasks,
    })),
  ).toEqual([
    {
      fromMinute: at('2026-01-05T08:00'),
      toMinute: at('2026-01-09T17:00'),
      peakUnits: 2,
      tasks: ['support', 'first', 'second'],
    },
    {
      fromMinute: at('2026-01-13T08:00'),
      toMinute: at('2026-01-13T17:00'),
      peakUnits: 2,
      tasks: ['support', 'third'],
    },
  ])
})

test('what levelling could not resolve is overloaded, and nothing else', {
  timeout: LAW_TIMEOUT_MILLISECONDS,
}, () => {
  let resolved = 0
  let left = 0
  fc.assert(
    fc.property(crowdedPlans, (given) => {
      // Levelling keeps people free for stated dates even where no work is said; nobody is busy with none.
      const plan = { ...given, assignments: given.assignments.filter(({ workMinutes }) => workMinutes) }
      const before = personOverloads(plan, [])
      // Of a started task levelling keeps all its people until the last of them is done.
      const shared = plan.tasks.filter(({ id, actualStartMinute }) => {
        const people = plan.assignments.filter((one) => one.task === id)
        return actualStartMinute !== undefined && people.length > 1
      })
      if (shared.length > 0) return
      const answer = levelPlan(plan, { seed: 1, schedules: 20 })
      if ('refused' in answer) return
      const after = personOverloads(answer.projects[0]?.plan ?? plan, [])
      const meets = (a: { resource: string; fromMinute: number; toMinute: number }, b: typeof a) =>
        a.resource === b.resource && a.fromMinute < b.toMinute && b.fromMinute < a.toMinute
      for (const one of after) expect(answer.overloads.some((other) => meets(one, other))).toBe(true)
      for (const one of answer.overloads) expect(after.some((other) => meets(one, other))).toBe(true)
      resolved += Math.max(0, before.length - after.length)
      left += after.length
    }),
    lawRuns(150),
  )
  expect(resolved).toBeGreaterThan(lawRuns(150).numRuns / 8)
  expect(left).toBeGreaterThan(0)
})
