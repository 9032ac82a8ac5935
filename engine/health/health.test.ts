import { expect, test } from 'vitest'
import { at, DAY, link, person, planOf, task, working } from '../cases/case.ts'
import type { Plan } from '../plan.ts'
import { schedule } from '../schedule.ts'
import { pathLengthIndex } from './date-points.ts'
import type { BaselineDates, HealthInput, HealthPoint } from './facts.ts'
import { scheduleHealth, scoreOf } from './health.ts'

function checked(plan: Plan, more: Omit<HealthInput, 'plan' | 'schedule'> = {}) {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  const health = scheduleHealth({ plan, schedule: answer, ...more })
  if ('refused' in health) throw new Error(health.refused.code)
  const point = (number: number) => health.points[number - 1] as HealthPoint
  return { health, point }
}

/** `count` tasks of a day, each waiting for the one before: t1 … tn. */
function chainOf(count: number, more: Record<string, object> = {}) {
  const tasks = Array.from({ length: count }, (_, n) => task(`t${n + 1}`, 1, more[`t${n + 1}`]))
  const links = tasks.slice(1).map(({ id }, n) => link(`t${n + 1}`, id))
  return { tasks, links }
}

const agreed = (lines: Record<string, [finish: string, days?: number]>): Map<string, BaselineDates> =>
  new Map(
    Object.entries(lines).map(([id, [finish, days]]) => [
      id,
      { finishMinute: at(finish), ...(days === undefined ? {} : { durationMinutes: days * DAY }) },
    ]),
  )

test('1 Logic: of forty tasks in a row only the two ends are loose, 5 %', () => {
  expect(checked(planOf(chainOf(40))).point(1)).toMatchObject({
    value: 5,
    pass: true,
    offenders: ['t1', 't40'],
  })
})

test('1 Logic: of four tasks in a row the two ends are half of it', () => {
  const plan = planOf(chainOf(4))
  expect(checked(plan).point(1)).toMatchObject({ value: 50, threshold: 5, pass: false, count: 2, of: 4 })
  expect(checked(plan, { settings: { missingLogicPercent: 50 } }).point(1).pass).toBe(true)
})

test('1 Logic looks at finished tasks only when asked to', () => {
  const done = { actualStartMinute: at('2026-01-05T08:00'), actualFinishMinute: at('2026-01-05T17:00') }
  const plan = planOf(chainOf(4, { t1: { ...done, percentComplete: 100 } }))
  expect(checked(plan).point(1)).toMatchObject({ of: 3, offenders: ['t4'] })
  expect(checked(plan, { settings: { logicOf: 'all' } }).point(1)).toMatchObject({
    of: 4,
    offenders: ['t1', 't4'],
  })
})

test('2 Leads and 3 Lags: a lead fails, one lag in twenty links is let pass, two are not', () => {
  const { tasks, links } = chainOf(21)
  const plain = checked(planOf({ tasks, links }))
  expect(plain.point(2)).toMatchObject({ value: 0, pass: true })
  expect(plain.point(3)).toMatchObject({ value: 0, pass: true })
  const lagged = (places: number[], days: number) =>
    checked(
      planOf({
        tasks,
        links: links.map((each, n) => (places.includes(n) ? { ...each, lag: working(days) } : each)),
      }),
    )
  expect(lagged([4], 2).point(3)).toMatchObject({ value: 5, pass: true, offenders: ['t6'], links: ['t5→t6'] })
  expect(lagged([4, 9], 2).point(3)).toMatchObject({ value: 10, pass: false })
  expect(lagged([4], -1).point(2)).toMatchObject({ value: 5, threshold: 0, pass: false, offenders: ['t6'] })
  expect(lagged([4], -1).point(3).pass).toBe(true)
})

test('4 Relationship types: nine in ten finish-to-start pass, eight do not', () => {
  const { tasks, links } = chainOf(11)
  const typed = (count: number) =>
    checked(
      planOf({ tasks, links: links.map((each, n) => (n < count ? { ...each, type: 'ss' as const } : each)) }),
    )
  expect(typed(1).point(4)).toMatchObject({ value: 90, count: 9, of: 10, pass: true, offenders: ['t2'] })
  expect(typed(2).point(4)).toMatchObject({ value: 80, pass: false, offenders: ['t2', 't3'] })
})

test('5 Hard constraints: one task in twenty may be held, two may not; no-earlier-than is soft', () => {
  const held = { constraint: 'fnlt' as const, constraintMinute: at('2026-03-31T17:00') }
  const soft = { constraint: 'snet' as const, constraintMinute: at('2026-01-05T08:00') }
  expect(checked(planOf(chainOf(20, { t3: held, t4: soft }))).point(5)).toMatchObject({
    value: 5,
    pass: true,
  })
  expect(checked(planOf(chainOf(20, { t3: held, t5: held }))).point(5)).toMatchObject({
    value: 10,
    pass: false,
    offenders: ['t3', 't5'],
  })
})

