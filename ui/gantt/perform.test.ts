import { expect, test } from 'vitest'
import { layoutGantt } from '../../drawing/gantt/layout.ts'
import { beginEdit, type Control, commitEdit, targets } from './control.ts'
import type { GanttCallbacks } from './gantt-props.ts'
import { type PlanRow, visibleRows } from './outline.ts'
import { perform } from './perform.ts'
import { usualColumns } from './plan-columns.ts'

function row(id: string, depth: number, more: Partial<PlanRow> = {}): PlanRow {
  const plain = {
    summary: false,
    milestone: false,
    percentComplete: 0,
    critical: false,
    durationMinutes: 2400,
  }
  return {
    id,
    depth,
    name: `Task ${id}`,
    startMinute: 29_900_000,
    finishMinute: 29_910_000,
    ...plain,
    ...more,
  }
}

const rows = [row('5', 0, { summary: true }), row('5.2', 1), row('5.3', 1), row('5.4', 1), row('6', 0)]
const plan = { todayMinute: 29_900_000, minutesPerDay: 480, minutesPerWeek: 2400, daysPerMonth: 20 }

/** A plan control without a page: what its commands change is kept here. */
function control(start: Partial<Control> = {}, callbacks: GanttCallbacks = {}): Control {
  const visible = visibleRows(rows, start.collapsed ?? new Set())
  const axis = { step: () => {}, fit: () => {}, placeOf: () => undefined } as unknown as Control['axis']
  const self: Control = {
    props: { label: 'Plan', rows, links: [], plan, ...callbacks },
    visible,
    layout: layoutGantt(
      visible.map((line) => line.row),
      [],
    ),
    columns: usualColumns,
    active: { id: '5.2', columnKey: 'name' },
    selected: new Set(),
    collapsed: new Set(),
    editing: undefined,
    axis,
    rowsPerPage: 3,
    setActive: (cell) => {
      self.active = cell
    },
    select: (ids) => {
      self.selected = ids
    },
    collapse: (ids) => {
      self.collapsed = ids
    },
    setEditing: (editing) => {
      self.editing = editing
    },
    openMenu: () => {},
    openDialog: () => {},
    cellBox: () => undefined,
    ...start,
  }
  return self
}

test('moving down stops at the last row and keeps the column', () => {
  const at = control({ active: { id: '5.4', columnKey: 'slack' } })
  perform(at, { do: 'moveRow', by: 1, extend: false })
  expect(at.active).toEqual({ id: '6', columnKey: 'slack' })
  perform(at, { do: 'moveRow', by: 1, extend: false })
  expect(at.active?.id).toBe('6')
})

test('on the name of a parent the arrow folds before it leaves', () => {
  const at = control({ active: { id: '5', columnKey: 'name' } })
  perform(at, { do: 'moveColumn', by: -1 })
  expect([...at.collapsed]).toEqual(['5'])
  const folded = control({ active: { id: '5', columnKey: 'name' }, collapsed: new Set(['5']) })
  expect(folded.visible).toHaveLength(2)
  perform(folded, { do: 'moveColumn', by: 1 })
  expect([...folded.collapsed]).toEqual([])
})

test('selecting with x and Shift x takes the rows between', () => {
  const at = control()
  perform(at, { do: 'select', range: false })
  perform(at, { do: 'moveRow', by: 1, extend: false })
  perform(at, { do: 'moveRow', by: 1, extend: false })
  perform(at, { do: 'select', range: true })
  expect(targets(at)).toEqual(['5.2', '5.3', '5.4'])
  perform(at, { do: 'back' })
  expect(targets(at)).toEqual(['5.4'])
})

test('a command acts on everything selected, in the order of the plan', () => {
  const asked: unknown[] = []
  const on: GanttCallbacks = {
    onIndent: (ids) => asked.push(['indent', ...ids]),
    onShift: (ids, direction) => asked.push([direction, ...ids]),
    onCreate: (after) => asked.push(['create', after]),
  }
  const at = control({ selected: new Set(['6', '5.3']) }, on)
  expect(perform(at, { do: 'indent' })).toBe(true)
  expect(perform(at, { do: 'shiftRows', direction: 'up' })).toBe(true)
  expect(perform(at, { do: 'create' })).toBe(true)
  expect(asked).toEqual([
    ['indent', '5.3', '6'],
    ['up', '5.3', '6'],
    ['create', '5.2'],
  ])
})

test('what the screen does not offer is left to the page', () => {
  const at = control()
  for (const command of ['indent', 'delete', 'create', 'open', 'edit', 'why', 'moveTo', 'linkTo'] as const) {
    expect(perform(at, { do: command }), command).toBe(false)
  }
})

test('a summary has no duration to write, a task has', () => {
  const on: GanttCallbacks = { onEdit: () => undefined }
  expect(beginEdit(control({ active: { id: '5', columnKey: 'duration' } }, on))).toBe(false)
  const at = control({ active: { id: '5.2', columnKey: 'duration' } }, on)
  expect(beginEdit(at)).toBe(true)
  expect(at.editing?.typed).toBe('5 d')
})

test('what cannot be read stays in the cell with the reason and reaches nobody', async () => {
  const asked: unknown[] = []
  const on: GanttCallbacks = {
    onEdit: (id, patch) => {
      asked.push([id, patch])
      return undefined
    },
  }
  const at = control({ active: { id: '5.2', columnKey: 'duration' } }, on)
  at.editing = { id: '5.2', columnKey: 'duration', typed: 'soon', isOpen: true }
  await commitEdit(at, { open: false })
  expect(at.editing).toMatchObject({ typed: 'soon', isOpen: false })
  expect(at.editing?.refused).toContain('not a duration')
  expect(asked).toEqual([])
  at.editing = { id: '5.2', columnKey: 'duration', typed: '2 w', isOpen: true }
  await commitEdit(at, { open: false })
  expect(at.editing).toBeUndefined()
  expect(asked).toEqual([['5.2', { durationMinutes: 4800, durationElapsed: false, estimated: false }]])
})

test('what the plan refuses comes back into the cell', async () => {
  const on: GanttCallbacks = { onEdit: async () => ({ sentence: 'The project is closed.' }) }
  const at = control({ active: { id: '5.2', columnKey: 'name' } }, on)
  at.editing = { id: '5.2', columnKey: 'name', typed: 'Build 15 interfaces', isOpen: true }
  await commitEdit(at, { open: false })
  expect(at.editing).toMatchObject({ typed: 'Build 15 interfaces', refused: 'The project is closed.' })
})

test('an edit that changes nothing asks for nothing', async () => {
  let count = 0
  const on: GanttCallbacks = {
    onEdit: () => {
      count += 1
      return undefined
    },
  }
  const at = control({ active: { id: '5.2', columnKey: 'name' } }, on)
  at.editing = { id: '5.2', columnKey: 'name', typed: 'Task 5.2', isOpen: true }
  await commitEdit(at, { open: false })
  expect(count).toBe(0)
  expect(at.editing).toBeUndefined()
})
