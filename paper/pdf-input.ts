import { coloursOf } from '../drawing/colours.ts'
import {
  type Block,
  columnShares,
  type NumberedSource,
  numberSources,
  type PaperDocument,
  type Run,
  sourceKey,
} from './blocks.ts'
import { breakable, plainText, thousands } from './plain-text.ts'
import { standaloneSvg, svgSize } from './svg.ts'
import { withPrintColours } from './tokens.ts'
import { computedWords, figuresOf, ratingLook, sourcesLead, stateWords, wordsOf } from './wording.ts'

/**
 * How the PDF is to be made. `site` is put before `/…` addresses, as in 'https://plans.example.org'; without it
 * those figures lead to their note only, because a file on somebody's disk has no site of its own.
 */
export type PdfOptions = { site?: string }

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type Cast = { mark: (source: Parameters<typeof sourceKey>[0]) => number; site: string; say: Say; draw: Say }

/** Characters that no font could show, in the text and in the pictures (which know fewer fonts). */
export type Missing = { text: ReadonlySet<string>; pictures: ReadonlySet<string> }

type Say = (said: string) => string

// A page in the tallest picture leaves room for its heading and caption.
const tallestPictureHeightPt = 640
const ptPerPixel = 0.75
// A row of more lines may be torn by a page's end; shorter ones are kept whole.
const wholeRowLines = 20
// A line across the whole page holds about this many letters; a column as wide as its content is taken for a tenth.
const lettersPerLine = 100

/** The sign printed in place of a character for which there is no font. */
export const unprintable = '\u25a1'

/**
 * What the Typst template prints, as plain JSON: every text is a value, never markup.
 * `missing` are the characters for which no font was found; each is printed as an empty box, and a note says so.
 */
export function pdfInput(document: PaperDocument, options: PdfOptions, missing: Missing): Json {
  const sources = numberSources(document.blocks)
  const marks = new Map(sources.map((source) => [sourceKey(source), source.number]))
  const say: Say = (said) => boxed(breakable(plainText(said)), missing.text)
  const draw: Say = (svg) => boxed(standaloneSvg(withPrintColours(svg)), missing.pictures)
  const site = (options.site ?? '').replace(/\/$/, '')
  const cast: Cast = { mark: (source) => marks.get(sourceKey(source)) ?? 0, site, say, draw }
  return {
    about: aboutInput(document, say, sources.length, missing),
    tokens: coloursOf('print'),
    blocks: document.blocks.map((block) => blockInput(block, cast, sources)),
  }
}

function aboutInput(document: PaperDocument, say: Say, sourceCount: number, missing: Missing): Json {
  const note = `${unprintable} stands for a character that this computer has no font for.`
  return {
    title: say(document.title),
    metaTitle: plainText(document.title),
    runningTitle: say(runningTitle(document)),
    subtitle: say(document.subtitle),
    dateText: say(document.dateText),
    organisation: say(document.organisation),
    author: { name: say(document.author.name), role: say(document.author.role) },
    audience: say(document.audience),
    ...languageOf(document.language),
    state: document.state,
    stateWords: stateWords(document),
    computed: say(computedWords(document)),
    hasSources: sourceCount > 0,
    missing: missing.pictures.size > 0 ? note : '',
  }
}

function blockInput(block: Block, cast: Cast, sources: readonly NumberedSource[]): Json {
  const { say } = cast
  const inner = (blocks: readonly Block[]) => blocks.map((each) => blockInput(each, cast, sources))
  switch (block.kind) {
    case 'heading':
      return { kind: 'heading', level: block.level, text: say(block.text), note: say(block.note) }
    case 'paragraph':
      return { kind: 'paragraph', runs: runsInput(block.runs, cast) }
    case 'list':
      return { kind: 'list', ordered: block.ordered, items: block.items.map((item) => runsInput(item, cast)) }
    case 'rag':
      return { kind: 'rag', items: block.items.map((item) => ragInput(item, cast)) }
    case 'kpi':
      return { kind: 'kpi', unit: say(block.unit), items: block.items.map((item) => kpiInput(item, cast)) }
    case 'table':
      return tableInput(block, cast)
    case 'picture':
      return pictureInput(block, cast)
    case 'words': {
      const paragraphs = block.paragraphs.map((runs) => runsInput(runs, cast))
      return { kind: 'words', whose: say(wordsOf(block.author, block.writtenText)), paragraphs }
    }
    case 'columns':
      return { kind: 'columns', shares: block.shares.map(Number), columns: block.columns.map(inner) }
    case 'keepTogether':
      return { kind: 'keepTogether', blocks: inner(block.blocks) }
    case 'pageBreak':
      return { kind: 'pageBreak' }
    case 'sources':
      return sourcesInput(block, cast, sources)
  }
}

