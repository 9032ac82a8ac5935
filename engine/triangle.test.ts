import { expect, test } from 'vitest'
import { retime, type Triangle, type TriangleEdit } from './triangle.ts'

const DAY = 480
type Said = { days: number; units: number[]; workDays: number[] }

/** Ann and Ben, whole days, ten days long: twenty days of work. */
const paint = (type: Triangle['type'], effortDriven = false): Triangle => ({
  type,
  effortDriven,
  durationMinutes: 10 * DAY,
  people: [
    { assignment: 'Ann', units: 1, workMinutes: 10 * DAY },
    { assignment: 'Ben', units: 1, workMinutes: 10 * DAY },
  ],
})

const duration: TriangleEdit = { kind: 'duration', minutes: 5 * DAY }
const work: TriangleEdit = { kind: 'work', minutes: 30 * DAY }
const units: TriangleEdit = { kind: 'units', assignment: 'Ann', units: 0.5 }
const join: TriangleEdit = { kind: 'join', assignment: 'Cem', units: 2 }
const leave: TriangleEdit = { kind: 'leave', assignment: 'Ben' }

// What Microsoft Project keeps and what it recalculates, by type of task and by what is edited.
const table: [string, Triangle, TriangleEdit, Said][] = [
  ['fixed units, half as long: half the work', paint('fixedUnits'), duration, said(5, [1, 1], [5, 5])],
  ['fixed units, half again the work: longer', paint('fixedUnits'), work, said(15, [1, 1], [15, 15])],
  [
    'fixed units, Ann at half: as long as Ann needs',
    paint('fixedUnits'),
    units,
    said(20, [0.5, 1], [10, 10]),
  ],
  ['fixed duration, half as long: half the work', paint('fixedDuration'), duration, said(5, [1, 1], [5, 5])],
  ['fixed duration, more work: more units', paint('fixedDuration'), work, said(10, [1.5, 1.5], [15, 15])],
  [
    'fixed duration, Ann at half: half of her work',
    paint('fixedDuration'),
    units,
    said(10, [0.5, 1], [5, 10]),
  ],
  ['fixed work, half as long: twice the units', paint('fixedWork'), duration, said(5, [2, 2], [10, 10])],
  ['fixed work, new work: longer', paint('fixedWork'), work, said(15, [1, 1], [15, 15])],
  ['fixed work, Ann at half: as long as Ann needs', paint('fixedWork'), units, said(20, [0.5, 1], [10, 10])],
  // Cem brings 2 of 4 units: half of the twenty days of work is his.
  [
    'effort-driven, two more units: half as long',
    paint('fixedUnits', true),
    join,
    said(5, [1, 1, 2], [5, 5, 10]),
  ],
  [
    'not effort-driven, two more units bring their work',
    paint('fixedUnits'),
    join,
    said(10, [1, 1, 2], [10, 10, 20]),
  ],
  ['fixed work is always effort-driven', paint('fixedWork'), join, said(5, [1, 1, 2], [5, 5, 10])],
  [
    'fixed duration and effort-driven: everybody does less a day',
    paint('fixedDuration', true),
    join,
    said(10, [0.5, 0.5, 1], [5, 5, 10]),
  ],
  ['effort-driven, Ben leaves: Ann does it all', paint('fixedUnits', true), leave, said(20, [1], [20])],
  ['not effort-driven, Ben takes his work along', paint('fixedUnits'), leave, said(10, [1], [10])],
]

test.each(table)('%s', (_title, before, edit, expected) => {
  const after = retime(before, edit)
  if ('refused' in after) throw new Error(after.refused.code)
  expect({
    days: after.durationMinutes / DAY,
    units: after.people.map((one) => one.units),
    workDays: after.people.map((one) => one.workMinutes / DAY),
  }).toEqual(expected)
})

test('the first person on a task brings its duration times the units as work', () => {
  const empty: Triangle = { ...paint('fixedUnits', true), people: [] }
  expect(retime(empty, join)).toMatchObject({
    durationMinutes: 10 * DAY,
    people: [{ assignment: 'Cem', units: 2, workMinutes: 20 * DAY }],
  })
})

test('work where there was none is shared out by units', () => {
  const idle = { ...paint('fixedUnits'), people: [share('Ann', 1, 0), share('Ben', 3, 0)] }
  expect(retime(idle, { kind: 'work', minutes: 8 * DAY })).toMatchObject({
    durationMinutes: 2 * DAY,
    people: [share('Ann', 1, 2), share('Ben', 3, 6)],
  })
})

test('units count in what a shorter task still gets done', () => {
  const half = { ...paint('fixedUnits'), people: [share('Ann', 0.5, 5)] }
  expect(retime(half, duration)).toMatchObject({ people: [share('Ann', 0.5, 2.5)] })
})

test('a task of fixed work without a duration has no work to keep units for', () => {
  expect(retime(paint('fixedWork'), { kind: 'duration', minutes: 0 })).toMatchObject({
    durationMinutes: 0,
    people: [share('Ann', 1, 0), share('Ben', 1, 0)],
  })
})

test('a fixed duration of nothing grows with its work', () => {
  const moment = { ...paint('fixedDuration'), durationMinutes: 0 }
  expect(retime(moment, work)).toMatchObject({
    durationMinutes: 15 * DAY,
    people: [share('Ann', 1, 15), share('Ben', 1, 15)],
  })
})

test('who leaves is gone; a stranger cannot leave, and the last one takes the work along', () => {
  const driven = paint('fixedUnits', true)
  expect(retime(driven, { kind: 'leave', assignment: 'Zoe' })).toEqual(driven)
  const alone = { ...driven, people: [share('Ben', 2, 10)] }
  expect(retime(alone, leave)).toEqual({ ...alone, people: [] })
  const uneven = { ...driven, people: [share('Ann', 1, 2), share('Ben', 1, 10)] }
  expect(retime(uneven, { kind: 'leave', assignment: 'Ann' })).toMatchObject({
    people: [share('Ben', 1, 12)],
  })
  expect(retime(uneven, { kind: 'leave', assignment: 'Zoe' })).toEqual(uneven)
  expect(retime({ ...alone, people: [] }, work)).toMatchObject({ durationMinutes: 10 * DAY, people: [] })
})

test('the refusal names what cannot be', () => {
  for (const edit of [
    { ...units, units: 0 },
    { ...duration, minutes: Number.POSITIVE_INFINITY },
    { ...join, units: -1 },
  ] as TriangleEdit[])
    expect(retime(paint('fixedUnits'), edit)).toEqual({
      refused: { code: 'schedule.badNumber', facts: { field: edit.kind } },
    })
})

test('nobody works at no units, and no duration is below zero', () => {
  for (const edit of [
    { ...units, units: 0 },
    { kind: 'duration', minutes: -1 },
    { ...join, units: Number.NaN },
  ])
    expect(retime(paint('fixedUnits'), edit as TriangleEdit)).toHaveProperty(
      'refused.code',
      'schedule.badNumber',
    )
})

function share(assignment: string, unitsOf: number, workDays: number) {
  return { assignment, units: unitsOf, workMinutes: workDays * DAY }
}

function said(days: number, unitsOf: number[], workDays: number[]): Said {
  return { days, units: unitsOf, workDays }
}
