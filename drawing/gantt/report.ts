import { civilOf } from '../civil.ts'
import { fitText, textWidth } from '../text-width.ts'
import { drawGantt } from './draw.ts'
import { type GanttLink, type GanttRow, ganttSpan, layoutGantt } from './layout.ts'
import { crisp, type Mark, type Picture } from './marks.ts'
import { fitScale, type Scale, ticksOf, xOf } from './scale.ts'
import type { RowMetrics, Span } from './view.ts'

/** A row of a printed Gantt: what the chart needs, and its name for the column at the left. */
export type ReportRow = GanttRow & { name: string; depth?: number }

export type ReportGantt = {
  rows: readonly ReportRow[]
  links?: readonly GanttLink[]
  widthPx: number
  minutesPerDay: number
  /** The time shown; by default everything the rows reach, fitted to the width. */
  span?: Span
  statusMinute?: number
  todayMinute?: number
  namePx?: number
}

const paperMetrics: RowMetrics = { rowPx: 19, barPx: 9, barTopPx: 3.5, textPx: 10 }
const paperHeadPx = 22

/** The Gantt of a report: names at the left, one tier of the time axis, every row, nothing scrolled away. */
export function reportGantt(given: ReportGantt): Picture {
  const namePx = given.namePx ?? 168
  const widthPx = given.widthPx - namePx
  const layout = layoutGantt(given.rows, given.links ?? [])
  const span = given.span ?? ganttSpan(given.rows) ?? { startMinute: 0, finishMinute: 1440 }
  const scale = fitScale(span, widthPx)
  const bodyPx = given.rows.length * paperMetrics.rowPx
  const body = drawGantt(layout, {
    scale,
    topPx: 0,
    widthPx,
    heightPx: bodyPx,
    metrics: paperMetrics,
    minutesPerDay: given.minutesPerDay,
    todayMinute: given.todayMinute,
    statusMinute: given.statusMinute,
    showGrid: false,
    showLinks: (given.links ?? []).length > 0,
  })
  return {
    widthPx: given.widthPx,
    heightPx: paperHeadPx + bodyPx + 1,
    marks: [
      ...nameMarks(given.rows, namePx),
      {
        kind: 'group',
        x: namePx,
        y: 0,
        width: widthPx,
        height: paperHeadPx + bodyPx,
        marks: headMarks(scale, widthPx, paperHeadPx + bodyPx),
      },
      { kind: 'group', x: namePx, y: paperHeadPx, width: widthPx, height: bodyPx, marks: body.marks },
    ],
  }
}

function nameMarks(rows: readonly ReportRow[], namePx: number): Mark[] {
  return rows.map((row, index) => {
    const x = (row.depth ?? 0) * 10
    const weight = row.summary ? 600 : 400
    return {
      kind: 'text',
      x,
      y: paperHeadPx + index * paperMetrics.rowPx + 12,
      text: fitText(row.name, namePx - x - 8, 10.5, weight),
      fill: 'ink',
      sizePx: 10.5,
      weight,
      anchor: 'start',
    }
  })
}

function headMarks(scale: Scale, widthPx: number, heightPx: number): Mark[] {
  const { major, minor } = ticksOf(scale, widthPx)
  const isFew = minor.length <= widthPx / 46
  const marks: Mark[] = [
    { kind: 'line', points: [0, paperHeadPx - 0.5, widthPx, paperHeadPx - 0.5], stroke: 'grid', widthPx: 1 },
  ]
  const ticks = isFew ? minor : major
  const years = new Set<string>()
  ticks.forEach((tick, position) => {
    const x = xOf(scale, tick.minute)
    if (x > 0) {
      marks.push({ kind: 'line', points: [crisp(x), 0, crisp(x), heightPx], stroke: 'grid', widthPx: 1 })
    }
    const next = ticks[position + 1]
    const roomPx = (next ? xOf(scale, next.minute) : widthPx) - Math.max(x, 0) - 6
    const label = withYear(tick.label, tick.minute, years)
    // A tick cut off by the edge says nothing, and leaves the year to the next.
    if (textWidth(label.text, 10) > roomPx) return
    years.add(label.year)
    marks.push({
      kind: 'text',
      x: Math.max(x, 0) + 4,
      y: 13,
      text: label.text,
      fill: 'ink-3',
      sizePx: 10,
      weight: 400,
      anchor: 'start',
    })
  })
  return marks
}

// A printed axis names each year once, on its first tick.
function withYear(label: string, minute: number, years: ReadonlySet<string>): { text: string; year: string } {
  const year = String(civilOf(minute).year)
  const bare = label.replace(` ${year}`, '')
  return { text: years.has(year) || bare === year ? bare : `${bare} ${year}`, year }
}
