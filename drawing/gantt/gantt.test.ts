import { expect, test } from 'vitest'
import { minuteOf } from '../civil.ts'
import { coloursOf } from '../colours.ts'
import { type Pen, paintCanvas } from './canvas.ts'
import { drawGantt, drawTimeHead, ghostMarks } from './draw.ts'
import { hitGantt } from './hit.ts'
import { type GanttLink, type GanttRow, ganttSpan, layoutGantt } from './layout.ts'
import { routeOf } from './links.ts'
import type { Mark } from './marks.ts'
import { reportGantt } from './report.ts'
import { minutesPerPixelOf, xOf } from './scale.ts'
import { svgOf } from './svg.ts'
import { type GanttView, screenMetrics } from './view.ts'

const day = (year: number, month: number, dayOfMonth: number, hour = 8) =>
  minuteOf(year, month, dayOfMonth) + hour * 60

function task(id: string, startMinute: number, finishMinute: number, more: Partial<GanttRow> = {}): GanttRow {
  const plain = { summary: false, milestone: false, percentComplete: 0, critical: false }
  return { id, startMinute, finishMinute, ...plain, ...more }
}

const build = task('build', day(2026, 9, 14), day(2026, 12, 1, 17), {
  critical: true,
  percentComplete: 79,
  label: 'Brightwater',
  baselineStartMinute: day(2026, 9, 14),
  baselineFinishMinute: day(2026, 11, 6, 17),
})
const delivered = task('delivered', day(2026, 12, 1, 17), day(2026, 12, 1, 17), {
  milestone: true,
  critical: true,
  label: 'Brightwater',
  slipMinutes: 7200,
  baselineStartMinute: day(2026, 11, 6, 17),
  baselineFinishMinute: day(2026, 11, 6, 17),
})
const smoke = task('smoke', day(2026, 12, 2), day(2026, 12, 8, 17), { critical: true, label: 'Lars Eklund' })
const certify = task('certify', day(2026, 12, 2), day(2026, 12, 29, 17), { label: 'Joan Pereira' })
const test1 = task('test1', day(2026, 12, 9), day(2027, 1, 8, 17), {
  critical: true,
  label: 'Dana <Whitlock> & Co',
})
const rows = [build, delivered, smoke, certify, test1]
const links: GanttLink[] = [
  { from: 'build', to: 'delivered', type: 'fs' },
  { from: 'delivered', to: 'smoke', type: 'fs' },
  { from: 'delivered', to: 'certify', type: 'fs' },
  { from: 'smoke', to: 'test1', type: 'fs' },
]

const view: GanttView = {
  scale: { originMinute: minuteOf(2026, 10, 26), minutesPerPixel: minutesPerPixelOf('week') },
  topPx: 0,
  widthPx: 748,
  heightPx: 609,
  metrics: screenMetrics,
  minutesPerDay: 480,
  todayMinute: day(2026, 11, 23),
}

function recordingPen(): Pen & { calls: string[] } {
  const calls: string[] = []
  const note =
    (name: string) =>
    (...values: unknown[]) => {
      calls.push(
        `${name} ${values.map((value) => (typeof value === 'number' ? value.toFixed(2) : value)).join(' ')}`,
      )
    }
  const names = [
    'beginPath',
    'moveTo',
    'lineTo',
    'closePath',
    'rect',
    'roundRect',
    'arc',
    'fill',
    'stroke',
    'clip',
  ]
  const more = ['save', 'restore', 'translate', 'fillRect', 'fillText', 'strokeText', 'setLineDash']
  const methods = Object.fromEntries([...names, ...more].map((name) => [name, note(name)]))
  const state = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    globalAlpha: 1,
    font: '',
    textAlign: '',
    lineJoin: '',
  }
  return Object.assign({ calls }, state, methods) as unknown as Pen & { calls: string[] }
}

const ofKind = <K extends Mark['kind']>(marks: readonly Mark[], kind: K) =>
  marks.filter((mark): mark is Extract<Mark, { kind: K }> => mark.kind === kind)

