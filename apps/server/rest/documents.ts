import type { FastifyReply, FastifyRequest } from 'fastify'
import { checked, demandSomewhere } from '../../../kernel/ledger/read.ts'
import type { PaperDocument } from '../../../kernel/part.ts'
import type { Door, House, Who } from './doors.ts'
import { momentOf, untilGone } from './headers.ts'
import { inputFromTexts, type Texts } from './input.ts'

type Format = 'html' | 'pdf'

const FORMATS: readonly Format[] = ['html', 'pdf']

// What is printed runs nothing and asks nothing of anybody.
const STILL_PAGE = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-top-navigation-by-user-activation',
].join('; ')
// The browser's own viewer of PDFs does not work inside a sandbox.
const STILL_FILE = "frame-ancestors 'self'"

/**
 * `GET /api/documents/<name>.html` and `.pdf`: composed as of any moment and printed on the way out; a document that
 * was published is given out as it was printed then.
 */
export const documentDoor: Door = (server, house, who) => {
  for (const document of house.ledger.registry.documents) {
    for (const format of FORMATS) {
      server.get(`/api/documents/${document.name}.${format}`, async (request, reply) => {
        const bytes = await printed(house, who, document, format, request, reply)
        return reply
          .header('content-type', format === 'pdf' ? 'application/pdf' : 'text/html; charset=utf-8')
          .header('content-disposition', `inline; filename="${document.name}.${format}"`)
          .header('content-security-policy', format === 'pdf' ? STILL_FILE : STILL_PAGE)
          .header('cache-control', 'private, no-store')
          .send(Buffer.from(bytes))
      })
    }
  }
}

async function printed(
  house: House,
  who: Who,
  document: PaperDocument,
  format: Format,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Uint8Array> {
  const actor = await who(request)
  demandSomewhere(await house.ledger.rights(actor), document.allow)
  const { asOf, ...texts } = request.query as Texts
  const input = checked(document.input, inputFromTexts(document.input, texts), document.name)
  const found = await house.ledger.read(
    actor,
    async (read) => {
      const files = await document.frozen?.(read, input)
      return files ? { bytes: await read.blob(files[format]) } : { tree: await document.compose(read, input) }
    },
    momentOf(asOf),
  )
  return 'bytes' in found ? found.bytes : house.printer.print(found.tree, format, untilGone(reply))
}
