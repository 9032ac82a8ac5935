import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWorking, compileWorkingTime, nextWorking } from '../calendar/calendar.ts'
import type { WorkingTime } from '../calendar/working-time.ts'
import { at } from '../cases/case.ts'
import { assign, crowdedPlans, days, planOf, START } from '../cases/crowded-plans.arbitrary.ts'
import { lawRuns } from '../cases/law-runs.ts'
import type { Plan, PlanAssignment, PlanLink, PlanTask } from '../plan.ts'
import { schedule } from '../schedule.ts'
import { levelPlan } from './plan.ts'
import { type ResourceCritical, resourceCritical } from './plan-critical.ts'

function criticalOf(plan: Plan): ResourceCritical {
  const answer = resourceCritical(plan)
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer
}

function levelled(plan: Plan, splitting = false): Plan {
  const answer = levelPlan(plan, { seed: 3, schedules: 100, splitting })
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer.projects[0]?.plan ?? plan
}

test('the load test waits for the DBA, who migrates; both are critical although no link joins them', () => {
  const plan = planOf({
    tasks: [
      { id: 'migration', durationMinutes: days(3), priority: 700 },
      { id: 'load test', durationMinutes: days(4) },
      { id: 'training', durationMinutes: days(5) },
    ],
    resources: [{ id: 'dba' }, { id: 'trainer' }],
    assignments: [assign('migration', 'dba'), assign('load test', 'dba'), assign('training', 'trainer')],
  })
  const { tasks, chain } = criticalOf(levelled(plan))
  expect(tasks.map(({ id, slackMinutes, critical }) => [id, slackMinutes / days(1), critical])).toEqual([
    ['migration', 0, true],
    ['load test', 0, true],
    ['training', 2, false],
  ])
  expect(tasks[0]?.logicSlackMinutes).toBe(days(4))
  expect(tasks[1]?.waitsFor).toEqual({
    resource: 'dba',
    task: 'migration',
    freeAtMinute: at('2026-01-07T17:00'),
    couldStartMinute: START,
    soonerMinutes: days(3),
  })
  expect(chain).toEqual([{ task: 'migration' }, { task: 'load test', resource: 'dba' }])
})

test('a task that waits for a person gives its predecessors the slack of the waiting', () => {
  const plan = planOf({
    tasks: [
      { id: 'install', durationMinutes: days(1) },
      { id: 'tune', durationMinutes: days(2) },
      { id: 'restore test', durationMinutes: days(6), priority: 800 },
    ],
    links: [{ id: 'l', predecessor: 'install', successor: 'tune', type: 'fs' }],
    resources: [{ id: 'dba' }, { id: 'admin' }],
    assignments: [assign('install', 'admin'), assign('tune', 'dba'), assign('restore test', 'dba')],
  })
  const { tasks } = criticalOf(levelled(plan))
  expect(tasks.map(({ slackMinutes }) => slackMinutes / days(1))).toEqual([5, 0, 0])
})

test('whoever is counted in takes slack, and never gives any', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(crowdedPlans, fc.boolean(), (plan, splitting) => {
      const after = levelled(plan, splitting)
      for (const stands of [plan, after])
        for (const { id, slackMinutes, logicSlackMinutes } of criticalOf(stands).tasks)
          expect([id, slackMinutes]).toEqual([id, Math.min(slackMinutes, logicSlackMinutes)])
    }),
    lawRuns(200),
  )
})

/** Plans of tasks in one calendar with finish-to-start links, for two people and one pair. */
const plainPlans = fc
  .array(
    fc.record({
      length: fc.integer({ min: 1, max: 5 }),
      who: fc.nat({ max: 2 }),
      after: fc.option(fc.nat({ max: 11 }), { nil: undefined }),
      priority: fc.constantFrom(400, 500, 600),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .map((rows) => {
    const tasks = rows.map(
      ({ length, priority }, i): PlanTask => ({ id: `t${i}`, durationMinutes: days(length), priority }),
    )
    const assignments = rows.map(
      ({ who, length }, i): PlanAssignment => ({
        ...assign(`t${i}`, ['ann', 'bob', 'pair'][who] ?? ''),
        workMinutes: days(length),
      }),
    )
    const links = rows.flatMap(({ after }, i): PlanLink[] =>
      after === undefined || after >= i
        ? []
        : [{ id: `l${i}`, predecessor: `t${after}`, successor: `t${i}`, type: 'fs' }],
    )
    const resources = [{ id: 'ann' }, { id: 'bob' }, { id: 'pair', maxUnits: 2 }]
    return planOf({ tasks, assignments, links, resources })
  })

test('an unbroken chain of critical tasks leads from the start of the project to its finish', () => {
  fc.assert(
    fc.property(plainPlans, (plan) => {
      const after = levelled(plan)
      const dates = schedule(after)
      const calendars = compileWorkingTime(after.calendars, 2026)
      if ('refused' in dates || 'refused' in calendars) throw new Error('refused')
      const { chain, tasks } = criticalOf(after)
      const stands = new Map(dates.tasks.map((task) => [task.id, task]))
      const standard = calendars.byId.get('standard') as WorkingTime
      let end = START
      for (const { task } of chain) {
        expect(stands.get(task)?.startMinute).toBe(nextWorking(standard, end))
        expect(tasks.find(({ id }) => id === task)?.critical).toBe(true)
        end = stands.get(task)?.finishMinute ?? 0
      }
      expect(end).toBe(dates.finishMinute)
    }),
    lawRuns(300),
  )
})

test('people in the same order, a day more on a task moves the finish exactly when its slack is used up', () => {
  fc.assert(
    fc.property(plainPlans, fc.nat(), (plan, pick) => {
      const after = levelled(plan)
      const { tasks, plan: inOrder, finishMinute } = criticalOf(after)
      const task = tasks[pick % tasks.length]
      const finishOf = (each: Plan) => {
        const dates = schedule(each)
        return 'refused' in dates ? 0 : dates.finishMinute
      }
      expect(finishOf(inOrder)).toBe(finishMinute)
      const longer = {
        ...inOrder,
        tasks: inOrder.tasks.map((each) =>
          each.id === task?.id ? { ...each, durationMinutes: (each.durationMinutes ?? 0) + days(1) } : each,
        ),
        assignments: inOrder.assignments.map((each) =>
          each.task === task?.id ? { ...each, workMinutes: (each.workMinutes ?? 0) + days(1) } : each,
        ),
      }
      const slip = days(1) - (task?.slackMinutes ?? 0)
      const calendars = compileWorkingTime(plan.calendars, 2026)
      if ('refused' in calendars) throw new Error('refused')
      const standard = calendars.byId.get('standard') as WorkingTime
      expect(finishOf(longer)).toBe(slip > 0 ? addWorking(standard, finishMinute, slip) : finishMinute)
    }),
    lawRuns(300),
  )
})
