import { type MouseEvent, useEffect, useRef } from 'react'
import { headPx } from '../../drawing/gantt/draw.ts'
import { hitGantt } from '../../drawing/gantt/hit.ts'
import type { DragResult } from './drag.ts'
import { type Stage, viewOf } from './stage.ts'
import { useChartPointer } from './use-chart-pointer.ts'
import type { TimeAxis } from './use-time-axis.ts'

/** The bars beside the table. Hidden from screen readers: the treegrid says everything they show. */
export function Chart(props: {
  stage: Stage
  axis: TimeAxis
  widthPx: number
  heightPx: number
  canEdit: boolean
  drop: (result: DragResult) => void
  press: (id: string, held: { add: boolean; range: boolean }) => void
  hover: (id: string | undefined) => void
  open: (id: string) => void
  scrollRows: (px: number) => void
}) {
  const { stage, axis, widthPx, heightPx } = props
  const pointer = useChartPointer(stage, axis, props)
  const area = useRef<HTMLDivElement>(null)
  useSidewaysWheel(area, axis)
  const idAt = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return hitGantt(stage.layout, viewOf(stage), event.clientX - box.left, event.clientY - box.top)?.id
  }
  return (
    <div ref={area} className="hw-chart" aria-hidden="true">
      <canvas
        ref={(element) => {
          stage.head = element
        }}
        style={{ width: widthPx, height: headPx }}
      />
      <canvas
        data-body
        ref={(element) => {
          stage.body = element
        }}
        style={{ width: widthPx, height: heightPx }}
        // The press gives the focus to the row's cell; the browser would take it away again.
        onMouseDown={(event) => event.preventDefault()}
        onPointerDown={pointer.onPointerDown}
        onPointerMove={pointer.onPointerMove}
        onPointerUp={pointer.onPointerUp}
        onPointerCancel={pointer.onPointerLeave}
        onPointerLeave={pointer.onPointerLeave}
        onDoubleClick={(event) => {
          const id = idAt(event)
          if (id !== undefined) props.open(id)
        }}
      />
    </div>
  )
}

/** A wheel turned sideways (or with Shift) scrolls in time, with Ctrl it zooms where the pointer is. */
export function useSidewaysWheel(area: React.RefObject<HTMLDivElement | null>, axis: TimeAxis): void {
  const latest = useRef(axis)
  latest.current = axis
  const turned = useRef(0)
  useEffect(() => {
    const { current } = area
    if (!current) return
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        turned.current += event.deltaY
        if (Math.abs(turned.current) < 60) return
        const x = event.clientX - current.getBoundingClientRect().left
        latest.current.step(turned.current > 0 ? 1 : -1, x)
        turned.current = 0
        return
      }
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
      if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return
      event.preventDefault()
      latest.current.scrollBy(sideways)
    }
    current.addEventListener('wheel', onWheel, { passive: false })
    return () => current.removeEventListener('wheel', onWheel)
  }, [area])
}
