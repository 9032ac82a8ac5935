import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type GanttLayout, ganttSpan, layoutGantt } from '../../drawing/gantt/layout.ts'
import type { Span } from '../../drawing/gantt/view.ts'
import type { ActiveCell, PlanDialog, PlanMenuPlace } from './control.ts'
import type { GanttProps } from './gantt-props.ts'
import { type VisibleRow, visibleRows } from './outline.ts'
import { narrowColumns, type PlanColumn, usualColumns } from './plan-columns.ts'
import type { Editing } from './row-line.tsx'
import { useChoices } from './use-choices.ts'

export const rowPx = 29

/** What the rows come to: lines in sight, the picture's layout, the span of time. Anew only when the plan or its folds change. */
export function usePlanLines(
  { rows, links, plan }: GanttProps,
  collapsed: ReadonlySet<string>,
): { visible: VisibleRow[]; layout: GanttLayout; span: Span } {
  const visible = useMemo(() => visibleRows(rows, collapsed), [rows, collapsed])
  const layout = useMemo(
    () =>
      layoutGantt(
        visible.map(({ row }) => row),
        links,
      ),
    [visible, links],
  )
  const { todayMinute } = plan
  const span = useMemo(
    () => ganttSpan(rows) ?? { startMinute: todayMinute, finishMinute: todayMinute + 90 * 1440 },
    [rows, todayMinute],
  )
  return { visible, layout, span }
}

/** What a person has chosen, opened and typed in the plan. */
export function usePlanChoices(props: GanttProps) {
  const [selected, select] = useChoices(props.selected, props.onSelect)
  const [collapsed, collapse] = useChoices(props.collapsed, props.onCollapse)
  const [editing, setEditing] = useState<Editing | undefined>(undefined)
  const [menu, openMenu] = useState<PlanMenuPlace | undefined>(undefined)
  const [dialog, openDialog] = useState<PlanDialog | undefined>(undefined)
  return { selected, select, collapsed, collapse, editing, setEditing, menu, openMenu, dialog, openDialog }
}

/** The columns that fit the place: all that were asked for, or on a phone two. */
export function useColumns(asked: readonly PlanColumn[] | undefined, widthPx: number): readonly PlanColumn[] {
  return widthPx > 0 && widthPx < 640 ? narrowColumns : (asked ?? usualColumns)
}

/**
 * The one cell that holds the keyboard. Choosing it brings its row into sight and the focus into it; until
 * someone does, Tab reaches the first name.
 */
export function useActiveCell(
  root: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
  given: {
    visible: readonly VisibleRow[]
    layout: GanttLayout
    columns: readonly PlanColumn[]
    bodyPx: number
  },
): { active: ActiveCell | undefined; setActive: (cell: ActiveCell) => void; reveal: (id: string) => void } {
  const [chosen, setChosen] = useState<ActiveCell | undefined>(undefined)
  const wantsFocus = useRef(false)
  const { layout, bodyPx, columns, visible } = given

  const reveal = useCallback(
    (id: string) => {
      const index = layout.indexOf.get(id)
      const { current } = scroller
      if (index === undefined || !current) return
      const top = index * rowPx
      if (top < current.scrollTop) current.scrollTop = top
      else if (top + rowPx > current.scrollTop + bodyPx) current.scrollTop = top + rowPx - bodyPx
    },
    [layout, scroller, bodyPx],
  )
  const setActive = useCallback(
    (cell: ActiveCell) => {
      wantsFocus.current = true
      reveal(cell.id)
      setChosen({ ...cell })
    },
    [reveal],
  )
  const lastIndex = useRef(0)
  const active = activeAmong(chosen, lastIndex.current, { visible, layout, columns })
  const id = active?.id
  const columnKey = active?.columnKey
  // biome-ignore lint/correctness/useExhaustiveDependencies: `chosen` is new with every choice, also of the same cell
  useLayoutEffect(() => {
    if (!wantsFocus.current || id === undefined || columnKey === undefined) return
    wantsFocus.current = false
    cellElement(root.current, { id, columnKey })?.focus({ preventScroll: true })
  }, [root, chosen, id, columnKey])
  const chosenId = chosen?.id
  useLayoutEffect(() => {
    if (id === undefined) return
    lastIndex.current = layout.indexOf.get(id) ?? 0
    const isReplaced = chosenId !== undefined && chosenId !== id
    const held = document.activeElement
    const isLost = held === document.body || held?.closest('[data-row]')
    // Its cell has left the page and taken the focus with it, or shows another row now.
    if (isReplaced && isLost) setActive({ id, columnKey: columnKey ?? 'name' })
  }, [chosenId, id, columnKey, layout, setActive])
  return { active, setActive, reveal }
}

// When the active row is gone (deleted, folded away), the one that took its place is active.
function activeAmong(
  chosen: ActiveCell | undefined,
  lastIndex: number,
  plan: { visible: readonly VisibleRow[]; layout: GanttLayout; columns: readonly PlanColumn[] },
): ActiveCell | undefined {
  const instead = plan.visible[Math.min(lastIndex, plan.visible.length - 1)]
  if (!instead) return undefined
  const id = chosen && plan.layout.indexOf.has(chosen.id) ? chosen.id : instead.row.id
  const key = plan.columns.find((column) => column.key === chosen?.columnKey)?.key ?? 'name'
  return { id, columnKey: key }
}

export function cellElement(root: HTMLElement | null, cell: ActiveCell): HTMLElement | null {
  const row = `[data-row="${CSS.escape(cell.id)}"]`
  return root?.querySelector<HTMLElement>(`${row} [data-column="${CSS.escape(cell.columnKey)}"]`) ?? null
}
