import { activeIndex, activeRow, beginEdit, type Control, targets } from './control.ts'
import type { PlanCommand } from './gantt-keys.ts'
import { idsBetween } from './outline.ts'

/** Does what a key or a menu line asks. False when it cannot be done here, so that the key is left to the page. */
export function perform(control: Control, command: PlanCommand): boolean {
  const { props } = control
  switch (command.do) {
    case 'moveRow':
      return toRow(control, activeIndex(control) + command.by, { extend: command.extend })
    case 'page':
      return toRow(control, activeIndex(control) + command.direction * control.rowsPerPage, { extend: false })
    case 'toRow':
      return toRow(control, command.place === 'first' ? 0 : control.visible.length - 1, { extend: false })
    case 'moveColumn':
      return moveColumn(control, command.by)
    case 'toColumn':
      return toColumn(control, command.place === 'first' ? 0 : control.columns.length - 1)
    case 'zoom':
      control.axis.step(command.step, zoomAnchor(control))
      return true
    case 'fit':
      control.axis.fit()
      return true
    case 'select':
      return select(control, command)
    case 'selectAll':
      control.select(new Set(control.visible.map(({ row }) => row.id)))
      return true
    case 'toggle':
      return toggle(control)
    case 'open':
      return withActive(control, props.onOpen)
    case 'edit':
      return beginEdit(control)
    case 'back':
      return back(control)
    case 'why':
      return why(control)
    default:
      return performOnTasks(control, command)
  }
}

// Zooming holds on to what the reader looks at: the active task's bar, else today, else the middle.
function zoomAnchor(control: Control): number | undefined {
  const start = activeRow(control)?.startMinute
  const ofTask = start == null ? undefined : control.axis.placeOf(start)
  return ofTask ?? control.axis.placeOf(control.props.plan.todayMinute)
}

function performOnTasks(control: Control, command: PlanCommand): boolean {
  const { props } = control
  const ids = targets(control)
  switch (command.do) {
    case 'indent':
      return withIds(ids, props.onIndent)
    case 'outdent':
      return withIds(ids, props.onOutdent)
    case 'shiftRows':
      return withIds(ids, props.onShift && ((chosen) => props.onShift?.(chosen, command.direction)))
    case 'delete':
      return withIds(ids, props.onDelete)
    case 'create':
      props.onCreate?.(control.active?.id)
      return props.onCreate !== undefined
    case 'trace':
      props.onTrace?.(props.traced ? undefined : control.active?.id)
      return props.onTrace !== undefined
    case 'moveTo':
      return withIds(ids, props.onMove && ((chosen) => control.openDialog({ kind: 'moveTo', ids: chosen })))
    case 'linkTo':
      return withIds(ids, props.onLink && ((chosen) => control.openDialog({ kind: 'linkTo', ids: chosen })))
    case 'menu':
      return openMenu(control)
    default:
      return false
  }
}

function withIds(ids: readonly string[], act: ((ids: readonly string[]) => void) | undefined): boolean {
  if (!act || ids.length === 0) return false
  act(ids)
  return true
}

function withActive(control: Control, act: ((id: string) => void) | undefined): boolean {
  if (!act || !control.active) return false
  act(control.active.id)
  return true
}

function toRow(control: Control, index: number, { extend }: { extend: boolean }): boolean {
  const last = control.visible.length - 1
  const line = control.visible[Math.min(Math.max(index, 0), last)]
  if (!line) return false
  if (extend && control.active) control.select(new Set([...control.selected, control.active.id, line.row.id]))
  control.setActive({ id: line.row.id, columnKey: control.active?.columnKey ?? 'name' })
  return true
}

// On the name, the arrows fold and unfold first, as in any tree; beyond that they go to the next cell.
function moveColumn(control: Control, by: 1 | -1): boolean {
  const index = activeIndex(control)
  const line = control.visible[index]
  if (line?.isParent && control.active?.columnKey === 'name' && line.isCollapsed === (by === 1)) {
    return toggle(control)
  }
  const at = control.columns.findIndex(({ key }) => key === control.active?.columnKey)
  return toColumn(control, at + by)
}

function toColumn(control: Control, position: number): boolean {
  const column = control.columns[Math.min(Math.max(position, 0), control.columns.length - 1)]
  if (!column || !control.active) return false
  control.setActive({ id: control.active.id, columnKey: column.key })
  return true
}

function select(control: Control, { range }: { range: boolean }): boolean {
  const { active, selected } = control
  if (!active) return false
  if (!range) {
    const next = new Set(selected)
    if (!next.delete(active.id)) next.add(active.id)
    control.select(next)
    return true
  }
  const anchor = [...selected].at(-1)
  const from = anchor === undefined ? activeIndex(control) : (control.layout.indexOf.get(anchor) ?? 0)
  control.select(new Set([...selected, ...idsBetween(control.visible, from, activeIndex(control))]))
  return true
}

function toggle(control: Control): boolean {
  const line = control.visible[activeIndex(control)]
  if (!line?.isParent) return false
  const next = new Set(control.collapsed)
  if (!next.delete(line.row.id)) next.add(line.row.id)
  control.collapse(next)
  return true
}

function back(control: Control): boolean {
  if (control.editing) control.setEditing(undefined)
  else if (control.selected.size > 0) control.select(new Set())
  else if (control.props.traced) control.props.onTrace?.(undefined)
  else return false
  return true
}

/** Asks why the active cell is so; from a column that has no reason, why the task starts when it does. */
function why(control: Control): boolean {
  const row = activeRow(control)
  if (!control.props.onExplain || !control.active || !row) return false
  const asked = control.columns.find(({ key }) => key === control.active?.columnKey)
  const columnKey = asked?.explains ? asked.key : 'start'
  const box = control.cellBox({ id: row.id, columnKey }) ?? control.cellBox(control.active)
  if (!box) return false
  control.props.onExplain(row.id, columnKey, box)
  return true
}

function openMenu(control: Control): boolean {
  const box = control.active ? control.cellBox(control.active) : undefined
  if (!box) return false
  control.openMenu({ x: box.left + 24, y: box.bottom })
  return true
}
