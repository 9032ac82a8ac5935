import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../../kernel/access.ts'
import { Fault } from '../../../kernel/fault.ts'
import { demandSomewhere } from '../../../kernel/ledger/read.ts'
import type { ChangeNote, Read } from '../../../kernel/ledger/tx.ts'
import type { RecordType, Stored } from '../../../kernel/record.ts'
import type { Door, House } from './doors.ts'
import { etagOf, momentOf } from './headers.ts'
import { isId, pageOf, type Row, type Wanted, wantedOf } from './register.ts'
import { csvOf } from './register-csv.ts'

const MOST_VERSIONS = 200

/** Registers, single rows and their history, straight from the descriptions of the records. */
export const recordDoor: Door = (server, house, who) => {
  for (const record of house.ledger.registry.records) {
    const base = `/api/records/${record.kind}`
    const allowed = async (request: FastifyRequest): Promise<Actor> => {
      const actor = await who(request)
      demandSomewhere(
        await house.ledger.rights(actor),
        `${house.ledger.registry.roomOfKind(record.kind)}.read`,
      )
      return actor
    }
    server.get(base, async (request, reply) => {
      const actor = await allowed(request)
      return listed(house, record, actor, request, reply)
    })
    server.get<{ Params: { id: string } }>(`${base}/:id`, async (request, reply) => {
      const actor = await allowed(request)
      const { asOf } = request.query as { asOf?: string }
      const row = await house.ledger.read(
        actor,
        (read) => read.get(record, idOf(record, request)),
        momentOf(asOf),
      )
      const etag = etagOf({ kind: record.kind, id: row.id, seq: row.seq })
      reply.header('etag', etag).header('cache-control', 'private, no-cache')
      return knows(request, etag) ? reply.code(304).send() : reply.send(row)
    })
    server.get<{ Params: { id: string } }>(`${base}/:id/history`, async (request) => {
      const actor = await allowed(request)
      return house.ledger.read(actor, (read) => historyOf(read, record, idOf(record, request)))
    })
  }
}

async function listed(
  house: House,
  record: RecordType,
  actor: Actor,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wanted = wantedOf(record, request.query as Record<string, string>)
  const { rows, seq } = await house.ledger.read(
    actor,
    async (read) => ({ rows: await read.all(record, whereOf(record, wanted)), seq: read.seq }),
    momentOf(wanted.asOf),
  )
  const found = pageOf(record, rows as readonly Row[], wanted)
  reply.header('helmward-seq', String(seq)).header('cache-control', 'private, no-cache')
  if (wanted.format === 'csv' || /^text\/csv\b/.test(String(request.headers.accept ?? ''))) {
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${record.kind}.csv"`)
      .send(csvOf(record, found.matching))
  }
  const { page, size } = wanted
  return reply.send({ rows: found.rows, page, size, total: found.matching.length, seq })
}

/** An indexed field that everybody sees narrows the reading itself; the rest is sifted from what was read. */
function whereOf(record: RecordType, { project, equals }: Wanted) {
  const indexed = Object.entries(equals).find(
    ([name]) => record.index.includes(name) && !record.visible[name],
  )
  return {
    ...(project === undefined ? {} : { project }),
    ...(indexed ? { field: { name: indexed[0], values: [indexed[1]] } } : {}),
  }
}

function idOf(record: RecordType, request: FastifyRequest): string {
  const { id } = request.params as { id: string }
  if (isId(id)) return id
  const sentence = `${record.title} not found. It may have been removed, or you may not see it.`
  throw new Fault(`${record.kind}.missing`, sentence, { kind: record.kind, ids: [id.slice(0, 40)] })
}

function knows(request: FastifyRequest, etag: string): boolean {
  const known = String(request.headers['if-none-match'] ?? '')
  return known.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}

/** All versions of a row, oldest first, each with who wrote it and how; of long histories the last 200. */
async function historyOf(read: Read, record: RecordType, id: string) {
  const versions = (await read.history(record, id)).slice(-MOST_VERSIONS)
  if (versions.length === 0) {
    const sentence = `${record.title} not found. It may have been removed, or you may not see it.`
    throw new Fault(`${record.kind}.missing`, sentence, { kind: record.kind, ids: [id] })
  }
  const told: {
    row: Stored<RecordType>
    toSeq: number | null
    change: Omit<ChangeNote, 'touched'> | null
  }[] = []
  for (const { row, toSeq } of versions) {
    const [note] = await read.changes(row.seq - 1, { limit: 1 })
    const { touched: _all, ...change } = note ?? { touched: [] }
    told.push({ row, toSeq, change: 'seq' in change ? (change as Omit<ChangeNote, 'touched'>) : null })
  }
  return { versions: told }
}
