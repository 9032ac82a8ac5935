import { formatNumber } from '../format.ts'
import { crisp, type Mark, type Picture } from '../gantt/marks.ts'
import { type Scale, xOf } from '../gantt/scale.ts'
import { fitText, textWidth } from '../text-width.ts'

/** The load of one person, a figure a period; `edges` are the minutes at which periods begin, and the last one's end. */
export type LoadBars = {
  readonly name: string
  readonly edges: readonly number[]
  readonly workMinutes: readonly number[]
  readonly otherMinutes: readonly number[]
  readonly capacityMinutes: readonly number[]
  /** More than this at one moment is too much, even where the whole period is not. */
  readonly maxUnits: number
  readonly peakUnits: readonly number[]
  readonly tasks: readonly {
    readonly task: string
    readonly name: string
    readonly workMinutes: readonly number[]
  }[]
}

export type LoadView = {
  readonly scale: Scale
  readonly widthPx: number
  readonly heightPx: number
  readonly todayMinute?: number | undefined
  /** What the work of this plan is called: its code or "This project". */
  readonly ownName: string
  /** "40 h a week": what 100 % are. */
  readonly wholeText: string
  /** The tasks whose share stands out. */
  readonly selected?: ReadonlySet<string> | undefined
  /** The pointer's place: its period is shown task by task. */
  readonly hoverX?: number | undefined
}

const headPx = 30
const footPx = 3
const mostPercent = 300

/**
 * How busy one person is: a bar a period, work of other projects below that of this one, the dashed line at 100 %, and
 * red with its number only what is above. Periods outside the view cost nothing.
 */
export function drawLoad(bars: LoadBars, view: LoadView): Picture {
  const { first, last } = periodsInView(bars, view)
  const marks: Mark[] = []
  const labels: Mark[] = []
  let freeX = Number.NEGATIVE_INFINITY
  const hovered = view.hoverX === undefined ? undefined : loadPeriodAt(bars, view.scale, view.hoverX)
  for (let p = first; p <= last; p += 1) {
    const box = boxOf(bars, view, p)
    marks.push(...barMarks(bars, view, p, box))
    if (p === hovered) marks.push(...taskMarks(bars, view, p, box))
    const over = overLabel(bars, view, p, box)
    if (!over || over.left < freeX) continue
    freeX = over.right + 2
    labels.push(over.mark)
  }
  marks.push(...lineMarks(bars, view), ...labels, ...headMarks(bars, view))
  if (hovered !== undefined) marks.push(...cardMarks(bars, view, hovered))
  return { widthPx: view.widthPx, heightPx: view.heightPx, marks }
}

/** The period at a place of the picture; undefined outside all of them. */
export function loadPeriodAt(bars: LoadBars, scale: Scale, x: number): number | undefined {
  const minute = scale.originMinute + x * scale.minutesPerPixel
  const p = firstAfter(bars.edges, minute) - 1
  return p >= 0 && p < bars.workMinutes.length ? p : undefined
}

/** How much is asked in a period, in percent of the room; undefined where there is work and no room. */
export function loadPercent(bars: LoadBars, p: number): number | undefined {
  const work = (bars.workMinutes[p] ?? 0) + (bars.otherMinutes[p] ?? 0)
  const room = bars.capacityMinutes[p] ?? 0
  if (room > 0) return (100 * work) / room
  return work > 0 ? undefined : 0
}

/** Whether more is asked in a period than there is room for. */
export function isOver(bars: LoadBars, p: number): boolean {
  const percent = loadPercent(bars, p)
  return percent === undefined || percent > 100.05
}

/** The periods that reach into the picture, `last` included. */
function periodsInView(bars: LoadBars, { scale, widthPx }: LoadView): { first: number; last: number } {
  const count = bars.workMinutes.length
  const from = scale.originMinute
  const to = from + widthPx * scale.minutesPerPixel
  return {
    first: Math.max(0, firstAfter(bars.edges, from) - 1),
    last: Math.min(count - 1, firstAfter(bars.edges, to) - 1),
  }
}

function firstAfter(edges: readonly number[], minute: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] ?? 0) <= minute) low = middle + 1
    else high = middle
  }
  return low
}

type Box = { x: number; width: number }

