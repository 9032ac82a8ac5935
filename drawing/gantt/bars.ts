import type { Colour } from '../colours.ts'
import { formatDay, formatSlip } from '../format.ts'
import { textWidth } from '../text-width.ts'
import type { GanttRow } from './layout.ts'
import { crisp, diamond, type Mark, type TextMark } from './marks.ts'
import { xOf } from './scale.ts'
import { type GanttView, rowTop } from './view.ts'

export const milestoneHalfPx = 6.5
const baselineHalfPx = 5
const narrowestBarPx = 3

/** Where a row's bar stands in the picture; a milestone is a box as wide as its diamond. Undefined without dates. */
export type BarBox = { x: number; y: number; width: number; height: number; midY: number }

export function barBox(view: GanttView, row: GanttRow, index: number): BarBox | undefined {
  if (row.startMinute === null || row.finishMinute === null) return undefined
  const { barPx, barTopPx } = view.metrics
  const y = rowTop(view, index) + barTopPx
  const midY = y + barPx / 2
  const x = xOf(view.scale, row.startMinute)
  if (row.milestone) {
    const half = milestoneHalf(view)
    return { x: x - half, y: midY - half, width: half * 2, height: half * 2, midY }
  }
  const width = Math.max(xOf(view.scale, row.finishMinute) - x, narrowestBarPx)
  return { x, y, width, height: barPx, midY }
}

/** Half the width of a milestone's diamond: 6.5 px on screen, in proportion on smaller rows. */
export function milestoneHalf(view: GanttView): number {
  return Math.min(milestoneHalfPx, view.metrics.barPx * 0.62)
}

/** The marks of one row, without its label: baseline below, then the bar, its done part, deadline and forecast. */
export function barMarks(view: GanttView, row: GanttRow, index: number): Mark[] {
  const box = barBox(view, row, index)
  const marks: Mark[] = []
  if (view.showBaseline !== false) marks.push(...baselineMarks(view, row, index))
  if (box && reachesIn(view, box)) {
    if (row.summary) marks.push(...summaryMarks(view, row, box))
    else if (row.milestone) marks.push(milestoneMark(view, row, box))
    else marks.push(...taskMarks(view, row, box))
  }
  marks.push(...forecastMarks(view, row, index), ...deadlineMarks(view, row, index))
  return dimmed(view, row, marks)
}

function reachesIn(view: GanttView, box: BarBox): boolean {
  return box.x < view.widthPx && box.x + box.width > 0
}

function isCritical(view: GanttView, row: GanttRow): boolean {
  return row.critical && view.showCriticalPath !== false && row.inactive !== true
}

/** Everything off the traced path steps back to a quarter. */
function dimmed(view: GanttView, row: GanttRow, marks: Mark[]): Mark[] {
  if (view.traced === undefined || view.traced.has(row.id)) return marks
  return marks.map((mark) =>
    mark.kind === 'group' || mark.kind === 'circle' ? mark : { ...mark, opacity: 0.25 },
  )
}

// A bar of years is cut just outside the picture, so that no surface has to paint what nobody sees.
function clampSpan(view: GanttView, x: number, width: number): { x: number; width: number } {
  const left = Math.max(x, -20)
  return { x: left, width: Math.min(x + width, view.widthPx + 20) - left }
}

function summaryMarks(view: GanttView, row: GanttRow, box: BarBox): Mark[] {
  const { x, width } = clampSpan(view, box.x, box.width)
  const top = box.midY - 4
  const foot = Math.min(4, width / 2)
  const right = x + width
  const points = [x, top, right, top, right, top + 8, right - foot, top + 4, x + foot, top + 4, x, top + 8]
  return [{ kind: 'polygon', points, fill: row.inactive ? 'base' : 'sum' }]
}

function milestoneMark(view: GanttView, row: GanttRow, box: BarBox): Mark {
  const x = box.x + box.width / 2
  const half = box.width / 2
  if (row.inactive) return diamond(x, box.midY, half - 1, { fill: 'bg', stroke: 'base', widthPx: 1 })
  return diamond(x, box.midY, half, { fill: isCritical(view, row) ? 'crit-done' : 'bar-done' })
}

