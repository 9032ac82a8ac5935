import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Fault } from '../kernel/fault.ts'
import {
  column,
  figure,
  heading,
  keepTogether,
  list,
  numberColumn,
  pageBreak,
  paragraph,
  picture,
  table,
} from './blocks.ts'
import { goLive, harborlineReport, harborlineWith } from './harborline.sample.ts'
import { renderPdf } from './pdf.ts'
import { pdfPress } from './pdf-worker.ts'

test('a PDF claims PDF/UA-1 and carries tags, language, title and reading order', () => {
  const { bytes } = renderPdf(harborlineReport())
  const file = Buffer.from(bytes).toString('latin1')
  expect(file).toMatch(/^%PDF-1\.7/)
  expect(file).toMatch(/\/MarkInfo\s*<<\s*\/Marked true/)
  expect(file).toMatch(/\/StructTreeRoot \d+ 0 R/)
  expect(file).toContain('/Lang (en-GB)')
  expect(file).toContain('/DisplayDocTitle true')
  expect(file).toContain('<pdfuaid:part>1</pdfuaid:part>')
  expect(file).toContain('/Title (ERP: finance to a cloud suite)')
})

test('headings, tables, lists, links and pictures are tagged as what they are', () => {
  const roles = rolesOf(renderPdf(harborlineReport(), { site: 'https://plans.example.org' }).bytes)
  expect(roles).toMatchObject({ H1: 1, H2: 5, Figure: 1, L: 1, LI: 2, Table: 2 })
  expect(roles.TH).toBe(3 + 5)
  expect(roles.TD).toBe(2 * 3 + 3 * 5)
  // Five marks, the two figures and the two key figures themselves, and three queries in the notes.
  expect(roles.Link).toBe(5 + 4 + 3)
})

test('a picture is described to whoever cannot see it', () => {
  const file = Buffer.from(renderPdf(harborlineReport()).bytes).toString('latin1')
  expect(file).toMatch(/\/Alt \(Gantt chart: go-live on 22 April 2027\)/)
})

test('a PDF says what the document says, and when it was computed from which change', () => {
  const said = textOf(renderPdf(harborlineReport()).bytes)
  for (const expected of [
    'Harborline Mutual',
    'Draft, not yet approved',
    'Go-live is forecast for 22 April 2027',
    'Not measured yet',
    'In the words of Maya Okafor, 20 Nov 2026',
    'I expect the package on 1 December.',
    'Early finish of 8.4 Go-live on the live plan',
    'Computed 23 Nov 2026, 08:02, from change 48,127',
    '1 / 1',
  ]) {
    expect(said).toContain(expected.replaceAll(' ', ''))
  }
})

test('all letters come from Inter, carried inside the file', () => {
  const fonts = [
    ...Buffer.from(renderPdf(harborlineReport()).bytes)
      .toString('latin1')
      .matchAll(/\/FontName \/(\S+)/g),
  ]
  expect(new Set(fonts.map(([, name = '']) => name.replace(/^[A-Z]{6}\+/, '').replace(/-.*/, '')))).toEqual(
    new Set(['Inter']),
  )
})

test('the same document gives the same bytes', () => {
  expect(Buffer.from(renderPdf(harborlineReport()).bytes).equals(renderPdf(harborlineReport()).bytes)).toBe(
    true,
  )
})

test.each([
  '#read("/etc/passwd")',
  '#import "@preview/cetz:0.2.0"',
  '$x$ #let a = 1 <label> @label',
  ']) } \\ "quoted" `raw` *bold* _slanted_ = heading // comment',
  '<script>alert(1)</script>',
])('markup is printed, not obeyed: %s', (typed) => {
  const said = textOf(
    renderPdf({
      ...harborlineWith(
        heading(typed),
        paragraph(typed, figure(typed, { ...goLive, input: typed })),
        table(typed, [column(typed), numberColumn('Slack', typed)], [[typed, typed]]),
        list([typed]),
      ),
      title: typed,
    }).bytes,
  )
  expect(said.split(typed.replaceAll(' ', '')).length - 1).toBeGreaterThanOrEqual(8)
})

