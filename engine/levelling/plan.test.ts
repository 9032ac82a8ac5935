import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at } from '../cases/case.ts'
import {
  assign,
  crowdedPlans,
  days,
  overloadedByHour,
  planOf,
  START,
} from '../cases/crowded-plans.arbitrary.ts'
import { lawRuns } from '../cases/law-runs.ts'
import type { Plan, PlanAssignment, PlanLink, PlanTask, Schedule } from '../plan.ts'
import { schedule } from '../schedule.ts'
import { levelPlan, levelPlans } from './plan.ts'
import type { PlanLevelling } from './plan-levelling.ts'

function done(plan: Plan): Schedule {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer
}

function levelledOf(answer: ReturnType<typeof levelPlan>): PlanLevelling {
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer
}

test('the migration waits two days for the DBA, who is held by the load test of higher priority', () => {
  const plan = planOf({
    tasks: [
      { id: 'migration', durationMinutes: days(3), priority: 500 },
      { id: 'load test', durationMinutes: days(2), priority: 700 },
    ],
    assignments: [assign('migration', 'dba'), assign('load test', 'dba')],
  })
  const answer = levelledOf(levelPlan(plan, { seed: 1 }))
  expect(answer.moves).toEqual([
    {
      project: '',
      task: 'migration',
      fromMinute: START,
      toMinute: at('2026-01-07T08:00'),
      fromFinishMinute: at('2026-01-07T17:00'),
      toFinishMinute: at('2026-01-09T17:00'),
      delayMinutes: at('2026-01-06T17:00') - START,
      why: {
        kind: 'resource',
        resource: 'dba',
        priority: 500,
        heldBy: [{ project: '', task: 'load test', priority: 700, urgency: 700 }],
        freeAtMinute: at('2026-01-06T17:00'),
      },
    },
  ])
  expect(answer.projects[0]).toMatchObject({
    finishBefore: at('2026-01-07T17:00'),
    finishAfter: at('2026-01-09T17:00'),
  })
  expect(answer.overloads).toEqual([])
})

test('two people at half time fit beside each other, a third waits', () => {
  const plan = planOf({
    tasks: ['a', 'b', 'c'].map((id): PlanTask => ({ id, durationMinutes: days(1) })),
    assignments: ['a', 'b', 'c'].map((id) => assign(id, 'dba', 0.5)),
  })
  const answer = levelledOf(levelPlan(plan, { seed: 1 }))
  expect(answer.moves.map((move) => [move.task, move.toMinute])).toEqual([['c', at('2026-01-06T08:00')]])
})

test('within slack only, what has no slack stays and its overload is told', () => {
  const tasks: PlanTask[] = [
    { id: 'a', durationMinutes: days(3) },
    { id: 'b', durationMinutes: days(3) },
  ]
  const plan = planOf({
    tasks,
    assignments: [assign('a', 'dba'), assign('b', 'dba')],
  })
  const answer = levelledOf(levelPlan(plan, { seed: 1, room: 'withinSlack' }))
  expect(answer.moves).toEqual([])
  expect(answer.unlevelled).toMatchObject([{ reason: 'noSlack', resource: 'dba' }])
  expect(answer.overloads).toMatchObject([
    {
      resource: 'dba',
      fromMinute: START,
      toMinute: at('2026-01-07T17:00'),
      tasks: [{ task: 'a' }, { task: 'b' }],
    },
  ])
})

test('a demand beyond what there is is reported and takes the resource alone', () => {
  const tasks: PlanTask[] = [
    { id: 'a', durationMinutes: days(1) },
    { id: 'b', durationMinutes: days(1) },
  ]
  const plan = planOf({
    tasks,
    assignments: [assign('a', 'dba', 2), assign('b', 'dba')],
  })
  const answer = levelledOf(levelPlan(plan, { seed: 1 }))
  expect(answer.unlevelled).toEqual([{ project: '', task: 'a', reason: 'tooMuchDemand', resource: 'dba' }])
  expect(answer.moves.map((move) => move.task)).toEqual(['b'])
})

test('started work and work that must start on its day stay, the rest goes round them', () => {
  const plan = planOf({
    tasks: [
      { id: 'a', durationMinutes: days(2) },
      {
        id: 'begun',
        durationMinutes: days(2),
        actualStartMinute: START,
        actualDurationMinutes: days(1),
      },
      {
        id: 'fair',
        durationMinutes: days(1),
        constraint: 'mso',
        constraintMinute: at('2026-01-08T08:00'),
      },
    ],
    assignments: ['a', 'begun', 'fair'].map((id) => assign(id, 'dba')),
  })
  const answer = levelledOf(levelPlan(plan, { seed: 1 }))
  expect(answer.moves.map((move) => [move.task, move.toMinute])).toEqual([['a', at('2026-01-09T08:00')]])
  expect(answer.overloads).toEqual([])
})

