import { expect, test } from 'vitest'
import { at } from '../cases/case.ts'
import { assign, days, planOf, START } from '../cases/crowded-plans.arbitrary.ts'
import type { PlanTask } from '../plan.ts'
import { schedule } from '../schedule.ts'
import { levellingSteps, levelPlan, levelPlans } from './plan.ts'
import type { PlanLevelling } from './plan-levelling.ts'

function levelledOf(answer: ReturnType<typeof levelPlan>): PlanLevelling {
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer
}

/** Documentation for four days, and a fair on Wednesday and Thursday that cannot be moved. */
const fairWeek = (more: Partial<PlanTask> = {}) =>
  planOf({
    tasks: [
      { id: 'documentation', durationMinutes: days(4), ...more },
      {
        id: 'fair',
        durationMinutes: days(2),
        constraint: 'mso',
        constraintMinute: at('2026-01-07T08:00'),
      },
    ],
    assignments: [
      { ...assign('documentation', 'dba'), workMinutes: days(4) },
      { ...assign('fair', 'dba'), workMinutes: days(2) },
    ],
  })

test('documentation is interrupted for the fair when splitting is allowed, and done two days sooner', () => {
  const plan = fairWeek()
  const whole = levelledOf(levelPlan(plan, { seed: 1 }))
  const split = levelledOf(levelPlan(plan, { seed: 1, splitting: true }))
  expect(whole.projects[0]?.finishAfter).toBe(at('2026-01-14T17:00'))
  expect(split.projects[0]?.finishAfter).toBe(at('2026-01-12T17:00'))
  expect(split.moves).toMatchObject([
    {
      task: 'documentation',
      fromMinute: START,
      toMinute: START,
      toFinishMinute: at('2026-01-12T17:00'),
      delayMinutes: 0,
      parts: [
        { fromMinute: START, toMinute: at('2026-01-06T17:00') },
        { fromMinute: at('2026-01-09T08:00'), toMinute: at('2026-01-12T17:00') },
      ],
      why: { kind: 'resource', resource: 'dba', heldBy: [{ task: 'fair' }] },
    },
  ])
})

test('the parts are work pieces that the plan schedules to the same dates, and a second levelling has nothing to do', () => {
  const split = levelledOf(levelPlan(fairWeek(), { seed: 1, splitting: true }))
  const plan = split.projects[0]?.plan ?? fairWeek()
  expect(plan.assignments[0]?.pieces?.map((piece) => piece.workMinutes)).toEqual([days(2), days(2)])
  const after = schedule(plan)
  if ('refused' in after) throw new Error(after.refused.code)
  expect(after.tasks[0]?.finishMinute).toBe(at('2026-01-12T17:00'))
  const again = levelledOf(levelPlan(plan, { seed: 1, splitting: true }))
  expect([again.moves, again.overloads]).toEqual([[], []])
})

test('a task that may not be split waits in one piece', () => {
  const plan = fairWeek({ levelingCanSplit: false })
  const answer = levelledOf(levelPlan(plan, { seed: 1, splitting: true }))
  expect(answer.moves).toMatchObject([{ task: 'documentation', toMinute: at('2026-01-09T08:00') }])
})

test('what is left of started work waits until the status date or until its people are free', () => {
  const plan = fairWeek({ actualStartMinute: START, actualDurationMinutes: days(1), stopMinute: null })
  const answer = levelledOf(levelPlan(plan, { seed: 1, splitting: true }))
  expect(answer.moves).toMatchObject([
    {
      task: 'documentation',
      fromMinute: START,
      toMinute: START,
      toFinishMinute: at('2026-01-13T17:00'),
      rest: { stopMinute: at('2026-01-05T17:00'), resumeMinute: at('2026-01-08T17:00') },
    },
  ])
  expect(answer.overloads).toEqual([])
  const kept = levelledOf(levelPlan(plan, { seed: 1 }))
  expect(kept.moves).toEqual([])
  expect(kept.overloads[0]?.tasks).toMatchObject([
    { task: 'documentation', heldBy: 'started' },
    { task: 'fair', heldBy: 'must' },
  ])
})