function boxOf(bars: LoadBars, { scale }: LoadView, p: number): Box {
  const x = xOf(scale, bars.edges[p] ?? 0)
  const width = xOf(scale, bars.edges[p + 1] ?? 0) - x
  const gap = width > 6 ? 2 : width > 3 ? 1 : 0
  return { x: x + gap / 2, width: Math.max(width - gap, 0.5) }
}

/** The y of a share: the same for all periods of a person, so that nothing jumps while one scrolls. */
function yOf(bars: LoadBars, { heightPx }: LoadView, percent: number): number {
  const top = topPercent(bars)
  return heightPx - footPx - ((heightPx - headPx - footPx) * Math.min(percent, top)) / top
}

const tops = new WeakMap<LoadBars, number>()

function topPercent(bars: LoadBars): number {
  const known = tops.get(bars)
  if (known !== undefined) return known
  let top = 125
  for (let p = 0; p < bars.workMinutes.length; p += 1) top = Math.max(top, (loadPercent(bars, p) ?? 150) + 12)
  const kept = Math.min(top, mostPercent)
  tops.set(bars, kept)
  return kept
}

function barMarks(bars: LoadBars, view: LoadView, p: number, { x, width }: Box): Mark[] {
  const percent = loadPercent(bars, p)
  if (percent === 0) return []
  const rect = (from: number, to: number, fill: 'h3' | 'h2' | 'crit-done' | 'bar-done'): Mark => ({
    kind: 'rect',
    x,
    y: yOf(bars, view, to),
    width,
    height: yOf(bars, view, from) - yOf(bars, view, to),
    fill,
  })
  if (percent === undefined) return [rect(0, 100, 'crit-done')]
  const share = (minutes: number) => (100 * minutes) / (bars.capacityMinutes[p] ?? 1)
  const other = Math.min(share(bars.otherMinutes[p] ?? 0), 100)
  const marks: Mark[] = []
  if (other > 0) marks.push(rect(0, other, 'h3'))
  if (percent > other) marks.push(rect(other, Math.min(percent, 100), 'h2'))
  const chosen = Math.min(share(selectedMinutes(bars, view, p)), 100 - other)
  if (chosen > 0) marks.push(rect(other, other + chosen, 'bar-done'))
  if (percent > 100.05) marks.push(rect(100, percent, 'crit-done'))
  // One moment may be too full in a period that is not: a tick at the line says so.
  else if ((bars.peakUnits[p] ?? 0) > bars.maxUnits + 0.005)
    marks.push({ kind: 'rect', x, y: yOf(bars, view, 100) - 1, width, height: 2.5, fill: 'crit-done' })
  return marks
}

function selectedMinutes(bars: LoadBars, { selected }: LoadView, p: number): number {
  if (!selected || selected.size === 0) return 0
  let minutes = 0
  for (const one of bars.tasks) if (selected.has(one.task)) minutes += one.workMinutes[p] ?? 0
  return minutes
}

/** The bar under the pointer, task on task. */
function taskMarks(bars: LoadBars, view: LoadView, p: number, { x, width }: Box): Mark[] {
  const room = bars.capacityMinutes[p] ?? 0
  if (room <= 0) return []
  const marks: Mark[] = []
  let below = bars.otherMinutes[p] ?? 0
  for (const { workMinutes } of tasksIn(bars, p)) {
    below += workMinutes[p] ?? 0
    const y = yOf(bars, view, (100 * below) / room)
    marks.push({ kind: 'line', points: [x, y, x + width, y], stroke: 'bg', widthPx: 1.2 })
  }
  const y = yOf(bars, view, (100 * below) / room)
  const height = yOf(bars, view, 0) - y
  marks.push({ kind: 'rect', x: x - 0.5, y: y - 0.5, width: width + 1, height, stroke: 'accent', radius: 1 })
  return marks
}

function tasksIn(bars: LoadBars, p: number): LoadBars['tasks'] {
  return bars.tasks.filter(({ workMinutes }) => (workMinutes[p] ?? 0) > 0)
}

function overLabel(
  bars: LoadBars,
  view: LoadView,
  p: number,
  { x, width }: Box,
): { mark: Mark; left: number; right: number } | undefined {
  if (!isOver(bars, p)) return undefined
  const percent = loadPercent(bars, p)
  const minutes = (bars.workMinutes[p] ?? 0) + (bars.otherMinutes[p] ?? 0)
  const text = percent === undefined ? `${formatNumber(minutes / 60, 0)} h` : formatNumber(percent, 0)
  const middle = x + width / 2
  const half = textWidth(text, 10, 600) / 2
  const y = yOf(bars, view, percent ?? 100) - 3
  return {
    left: middle - half,
    right: middle + half,
    mark: {
      kind: 'text',
      x: middle,
      y,
      text,
      fill: 'r',
      sizePx: 10,
      weight: 600,
      anchor: 'middle',
      halo: 'bg',
    },
  }
}