function taskMarks(view: GanttView, row: GanttRow, box: BarBox): Mark[] {
  const { y, height } = box
  const { x, width } = clampSpan(view, box.x, box.width)
  const radius = Math.min(2.5, width / 2)
  if (row.inactive) {
    return [{ kind: 'rect', x, y: y + 0.5, width, height: height - 1, radius, stroke: 'base', dash: [3, 2] }]
  }
  const critical = isCritical(view, row)
  const marks: Mark[] = []
  for (const piece of piecesOf(view, row, box)) {
    marks.push({ kind: 'rect', ...piece, y, height, radius, fill: critical ? 'crit' : 'bar' })
  }
  if (critical && box.x >= -3) {
    marks.push({ kind: 'rect', x, y, width: Math.min(3, width), height, radius: 1, fill: 'crit-done' })
  }
  const doneTo = Math.min(box.x + (box.width * Math.min(row.percentComplete, 100)) / 100, view.widthPx + 20)
  if (row.percentComplete > 0 && doneTo > x) {
    const fill: Colour = critical ? 'crit-done' : 'bar-done'
    for (const piece of piecesOf(view, row, box)) {
      const doneWidth = Math.min(piece.x + piece.width, doneTo) - piece.x
      if (doneWidth > 0) marks.push({ kind: 'rect', x: piece.x, y, width: doneWidth, height, radius, fill })
    }
  }
  if (row.manual) marks.push(...manualEnds(box))
  return marks
}

// A split task is its pieces; any other is one piece.
function piecesOf(view: GanttView, row: GanttRow, box: BarBox): { x: number; width: number }[] {
  if (row.pieces === undefined || row.pieces.length < 2) return [clampSpan(view, box.x, box.width)]
  return row.pieces
    .map(({ startMinute, finishMinute }) => {
      const x = xOf(view.scale, startMinute)
      return clampSpan(view, x, Math.max(xOf(view.scale, finishMinute) - x, 1))
    })
    .filter(({ width }) => width > 0)
}

// Dates set by hand are held in brackets: the schedule does not move them.
function manualEnds(box: BarBox): Mark[] {
  const top = box.y - 2
  const bottom = box.y + box.height + 2
  const left = box.x - 2.5
  const right = box.x + box.width + 2.5
  return [
    {
      kind: 'line',
      points: [left + 3, top, left, top, left, bottom, left + 3, bottom],
      stroke: 'ink-2',
      widthPx: 1.2,
    },
    {
      kind: 'line',
      points: [right - 3, top, right, top, right, bottom, right - 3, bottom],
      stroke: 'ink-2',
      widthPx: 1.2,
    },
  ]
}

function baselineMarks(view: GanttView, row: GanttRow, index: number): Mark[] {
  const { baselineStartMinute, baselineFinishMinute } = row
  if (baselineStartMinute == null || baselineFinishMinute == null || row.summary) return []
  const { barPx, barTopPx } = view.metrics
  const top = rowTop(view, index) + barTopPx
  const x = xOf(view.scale, baselineStartMinute)
  if (row.milestone) return milestoneBaseline(view, row, x, top + barPx / 2)
  const width = Math.max(xOf(view.scale, baselineFinishMinute) - x, 2)
  if (x > view.widthPx || x + width < 0) return []
  return [
    {
      kind: 'rect',
      ...clampSpan(view, x, width),
      y: top + barPx + 2.5,
      height: 3,
      radius: 1.5,
      fill: 'base',
    },
  ]
}

function milestoneBaseline(view: GanttView, row: GanttRow, x: number, midY: number): Mark[] {
  const finishX = row.finishMinute === null ? x : xOf(view.scale, row.finishMinute)
  const half = Math.min(baselineHalfPx, milestoneHalf(view))
  if (Math.abs(finishX - x) < 1) return []
  const marks: Mark[] = []
  const left = Math.max(Math.min(x, finishX), -10)
  const right = Math.min(Math.max(x, finishX), view.widthPx + 10)
  if (right > left) {
    marks.push({ kind: 'line', points: [left, midY, right, midY], stroke: 'base', widthPx: 1, dash: [2, 3] })
  }
  marks.push(diamond(x, midY, half, { fill: 'bg', stroke: 'base', widthPx: 1.4 }))
  return marks
}

function forecastMarks(view: GanttView, row: GanttRow, index: number): Mark[] {
  if (row.forecast === undefined || row.finishMinute === null) return []
  const midY = rowTop(view, index) + view.metrics.barTopPx + view.metrics.barPx / 2
  const from = xOf(view.scale, row.finishMinute) + milestoneHalf(view) + 2
  const p50 = crisp(xOf(view.scale, row.forecast.p50Minute))
  const p80 = crisp(xOf(view.scale, row.forecast.p80Minute))
  return [
    { kind: 'line', points: [from, midY, p80, midY], stroke: 'ink-2', widthPx: 1.2 },
    { kind: 'line', points: [p50, midY - 4, p50, midY + 4], stroke: 'accent', widthPx: 1.4, dash: [3, 2] },
    { kind: 'line', points: [p80, midY - 5, p80, midY + 5], stroke: 'ink', widthPx: 1.6 },
  ]
}

