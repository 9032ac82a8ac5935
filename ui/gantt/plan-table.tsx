// biome-ignore-all lint/a11y/useSemanticElements: a virtualised treegrid cannot be a table, its rows are not all there
import type { Virtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type RefObject,
  useCallback,
  useRef,
} from 'react'
import { beginEdit, type Control, commitEdit } from './control.ts'
import { commandOf } from './gantt-keys.ts'
import { idsBetween } from './outline.ts'
import { perform } from './perform.ts'
import type { PlanColumn } from './plan-columns.ts'
import { RowLine } from './row-line.tsx'
import { nextSlots } from './row-slots.ts'

/** The treegrid: the plan's whole truth in rows and cells, of which only those in sight are in the page. */
export function PlanTable(props: {
  control: Control
  virtualizer: Virtualizer<HTMLDivElement, Element>
  rowsRef: RefObject<HTMLDivElement | null>
  refusalId: string
  shiftPx: number
}) {
  const { control } = props
  const latest = useRef(control)
  latest.current = control
  const onType = useCallback((typed: string) => {
    const { editing, setEditing } = latest.current
    if (editing) setEditing({ id: editing.id, columnKey: editing.columnKey, typed, isOpen: true })
  }, [])
  const onCommit = useCallback(() => void commitEdit(latest.current, { open: false }), [])
  const onAbandon = useCallback(() => latest.current.setEditing(undefined), [])
  const template = control.columns.map(columnTrack).join(' ')
  const least = control.columns.reduce((sum, { widthPx }) => sum + widthPx, 14)
  const style: CSSProperties & Record<'--hw-columns', string> = {
    '--hw-columns': template,
    minWidth: least,
    transform: `translateX(${-props.shiftPx}px)`,
  }
  const cell = control.active
  const items = props.virtualizer.getVirtualItems()
  const idAt = (index: number) => control.visible[index]?.row.id ?? ''
  const slots = useRowSlots(items.map(({ index }) => idAt(index)))
  const slotAt = (index: number) => slots.get(idAt(index)) ?? 0
  // At rest the rows stand in reading order; while they scroll nothing in the page changes places.
  const placed = props.virtualizer.isScrolling
    ? items.toSorted((a, b) => slotAt(a.index) - slotAt(b.index))
    : items
  return (
    <div
      role="treegrid"
      className="hw-plan-table"
      aria-label={control.props.label}
      aria-rowcount={control.visible.length + 1}
      aria-colcount={control.columns.length}
      aria-multiselectable="true"
      onKeyDown={(event) => onKey(control, event)}
      onClick={(event) => onClick(control, event)}
      onDoubleClick={(event) => onDoubleClick(control, event)}
    >
      <div className="hw-plan-columns" style={style} role="none">
        <Head columns={control.columns} />
        <div className="hw-rows" role="rowgroup">
          <div className="hw-rows-moved" ref={props.rowsRef} role="none">
            {placed.map(({ index }) => {
              const line = control.visible[index]
              if (!line) return null
              const { id } = line.row
              const isActive = cell?.id === id
              return (
                <RowLine
                  key={slots.get(id)}
                  line={line}
                  index={index}
                  columns={control.columns}
                  plan={control.props.plan}
                  isSelected={control.selected.has(id) || (isActive && control.selected.size === 0)}
                  activeColumn={isActive ? cell.columnKey : undefined}
                  editing={control.editing?.id === id ? control.editing : undefined}
                  canExplain={control.props.onExplain !== undefined}
                  refusalId={props.refusalId}
                  onType={onType}
                  onCommit={onCommit}
                  onAbandon={onAbandon}
                />
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

function useRowSlots(ids: readonly string[]): ReadonlyMap<string, number> {
  const slots = useRef<ReadonlyMap<string, number>>(new Map())
  slots.current = nextSlots(slots.current, ids)
  return slots.current
}

function columnTrack({ key, widthPx }: PlanColumn): string {
  return key === 'name' ? `minmax(${widthPx}px, 1fr)` : `${widthPx}px`
}

const Head = memo(function Head({ columns }: { columns: readonly PlanColumn[] }) {
  return (
    <div role="rowgroup">
      <div role="row" tabIndex={-1} className="hw-plan-head" aria-rowindex={1}>
        {columns.map((column, position) => (
          <div
            key={column.key}
            role="columnheader"
            tabIndex={-1}
            className="hw-cell"
            data-column={column.key}
            data-number={column.isNumber || undefined}
            aria-colindex={position + 1}
          >
            {column.title || <span className="hw-hidden">Number</span>}
          </div>
        ))}
      </div>
    </div>
  )
})

function onKey(control: Control, event: KeyboardEvent): void {
  const command = commandOf(event)
  if (command && perform(control, command)) {
    event.preventDefault()
    event.stopPropagation()
  }
}

/** The cell an event happened in, by the marks the rows carry. */
function cellOf(event: MouseEvent): { id: string; columnKey: string } | undefined {
  if (!(event.target instanceof Element)) return undefined
  const id = event.target.closest('[data-row]')?.getAttribute('data-row')
  const columnKey = event.target.closest('[data-column]')?.getAttribute('data-column')
  return id && columnKey ? { id, columnKey } : undefined
}

function onClick(control: Control, event: MouseEvent): void {
  const cell = cellOf(event)
  if (!cell || !(event.target instanceof Element) || event.target.closest('input')) return
  const focused = { ...control, active: cell }
  control.setActive(cell)
  if (event.target.closest('[data-why]')) perform(focused, { do: 'why' })
  else if (event.target.closest('[data-fold]')) perform(focused, { do: 'toggle' })
  else choose(control, cell.id, { add: event.ctrlKey || event.metaKey, range: event.shiftKey })
}

/** What a click does to the selection: alone it ends it, with Ctrl it adds or takes away, with Shift it reaches. */
export function choose(control: Control, id: string, held: { add: boolean; range: boolean }): void {
  const { active, selected, layout } = control
  if (held.range && active) {
    const from = layout.indexOf.get(active.id) ?? 0
    control.select(new Set(idsBetween(control.visible, from, layout.indexOf.get(id) ?? 0)))
  } else if (held.add) {
    const next = new Set(selected.size === 0 && active ? [active.id] : selected)
    if (active?.id !== id && next.has(id)) next.delete(id)
    else next.add(id)
    control.select(next)
  } else if (selected.size > 0) control.select(new Set())
}

function onDoubleClick(control: Control, event: MouseEvent): void {
  const cell = cellOf(event)
  if (!cell || (event.target instanceof Element && event.target.closest('input, button'))) return
  if (!beginEdit({ ...control, active: cell })) perform({ ...control, active: cell }, { do: 'open' })
}
