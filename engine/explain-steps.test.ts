import { expect, test } from 'vitest'
import { assigned, at, DAY, dayOf, link, person, planOf, task, weekOf } from './cases/case.ts'
import { type ExplanationStep, explain, leversOf } from './explain.ts'
import type { Driver, Plan, PlanTask } from './plan.ts'
import { schedule } from './schedule.ts'

function explained(plan: Plan, id: string) {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  const explanation = explain(plan, answer, id)
  if ('refused' in explanation) throw new Error(explanation.refused.code)
  return explanation
}
const firstStep = (plan: Plan, id: string) => explained(plan, id).steps[0] as ExplanationStep
const notBefore = (day: string): Partial<PlanTask> => ({
  constraint: 'snet',
  constraintMinute: at(`${day}T08:00`),
})

/** Pack (3 d) and the keys (1 d) let the van drive. */
const move = (drive: Partial<PlanTask>, type: 'fs' | 'ss' | 'ff' = 'fs') =>
  planOf({
    tasks: [task('keys', 1), task('pack', 3), task('drive', 1, drive)],
    links: [link('keys', 'drive', type), link('pack', 'drive', type)],
  })
const typed = { manualStartMinute: at('2026-01-06T08:00'), manualFinishMinute: at('2026-01-06T17:00') }
const keys = (slackMinutes: number): Partial<Driver> => ({
  kind: 'link',
  task: 'keys',
  minute: at('2026-01-05T17:00'),
  slackMinutes,
})
const pack = (slackMinutes: number): Partial<Driver> => ({
  kind: 'link',
  task: 'pack',
  minute: at('2026-01-07T17:00'),
  slackMinutes,
})

