import type { GanttLayout } from '../../drawing/gantt/layout.ts'
import type { GanttProps } from './gantt-props.ts'
import type { PlanRow, VisibleRow } from './outline.ts'
import type { PlanColumn } from './plan-columns.ts'
import type { Editing } from './row-line.tsx'
import type { TimeAxis } from './use-time-axis.ts'

export type ActiveCell = { id: string; columnKey: string }
export type PlanDialog = { kind: 'moveTo' | 'linkTo'; ids: readonly string[] }
export type PlanMenuPlace = { x: number; y: number }

/** The plan control as its commands see it: what is shown, what is chosen, and how to change either. */
export type Control = {
  props: GanttProps
  visible: readonly VisibleRow[]
  layout: GanttLayout
  columns: readonly PlanColumn[]
  active: ActiveCell | undefined
  selected: ReadonlySet<string>
  collapsed: ReadonlySet<string>
  editing: Editing | undefined
  axis: TimeAxis
  rowsPerPage: number
  setActive: (cell: ActiveCell) => void
  select: (ids: ReadonlySet<string>) => void
  collapse: (ids: ReadonlySet<string>) => void
  setEditing: (editing: Editing | undefined) => void
  openMenu: (place: PlanMenuPlace | undefined) => void
  openDialog: (dialog: PlanDialog | undefined) => void
  cellBox: (cell: ActiveCell) => DOMRect | undefined
}

/** The place of the active row among the visible ones; −1 when there is none. */
export function activeIndex(control: Control): number {
  return control.active ? (control.layout.indexOf.get(control.active.id) ?? -1) : -1
}

export function activeRow(control: Control): PlanRow | undefined {
  return control.visible[activeIndex(control)]?.row
}

/** The tasks a command acts on, in the order of the plan: what is selected, else the active row. */
export function targets(control: Control): string[] {
  if (control.selected.size > 0) {
    return control.visible.map(({ row }) => row.id).filter((id) => control.selected.has(id))
  }
  return control.active ? [control.active.id] : []
}

export function columnOf(control: Control, key: string): PlanColumn | undefined {
  return control.columns.find((column) => column.key === key)
}

/** Opens the active cell for writing, with what was refused before still in it; false when it may not be written. */
export function beginEdit(control: Control): boolean {
  const { active, props, editing } = control
  const row = activeRow(control)
  const column = active ? columnOf(control, active.columnKey) : undefined
  if (!active || !row || !column?.edit || !props.onEdit || column.edit.allows?.(row) === false) return false
  const isSame = editing?.id === active.id && editing.columnKey === active.columnKey
  const typed = isSame ? editing.typed : column.edit.typed(row, props.plan)
  control.setEditing({ ...active, typed, isOpen: true })
  return true
}

/** Reads what was typed and hands it on; a refusal stays in the cell with its reason. */
export async function commitEdit(control: Control, keep: { open: boolean }): Promise<void> {
  const { editing, props } = control
  if (!editing?.isOpen) return
  const row = control.visible.find((line) => line.row.id === editing.id)?.row
  const column = columnOf(control, editing.columnKey)
  if (!row || !column?.edit) return control.setEditing(undefined)
  if (editing.typed === column.edit.typed(row, props.plan)) return control.setEditing(undefined)
  const read = column.edit.read(editing.typed, row, props.plan)
  if ('refused' in read) {
    return control.setEditing({ ...editing, refused: read.refused, isOpen: keep.open })
  }
  control.setEditing(undefined)
  const refusal = await props.onEdit?.(editing.id, read.patch)
  if (refusal) control.setEditing({ ...editing, refused: refusal.sentence, isOpen: false })
}
