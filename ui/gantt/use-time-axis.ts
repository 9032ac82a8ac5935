import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import {
  fitScale,
  minuteAt,
  minutesPerPixelOf,
  nextZoom,
  type Scale,
  xOf,
  type ZoomKey,
  zoomOf,
} from '../../drawing/gantt/scale.ts'
import type { Span } from '../../drawing/gantt/view.ts'
import { requestPaint, type Stage } from './stage.ts'

const dayMinutes = 1440

export type TimeAxis = {
  /** The bar below the chart that scrolls in time, and how wide its content is. */
  scroller: RefObject<HTMLDivElement | null>
  totalPx: number
  zoom: ZoomKey
  setZoom: (zoom: ZoomKey, anchorX?: number) => void
  step: (step: 1 | -1, anchorX?: number) => void
  fit: () => void
  scrollTo: (minute: number, place?: number) => void
  /** Where a moment stands in the chart; undefined when it is out of sight. */
  placeOf: (minute: number) => number | undefined
  scrollBy: (px: number) => void
  onScroll: () => void
}

type AxisGiven = {
  span: Span
  todayMinute: number
  widthPx: number
  zoom: ZoomKey | undefined
  onZoom: ((zoom: ZoomKey) => void) | undefined
}

/** Zoom and scrolling in time. The stage's `originMinute` is the truth; the scroll bar follows and leads it. */
export function useTimeAxis(stage: Stage, given: AxisGiven): TimeAxis {
  const scroller = useRef<HTMLDivElement>(null)
  const [minutesPerPixel, setMinutesPerPixel] = useState(() => minutesPerPixelOf(given.zoom ?? 'week'))
  const { span, widthPx, todayMinute } = given
  const axis = useMemo(() => axisOf(span, minutesPerPixel, widthPx), [span, minutesPerPixel, widthPx])
  const isPlaced = useRef(false)

  useLayoutEffect(() => {
    if (widthPx <= 0) return
    if (!isPlaced.current) {
      isPlaced.current = true
      stage.scale = {
        originMinute: openingMinute(span, todayMinute, minutesPerPixel, widthPx),
        minutesPerPixel,
      }
    }
    stage.scale = { ...stage.scale, minutesPerPixel }
    const { current } = scroller
    if (current) current.scrollLeft = (stage.scale.originMinute - axis.startMinute) / minutesPerPixel
    requestPaint(stage, { head: true })
  }, [stage, axis, minutesPerPixel, widthPx, span, todayMinute])

  const onScroll = useCallback(() => {
    const { current } = scroller
    if (!current || !isPlaced.current) return
    const originMinute = axis.startMinute + current.scrollLeft * minutesPerPixel
    // The bar counts whole pixels: what it rounded away is not a scroll.
    if (Math.abs(originMinute - stage.scale.originMinute) < minutesPerPixel) return
    stage.scale = { ...stage.scale, originMinute }
    requestPaint(stage, { head: true })
  }, [stage, axis, minutesPerPixel])

  const scrollToOrigin = useCallback(
    (originMinute: number) => {
      const { current } = scroller
      if (current) current.scrollLeft = (originMinute - axis.startMinute) / minutesPerPixel
      onScroll()
    },
    [axis, minutesPerPixel, onScroll],
  )
  const zooming = useZooming(stage, given, scrollToOrigin, setMinutesPerPixel)
  return {
    scroller,
    totalPx: (axis.finishMinute - axis.startMinute) / minutesPerPixel,
    zoom: zoomOf(minutesPerPixel),
    ...zooming,
    scrollTo: (minute, place = 0.3) => scrollToOrigin(minute - stage.widthPx * place * minutesPerPixel),
    scrollBy: (px) => scrollToOrigin(stage.scale.originMinute + px * minutesPerPixel),
    placeOf: (minute) => placeIn(stage, minute),
    onScroll,
  }
}

function placeIn(stage: Stage, minute: number): number | undefined {
  const x = xOf(stage.scale, minute)
  return x >= 0 && x <= stage.widthPx ? x : undefined
}

function useZooming(
  stage: Stage,
  given: AxisGiven,
  scrollToOrigin: (minute: number) => void,
  setMinutesPerPixel: (minutes: number) => void,
): Pick<TimeAxis, 'setZoom' | 'step' | 'fit'> {
  const { span, zoom: asked, onZoom } = given
  const show = useCallback(
    (scale: Scale) => {
      const isSameZoom = scale.minutesPerPixel === stage.scale.minutesPerPixel
      if (isSameZoom) scrollToOrigin(scale.originMinute)
      else {
        stage.scale = { ...stage.scale, ...scale }
        setMinutesPerPixel(scale.minutesPerPixel)
      }
      onZoom?.(zoomOf(scale.minutesPerPixel))
    },
    [stage, onZoom, scrollToOrigin, setMinutesPerPixel],
  )
  const setZoom = useCallback(
    (zoom: ZoomKey, anchorX = stage.widthPx / 2) => {
      const held = minuteAt(stage.scale, anchorX)
      const minutesPerPixel = minutesPerPixelOf(zoom)
      show({ originMinute: held - anchorX * minutesPerPixel, minutesPerPixel })
    },
    [stage, show],
  )
  // Only a new wish counts: a plan zoomed by hand stays so while its screen keeps saying what it first wished.
  const lastAsked = useRef(asked)
  useEffect(() => {
    if (asked === lastAsked.current) return
    lastAsked.current = asked
    if (asked && asked !== zoomOf(stage.scale.minutesPerPixel)) setZoom(asked)
  }, [asked, stage, setZoom])
  return {
    setZoom,
    step: (step, anchorX) => setZoom(nextZoom(stage.scale.minutesPerPixel, step), anchorX),
    fit: () => show(fitScale(span, stage.widthPx)),
  }
}

// There is room before the first and after the last date, to drag into and to look around.
function axisOf(span: Span, minutesPerPixel: number, widthPx: number): Span {
  const pad = Math.max(30 * dayMinutes, widthPx * minutesPerPixel * 0.8)
  return {
    startMinute: Math.floor((span.startMinute - pad) / dayMinutes) * dayMinutes,
    finishMinute: Math.ceil((span.finishMinute + pad) / dayMinutes) * dayMinutes,
  }
}

// A plan opens on today when today is in it, else on its beginning.
function openingMinute(span: Span, todayMinute: number, minutesPerPixel: number, widthPx: number): number {
  const isRunning = todayMinute >= span.startMinute && todayMinute <= span.finishMinute
  const lead = widthPx * minutesPerPixel * (isRunning ? 0.14 : 0.04)
  return (isRunning ? todayMinute : span.startMinute) - lead
}