test('screen and paper show the same bars at the same places', () => {
  const picture = drawGantt(layoutGantt(rows, links), view)
  const svg = svgOf(picture, { ground: 'print', title: 'Plan' })
  const pen = recordingPen()
  paintCanvas(pen, picture, 'light')
  const boxes = ofKind(picture.marks, 'rect').filter(({ radius }) => radius)
  expect(boxes.length).toBeGreaterThan(6)
  for (const { x, y, width, height, radius } of boxes) {
    const place = [x, y, width, height, radius ?? 0]
    expect(pen.calls).toContain(`roundRect ${place.map((value) => value.toFixed(2)).join(' ')}`)
    const short = (value: number) => String(Math.round(value * 100) / 100)
    expect(svg).toContain(`x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`)
  }
  for (const { text } of ofKind(picture.marks, 'text')) {
    expect(pen.calls.some((call) => call.startsWith(`fillText ${text} `))).toBe(true)
  }
})

test('an SVG is well-formed whatever a task is called, and fetches nothing', () => {
  const rude = task('rude', day(2026, 12, 2), day(2026, 12, 8), {
    label: '</text><script>"&\u0000\u0008\ud800',
  })
  const svg = svgOf(drawGantt(layoutGantt([rude, test1], []), view), {
    ground: 'print',
    title: 'A <plan> & "more"',
  })
  expect(svg).not.toContain('<script')
  expect(svg).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
  expect(svg).not.toMatch(/href|url\(http/)
  expect(openTags(svg)).toEqual([])
  expect(svg).toContain('Dana &lt;Whitlock&gt; &amp; Co')
})

// Names of the elements left open; attributes must be quoted and every ampersand must be an entity.
function openTags(xml: string): string[] {
  const open: string[] = []
  const rest = xml.replace(
    /<(\/?)([a-zA-Z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, closing, name, _attributes, empty) => {
      if (closing && open.pop() !== name) open.push(`unexpected ${name}`)
      if (!closing && !empty) open.push(name)
      return ''
    },
  )
  if (/[<>]|&(?!(?:amp|lt|gt|quot);)/.test(rest)) open.push('stray mark')
  return open
}

test('only rows that can be seen are drawn', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    task(`t${index}`, day(2026, 11, 2) + index * 60, day(2026, 11, 20) + index * 60),
  )
  const chain = many.slice(1).map((row, index) => ({ from: `t${index}`, to: row.id, type: 'fs' as const }))
  const layout = layoutGantt(many, chain)
  const top = drawGantt(layout, view)
  const middle = drawGantt(layout, {
    ...view,
    topPx: 29 * 5000,
    scale: { ...view.scale, originMinute: day(2027, 5, 1) },
  })
  const bars = (marks: readonly Mark[]) => ofKind(marks, 'rect').filter(({ fill }) => fill === 'bar')
  expect(bars(top.marks)).toHaveLength(21)
  expect(bars(middle.marks)).toHaveLength(21)
  expect(top.marks.length).toBeLessThan(250)
})

test('a link over the whole picture is drawn although both its ends are out of sight', () => {
  const many = Array.from({ length: 100 }, (_, index) =>
    task(`t${index}`, day(2026, 11, 2), day(2026, 11, 20)),
  )
  const far: GanttLink = { from: 't0', to: 't99', type: 'ff' }
  const picture = drawGantt(layoutGantt(many, [far]), { ...view, topPx: 29 * 40 })
  expect(ofKind(picture.marks, 'line').filter(({ stroke }) => stroke === 'link')).toHaveLength(1)
})

test('a long bar is cut at the edges of the picture', () => {
  const years = task('years', day(2001, 1, 1), day(2099, 1, 1))
  const picture = drawGantt(layoutGantt([years], []), view)
  const [bar] = ofKind(picture.marks, 'rect').filter(({ fill }) => fill === 'bar')
  expect(bar?.x).toBe(-20)
  expect(bar?.width).toBe(748 + 40)
})

test('critical links lie over the bars, the others under them', () => {
  const { marks } = drawGantt(layoutGantt(rows, links), view)
  const lastBar = marks.findLastIndex((mark) => mark.kind === 'rect' && mark.fill === 'bar')
  const firstBar = marks.findIndex((mark) => mark.kind === 'rect' && mark.fill === 'crit')
  const critical = marks.findIndex((mark) => mark.kind === 'line' && mark.stroke === 'crit-done')
  const plain = marks.findIndex((mark) => mark.kind === 'line' && mark.stroke === 'link')
  expect(critical).toBeGreaterThan(lastBar)
  expect(plain).toBeGreaterThan(-1)
  expect(plain).toBeLessThan(firstBar)
})

