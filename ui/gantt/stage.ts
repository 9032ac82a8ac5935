import type { Ground } from '../../drawing/colours.ts'
import { barBox } from '../../drawing/gantt/bars.ts'
import { type Pen, paintCanvas } from '../../drawing/gantt/canvas.ts'
import { drawGantt, drawTimeHead, ghostMarks, spanWords } from '../../drawing/gantt/draw.ts'
import { type GanttLayout, layoutGantt } from '../../drawing/gantt/layout.ts'
import { looseLinkMarks } from '../../drawing/gantt/links.ts'
import type { Mark, Picture } from '../../drawing/gantt/marks.ts'
import { minuteAt, type Scale, zoomOf } from '../../drawing/gantt/scale.ts'
import { type GanttView, rowsInView, type Span, screenMetrics } from '../../drawing/gantt/view.ts'
import { type Drag, ghostRow } from './drag.ts'

/**
 * Everything the next frame of the chart is painted from. It changes with every scroll and pointer move, sixty times
 * a second, so it lives outside React: whoever changes it asks for a picture with `requestPaint`.
 */
export type Stage = {
  body: HTMLCanvasElement | null
  head: HTMLCanvasElement | null
  /** The picture below the chart on the same time axis, when there is one. */
  strip: HTMLCanvasElement | null
  stripDraw: ((view: StripView) => Picture) | undefined
  stripPx: number
  stripHoverX: number | undefined
  layout: GanttLayout
  scale: Scale
  topPx: number
  widthPx: number
  heightPx: number
  ground: Ground
  pixelRatio: number
  minutesPerDay: number
  todayMinute: number
  statusMinute: number | undefined
  show: { criticalPath: boolean; baseline: boolean; links: boolean }
  selected: ReadonlySet<string>
  traced: ReadonlySet<string> | undefined
  hoveredId: string | undefined
  drag: Drag | undefined
  nonWorking: ((span: Span) => readonly Span[]) | undefined
  shading: { span: Span; spans: readonly Span[] } | undefined
  /** The animation frame that will paint, 0 when none is asked for. */
  frame: number
  isHeadDue: boolean
}

export function createStage(): Stage {
  return {
    body: null,
    head: null,
    strip: null,
    stripDraw: undefined,
    stripPx: 0,
    stripHoverX: undefined,
    layout: layoutGantt([], []),
    scale: { originMinute: 0, minutesPerPixel: 400 },
    topPx: 0,
    widthPx: 0,
    heightPx: 0,
    ground: 'light',
    pixelRatio: 1,
    minutesPerDay: 480,
    todayMinute: 0,
    statusMinute: undefined,
    show: { criticalPath: true, baseline: true, links: true },
    selected: new Set(),
    traced: undefined,
    hoveredId: undefined,
    drag: undefined,
    nonWorking: undefined,
    shading: undefined,
    frame: 0,
    isHeadDue: false,
  }
}

/** What a picture below the chart is drawn from. */
export type StripView = {
  scale: Scale
  widthPx: number
  heightPx: number
  todayMinute: number
  selected: ReadonlySet<string>
  /** Where the pointer is. */
  hoverX: number | undefined
}

/**
 * Asks for a picture in the frame that is just being made: animation callbacks run after scrolling and after React has
 * committed, so rows and bars change together, and ten reasons to paint cost one picture.
 */
export function requestPaint(stage: Stage, parts: { head: boolean }): void {
  stage.isHeadDue ||= parts.head
  if (stage.frame !== 0) return
  stage.frame = requestAnimationFrame(() => {
    stage.frame = 0
    paintStage(stage, { head: stage.isHeadDue })
    stage.isHeadDue = false
  })
}

