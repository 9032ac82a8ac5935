import { expect, test } from 'vitest'
import { svgOf } from '../gantt/svg.ts'
import { drawLoad, isOver, type LoadBars, loadPercent, loadPeriodAt } from './load.ts'

const week = 7 * 1440
const monday = 29_459_520
const ruth: LoadBars = {
  name: 'Ruth Abara',
  edges: [0, 1, 2, 3, 4].map((n) => monday + n * week),
  workMinutes: [2400, 1800, 0, 480],
  otherMinutes: [600, 0, 0, 0],
  capacityMinutes: [2400, 2400, 2400, 0],
  maxUnits: 1,
  peakUnits: [1.5, 1.2, 0, 1],
  tasks: [
    { task: 'test', name: 'System test', workMinutes: [1600, 1800, 0, 480] },
    { task: 'train', name: 'Training', workMinutes: [800, 0, 0, 0] },
  ],
}
const view = {
  scale: { originMinute: monday, minutesPerPixel: week / 100 },
  widthPx: 500,
  heightPx: 120,
  ownName: 'ERP',
  wholeText: '40 h a week',
}
const textsOf = (picture: ReturnType<typeof drawLoad>) =>
  picture.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []))
const redOf = (picture: ReturnType<typeof drawLoad>) =>
  picture.marks.filter(
    (mark) => mark.kind === 'rect' && mark.fill === 'crit-done' && mark.radius === undefined,
  )

test('only what is above the room is red and carries its number; work where nobody has time carries its hours', () => {
  const picture = drawLoad(ruth, view)
  expect([0, 1, 2, 3].map((p) => isOver(ruth, p))).toEqual([true, false, false, true])
  expect(loadPercent(ruth, 0)).toBe(125)
  expect(textsOf(picture)).toContain('125')
  expect(textsOf(picture)).toContain('8 h')
  expect(textsOf(picture)).not.toContain('75')
  // The bar above the line, the tick of a moment that is too full, the week without room.
  expect(redOf(picture)).toHaveLength(3)
})

test('the capacity is a dashed line across the whole picture', () => {
  const line = drawLoad(ruth, view).marks.find((mark) => mark.kind === 'line' && mark.dash !== undefined)
  expect(line).toMatchObject({ points: [0, expect.any(Number), 500, expect.any(Number)] })
})

test('the red part begins at the line and its height is its share', () => {
  const picture = drawLoad(ruth, view)
  const line = picture.marks.find((mark) => mark.kind === 'line' && mark.dash !== undefined)
  const [red] = redOf(picture)
  const lineY = line?.kind === 'line' ? (line.points[1] ?? 0) : 0
  if (red?.kind !== 'rect') throw new Error('nothing is red')
  expect(red.y + red.height).toBeCloseTo(lineY, 0)
  const own = picture.marks.filter(
    (mark) => mark.kind === 'rect' && (mark.fill === 'h2' || mark.fill === 'h3'),
  )
  const bars = own.filter((mark) => mark.kind === 'rect' && mark.x === red.x)
  const blue = bars.reduce((sum, mark) => sum + (mark.kind === 'rect' ? mark.height : 0), 0)
  expect(red.height / blue).toBeCloseTo(0.25, 5)
})

test('periods out of sight draw nothing, however many there are', () => {
  const count = 4000
  const long: LoadBars = {
    ...ruth,
    edges: Array.from({ length: count + 1 }, (_, n) => monday + n * week),
    workMinutes: Array.from({ length: count }, () => 3000),
    otherMinutes: Array.from({ length: count }, () => 0),
    capacityMinutes: Array.from({ length: count }, () => 2400),
    peakUnits: Array.from({ length: count }, () => 2),
    tasks: [],
  }
  expect(drawLoad(long, view).marks.length).toBeLessThan(40)
  const beyond = drawLoad(ruth, { ...view, scale: { ...view.scale, originMinute: monday + 500 * week } })
  expect(redOf(beyond)).toHaveLength(0)
})

test('the period under the pointer is told task by task, what is selected stands out', () => {
  const hovered = drawLoad(ruth, { ...view, hoverX: 50 })
  expect(loadPeriodAt(ruth, view.scale, 50)).toBe(0)
  expect(textsOf(hovered)).toEqual(
    expect.arrayContaining(['System test', '26.7 h', 'Training', 'Other projects']),
  )
  const chosen = drawLoad(ruth, { ...view, selected: new Set(['train']) })
  const part = chosen.marks.filter((mark) => mark.kind === 'rect' && mark.fill === 'bar-done')
  expect(part).toHaveLength(1)
})

test('the same picture is written as a drawing for documents', () => {
  const svg = svgOf(drawLoad(ruth, view), { ground: 'print', title: 'Load of Ruth Abara' })
  expect(svg).toContain('<title>Load of Ruth Abara</title>')
  expect(svg).toContain('>125</text>')
})
