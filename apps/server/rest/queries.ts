import type { Door } from './doors.ts'
import { momentOf } from './headers.ts'
import { inputFromTexts, type Texts } from './input.ts'

/** `GET /api/<query>?field=value`; the header `Helmward-Seq` says after which change the answer stands. */
export const queryDoor: Door = (server, house, who) => {
  for (const query of house.ledger.registry.queries) {
    server.get(`/api/${query.name}`, async (request, reply) => {
      const actor = await who(request)
      const { asOf, ...texts } = request.query as Texts
      const input = inputFromTexts(query.input, texts)
      const answer = await house.ledger.read(
        actor,
        async (read) => ({ seq: read.seq, output: await read.ask(query, input) }),
        momentOf(asOf),
      )
      return reply.header('helmward-seq', String(answer.seq)).send(answer.output ?? null)
    })
  }
}
