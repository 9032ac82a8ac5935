import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../../../kernel/fault.ts'
import type { Moment, Request as Wish } from '../../../kernel/ledger/ledger.ts'
import { isId } from './register.ts'

/** The moment at which a caller wants to read: `asOf=1234` (after a change) or `asOf=2026-11-20T08:00:00Z`. */
export function momentOf(asOf: unknown): Moment | undefined {
  if (asOf === undefined || asOf === '') return undefined
  const text = String(asOf)
  if (/^\d{1,15}$/.test(text)) return { seq: Number(text) }
  const at = /^\d{4}-\d\d-\d\d(T|$)/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at))
    throw new Fault(
      'input.invalid',
      'asOf is neither the number of a change nor an instant such as 2026-11-20T08:00:00Z.',
      { asOf: text.slice(0, 40) },
    )
  return { instant: new Date(at).toISOString() }
}

/** The ETag of a row: who it is and the change that wrote it. */
export function etagOf(row: { kind: string; id: string; seq: number }): string {
  return `"${row.kind}/${row.id}/${row.seq}"`
}

/** The rows that a caller has seen, from `If-Match`; a stale one refuses the action. */
export function expectedRows(request: FastifyRequest): NonNullable<Wish['expected']> {
  const header = request.headers['if-match']
  if (header === undefined) return []
  return header.split(',').map((part) => {
    const seen = /^"([A-Za-z][\w-]*)\/([0-9a-f-]{36})\/(\d{1,15})"$/.exec(part.trim())
    if (!seen?.[1] || !seen[2] || !isId(seen[2]))
      throw new Fault('input.invalid', 'If-Match lists rows as "<kind>/<id>/<number of change>".', {})
    return { kind: seen[1], id: seen[2], seq: Number(seen[3]) }
  })
}

/** The caller's own name for this request, by which a repeated one is answered again instead of being done twice. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  const text = String(key)
  if (!/^[\x21-\x7e]{1,200}$/.test(text))
    throw new Fault('input.invalid', 'Idempotency-Key has 1 to 200 visible ASCII characters.', {})
  return text
}

/** True when the caller asked not to wait (RFC 7240). */
export function wantsNoWaiting(request: FastifyRequest): boolean {
  return /(^|[,\s])respond-async($|[,;\s])/i.test(String(request.headers.prefer ?? ''))
}

/** Given when the caller hangs up before the answer is out: nobody waits for the work any more. */
export function untilGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(cancelled())
  })
  return gone.signal
}

/** The reason that a given-up work hears. */
export function cancelled(): Fault {
  return new Fault('work.cancelled', 'Cancelled; nothing was changed.')
}
