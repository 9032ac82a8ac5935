import { expect, test } from 'vitest'
import { minuteOf } from '../../drawing/civil.ts'
import { minutesPerPixelOf } from '../../drawing/gantt/scale.ts'
import { beginDrag, dragTo, dropOf, ghostRow, weekdayMinutesBetween } from './drag.ts'
import { commandOf } from './gantt-keys.ts'
import { idsBetween, type PlanRow, parentOf, visibleRows } from './outline.ts'
import { type PlanStyle, planColumns } from './plan-columns.ts'

const start = minuteOf(2026, 12, 9) + 480
const finish = minuteOf(2027, 1, 8) + 1020

function row(id: string, depth: number, more: Partial<PlanRow> = {}): PlanRow {
  return {
    id,
    depth,
    name: id,
    startMinute: start,
    finishMinute: finish,
    durationMinutes: 9600,
    totalSlackMinutes: 0,
    summary: false,
    milestone: false,
    percentComplete: 0,
    critical: true,
    ...more,
  }
}

const plan: PlanStyle = {
  todayMinute: minuteOf(2026, 11, 23),
  minutesPerDay: 480,
  minutesPerWeek: 2400,
  daysPerMonth: 20,
}
const rows = [
  row('ERP', 0),
  row('5', 1),
  row('5.2', 2),
  row('5.3', 2),
  row('6', 1),
  row('6.2', 2),
  row('IAM', 0),
]
const scale = { originMinute: minuteOf(2026, 11, 2), minutesPerPixel: minutesPerPixelOf('week') }
const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test('folding a parent hides all it holds and says how much', () => {
  const shown = visibleRows(rows, new Set(['5']))
  expect(shown.map((one) => one.row.id)).toEqual(['ERP', '5', '6', '6.2', 'IAM'])
  expect(shown[1]).toMatchObject({ isParent: true, isCollapsed: true, hiddenCount: 2 })
  expect(visibleRows(rows, new Set(['ERP', '5'])).map((one) => one.row.id)).toEqual(['ERP', 'IAM'])
  expect(visibleRows(rows, new Set(['5.2']))).toHaveLength(7)
})

test('a row knows its parent and a range its rows', () => {
  const shown = visibleRows(rows, new Set())
  expect(parentOf(shown, 3)).toBe('5')
  expect(parentOf(shown, 6)).toBeUndefined()
  expect(idsBetween(shown, 3, 1)).toEqual(['5', '5.2', '5.3'])
})

test('keys mean what the key sheet says', () => {
  const keyOf = (key: string, held = {}) => commandOf({ ...none, ...held, key })?.do
  expect(keyOf('j')).toBe('moveRow')
  expect(keyOf('ArrowRight', { altKey: true })).toBe('indent')
  expect(keyOf('ArrowUp', { altKey: true })).toBe('shiftRows')
  expect(commandOf({ ...none, key: 'X', shiftKey: true })).toEqual({ do: 'select', range: true })
  expect(keyOf('+', { shiftKey: true })).toBe('zoom')
  expect(keyOf('a', { ctrlKey: true })).toBe('selectAll')
  expect(keyOf('z', { ctrlKey: true })).toBeUndefined()
  expect(keyOf('q')).toBeUndefined()
})

test('a bar taken by its body moves by whole days at the zoom of weeks', () => {
  const at = { x: 100, y: 10, scale, barPx: 100 }
  const begun = beginDrag({ id: '7.1', index: 0, part: 'body' }, row('7.1', 1), at, { edit: true })
  expect(begun?.kind).toBe('move')
  if (!begun) return
  expect(dropOf(dragTo(begun, { x: 101, y: 10, scale }))).toBeUndefined()
  const moved = dragTo(begun, { x: 125, y: 10, scale })
  expect(dropOf(moved)).toEqual({ kind: 'move', id: '7.1', startMinute: start + 7 * 1440 })
  expect(ghostRow(moved, row('7.1', 1), true)?.finishMinute).toBe(finish + 7 * 1440)
  expect(ghostRow(moved, row('7.2', 1), false)).toBeUndefined()
})

