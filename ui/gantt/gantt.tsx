import './gantt.css'
import { IconAlertTriangle } from '@tabler/icons-react'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  type MouseEvent,
  type RefObject,
  useCallback,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { headPx } from '../../drawing/gantt/draw.ts'
import { hitGantt } from '../../drawing/gantt/hit.ts'
import { Chart } from './chart.tsx'
import type { Control } from './control.ts'
import { type DragResult, weekdayMinutesBetween } from './drag.ts'
import type { GanttProps } from './gantt-props.ts'
import { handleOf } from './handle.ts'
import { PlanDialogs } from './plan-dialogs.tsx'
import { PlanMenu } from './plan-menu.tsx'
import { choose, PlanTable } from './plan-table.tsx'
import { Splitter } from './splitter.tsx'
import { requestPaint, type Stage, viewOf } from './stage.ts'
import { Strip } from './strip.tsx'
import {
  cellElement,
  rowPx,
  useActiveCell,
  useColumns,
  usePlanChoices,
  usePlanLines,
} from './use-plan-control.ts'
import { useNewStage, useSize, useStage } from './use-stage.ts'
import { useTimeAxis } from './use-time-axis.ts'

/**
 * The plan: a treegrid beside its bars, one row each, scrolled as one. It knows no server: rows in, callbacks out.
 * The table is virtualised and the canvas as large as the window, so that 10,000 tasks cost what is on screen.
 */
export function Gantt(props: GanttProps) {
  const gantt = useGantt(props)
  const { root, scroller, stage, control, split, axis, choices, refusalId } = gantt
  const { visible } = control
  const totalPx = headPx + visible.length * rowPx + rowPx
  return (
    <div className="hw-gantt" ref={root}>
      <div className="hw-gantt-scroll" ref={scroller} onScroll={gantt.onScroll}>
        <div className="hw-gantt-space" style={{ height: Math.max(totalPx, gantt.heightPx) }}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu key opens the same menu on the focused cell */}
          <div
            className="hw-gantt-stage"
            style={{ height: gantt.heightPx }}
            onContextMenu={(event) => onContextMenu(control, stage, event)}
          >
            <div className="hw-plan-side" style={{ width: split.tablePx }}>
              <PlanTable
                control={control}
                virtualizer={gantt.virtualizer}
                rowsRef={gantt.rowsRef}
                refusalId={refusalId}
                shiftPx={split.shiftPx}
              />
              <Said control={control} refusalId={refusalId} layerRef={gantt.saidRef} topPx={stage.topPx} />
            </div>
            <Splitter widthPx={split.tablePx} minPx={split.minPx} maxPx={split.maxPx} onChange={split.set} />
            <Chart
              stage={stage}
              axis={axis}
              widthPx={gantt.chartPx}
              heightPx={gantt.bodyPx}
              canEdit={
                props.onMove !== undefined || props.onResize !== undefined || props.onLink !== undefined
              }
              drop={(result) => drop(control, result)}
              press={(id, held) => press(control, id, held)}
              hover={(id) => markHovered(root, id)}
              open={(id) => props.onOpen?.(id)}
              scrollRows={(px) => scroller.current?.scrollBy(0, px)}
            />
          </div>
        </div>
      </div>
      {props.strip && (
        <Strip strip={props.strip} stage={stage} axis={axis} sidePx={split.tablePx} widthPx={gantt.chartPx} />
      )}
      <Foot split={split} axis={axis} />
      {visible.length === 0 && props.empty && <div className="hw-plan-empty">{props.empty}</div>}
      <PlanMenu control={control} place={choices.menu} />
      <PlanDialogs control={control} dialog={choices.dialog} />
    </div>
  )
}

