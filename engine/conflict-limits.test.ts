import { expect, test } from 'vitest'
import { assigned, at, DAY, DAY_SHIFTS, link, person, planOf, task, weekOf } from './cases/case.ts'
import { conflictsOf } from './conflicts.ts'
import type { Plan, PlanAssignment, PlanTask } from './plan.ts'

function found(plan: Plan) {
  const answer = conflictsOf(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  return answer
}
const kinds = (plan: Plan) => found(plan).map(({ kind }) => kind)
const typed = (start: string, finish: string): Partial<PlanTask> => ({
  mode: 'manual',
  manualStartMinute: at(start),
  manualFinishMinute: at(finish),
})
const finished = (start: string, finish: string): Partial<PlanTask> => ({
  actualStartMinute: at(start),
  actualFinishMinute: at(finish),
})
const afterPack = (drive: Partial<PlanTask>, type: 'fs' | 'ss' | 'ff' = 'fs', pack: Partial<PlanTask> = {}) =>
  planOf({ tasks: [task('pack', 3, pack), task('drive', 1, drive)], links: [link('pack', 'drive', type)] })

const PEACE: [string, Plan][] = [
  [
    'a deadline met on the day',
    planOf({ tasks: [task('pack', 3, { deadlineMinute: at('2026-01-07T17:00') })] }),
  ],
  [
    'a dropped task that misses its deadline',
    planOf({ tasks: [task('pack', 3, { active: false, deadlineMinute: at('2026-01-05T17:00') })] }),
  ],
  [
    'a hard date just where the links lead',
    afterPack({ constraint: 'mso', constraintMinute: at('2026-01-08T08:00') }),
  ],
  [
    'a start typed for the start of what it starts with',
    afterPack(typed('2026-01-05T08:00', '2026-01-05T17:00'), 'ss'),
  ],
  [
    'a finish typed for the finish of what it finishes with',
    afterPack(typed('2026-01-05T08:00', '2026-01-07T17:00'), 'ff'),
  ],
  [
    'work begun that will finish with its predecessor',
    afterPack({ actualStartMinute: at('2026-01-05T08:00'), durationMinutes: 3 * DAY }, 'ff'),
  ],
  [
    'work done on a Sunday',
    planOf({ tasks: [task('pack', 1, finished('2026-01-11T08:00', '2026-01-11T17:00'))] }),
  ],
  [
    'work begun on a Sunday',
    planOf({ tasks: [task('pack', 1, { actualStartMinute: at('2026-01-11T08:00') })] }),
  ],
  [
    'a milestone reached on a Sunday',
    planOf({ tasks: [task('live', 0, finished('2026-01-11T08:00', '2026-01-11T08:00'))] }),
  ],
  [
    'work not to start before a Sunday',
    planOf({ tasks: [task('pack', 1, { constraint: 'snet', constraintMinute: at('2026-01-11T08:00') })] }),
  ],
  [
    'work by the clock typed for a Sunday',
    planOf({
      tasks: [task('cure', 1, { ...typed('2026-01-11T08:00', '2026-01-12T08:00'), durationElapsed: true })],
    }),
  ],
]
test.each(PEACE)('%s is no conflict', (_what, plan) => {
  expect(kinds(plan)).toEqual([])
})

const TOLD: [string, Plan, string, string[]][] = [
  [
    'a deadline missed by an hour',
    planOf({ tasks: [task('pack', 3, { deadlineMinute: at('2026-01-07T16:00') })] }),
    'deadline',
    ['pack'],
  ],
  [
    'a finish typed before the finish it waits for',
    afterPack(typed('2026-01-05T08:00', '2026-01-06T17:00'), 'ff'),
    'manual',
    ['drive'],
  ],
  [
    'work finished before its unfinished predecessor',
    afterPack(finished('2026-01-06T08:00', '2026-01-06T17:00')),
    'outOfSequence',
    ['drive'],
  ],
  [
    'work begun before a finished predecessor ended',
    afterPack(
      { actualStartMinute: at('2026-01-06T08:00') },
      'fs',
      finished('2026-01-05T08:00', '2026-01-07T17:00'),
    ),
    'outOfSequence',
    ['drive'],
  ],
  [
    'a milestone not to be before a Sunday',
    planOf({ tasks: [task('live', 0, { constraint: 'snet', constraintMinute: at('2026-01-11T08:00') })] }),
    'nonWorking',
    ['live'],
  ],
  [
    'a milestone typed for a Sunday',
    planOf({ tasks: [task('live', 0, typed('2026-01-11T08:00', '2026-01-11T08:00'))] }),
    'nonWorking',
    ['live'],
  ],
  [
    'work typed for an evening',
    planOf({ tasks: [task('pack', 1, typed('2026-01-09T18:00', '2026-01-09T20:00'))] }),
    'nonWorking',
    ['pack'],
  ],
]
test.each(TOLD)('%s is a conflict', (_what, plan, kind, tasks) => {
  const told = found(plan).flatMap((one) => (one.kind === kind && 'task' in one ? [one.task] : []))
  expect(told).toEqual(tasks)
})

test('a date kept against a limit of the phase alone names no link', () => {
  const plan = planOf({
    tasks: [
      task('phase', 0, { constraint: 'snet', constraintMinute: at('2026-01-07T08:00') }),
      task('drive', 1, { parent: 'phase', constraint: 'mso', constraintMinute: at('2026-01-05T08:00') }),
    ],
  })
  expect(kinds(plan)).not.toContain('constraint')
})

test('of two links that end together the one named first is told', () => {
  const plan = planOf({
    tasks: [
      task('pack', 3),
      task('keys', 3),
      task('drive', 1, { constraint: 'snlt', constraintMinute: at('2026-01-06T08:00') }),
    ],
    links: [link('pack', 'drive'), link('keys', 'drive')],
  })
  expect(found(plan)[0]).toMatchObject({ kind: 'constraint', predecessor: 'pack' })
})

test.each(['snlt', 'fnlt', 'mso', 'mfo'] as const)(
  'where links win, a path is held by the date of its last task (%s)',
  (constraint) => {
    const plan = planOf({
      project: { honorConstraints: false },
      // Named from the end, told in the order of their starts.
      tasks: [
        task('drive', 1, { constraint, constraintMinute: at('2026-01-07T17:00') }),
        task('pack', 3),
        task('sort', 2),
        task('party', 20),
      ],
      links: [link('pack', 'drive'), link('sort', 'pack')],
    })
    expect(found(plan).filter(({ kind }) => kind === 'negativeSlack')).toMatchObject([
      { tasks: ['sort', 'pack', 'drive'], heldBy: ['drive'] },
    ])
  },
)

test('two paths below zero are two conflicts, each with what holds it', () => {
  const late = { deadlineMinute: at('2026-01-05T17:00') }
  const plan = planOf({
    tasks: [
      task('write', 2, late),
      task('pack', 1),
      task('drive', 2, late),
      task('party', 9, { deadlineMinute: at('2026-01-15T17:00') }),
    ],
    links: [link('pack', 'drive')],
  })
  expect(found(plan).filter(({ kind }) => kind === 'negativeSlack')).toEqual([
    { kind: 'negativeSlack', tasks: ['write'], totalSlackMinutes: -DAY, heldBy: ['write'] },
    { kind: 'negativeSlack', tasks: ['pack', 'drive'], totalSlackMinutes: -2 * DAY, heldBy: ['drive'] },
  ])
})

test.each([
  ['snet', false],
  ['fnlt', false],
  ['asap', false],
  ['alap', false],
  ['snlt', true],
  ['fnet', true],
  ['mso', true],
  ['mfo', true],
] as const)('the date %s on a phase is ignored: %s', (constraint, ignored) => {
  const plan = planOf({
    tasks: [
      { id: 'move', constraint, constraintMinute: at('2026-01-05T17:00') },
      task('drive', 1, { parent: 'move' }),
    ],
  })
  expect(found(plan).filter(({ kind }) => kind === 'ignored')).toEqual(
    ignored ? [{ kind: 'ignored', task: 'move', constraint }] : [],
  )
})

test('links into the start of a phase are not ignored, those into its finish are', () => {
  const into = (type: 'fs' | 'ss' | 'ff' | 'sf') =>
    kinds(
      planOf({
        tasks: [task('pack', 1), task('move', 0), task('drive', 1, { parent: 'move' })],
        links: [link('pack', 'move', type)],
      }),
    )
  expect([into('fs'), into('ss'), into('ff'), into('sf')]).toEqual([[], [], ['ignored'], ['ignored']])
})

// Ruth is off on Tuesdays; the machine runs from Monday to Saturday.
const machine = (more: Partial<PlanTask>, who: Partial<PlanAssignment> = {}, calendar = 'free-tuesday') =>
  planOf({
    calendars: [
      { id: 'free-tuesday', week: weekOf([1, 3, 4, 5], DAY_SHIFTS) },
      { id: 'machine', week: weekOf([1, 2, 3, 4, 5, 6], DAY_SHIFTS) },
    ],
    tasks: [task('test', 3, { calendar: 'machine', ignoreResourceCalendar: true, ...more })],
    resources: [person('ruth', calendar), { id: 'paper', type: 'material', calendar: 'free-tuesday' }],
    assignments: [{ ...assigned('test', 'ruth', 3), ...who }],
  })
const OFF: [string, Plan, number | undefined][] = [
  ['who works on a free day is told', machine({}), DAY],
  [
    'of work under way only what is left is looked at',
    machine({
      actualStartMinute: at('2026-01-05T08:00'),
      actualDurationMinutes: 2 * DAY,
      remainingDurationMinutes: DAY,
    }),
    undefined,
  ],
  [
    'of work under way the free day ahead is told',
    machine({
      actualStartMinute: at('2026-01-05T08:00'),
      actualDurationMinutes: DAY,
      remainingDurationMinutes: 2 * DAY,
    }),
    DAY,
  ],
  ['what is done is done', machine(finished('2026-01-05T08:00', '2026-01-07T17:00')), undefined],
  ['who is asked for works when there', machine({ ignoreResourceCalendar: false }), undefined],
  ['a day without a free day is none', machine({ durationMinutes: DAY }), undefined],
  ['without a calendar of the task nobody is passed over', machine({ calendar: null }), undefined],
  ['by the clock nobody is meant', machine({ durationElapsed: true, durationMinutes: 3 * 1440 }), undefined],
  ['material has no free day', machine({}, { resource: 'paper' }), undefined],
  ['nobody has none', machine({}, { resource: null }), undefined],
  ['who works as the machine does has none', machine({}, {}, 'machine'), undefined],
  ['who works as the project does is there on these days', machine({}, {}, 'standard'), undefined],
]
test.each(OFF)('%s', (_what, plan, offMinutes) => {
  const told = found(plan).flatMap((one) =>
    one.kind === 'nonWorking' && 'offMinutes' in one ? [one.offMinutes] : [],
  )
  expect(told).toEqual(offMinutes === undefined ? [] : [offMinutes])
})

test('a plan that makes no sense has no conflicts to tell', () => {
  expect(conflictsOf({ ...afterPack({}), project: { calendar: 'standard' } })).toMatchObject({
    refused: { code: 'schedule.noProjectDate' },
  })
})
