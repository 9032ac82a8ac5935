import type { Colour } from '../colours.ts'
import { type BarBox, barBox } from './bars.ts'
import type { GanttLayout, GanttRow, LinkType } from './layout.ts'
import type { Mark } from './marks.ts'
import { type GanttView, rowTop } from './view.ts'

type End = { box: BarBox; top: number; bottom: number; row: GanttRow }
/** A route from one bar to another: its corners and the way it points at the end. */
export type Route = { points: number[]; heading: 'down' | 'up' | 'right' | 'left' }

const stubPx = 3
const besidePx = 8

/** The links that cross the picture, as lines with arrow heads: behind the bars, or the critical ones in front. */
export function linkMarks(layout: GanttLayout, view: GanttView, critical: boolean): Mark[] {
  const { first, last } = paddedRows(view)
  const lines: Mark[] = []
  const heads: Mark[] = []
  for (let index = 0; index < layout.links.length; index += 1) {
    const from = layout.linkFrom[index] ?? 0
    const to = layout.linkTo[index] ?? 0
    if (Math.max(from, to) < first || Math.min(from, to) > last) continue
    const isCritical = layout.linkCritical[index] === 1 && view.showCriticalPath !== false
    if (isCritical !== critical) continue
    const route = routeOf(layout, view, index)
    if (!route || isBeside(route, view)) continue
    const stroke: Colour = isCritical ? 'crit-done' : 'link'
    const faint = isOffTrace(layout, view, index) ? { opacity: 0.2 } : {}
    lines.push({ kind: 'line', points: route.points, stroke, widthPx: isCritical ? 1.3 : 1, ...faint })
    heads.push({ kind: 'polygon', points: arrowHead(route), fill: stroke, ...faint })
  }
  return [...lines, ...heads]
}

function paddedRows(view: GanttView): { first: number; last: number } {
  const { rowPx } = view.metrics
  return { first: Math.floor(view.topPx / rowPx), last: Math.ceil((view.topPx + view.heightPx) / rowPx) }
}

function isOffTrace(layout: GanttLayout, view: GanttView, index: number): boolean {
  if (view.traced === undefined) return false
  const link = layout.links[index]
  return link === undefined || !(view.traced.has(link.from) && view.traced.has(link.to))
}

function isBeside({ points }: Route, view: GanttView): boolean {
  let isLeft = true
  let isRight = true
  for (let index = 0; index < points.length; index += 2) {
    const x = points[index] ?? 0
    if (x > 0) isLeft = false
    if (x < view.widthPx) isRight = false
  }
  return isLeft || isRight
}

/** The orthogonal route of one link of the layout; undefined when an end has no dates. */
export function routeOf(layout: GanttLayout, view: GanttView, index: number): Route | undefined {
  const from = endOf(layout, view, layout.linkFrom[index] ?? 0)
  const to = endOf(layout, view, layout.linkTo[index] ?? 0)
  const link = layout.links[index]
  return from && to && link ? route(from, to, link.type, view.metrics.rowPx) : undefined
}

function endOf(layout: GanttLayout, view: GanttView, index: number): End | undefined {
  const row = layout.rows[index]
  const box = row ? barBox(view, row, index) : undefined
  if (!row || !box) return undefined
  const summaryTop = row.summary ? { top: box.midY - 4, bottom: box.midY + 1 } : undefined
  return { row, box, top: summaryTop?.top ?? box.y, bottom: summaryTop?.bottom ?? box.y + box.height }
}

function route(from: End, to: End, type: LinkType, rowPx: number): Route {
  if (type === 'ss') return besideRoute(from, to, 'left')
  if (type === 'ff') return besideRoute(from, to, 'right')
  if (type === 'sf') return aroundRoute(from, to, { leave: 'left', rowPx })
  return straightRoute(from, to) ?? aroundRoute(from, to, { leave: 'right', rowPx })
}