function sourcesInput(
  block: Block & { kind: 'sources' },
  { say, site }: Cast,
  sources: readonly NumberedSource[],
): Json {
  const rows = sources.map((source) => ({
    number: source.number,
    figures: say(figuresOf(source)),
    input: say(source.input),
    query: say(source.query),
    change: thousands(source.seq),
    href: address(source.href, site),
  }))
  return { kind: 'sources', title: say(block.title), lead: sourcesLead(block, sources.length), rows }
}

function runsInput(runs: readonly Run[], cast: Cast): Json {
  return runs.map((run) => runInput(run, cast))
}

function runInput(run: Run, { say, mark, site }: Cast): Json {
  if (run.kind === 'rating') return { kind: 'rating', ...ratingLook(run.rating) }
  if (run.kind === 'link') return { kind: 'link', text: say(run.text), href: address(run.href, site) }
  const said = { text: say(run.text), tone: run.tone, bold: run.bold }
  if (run.kind === 'text') return { kind: 'text', ...said }
  return { kind: 'figure', ...said, mark: mark(run.source), href: address(run.source.href, site) }
}

function ragInput(item: (Block & { kind: 'rag' })['items'][number], { say, mark }: Cast): Json {
  const look = ratingLook(item.rating)
  const measured = item.rating !== 'notMeasured'
  return {
    dimension: say(item.dimension),
    ...look,
    measured,
    rule: say(item.rule),
    below: measured ? say(item.trend) : look.word,
    mark: item.source ? mark(item.source) : 0,
  }
}

function kpiInput(item: (Block & { kind: 'kpi' })['items'][number], { say, mark, site }: Cast): Json {
  const href = address(item.source.href, site)
  return { label: say(item.label), value: say(item.value), tone: item.tone, mark: mark(item.source), href }
}

function tableInput(table: Block & { kind: 'table' }, cast: Cast): Json {
  const { say } = cast
  const shares = columnShares(table.columns)
  return {
    kind: 'table',
    name: say(table.name),
    empty: say(table.empty),
    columns: table.columns.map((column, index) => ({
      title: say(column.unit === '' ? column.title : `${column.title}, ${column.unit}`),
      align: column.align,
      share: shares[index] ?? 0,
    })),
    rows: table.rows.map((row) => ({
      whole: row.every((cell, index) => linesOf(cell, shares[index] ?? 0) < wholeRowLines),
      cells: row.map((cell) => runsInput(cell, cast)),
    })),
  }
}

function linesOf(cell: readonly Run[], share: number): number {
  const letters = cell.reduce((sum, run) => sum + ('text' in run ? run.text.length : 1), 0)
  return letters / (lettersPerLine * (share || 0.1))
}

function pictureInput(picture: Block & { kind: 'picture' }, { say, draw }: Cast): Json {
  const { width, height } = svgSize(picture.svg)
  const tallest = height > 0 ? (tallestPictureHeightPt * width) / height : 0
  return {
    kind: 'picture',
    svg: draw(picture.svg),
    alt: say(picture.alt),
    caption: say(picture.caption),
    widthPt: Math.min(width * ptPerPixel, tallest),
  }
}

// The line at the head of each further page stays one line.
function runningTitle(document: PaperDocument): string {
  const whole = [...[document.title, document.subtitle].filter((part) => part !== '').join(' · ')]
  return whole.length <= 84 ? whole.join('') : `${whole.slice(0, 83).join('')}…`
}

function boxed(said: string, missing: ReadonlySet<string>): string {
  if (missing.size === 0) return said
  const box = (sign: string) => (/\p{Default_Ignorable_Code_Point}/u.test(sign) ? '' : unprintable)
  return [...said].map((sign) => (missing.has(sign) ? box(sign) : sign)).join('')
}

function address(href: string, site: string): string {
  if (!href.startsWith('/')) return href
  return site === '' ? '' : site + href
}

function languageOf(tag: string): { lang: string; region: string } {
  const [lang = 'en', ...rest] = tag.split('-')
  return {
    lang: lang.toLowerCase(),
    region: rest.find((part) => /^[A-Za-z]{2}$/.test(part))?.toUpperCase() ?? '',
  }
}
