import { Fault } from '../kernel/fault.ts'
import {
  type Block,
  everyBlock,
  numberSources,
  type PaperDocument,
  type Run,
  runsOf,
  type Source,
} from './blocks.ts'
import { svgFaults } from './svg.ts'

/** Something that keeps a document from going out: a code, a sentence, and where it is. */
export type Problem = { code: string; sentence: string; facts: Readonly<Record<string, unknown>> }

/**
 * Reads a document as a strict editor would. An empty list means that it may be printed: it has a title and a
 * language, every picture says what it shows, every figure has its source, every table has heads, headings skip no
 * level, links lead to web pages. (PDF/UA-1 7.1 to 7.21; WCAG 2.2, 1.1.1, 1.3.1, 2.4.2, 3.1.1.)
 */
export function documentProblems(document: PaperDocument): readonly Problem[] {
  return [...wholeProblems(document), ...headingProblems(document), ...blockProblems(document)]
}

/** Refuses a document that has problems: `paper.faulty`, with all of them as facts. */
export function refuseFaulty(document: PaperDocument): void {
  const problems = documentProblems(document)
  const [first] = problems
  if (first === undefined) return
  throw new Fault('paper.faulty', `This document cannot go out: ${first.sentence}`, { problems })
}

function wholeProblems(document: PaperDocument): readonly Problem[] {
  const problems: Problem[] = []
  if (document.title.trim() === '') problems.push(problem('paper.title', 'It has no title.'))
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(document.language)) {
    const facts = { language: document.language }
    problems.push(problem('paper.language', "Its language is not written like 'en' or 'de-CH'.", facts))
  }
  if (!Number.isSafeInteger(document.computed.seq) || document.computed.seq < 0) {
    problems.push(problem('paper.change', 'It does not say from which change it was computed.'))
  }
  const lists = [...everyBlock(document.blocks)].filter((block) => block.kind === 'sources').length
  if (lists > 1) problems.push(problem('paper.sources', 'It lists its sources more than once.'))
  if (lists === 0 && numberSources(document.blocks).length > 0) {
    problems.push(problem('paper.sources', 'It has figures but no list of their sources.'))
  }
  return problems
}

function headingProblems(document: PaperDocument): readonly Problem[] {
  const problems: Problem[] = []
  let above = 1
  for (const block of everyBlock(document.blocks)) {
    if (block.kind === 'sources') above = 2
    if (block.kind !== 'heading') continue
    if (block.text.trim() === '') problems.push(problem('paper.heading', 'A heading is empty.'))
    if (block.level > above + 1) {
      const sentence = `The heading '${block.text}' skips a level.`
      problems.push(problem('paper.heading', sentence, { heading: block.text, level: block.level }))
    }
    above = block.level
  }
  return problems
}

function blockProblems(document: PaperDocument): readonly Problem[] {
  const problems: Problem[] = []
  for (const block of everyBlock(document.blocks)) {
    problems.push(...oneBlockProblems(block))
    for (const run of runsOf(block)) problems.push(...runProblems(run))
  }
  return problems
}

function oneBlockProblems(block: Block): readonly Problem[] {
  if (block.kind === 'picture') return pictureProblems(block.svg, block.alt)
  if (block.kind === 'table') return tableProblems(block)
  if (block.kind === 'kpi') return block.items.flatMap((item) => figureProblems(item.value, item.source))
  if (block.kind === 'rag') {
    return block.items.flatMap((item) => {
      if (item.rating === 'notMeasured') return []
      const facts = { dimension: item.dimension }
      const ruleMissing = problem(
        'paper.rag',
        `${item.dimension} has a colour but no rule that gave it.`,
        facts,
      )
      return [
        ...(item.rule.trim() === '' ? [ruleMissing] : []),
        ...figureProblems(item.dimension, item.source),
      ]
    })
  }
  if (block.kind === 'words' && block.author.trim() === '') {
    return [problem('paper.words', "An author's words do not say whose they are.")]
  }
  if (block.kind === 'columns' && !widthsFit(block)) {
    return [
      problem('paper.columns', 'Blocks side by side need one width above zero each.', {
        shares: block.shares,
      }),
    ]
  }
  return []
}

function widthsFit(block: Block & { kind: 'columns' }): boolean {
  return block.shares.length === block.columns.length && block.shares.every((share) => share > 0)
}

function pictureProblems(svg: string, alt: string): readonly Problem[] {
  const problems: Problem[] = []
  if (alt.trim() === '') problems.push(problem('paper.picture-alt', 'A picture does not say what it shows.'))
  const faults = svgFaults(svg)
  if (faults.length > 0) {
    const sentence = `The picture '${alt}' holds more than shapes and text: ${faults[0]}.`
    problems.push(problem('paper.picture-content', sentence, { alt, faults }))
  }
  return problems
}

function tableProblems(table: Block & { kind: 'table' }): readonly Problem[] {
  const problems: Problem[] = []
  const name = table.name
  if (name.trim() === '') problems.push(problem('paper.table-name', 'A table has no name.'))
  if (table.columns.length === 0 || table.columns.some((column) => column.title.trim() === '')) {
    problems.push(
      problem('paper.table-head', `The table '${name}' has a column without a head.`, { table: name }),
    )
  }
  const odd = table.rows.findIndex((row) => row.length !== table.columns.length)
  if (odd >= 0) {
    const sentence = `Row ${odd + 1} of the table '${name}' has not one cell for each column.`
    problems.push(problem('paper.table-row', sentence, { table: name, row: odd + 1 }))
  }
  return problems
}

function runProblems(run: Run): readonly Problem[] {
  if (run.kind === 'figure') return figureProblems(run.text, run.source)
  if (run.kind === 'link' && !isWebAddress(run.href)) return [addressProblem(run.text, run.href)]
  return []
}

function figureProblems(shown: string, source: Source | undefined): readonly Problem[] {
  if (!source || source.query.trim() === '' || !Number.isSafeInteger(source.seq) || source.seq < 0) {
    return [
      problem('paper.figure-source', `The figure '${shown}' does not say where it comes from.`, { shown }),
    ]
  }
  return isWebAddress(source.href) ? [] : [addressProblem(shown, source.href)]
}

function addressProblem(shown: string, href: string): Problem {
  return problem('paper.address', `'${shown}' leads to an address that is no web page.`, { shown, href })
}

/** True for `https://…`, `http://…` and `/…` of the own site; never for `//host`, `javascript:` or `data:`. */
export function isWebAddress(href: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(href)) return false
  return /^https?:\/\/[^/]/i.test(href) || /^\/(?![/\\])/.test(href)
}

function problem(code: string, sentence: string, facts: Problem['facts'] = {}): Problem {
  return { code, sentence, facts }
}
