import { expect, test } from 'vitest'
import { assigned, at, DAY, person, planOf, task } from '../cases/case.ts'
import type { Contour, Plan, PlanAssignment, PlanTask } from '../plan.ts'
import { loadOf } from './load.ts'
import { personOverloads } from './overloads.ts'

const MONDAY = at('2026-01-05')
const days = (count: number) => Array.from({ length: count + 1 }, (_, n) => MONDAY + n * 1440)

/** What Ruth does on each day from Monday, 5 January, in minutes. */
function daysOfRuth(plan: Plan, count: number): readonly number[] {
  const answer = loadOf(plan, { edgeMinutes: days(count), resources: new Set(['ruth']) })
  if ('refused' in answer) throw new Error(answer.refused.code)
  return answer.resources[0]?.workMinutes ?? []
}

const build = (days: number, progress: Partial<PlanTask>, work: number, more: Partial<PlanAssignment> = {}) =>
  planOf({
    tasks: [task('build', days, progress)],
    resources: [person('ruth'), person('lars')],
    assignments: [assigned('build', 'ruth', work, more)],
  })
const begun = (doneDays: number, leftDays: number): Partial<PlanTask> => ({
  actualStartMinute: at('2026-01-05T08:00'),
  actualDurationMinutes: doneDays * DAY,
  remainingDurationMinutes: leftDays * DAY,
})
const finished = (finish: string): Partial<PlanTask> => ({
  actualStartMinute: at('2026-01-05T08:00'),
  actualFinishMinute: at(finish),
})
const did = (done: number, left: number): Partial<PlanAssignment> => ({
  actualWorkMinutes: done * DAY,
  remainingWorkMinutes: left * DAY,
})
const piece = (from: string, to: string, workMinutes: number, actual = true) => ({
  startMinute: at(from),
  finishMinute: at(to),
  workMinutes,
  actual,
})
const unsaid = (progress: Partial<PlanTask>) => build(3, progress, 0, { workMinutes: null, units: 0.5 })

const BACK_LOADED = [48, 72, 120, 240, 240, 0, 0, 360, 360, 480, 480, 480]
const SPREAD: [string, Plan, number[]][] = [
  [
    'half done, back-loaded work goes on where its contour stands',
    build(10, begun(5, 5), 6, { contour: 'backLoaded', ...did(1.5, 4.5) }),
    BACK_LOADED,
  ],
  [
    'what she has done begins when she began, the rest where the task goes on',
    build(4, begun(2, 2), 4, { ...did(2, 2), actualStartMinute: at('2026-01-06T08:00') }),
    [0, 480, 960, 480, 0],
  ],
  [
    'what is left counts, although more than was planned',
    build(3, begun(1, 2), 2, did(1, 2)),
    [480, 480, 480, 0],
  ],
  [
    'nothing said to be left: what was planned and is not done',
    build(3, begun(1, 2), 3, { actualWorkMinutes: DAY }),
    [480, 480, 480, 0],
  ],
  [
    'a finished task had its work while it lasted',
    build(3, finished('2026-01-07T17:00'), 1.5, did(1.5, 0)),
    [240, 240, 240, 0],
  ],
  [
    'in a finished task she worked between her own dates',
    build(3, finished('2026-01-07T17:00'), 1.5, {
      ...did(1.5, 0),
      actualStartMinute: at('2026-01-06T08:00'),
      actualFinishMinute: at('2026-01-07T17:00'),
    }),
    [0, 360, 360, 0],
  ],
  [
    'in a finished task she worked when her sheet says',
    build(3, finished('2026-01-07T17:00'), 1.5, {
      ...did(1.5, 0),
      pieces: [
        piece('2026-01-05T08:00', '2026-01-05T17:00', 480),
        piece('2026-01-07T08:00', '2026-01-07T12:00', 240),
      ],
    }),
    [480, 0, 240, 0],
  ],
  [
    'under way, her sheet says what she did, and her plan what follows',
    build(4, begun(3, 1), 2.5, {
      ...did(1.5, 1),
      pieces: [
        piece('2026-01-05T08:00', '2026-01-05T17:00', 480),
        piece('2026-01-07T08:00', '2026-01-07T12:00', 240),
        piece('2026-01-08T08:00', '2026-01-08T17:00', 480, false),
      ],
    }),
    [480, 0, 240, 480, 0],
  ],
  [
    'begun, and no work said: half of her as long as it lasts',
    unsaid({ actualStartMinute: at('2026-01-05T08:00') }),
    [240, 240, 240, 0],
  ],
  [
    'finished, and no work said: half of her as long as it lasted',
    unsaid(finished('2026-01-06T17:00')),
    [240, 240, 0, 0],
  ],
  [
    // Sixteen hours of Saturday and seventeen of Sunday: 960 minutes × 16 ÷ 33, and the rest.
    'put on a weekend by hand, work is shared by the clock',
    build(
      1,
      {
        mode: 'manual',
        manualStartMinute: at('2026-01-10T08:00'),
        manualFinishMinute: at('2026-01-11T17:00'),
      },
      2,
    ),
    [0, 0, 0, 0, 0, 465.5, 494.5],
  ],
  ['work of nothing is none', build(3, {}, 0), [0, 0, 0]],
]
for (const [what, plan, expected] of SPREAD)
  test(what, () => {
    expect(daysOfRuth(plan, expected.length)).toEqual(expected)
  })

