import { expect, test } from 'vitest'
import { Fault } from '../kernel/fault.ts'
import {
  type Block,
  column,
  columns,
  figure,
  heading,
  link,
  paragraph,
  picture,
  ragRow,
  table,
} from './blocks.ts'
import { documentProblems, isWebAddress, refuseFaulty } from './check.ts'
import { goLive, harborlineReport, harborlineWith } from './harborline.sample.ts'

const square = '<svg viewBox="0 0 4 4"><rect width="4" height="4"/></svg>'

function codesOf(...blocks: readonly Block[]): readonly string[] {
  return documentProblems(harborlineWith(...blocks)).map(({ code }) => code)
}

test('a complete report has no problems', () => {
  expect(documentProblems(harborlineReport())).toEqual([])
})

test('a picture must say what it shows', () => {
  expect(codesOf(picture(square, ' '))).toEqual(['paper.picture-alt'])
})

test('a picture with a script is refused', () => {
  expect(codesOf(picture('<svg viewBox="0 0 4 4"><script>1</script></svg>', 'Chart'))).toEqual([
    'paper.picture-content',
  ])
})

test('a figure without a query behind it is refused', () => {
  expect(codesOf(paragraph(figure('22 April 2027', { ...goLive, query: '' })))).toEqual([
    'paper.figure-source',
  ])
  expect(codesOf(paragraph(figure('22 April 2027', { ...goLive, seq: -1 })))).toEqual(['paper.figure-source'])
})

test('a colour without the rule that gave it is refused, and one without a source too', () => {
  const row = ragRow([{ dimension: 'Cost', rating: 'green', rule: '', trend: '' }])
  expect(codesOf(row)).toEqual(['paper.rag', 'paper.figure-source'])
})

test('a table needs a name, heads and as many cells as columns', () => {
  expect(codesOf(table('', [column('')], [['a', 'b']]))).toEqual([
    'paper.table-name',
    'paper.table-head',
    'paper.table-row',
  ])
})

test('headings skip no level', () => {
  expect(codesOf(heading('Detail', 3))).toEqual(['paper.heading'])
  expect(codesOf(heading('Summary'), heading('Detail', 3))).toEqual([])
})

test('blocks side by side need a width each', () => {
  expect(codesOf(columns([1, 0], [], []))).toEqual(['paper.columns'])
})

test('figures need the list of their sources', () => {
  const document = { ...harborlineReport(), blocks: [paragraph(figure('22 April 2027', goLive))] }
  expect(documentProblems(document).map(({ code }) => code)).toEqual(['paper.sources'])
})

test('links lead to web pages only', () => {
  expect(codesOf(paragraph(link('click', 'javascript:alert(1)')))).toEqual(['paper.address'])
  expect(['https://a.example/x', '/erp/plan', 'http://127.0.0.1:80/'].map(isWebAddress)).toEqual([
    true,
    true,
    true,
  ])
  const others = ['//evil.example', '/\\evil.example', 'data:text/html,x', 'https:///x', 'a b', '', '/a\nb']
  expect(others.filter(isWebAddress)).toEqual([])
})

test('a faulty document is refused with all its problems as facts', () => {
  const faulty = { ...harborlineReport(), title: '', language: 'english!' }
  const refused = () => refuseFaulty(faulty)
  expect(refused).toThrow('This document cannot go out: It has no title.')
  try {
    refused()
  } catch (error) {
    const problems = error instanceof Fault ? error.facts.problems : []
    expect(problems).toMatchObject([{ code: 'paper.title' }, { code: 'paper.language' }])
  }
})