test('nobody there at all is told with the task, and nothing is searched for', () => {
  const plan = fairWeek()
  const answer = levelledOf(levelPlan({ ...plan, resources: [{ id: 'dba', maxUnits: 0 }] }, { seed: 1 }))
  expect(answer.moves).toEqual([])
  expect(answer.unlevelled).toEqual([
    { project: '', task: 'documentation', reason: 'noCapacity', resource: 'dba' },
  ])
  expect(answer.overloads).not.toEqual([])
  const unknown = { ...plan, resources: [] }
  expect(levelPlan(unknown, { seed: 1 })).toMatchObject({
    refused: { code: 'schedule.unknownResource', facts: { resource: 'dba' } },
  })
})

test('one person under two names in two projects is there only once', () => {
  const plan = (resource: string) =>
    planOf({
      tasks: [{ id: 'design', durationMinutes: days(2) }],
      resources: [{ id: resource }],
      assignments: [assign('design', resource)],
    })
  const project = (id: string, resource: string, person: string) => ({
    id,
    plan: plan(resource),
    personOf: new Map([[resource, person]]),
  })
  const same = [project('ERP', 'ruth', 'p1'), project('Portal', 'R. Abara', 'p1')]
  expect(levelledOf(levelPlans(same, { seed: 1 })).moves).toMatchObject([
    { project: 'Portal', toMinute: at('2026-01-07T08:00') },
  ])
  const strangers = [project('ERP', 'ruth', 'p1'), project('Portal', 'R. Abara', 'p2')]
  expect(levelledOf(levelPlans(strangers, { seed: 1 })).moves).toEqual([])
})

test('only tasks within the range move, and those outside say so', () => {
  const plan = planOf({
    tasks: ['a', 'b'].map((id): PlanTask => ({ id, durationMinutes: days(2) })),
    assignments: ['a', 'b'].map((id) => assign(id, 'dba')),
  })
  const later = levelledOf(levelPlan(plan, { seed: 1, fromMinute: at('2026-02-01T00:00') }))
  expect(later.moves).toEqual([])
  expect(later.overloads[0]?.tasks).toMatchObject([{ heldBy: 'outside' }, { heldBy: 'outside' }])
  expect(levelledOf(levelPlan(plan, { seed: 1, toMinute: at('2026-02-01T00:00') })).moves).toHaveLength(1)
})

test('the plan’s own order, the least slack or the priority decides who goes first', () => {
  const tasks: PlanTask[] = [
    { id: 'first', durationMinutes: days(1), priority: 400 },
    { id: 'tight', durationMinutes: days(3), priority: 500 },
    { id: 'urgent', durationMinutes: days(2), priority: 600 },
  ]
  const plan = planOf({ tasks, assignments: tasks.map(({ id }) => assign(id, 'dba')) })
  const order = (way: 'priority' | 'standard' | 'plan') => {
    const after = schedule(
      levelledOf(levelPlan(plan, { seed: 1, order: way, schedules: 0 })).projects[0]?.plan ?? plan,
    )
    if ('refused' in after) throw new Error(after.refused.code)
    return [...after.tasks].sort((a, b) => a.startMinute - b.startMinute).map(({ id }) => id)
  }
  expect(order('plan')).toEqual(['first', 'tight', 'urgent'])
  expect(order('standard')).toEqual(['tight', 'urgent', 'first'])
  expect(order('priority')).toEqual(['urgent', 'tight', 'first'])
})

test('a search can be left at any step with the best so far; nobody can be done before their work is', () => {
  const tasks = [3, 4, 5, 6, 2].map((length, i): PlanTask => ({ id: `t${i}`, durationMinutes: days(length) }))
  const plan = planOf({ tasks, assignments: tasks.map(({ id }) => assign(id, 'dba')) })
  const [first, ...more] = levellingSteps([{ id: 'ERP', plan }], { seed: 1 })
  if (!first || 'refused' in first) throw new Error('no step')
  // Twenty days of work from Monday 5 January: nobody is through before Friday 30 January.
  expect(first.finishes).toEqual([
    { finishMinute: at('2026-01-30T17:00'), boundMinute: at('2026-01-30T17:00') },
  ])
  expect(first.answer()).toMatchObject({ proven: true, schedules: 1 })
  expect(more).toEqual([])
})