const STEPS: [string, Plan, Partial<Driver>[], Partial<Driver>[]][] = [
  [
    'the later of two tasks sets the date, the earlier is two days from doing so',
    move({}),
    [pack(0)],
    [keys(2 * DAY)],
  ],
  [
    'a date set later than the links: they follow in the order of their distance',
    move(notBefore('2026-01-14')),
    [{ kind: 'constraint', constraint: 'snet', minute: at('2026-01-14T08:00'), slackMinutes: 0 }],
    [pack(4 * DAY), keys(6 * DAY)],
  ],
  [
    'a levelling delay sets the date, on top of the later task alone',
    move({ levelingDelayMinutes: 1440 }),
    [pack(0), { kind: 'levelingDelay', slackMinutes: 0 }],
    [keys(2 * DAY)],
  ],
  [
    'a date set earlier than the links sets nothing',
    move(notBefore('2026-01-06')),
    [pack(0)],
    [keys(2 * DAY), { kind: 'constraint', slackMinutes: 2 * DAY }],
  ],
  [
    'a date kept against the links: none of them sets it, however late they are',
    move({ constraint: 'mso', constraintMinute: at('2026-01-06T08:00') }),
    [{ kind: 'constraint', constraint: 'mso', minute: at('2026-01-06T08:00') }],
    [keys(0.1), pack(0.1)],
  ],
  [
    'a latest start that holds the task back sets its date',
    move({ constraint: 'snlt', constraintMinute: at('2026-01-06T08:00') }),
    [{ kind: 'constraint', constraint: 'snlt', slackMinutes: 0 }],
    [keys(0.1), pack(0.1)],
  ],
  [
    'a latest start with room to spare is not spoken of',
    move({ constraint: 'snlt', constraintMinute: at('2026-01-16T08:00') }),
    [pack(0)],
    [keys(2 * DAY)],
  ],
  [
    'what has begun stands where it began',
    move({ actualStartMinute: at('2026-01-06T08:00') }),
    [{ kind: 'actual', minute: at('2026-01-06T08:00') }],
    [keys(0.1), pack(0.1)],
  ],
  [
    'what was typed by hand stands where it was typed',
    move({ mode: 'manual', ...typed }),
    [{ kind: 'manual', minute: at('2026-01-06T08:00') }],
    [keys(0.1), pack(0.1)],
  ],
  [
    'what belongs to another project stands where that says',
    move({ external: true, ...typed }),
    [{ kind: 'external', minute: at('2026-01-06T08:00') }],
    [keys(0.1), pack(0.1)],
  ],
  [
    'a finish to be reached together is told as the start that leads to it',
    planOf({ tasks: [task('pack', 3), task('drive', 1)], links: [link('pack', 'drive', 'ff')] }),
    [{ kind: 'link', task: 'pack', linkType: 'ff', minute: at('2026-01-07T08:00'), slackMinutes: 0 }],
    [{ kind: 'projectStart', minute: at('2026-01-05T08:00'), slackMinutes: 2 * DAY }],
  ],
  [
    'the delay of levelling and the link it counts from set the date together',
    planOf({
      tasks: [task('pack', 3), task('drive', 1, { levelingDelayMinutes: 1440 })],
      links: [link('pack', 'drive')],
    }),
    [pack(0), { kind: 'levelingDelay', minute: at('2026-01-09T08:00') }],
    [],
  ],
  [
    'as late as possible a task is held by its successor',
    planOf({
      tasks: [task('drive', 1, { constraint: 'alap' }), task('unpack', 2), task('party', 5)],
      links: [link('drive', 'unpack')],
    }),
    [{ kind: 'alap', task: 'unpack', link: 'drive→unpack', slackMinutes: 0 }],
    [],
  ],
  [
    'as late as possible without a successor by the finish of the project',
    planOf({ tasks: [task('drive', 1, { constraint: 'alap' }), task('party', 5)] }),
    [{ kind: 'projectFinish', minute: at('2026-01-09T17:00') }],
    [],
  ],
  [
    'an office closed for a week sets the date with the start of the project',
    planOf({
      project: { calendar: 'office' },
      calendars: [
        {
          id: 'office',
          base: 'standard',
          week: Array(7).fill('inherit'),
          exceptions: [{ fromDay: dayOf('2026-01-05'), toDay: dayOf('2026-01-09'), shifts: [] }],
        },
      ],
      tasks: [task('drive', 1)],
    }),
    [{ kind: 'projectStart' }, { kind: 'calendar', calendar: 'office', minute: at('2026-01-12T08:00') }],
    [],
  ],
  [
    'a driver who is there on Wednesdays alone sets the date',
    planOf({
      calendars: [{ id: 'wednesdays', week: weekOf([3], [{ fromMinute: 480, toMinute: 960 }]) }],
      resources: [person('Ann', 'wednesdays')],
      tasks: [task('drive', 1)],
      assignments: [assigned('drive', 'Ann', 1)],
    }),
    [
      { kind: 'projectStart' },
      { kind: 'resource', resource: 'Ann', calendar: 'wednesdays', minute: at('2026-01-07T08:00') },
    ],
    [],
  ],
]
for (const [what, plan, drivers, others] of STEPS)
  test(what, () => {
    const step = firstStep(plan, 'drive')
    expect(step).toMatchObject({ task: 'drive', role: 'dates', drivers, others })
    expect([step.drivers.length, step.others.length]).toEqual([drivers.length, others.length])
    expect(step.next).toEqual(step.others[0])
  })

const phased = planOf({
  tasks: [
    task('permit', 2),
    task('survey', 1),
    task('programme', 0, notBefore('2026-01-06')),
    task('phase', 0, { parent: 'programme', ...notBefore('2026-01-05') }),
    task('dig', 1, { parent: 'phase' }),
    task('lay', 3, { parent: 'phase' }),
    task('fence', 5, { parent: 'phase', active: false }),
  ],
  links: [link('permit', 'phase'), link('survey', 'phase')],
})

test('a phase ends with its last task, the others are that much from it, what is dropped does not count', () => {
  expect(firstStep(phased, 'phase')).toMatchObject({
    startMinute: at('2026-01-07T08:00'),
    finishMinute: at('2026-01-09T17:00'),
    drivers: [{ kind: 'summary', task: 'lay', minute: at('2026-01-09T17:00'), slackMinutes: 0 }],
    others: [{ kind: 'summary', task: 'dig', minute: at('2026-01-07T17:00'), slackMinutes: 2 * DAY }],
  })
})

