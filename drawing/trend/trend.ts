import type { Colour } from '../colours.ts'
import { formatDay, formatSlip } from '../format.ts'
import { crisp, diamond, type Mark, type Picture } from '../gantt/marks.ts'
import type { Span } from '../gantt/view.ts'
import { fitText, textWidth } from '../text-width.ts'
import { axisTicks } from './axis.ts'
import { type Frame, frameOf, xOf, yOf } from './frame.ts'
import { spreadLabels } from './labels.ts'

/** One milestone: what was forecast on each reporting day. */
export type TrendLine = {
  readonly id: string
  readonly name: string
  /** In order of the reporting day; both are minutes of the project's wall clock. */
  readonly points: readonly { readonly dayMinute: number; readonly forecastMinute: number }[]
  readonly done: boolean
  readonly baselineMinute: number | null
  /** Working time after the baseline; late is plus. */
  readonly slipMinutes: number | null
}

export type TrendChart = {
  readonly lines: readonly TrendLine[]
  readonly widthPx: number
  readonly heightPx: number
  readonly minutesPerDay: number
  /** Without it the dates at the ends carry their year. */
  readonly todayMinute?: number | undefined
  /** The line that stands out; its baseline runs through the chart. */
  readonly selectedId?: string | undefined
}

const LABEL_PX = 14
const TEXT_PX = 11

/**
 * The milestone trend chart: reporting days to the right, forecast dates upwards. A level line keeps its date, a rising
 * one slips; a milestone is reached where its line meets the diagonal. At the right each has its name, its forecast and
 * how far it is from the baseline (hollow diamond). Late ones are red.
 */
export function drawTrend(chart: TrendChart): Picture {
  const { lines, widthPx, heightPx } = chart
  const spans = spansOf(lines)
  if (!spans) return { widthPx, heightPx, marks: [] }
  const frame = frameOf({ ...spans, widthPx, heightPx, rightPx: labelRoomPx(widthPx) })
  const quiet = lines.filter(({ id }) => id !== chart.selectedId)
  const chosen = lines.filter(({ id }) => id === chart.selectedId)
  return {
    widthPx,
    heightPx,
    marks: [
      ...gridMarks(frame),
      ...diagonalMarks(frame),
      ...chosen.flatMap((line) => baselineMarks(frame, line)),
      ...[...quiet, ...chosen].flatMap((line) => lineMarks(frame, line, chart)),
      ...labelMarks(frame, chart),
    ],
  }
}

/** The names take a third of the picture where it is narrow, and no more than they need where it is wide. */
function labelRoomPx(widthPx: number): number {
  return Math.round(Math.min(300, Math.max(112, widthPx * 0.34)))
}

const DAY = 1440
const PAD = 0.05

function spansOf(lines: readonly TrendLine[]): { days: Span; dates: Span } | undefined {
  const dayMinutes = lines.flatMap(({ points }) => points.map(({ dayMinute }) => dayMinute))
  const dates = lines.flatMap(({ points, baselineMinute }) => [
    ...points.map(({ forecastMinute }) => forecastMinute),
    ...(baselineMinute === null ? [] : [baselineMinute]),
  ])
  if (dayMinutes.length === 0) return undefined
  const days = spanOf(dayMinutes, 28 * DAY)
  const reach = spanOf(dates, 28 * DAY)
  const pad = (reach.finishMinute - reach.startMinute) * PAD
  return {
    days,
    dates: { startMinute: reach.startMinute - pad, finishMinute: reach.finishMinute + pad },
  }
}

function spanOf(minutes: readonly number[], least: number): Span {
  const first = minutes.reduce((low, minute) => Math.min(low, minute), Number.POSITIVE_INFINITY)
  const last = minutes.reduce((high, minute) => Math.max(high, minute), Number.NEGATIVE_INFINITY)
  return { startMinute: Math.min(first, last - least), finishMinute: last }
}

function gridMarks(frame: Frame): Mark[] {
  const { x, y, width, height } = frame
  const marks: Mark[] = []
  for (const { minute, label } of axisTicks(frame.dates, Math.max(2, Math.floor(height / 34)))) {
    const at = crisp(yOf(frame, minute))
    marks.push(
      { kind: 'line', points: [x, at, x + width, at], stroke: 'grid', widthPx: 1 },
      axisText(label, x - 8, at + 3.5, 'end'),
    )
  }
  for (const { minute, label } of axisTicks(frame.days, Math.max(2, Math.floor(width / 62)))) {
    const at = crisp(xOf(frame, minute))
    marks.push({ kind: 'line', points: [at, y, at, y + height], stroke: 'grid', widthPx: 1 })
    if (at + textWidth(label, TEXT_PX) < frame.x + width + 20)
      marks.push(axisText(label, at, y + height + 16, 'middle'))
  }
  marks.push({
    kind: 'line',
    points: [crisp(x), y, crisp(x), crisp(y + height), x + width, crisp(y + height)],
    stroke: 'line-2',
    widthPx: 1,
  })
  return marks
}

function axisText(text: string, x: number, y: number, anchor: 'middle' | 'end'): Mark {
  return { kind: 'text', x, y, text, fill: 'ink-3', sizePx: TEXT_PX, weight: 400, anchor }
}

/** Where forecast and reporting day are the same: what meets it has been reached. */
function diagonalMarks(frame: Frame): Mark[] {
  const from = Math.max(frame.days.startMinute, frame.dates.startMinute)
  const to = Math.min(frame.days.finishMinute, frame.dates.finishMinute)
  if (to <= from) return []
  const points = [xOf(frame, from), yOf(frame, from), xOf(frame, to), yOf(frame, to)]
  return [{ kind: 'line', points, stroke: 'today', widthPx: 1.2, dash: [5, 4] }]
}

