import { Fault } from '../../../kernel/fault.ts'
import { checked, demandSomewhere } from '../../../kernel/ledger/read.ts'
import type { PaperDocument as Composed } from '../../../paper/blocks.ts'
import type { Door, House } from './doors.ts'
import { momentOf, untilGone } from './headers.ts'
import { inputFromTexts, type Texts } from './input.ts'

// What is printed runs nothing and asks nothing of anybody.
const STILL =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation allow-popups"

/** `GET /api/documents/<name>.html` and `.pdf`, composed as of any moment, rendered on the way out. */
export const documentDoor: Door = (server, house, who) => {
  for (const document of house.ledger.registry.documents) {
    const compose = async (request: Parameters<typeof who>[0]) => {
      const actor = await who(request)
      demandSomewhere(await house.ledger.rights(actor), document.allow)
      const { asOf, ...texts } = request.query as Texts
      const input = checked(document.input, inputFromTexts(document.input, texts), document.name)
      return house.ledger.read(
        actor,
        (read) => document.compose(read, input),
        momentOf(asOf),
      ) as Promise<Composed>
    }
    server.get(`/api/documents/${document.name}.html`, async (request, reply) => {
      const composed = await compose(request)
      const { renderHtml } = await import('../../../paper/html.ts')
      return reply
        .header('content-type', 'text/html; charset=utf-8')
        .header('content-security-policy', STILL)
        .header('cache-control', 'private, no-store')
        .send(renderHtml(composed))
    })
    server.get(`/api/documents/${document.name}.pdf`, async (request, reply) => {
      const composed = await compose(request)
      const bytes = await printed(house, composed, untilGone(reply))
      return reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', `inline; filename="${document.name}.pdf"`)
        .header('cache-control', 'private, no-store')
        .send(Buffer.from(bytes))
    })
  }
}

function printed(house: House, document: Composed, signal: AbortSignal): Promise<Uint8Array> {
  if (!house.renderPdf) throw new Fault('paper.unavailable', 'This server makes no PDFs.', {})
  return house.renderPdf(document, signal)
}