function lineMarks(bars: LoadBars, view: LoadView): Mark[] {
  const y = crisp(yOf(bars, view, 100))
  const marks: Mark[] = [
    { kind: 'line', points: [0, y, view.widthPx, y], stroke: 'ink-3', widthPx: 1, dash: [4, 3] },
  ]
  if (view.todayMinute !== undefined) {
    const x = xOf(view.scale, view.todayMinute)
    if (x >= 0 && x <= view.widthPx)
      marks.push({ kind: 'line', points: [x, 0, x, view.heightPx], stroke: 'today', widthPx: 1.6 })
  }
  return marks
}

/** Whose load this is and what the colours mean, in one line at the right. */
function headMarks(bars: LoadBars, view: LoadView): Mark[] {
  const y = 15
  let right = view.widthPx - 10
  const marks: Mark[] = []
  const word = (text: string, weight: 400 | 600, fill: 'ink' | 'ink-2') => {
    marks.push({ kind: 'text', x: right, y, text, fill, sizePx: 11, weight, anchor: 'end', halo: 'bg' })
    right -= textWidth(text, 11, weight)
  }
  const swatch = (fill: 'h3' | 'h2' | 'crit-done') => {
    marks.push({ kind: 'rect', x: right - 13, y: y - 8, width: 8, height: 8, radius: 2, fill })
    right -= 13 + 14
  }
  const legend: readonly (readonly [string, 'h3' | 'h2' | 'crit-done'])[] = [
    ['Over', 'crit-done'],
    [view.ownName, 'h2'],
    ...(bars.otherMinutes.some((minutes) => minutes > 0) ? [['Other projects', 'h3'] as const] : []),
  ]
  if (view.widthPx > 420)
    for (const [text, fill] of legend) {
      word(text, 400, 'ink-2')
      swatch(fill)
    }
  const roomPx = right - 10
  if (roomPx > 60) word(fitText(`${bars.name}, 100 % = ${view.wholeText}`, roomPx, 11, 600), 600, 'ink')
  return marks
}

const mostLines = 5

/** What the period under the pointer holds, the largest first. */
function cardMarks(bars: LoadBars, view: LoadView, p: number): Mark[] {
  const hours = (minutes: number) => `${formatNumber(minutes / 60, 1)} h`
  const own = tasksIn(bars, p).toSorted((a, b) => (b.workMinutes[p] ?? 0) - (a.workMinutes[p] ?? 0))
  const lines = own
    .slice(0, own.length > mostLines ? mostLines - 1 : mostLines)
    .map(({ name, workMinutes }) => ({ name, value: hours(workMinutes[p] ?? 0) }))
  if (own.length > mostLines) lines.push({ name: `${own.length - lines.length} more`, value: '' })
  if ((bars.otherMinutes[p] ?? 0) > 0)
    lines.push({ name: 'Other projects', value: hours(bars.otherMinutes[p] ?? 0) })
  if (lines.length === 0) return []
  const width = 230
  const height = lines.length * 16 + 8
  const { x: left, width: barPx } = boxOf(bars, view, p)
  const fits = left + barPx + 8 + width < view.widthPx
  const x = fits ? left + barPx + 8 : Math.max(left - width - 8, 2)
  const y = Math.max(2, (view.heightPx - height) / 2)
  const marks: Mark[] = [{ kind: 'rect', x, y, width, height, radius: 6, fill: 'raise', stroke: 'line-2' }]
  lines.forEach(({ name, value }, n) => {
    const base = y + 16 + n * 16
    marks.push(
      {
        kind: 'text',
        x: x + 8,
        y: base,
        text: fitText(name, width - 70, 11),
        fill: 'ink',
        sizePx: 11,
        weight: 400,
        anchor: 'start',
      },
      {
        kind: 'text',
        x: x + width - 8,
        y: base,
        text: value,
        fill: 'ink-2',
        sizePx: 11,
        weight: 400,
        anchor: 'end',
      },
    )
  })
  return marks
}