test('with the critical path switched off nothing is red but what is late', () => {
  const { marks } = drawGantt(layoutGantt(rows, links), { ...view, showCriticalPath: false })
  const fills = marks.flatMap((mark) => ('fill' in mark && mark.fill ? [mark.fill] : []))
  expect(fills).not.toContain('crit')
  expect(fills).not.toContain('crit-done')
})

test('the done part of a bar is as long as its percentage', () => {
  const { marks } = drawGantt(
    layoutGantt([task('a', day(2026, 11, 2), day(2026, 11, 30), { percentComplete: 25 })], []),
    view,
  )
  const boxes = ofKind(marks, 'rect')
  const bar = boxes.find(({ fill }) => fill === 'bar')
  const done = boxes.find(({ fill }) => fill === 'bar-done')
  expect((done?.width ?? 0) / (bar?.width ?? 1)).toBeCloseTo(0.25, 6)
})

test('a late milestone shows its baseline, its slip in days and a dotted way between', () => {
  const { marks } = drawGantt(layoutGantt([delivered], []), view)
  expect(ofKind(marks, 'text').map(({ text }) => text)).toEqual(['Brightwater', '+15 d'])
  expect(ofKind(marks, 'line').some(({ dash, stroke }) => dash && stroke === 'base')).toBe(true)
  expect(ofKind(marks, 'polygon').map(({ fill }) => fill)).toEqual(['bg', 'crit-done'])
})

test('a split task is drawn in its pieces, a task set by hand in brackets, an inactive one as an outline', () => {
  const split = task('split', day(2026, 11, 2), day(2026, 11, 30), {
    pieces: [
      { startMinute: day(2026, 11, 2), finishMinute: day(2026, 11, 6) },
      { startMinute: day(2026, 11, 23), finishMinute: day(2026, 11, 30) },
    ],
  })
  const bars = (row: GanttRow) =>
    ofKind(drawGantt(layoutGantt([row], []), view).marks, 'rect').filter(({ fill }) => fill === 'bar')
  expect(bars(split)).toHaveLength(2)
  expect(bars({ ...split, inactive: true })).toHaveLength(0)
  const manual = drawGantt(layoutGantt([{ ...certify, manual: true }], []), view)
  expect(ofKind(manual.marks, 'line').filter(({ stroke }) => stroke === 'ink-2')).toHaveLength(2)
})

test('a task without dates leaves its line empty', () => {
  const someday = { ...task('someday', 0, 0), startMinute: null, finishMinute: null }
  const layout = layoutGantt([someday, certify], [{ from: 'someday', to: 'certify', type: 'fs' }])
  expect(routeOf(layout, view, 0)).toBeUndefined()
  expect(ofKind(drawGantt(layout, view).marks, 'rect').filter(({ radius }) => radius)).toHaveLength(1)
})

test('links enter a successor from where it lies', () => {
  const before = task('before', day(2026, 11, 2), day(2026, 11, 9))
  const routes = (['fs', 'ss', 'ff', 'sf'] as const).map((type) => {
    const layout = layoutGantt([certify, before], [{ from: 'certify', to: 'before', type }])
    return routeOf(layout, view, 0)?.heading
  })
  expect(routes).toEqual(['right', 'right', 'left', 'left'])
  const down = layoutGantt(rows, links)
  expect(routeOf(down, view, 3)?.heading).toBe('down')
  const up = layoutGantt([...rows].reverse(), links)
  expect(routeOf(up, view, 3)?.heading).toBe('up')
})

test('every corner of a route is square', () => {
  for (const type of ['fs', 'ss', 'ff', 'sf'] as const) {
    const points = routeOf(layoutGantt(rows, [{ from: 'certify', to: 'smoke', type }]), view, 0)?.points ?? []
    expect(points.length).toBeGreaterThanOrEqual(6)
    for (let at = 2; at < points.length; at += 2) {
      expect(points[at] === points[at - 2] || points[at + 1] === points[at - 1]).toBe(true)
    }
  }
})

