import { type PointerEvent, useCallback, useEffect, useRef } from 'react'
import { barBox } from '../../drawing/gantt/bars.ts'
import { type GanttHit, hitGantt } from '../../drawing/gantt/hit.ts'
import { beginDrag, type DragResult, dragTo, dropOf, type LinkTarget } from './drag.ts'
import { requestPaint, type Stage, viewOf } from './stage.ts'
import type { TimeAxis } from './use-time-axis.ts'

export type ChartPointer = {
  onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => void
  onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => void
  onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => void
  onPointerLeave: () => void
}

const cursors: Record<GanttHit['part'], string> = {
  body: 'grab',
  start: 'grab',
  finish: 'ew-resize',
  progress: 'col-resize',
  linkStart: 'crosshair',
  linkFinish: 'crosshair',
  milestone: 'grab',
  summary: 'pointer',
  row: 'default',
}

/** Hovering, clicking and dragging on the chart. Nothing goes through React until something is let go. */
export function useChartPointer(
  stage: Stage,
  axis: TimeAxis,
  on: {
    canEdit: boolean
    drop: (result: DragResult) => void
    press: (id: string, held: { add: boolean; range: boolean }) => void
    hover: (id: string | undefined) => void
    scrollRows: (px: number) => void
  },
): ChartPointer {
  const latest = useRef({ axis, on })
  latest.current = { axis, on }
  const frame = useRef(0)
  const pointer = useRef({ x: 0, y: 0 })

  const repaint = useCallback(() => {
    requestPaint(stage, { head: false })
    if (frame.current || !stage.drag || stage.drag.kind === 'pan') return
    frame.current = requestAnimationFrame(() => {
      frame.current = 0
      if (stage.drag && stage.drag.kind !== 'pan') followEdge(stage, pointer.current, latest.current, repaint)
    })
  }, [stage])

  const cancel = useCallback(() => {
    stage.drag = undefined
    repaint()
  }, [stage, repaint])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !stage.drag) return
      event.preventDefault()
      event.stopPropagation()
      cancel()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
      cancelAnimationFrame(frame.current)
      frame.current = 0
    }
  }, [stage, cancel])

  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return
      const at = placeOf(event)
      const hit = hitGantt(stage.layout, viewOf(stage), at.x, at.y)
      if (hit) latest.current.on.press(hit.id, { add: event.ctrlKey || event.metaKey, range: event.shiftKey })
      const row = hit ? stage.layout.rows[hit.index] : undefined
      const box = hit && row ? barBox(viewOf(stage), row, hit.index) : undefined
      const grip = { ...at, scale: stage.scale, barPx: box?.width ?? 0 }
      stage.drag = beginDrag(hit, row, grip, { edit: latest.current.on.canEdit })
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event) => {
      const at = placeOf(event)
      pointer.current = at
      if (!stage.drag) hoverAt(stage, at, event.currentTarget, latest.current.on.hover, repaint)
      else if (stage.drag.kind === 'pan') {
        latest.current.axis.scrollBy(stage.drag.fromX - at.x)
        stage.drag = { ...stage.drag, fromX: at.x }
      } else {
        stage.drag = dragTo(stage.drag, { ...at, scale: stage.scale, target: targetAt(stage, at) })
        repaint()
      }
    },
    onPointerUp: () => {
      const result = stage.drag ? dropOf(stage.drag) : undefined
      cancel()
      if (result) latest.current.on.drop(result)
    },
    onPointerLeave: () => {
      stage.hoveredId = undefined
      latest.current.on.hover(undefined)
      repaint()
    },
  }
}

function placeOf(event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } {
  const box = event.currentTarget.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}

function hoverAt(
  stage: Stage,
  at: { x: number; y: number },
  canvas: HTMLCanvasElement,
  hover: (id: string | undefined) => void,
  repaint: () => void,
): void {
  const hit = hitGantt(stage.layout, viewOf(stage), at.x, at.y)
  canvas.style.cursor = hit ? cursors[hit.part] : 'default'
  if (hit?.id === stage.hoveredId) return
  stage.hoveredId = hit?.id
  hover(hit?.id)
  repaint()
}

// A link goes to the start of the bar below the pointer, unless it is let go on its last third.
function targetAt(stage: Stage, at: { x: number; y: number }): LinkTarget | undefined {
  const view = viewOf(stage)
  const hit = hitGantt(stage.layout, view, at.x, at.y)
  const row = hit ? stage.layout.rows[hit.index] : undefined
  const box = hit && row ? barBox(view, row, hit.index) : undefined
  if (!hit || !box) return undefined
  const isEnd = !row?.milestone && at.x > box.x + (box.width * 2) / 3 && at.x <= box.x + box.width + 8
  return { id: hit.id, end: isEnd ? 'finish' : 'start' }
}

const edgePx = 28
const edgeStepPx = 9

// Near an edge the chart comes along, frame by frame, for as long as the pointer stays there.
function followEdge(
  stage: Stage,
  at: { x: number; y: number },
  { axis, on }: { axis: TimeAxis; on: { scrollRows: (px: number) => void } },
  again: () => void,
): void {
  const sideways = at.x > stage.widthPx - edgePx ? edgeStepPx : at.x < edgePx ? -edgeStepPx : 0
  const isLink = stage.drag?.kind === 'link'
  const upright = !isLink ? 0 : at.y > stage.heightPx - edgePx ? edgeStepPx : at.y < edgePx ? -edgeStepPx : 0
  if (sideways === 0 && upright === 0) return
  const before = stage.scale.originMinute
  axis.scrollBy(sideways)
  on.scrollRows(upright)
  const movedPx = (stage.scale.originMinute - before) / stage.scale.minutesPerPixel
  if (stage.drag && stage.drag.kind !== 'link' && stage.drag.kind !== 'pan') {
    const held = { ...stage.drag, fromX: stage.drag.fromX - movedPx }
    stage.drag = dragTo(held, { ...at, scale: stage.scale })
  }
  again()
}
