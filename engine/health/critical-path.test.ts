import { expect, test } from 'vitest'
import { assigned, at, DAY, dayOf, link, person, planOf, shift, task, weekOf } from '../cases/case.ts'
import type { Plan, PlanCalendar } from '../plan.ts'
import { schedule } from '../schedule.ts'
import type { HealthInput, HealthPoint } from './facts.ts'
import { scheduleHealth } from './health.ts'

function tested(plan: Plan, settings: HealthInput['settings'] = {}): HealthPoint {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  const health = scheduleHealth({ plan, schedule: answer, settings })
  if ('refused' in health) throw new Error(health.refused.code)
  return health.points[11] as HealthPoint
}

const MANUAL = {
  mode: 'manual' as const,
  manualStartMinute: at('2026-01-05T08:00'),
  manualFinishMinute: at('2026-01-05T17:00'),
}
const on = (day: string) => ({ constraint: 'mso' as const, constraintMinute: at(`${day}T08:00`) })
const notBefore = (day: string) => ({ constraint: 'snet' as const, constraintMinute: at(`${day}T08:00`) })

const TRIED: [string, Plan, number, string[]][] = [
  [
    'a task with slack beside the critical one is not what is tried',
    planOf({ tasks: [task('side', 1), task('main', 10, notBefore('2026-01-06'))] }),
    600,
    [],
  ],
  [
    'a task typed by hand is not tried while another can be',
    planOf({ tasks: [task('typed', 1, MANUAL), task('build', 1)], links: [link('typed', 'build')] }),
    600,
    [],
  ],
  [
    'a milestone is not tried while work can be: the work held by a date can grow',
    planOf({ tasks: [task('go', 0), task('build', 1, on('2026-01-05'))], links: [link('go', 'build')] }),
    600,
    [],
  ],
  [
    'a milestone is tried before a task typed by hand',
    planOf({ tasks: [task('typed', 1, MANUAL), task('signed', 0)], links: [link('typed', 'signed')] }),
    600,
    [],
  ],
  [
    // The build stays on Tuesday; the order ends on day 601 instead of day 1.
    'of the critical tasks the one that starts first is tried, wherever it stands in the plan',
    planOf({
      tasks: [task('build', 1, on('2026-01-06')), task('order', 1)],
      links: [link('order', 'build')],
    }),
    599,
    [],
  ],
  [
    'a finish one working day short of the delay is let pass',
    planOf({
      project: { criticalSlackLimitMinutes: DAY },
      tasks: [task('order', 1), task('build', 1, notBefore('2026-01-07'))],
      links: [link('order', 'build')],
    }),
    599,
    [],
  ],
  [
    'a finish two working days short of the delay is not',
    planOf({
      project: { criticalSlackLimitMinutes: 2 * DAY },
      tasks: [task('order', 1), task('build', 1, notBefore('2026-01-08'))],
      links: [link('order', 'build')],
    }),
    598,
    ['order'],
  ],
  [
    'time by the clock is made longer by as many weeks: 840 days around the clock are 600 working days',
    planOf({ tasks: [{ id: 'cure', durationMinutes: 7 * 1440, durationElapsed: true }] }),
    600,
    [],
  ],
  [
    'with days of four hours too',
    planOf({
      project: { minutesPerDay: 240, calendar: 'mornings' },
      calendars: [{ id: 'mornings', week: weekOf([1, 2, 3, 4, 5], [shift('08:00', '12:00')]) }],
      tasks: [{ id: 'cure', durationMinutes: 7 * 1440, durationElapsed: true }],
    }),
    600,
    [],
  ],
  [
    'of a task under way the rest is made longer',
    planOf({
      tasks: [
        task('build', 3, {
          actualStartMinute: at('2026-01-05T08:00'),
          actualDurationMinutes: DAY,
          remainingDurationMinutes: 2 * DAY,
        }),
        task('test', 1),
      ],
      links: [link('build', 'test')],
    }),
    600,
    [],
  ],
  [
    'the people of the tried task, who work two days a week, do not stretch the delay',
    planOf({
      calendars: [
        { id: 'part-time', week: weekOf([1, 2], [shift('08:00', '12:00'), shift('13:00', '17:00')]) },
      ],
      resources: [person('Ann', 'part-time')],
      tasks: [task('write', 2)],
      assignments: [assigned('write', 'Ann', 2)],
    }),
    600,
    [],
  ],
  [
    // Ann is back on 19 January, the eleventh working day; pushed to day 602 the test moves by 591 days.
    "the holidays of another task's people count: they held the finish",
    planOf({
      project: { criticalSlackLimitMinutes: 9 * DAY },
      calendars: [awayIn('2026-01-06', '2026-01-16')],
      resources: [person('Ann', 'ann')],
      tasks: [task('write', 1), task('test', 1)],
      links: [link('write', 'test')],
      assignments: [assigned('test', 'Ann', 1)],
    }),
    591,
    ['write'],
  ],
]
for (const [what, plan, days, offenders] of TRIED)
  test(`12 Critical path test: ${what}`, () => {
    expect(tested(plan)).toMatchObject({ value: days, unit: 'days', pass: offenders.length === 0, offenders })
  })

test('12 Critical path test: of two critical tasks that start together the first in the plan is tried', () => {
  // The order of Monday is followed by a delivery on the Tuesday, whatever happens: 600 days more on the order move
  // the finish from day 2 to day 601. The build needs both days.
  const fixed = [task('order', 1), task('delivery', 1, on('2026-01-06'))]
  const links = [link('order', 'delivery')]
  expect(tested(planOf({ tasks: [...fixed, task('build', 2)], links })).value).toBe(599)
  expect(tested(planOf({ tasks: [task('build', 2), ...fixed], links })).value).toBe(600)
})

test('12 Critical path test: a plan without a critical task fails, naming nobody', () => {
  const plan = planOf({ project: { criticalSlackLimitMinutes: -1 }, tasks: [task('build', 1)] })
  expect(tested(plan)).toEqual({
    number: 12,
    name: 'Critical path test',
    threshold: 600,
    better: 'more',
    unit: 'days',
    value: 0,
    pass: false,
    offenders: [],
  })
})

test('12 Critical path test: a delay beyond the year 2200 cannot be tried', () => {
  const plan = planOf({ tasks: [task('build', 1)] })
  expect(tested(plan, { testDelayDays: 60_000 })).toMatchObject({
    value: null,
    unit: 'days',
    pass: null,
    notApplicable: 'untestable',
  })
})

function awayIn(from: string, to: string): PlanCalendar {
  return {
    id: 'ann',
    base: 'standard',
    week: Array(7).fill('inherit'),
    exceptions: [{ fromDay: dayOf(from), toDay: dayOf(to), shifts: [] }],
  }
}
