import { type RefObject, useLayoutEffect, useState } from 'react'
import type { GanttLayout } from '../../drawing/gantt/layout.ts'
import { useGround } from '../theme.tsx'
import type { GanttProps } from './gantt-props.ts'
import { createStage, requestPaint, type Stage } from './stage.ts'

/** The size of an element, followed while it changes. */
export function useSize(element: RefObject<HTMLElement | null>): { widthPx: number; heightPx: number } {
  const [size, setSize] = useState({ widthPx: 0, heightPx: 0 })
  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    const measure = () => setSize({ widthPx: current.clientWidth, heightPx: current.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return size
}

/** Keeps what the next frame is painted from in step with the plan, and paints when any of it changed. */
export function useStage(
  props: GanttProps,
  given: {
    stage: Stage
    layout: GanttLayout
    highlighted: ReadonlySet<string>
    widthPx: number
    heightPx: number
  },
): void {
  const { stage, layout, highlighted, widthPx, heightPx } = given
  const ground = useGround()
  const { plan, statusMinute, traced, nonWorking, strip } = props
  const stripDraw = strip?.draw
  const stripPx = strip?.heightPx ?? 0
  const { showCriticalPath = true, showBaseline = true, showLinks = true } = props
  useLayoutEffect(() => {
    Object.assign(stage, {
      layout,
      selected: highlighted,
      widthPx,
      heightPx,
      ground,
      statusMinute,
      traced,
      stripDraw,
      stripPx,
      pixelRatio: window.devicePixelRatio || 1,
      minutesPerDay: plan.minutesPerDay,
      todayMinute: plan.todayMinute,
      show: { criticalPath: showCriticalPath, baseline: showBaseline, links: showLinks },
    } satisfies Partial<Stage>)
    if (stage.nonWorking !== nonWorking) Object.assign(stage, { nonWorking, shading: undefined })
    requestPaint(stage, { head: true })
  }, [
    stage,
    layout,
    highlighted,
    widthPx,
    heightPx,
    ground,
    statusMinute,
    traced,
    plan,
    nonWorking,
    stripDraw,
    stripPx,
    showCriticalPath,
    showBaseline,
    showLinks,
  ])
  useRepaintWhenReady(stage)
}

export function useNewStage(): Stage {
  return useState(createStage)[0]
}

// Letters painted before the font has come would stay in the wrong one; a screen of another density needs new pixels.
function useRepaintWhenReady(stage: Stage): void {
  useLayoutEffect(() => {
    let isHere = true
    const repaint = () => {
      if (!isHere) return
      stage.pixelRatio = window.devicePixelRatio || 1
      requestPaint(stage, { head: true })
    }
    void Promise.all([
      document.fonts.load('400 11px "Inter Variable"'),
      document.fonts.load('600 11px "Inter Variable"'),
    ]).then(repaint)
    window.addEventListener('resize', repaint)
    return () => {
      isHere = false
      window.removeEventListener('resize', repaint)
    }
  }, [stage])
}
