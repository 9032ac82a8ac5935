import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { Fault } from '../kernel/fault.ts'
import type { PaperDocument } from './blocks.ts'
import { refuseFaulty } from './check.ts'
import { type PdfOptions, pdfInput } from './pdf-input.ts'

export type { PdfOptions }

/** `unprintable`: the characters for which this computer has no font; each is printed as an empty box, and said so. */
export type Pdf = {
  bytes: Uint8Array
  pages: number
  unprintable: readonly string[]
}

// Each round takes out the characters that the round before could not print; a font may hide others behind them.
const fontRounds = 8

/**
 * The document as a tagged PDF that claims and was checked by its writer for PDF/UA-1 (ISO 14289-1), on A4.
 * The same document gives the same bytes. It computes for some ten to hundred milliseconds and blocks its thread
 * meanwhile: a server uses pdf-worker.ts. Refuses a faulty document (`paper.faulty`) and one that cannot be set in
 * type (`paper.pdf`, with what Typst said).
 */
export function renderPdf(document: PaperDocument, options: PdfOptions = {}): Pdf {
  refuseFaulty(document)
  const missing = { text: new Set<string>(), pictures: new Set<string>() }
  for (let round = 1; ; round += 1) {
    const input = JSON.stringify(pdfInput(document, options, missing))
    const set = setInType(input)
    if ('bytes' in set) return { ...set, unprintable: [...missing.pictures] }
    const named = unprintableIn(set.refusal)
    const inPictures = named.filter((sign) => !missing.pictures.has(sign))
    const inText = named.filter((sign) => missing.pictures.has(sign) && !missing.text.has(sign))
    if (inPictures.length + inText.length === 0 || round === fontRounds) {
      throw new Fault('paper.pdf', 'This document could not be set as a PDF.', {
        typst: set.refusal.slice(0, 2000),
      })
    }
    // Typst does not say where a character stood. Pictures know fewer fonts than text, so they are asked first.
    for (const sign of inPictures) missing.pictures.add(sign)
    for (const sign of inText) missing.text.add(sign)
  }
}

function setInType(input: string): { bytes: Uint8Array; pages: number } | { refusal: string } {
  const typst = compiler()
  const compiled = typst.compile({
    mainFileContent: template(),
    inputs: { document: input },
  })
  const laidOut = compiled.result
  if (laidOut === null) {
    const error = compiled.takeError()
    return {
      refusal: error === null ? 'no result' : JSON.stringify(typst.fetchDiagnostics(error)),
    }
  }
  try {
    return {
      bytes: typst.pdf(laidOut, { pdfStandard: 'ua-1' }),
      pages: laidOut.numOfPages,
    }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  } finally {
    // What Typst remembers of past documents is bounded: an age is one document.
    typst.evictCache(2)
  }
}

let made: NodeCompiler | undefined

// One compiler a thread, in a folder that does not exist: a template that asked for a file would find none.
function compiler(): NodeCompiler {
  made ??= NodeCompiler.create({
    workspace: fileURLToPath(new URL('./no-files-here', import.meta.url)),
    fontArgs: [{ fontBlobs: interFiles() }],
  })
  return made
}

let templateText: string | undefined

function template(): string {
  templateText ??= readFileSync(new URL('./pdf.typ', import.meta.url), 'utf8')
  return templateText
}

/** Inter upright in the four weights that the template uses (SIL OFL 1.1). */
function interFiles(): Buffer[] {
  const weights = ['400Regular', '500Medium', '600SemiBold', '700Bold']
  return weights.map((weight) => readFileSync(join(interFolder(), weight, `Inter_${weight}.ttf`)))
}

function interFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/inter/package.json'))
  } catch (error) {
    const sentence = 'The typeface of the PDF is not installed: run npm install again.'
    throw new Fault('paper.typeface', sentence, {
      package: '@expo-google-fonts/inter',
      said: String(error),
    })
  }
}

// Typst names the text that no font could show, as a quoted Rust string inside backquotes:
// PDF/UA-1 error: the text `\"\u{1f680}\"` could not be displayed with font `\"Inter\"`
function unprintableIn(refusal: string): readonly string[] {
  const named = refusal.matchAll(/the text `\\*"(.*?)\\*"` could not be displayed/g)
  const signs = [...named].flatMap(([, quoted = '']) => [
    ...quoted.replaceAll(/\\*u\{([0-9a-f]+)\}/g, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    ),
  ])
  return [...new Set(signs)].filter((sign) => sign > '\u007e')
}
