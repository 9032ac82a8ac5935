import { expect, test } from 'vitest'
import { assigned, at, DAY, link, person, planOf, task, working } from '../cases/case.ts'
import type { Plan, PlanTask } from '../plan.ts'
import { schedule } from '../schedule.ts'
import type { BaselineDates, HealthInput, HealthPoint } from './facts.ts'
import { scheduleHealth } from './health.ts'

type More = Omit<HealthInput, 'plan' | 'schedule'>

function pointsOf(plan: Plan, more: More = {}): readonly HealthPoint[] {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  const health = scheduleHealth({ plan, schedule: answer, ...more })
  if ('refused' in health) throw new Error(health.refused.code)
  return health.points
}

const pointOf = (number: number, plan: Plan, more: More = {}) =>
  pointsOf(plan, more)[number - 1] as HealthPoint

const LIMITS: [
  number,
  string,
  HealthPoint['unit'],
  number,
  HealthPoint['better'],
  HealthPoint['notApplicable'],
][] = [
  [1, 'Logic', '%', 5, 'less', 'noTasks'],
  [2, 'Leads', '%', 0, 'less', 'noLinks'],
  [3, 'Lags', '%', 5, 'less', 'noLinks'],
  [4, 'Relationship types', '%', 90, 'more', 'noLinks'],
  [5, 'Hard constraints', '%', 5, 'less', 'noTasks'],
  [6, 'High float', '%', 5, 'less', 'noTasks'],
  [7, 'Negative float', '%', 0, 'less', 'noTasks'],
  [8, 'High duration', '%', 5, 'less', 'noTasks'],
  [9, 'Invalid dates', '%', 0, 'less', 'noStatusDate'],
  [10, 'Resources', '%', 0, 'less', 'noTasks'],
  [11, 'Missed tasks', '%', 5, 'less', 'noBaseline'],
  [12, 'Critical path test', 'days', 600, 'more', 'noTasks'],
  [13, 'Critical path length index', 'index', 0.95, 'more', 'noBaseline'],
  [14, 'Baseline execution index', 'index', 0.95, 'more', 'noBaseline'],
]

test('the fourteen points say their name, unit and limit also where nothing can be measured', () => {
  expect(pointsOf(planOf({}))).toEqual(
    LIMITS.map(([number, name, unit, threshold, better, notApplicable]) => ({
      number,
      name,
      unit,
      threshold,
      better,
      notApplicable,
      value: null,
      pass: null,
      offenders: [],
    })),
  )
  expect(pointOf(9, planOf({}), { statusMinute: at('2026-01-05') })).toMatchObject({
    unit: '%',
    notApplicable: 'noTasks',
  })
})

test('a sound plan half way passes all points that apply, with the same units and limits', () => {
  const plan = planOf({
    tasks: [task('order', 1, doneOn('2026-01-05')), task('build', 2), task('test', 1), task('ready', 0)],
    links: [link('order', 'build'), link('build', 'test'), link('test', 'ready')],
    resources: [person('Ruth')],
    assignments: ['build', 'test'].map((id) => assigned(id, 'Ruth', 1)),
  })
  const baseline = new Map<string, BaselineDates>([
    ['order', { finishMinute: at('2026-01-05T17:00'), durationMinutes: DAY }],
    ['build', { finishMinute: at('2026-01-07T17:00'), durationMinutes: 2 * DAY }],
    ['test', { finishMinute: at('2026-01-08T17:00'), durationMinutes: DAY }],
    ['ready', { finishMinute: at('2026-01-08T17:00'), durationMinutes: 0 }],
  ])
  const points = pointsOf(plan, {
    baseline,
    statusMinute: at('2026-01-06T08:00'),
    settings: { missingLogicPercent: 50 },
  })
  expect(points.map(({ number, unit, better, value, pass }) => [number, unit, better, value, pass])).toEqual([
    // Of three open tasks only the milestone at the end is loose.
    [1, '%', 'less', 33.33, true],
    [2, '%', 'less', 0, true],
    [3, '%', 'less', 0, true],
    [4, '%', 'more', 100, true],
    [5, '%', 'less', 0, true],
    [6, '%', 'less', 0, true],
    [7, '%', 'less', 0, true],
    [8, '%', 'less', 0, true],
    [9, '%', 'less', 0, true],
    [10, '%', 'less', 0, true],
    [11, '%', 'less', 0, true],
    [12, 'days', 'more', 600, true],
    [13, 'index', 'more', 1, true],
    [14, 'index', 'more', 1, true],
  ])
})