test('the pointer takes a bar by its body, its ends, its progress and its handles', () => {
  const layout = layoutGantt(rows, links)
  const hovered = { ...view, hoveredId: 'test1' }
  const left = xOf(view.scale, test1.startMinute ?? 0)
  const right = xOf(view.scale, test1.finishMinute ?? 0)
  const y = 4 * 29 + 13
  const part = (x: number, atY = y) => hitGantt(layout, hovered, x, atY)?.part
  expect(part((left + right) / 2)).toBe('body')
  expect(part(right - 2)).toBe('finish')
  expect(part(left + 3)).toBe('start')
  expect(part(right + 9)).toBe('linkFinish')
  expect(part(left - 9)).toBe('linkStart')
  expect(part(left, 4 * 29 + 7 + 12 + 2)).toBe('progress')
  expect(part(right + 40)).toBe('row')
  expect(hitGantt(layout, view, right + 9, y)?.part).toBe('row')
  expect(hitGantt(layout, view, xOf(view.scale, delivered.startMinute ?? 0), 29 + 13)).toEqual({
    id: 'delivered',
    index: 1,
    part: 'milestone',
  })
  expect(hitGantt(layout, view, 10, 5 * 29 + 2)).toBeUndefined()
})

test('what is hit moves with the scroll', () => {
  const layout = layoutGantt(rows, links)
  expect(hitGantt(layout, { ...view, topPx: 58 }, 5, 5)?.id).toBe('smoke')
})

test('weekends are shaded where days can be seen and not where they cannot', () => {
  const weekend = [{ startMinute: minuteOf(2026, 11, 7), finishMinute: minuteOf(2026, 11, 9) }]
  const shaded = (zoom: 'day' | 'week') =>
    ofKind(
      drawGantt(layoutGantt(rows, []), {
        ...view,
        nonWorking: weekend,
        scale: { ...view.scale, minutesPerPixel: minutesPerPixelOf(zoom) },
      }).marks,
      'rect',
    ).filter(({ fill }) => fill === 'off')
  expect(shaded('day')).toHaveLength(1)
  expect(shaded('day')[0]?.width).toBeCloseTo(64, 6)
  expect(shaded('week')).toHaveLength(0)
})

test('tracing a path sets everything else back', () => {
  const { marks } = drawGantt(layoutGantt(rows, links), { ...view, traced: new Set(['smoke', 'test1']) })
  const bars = ofKind(marks, 'rect').filter(({ fill }) => fill === 'crit' || fill === 'bar')
  expect(bars.map(({ opacity }) => opacity)).toEqual([0.25, undefined, 0.25, undefined])
})

test('today stands on the head of the axis and hides the tick below it', () => {
  const head = drawTimeHead(view.scale, 748, { todayMinute: view.todayMinute })
  const words = ofKind(head.marks, 'text').map(({ text }) => text)
  expect(words).toContain('Today')
  expect(words.filter((word) => word === '23')).toHaveLength(0)
  expect(words).toContain('Jan 2027')
})

test('a ghost says where the bar would go', () => {
  const marks = ghostMarks(view, smoke, 2, '3 Dec to 9 Dec')
  expect(ofKind(marks, 'text')[0]?.text).toBe('3 Dec to 9 Dec')
  expect(ofKind(marks, 'rect').some(({ stroke }) => stroke === 'accent')).toBe(true)
})

test('the span of a plan reaches from its first baseline to its last date', () => {
  expect(ganttSpan(rows)).toEqual({ startMinute: day(2026, 9, 14), finishMinute: day(2027, 1, 8, 17) })
  expect(ganttSpan([])).toBeUndefined()
})

test('the picture of a report names every row, and years on its axis, in the colours of paper', () => {
  const picture = reportGantt({
    rows: rows.map((row) => ({ ...row, name: `Name of ${row.id}` })),
    widthPx: 698,
    minutesPerDay: 480,
    statusMinute: day(2026, 11, 20),
  })
  const svg = svgOf(picture, { ground: 'print', title: 'Critical path to go-live' })
  for (const row of rows) expect(svg).toContain(`Name of ${row.id}`)
  expect(svg).toContain('>Sep 2026<')
  expect(svg).toContain('>Dec<')
  expect(svg).toContain(coloursOf('print')['crit-done'])
  expect(openTags(svg)).toEqual([])
  expect(picture.heightPx).toBe(22 + 5 * 19 + 1)
})

test('a month cut off at the edge of a report leaves the year to the next', () => {
  const svg = svgOf(
    reportGantt({
      rows: [{ ...smoke, name: 'Install and smoke test' }],
      widthPx: 698,
      minutesPerDay: 480,
      span: { startMinute: minuteOf(2026, 11, 5), finishMinute: minuteOf(2027, 6, 20) },
    }),
    { ground: 'print', title: 'Critical path' },
  )
  expect(svg).toContain('>Nov 2026<')
  expect(svg).toContain('>Dec<')
  expect(svg).not.toContain('>Oct')
})
