import { expect, test } from 'vitest'
import { column, figure, link, numberColumn, paragraph, table, words } from './blocks.ts'
import { goLive, harborlineReport, harborlineWith } from './harborline.sample.ts'
import { renderHtml } from './html.ts'

test('a page carries its language, its title and no script', () => {
  const page = renderHtml(harborlineReport())
  expect(page).toContain('<html lang="en-GB">')
  expect(page).toContain('<title>ERP: finance to a cloud suite · Status report no. 9</title>')
  expect(page).toContain("default-src 'none'")
  expect(page).not.toMatch(/<script|<link|<img|@import|\ssrc=/i)
})

test('a figure leads to the live answer and its mark to the note of its source', () => {
  const page = renderHtml(harborlineReport(), { site: 'https://plans.example.org/' })
  expect(page).toContain(
    '<a class="figure" href="https://plans.example.org/erp/plan/8.4?at=48127"><strong>22 April 2027</strong></a>' +
      '<sup><a class="mark" href="#source-2" aria-label="Source 2">2</a></sup>',
  )
  expect(page).toMatch(/<li id="source-2" value="2"><p><strong>22 April 2027 · \+15 d<\/strong><\/p>/)
  expect(page).toContain('<code>schedule.show</code>, change 48,127')
})

test('every mark on the page has the note it leads to', () => {
  const page = renderHtml(harborlineReport())
  const marks = [...page.matchAll(/href="#(source-\d+)"/g)].map(([, id]) => id)
  expect(marks).toHaveLength(5)
  expect(marks.filter((id) => !page.includes(`<li id="${id}"`))).toEqual([])
})

test('health is said in a word as well as in a colour, and what nobody measured is said to be so', () => {
  const page = renderHtml(harborlineReport())
  expect(page).toContain('<span aria-hidden="true">R</span> <span>Red</span>')
  expect(page).toContain(
    '<dt>Schedule</dt><dd>Go-live, a key milestone, is more than 10 working days late.</dd>',
  )
  expect(page).toMatch(/Cost<\/span>.*Not measured yet/)
})

test('the words of the author are marked as theirs', () => {
  expect(renderHtml(harborlineReport())).toContain(
    '<section class="words" aria-label="In the words of Maya Okafor, 20 Nov 2026">',
  )
})

test('what people typed is text wherever it stands', () => {
  const evil = `<script>alert(1)</script><img src=x onerror="alert(1)">'&amp;`
  const hostile = {
    ...harborlineWith(
      paragraph(evil, figure(evil, { ...goLive, query: evil, input: evil })),
      words(evil, evil, [evil]),
      table(evil, [column(evil), numberColumn(evil, evil)], [], { empty: evil }),
      paragraph(link(evil, 'https://example.org/?a=1&b="2"')),
    ),
    title: evil,
    subtitle: evil,
    organisation: evil,
    audience: evil,
    author: { name: evil, role: evil },
    dateText: evil,
  }
  const page = renderHtml(hostile)
  expect(page).not.toMatch(/<script|<img|"alert/)
  expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;amp;')
  expect(page).toContain('href="https://example.org/?a=1&amp;b=&quot;2&quot;"')
})

test('a direction override cannot turn the figures beside a name around', () => {
  const page = renderHtml(harborlineWith(paragraph('invoice\u202egnp.exe\u0000 of ', 'שלום')))
  expect(page).toContain('invoicegnp.exe of שלום')
})

test('an empty table says so in a sentence', () => {
  const none = table('Late tasks', [column('Task'), numberColumn('Slack', 'd')], [], {
    empty: 'No task is late.',
  })
  expect(renderHtml(harborlineWith(none))).toContain('<td class="faint" colspan="2">No task is late.</td>')
})

test('a word longer than a line may break', () => {
  expect(renderHtml(harborlineWith(paragraph('W'.repeat(60))))).toContain('WWWWWWW<wbr>WWWWWWW')
})

test('the typeface is carried inside the page when given', () => {
  const page = renderHtml(harborlineReport(), { font: { woff2Base64: 'd09GMg==' } })
  expect(page).toContain('src:url(data:font/woff2;base64,d09GMg==)')
})

test('the same document gives the same page', () => {
  expect(renderHtml(harborlineReport())).toBe(renderHtml(harborlineReport()))
})