function baselineMarks(frame: Frame, { baselineMinute }: TrendLine): Mark[] {
  if (baselineMinute === null) return []
  const at = crisp(yOf(frame, baselineMinute))
  const points = [frame.x, at, frame.x + frame.width, at]
  return [{ kind: 'line', points, stroke: 'base', widthPx: 1.2, dash: [4, 3] }]
}

/** Late is red; what keeps its date is the accent; what is done steps back. */
export function colourOf({ done, slipMinutes }: TrendLine): Colour {
  if (done) return 'base'
  return (slipMinutes ?? 0) > 0 ? 'crit-done' : 'bar-done'
}

function lineMarks(frame: Frame, line: TrendLine, { selectedId }: TrendChart): Mark[] {
  const stroke = colourOf(line)
  const isChosen = line.id === selectedId
  const opacity = selectedId !== undefined && !isChosen ? 0.4 : 1
  const seen = untilReached(line)
  const places = seen.map(({ dayMinute, forecastMinute }) => ({
    x: xOf(frame, dayMinute),
    y: yOf(frame, forecastMinute),
  }))
  const last = places.at(-1)
  if (!last) return []
  const marks: Mark[] = [
    {
      kind: 'line',
      points: places.flatMap(({ x, y }) => [x, y]),
      stroke,
      widthPx: isChosen ? 2.6 : 1.7,
      opacity,
    },
  ]
  // A dot where something was said anew; a level line needs none.
  for (const [index, { x, y }] of places.entries()) {
    const before = seen[index - 1]?.forecastMinute
    if (before === undefined || before === seen[index]?.forecastMinute) continue
    marks.push(diamond(x, y, isChosen ? 3.6 : 2.8, { fill: stroke, opacity }))
  }
  if (line.baselineMinute !== null && !line.done) {
    const at = yOf(frame, line.baselineMinute)
    if (Math.abs(at - last.y) > 7) {
      const points = [last.x, last.y, last.x, at]
      marks.push({ kind: 'line', points, stroke: 'base', widthPx: 1.2, dash: [1.5, 2.5], opacity })
    }
    marks.push(diamond(last.x, at, 4, { fill: 'bg', stroke: 'base', widthPx: 1.3, opacity }))
  }
  if (line.done) marks.push({ kind: 'circle', ...last, radius: 3.2, fill: 'bg', stroke, widthPx: 1.6 })
  else marks.push(diamond(last.x, last.y, 4.5, { fill: stroke, opacity }))
  return marks
}

/** The points up to the day on which the milestone was reached; nothing is forecast of what has happened. */
export function untilReached({ points, done }: TrendLine): TrendLine['points'] {
  if (!done) return points
  const reached = points.findIndex(({ dayMinute, forecastMinute }) => forecastMinute < dayMinute + DAY)
  const at = points[reached]
  if (!at) return points
  return [...points.slice(0, reached), { ...at, dayMinute: Math.min(at.dayMinute, at.forecastMinute) }]
}

const LEADER_PX = 16
const SHORT_PX = 150

function labelMarks(frame: Frame, chart: TrendChart): Mark[] {
  const open = chart.lines.filter(({ done, points }) => !done && points.length > 0)
  const wanted = open.map((line) => ({
    line,
    y: yOf(frame, line.points.at(-1)?.forecastMinute ?? 0),
  }))
  const placed = spreadLabels(
    wanted.map(({ y }) => y),
    { gapPx: LABEL_PX, fromPx: frame.y, toPx: frame.y + frame.height },
  )
  return wanted.flatMap(({ line, y }, index) => {
    const at = placed[index] ?? y
    return [...leaderMarks(frame, y, at), ...labelOf(frame, line, at, chart)]
  })
}

function leaderMarks(frame: Frame, fromY: number, toY: number): Mark[] {
  const x = frame.x + frame.width
  if (Math.abs(fromY - toY) < 1) return []
  const points = [x + 6, fromY, x + LEADER_PX - 2, toY]
  return [{ kind: 'line', points, stroke: 'line-2', widthPx: 1 }]
}

function labelOf(frame: Frame, line: TrendLine, y: number, chart: TrendChart): Mark[] {
  const { minutesPerDay, todayMinute, selectedId } = chart
  const last = line.points.at(-1)?.forecastMinute ?? 0
  const style = todayMinute === undefined ? { year: 'always' as const } : { todayMinute }
  const slip = line.slipMinutes ?? 0
  const x = frame.x + frame.width + LEADER_PX
  const roomPx = chart.widthPx - x - 2
  const late = slip === 0 ? '' : `${formatSlip(slip, minutesPerDay)} d`
  // Where there is little room, the axis says the date.
  const date = roomPx < SHORT_PX ? late : [formatDay(last, style), late].filter(Boolean).join('  ')
  const datePx = textWidth(date, TEXT_PX, 600)
  const weight = line.id === selectedId ? 600 : 400
  const name = fitText(line.name, Math.max(24, roomPx - datePx - 8), TEXT_PX, weight)
  const text = { kind: 'text', y: y + 4, sizePx: TEXT_PX, anchor: 'start' } as const
  return [
    { ...text, x, text: name, fill: 'ink', weight },
    {
      ...text,
      x: x + textWidth(name, TEXT_PX, weight) + 6,
      text: date,
      fill: slip > 0 ? 'r' : 'ink-2',
      weight: 500,
    },
  ]
}
