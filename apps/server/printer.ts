import type { Print } from '../../kernel/action.ts'
import type { PaperDocument } from '../../paper/blocks.ts'
import type { PdfPress } from '../../paper/pdf-worker.ts'

/** Prints composed documents: HTML at once, PDF beside the server's own thread. */
export type Printer = {
  readonly print: (document: unknown, format: 'html' | 'pdf', signal?: AbortSignal) => Promise<Uint8Array>
  readonly close: () => Promise<void>
}

/**
 * The printer of this process; the typesetter is heavy and is loaded with the first PDF. `site` is the address that
 * figures link back to, known once the server listens; absent for files that have no site.
 */
export function createPrinter(site: () => string | undefined = () => undefined): Printer {
  let press: Promise<PdfPress> | undefined
  return {
    async print(document, format, signal) {
      const paper = document as PaperDocument
      const address = site()
      const options = address === undefined ? {} : { site: address }
      if (format === 'html') {
        const { renderHtml } = await import('../../paper/html.ts')
        return new TextEncoder().encode(renderHtml(paper, options))
      }
      press ??= import('../../paper/pdf-worker.ts').then(({ pdfPress }) => pdfPress())
      return (await (await press).render(paper, { ...options, ...(signal ? { signal } : {}) })).bytes
    },
    close: async () => void (await (await press)?.close()),
  }
}

/** The printer as actions know it. */
export function printOf(printer: Printer): Print {
  return (document, format) => printer.print(document, format)
}
