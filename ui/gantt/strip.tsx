import { useRef } from 'react'
import { minuteAt } from '../../drawing/gantt/scale.ts'
import { useSidewaysWheel } from './chart.tsx'
import type { GanttStrip } from './gantt-props.ts'
import { requestPaint, type Stage } from './stage.ts'
import type { TimeAxis } from './use-time-axis.ts'

/** A picture below the chart that scrolls and zooms in time with it. Hidden from screen readers: its side says it. */
export function Strip(props: {
  strip: GanttStrip
  stage: Stage
  axis: TimeAxis
  sidePx: number
  widthPx: number
}) {
  const { strip, stage, axis, sidePx, widthPx } = props
  const area = useRef<HTMLDivElement>(null)
  useSidewaysWheel(area, axis)
  const hover = (x: number | undefined) => {
    if (stage.stripHoverX === x) return
    stage.stripHoverX = x
    requestPaint(stage, { head: true })
  }
  return (
    <div className="hw-gantt-strip" style={{ height: strip.heightPx }}>
      <div className="hw-gantt-strip-side" style={{ width: sidePx }}>
        {strip.side}
      </div>
      <div ref={area} className="hw-gantt-strip-picture" aria-hidden="true">
        <canvas
          ref={(element) => {
            stage.strip = element
            if (element) requestPaint(stage, { head: true })
          }}
          style={{ width: widthPx, height: strip.heightPx }}
          onPointerMove={(event) => hover(event.clientX - event.currentTarget.getBoundingClientRect().left)}
          onPointerLeave={() => hover(undefined)}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            const minute = minuteAt(stage.scale, event.clientX - box.left)
            strip.onPress?.(minute, new DOMRect(event.clientX - 4, box.top, 8, box.height))
          }}
        />
      </div>
    </div>
  )
}
