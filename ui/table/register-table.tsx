// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid cannot be a table, its rows are not all there
import './table.css'
import { TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { keyName } from '../key-names.ts'
import { Refusal } from '../refusal.tsx'
import { nextOrder, type RegisterColumn, type SortOrder } from './rows.ts'
import { type RegisterRows, type RowSource, useRegisterRows } from './use-register-rows.ts'

export type RegisterTableColumn<Row> = RegisterColumn<Row> & {
  /** What the cell shows when it is more than its text. */
  show?: (row: Row) => ReactNode
}

export type RegisterTableProps<Row> = {
  label: string
  columns: readonly RegisterTableColumn<Row>[]
  source: RowSource<Row>
  rowId: (row: Row) => string
  onOpen?: (row: Row) => void
  onCreate?: () => void
  selected?: ReadonlySet<string>
  onSelect?: (ids: ReadonlySet<string>) => void
  /** Shown when the register holds nothing at all. */
  empty?: ReactNode
  /** Buttons at the right of the filter. */
  tools?: ReactNode
  startOrder?: SortOrder
}

const rowPx = 29

/** A register: filter, sortable heads, as many rows as there are with only those in sight in the page. */
export function RegisterTable<Row>(props: RegisterTableProps<Row>) {
  const [order, setOrder] = useState(props.startOrder)
  const [filter, setFilter] = useState('')
  const rows = useRegisterRows(props.source, props.columns, order, filter)
  const isBare = rows.total === 0 && filter === '' && !rows.isLoading && !rows.failure
  return (
    <div className="hw-register">
      <div className="hw-register-tools">
        <TextInput
          aria-label={`Filter ${props.label}`}
          placeholder="Filter"
          size="xs"
          leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <span className="hw-faint hw-small" role="status">
          {rows.isLoading ? '' : `${rows.total} ${rows.total === 1 ? 'row' : 'rows'}`}
        </span>
        <span className="hw-grow" />
        {props.tools}
      </div>
      {rows.failure && (
        <Refusal
          refusal={{
            code: 'register.notRead',
            sentence: rows.failure,
            next: 'What is below may be incomplete.',
          }}
          action={{ label: 'Try again', run: rows.retry }}
        />
      )}
      {isBare && props.empty ? (
        props.empty
      ) : (
        <Grid {...props} rows={rows} order={order} onOrder={(key) => setOrder(nextOrder(order, key))} />
      )}
    </div>
  )
}

type GridProps<Row> = RegisterTableProps<Row> & {
  rows: RegisterRows<Row>
  order: SortOrder | undefined
  onOrder: (key: string) => void
}

function Grid<Row>(props: GridProps<Row>) {
  const { rows, columns } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [activeIndex, setActiveIndex] = useState(0)
  const virtualizer = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => rows.show(first, last))
  const focus = useFocusedRow(scroller, activeIndex)
  const go = (index: number) => {
    const next = Math.min(Math.max(index, 0), rows.total - 1)
    setActiveIndex(next)
    virtualizer.scrollToIndex(next)
    focus()
  }
  const template = columns
    .map(({ widthPx, isNumber }) => (isNumber ? `${widthPx}px` : `minmax(${widthPx}px, ${widthPx}fr)`))
    .join(' ')
  return (
    <div
      ref={scroller}
      role="grid"
      className="hw-register-grid"
      tabIndex={rows.total === 0 ? 0 : -1}
      aria-label={props.label}
      aria-rowcount={rows.total + 1}
      aria-multiselectable={props.onSelect !== undefined}
      onKeyDown={(event) => onKey(props, activeIndex, go, event)}
    >
      <Heads {...props} template={template} />
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => (
          <Line
            key={index}
            grid={props}
            index={index}
            topPx={start}
            template={template}
            isActive={index === activeIndex}
            onFocus={() => setActiveIndex(index)}
          />
        ))}
      </div>
    </div>
  )
}

function Line<Row>(props: {
  grid: GridProps<Row>
  index: number
  topPx: number
  template: string
  isActive: boolean
  onFocus: () => void
}) {
  const { grid, index } = props
  const row = grid.rows.rowAt(index)
  const isSelected = row !== undefined && grid.selected?.has(grid.rowId(row)) === true
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys of all its rows
    <div
      role="row"
      tabIndex={props.isActive ? 0 : -1}
      className="hw-register-row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ gridTemplateColumns: props.template, transform: `translateY(${props.topPx}px)` }}
      onFocus={props.onFocus}
      onClick={() => row !== undefined && grid.onOpen?.(row)}
    >
      {grid.columns.map((column) => (
        <div key={column.key} role="gridcell" tabIndex={-1} data-number={column.isNumber || undefined}>
          {row === undefined ? <i className="hw-waiting" /> : (column.show?.(row) ?? column.text(row))}
        </div>
      ))}
    </div>
  )
}

function Heads<Row>({ columns, order, onOrder, template }: GridProps<Row> & { template: string }) {
  return (
    <div role="rowgroup" className="hw-register-heads">
      <div role="row" tabIndex={-1} aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {columns.map((column) => {
          const direction = order?.key === column.key ? order.direction : undefined
          const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp
          return (
            <div
              key={column.key}
              role="columnheader"
              tabIndex={-1}
              data-number={column.isNumber || undefined}
              {...(column.sort ? { 'aria-sort': direction ?? ('none' as const) } : {})}
            >
              {column.sort ? (
                <button type="button" onClick={() => onOrder(column.key)}>
                  {column.title}
                  {direction && <Arrow size={12} stroke={2} aria-hidden />}
                </button>
              ) : (
                column.title
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function useFocusedRow(scroller: React.RefObject<HTMLDivElement | null>, index: number): () => void {
  const [wish, setWish] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish focuses once, where the row then is
  useLayoutEffect(() => {
    if (wish > 0)
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true })
  }, [wish])
  return () => setWish((before) => before + 1)
}

function onKey<Row>(
  props: GridProps<Row>,
  index: number,
  go: (index: number) => void,
  event: KeyboardEvent,
): void {
  if (event.target instanceof HTMLElement && event.target.closest('button, input, a')) return
  const act = actOf(props, keyName(event), index, go)
  if (!act) return
  event.preventDefault()
  event.stopPropagation()
  act()
}

function actOf<Row>(
  props: GridProps<Row>,
  key: string,
  index: number,
  go: (index: number) => void,
): (() => void) | undefined {
  const row = props.rows.rowAt(index)
  const step = steps.get(key)
  if (step) return () => go(step(index, props.rows.total))
  if (key === 'c') return props.onCreate
  if (row === undefined) return undefined
  if (key === 'Enter' && props.onOpen) return () => props.onOpen?.(row)
  return key === 'x' && props.onSelect ? () => toggle(props, props.rowId(row)) : undefined
}

type Step = (index: number, total: number) => number
const down: Step = (index) => index + 1
const up: Step = (index) => index - 1
const steps = new Map<string, Step>([
  ['↓', down],
  ['j', down],
  ['↑', up],
  ['k', up],
  ['PageDown', (index) => index + 20],
  ['PageUp', (index) => index - 20],
  ['Home', () => 0],
  ['End', (_, total) => total - 1],
])

function toggle<Row>({ selected, onSelect }: GridProps<Row>, id: string): void {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  onSelect?.(next)
}