test('two projects share one architect: the one that may wait does', () => {
  const plan = planOf({
    tasks: [{ id: 'design', durationMinutes: days(2) }],
    resources: [{ id: 'architect' }],
    assignments: [assign('design', 'architect')],
  })
  const urgent = {
    ...plan,
    tasks: plan.tasks.map((task) => ({ ...task, priority: 800 })),
  }
  const projects = [
    { id: 'ERP', plan },
    { id: 'Portal', plan: urgent },
  ]
  const answer = levelledOf(levelPlans(projects, { seed: 1 }))
  expect(answer.moves).toMatchObject([
    {
      project: 'ERP',
      task: 'design',
      why: { heldBy: [{ project: 'Portal', task: 'design', priority: 800 }] },
    },
  ])
})

test('the search beats the rule where the rule is short-sighted, and never does worse', () => {
  const answerOf = (schedules: number) => {
    const plan = crowdedPlan()
    return levelledOf(levelPlan(plan, { seed: 1, schedules })).projects[0]?.finishAfter ?? 0
  }
  expect(answerOf(2_000)).toBeLessThan(answerOf(0))
})

/** Thirty tasks of odd lengths for three people, most of whom are needed in pairs. */
function crowdedPlan(): Plan {
  const people = ['ann', 'bob', 'cem']
  const tasks: PlanTask[] = []
  const links: PlanLink[] = []
  const assignments: PlanAssignment[] = []
  for (let i = 0; i < 30; i++) {
    const id = `t${i}`
    tasks.push({ id, durationMinutes: days(1 + ((i * 7) % 5)) })
    if (i >= 6)
      links.push({
        id: `l${i}`,
        predecessor: `t${(i * 5) % (i - 3)}`,
        successor: id,
        type: 'fs',
      })
    assignments.push(assign(id, people[i % 3] ?? ''))
    if (i % 2 === 0) assignments.push(assign(id, people[(i + 1) % 3] ?? ''))
  }
  return planOf({
    tasks,
    links,
    assignments,
    resources: people.map((id) => ({ id })),
  })
}

const ways = fc.record({
  room: fc.constantFrom('extend' as const, 'withinSlack' as const),
  splitting: fc.boolean(),
  order: fc.constantFrom('priority' as const, 'standard' as const, 'plan' as const),
})

test('levelled plans, scheduled again, have the levelled dates and nobody has too much to do', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(crowdedPlans, ways, (plan, way) => {
      const options = { seed: 7, schedules: 100, ...way }
      const { room } = way
      const answer = levelledOf(levelPlan(plan, options))
      expect(levelPlan(plan, options)).toEqual(answer)
      const project = answer.projects[0]
      if (!project) throw new Error('no project')
      const before = done(plan)
      const after = done(project.plan)
      expect(project.finishAfter).toBe(after.finishMinute)
      const moves = new Map(answer.moves.map((move) => [move.task, move]))
      for (const [i, task] of after.tasks.entries()) {
        if (task.summary) continue
        const stood = before.tasks[i]
        const move = moves.get(task.id)
        expect([task.startMinute, task.finishMinute]).toEqual(
          move ? [move.toMinute, move.toFinishMinute] : [stood?.startMinute, stood?.finishMinute],
        )
      }
      if (room === 'withinSlack' && before.tasks.every((task) => task.totalSlackMinutes >= 0))
        expect(after.finishMinute).toBeLessThanOrEqual(before.finishMinute)
      const told = answer.overloads.map((overload) => overload.resource)
      for (const who of overloadedByHour(project.plan, after)) expect(told).toContain(who)
      for (const { tasks } of answer.overloads)
        expect(tasks.some(({ task }) => isHeld(plan, answer, task))).toBe(true)
      expect(project.finishBound).toBeLessThanOrEqual(project.finishAfter)
      const again = levelledOf(levelPlan(project.plan, { ...options, splitting: false }))
      for (const { tasks } of again.overloads)
        expect(tasks.some(({ task }) => isHeld(plan, again, task))).toBe(true)
    }),
    lawRuns(300),
  )
})

/** An overload may be left only where a task could not be moved. */
function isHeld(plan: Plan, answer: PlanLevelling, id: string): boolean {
  const task = plan.tasks.find((each) => each.id === id)
  return (
    answer.unlevelled.some((each) => each.task === id) ||
    (task?.priority ?? 500) >= 1000 ||
    task?.mode === 'manual' ||
    task?.constraint === 'mso' ||
    // A task as late as possible runs away from its successor's delay and takes the successor along.
    plan.tasks.some((each) => each.constraint === 'alap') ||
    task?.actualStartMinute !== undefined
  )
}
