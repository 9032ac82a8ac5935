import { expect, test } from 'vitest'
import { assigned, at, link, person, planOf, task } from '../cases/case.ts'
import type { Plan, PlanAssignment, PlanProject, PlanTask, RefusalCode } from '../plan.ts'
import { schedule } from '../schedule.ts'

const OLD = at('1899-12-31T23:59')
const FIRST = at('1900-01-01')
const LAST = at('2200-12-31T23:59')
const BEYOND = at('2201-01-01')

const projectOf = (project: Partial<PlanProject>) => planOf({ project, tasks: [task('build', 1)] })
const taskOf = (more: Partial<PlanTask>) => planOf({ tasks: [task('build', 1, more)] })
const linkOf = (lag: 'minutes' | 'percent', size: number) =>
  planOf({
    tasks: [task('build', 1), task('test', 1)],
    links: [
      link(
        'build',
        'test',
        'fs',
        lag === 'minutes' ? { kind: 'working', minutes: size } : { kind: 'percent', percent: size },
      ),
    ],
  })
const assignmentOf = (more: Partial<PlanAssignment>) =>
  planOf({
    resources: [person('Ann')],
    tasks: [task('build', 1)],
    assignments: [{ ...assigned('build', 'Ann', 1), ...more }],
  })
const piece = (startMinute: number, finishMinute: number) => ({ startMinute, finishMinute, workMinutes: 60 })
const MONDAY = at('2026-01-05T08:00')
const TUESDAY = at('2026-01-06T08:00')