function paintStage(stage: Stage, parts: { head: boolean }): void {
  if (stage.widthPx <= 0 || stage.heightPx <= 0) return
  const view = viewOf(stage)
  if (stage.body) paintOn(stage.body, stage, withDrag(stage, view, drawGantt(stage.layout, view)))
  if (stage.head && parts.head) {
    paintOn(stage.head, stage, drawTimeHead(stage.scale, stage.widthPx, { todayMinute: stage.todayMinute }))
  }
  // Rows that scroll move nothing below the chart.
  if (stage.strip && stage.stripDraw && parts.head) {
    const { scale, widthPx, todayMinute, selected } = stage
    const strip = { scale, widthPx, todayMinute, selected }
    paintOn(
      stage.strip,
      stage,
      stage.stripDraw({ ...strip, heightPx: stage.stripPx, hoverX: stage.stripHoverX }),
    )
  }
}

export function viewOf(stage: Stage): GanttView {
  return {
    scale: stage.scale,
    topPx: stage.topPx,
    widthPx: stage.widthPx,
    heightPx: stage.heightPx,
    metrics: screenMetrics,
    minutesPerDay: stage.minutesPerDay,
    todayMinute: stage.todayMinute,
    statusMinute: stage.statusMinute,
    nonWorking: shadingOf(stage),
    showCriticalPath: stage.show.criticalPath,
    showBaseline: stage.show.baseline,
    showLinks: stage.show.links,
    selected: stage.selected,
    traced: stage.traced,
    hoveredId: stage.drag && stage.drag.kind !== 'pan' ? undefined : stage.hoveredId,
  }
}

// The calendar is asked for three screens at a time, not for every frame.
function shadingOf(stage: Stage): readonly Span[] | undefined {
  const zoom = zoomOf(stage.scale.minutesPerPixel)
  if (!stage.nonWorking || (zoom !== 'hour' && zoom !== 'day')) return undefined
  const startMinute = stage.scale.originMinute
  const finishMinute = minuteAt(stage.scale, stage.widthPx)
  const known = stage.shading
  if (known && known.span.startMinute <= startMinute && known.span.finishMinute >= finishMinute)
    return known.spans
  const screen = finishMinute - startMinute
  const span = { startMinute: startMinute - screen, finishMinute: finishMinute + screen }
  stage.shading = { span, spans: stage.nonWorking(span) }
  return stage.shading.spans
}

function withDrag(stage: Stage, view: GanttView, picture: Picture): Picture {
  const { drag, layout } = stage
  if (!drag || drag.kind === 'pan') return picture
  return { ...picture, marks: [...picture.marks, ...dragMarks(drag, layout, view)] }
}

function dragMarks(drag: Exclude<Drag, { kind: 'pan' }>, layout: GanttLayout, view: GanttView): Mark[] {
  const held = layout.indexOf.get(drag.id)
  if (held === undefined) return []
  if (drag.kind === 'link') {
    const row = layout.rows[held]
    const box = row ? barBox(view, row, held) : undefined
    return box ? looseLinkMarks(view, box, { fromEnd: drag.fromEnd, x: drag.x, y: drag.y }) : []
  }
  const isGroup = drag.kind === 'move' && view.selected?.has(drag.id) === true
  const { first, last } = rowsInView(view, layout.rows.length)
  const marks: Mark[] = []
  for (let index = first; index <= last; index += 1) {
    const row = layout.rows[index]
    if (!row || row.summary) continue
    const isMoved = row.id === drag.id || (isGroup && view.selected?.has(row.id) === true)
    const ghost = ghostRow(drag, row, isMoved)
    if (!ghost) continue
    const words =
      row.id !== drag.id
        ? ''
        : drag.kind === 'progress'
          ? `${drag.percent} %`
          : spanWords(ghost, view.todayMinute)
    marks.push(...ghostMarks(view, ghost, index, words))
  }
  return marks
}

function paintOn(canvas: HTMLCanvasElement, stage: Stage, picture: Picture): void {
  const pen = canvas.getContext('2d', { alpha: false })
  if (!pen) return
  const width = Math.round(picture.widthPx * stage.pixelRatio)
  const height = Math.round(picture.heightPx * stage.pixelRatio)
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  pen.setTransform(stage.pixelRatio, 0, 0, stage.pixelRatio, 0, 0)
  paintCanvas(pen as unknown as Pen, picture, stage.ground)
}