test('the chain leads from the phase down to its last task, up to what holds the phase, and back to the start', () => {
  const { steps } = explained(phased, 'phase')
  expect(steps.map(({ task: id, role }) => `${id} ${role}`)).toEqual([
    'phase dates',
    'lay dates',
    'phase limits',
    'permit dates',
  ])
  expect(steps[2]).toMatchObject({
    drivers: [{ kind: 'link', task: 'permit', slackMinutes: 0 }],
    others: [
      { kind: 'link', task: 'survey', minute: at('2026-01-05T17:00'), slackMinutes: DAY },
      { kind: 'summary', task: 'programme', minute: at('2026-01-06T08:00'), slackMinutes: DAY },
      { kind: 'constraint', constraint: 'snet', minute: at('2026-01-05T08:00'), slackMinutes: 2 * DAY },
    ],
  })
  expect(steps[3]?.drivers).toMatchObject([{ kind: 'projectStart' }])
})

test('a task that is not there, or a schedule of another plan, explains nothing', () => {
  const plan = move({})
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  const code = 'schedule.unknownTask'
  expect(explain(plan, answer, 'ghost')).toEqual({ refused: { code, facts: { task: 'ghost' } } })
  const fewer = { ...plan, tasks: plan.tasks.slice(1), links: [] }
  expect(explain(fewer, answer, 'drive')).toEqual({ refused: { code, facts: { task: 'drive', tasks: 3 } } })
  const senseless = { ...plan, project: { calendar: 'standard' } }
  expect(explain(senseless, answer, 'drive')).toMatchObject({ refused: { code: 'schedule.noProjectDate' } })
})

const LEVERS: [string, Plan, object[]][] = [
  [
    'of work under way what is left can be done faster, and nothing before it helps',
    move({ actualStartMinute: at('2026-01-08T08:00'), durationMinutes: 4 * DAY, actualDurationMinutes: DAY }),
    [{ task: 'drive', kind: 'duration', gainMinutes: 3 * DAY }],
  ],
  [
    'what is said to be left counts',
    move({
      actualStartMinute: at('2026-01-08T08:00'),
      durationMinutes: 4 * DAY,
      actualDurationMinutes: DAY,
      remainingDurationMinutes: 2 * DAY,
    }),
    [{ task: 'drive', kind: 'duration', gainMinutes: 2 * DAY }],
  ],
  [
    'a date typed by hand can be lifted, and nothing else decides',
    planOf({ tasks: [task('drive', 1, { mode: 'manual', ...typed })] }),
    [
      { task: 'drive', kind: 'duration', gainMinutes: DAY },
      { task: 'drive', kind: 'decision', driver: { kind: 'manual' }, gainMinutes: null },
    ],
  ],
  [
    'another project decides for itself',
    move({ external: true, ...typed }),
    [{ task: 'drive', kind: 'duration', gainMinutes: DAY }],
  ],
  [
    'where tasks start together a shorter first one does not help the second',
    move({}, 'ss'),
    [{ task: 'drive', kind: 'duration', gainMinutes: DAY }],
  ],
  [
    'where tasks finish together the first decides, and the second gains nothing by itself',
    planOf({ tasks: [task('pack', 3), task('drive', 1)], links: [link('pack', 'drive', 'ff')] }),
    [
      { task: 'drive', kind: 'duration', gainMinutes: DAY },
      { task: 'pack', kind: 'duration', gainMinutes: 2 * DAY },
    ],
  ],
  [
    'a milestone takes no time that could be saved',
    planOf({ tasks: [task('pack', 3), task('drive', 0)], links: [link('pack', 'drive')] }),
    [{ task: 'pack', kind: 'duration' }],
  ],
]
for (const [what, plan, levers] of LEVERS)
  test(`to finish earlier: ${what}`, () => {
    const found = leversOf(plan, explained(plan, 'drive'))
    expect(found).toMatchObject(levers)
    expect(found.length).toBe(levers.length)
  })