test('characters without a font become an empty box, and the document says so', () => {
  const drawn = '<svg viewBox="0 0 90 20"><text x="0" y="15">Launch \u{10FF00}</text></svg>'
  const pdf = renderPdf(
    harborlineWith(paragraph('Launch \u{10FF01} on 22 April'), picture(drawn, 'A launch')),
  )
  expect(pdf.unprintable.toSorted()).toEqual(['\u{10FF00}', '\u{10FF01}'])
  const said = textOf(pdf.bytes)
  expect(said).toContain('Launch\u25a1on22April')
  expect(said).toContain('\u25a1standsforacharacterthatthiscomputerhasnofontfor.')
})

test('right-to-left names, control characters and half characters are printable', () => {
  expect(renderPdf(harborlineWith(paragraph('Ünïcode \u0000\u0007 \u202eabc \ud800 Ż'))).pages).toBe(1)
})

test('a page break starts a new page', () => {
  const broken = harborlineWith(paragraph('Costs'), pageBreak(), paragraph('Risks'))
  expect(renderPdf(broken).pages).toBe(2)
})

test('words and rows that are too long stay on the paper', () => {
  const long = 'W'.repeat(400)
  const tall = 'Lorem ipsum dolor sit amet. '.repeat(600)
  const document = harborlineWith(
    paragraph(long),
    table('Tall', [column('One'), column('Two')], [[long, tall]]),
    keepTogether(...Array.from({ length: 90 }, (_, line) => paragraph(`Line ${line + 1}`))),
  )
  const { bytes, pages } = renderPdf(document)
  const said = textOf(bytes)
  expect(said.split('W').length - 1).toBe(800)
  expect(said.split('Lorem').length - 1).toBe(600)
  expect(said).toContain('Line90')
  expect(pages).toBeGreaterThan(5)
})

test("a table over several pages repeats its head, and each further page repeats the report's title", () => {
  const rows = Array.from({ length: 120 }, (_, row) => [`Interface ${row + 1}`, '1 Dec 26'])
  const { bytes, pages } = renderPdf(
    harborlineWith(table('Tasks', [column('Task'), numberColumn('Finish')], rows)),
  )
  const said = textOf(bytes)
  expect(pages).toBeGreaterThan(2)
  expect(said.split('TaskFinish').length - 1).toBe(pages)
  expect(said.split('ERP:financetoacloudsuite·Statusreportno.9').length - 1).toBe(pages - 1)
})

test('an empty table says so in a sentence', () => {
  const none = table('Late tasks', [column('Task'), numberColumn('Slack', 'd')], [], {
    empty: 'No task is late.',
  })
  expect(textOf(renderPdf(harborlineWith(none)).bytes)).toContain('Notaskislate.')
})

test('addresses of the own site are links only when the site is known', () => {
  const file = (site?: string) =>
    Buffer.from(renderPdf(harborlineReport(), site ? { site } : {}).bytes).toString('latin1')
  expect(file()).not.toContain('/URI (')
  expect(file('https://plans.example.org')).toContain(
    '/URI (https://plans.example.org/erp/plan/8.4?at=48127)',
  )
})

test('a worker makes the same PDF beside this thread and says when it begins and ends', async () => {
  const press = pdfPress()
  const heard: number[] = []
  const pdf = await press.render(harborlineReport(), { progress: (share) => heard.push(share) })
  expect(heard).toEqual([0, 1])
  expect(Buffer.from(pdf.bytes).equals(renderPdf(harborlineReport()).bytes)).toBe(true)
  await press.close()
})

test('a refusal crosses the thread as it is, and the next order is served', async () => {
  const press = pdfPress()
  const faulty = press.render({ ...harborlineReport(), title: '' })
  const good = press.render(harborlineReport())
  await expect(faulty).rejects.toMatchObject({ code: 'paper.faulty' })
  await expect(good).resolves.toMatchObject({ pages: 1 })
  await press.close()
})