// Work in percent of a day, in each tenth of ten days ("Work contours", Microsoft Project).
const CONTOURS: [Contour, number, number[]][] = [
  ['frontLoaded', 6, [480, 480, 480, 360, 360, 240, 240, 120, 72, 48]],
  ['backLoaded', 6, [48, 72, 120, 240, 240, 360, 360, 480, 480, 480]],
  ['doublePeak', 5, [120, 240, 480, 240, 120, 120, 240, 480, 240, 120]],
  ['earlyPeak', 5, [120, 240, 480, 480, 360, 240, 240, 120, 72, 48]],
  ['latePeak', 5, [48, 72, 120, 240, 240, 360, 480, 480, 240, 120]],
  ['bell', 5, [48, 96, 192, 384, 480, 480, 384, 192, 96, 48]],
  ['turtle', 7, [120, 240, 360, 480, 480, 480, 480, 360, 240, 120]],
]
test.each(CONTOURS)('work shaped %s, %d days in ten', (contour, work, expected) => {
  const worked = daysOfRuth(build(10, {}, work, { contour }), 12)
  expect(worked.filter((_, day) => day % 7 < 5)).toEqual(expected)
})

test('a person on a summary task works as long as it lasts', () => {
  const plan = planOf({
    tasks: [task('phase', 0), task('dig', 2, { parent: 'phase' })],
    resources: [person('ruth')],
    assignments: [{ id: 'a', task: 'phase', resource: 'ruth', units: 0.25 }],
  })
  expect(daysOfRuth(plan, 3)).toEqual([120, 120, 0])
})

const two = planOf({
  tasks: [task('write', 2), task('test', 2)],
  resources: [person('ruth'), person('lars'), { id: 'paper', type: 'material' }, { id: 'fee', type: 'cost' }],
  assignments: [
    assigned('test', 'ruth', 2),
    assigned('write', 'ruth', 2),
    assigned('write', 'lars', 2),
    assigned('write', 'paper', 2, { units: 10 }),
    { id: 'nobody', task: 'write', resource: null, workMinutes: DAY },
  ],
})

test('only those asked for are told, their tasks in the order of the plan', () => {
  const answer = loadOf(two, { edgeMinutes: days(2), resources: new Set(['ruth', 'paper']), byTask: true })
  expect('refused' in answer ? answer : answer.resources.map(({ resource }) => resource)).toEqual(['ruth'])
  expect('refused' in answer ? answer : answer.resources[0]?.tasks).toEqual([
    { task: 'write', workMinutes: [480, 480] },
    { task: 'test', workMinutes: [480, 480] },
  ])
})

test('work before and after the periods is not told, and has no line of its own', () => {
  const answer = loadOf(two, { edgeMinutes: [at('2026-01-06'), at('2026-01-06T12:00')], byTask: true })
  expect(
    'refused' in answer ? answer : answer.resources.map((one) => [one.workMinutes, one.peakUnits]),
  ).toEqual([
    [[480], [2]],
    [[240], [1]],
  ])
  for (const [from, to] of [
    ['2026-01-07', '2026-01-08'],
    ['2026-01-02', '2026-01-05T08:00'],
    ['2026-01-06T17:00', '2026-01-07'],
  ]) {
    const later = loadOf(two, { edgeMinutes: [at(from ?? ''), at(to ?? '')], byTask: true })
    expect(
      'refused' in later ? later : later.resources.map((one) => [one.workMinutes, one.peakUnits, one.tasks]),
    ).toEqual([
      [[0], [0], undefined],
      [[0], [0], undefined],
    ])
  }
})