/** Everything the plan control holds: its elements, its choices, its place in rows and time. */
function useGantt(props: GanttProps) {
  const root = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const rowsRef = useRef<HTMLDivElement>(null)
  const saidRef = useRef<HTMLDivElement>(null)
  const refusalId = useId()
  const stage = useNewStage()
  const size = useSize(scroller)
  const choices = usePlanChoices(props)
  const { visible, layout, span } = usePlanLines(props, choices.collapsed)
  const columns = useColumns(props.columns, size.widthPx)
  const split = useSplit(props, size.widthPx, columns)
  const chartPx = Math.max(size.widthPx - split.tablePx - 1, 0)
  const bodyPx = Math.max(size.heightPx - headPx, 0)
  const cell = useActiveCell(root, scroller, { visible, layout, columns, bodyPx })
  const axis = useTimeAxis(stage, {
    span,
    widthPx: chartPx,
    todayMinute: props.plan.todayMinute,
    zoom: props.zoom,
    onZoom: props.onZoom,
  })
  const control: Control = {
    props,
    visible,
    layout,
    columns,
    axis,
    ...choices,
    ...returning(choices, cell),
    active: cell.active,
    setActive: cell.setActive,
    rowsPerPage: Math.max(Math.floor(bodyPx / rowPx) - 1, 1),
    cellBox: (one) => cellElement(root.current, one)?.getBoundingClientRect(),
    setEditing: (editing) => {
      choices.setEditing(editing)
      if (!editing?.isOpen && cell.active && choices.editing?.isOpen)
        refocus(root, cell.setActive, cell.active)
    },
  }
  const highlighted = useHighlighted(choices.selected, cell.active?.id)
  useStage(props, { stage, layout, highlighted, widthPx: chartPx, heightPx: bodyPx })
  const virtualizer = useRows(scroller, visible.length, layout.indexOf.get(cell.active?.id ?? ''))
  const onScroll = useRowScroll(scroller, [rowsRef, saidRef], stage, visible.length)
  useImperativeHandle(props.ref, () => handleOf(control, cell.reveal, scroller, bodyPx))

  return {
    root,
    scroller,
    rowsRef,
    saidRef,
    refusalId,
    stage,
    heightPx: size.heightPx,
    split,
    choices,
    control,
    axis,
    virtualizer,
    onScroll,
    chartPx,
    bodyPx,
  }
}

// What opened over the plan gives the focus back to the cell it came from.
function returning(
  choices: ReturnType<typeof usePlanChoices>,
  { active, setActive }: ReturnType<typeof useActiveCell>,
): Pick<Control, 'openMenu' | 'openDialog'> {
  return {
    openMenu: (place) => {
      choices.openMenu(place)
      if (!place && active) setActive(active)
    },
    openDialog: (dialog) => {
      choices.openDialog(dialog)
      if (!dialog && active) setActive(active)
    },
  }
}

function useHighlighted(selected: ReadonlySet<string>, activeId: string | undefined): ReadonlySet<string> {
  return useMemo(
    () => (selected.size > 0 || activeId === undefined ? selected : new Set([activeId])),
    [selected, activeId],
  )
}

function useRows(scroller: RefObject<HTMLDivElement | null>, count: number, activeIndex: number | undefined) {
  return useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 6,
    // The row that holds the focus stays in the page, so that the keyboard is never lost.
    rangeExtractor: (range) => {
      const indices = defaultRangeExtractor(range)
      if (activeIndex === undefined || indices.includes(activeIndex)) return indices
      return [...indices, activeIndex].sort((a, b) => a - b)
    },
  })
}

// Rows and bars are moved in the same moment, by the same figure, so that they are one row in every frame.
function useRowScroll(
  scroller: RefObject<HTMLDivElement | null>,
  layers: readonly RefObject<HTMLDivElement | null>[],
  stage: Stage,
  count: number,
): () => void {
  const moved = useRef(layers)
  const onScroll = useCallback(() => {
    const topPx = scroller.current?.scrollTop ?? 0
    for (const { current } of moved.current) {
      if (current) current.style.transform = `translateY(${-topPx}px)`
    }
    if (stage.topPx === topPx) return
    stage.topPx = topPx
    requestPaint(stage, { head: false })
  }, [scroller, stage])
  // biome-ignore lint/correctness/useExhaustiveDependencies: fewer rows can push the scroll position back
  useLayoutEffect(onScroll, [onScroll, count])
  return onScroll
}

type Split = ReturnType<typeof useSplit>

function useSplit(props: GanttProps, widthPx: number, columns: Control['columns']) {
  const contentPx = columns.reduce((sum, column) => sum + column.widthPx, 14)
  const [asked, setAsked] = useState(props.tableWidthPx)
  const [shiftPx, setShiftPx] = useState(0)
  const { onTableWidth } = props
  const minPx = 120
  const maxPx = Math.max(widthPx - 100, minPx)
  const usual = widthPx < 640 ? widthPx * 0.58 : Math.min(contentPx + 90, widthPx * 0.5)
  const tablePx = Math.round(Math.min(Math.max(asked ?? usual, minPx), maxPx))
  return {
    tablePx,
    contentPx,
    minPx,
    maxPx,
    shiftPx: Math.min(shiftPx, Math.max(contentPx - tablePx, 0)),
    setShiftPx,
    set: (next: number) => {
      setAsked(next)
      onTableWidth?.(next)
    },
  }
}