function deadlineMarks(view: GanttView, row: GanttRow, index: number): Mark[] {
  if (row.deadlineMinute == null) return []
  const x = xOf(view.scale, row.deadlineMinute)
  if (x < -6 || x > view.widthPx + 6) return []
  const top = rowTop(view, index) + view.metrics.barTopPx - 1
  const tip = top + 9
  const missed = row.finishMinute !== null && row.finishMinute > row.deadlineMinute
  const points = [x - 4.5, top, x + 4.5, top, x + 4.5, top + 4, x, tip, x - 4.5, top + 4]
  return [{ kind: 'polygon', points, fill: missed ? 'r' : 'bg', stroke: missed ? 'r' : 'g', widthPx: 1.4 }]
}

// The halo has the colour the row lies on.
function groundOf(view: GanttView, row: GanttRow): Colour {
  if (view.selected?.has(row.id)) return 'sel'
  return view.hoveredId === row.id ? 'hover' : 'bg'
}

/** The words beside a bar: who does it, and at a milestone its slip. To the left when the right edge is too near. */
export function labelMarks(view: GanttView, row: GanttRow, index: number): Mark[] {
  const box = barBox(view, row, index)
  if (!box || row.summary || !reachesIn(view, box)) return []
  const sizePx = view.metrics.textPx
  const y = box.midY + sizePx * 0.36
  const slip = slipText(view, row)
  const label = row.label ?? ''
  const labelPx = label === '' ? 0 : textWidth(label, sizePx) + (slip === '' ? 0 : 4)
  const slipPx = slip === '' ? 0 : textWidth(slip, sizePx, 600)
  if (labelPx + slipPx === 0) return []
  const leftPx = leftOf(view, row, box)
  // Room for the handle that the bar shows under the pointer.
  const gapPx = view.hoveredId === row.id ? 18 : 8
  const endPx = box.x + box.width
  const deadlinePx = row.deadlineMinute == null ? endPx : xOf(view.scale, row.deadlineMinute) + 6
  const rightPx = (deadlinePx < endPx + 30 ? Math.max(endPx, deadlinePx) : endPx) + gapPx
  const isAtLeft =
    row.forecast !== undefined || (rightPx + labelPx + slipPx > view.widthPx && leftPx > labelPx + slipPx)
  const x = isAtLeft ? leftPx - labelPx - slipPx : rightPx
  const text = { kind: 'text', y, sizePx, anchor: 'start', halo: groundOf(view, row) } as const
  const marks: TextMark[] = []
  if (label !== '')
    marks.push({ ...text, x, text: label, fill: row.inactive ? 'ink-3' : 'ink-2', weight: 400 })
  if (slip !== '') {
    marks.push({ ...text, x: x + labelPx, text: slip, fill: slip.startsWith('+') ? 'r' : 'g', weight: 600 })
  }
  marks.push(...forecastLabel(view, row, box, text))
  return dimmed(view, row, marks)
}

function slipText(view: GanttView, row: GanttRow): string {
  if (!row.milestone || !row.slipMinutes || view.showBaseline === false) return ''
  return `${formatSlip(row.slipMinutes, view.minutesPerDay)} d`
}

// The left end of what a row shows: the bar, or the baseline diamond before it.
function leftOf(view: GanttView, row: GanttRow, box: BarBox): number {
  if (!row.milestone || row.baselineFinishMinute == null || view.showBaseline === false) return box.x - 8
  return Math.min(box.x, xOf(view.scale, row.baselineFinishMinute) - baselineHalfPx) - 6
}

function forecastLabel(
  view: GanttView,
  row: GanttRow,
  box: BarBox,
  text: Pick<TextMark, 'kind' | 'sizePx' | 'anchor' | 'halo'>,
): TextMark[] {
  if (row.forecast === undefined) return []
  const { p80Minute } = row.forecast
  const day = formatDay(p80Minute, { todayMinute: view.todayMinute })
  const words = `P80 ${day}`
  const width = textWidth(words, text.sizePx)
  const x = Math.min(xOf(view.scale, p80Minute) - width / 2, view.widthPx - width - 4)
  return [{ ...text, x, y: box.midY - 9, text: words, fill: 'ink-2', weight: 400 }]
}
