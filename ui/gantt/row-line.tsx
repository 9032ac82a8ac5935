// biome-ignore-all lint/a11y/useSemanticElements: a virtualised treegrid cannot be a table, its rows are not all there
import { IconChevronDown, IconChevronRight, IconHelpCircle } from '@tabler/icons-react'
import { memo, useLayoutEffect, useRef } from 'react'
import { CellEditor } from './cell-editor.tsx'
import type { PlanRow, VisibleRow } from './outline.ts'
import type { PlanColumn, PlanStyle } from './plan-columns.ts'

/** A cell being written: what stands in it, and after a refusal why it was not taken. */
export type Editing = {
  id: string
  columnKey: string
  typed: string
  refused?: string
  isOpen: boolean
}

export type RowLineProps = {
  line: VisibleRow
  index: number
  columns: readonly PlanColumn[]
  plan: PlanStyle
  isSelected: boolean
  /** The column of the cell that holds the focus, when it is in this row. */
  activeColumn: string | undefined
  editing: Editing | undefined
  canExplain: boolean
  refusalId: string
  onType: (typed: string) => void
  onCommit: () => void
  onAbandon: () => void
}

/** One row of the treegrid. Redrawn only when something in it changed. */
export const RowLine = memo(function RowLine(props: RowLineProps) {
  const { line, index, columns } = props
  const { row } = line
  return (
    <div
      role="row"
      tabIndex={-1}
      className="hw-row"
      style={{ top: index * 29 }}
      data-row={row.id}
      data-parent={line.isParent || row.summary || undefined}
      data-inactive={row.inactive || undefined}
      aria-rowindex={index + 2}
      aria-level={row.depth + 1}
      aria-selected={props.isSelected}
      {...(line.isParent ? { 'aria-expanded': !line.isCollapsed } : {})}
    >
      {columns.map((column, position) => (
        <Cell key={column.key} {...props} column={column} position={position} />
      ))}
    </div>
  )
})

function Cell(props: RowLineProps & { column: PlanColumn; position: number }) {
  const { line, column, plan, editing } = props
  const { row } = line
  const isActive = props.activeColumn === column.key
  const text = column.text(row, plan)
  const mine = editing?.columnKey === column.key ? editing : undefined
  const isReadOnly = !column.edit || column.edit.allows?.(row) === false
  return (
    <div
      role="gridcell"
      className="hw-cell"
      data-column={column.key}
      data-number={column.isNumber || undefined}
      tabIndex={isActive ? 0 : -1}
      aria-colindex={props.position + 1}
      aria-readonly={isReadOnly}
      {...(mine?.refused ? { 'aria-invalid': true, 'aria-describedby': props.refusalId } : {})}
    >
      {mine?.isOpen ? (
        <CellEditor
          typed={mine.typed}
          label={`${column.title} of ${row.name}`}
          isRefused={mine.refused !== undefined}
          onType={props.onType}
          onCommit={props.onCommit}
          onAbandon={props.onAbandon}
        />
      ) : column.key === 'name' ? (
        <NameText line={line} text={text} />
      ) : (
        <CellText
          rowId={row.id}
          text={text}
          refused={mine?.refused === undefined ? undefined : mine.typed}
          tone={toneOf(column, row)}
        />
      )}
      {isActive && column.explains && props.canExplain && !mine && text !== '' && (
        <button
          type="button"
          className="hw-why-button"
          tabIndex={-1}
          data-why
          aria-label="Why is this so?"
          title="Why is this so?  w"
        >
          <IconHelpCircle size={14} stroke={1.6} aria-hidden />
        </button>
      )}
    </div>
  )
}

function toneOf(column: PlanColumn, row: PlanRow): string | undefined {
  const tone = column.tone?.(row)
  return tone === 'critical' && row.summary ? 'late' : tone
}

function CellText({
  text,
  refused,
  tone,
  rowId,
}: {
  rowId: string
  text: string
  refused: string | undefined
  tone: string | undefined
}) {
  const element = useGlow(rowId, text)
  return (
    <span ref={element} className="hw-text" data-cell-tone={refused === undefined ? tone : 'refused'}>
      {refused ?? text}
    </span>
  )
}

function NameText({ line, text }: { line: VisibleRow; text: string }) {
  const { row } = line
  const element = useGlow(row.id, text)
  const Chevron = line.isCollapsed ? IconChevronRight : IconChevronDown
  return (
    <span className="hw-name" style={{ paddingLeft: `calc(var(--hw-indent) * ${row.depth})` }}>
      {line.isParent ? (
        <button
          type="button"
          tabIndex={-1}
          className="hw-fold"
          data-fold
          aria-label={line.isCollapsed ? `Unfold ${row.name}` : `Fold ${row.name}`}
        >
          <Chevron size={14} stroke={1.6} aria-hidden />
        </button>
      ) : (
        <span className="hw-fold" />
      )}
      {row.wbs && <span className="hw-wbs">{row.wbs}</span>}
      <span ref={element} className="hw-name-text" title={text}>
        {text}
      </span>
      {line.hiddenCount > 0 && (
        <span className="hw-count">
          {line.hiddenCount} {line.hiddenCount === 1 ? 'task' : 'tasks'}
        </span>
      )}
    </span>
  )
}

// A value that changed under the reader's eyes glows for a second; one that scrolled into its place does not.
function useGlow(rowId: string, text: string) {
  const element = useRef<HTMLSpanElement>(null)
  const previous = useRef({ rowId, text })
  useLayoutEffect(() => {
    const before = previous.current
    previous.current = { rowId, text }
    const { current } = element
    if (!current || (before.rowId === rowId && before.text === text)) return
    current.removeAttribute('data-glow')
    if (before.rowId !== rowId) return
    // Reading the layout makes the browser begin the animation anew.
    void current.offsetWidth
    current.setAttribute('data-glow', '')
  }, [rowId, text])
  return element
}
