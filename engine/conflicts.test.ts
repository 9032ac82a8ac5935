import { expect, test } from 'vitest'
import { assigned, at, DAY, DAY_SHIFTS, link, person, planOf, STANDARD, task, weekOf } from './cases/case.ts'
import { conflictsOf } from './conflicts.ts'
import type { Plan } from './plan.ts'
import { schedule } from './schedule.ts'

function found(plan: Plan) {
  const answer = conflictsOf(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  return answer
}

test('a plan that can be kept has no conflicts', () => {
  const plan = planOf({ tasks: [task('pack', 3), task('drive', 1)], links: [link('pack', 'drive')] })
  expect(found(plan)).toEqual([])
})

test('a date that must be kept before its links allow names the link that comes last', () => {
  const plan = planOf({
    tasks: [
      task('keys', 1),
      task('pack', 3),
      task('drive', 1, { constraint: 'mso', constraintMinute: at('2026-01-06T08:00') }),
    ],
    links: [link('keys', 'drive'), link('pack', 'drive')],
  })
  expect(found(plan)).toContainEqual({
    kind: 'constraint',
    task: 'drive',
    predecessor: 'pack',
    link: 'pack→drive',
    neededStartMinute: at('2026-01-08T08:00'),
    startMinute: at('2026-01-06T08:00'),
  })
})

test('a missed deadline takes its whole path below zero, and the path says what holds it', () => {
  const plan = planOf({
    tasks: [
      task('pack', 3),
      task('drive', 1),
      task('unpack', 2, { deadlineMinute: at('2026-01-09T17:00') }),
      task('party', 9),
    ],
    links: [link('pack', 'drive'), link('drive', 'unpack')],
  })
  expect(found(plan)).toEqual([
    {
      kind: 'deadline',
      task: 'unpack',
      deadlineMinute: at('2026-01-09T17:00'),
      finishMinute: at('2026-01-12T17:00'),
    },
    {
      kind: 'negativeSlack',
      tasks: ['pack', 'drive', 'unpack'],
      totalSlackMinutes: -DAY,
      heldBy: ['unpack'],
    },
  ])
})

test('dates put by hand before what they wait for, and on a weekend, are told', () => {
  const plan = planOf({
    tasks: [
      task('pack', 5),
      task('drive', 1, {
        mode: 'manual',
        manualStartMinute: at('2026-01-08T08:00'),
        manualFinishMinute: at('2026-01-08T17:00'),
      }),
      task('party', 1, {
        mode: 'manual',
        manualStartMinute: at('2026-01-10T18:00'),
        manualFinishMinute: at('2026-01-11T02:00'),
      }),
    ],
    links: [link('pack', 'drive')],
  })
  const told = found(plan)
  expect(told.filter(({ kind }) => kind !== 'negativeSlack')).toEqual([
    {
      kind: 'manual',
      task: 'drive',
      predecessor: 'pack',
      link: 'pack→drive',
      linkType: 'fs',
      minute: at('2026-01-08T08:00'),
      neededMinute: at('2026-01-09T17:00'),
    },
    { kind: 'nonWorking', task: 'party', minute: at('2026-01-10T18:00') },
  ])
  expect(told).toContainEqual({
    kind: 'negativeSlack',
    tasks: ['pack'],
    totalSlackMinutes: -DAY,
    heldBy: ['drive'],
  })
})

test('work begun before what it waits for is out of sequence until both are done', () => {
  const begun = { actualStartMinute: at('2026-01-06T08:00'), percentComplete: 20, actualDurationMinutes: 96 }
  const plan = planOf({
    tasks: [task('pack', 5), task('drive', 1, begun)],
    links: [link('pack', 'drive')],
  })
  expect(found(plan)).toEqual([
    {
      kind: 'outOfSequence',
      task: 'drive',
      predecessor: 'pack',
      link: 'pack→drive',
      linkType: 'fs',
      minute: at('2026-01-06T08:00'),
    },
  ])
  const finished = (from: string, to: string) => ({
    actualStartMinute: at(from),
    actualFinishMinute: at(to),
    percentComplete: 100,
  })
  const done = {
    ...plan,
    tasks: [
      task('pack', 5, finished('2026-01-05T08:00', '2026-01-09T17:00')),
      task('drive', 1, finished('2026-01-06T08:00', '2026-01-06T17:00')),
    ],
  }
  expect(found(done)).toEqual([])
})

test('a go-live on a Sunday is told, one on a Friday evening is not', () => {
  const goLive = (minute: number) =>
    planOf({ tasks: [task('go-live', 0, { constraint: 'mso', constraintMinute: minute, milestone: true })] })
  expect(found(goLive(at('2026-01-11T18:00')))).toEqual([
    { kind: 'nonWorking', task: 'go-live', minute: at('2026-01-11T18:00') },
  ])
  expect(found(goLive(at('2026-01-09T20:00')))).toEqual([])
})

test('a task that asks nobody’s calendar names the person who is off meanwhile', () => {
  const plan = planOf({
    calendars: [
      STANDARD,
      { id: 'free-tuesday', week: weekOf([1, 3, 4, 5], DAY_SHIFTS) },
      { id: 'machine', week: weekOf([1, 2, 3, 4, 5, 6], DAY_SHIFTS) },
    ].slice(1),
    tasks: [task('test', 3, { calendar: 'machine', ignoreResourceCalendar: true })],
    resources: [person('ruth', 'free-tuesday')],
    assignments: [assigned('test', 'ruth', 3)],
  })
  expect(found(plan)).toEqual([
    { kind: 'nonWorking', task: 'test', minute: at('2026-01-05T08:00'), resource: 'ruth', offMinutes: DAY },
  ])
})

test('what a summary task cannot know is told as ignored', () => {
  const plan = planOf({
    tasks: [
      task('pack', 1),
      task('move', 0, { constraint: 'mso', constraintMinute: at('2026-01-07T08:00') }),
      task('drive', 1, { parent: 'move' }),
    ],
    links: [link('pack', 'move', 'ff')],
  })
  expect(found(plan)).toEqual([
    { kind: 'ignored', task: 'move', constraint: 'mso' },
    { kind: 'ignored', task: 'move', link: 'pack→move', predecessor: 'pack' },
  ])
})

test('every warning of the schedule is among the conflicts', () => {
  const plan = planOf({
    tasks: [
      task('a', 4, { deadlineMinute: at('2026-01-06T17:00') }),
      task('b', 2, { constraint: 'snlt', constraintMinute: at('2026-01-07T08:00') }),
      task('s', 0, { constraint: 'fnet', constraintMinute: at('2026-01-07T08:00') }),
      task('c', 1, { parent: 's', mode: 'manual', manualStartMinute: at('2026-01-05T08:00') }),
    ],
    links: [link('a', 'b'), link('a', 'c'), link('b', 's', 'ff')],
  })
  const answer = schedule(plan)
  if ('refused' in answer) throw new Error(answer.refused.code)
  const kinds: Record<string, string> = {
    'schedule.constraintConflict': 'constraint',
    'schedule.manualConflict': 'manual',
    'schedule.deadlineMissed': 'deadline',
    'schedule.negativeSlack': 'negativeSlack',
    'schedule.summaryConstraint': 'ignored',
    'schedule.summaryLinkIgnored': 'ignored',
  }
  const told = found(plan).flatMap((one) =>
    'tasks' in one ? one.tasks.map((id) => `${one.kind} ${id}`) : [`${one.kind} ${one.task}`],
  )
  expect(answer.warnings.length).toBeGreaterThan(5)
  for (const { code, task: id } of answer.warnings) expect(told).toContain(`${kinds[code]} ${id}`)
})
