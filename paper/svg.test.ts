import { expect, test } from 'vitest'
import { svgOf } from '../drawing/gantt/svg.ts'
import { standaloneSvg, svgFaults, svgSize } from './svg.ts'

const box = (inner: string) => `<svg viewBox="0 0 10 20">${inner}</svg>`

test('shapes, text and gradients are taken', () => {
  const drawing = `<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>
    <g transform="translate(1 2)"><rect width="3" height="4" fill="url(#g)"/><text x="1" y="2">Tom &amp; Jerry's &#233;</text></g>`
  expect(svgFaults(box(drawing))).toEqual([])
})

test('what the drawing room draws is taken as it is', () => {
  const drawn = svgOf(
    {
      widthPx: 200,
      heightPx: 40,
      marks: [
        { kind: 'rect', x: 1, y: 2, width: 50, height: 9, radius: 2.5, fill: 'crit' },
        {
          kind: 'group',
          x: 0,
          y: 0,
          width: 200,
          height: 40,
          marks: [{ kind: 'line', points: [0, 1, 200, 1], stroke: 'grid', dash: [2, 3], widthPx: 1 }],
        },
      ],
    },
    { ground: 'print', title: 'Gantt of <ERP> & "finance"' },
  )
  expect(svgFaults(drawn)).toEqual([])
})

test.each([
  ['a script', box('<script>alert(1)</script>')],
  ['an event', box('<rect onclick="alert(1)"/>')],
  ['a picture from elsewhere', box('<image href="http://evil.example/x.png"/>')],
  ['a style sheet', box('<style>*{display:none}</style>')],
  ['HTML inside', box('<foreignObject><b>x</b></foreignObject>')],
  ['a link', box('<a href="javascript:alert(1)"><rect/></a>')],
  ['a fill from elsewhere', box('<rect fill="url(http://evil.example/#a)"/>')],
  ['a comment', box('<!-- x -->')],
  ['an entity', box('<text>&xxe;</text>')],
  ['a document type', `<!DOCTYPE svg [<!ENTITY x "y">]>${box('')}`],
  ['an unquoted attribute', box('<rect x=1/>')],
  ['an element left open', '<svg viewBox="0 0 1 1"><g></svg>'],
  ['something after the end', `${box('')}<b>x</b>`],
  ['no viewBox', '<svg></svg>'],
  ['nothing', ''],
])('%s is refused', (_, svg) => {
  expect(svgFaults(svg)).not.toEqual([])
})

test('a long hostile picture is judged quickly', () => {
  const started = performance.now()
  svgFaults(`<svg viewBox="0 0 1 1"${' x'.repeat(100_000)}`)
  svgFaults(box('<g>'.repeat(100_000)))
  expect(performance.now() - started).toBeLessThan(2000)
})

test('a picture that leaves the page takes its namespace and typeface along, and leaves its halos', () => {
  const halo = box('<g paint-order="stroke" stroke="#fff" stroke-width="6"><text fill="#000">5 d</text></g>')
  expect(standaloneSvg(halo)).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" font-family="Inter" viewBox="0 0 10 20"><g><text fill="#000">5 d</text></g></svg>',
  )
  expect(svgSize(halo)).toEqual({ width: 10, height: 20 })
})