test('a plan that makes no sense is refused, another plan that makes none asks nothing', () => {
  const senseless = { ...two, project: { calendar: 'standard' } }
  const code = 'schedule.noProjectDate'
  expect(loadOf(senseless, { edgeMinutes: days(2) })).toMatchObject({ refused: { code } })
  const answer = loadOf(two, { edgeMinutes: days(2), others: [senseless] })
  expect('refused' in answer ? answer : answer.resources[0]?.otherMinutes).toEqual([0, 0])
})

test('periods beyond the year 2200 are refused', () => {
  expect(loadOf(two, { edgeMinutes: [MONDAY, at('2201-01-02')] })).toEqual({
    refused: { code: 'schedule.dateOutOfRange', facts: { calendar: 'standard' } },
  })
})

test('overloads stand in order of time, then of names; paper is never overloaded, nor who is busy elsewhere alone', () => {
  const both = (id: string, who: string) => [assigned(`${id} 1`, who, 1), assigned(`${id} 2`, who, 1)]
  const from = (day: string): Partial<PlanTask> => ({
    constraint: 'snet',
    constraintMinute: at(`${day}T08:00`),
  })
  const pair = (id: string, day: string) => [task(`${id} 1`, 1, from(day)), task(`${id} 2`, 1, from(day))]
  const plan = planOf({
    tasks: [...pair('late', '2026-01-08'), ...pair('early', '2026-01-05')],
    resources: [person('zoe'), person('ruth'), person('lars'), { id: 'paper', type: 'material' }],
    assignments: [
      ...both('late', 'ruth').reverse(),
      ...both('early', 'zoe'),
      ...both('early', 'lars'),
      ...both('early', 'paper'),
    ],
  })
  const other = planOf({
    tasks: pair('theirs', '2026-01-12'),
    resources: [person('lars')],
    assignments: both('theirs', 'lars'),
  })
  const senseless = { ...plan, project: { calendar: 'standard' } }
  expect(personOverloads(plan, [other, senseless]).map(({ resource, tasks }) => [resource, tasks])).toEqual([
    ['lars', ['early 1', 'early 2']],
    ['zoe', ['early 1', 'early 2']],
    ['ruth', ['late 1', 'late 2']],
  ])
})

test('an overload before lunch and one after it are one', () => {
  const half = { durationMinutes: DAY / 2 }
  const plan = planOf({
    tasks: [
      task('support', 1),
      task('morning', 0, half),
      task('afternoon', 0, { ...half, constraint: 'snet', constraintMinute: at('2026-01-05T13:00') }),
    ],
    resources: [person('ruth')],
    assignments: [
      assigned('afternoon', 'ruth', 0.5),
      assigned('morning', 'ruth', 0.5),
      assigned('support', 'ruth', 1),
    ],
  })
  expect(personOverloads(plan, [])).toMatchObject([
    {
      fromMinute: at('2026-01-05T08:00'),
      toMinute: at('2026-01-05T17:00'),
      tasks: ['support', 'morning', 'afternoon'],
    },
  ])
})

test('who does half as much again as the units say is asked for one and a half', () => {
  const peaks = (plan: Plan) => {
    const answer = loadOf(plan, { edgeMinutes: days(6) })
    return 'refused' in answer ? answer : answer.resources[0]?.peakUnits
  }
  expect(peaks(build(4, {}, 6))).toEqual([1.5, 1.5, 1.5, 1.5, 0, 0])
  expect(peaks(build(4, {}, 2, { units: 0.5 }))).toEqual([0.5, 0.5, 0.5, 0.5, 0, 0])
  // What is typed by hand is believed: two days of work in four at full units.
  expect(peaks(build(4, { mode: 'manual', manualStartMinute: at('2026-01-05T08:00') }, 2))).toEqual([
    1, 1, 1, 1, 0, 0,
  ])
  // Twice the work on the same days: the finished task asked for two.
  expect(peaks(build(2, finished('2026-01-06T17:00'), 4, did(4, 0)))).toEqual([2, 2, 0, 0, 0, 0])
})

test('stated pieces of two days are drawn out to the four that the task takes', () => {
  const plan = build(2, {}, 2, {
    units: 0.5,
    pieces: [
      piece('2026-01-05T08:00', '2026-01-05T17:00', 240, false),
      piece('2026-01-06T08:00', '2026-01-06T17:00', 720, false),
    ],
  })
  expect(daysOfRuth(plan, 5).reduce((sum, minutes) => sum + minutes, 0)).toBe(960)
})