test('6 High float: a task that could wait 45 days longer is too loose, one with 44 is not', () => {
  // Beside a task of 50 days, one of 5 has 45 days of slack and one of 6 has 44.
  const plan = planOf({ tasks: [task('long', 50), task('loose', 5), task('tight', 6)] })
  expect(checked(plan).point(6)).toMatchObject({ value: 33.33, pass: false, offenders: ['loose'] })
  const within = planOf({ tasks: [task('long', 50), task('tight', 6)] })
  expect(checked(within).point(6)).toMatchObject({ value: 0, pass: true })
})

test('7 Negative float: a finish that cannot be met', () => {
  // Five days from Monday end on Friday; by Thursday there is a day too little.
  const by = (day: string) => planOf({ tasks: [task('build', 5, { deadlineMinute: at(`${day}T17:00`) })] })
  expect(checked(by('2026-01-08')).point(7)).toMatchObject({ value: 100, pass: false, offenders: ['build'] })
  expect(checked(by('2026-01-09')).point(7)).toMatchObject({ value: 0, pass: true })
})

test('8 High duration: what was agreed counts, not what the task has grown to', () => {
  const plan = planOf({ tasks: [task('build', 45), task('test', 44)] })
  expect(checked(plan).point(8)).toMatchObject({ value: 50, pass: false, offenders: ['build'] })
  const baseline = agreed({ build: ['2026-03-05T17:00', 44], test: ['2026-03-05T17:00', 44] })
  expect(checked(plan, { baseline }).point(8)).toMatchObject({ value: 0, pass: true })
})

test('9 Invalid dates: forecasts of the past and facts of the future', () => {
  const plan = (more: object) => planOf({ tasks: [task('build', 5, more), task('hold', 1, soon)] })
  const soon = { constraint: 'snet' as const, constraintMinute: at('2026-02-02T08:00') }
  const status = { statusMinute: at('2026-01-14T17:00') }
  expect(checked(plan({}), status).point(9)).toMatchObject({ value: 50, pass: false, offenders: ['build'] })
  const started = { actualStartMinute: at('2026-01-12T08:00'), remainingDurationMinutes: 5 * DAY }
  expect(checked(plan(started), status).point(9)).toMatchObject({ value: 0, pass: true })
  const future = { actualStartMinute: at('2026-01-15T08:00') }
  expect(checked(plan(future), status).point(9)).toMatchObject({ pass: false, offenders: ['build'] })
  expect(checked(plan({})).point(9)).toMatchObject({ pass: null, value: null, notApplicable: 'noStatusDate' })
})

test('10 Resources: a task of a day needs a person or a cost, half a day does not', () => {
  const plan = planOf({
    tasks: [task('build', 3), task('permit', 2), task('call', 0.5), task('ready', 0)],
    resources: [person('Ruth')],
    assignments: [{ id: 'a', task: 'build', resource: 'Ruth' }],
  })
  expect(checked(plan).point(10)).toMatchObject({ value: 50, of: 2, pass: false, offenders: ['permit'] })
  expect(checked(plan, { costed: new Set(['permit']) }).point(10)).toMatchObject({ value: 0, pass: true })
})

test('11 Missed tasks and 14 baseline execution index: two done in time, one late, one open', () => {
  const done = (finish: string) => ({
    actualStartMinute: at('2026-01-05T08:00'),
    actualFinishMinute: at(`${finish}T17:00`),
    percentComplete: 100,
  })
  const plan = planOf({
    tasks: [
      task('a', 2, done('2026-01-06')),
      task('b', 2, done('2026-01-06')),
      task('c', 3, done('2026-01-07')),
      task('d', 5),
      task('later', 5),
    ],
  })
  const baseline = agreed({
    a: ['2026-01-06T17:00'],
    b: ['2026-01-07T17:00'],
    c: ['2026-01-06T17:00'],
    d: ['2026-01-09T17:00'],
    later: ['2026-01-30T17:00'],
  })
  const status = at('2026-01-09T17:00')
  const { point } = checked(plan, { baseline, statusMinute: status })
  expect(point(11)).toMatchObject({ value: 50, count: 2, of: 4, pass: false, offenders: ['c', 'd'] })
  expect(point(14)).toMatchObject({ value: 0.75, count: 3, of: 4, pass: false, offenders: ['d'] })
  const early = checked(plan, { baseline, statusMinute: at('2026-01-06T12:00') })
  expect(early.point(11)).toMatchObject({ pass: null, notApplicable: 'nothingDue' })
  const onTime = new Map([...baseline, ['c', { finishMinute: at('2026-01-07T17:00') }] as const])
  const half = checked(plan, { baseline: onTime, statusMinute: at('2026-01-08T17:00') })
  expect(half.point(11)).toMatchObject({ value: 0, of: 3, pass: true })
  expect(half.point(14)).toMatchObject({ value: 1, pass: true, offenders: [] })
})

