import { formatDay } from '../format.ts'
import { textWidth } from '../text-width.ts'
import { barBox, barMarks, labelMarks, milestoneHalf } from './bars.ts'
import type { GanttLayout, GanttRow } from './layout.ts'
import { linkMarks } from './links.ts'
import { crisp, type Mark, type Picture } from './marks.ts'
import { type Scale, ticksOf, xOf, zoomOf } from './scale.ts'
import { type GanttView, rowsInView, rowTop } from './view.ts'

/**
 * The Gantt chart of what the view shows, as a draw list in painting order: ground, links, bars, critical links,
 * today, labels. Rows outside the view cost nothing. The same list is painted on canvas and written as SVG.
 */
export function drawGantt(layout: GanttLayout, view: GanttView): Picture {
  const { first, last } = rowsInView(view, layout.rows.length)
  const marks: Mark[] = [...groundMarks(layout, view, first, last)]
  if (view.showLinks !== false) marks.push(...linkMarks(layout, view, false))
  const labels: Mark[] = []
  for (let index = first; index <= last; index += 1) {
    const row = layout.rows[index]
    if (!row) continue
    marks.push(...barMarks(view, row, index))
    labels.push(...labelMarks(view, row, index))
  }
  if (view.showLinks !== false) marks.push(...linkMarks(layout, view, true))
  marks.push(...momentMarks(view), ...labels, ...handleMarks(layout, view))
  return { widthPx: view.widthPx, heightPx: view.heightPx, marks }
}

function groundMarks(layout: GanttLayout, view: GanttView, first: number, last: number): Mark[] {
  const marks: Mark[] = [...nonWorkingMarks(view)]
  for (let index = first; index <= last; index += 1) {
    const id = layout.rows[index]?.id ?? ''
    const fill = view.selected?.has(id) ? 'sel' : view.hoveredId === id ? 'hover' : undefined
    const place = { x: 0, y: rowTop(view, index), width: view.widthPx, height: view.metrics.rowPx }
    if (fill) marks.push({ kind: 'rect', ...place, fill })
  }
  if (view.showGrid !== false) {
    for (const tick of ticksOf(view.scale, view.widthPx).minor) {
      const x = crisp(xOf(view.scale, tick.minute))
      if (x > 0) marks.push({ kind: 'line', points: [x, 0, x, view.heightPx], stroke: 'grid', widthPx: 1 })
    }
  }
  for (let index = first; index <= last; index += 1) {
    const y = rowTop(view, index) + view.metrics.rowPx - 0.5
    marks.push({ kind: 'line', points: [0, y, view.widthPx, y], stroke: 'grid', widthPx: 1 })
  }
  return marks
}

// Weekends and holidays matter where a day can be seen; above that they would be noise.
function nonWorkingMarks(view: GanttView): Mark[] {
  const zoom = zoomOf(view.scale.minutesPerPixel)
  if (!view.nonWorking || (zoom !== 'hour' && zoom !== 'day')) return []
  const marks: Mark[] = []
  for (const { startMinute, finishMinute } of view.nonWorking) {
    const x = Math.max(xOf(view.scale, startMinute), 0)
    const width = Math.min(xOf(view.scale, finishMinute), view.widthPx) - x
    if (width > 0) marks.push({ kind: 'rect', x, y: 0, width, height: view.heightPx, fill: 'off' })
  }
  return marks
}

function momentMarks(view: GanttView): Mark[] {
  const marks: Mark[] = []
  if (view.statusMinute !== undefined && view.statusMinute !== view.todayMinute) {
    const x = crisp(xOf(view.scale, view.statusMinute))
    const line = { kind: 'line', points: [x, 0, x, view.heightPx] } as const
    // On paper there is no today: the status day is the moment the picture speaks of.
    if (view.todayMinute === undefined) marks.push({ ...line, stroke: 'today', widthPx: 1.4 })
    else marks.push({ ...line, stroke: 'ink-3', widthPx: 1.2, dash: [4, 3] })
  }
  if (view.todayMinute !== undefined) {
    const x = xOf(view.scale, view.todayMinute)
    if (x >= 0 && x <= view.widthPx) {
      marks.push({ kind: 'line', points: [x, 0, x, view.heightPx], stroke: 'today', widthPx: 1.6 })
    }
  }
  return marks
}

/** Where the small round handles for drawing links sit: beside both ends of a bar. */
export function handleSpots(
  view: GanttView,
  row: GanttRow,
  index: number,
): { start: number; finish: number; y: number } | undefined {
  const box = barBox(view, row, index)
  if (!box || row.summary || row.inactive) return undefined
  return { start: box.x - 9, finish: box.x + box.width + 9, y: box.midY }
}

// The bar under the pointer shows what it can be taken by.
function handleMarks(layout: GanttLayout, view: GanttView): Mark[] {
  const index = view.hoveredId === undefined ? undefined : layout.indexOf.get(view.hoveredId)
  const row = index === undefined ? undefined : layout.rows[index]
  if (index === undefined || !row) return []
  const spots = handleSpots(view, row, index)
  const box = barBox(view, row, index)
  if (!spots || !box) return []
  const dot = { kind: 'circle', y: spots.y, radius: 3.5, fill: 'bg', stroke: 'accent', widthPx: 1.4 } as const
  const marks: Mark[] = [
    { ...dot, x: spots.start },
    { ...dot, x: spots.finish },
  ]
  if (row.milestone) return marks
  const doneX = box.x + (box.width * row.percentComplete) / 100
  const foot = box.y + box.height
  marks.push({
    kind: 'polygon',
    points: [doneX, foot - 3, doneX + 4.5, foot + 4, doneX - 4.5, foot + 4],
    fill: 'bg',
    stroke: 'accent',
    widthPx: 1.3,
  })
  return marks
}

