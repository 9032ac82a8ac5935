import { barBox } from './bars.ts'
import { handleSpots } from './draw.ts'
import type { GanttLayout, GanttRow } from './layout.ts'
import { type GanttView, rowsInView } from './view.ts'

/**
 * What lies under a point of the picture. `linkStart` and `linkFinish` are the round handles beside a bar,
 * `progress` the mark at the end of its done part; they answer only on the hovered row, where they are drawn.
 */
export type GanttHit = {
  id: string
  index: number
  part:
    | 'body'
    | 'start'
    | 'finish'
    | 'progress'
    | 'linkStart'
    | 'linkFinish'
    | 'milestone'
    | 'summary'
    | 'row'
}

const edgePx = 5
const handlePx = 6

/** What the pointer would take at (x, y); undefined below the last row. */
export function hitGantt(layout: GanttLayout, view: GanttView, x: number, y: number): GanttHit | undefined {
  const index = Math.floor((y + view.topPx) / view.metrics.rowPx)
  const row = layout.rows[index]
  const { first, last } = rowsInView(view, layout.rows.length)
  if (!row || index < first || index > last) return undefined
  return { id: row.id, index, part: partAt(view, row, index, x, y) }
}

function partAt(view: GanttView, row: GanttRow, index: number, x: number, y: number): GanttHit['part'] {
  const box = barBox(view, row, index)
  if (!box) return 'row'
  const handle = view.hoveredId === row.id ? handleAt(view, row, index, x, y) : undefined
  if (handle) return handle
  const slack = row.milestone ? 1 : 2
  const isInside = x >= box.x - slack && x <= box.x + box.width + slack
  if (!isInside || y < box.y - 3 || y > box.y + box.height + 3) return 'row'
  if (row.milestone) return 'milestone'
  if (row.summary) return 'summary'
  // On a very short bar the whole of it moves, except its last pixels.
  const grip = Math.min(edgePx, box.width / 3)
  if (x >= box.x + box.width - grip) return 'finish'
  if (x <= box.x + grip) return 'start'
  return 'body'
}

function handleAt(
  view: GanttView,
  row: GanttRow,
  index: number,
  x: number,
  y: number,
): GanttHit['part'] | undefined {
  const spots = handleSpots(view, row, index)
  const box = barBox(view, row, index)
  if (!spots || !box) return undefined
  if (Math.hypot(x - spots.finish, y - spots.y) <= handlePx) return 'linkFinish'
  if (Math.hypot(x - spots.start, y - spots.y) <= handlePx) return 'linkStart'
  if (row.milestone) return undefined
  const doneX = box.x + (box.width * row.percentComplete) / 100
  const foot = box.y + box.height
  return Math.abs(x - doneX) <= handlePx && y >= foot - 3 && y <= foot + 6 ? 'progress' : undefined
}