test('5 Hard constraints: what must start or finish on a date, or not later, is held; all else is free', () => {
  const held = (constraint: PlanTask['constraint']) =>
    pointOf(
      5,
      planOf({ tasks: [task('build', 1, { constraint, constraintMinute: at('2026-01-07T08:00') })] }),
    ).offenders
  for (const hard of ['mso', 'mfo', 'snlt', 'fnlt'] as const)
    expect([hard, held(hard)]).toEqual([hard, ['build']])
  for (const soft of ['asap', 'alap', 'snet', 'fnet', null] as const)
    expect([soft, held(soft)]).toEqual([soft, []])
})

test('milestones have neither float nor duration nor people to be judged by', () => {
  const plan = planOf({ tasks: [task('go', 0), task('build', 50)], links: [link('go', 'build')] })
  expect([6, 7, 8, 10].map((number) => pointOf(number, plan).of)).toEqual([1, 1, 1, 1])
  const ready = planOf({ tasks: [task('go', 0)] })
  expect([6, 7, 8, 10].map((number) => pointOf(number, ready).notApplicable)).toEqual(
    Array(4).fill('noTasks'),
  )
})

test('8 High duration: a baseline with two dates but no duration is counted in working days', () => {
  const agreed = (start: string, finish: string) =>
    new Map([['build', { startMinute: at(start), finishMinute: at(finish) }]])
  const plan = planOf({ tasks: [task('build', 1)] })
  // 45 working days from Monday, 5 January, end on Friday, 6 March.
  expect(pointOf(8, plan, { baseline: agreed('2026-01-05T08:00', '2026-03-06T17:00') }).offenders).toEqual([
    'build',
  ])
  expect(pointOf(8, plan, { baseline: agreed('2026-01-05T08:00', '2026-03-05T17:00') }).offenders).toEqual([])
  const longer = planOf({ tasks: [task('build', 45)] })
  const startOnly = new Map([['build', { startMinute: at('2026-01-05T08:00') }]])
  expect(pointOf(8, longer, { baseline: startOnly }).offenders).toEqual(['build'])
})

test('10 Resources: a day is long enough to need somebody, and nobody is no resource', () => {
  const plan = planOf({
    tasks: [task('day', 1), task('short', 0.9), task('split', 2)],
    assignments: [{ id: 'a', task: 'split', resource: null }],
  })
  expect(pointOf(10, plan)).toMatchObject({ of: 2, value: 100, offenders: ['day', 'split'] })
})

const STATUS = at('2026-01-14T17:00')
const DATED: [string, Partial<PlanTask>, boolean][] = [
  ['finished last week', doneOn('2026-01-06'), false],
  ['finished on the status date', doneOn('2026-01-14'), false],
  ['finished tomorrow', doneOn('2026-01-15'), true],
  [
    'begun today and said to have finished tomorrow',
    { actualStartMinute: at('2026-01-14T08:00'), actualFinishMinute: at('2026-01-15T17:00') },
    true,
  ],
  ['said to be whole, without dates', { percentComplete: 100 }, false],
  ['started last week and due to end last week', { actualStartMinute: at('2026-01-06T08:00') }, true],
  ['started today and ending today', { actualStartMinute: at('2026-01-14T08:00') }, false],
  ['started yesterday and ending at once', { actualStartMinute: at('2026-01-13T17:00') }, false],
  ['begun at the very status date', { actualStartMinute: STATUS }, false],
  [
    'to begin this morning and not begun',
    { constraint: 'snet', constraintMinute: at('2026-01-14T09:00') },
    true,
  ],
  [
    'to begin this morning, its actual start empty',
    { constraint: 'snet', constraintMinute: at('2026-01-14T09:00'), actualStartMinute: null },
    true,
  ],
  ['to begin tomorrow', { constraint: 'snet', constraintMinute: at('2026-01-15T08:00') }, false],
]
for (const [what, more, invalid] of DATED)
  test(`9 Invalid dates: on 14 January a task ${what} is ${invalid ? 'at fault' : 'in order'}`, () => {
    const found = pointOf(9, planOf({ tasks: [task('build', 1, more)] }), { statusMinute: STATUS })
    expect(found.offenders).toEqual(invalid ? ['build'] : [])
  })

test('9 Invalid dates: a task that starts at the very status date is not in the past', () => {
  const from = (status: string) =>
    pointOf(9, planOf({ tasks: [task('build', 1)] }), { statusMinute: at(status) }).offenders
  expect(from('2026-01-05T08:00')).toEqual([])
  expect(from('2026-01-05T09:00')).toEqual(['build'])
})

test('a task is finished with an actual finish or at 100 %, and not at 99 %', () => {
  const open = (more: Partial<PlanTask>) => pointOf(5, planOf({ tasks: [task('build', 1, more)] })).of ?? 0
  expect(open({ percentComplete: 100 })).toBe(0)
  expect(open({ percentComplete: 99 })).toBe(1)
  expect(open({ actualFinishMinute: null })).toBe(1)
  expect(open({})).toBe(1)
  expect(open(doneOn('2026-01-05'))).toBe(0)
})