// Finish to start with room: right, then down (or up) onto the successor's first pixels.
function straightRoute(from: End, to: End): Route | undefined {
  const leaveX = from.box.x + from.box.width
  const middleX = to.box.x + to.box.width / 2
  const nearestX = to.row.milestone ? middleX : to.box.x + Math.min(4, to.box.width / 2)
  const enterX = Math.max(leaveX + stubPx, nearestX)
  const furthestX = to.row.milestone ? middleX + 4 : to.box.x + to.box.width - 1
  if (enterX > furthestX) return undefined
  const isDown = to.box.midY > from.box.midY
  const enterY = isDown ? to.top : to.bottom
  return {
    points: [leaveX, from.box.midY, enterX, from.box.midY, enterX, enterY],
    heading: isDown ? 'down' : 'up',
  }
}

// Start to start runs left of both bars, finish to finish right of both.
function besideRoute(from: End, to: End, side: 'left' | 'right'): Route {
  const fromX = side === 'left' ? from.box.x : from.box.x + from.box.width
  const toX = side === 'left' ? to.box.x : to.box.x + to.box.width
  const beside = side === 'left' ? Math.min(fromX, toX) - besidePx : Math.max(fromX, toX) + besidePx
  return {
    points: [fromX, from.box.midY, beside, from.box.midY, beside, to.box.midY, toX, to.box.midY],
    heading: side === 'left' ? 'right' : 'left',
  }
}

// The successor lies behind: leave, run between the rows, and come in from its own side.
function aroundRoute(from: End, to: End, way: { leave: 'left' | 'right'; rowPx: number }): Route {
  const outward = way.leave === 'right' ? 1 : -1
  const leaveX = way.leave === 'right' ? from.box.x + from.box.width : from.box.x
  const enterX = way.leave === 'right' ? to.box.x : to.box.x + to.box.width
  const isDown = to.box.midY > from.box.midY
  const betweenY = to.box.midY + (isDown ? -1 : 1) * (way.rowPx / 2 - 0.5)
  const outX = leaveX + outward * (besidePx - 2)
  const inX = enterX - outward * besidePx
  const points = [leaveX, from.box.midY, outX, from.box.midY, outX, betweenY]
  points.push(inX, betweenY, inX, to.box.midY, enterX, to.box.midY)
  return { points, heading: way.leave === 'right' ? 'right' : 'left' }
}

function arrowHead({ points, heading }: Route): number[] {
  const x = points.at(-2) ?? 0
  const y = points.at(-1) ?? 0
  if (heading === 'down') return [x - 3, y - 4.5, x + 3, y - 4.5, x, y]
  if (heading === 'up') return [x - 3, y + 4.5, x + 3, y + 4.5, x, y]
  if (heading === 'right') return [x - 4.5, y - 3, x - 4.5, y + 3, x, y]
  return [x + 4.5, y - 3, x + 4.5, y + 3, x, y]
}

/** A loose link while it is being drawn: from a bar's end to the pointer. */
export function looseLinkMarks(
  view: GanttView,
  box: BarBox,
  to: { fromEnd: 'start' | 'finish'; x: number; y: number },
): Mark[] {
  const x = to.fromEnd === 'finish' ? box.x + box.width : box.x
  return [
    { kind: 'line', points: [x, box.midY, to.x, to.y], stroke: 'accent', widthPx: 1.6, dash: [4, 3] },
    { kind: 'circle', x, y: box.midY, radius: 3.5, fill: 'accent' },
    { kind: 'circle', x: to.x, y: to.y, radius: 3.5, fill: 'bg', stroke: 'accent', widthPx: 1.6 },
    // The row under the pointer is what the link would reach.
    {
      kind: 'rect',
      x: 0.5,
      y: rowTop(view, Math.floor((to.y + view.topPx) / view.metrics.rowPx)) + 0.5,
      width: view.widthPx - 1,
      height: view.metrics.rowPx - 2,
      radius: 4,
      stroke: 'accent-line',
    },
  ]
}