test('a bar taken by its end is resized and never turns inside out', () => {
  const at = { x: 300, y: 10, scale, barPx: 100 }
  const begun = beginDrag({ id: '7.1', index: 0, part: 'finish' }, row('7.1', 1), at, { edit: true })
  if (!begun) throw new Error('nothing taken')
  expect(dropOf(dragTo(begun, { x: 325, y: 0, scale }))).toMatchObject({ finishMinute: finish + 7 * 1440 })
  expect(dropOf(dragTo(begun, { x: -900, y: 0, scale }))).toMatchObject({ finishMinute: start + 15 })
})

test('progress goes in steps of five percent between nothing and all', () => {
  const at = { x: 0, y: 10, scale, barPx: 100 }
  const begun = beginDrag({ id: '7.1', index: 0, part: 'progress' }, row('7.1', 1), at, { edit: true })
  if (!begun) throw new Error('nothing taken')
  expect(dropOf(dragTo(begun, { x: 47, y: 0, scale }))).toEqual({ kind: 'progress', id: '7.1', percent: 45 })
  expect(dropOf(dragTo(begun, { x: 470, y: 0, scale }))).toMatchObject({ percent: 100 })
})

test('a link has the type of the ends it joins and never joins a task to itself', () => {
  const at = { x: 0, y: 10, scale, barPx: 100 }
  const typeOf = (part: 'linkStart' | 'linkFinish', end: 'start' | 'finish', id = '7.2') => {
    const begun = beginDrag({ id: '7.1', index: 0, part }, row('7.1', 1), at, { edit: true })
    if (!begun) throw new Error('nothing taken')
    const dropped = dropOf(dragTo(begun, { x: 5, y: 40, scale, target: { id, end } }))
    return dropped?.kind === 'link' ? dropped.type : undefined
  }
  expect(typeOf('linkFinish', 'start')).toBe('fs')
  expect(typeOf('linkFinish', 'finish')).toBe('ff')
  expect(typeOf('linkStart', 'start')).toBe('ss')
  expect(typeOf('linkStart', 'finish')).toBe('sf')
  expect(typeOf('linkFinish', 'start', '7.1')).toBeUndefined()
})

test('who may only read can pan and nothing else', () => {
  const at = { x: 0, y: 10, scale, barPx: 100 }
  const begun = beginDrag({ id: '7.1', index: 0, part: 'body' }, row('7.1', 1), at, { edit: false })
  expect(begun?.kind).toBe('pan')
})

test('cells write and read what people write', () => {
  const task = row('7.1', 1, { slipMinutes: 7200 })
  expect(planColumns.duration.text(task, plan)).toBe('20 d')
  expect(planColumns.start.text(task, plan)).toBe('9 Dec')
  expect(planColumns.slip.text(task, plan)).toBe('+15')
  expect(planColumns.slack.text(task, plan)).toBe('0')
  expect(planColumns.duration.edit?.read('4 w', task, plan)).toEqual({
    patch: { durationMinutes: 9600, durationElapsed: false, estimated: false },
  })
  expect(planColumns.start.edit?.read('14 Dec', task, plan)).toEqual({
    patch: { startMinute: minuteOf(2026, 12, 14) + 480 },
  })
  expect(planColumns.finish.edit?.read('14 Dec', task, plan)).toEqual({
    patch: { finishMinute: minuteOf(2026, 12, 14) + 1020 },
  })
  expect(planColumns.percent.edit?.read('120', task, plan)).toHaveProperty('refused')
  expect(planColumns.name.edit?.read('  ', task, plan)).toHaveProperty('refused')
  expect(planColumns.start.edit?.allows?.(row('5', 1, { summary: true }))).toBe(false)
})

test('what a cell offers for editing reads back as it was', () => {
  const task = row('7.1', 1)
  for (const column of [planColumns.start, planColumns.finish]) {
    const typed = column.edit?.typed(task, plan) ?? ''
    const field = column.key === 'start' ? 'startMinute' : 'finishMinute'
    expect(column.edit?.read(typed, task, plan)).toEqual({ patch: { [field]: task[field] } })
  }
})

test('without a calendar weekdays count', () => {
  expect(weekdayMinutesBetween(start, minuteOf(2026, 12, 15) + 1020, 480)).toBe(5 * 480)
})
