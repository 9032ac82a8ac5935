import { expect, test } from 'vitest'
import { column, columnShares, figure, numberColumn, numberSources, paragraph } from './blocks.ts'
import { goLive, harborlineReport, harborlineWith, health } from './harborline.sample.ts'

test('sources are numbered in the order in which a reader meets their marks', () => {
  const numbered = numberSources(harborlineReport().blocks)
  expect(numbered.map(({ number, query }) => `${number} ${query}`)).toEqual([
    '1 report.health',
    '2 schedule.show',
    '3 cost.value',
  ])
})

test('two figures that rest on the same answer share one mark', () => {
  const [, schedule] = numberSources(harborlineReport().blocks)
  expect(schedule?.figures).toEqual(['22 April 2027', '+15 d'])
})

test('the same question asked of a later change is another source', () => {
  const later = { ...goLive, seq: 48128 }
  const blocks = [paragraph(figure('22 April 2027', goLive), figure('23 April 2027', later))]
  expect(numberSources(blocks)).toHaveLength(2)
})

test('a document with figures gets its list of sources, once, and one without gets none', () => {
  const withFigure = harborlineWith(paragraph(figure('red', health)))
  expect(withFigure.blocks.map((block) => block.kind)).toEqual(['paragraph', 'sources'])
  expect(harborlineWith(paragraph('No figures.')).blocks.map((block) => block.kind)).toEqual(['paragraph'])
})

test('columns of words share what the columns of numbers leave', () => {
  const shares = columnShares([
    column('Task', 3),
    column('Owner'),
    numberColumn('Finish'),
    numberColumn('Slack'),
  ])
  expect(shares).toEqual([expect.closeTo(0.6), expect.closeTo(0.2), 0, 0])
})
