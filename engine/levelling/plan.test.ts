import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWorking, compileWorkingTime, nextWorking } from '../calendar/calendar.ts'
import type { WorkingTime } from '../calendar/working-time.ts'
import { at, DAY, DAY_SHIFTS, weekOf } from '../cases/case.ts'
import type { Plan, PlanAssignment, PlanLink, PlanTask, Schedule } from '../plan.ts'
import { schedule } from '../schedule.ts'
import { levelPlan, levelPlans, type PlanLevelling } from './plan.ts'

const SEED = 20_260_105
const START = at('2026-01-05T08:00')
const STANDARD = { id: 'standard', week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS) }
const EARLY = {
  id: 'early',
  week: weekOf([1, 2, 3, 4], [{ fromMinute: 360, toMinute: 840 }]),
}
const NIGHT = {
  id: 'night',
  week: weekOf([0, 1, 2, 3, 4, 5, 6], [{ fromMinute: 1320, toMinute: 1440 }]),
}

function planOf(parts: Partial<Plan>): Plan {
  return {
    project: { calendar: 'standard', startMinute: START },
    calendars: [STANDARD, EARLY, NIGHT],
    tasks: [],
    links: [],
    resources: [{ id: 'dba', name: 'DBA' }],
    assignments: [],
    ...parts,
  }
}

function done(plan: Plan): Schedule {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer
}

function levelledOf(answer: ReturnType<typeof levelPlan>): PlanLevelling {
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer
}

const days = (count: number) => count * DAY
const assign = (task: string, resource: string, units = 1): PlanAssignment => ({
  id: `${task}-${resource}`,
  task,
  resource,
  units,
})

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

const plans = fc
  .array(
    fc.record({
      days: fc.integer({ min: 0, max: 6 }),
      people: fc.uniqueArray(fc.record({ who: fc.nat({ max: 2 }), half: fc.boolean() }), {
        maxLength: 2,
        selector: (use) => use.who,
      }),
      priority: fc.constantFrom(300, 500, 500, 500, 900, 1000),
      special: fc.constantFrom(
        '',
        '',
        '',
        '',
        '',
        'alap',
        'snlt',
        'fnet',
        'snet',
        'mso',
        'started',
        'manual',
        'early',
        'elapsed',
        'late',
      ),
      under: fc.boolean(),
    }),
    { minLength: 2, maxLength: 12 },
  )
  .chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      links: fc.uniqueArray(
        fc.record({
          from: fc.nat({ max: rows.length - 1 }),
          to: fc.nat({ max: rows.length - 1 }),
          type: fc.constantFrom('fs', 'fs', 'fs', 'ss', 'ff', 'sf'),
          lagDays: fc.constantFrom(0, 0, 0, 1, -1),
        }),
        { maxLength: 10, selector: (link) => `${link.from}-${link.to}` },
      ),
    }),
  )
  .map(({ rows, links }) => {
    const people = ['ann', 'bob', 'cem']
    const dayOf = (i: number) => at('2026-01-06T08:00') + (i % 7) * 1440
    const tasks = rows.map(({ days: length, priority, special, under }, i): PlanTask => {
      const task: PlanTask = {
        id: `t${i}`,
        durationMinutes: days(length),
        priority,
      }
      const placed = under ? { ...task, parent: 'phase' } : task
      if (special === 'alap') return { ...placed, constraint: special }
      if (special === 'snet' || special === 'mso' || special === 'snlt' || special === 'fnet')
        return { ...placed, constraint: special, constraintMinute: dayOf(i) }
      if (special === 'started') return { ...placed, actualStartMinute: START }
      if (special === 'manual')
        return {
          ...placed,
          mode: 'manual',
          manualStartMinute: dayOf(i),
          manualFinishMinute: dayOf(i) + 1980,
        }
      if (special === 'early') return { ...placed, calendar: 'early', ignoreResourceCalendar: true }
      if (special === 'elapsed') return { ...placed, durationElapsed: true }
      return placed
    })
    const assignments = rows.flatMap(({ people: uses, special }, i) =>
      uses.map(({ who, half }): PlanAssignment => {
        const units = half ? 0.5 : 1
        const workMinutes = units * (tasks[i]?.durationMinutes ?? 0)
        const made = {
          ...assign(`t${i}`, people[who] ?? '', units),
          workMinutes,
        }
        return special === 'late' ? { ...made, delayMinutes: days(1) } : made
      }),
    )
    return planOf({
      tasks: [{ id: 'phase' }, ...tasks],
      assignments,
      resources: people.map((id, i) => ({
        id,
        calendar: i === 1 ? 'early' : 'standard',
      })),
      links: links
        .filter((link) => link.from < link.to)
        .map(({ from, to, type, lagDays }, i) => ({
          id: `l${i}`,
          predecessor: `t${from}`,
          successor: `t${to}`,
          type: type as PlanLink['type'],
          lag: { kind: 'working' as const, minutes: days(lagDays) },
        })),
    })
  })

test('levelled plans, scheduled again, have the levelled dates and nobody has too much to do', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(plans, fc.constantFrom('extend' as const, 'withinSlack' as const), (plan, room) => {
      const answer = levelledOf(levelPlan(plan, { seed: 7, room, schedules: 100 }))
      expect(levelPlan(plan, { seed: 7, room, schedules: 100 })).toEqual(answer)
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
    }),
    { numRuns: 300, seed: SEED },
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

/** A second, slow look: who has more to do than one person can, half an hour after half an hour. */
function overloadedByHour(plan: Plan, answer: Schedule): Set<string> {
  const calendars = compileWorkingTime(plan.calendars, 2026)
  if ('refused' in calendars) throw new Error(calendars.refused.code)
  const calendarOf = (id: string) => calendars.byId.get(id) as WorkingTime
  const overloaded = new Set<string>()
  const dates = new Map(answer.tasks.map((task) => [task.id, task]))
  for (const { id, calendar } of plan.resources)
    for (let minute = answer.startMinute; minute < answer.finishMinute; minute += 30) {
      let load = 0
      for (const { task, resource, units, delayMinutes } of plan.assignments) {
        const row = dates.get(task)
        const given = plan.tasks.find((each) => each.id === task)
        if (resource !== id || !row || !given || given.actualStartMinute !== undefined || delayMinutes)
          continue
        // Without work nobody's calendar counts but the project's.
        const idle = given.durationMinutes === 0
        const times = given.ignoreResourceCalendar
          ? given.calendar
          : idle
            ? 'standard'
            : (calendar ?? 'standard')
        const works = given.durationElapsed || nextWorking(calendarOf(times ?? 'standard'), minute) === minute
        const alone = addWorking(calendarOf(times ?? 'standard'), row.startMinute, given.durationMinutes ?? 0)
        const own = given.durationElapsed || given.mode === 'manual'
        const finish = own ? row.finishMinute : Math.min(alone, row.finishMinute)
        if (works && row.startMinute <= minute && minute + 30 <= finish) load += units ?? 1
      }
      if (load > 1.0001) overloaded.add(id)
    }
  return overloaded
}