test('14 Baseline execution index: 47 done of 50 due is 0.94; a task without baseline is owed too', () => {
  const done = {
    actualStartMinute: at('2026-01-05T08:00'),
    actualFinishMinute: at('2026-01-05T17:00'),
    percentComplete: 100,
  }
  const tasks = Array.from({ length: 50 }, (_, n) => task(`t${n}`, 1, n < 47 ? done : {}))
  const baseline = agreed(Object.fromEntries(tasks.map(({ id }) => [id, ['2026-01-05T17:00']])))
  const statusMinute = at('2026-01-09T17:00')
  expect(checked(planOf({ tasks }), { baseline, statusMinute }).point(14)).toMatchObject({
    value: 0.94,
    pass: false,
    offenders: ['t47', 't48', 't49'],
  })
  baseline.delete('t0')
  expect(checked(planOf({ tasks }), { baseline, statusMinute }).point(14)).toMatchObject({
    count: 47,
    of: 50,
  })
  expect(checked(planOf({ tasks }), { statusMinute }).point(14).notApplicable).toBe('noBaseline')
})

test('12 Critical path test: the finish follows a linked path, and stays where a date holds it', () => {
  const { tasks, links } = chainOf(4)
  expect(checked(planOf({ tasks, links })).point(12)).toMatchObject({ value: 600, pass: true, offenders: [] })
  const held = { constraint: 'mso' as const, constraintMinute: at('2026-01-08T08:00') }
  const broken = checked(planOf(chainOf(8, { t4: held })))
  // t4 stays on Thursday, t8 ends on day 8; with t1 at 601 days t3 ends on day 603, 595 days after that.
  expect(broken.point(12)).toMatchObject({ value: 595, pass: false, offenders: ['t4'] })
  const manual = {
    mode: 'manual' as const,
    manualStartMinute: at('2026-01-05T08:00'),
    manualFinishMinute: at('2026-01-05T17:00'),
  }
  const typed = planOf({ tasks: [task('only', 1, manual)] })
  expect(checked(typed).point(12)).toMatchObject({ value: 0, pass: false, offenders: ['only'] })
})

test('13 Critical path length index: 100 days to go and 8 late is 0.92', () => {
  expect(pathLengthIndex(100, -8)).toBe(0.92)
  // 100 days from Monday 5 January end on Friday 22 May; agreed was Tuesday 12 May, 8 working days before.
  const plan = planOf({ tasks: [task('build', 100)] })
  const late = checked(plan, { baseline: agreed({ build: ['2026-05-12T17:00'] }) })
  expect(late.point(13)).toMatchObject({ value: 0.92, threshold: 0.95, pass: false, offenders: ['build'] })
  const near = checked(plan, { baseline: agreed({ build: ['2026-05-15T17:00'] }) })
  expect(near.point(13)).toMatchObject({ value: 0.95, pass: true, offenders: [] })
  // Half way: 50 days to go and 5 late.
  const half = checked(plan, {
    baseline: agreed({ build: ['2026-05-15T17:00'] }),
    statusMinute: at('2026-03-13T17:00'),
  })
  expect(half.point(13)).toMatchObject({ value: 0.9, pass: false })
  expect(checked(plan).point(13).notApplicable).toBe('noBaseline')
})

test('the score is the weight of what passes among what applies', () => {
  const point = (number: number, pass: boolean | null) => ({ number, pass }) as HealthPoint
  expect(scoreOf([point(1, true), point(2, false), point(3, null)], {})).toBe(50)
  expect(scoreOf([point(1, true), point(2, false)], { 1: 3 })).toBe(75)
  expect(scoreOf([point(9, null)], {})).toBeNull()
})

test('an empty plan has no health to speak of', () => {
  const { health } = checked(planOf({}))
  expect(health.score).toBeNull()
  expect(health.points.map(({ number, pass }) => [number, pass])).toEqual(
    Array.from({ length: 14 }, (_, n) => [n + 1, null]),
  )
})

test('summaries, inactive tasks and tasks of other plans are not counted', () => {
  const plan = planOf({
    tasks: [
      task('phase', 0),
      task('build', 3, { parent: 'phase' }),
      task('dropped', 90, { active: false }),
      task('theirs', 90, {
        external: true,
        manualStartMinute: at('2026-01-05T08:00'),
        manualFinishMinute: at('2026-05-05T17:00'),
      }),
    ],
  })
  expect(checked(plan).point(8)).toMatchObject({ of: 1, value: 0 })
  expect(checked(plan).point(1)).toMatchObject({ of: 1, offenders: ['build'] })
})