test('an order given up is answered at once, while working and while waiting', async () => {
  const press = pdfPress()
  const giveUp = new AbortController()
  const working = press.render(harborlineReport(), { signal: giveUp.signal })
  const waiting = press.render(harborlineReport(), { signal: giveUp.signal })
  const patient = press.render(harborlineReport())
  giveUp.abort()
  await expect(working).rejects.toMatchObject({ code: 'paper.cancelled' })
  await expect(waiting).rejects.toBeInstanceOf(Fault)
  await expect(patient).resolves.toMatchObject({ pages: 1 })
  await expect(press.render(harborlineReport(), { signal: giveUp.signal })).rejects.toBeInstanceOf(Fault)
  await press.close()
})

// A small reader of what Typst writes: objects, deflated streams, tags, and text through each font's ToUnicode table.

type Objects = ReadonlyMap<string, { head: string; body: string }>

function objectsOf(bytes: Uint8Array): Objects {
  const file = Buffer.from(bytes).toString('latin1')
  const objects = new Map<string, { head: string; body: string }>()
  for (const [whole, number = ''] of file.matchAll(/(\d+) 0 obj\b[\s\S]*?\nendobj/g)) {
    const [head = '', after] = whole.split(/\bstream\r?\n/)
    const raw = Buffer.from(after ?? '', 'latin1').subarray(0, Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0))
    const body = /\/FlateDecode/.test(head) ? inflateSync(raw) : raw
    objects.set(number, { head, body: body.toString('latin1') })
  }
  return objects
}

function rolesOf(bytes: Uint8Array): Record<string, number> {
  const roles: Record<string, number> = {}
  for (const { head } of objectsOf(bytes).values()) {
    const role = /\/Type \/StructElem[\s\S]*?\/S \/(\w+)/.exec(head)?.[1]
    if (role) roles[role] = (roles[role] ?? 0) + 1
  }
  return roles
}

// A font chosen, or a literal string, in which balanced parentheses may stand.
const fontOrString = /\/(f\d+) [\d.]+ Tf|\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)/g

/** All text in the order of writing, without white space (which a PDF need not contain). */
function textOf(bytes: Uint8Array): string {
  const objects = objectsOf(bytes)
  const at = (reference: string | undefined) => objects.get(reference ?? '') ?? { head: '', body: '' }
  let said = ''
  for (const { head } of objects.values()) {
    if (!/\/Type \/Page\b/.test(head)) continue
    const fonts = new Map<string, ReadonlyMap<string, string>>()
    for (const [, name = '', number] of head.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
      fonts.set(name, lettersOf(at(/\/ToUnicode (\d+) 0 R/.exec(at(number).head)?.[1]).body))
    }
    const content = at(/\/Contents (\d+) 0 R/.exec(head)?.[1]).body
    let letters: ReadonlyMap<string, string> = new Map()
    for (const [, font, string] of content.matchAll(fontOrString)) {
      if (font) letters = fonts.get(font) ?? new Map()
      const codes = Buffer.from(unescaped(string ?? ''), 'latin1')
        .toString('hex')
        .toUpperCase()
      for (const code of codes.match(/.{4}/g) ?? []) said += letters.get(code) ?? ''
    }
  }
  return said.replaceAll(/[\s\u200b]/g, '')
}

// A PDF's literal string (ISO 32000-1, 7.3.4.2).
function unescaped(string: string): string {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  return string.replaceAll(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal?: string, sign = '') =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (named[sign] ?? sign),
  )
}

function lettersOf(table: string): ReadonlyMap<string, string> {
  const letters = [...table.matchAll(/<([\dA-Fa-f]{4})> <((?:[\dA-Fa-f]{4})+)>/g)]
  return new Map(
    letters.map(([, code = '', hex = '']) => [
      code.toUpperCase(),
      String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16))),
    ]),
  )
}