const onTask = (field: keyof PlanTask, minute: number | string) => ({ task: 'build', field, minute })
const REFUSED: [string, Plan, RefusalCode, object][] = [
  [
    'a plan whose start is left out',
    { ...planOf({ tasks: [task('build', 1)] }), project: { calendar: 'standard' } },
    'schedule.noProjectDate',
    { scheduleFrom: 'start' },
  ],
  [
    'a plan from the finish without a finish',
    projectOf({ scheduleFrom: 'finish' }),
    'schedule.noProjectDate',
    { scheduleFrom: 'finish' },
  ],
  [
    'a start in 1899',
    projectOf({ startMinute: OLD }),
    'schedule.dateOutOfRange',
    { field: 'startMinute', minute: OLD },
  ],
  [
    'a finish in 2201',
    projectOf({ finishMinute: BEYOND }),
    'schedule.dateOutOfRange',
    { field: 'finishMinute', minute: BEYOND },
  ],
  [
    'a status date that is no number',
    projectOf({ statusMinute: Number.NaN }),
    'schedule.dateOutOfRange',
    { field: 'statusMinute', minute: 'NaN' },
  ],
  [
    'a duration without end',
    taskOf({ durationMinutes: Number.POSITIVE_INFINITY }),
    'schedule.badNumber',
    { task: 'build', field: 'durationMinutes' },
  ],
  [
    'an actual duration that is no number',
    taskOf({ actualDurationMinutes: Number.NaN }),
    'schedule.badNumber',
    { task: 'build', field: 'actualDurationMinutes' },
  ],
  [
    'less than nothing left to do',
    taskOf({ actualDurationMinutes: 0, remainingDurationMinutes: -60 }),
    'schedule.negativeDuration',
    { task: 'build', field: 'remainingDurationMinutes', minutes: -60 },
  ],
  [
    'negative work',
    taskOf({ durationMinutes: null, workMinutes: -1 }),
    'schedule.negativeDuration',
    { task: 'build', field: 'workMinutes', minutes: -1 },
  ],
  [
    'a levelling delay that is no number',
    taskOf({ levelingDelayMinutes: Number.NaN }),
    'schedule.badNumber',
    { task: 'build', field: 'levelingDelayMinutes' },
  ],
  [
    'a levelling delay without end',
    taskOf({ levelingDelayMinutes: Number.POSITIVE_INFINITY }),
    'schedule.badNumber',
    { task: 'build', field: 'levelingDelayMinutes' },
  ],
  ...(['snet', 'snlt', 'fnet', 'fnlt', 'mso', 'mfo'] as const).flatMap((constraint) =>
    [null, undefined].map((constraintMinute): (typeof REFUSED)[number] => [
      `the constraint ${constraint} with the date ${constraintMinute}`,
      taskOf({ constraint, constraintMinute }),
      'schedule.noConstraintDate',
      { task: 'build', constraint },
    ]),
  ),
  ...(
    [
      'constraintMinute',
      'deadlineMinute',
      'actualStartMinute',
      'actualFinishMinute',
      'stopMinute',
      'resumeMinute',
      'manualStartMinute',
      'manualFinishMinute',
    ] as const
  ).map((field): (typeof REFUSED)[number] => [
    `a date in 2201 as ${field}`,
    taskOf({ [field]: BEYOND }),
    'schedule.dateOutOfRange',
    onTask(field, BEYOND),
  ]),
  [
    'a deadline in 1899',
    taskOf({ deadlineMinute: OLD, manualStartMinute: MONDAY }),
    'schedule.dateOutOfRange',
    onTask('deadlineMinute', OLD),
  ],
  [
    'a parent that is not there',
    taskOf({ parent: 'ghost' }),
    'schedule.unknownTask',
    { task: 'ghost', parentOf: 'build' },
  ],
  [
    'a third task with the id of the first',
    planOf({ tasks: [task('a', 1), task('b', 1), task('a', 1)] }),
    'schedule.duplicateId',
    { kind: 'task', id: 'a' },
  ],
  [
    'a link from a task that is not there',
    planOf({ tasks: [task('build', 1)], links: [link('ghost', 'build')] }),
    'schedule.unknownTask',
    { task: 'ghost', link: 'ghost→build' },
  ],
  [
    'a lag that is no number',
    linkOf('minutes', Number.NaN),
    'schedule.badNumber',
    { link: 'build→test', field: 'lag' },
  ],
  [
    'a percentage of lag without end',
    linkOf('percent', Number.POSITIVE_INFINITY),
    'schedule.badNumber',
    { link: 'build→test', field: 'lag' },
  ],
  [
    'the third of three links that repeats the first',
    planOf({
      tasks: [task('a', 1), task('b', 1)],
      links: [link('a', 'b'), link('a', 'b', 'ff'), { ...link('a', 'b'), id: 'again' }],
    }),
    'schedule.duplicateLink',
    { link: 'again', predecessor: 'a', successor: 'b', type: 'fs' },
  ],
  [
    'work for a task that is not there',
    assignmentOf({ task: 'ghost' }),
    'schedule.unknownTask',
    { task: 'ghost', assignment: 'Ann@build' },
  ],
  [
    'work of a person who is not there',
    assignmentOf({ resource: 'Bea' }),
    'schedule.unknownResource',
    { resource: 'Bea', assignment: 'Ann@build' },
  ],
  ...(
    ['units', 'workMinutes', 'actualWorkMinutes', 'remainingWorkMinutes', 'overtimeWorkMinutes'] as const
  ).flatMap((field) =>
    [-1, Number.NaN, Number.POSITIVE_INFINITY].map((amount): (typeof REFUSED)[number] => [
      `${amount} as ${field} of an assignment`,
      assignmentOf({ [field]: amount }),
      'schedule.badNumber',
      { assignment: 'Ann@build', field },
    ]),
  ),
  ...(['delayMinutes', 'levelingDelayMinutes'] as const).map((field): (typeof REFUSED)[number] => [
    `a negative ${field} of an assignment`,
    assignmentOf({ [field]: -60 }),
    'schedule.badNumber',
    { assignment: 'Ann@build', field: 'delayMinutes' },
  ]),
  ...(['actualStartMinute', 'actualFinishMinute'] as const).map((field): (typeof REFUSED)[number] => [
    `the ${field} of an assignment in 2201`,
    assignmentOf({ [field]: BEYOND }),
    'schedule.dateOutOfRange',
    { assignment: 'Ann@build', field, minute: BEYOND },
  ]),
  [
    'a second stretch of work that starts in 1899',
    assignmentOf({ pieces: [piece(MONDAY, TUESDAY), piece(OLD, TUESDAY)] }),
    'schedule.dateOutOfRange',
    { assignment: 'Ann@build', field: 'pieces', minute: OLD },
  ],
  [
    'a stretch of work that ends in 2201',
    assignmentOf({ pieces: [piece(MONDAY, BEYOND)] }),
    'schedule.dateOutOfRange',
    { assignment: 'Ann@build', field: 'pieces', minute: MONDAY },
  ],
  [
    "a task's calendar that is not there",
    taskOf({ calendar: 'lost' }),
    'schedule.unknownCalendar',
    { calendar: 'lost', of: 'build' },
  ],
  [
    "a person's calendar that is not there",
    planOf({ resources: [person('Ann', 'lost')] }),
    'schedule.unknownCalendar',
    { calendar: 'lost', of: 'Ann' },
  ],
]
for (const [what, plan, code, facts] of REFUSED)
  test(`${what} is refused as ${code}`, () => {
    expect(schedule(plan)).toEqual({ refused: { code, facts } })
  })

const GOOD: [string, Plan][] = [
  ['a status date in the last minute of the engine', projectOf({ statusMinute: LAST })],
  ['a status date in its first', projectOf({ statusMinute: FIRST })],
  [
    'work, lag and delay of nothing',
    assignmentOf({ workMinutes: 0, actualWorkMinutes: 0, delayMinutes: 0, units: 0 }),
  ],
  [
    'amounts that are not known',
    assignmentOf({ workMinutes: null, units: null, delayMinutes: null, pieces: null }),
  ],
  [
    'a task whose amounts are not known',
    taskOf({ durationMinutes: null, workMinutes: null, deadlineMinute: null }),
  ],
  [
    'constraints that need no date',
    planOf({ tasks: [task('a', 1, { constraint: 'asap' }), task('b', 1, { constraint: 'alap' })] }),
  ],
  [
    'links of two types between the same tasks',
    planOf({ tasks: [task('a', 1), task('b', 1)], links: [link('a', 'b'), link('a', 'b', 'ss')] }),
  ],
  [
    'a material whose calendar is not there',
    planOf({ resources: [{ id: 'cable', type: 'material', calendar: 'lost' }] }),
  ],
]
for (const [what, plan] of GOOD)
  test(`${what}: that makes sense`, () => {
    expect(schedule(plan)).not.toHaveProperty('refused')
  })
