import { expect, test } from 'vitest'
import { at, DAY, link, planOf, task } from '../cases/case.ts'
import type { Plan, PlanTask } from '../plan.ts'
import { schedule } from '../schedule.ts'

function warned(plan: Plan) {
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  return answer.warnings
}

const design = task('design', 5)
const afterDesign = (more: Partial<PlanTask>) =>
  planOf({ tasks: [design, task('build', 1, more)], links: [link('design', 'build')] })

test('a hard constraint against its links says which date was needed and which one stands', () => {
  const plan = afterDesign({ constraint: 'snlt', constraintMinute: at('2026-01-07T08:00') })
  expect(warned(plan)).toEqual([
    { code: 'schedule.negativeSlack', task: 'design', facts: { totalSlackMinutes: -3 * DAY } },
    {
      code: 'schedule.constraintConflict',
      task: 'build',
      facts: {
        constraint: 'snlt',
        constraintMinute: at('2026-01-07T08:00'),
        neededStartMinute: at('2026-01-12T08:00'),
        startMinute: at('2026-01-07T08:00'),
      },
    },
  ])
})

test('a hard constraint just where its links lead is no conflict', () => {
  expect(warned(afterDesign({ constraint: 'mso', constraintMinute: at('2026-01-12T08:00') }))).toEqual([])
})

test('a deadline is missed when the task ends after it, not when it ends on it', () => {
  const by = (day: string) => warned(planOf({ tasks: [task('offer', 3, { deadlineMinute: at(day) })] }))
  expect(by('2026-01-07T17:00')).toEqual([])
  expect(by('2026-01-07T16:00')).toEqual([
    {
      code: 'schedule.deadlineMissed',
      task: 'offer',
      facts: { deadlineMinute: at('2026-01-07T16:00'), finishMinute: at('2026-01-07T17:00') },
    },
    { code: 'schedule.negativeSlack', task: 'offer', facts: { totalSlackMinutes: -60 } },
  ])
})

test('a task typed by hand before its predecessor ends says when it could begin, one typed for then says nothing', () => {
  const manual = (start: string, finish: string) =>
    afterDesign({ mode: 'manual', manualStartMinute: at(start), manualFinishMinute: at(finish) })
  expect(warned(manual('2026-01-12T08:00', '2026-01-12T17:00'))).toEqual([])
  const early = warned(manual('2026-01-08T08:00', '2026-01-08T17:00'))
  expect(early.filter(({ code }) => code === 'schedule.manualConflict')).toEqual([
    {
      code: 'schedule.manualConflict',
      task: 'build',
      facts: { predecessor: 'design', neededMinute: at('2026-01-09T17:00'), minute: at('2026-01-08T08:00') },
    },
  ])
})

test('of a task typed by hand the finish is what a finish-to-finish link looks at', () => {
  const manual = (finish: string) => ({
    ...planOf({
      tasks: [
        design,
        task('build', 1, {
          mode: 'manual',
          manualStartMinute: at('2026-01-05T08:00'),
          manualFinishMinute: at(finish),
        }),
      ],
      links: [link('design', 'build', 'ff')],
    }),
  })
  const conflicts = (finish: string) =>
    warned(manual(finish))
      .filter(({ code }) => code === 'schedule.manualConflict')
      .map(({ facts }) => facts)
  expect(conflicts('2026-01-09T17:00')).toEqual([])
  expect(conflicts('2026-01-08T17:00')).toEqual([
    { predecessor: 'design', neededMinute: at('2026-01-09T17:00'), minute: at('2026-01-08T17:00') },
  ])
})

test('a task that is not active warns of nothing', () => {
  const plan = planOf({
    tasks: [task('offer', 3, { active: false, deadlineMinute: at('2026-01-05T17:00') })],
  })
  expect(warned(plan)).toEqual([])
})

test.each([
  ['asap', false],
  ['alap', false],
  ['snet', false],
  ['fnlt', false],
  ['snlt', true],
  ['fnet', true],
  ['mso', true],
  ['mfo', true],
] as const)(
  'the constraint %s on a summary task is not known to Microsoft Project: %s',
  (constraint, told) => {
    const plan = planOf({
      tasks: [
        { id: 'phase', constraint, constraintMinute: at('2026-01-05T08:00') },
        task('dig', 1, { parent: 'phase' }),
      ],
    })
    expect(warned(plan).filter(({ code }) => code === 'schedule.summaryConstraint')).toEqual(
      told ? [{ code: 'schedule.summaryConstraint', task: 'phase', facts: { constraint } }] : [],
    )
  },
)

test('a link into the finish of a summary task is named, one into its start is kept', () => {
  const plan = (type: 'fs' | 'ss' | 'ff' | 'sf') =>
    planOf({
      tasks: [task('permit', 3), task('phase', 0), task('dig', 1, { parent: 'phase' })],
      links: [link('permit', 'phase', type)],
    })
  expect([...warned(plan('fs')), ...warned(plan('ss'))]).toEqual([])
  for (const type of ['ff', 'sf'] as const)
    expect(warned(plan(type))).toEqual([
      {
        code: 'schedule.summaryLinkIgnored',
        task: 'phase',
        facts: { link: 'permit→phase', predecessor: 'permit', type },
      },
    ])
})
