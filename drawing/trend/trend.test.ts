import { expect, test } from 'vitest'
import { minuteOf } from '../civil.ts'
import type { Mark } from '../gantt/marks.ts'
import { svgOf } from '../gantt/svg.ts'
import { axisTicks } from './axis.ts'
import { spreadLabels } from './labels.ts'
import { colourOf, drawTrend, type TrendLine, untilReached } from './trend.ts'

const fridays = [2, 9, 16, 23, 30].map((day) => minuteOf(2026, 10, day))

/** Forecast on five Fridays of October 2026, by days of the year's end. */
function line(name: string, forecasts: readonly number[], more: Partial<TrendLine> = {}): TrendLine {
  return {
    id: name,
    name,
    points: forecasts.map((forecastMinute, index) => ({ dayMinute: fridays[index] ?? 0, forecastMinute })),
    done: false,
    baselineMinute: null,
    slipMinutes: null,
    ...more,
  }
}

const dec = (day: number) => minuteOf(2026, 12, day)
const goLive = line('Go-live', [dec(1), dec(1), dec(8), dec(8), dec(15)], {
  baselineMinute: dec(1),
  slipMinutes: 10 * 480,
})
const training = line('Training', [dec(3), dec(3), dec(3), dec(3), dec(3)], {
  baselineMinute: dec(3),
  slipMinutes: 0,
})
const picture = (lines: readonly TrendLine[], more = {}) =>
  drawTrend({ lines, widthPx: 760, heightPx: 320, minutesPerDay: 480, ...more })
const texts = (marks: readonly Mark[]) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []))
const lineOf = (marks: readonly Mark[], stroke: string) =>
  marks.find((mark) => mark.kind === 'line' && mark.stroke === stroke)

test('a milestone that slips rises, one that keeps its date runs level', () => {
  const { marks } = picture([goLive, training])
  const late = lineOf(marks, 'crit-done')
  const kept = lineOf(marks, 'bar-done')
  const heights = (mark: Mark | undefined) =>
    mark?.kind === 'line' ? mark.points.filter((_, index) => index % 2 === 1) : []
  expect(new Set(heights(kept)).size).toBe(1)
  const rising = heights(late)
  expect(rising[0]).toBe(rising[1])
  expect(rising[4] ?? 0).toBeLessThan(rising[2] ?? 0)
  expect(rising[2] ?? 0).toBeLessThan(rising[0] ?? 0)
})

test('at its end each open milestone has name, date and distance to the baseline', () => {
  const { marks } = picture([goLive, training])
  expect(texts(marks)).toEqual(
    expect.arrayContaining(['Go-live', '15 Dec 2026  +10 d', 'Training', '3 Dec 2026']),
  )
  const red = marks.find((mark) => mark.kind === 'text' && mark.text.startsWith('15 Dec'))
  expect(red).toMatchObject({ fill: 'r' })
})

test('what was reached ends on the diagonal and needs no name at the right', () => {
  const oct = (day: number) => minuteOf(2026, 10, day)
  const charter = line('Charter', [oct(14), oct(14), oct(14), oct(14), oct(14)], { done: true })
  expect(untilReached(charter).at(-1)).toEqual({ dayMinute: oct(14), forecastMinute: oct(14) })
  expect(untilReached(charter)).toHaveLength(3)
  expect(texts(picture([charter, goLive]).marks)).not.toContain('Charter')
  expect(colourOf(charter)).toBe('base')
})

test('names at the right never lie on one another and stay in the picture', () => {
  const many = Array.from({ length: 12 }, (_, index) =>
    line(`Milestone ${index}`, [dec(1), dec(1), dec(1), dec(1), dec(1 + (index % 3))]),
  )
  const { marks } = picture(many)
  const ys = marks
    .flatMap((mark) => (mark.kind === 'text' && mark.text.startsWith('Milestone') ? [mark.y] : []))
    .sort((a, b) => a - b)
  expect(ys).toHaveLength(12)
  for (const [index, y] of ys.entries()) {
    if (index > 0) expect(y - (ys[index - 1] ?? 0)).toBeGreaterThanOrEqual(13.99)
    expect(y).toBeLessThan(320)
    expect(y).toBeGreaterThan(0)
  }
})

test('labels stay where they belong while there is room, and share it evenly where there is not', () => {
  const room = { gapPx: 10, fromPx: 0, toPx: 100 }
  expect(spreadLabels([80, 20, 50], room)).toEqual([80, 20, 50])
  expect(spreadLabels([50, 50], room)).toEqual([45, 55])
  expect(spreadLabels([0, 0, 2], room)).toEqual([0, 10, 20])
  expect(spreadLabels([99, 100], room)).toEqual([90, 100])
})

test('the chosen milestone shows its baseline through the chart, the others step back', () => {
  const { marks } = picture([goLive, training], { selectedId: 'Go-live' })
  expect(lineOf(marks, 'base')).toMatchObject({ dash: [4, 3] })
  expect(lineOf(marks, 'bar-done')).toMatchObject({ opacity: 0.4 })
  expect(lineOf(marks, 'crit-done')).toMatchObject({ opacity: 1, widthPx: 2.6 })
})

test('the axis names months and each year once, in a short span Mondays', () => {
  const year = axisTicks({ startMinute: minuteOf(2026, 2, 10), finishMinute: minuteOf(2027, 3, 1) }, 6)
  expect(year.map(({ label }) => label)).toEqual(['Apr 2026', 'Jul', 'Oct', 'Jan 2027'])
  const month = axisTicks({ startMinute: minuteOf(2026, 10, 2), finishMinute: minuteOf(2026, 10, 30) }, 8)
  expect(month.map(({ label }) => label)).toEqual(['5 Oct', '12 Oct', '19 Oct', '26 Oct'])
})

test('on paper it is the same picture, with everything inside', () => {
  const drawn = picture([goLive, training])
  const svg = svgOf(drawn, { ground: 'print', title: 'Milestone trend', idPrefix: 'trend' })
  expect(svg).toContain('Go-live')
  expect(svg).not.toContain('NaN')
  expect(picture([]).marks).toEqual([])
})
