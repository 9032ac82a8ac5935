import {
  type Block,
  columnShares,
  type NumberedSource,
  numberSources,
  type PaperDocument,
  type RagRow,
  type Run,
  type Source,
  sourceKey,
  type Table,
} from './blocks.ts'
import { refuseFaulty } from './check.ts'
import { type FontFace, htmlStyle } from './html-style.ts'
import { breakable, plainText, thousands } from './plain-text.ts'
import { svgSize } from './svg.ts'
import { computedWords, figuresOf, ratingLook, sourcesLead, stateWords, wordsOf } from './wording.ts'

/**
 * How the page is to be made. `site` is the address put before `/…` links, as in 'https://plans.example.org', so that
 * they work from a file on somebody's disk. `font` embeds Inter (a variable woff2, as base64); without it the page
 * uses Inter where installed, else the system's own.
 */
export type HtmlOptions = { site?: string; font?: FontFace }

type Page = { marks: ReadonlyMap<string, number>; sources: readonly NumberedSource[]; site: string }

/**
 * The document as one complete HTML page: no scripts, nothing loaded from elsewhere, light and dark, A4 in print.
 * Refuses a faulty document (`paper.faulty`).
 */
export function renderHtml(document: PaperDocument, options: HtmlOptions = {}): string {
  refuseFaulty(document)
  const sources = numberSources(document.blocks)
  const marks = new Map(sources.map((source) => [sourceKey(source), source.number]))
  const page: Page = { marks, sources, site: (options.site ?? '').replace(/\/$/, '') }
  const headTitle = document.subtitle === '' ? document.title : `${document.title} · ${document.subtitle}`
  return `<!doctype html>
<html lang="${escaped(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="author" content="${escaped(document.author.name)}">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'">
<title>${escaped(headTitle)}</title>
<style>${htmlStyle(options.font)}</style>
</head>
<body>
<div class="paper">
${masthead(document)}
<main>
${document.blocks.map((block) => blockHtml(block, page)).join('\n')}
</main>
<footer><span>${stateMark(document)}</span><span>${escaped(computedWords(document))}</span></footer>
</div>
</body>
</html>
`
}

function masthead(document: PaperDocument): string {
  const { author } = document
  const role = author.role === '' ? '' : `, ${escaped(author.role)}`
  const line = [document.subtitle, document.dateText]
    .filter((part) => part !== '')
    .map(escaped)
    .join(' · ')
  return `<header class="masthead">
<div>${document.organisation === '' ? '' : `<p class="organisation">${escaped(document.organisation)}</p>`}
<h1>${said(document.title)}</h1>
<p class="subtitle">${line}</p></div>
<div class="people"><p><strong>${said(author.name)}</strong>${role}</p>
${document.audience === '' ? '' : `<p>${escaped(document.audience)}</p>`}
<p>${stateMark(document)}</p></div>
</header>`
}

function stateMark(document: PaperDocument): string {
  return `<span class="state ${document.state}">${stateWords(document)}</span>`
}

function blockHtml(block: Block, page: Page): string {
  switch (block.kind) {
    case 'heading': {
      const note = block.note === '' ? '' : ` <small>${escaped(block.note)}</small>`
      return `<h${block.level}>${said(block.text)}${note}</h${block.level}>`
    }
    case 'paragraph':
      return `<p>${runsHtml(block.runs, page)}</p>`
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul'
      return `<${name}>${block.items.map((item) => `<li>${runsHtml(item, page)}</li>`).join('')}</${name}>`
    }
    case 'rag':
      return ragHtml(block, page)
    case 'kpi':
      return kpiHtml(block, page)
    case 'table':
      return tableHtml(block, page)
    case 'picture':
      return pictureHtml(block)
    case 'words':
      return `<section class="words" aria-label="${escaped(wordsOf(block.author, block.writtenText))}">
<p class="whose" aria-hidden="true">${escaped(wordsOf(block.author, block.writtenText))}</p>
${block.paragraphs.map((runs) => `<p>${runsHtml(runs, page)}</p>`).join('\n')}</section>`
    case 'columns': {
      const shares = block.shares
        .map((share) => `minmax(0,${Math.max(0.1, Number(share)).toFixed(3)}fr)`)
        .join(' ')
      const inner = block.columns.map((blocks) => `<div>${blocksHtml(blocks, page)}</div>`).join('\n')
      return `<div class="columns" style="--shares:${shares}">${inner}</div>`
    }
    case 'keepTogether':
      return `<div class="together">${blocksHtml(block.blocks, page)}</div>`
    case 'pageBreak':
      return '<div class="break"></div>'
    case 'sources':
      return sourcesHtml(block, page)
  }
}

function blocksHtml(blocks: readonly Block[], page: Page): string {
  return blocks.map((block) => blockHtml(block, page)).join('\n')
}

function runsHtml(runs: readonly Run[], page: Page): string {
  return runs.map((run) => runHtml(run, page)).join('')
}

function runHtml(run: Run, page: Page): string {
  if (run.kind === 'rating') return chip(run.rating, { withWord: false })
  if (run.kind === 'link') return `<a href="${address(run.href, page)}">${said(run.text)}</a>`
  const shown = run.bold ? `<strong>${said(run.text)}</strong>` : said(run.text)
  const toned = run.tone === 'plain' ? shown : `<span class="${run.tone}">${shown}</span>`
  return run.kind === 'figure' ? figureHtml(toned, run.source, page) : toned
}