test('links into finished tasks and of inactive ones are not judged', () => {
  const plan = planOf({
    tasks: [
      task('done', 1, doneOn('2026-01-05')),
      task('also done', 1, doneOn('2026-01-06')),
      task('build', 2),
      task('dropped', 1, { active: false }),
      task('test', 1),
    ],
    links: [
      link('done', 'also done', 'fs', working(1)),
      link('also done', 'build'),
      link('dropped', 'test', 'ss'),
      link('build', 'dropped', 'ss'),
    ],
  })
  expect(pointOf(3, plan)).toMatchObject({ of: 1, value: 0 })
  expect(pointOf(4, plan)).toMatchObject({ of: 1, value: 100 })
  // The link to a dropped task leads nowhere, that of a finished one does.
  expect(pointOf(1, plan)).toMatchObject({ of: 2, offenders: ['build', 'test'] })
  const all = pointOf(1, plan, { settings: { logicOf: 'all' } })
  expect(all).toMatchObject({ of: 4, offenders: ['done', 'build', 'test'] })
})

test('11 Missed tasks: what is whole without a date has the finish it was scheduled for', () => {
  const plan = planOf({ tasks: [task('build', 2, { percentComplete: 100 })] })
  const missed = (finish: string) =>
    pointOf(11, plan, { baseline: new Map([['build', { finishMinute: at(finish) }]]), statusMinute: STATUS })
  expect(missed('2026-01-06T17:00')).toMatchObject({ offenders: [], unit: '%', of: 1 })
  expect(missed('2026-01-05T17:00').offenders).toEqual(['build'])
})

test('11 and 14 need a status date, and something due by it', () => {
  const plan = planOf({ tasks: [task('build', 2)] })
  const baseline = new Map([['build', { finishMinute: at('2026-01-06T17:00') }]])
  const why = (more: More) =>
    [11, 14].map((number) => {
      const { unit, notApplicable } = pointOf(number, plan, more)
      return `${unit} ${notApplicable}`
    })
  expect(why({ baseline })).toEqual(['% noStatusDate', 'index noStatusDate'])
  expect(why({ baseline, statusMinute: at('2026-01-05T17:00') })).toEqual([
    '% nothingDue',
    'index nothingDue',
  ])
  expect(why({ statusMinute: STATUS })).toEqual(['% noBaseline', 'index noBaseline'])
})

test('13 Critical path length index: those who end after the agreed finish are named, without work to do it is silent', () => {
  const plan = planOf({ tasks: [task('long', 10), task('agreed', 5), task('short', 2)] })
  const baseline = new Map([['long', { finishMinute: at('2026-01-09T17:00') }]])
  // Ten days to go and five late.
  expect(pointOf(13, plan, { baseline })).toMatchObject({ value: 0.5, unit: 'index', offenders: ['long'] })
  const silent = { value: null, unit: 'index', notApplicable: 'noTasks' }
  for (const status of ['2026-01-16T17:00', '2026-02-02T08:00'])
    expect(pointOf(13, plan, { baseline, statusMinute: at(status) })).toMatchObject(silent)
  const whole = planOf({ tasks: [task('long', 10, { percentComplete: 100 })] })
  expect(pointOf(13, whole, { baseline })).toMatchObject(silent)
})

test('14 Baseline execution index: nineteen of twenty are just enough', () => {
  const tasks = Array.from({ length: 20 }, (_, n) => task(`t${n}`, 1, n < 19 ? doneOn('2026-01-05') : {}))
  const baseline = new Map(tasks.map(({ id }) => [id, { finishMinute: at('2026-01-05T17:00') }]))
  const point = pointOf(14, planOf({ tasks }), { baseline, statusMinute: STATUS })
  expect(point).toMatchObject({ value: 0.95, unit: 'index', pass: true, offenders: ['t19'] })
})

test('a plan whose calendars make no sense has no health', () => {
  const plan = planOf({ tasks: [task('build', 1)] })
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  const lost = { ...plan, project: { ...plan.project, calendar: 'lost' } }
  expect(scheduleHealth({ plan: lost, schedule: answer })).toEqual({
    refused: { code: 'schedule.unknownCalendar', facts: { calendar: 'lost' } },
  })
  const odd = { ...plan, calendars: [{ id: 'standard', week: [] }] }
  expect(scheduleHealth({ plan: odd, schedule: answer })).toMatchObject({
    refused: { code: 'schedule.badWeek' },
  })
})

function doneOn(day: string): Partial<PlanTask> {
  return {
    actualStartMinute: at(`${day}T08:00`),
    actualFinishMinute: at(`${day}T17:00`),
    percentComplete: 100,
  }
}