function Foot({ split, axis }: { split: Split; axis: Control['axis'] }) {
  const isWider = split.contentPx > split.tablePx
  return (
    <div className="hw-gantt-foot">
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div
        className="hw-sideways"
        style={{ width: split.tablePx + 1, flex: 'none' }}
        {...(isWider ? { tabIndex: 0, role: 'group', 'aria-label': 'Scroll the columns' } : {})}
        onScroll={(event) => split.setShiftPx(event.currentTarget.scrollLeft)}
      >
        <i style={{ width: isWider ? split.contentPx : 1 }} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a scroll bar groups nothing of a form */}
      <div
        className="hw-sideways"
        style={{ flex: 1 }}
        ref={axis.scroller}
        tabIndex={0}
        role="group"
        aria-label="Scroll in time"
        onScroll={axis.onScroll}
      >
        <i style={{ width: axis.totalPx }} />
      </div>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: see above */}
    </div>
  )
}

// The reason stands right below the row that was refused, and scrolls with it.
function Said(props: {
  control: Control
  refusalId: string
  layerRef: RefObject<HTMLDivElement | null>
  topPx: number
}) {
  const { editing, layout } = props.control
  const index = editing?.refused === undefined ? undefined : layout.indexOf.get(editing.id)
  if (editing?.refused === undefined || index === undefined) return null
  return (
    <div className="hw-plan-said-layer">
      <div ref={props.layerRef} style={{ transform: `translateY(${-props.topPx}px)` }}>
        <p className="hw-plan-said" id={props.refusalId} role="alert" style={{ top: (index + 1) * rowPx }}>
          <IconAlertTriangle size={14} stroke={1.6} aria-hidden />
          {editing.refused}
        </p>
      </div>
    </div>
  )
}

function refocus(
  root: RefObject<HTMLElement | null>,
  setActive: Control['setActive'],
  active: NonNullable<Control['active']>,
): void {
  // Only when the field had the focus: a click elsewhere has taken it on purpose.
  if (root.current?.contains(document.activeElement) && document.activeElement?.tagName === 'INPUT')
    setActive(active)
}

function onContextMenu(control: Control, stage: Stage, event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest('input')) return
  const id = rowIdAt(stage, event)
  if (id === undefined) return
  event.preventDefault()
  const columnKey = event.target.closest('[data-column]')?.getAttribute('data-column')
  if (!control.selected.has(id) && control.selected.size > 0) control.select(new Set())
  control.setActive({ id, columnKey: columnKey ?? control.active?.columnKey ?? 'name' })
  // The menu key of the keyboard tells no place of its own.
  const box = event.target.getBoundingClientRect()
  const isKey = event.clientX === 0 && event.clientY === 0
  control.openMenu(isKey ? { x: box.left + 24, y: box.bottom } : { x: event.clientX, y: event.clientY })
}

function rowIdAt(stage: Stage, event: MouseEvent): string | undefined {
  if (!(event.target instanceof Element)) return undefined
  if (!(event.target instanceof HTMLCanvasElement)) {
    return event.target.closest('[data-row]')?.getAttribute('data-row') ?? undefined
  }
  if (event.target !== stage.body) return undefined
  const box = event.target.getBoundingClientRect()
  return hitGantt(stage.layout, viewOf(stage), event.clientX - box.left, event.clientY - box.top)?.id
}

function press(control: Control, id: string, held: { add: boolean; range: boolean }): void {
  const isPartOfGroup = control.selected.has(id) && !held.add && !held.range
  if (!isPartOfGroup) choose(control, id, held)
  control.setActive({ id, columnKey: control.active?.columnKey ?? 'name' })
}

function markHovered(root: RefObject<HTMLElement | null>, id: string | undefined): void {
  root.current?.querySelector('[data-hovered]')?.removeAttribute('data-hovered')
  if (id !== undefined)
    root.current?.querySelector(`[data-row="${CSS.escape(id)}"]`)?.setAttribute('data-hovered', '')
}

function drop({ props, selected, visible }: Control, result: DragResult): void {
  if (result.kind === 'link') props.onLink?.(result.from, result.to, result.type)
  else if (result.kind === 'progress') props.onProgress?.(result.id, result.percent)
  else if (result.kind === 'resize') {
    const { id, startMinute, finishMinute } = result
    const minutes =
      props.workingMinutesBetween?.(id, startMinute, finishMinute) ??
      weekdayMinutesBetween(startMinute, finishMinute, props.plan.minutesPerDay)
    props.onResize?.(id, minutes)
  } else {
    const others = selected.has(result.id)
      ? visible.map(({ row }) => row.id).filter((id) => selected.has(id))
      : []
    props.onMove?.([result.id, ...others.filter((id) => id !== result.id)], result.startMinute)
  }
}
