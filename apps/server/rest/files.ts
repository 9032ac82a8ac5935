import type { FastifyRequest } from 'fastify'
import { Fault } from '../../../kernel/fault.ts'
import { demandSomewhere } from '../../../kernel/ledger/read.ts'
import type { Door } from './doors.ts'
import { untilGone } from './headers.ts'

const MOST_BYTES = 110 * 1024 * 1024
/** Each reading holds its bytes and a child process; who comes later asks again. */
const MOST_AT_ONCE = 4

/**
 * `POST /api/files/plan?name=plan.xml` with the file as body: keeps its bytes, reads the plan in a child process, keeps
 * the neutral plan, and answers both hashes with a summary and the loss report. Nothing is imported yet: that is the
 * action `schedule.import`, to which the caller passes the hashes. Of a table (CSV, workbook) the table itself is kept as
 * well and its hash answered, for `schedule.readTable`; where its columns say nothing known, that hash alone. Faults: `file.tooLarge`, `file.empty`, and what the
 * reader refuses.
 */
export const fileDoor: Door = (server, house, who) => {
  const { readPlan } = house
  if (!readPlan) return
  let underWay = 0
  const takeIn = async (request: FastifyRequest, signal: AbortSignal) => {
    const { name = '' } = request.query as { name?: string }
    const fileName = name.replace(/^.*[/\\]/, '').slice(0, 255) || 'plan.xml'
    const bytes = await bodyOf(request)
    const { read, table } = await readPlan(bytes, { fileName, signal, onProgress: () => undefined })
    // Only what could be read is kept: a refused file leaves nothing.
    const source = await house.ledger.keep(bytes)
    const keep = (value: unknown) => house.ledger.keep(new TextEncoder().encode(JSON.stringify(value)))
    return {
      fileName,
      source,
      ...(table === undefined ? {} : { table: await keep(table) }),
      ...(read === undefined ? {} : { plan: await keep(read.plan), summary: read.summary, loss: read.loss }),
    }
  }
  void server.register(async (files) => {
    // The body is taken as a stream, so that a caller without rights is refused before a byte is kept.
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', (_request, _payload, done) => done(null))
    files.post('/api/files/plan', { bodyLimit: MOST_BYTES }, async (request, reply) => {
      const actor = await who(request)
      demandSomewhere(await house.ledger.rights(actor), permissionToImport(house.ledger.registry.actions))
      if (underWay >= MOST_AT_ONCE) throw tooMany()
      underWay += 1
      try {
        return await reply.header('cache-control', 'no-store').send(await takeIn(request, untilGone(reply)))
      } finally {
        underWay -= 1
      }
    })
  })
}

function permissionToImport(actions: readonly { name: string; allow: string }[]): string {
  return actions.find(({ name }) => name === 'schedule.import')?.allow ?? 'schedule.write'
}

async function bodyOf(request: FastifyRequest): Promise<Uint8Array> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > MOST_BYTES) throw tooLarge()
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request.raw as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > MOST_BYTES) throw tooLarge()
    pieces.push(piece)
  }
  if (size === 0) throw new Fault('file.empty', 'The file is empty.', {})
  return new Uint8Array(Buffer.concat(pieces))
}

function tooMany(): Fault {
  return new Fault('rate.files', 'Other plan files are being read right now. Try again in a moment.', {
    atOnce: MOST_AT_ONCE,
  })
}

function tooLarge(): Fault {
  return new Fault('file.tooLarge', 'A plan file has at most 110 MB.', { mostBytes: MOST_BYTES })
}