/** The bar as it would be, over the plan as it is, with the words that say what changes. */
export function ghostMarks(view: GanttView, row: GanttRow, index: number, words: string): Mark[] {
  const box = barBox(view, row, index)
  if (!box) return []
  const marks: Mark[] = []
  if (row.milestone) {
    const half = milestoneHalf(view)
    const [x, y] = [box.x + half, box.midY]
    const points = [x, y - half, x + half, y, x, y + half, x - half, y]
    marks.push({ kind: 'polygon', points, fill: 'accent-soft', stroke: 'accent', widthPx: 1.6 })
  } else {
    const place = { x: box.x, y: box.y - 1, width: box.width, height: box.height + 2, radius: 3 }
    marks.push(
      { kind: 'rect', ...place, fill: 'accent-soft', stroke: 'accent' },
      { kind: 'rect', ...place, width: (box.width * row.percentComplete) / 100, fill: 'accent-line' },
    )
  }
  return [...marks, ...chipMarks(view, words, { x: box.x + box.width + 8, y: box.midY, leftX: box.x - 8 })]
}

function chipMarks(view: GanttView, words: string, at: { x: number; y: number; leftX: number }): Mark[] {
  if (words === '') return []
  const width = textWidth(words, 11, 600) + 14
  const x = at.x + width > view.widthPx ? at.leftX - width : at.x
  return [
    { kind: 'rect', x, y: at.y - 10, width, height: 20, radius: 5, fill: 'accent-solid' },
    {
      kind: 'text',
      x: x + 7,
      y: at.y + 4,
      text: words,
      fill: 'accent-on',
      sizePx: 11,
      weight: 600,
      anchor: 'start',
    },
  ]
}

export const headPx = 40

/** The head of the time axis: the coarse tier in bold over the fine one, and today as a mark on it. */
export function drawTimeHead(
  scale: Scale,
  widthPx: number,
  moments: { todayMinute?: number | undefined },
): Picture {
  const { major, minor } = ticksOf(scale, widthPx)
  const marks: Mark[] = []
  major.forEach((tick, position) => {
    const x = xOf(scale, tick.minute)
    const next = major[position + 1]
    const rightPx = next ? xOf(scale, next.minute) : widthPx
    if (x > 0) marks.push({ kind: 'line', points: [crisp(x), 0, crisp(x), 19], stroke: 'line-2', widthPx: 1 })
    const textX = Math.max(x, 0) + 6
    if (textX + textWidth(tick.label, 11, 600) + 4 > rightPx) return
    marks.push({
      kind: 'text',
      x: textX,
      y: 14,
      text: tick.label,
      fill: 'ink',
      sizePx: 11,
      weight: 600,
      anchor: 'start',
    })
  })
  const chip = todayChip(scale, widthPx, moments.todayMinute)
  minor.forEach((tick, position) => {
    const x = xOf(scale, tick.minute)
    const next = minor[position + 1]
    const unitPx = next ? xOf(scale, next.minute) - x : Number.POSITIVE_INFINITY
    const labelPx = textWidth(tick.label, 11)
    const textX = x + 5
    if (x < -2 || labelPx + 7 > unitPx) return
    if (chip && textX < chip.x + chip.width + 2 && textX + labelPx > chip.x - 2) return
    marks.push({
      kind: 'text',
      x: textX,
      y: 32,
      text: tick.label,
      fill: 'ink-3',
      sizePx: 11,
      weight: 400,
      anchor: 'start',
    })
  })
  if (chip) {
    const middle = chip.x + chip.width / 2
    marks.push(
      { kind: 'rect', x: chip.x, y: 20, width: chip.width, height: 16, radius: 4, fill: 'accent-solid' },
      {
        kind: 'text',
        x: middle,
        y: 32,
        text: 'Today',
        fill: 'accent-on',
        sizePx: 10.5,
        weight: 600,
        anchor: 'middle',
      },
    )
  }
  marks.push({ kind: 'line', points: [0, headPx - 0.5, widthPx, headPx - 0.5], stroke: 'line-2', widthPx: 1 })
  return { widthPx, heightPx: headPx, marks }
}

function todayChip(
  scale: Scale,
  widthPx: number,
  todayMinute: number | undefined,
): { x: number; width: number } | undefined {
  if (todayMinute === undefined) return undefined
  const x = xOf(scale, todayMinute)
  if (x < 0 || x > widthPx) return undefined
  const width = 42
  return { x: Math.min(Math.max(x - width / 2, 0), widthPx - width), width }
}

/** What a drag says beside its ghost: `9 Dec to 8 Jan`. */
export function spanWords(row: GanttRow, todayMinute: number | undefined): string {
  if (row.startMinute === null || row.finishMinute === null) return ''
  const start = formatDay(row.startMinute, { todayMinute })
  const finish = formatDay(row.finishMinute, { todayMinute })
  return start === finish ? start : `${start} to ${finish}`
}