// The figure itself leads to the live answer, its mark to the note at the end.
function figureHtml(shown: string, source: Source, page: Page): string {
  return `<a class="figure" href="${address(source.href, page)}">${shown}</a>${markHtml(source, page)}`
}

function markHtml(source: Source, page: Page): string {
  const number = page.marks.get(sourceKey(source)) ?? 0
  return `<sup><a class="mark" href="#source-${number}" aria-label="Source ${number}">${number}</a></sup>`
}

function chip(rating: Parameters<typeof ratingLook>[0], show: { withWord: boolean }): string {
  const { letter, word, token } = ratingLook(rating)
  if (!show.withWord) return `<span class="chip ${token}" role="img" aria-label="${word}">${letter}</span>`
  return `<span class="chip ${token}"><span aria-hidden="true">${letter}</span> <span>${word}</span></span>`
}

function ragHtml(block: RagRow, page: Page): string {
  const cells = block.items.map((item) => {
    const mark = item.source ? markHtml(item.source, page) : ''
    const measured = item.rating !== 'notMeasured'
    const below = measured ? item.trend : ratingLook(item.rating).word
    const trend = below === '' ? '' : `<span class="trend">${escaped(below)}</span>`
    const colour = measured
      ? chip(item.rating, { withWord: true })
      : '<span class="chip n" aria-hidden="true">–</span>'
    return `<li><span class="label">${escaped(item.dimension)}${mark}</span>${colour}${trend}</li>`
  })
  const rules = block.items
    .filter((item) => item.rule !== '')
    .map((item) => `<dt>${escaped(item.dimension)}</dt><dd>${said(item.rule)}</dd>`)
  const why = rules.length === 0 ? '' : `<dl class="rules">${rules.join('')}</dl>`
  return `<div class="health together"><ul class="rag">${cells.join('')}</ul>${why}</div>`
}

function kpiHtml(block: Block & { kind: 'kpi' }, page: Page): string {
  const items = block.items.map(
    (item) =>
      `<div><dt>${escaped(item.label)}${markHtml(item.source, page)}</dt>` +
      `<dd class="${item.tone}"><a class="figure" href="${address(item.source.href, page)}">${said(item.value)}</a></dd></div>`,
  )
  const unit = block.unit === '' ? '' : `<p class="unit">${escaped(block.unit)}</p>`
  return `<div class="kpis together"><dl>${items.join('')}</dl>${unit}</div>`
}

function tableHtml(table: Table, page: Page): string {
  const widths = columnShares(table.columns).map((share) =>
    share === 0 ? '<col>' : `<col style="width:${(100 * share).toFixed(2)}%">`,
  )
  const heads = table.columns.map((column) => {
    const unit = column.unit === '' ? '' : `, <span class="unit">${escaped(column.unit)}</span>`
    return `<th scope="col" class="${column.align}">${said(column.title)}${unit}</th>`
  })
  const rows = table.rows.map((row) => {
    const cells = row.map((cell, index) => {
      const name = index === 0 && table.rowHead ? 'th scope="row"' : 'td'
      const align = table.columns[index]?.align ?? 'left'
      return `<${name} class="${align}">${runsHtml(cell, page)}</${name.slice(0, 2)}>`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  const none = `<tr><td class="faint" colspan="${table.columns.length}">${escaped(table.empty)}</td></tr>`
  return `<div class="table"><table><caption>${escaped(table.name)}</caption><colgroup>${widths.join('')}</colgroup>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>${rows.length === 0 ? none : rows.join('\n')}</tbody></table></div>`
}

function pictureHtml(block: Block & { kind: 'picture' }): string {
  const { width, height } = svgSize(block.svg)
  const caption = block.caption === '' ? '' : `<figcaption>${escaped(block.caption)}</figcaption>`
  return `<figure class="together"><div role="img" aria-label="${escaped(block.alt)}" style="aspect-ratio:${width}/${height};max-width:${Math.round(width * 1.3)}px">${block.svg}</div>${caption}</figure>`
}

function sourcesHtml(block: Block & { kind: 'sources' }, page: Page): string {
  const items = page.sources.map((source) => {
    return `<li id="source-${source.number}" value="${source.number}"><p><strong>${said(figuresOf(source))}</strong></p>
<p class="rests">${said(source.input)}</p>
<p class="rests"><a href="${address(source.href, page)}"><code>${escaped(source.query)}</code>, change ${thousands(source.seq)}</a></p></li>`
  })
  return `<section class="sources" aria-label="${escaped(block.title)}"><h2>${escaped(block.title)}</h2>
<p class="lead">${escaped(sourcesLead(block, page.sources.length))}</p>
<ol>${items.join('\n')}</ol></section>`
}

function address(href: string, page: Page): string {
  return escaped(href.startsWith('/') ? page.site + href : href)
}

// Text between tags: as escaped, and words longer than a line may break.
function said(text: string): string {
  return escaped(breakable(plainText(text))).replaceAll('\u200b', '<wbr>')
}

function escaped(value: string): string {
  return plainText(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
