import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '../../../kernel/fault.ts'
import type { Request as Wish } from '../../../kernel/ledger/ledger.ts'
import type { Outcome } from '../../../kernel/ledger/work.ts'
import { type Door, type House, viaOf } from './doors.ts'
import { expectedRows, idempotencyKey, untilGone, wantsNoWaiting } from './headers.ts'

/** `POST /api/<action>` with the input as JSON body; `POST /api/change.undo { seq }`. */
export const actionDoor: Door = (server, house, who) => {
  for (const action of house.ledger.registry.actions) {
    const mayTakeLong = action.prepare !== undefined
    server.post(`/api/${action.name}`, async (request, reply) => {
      const wish = await wishOf(house, request, who, action.name)
      if (mayTakeLong && wantsNoWaiting(request)) return begin(house, reply, wish)
      const outcome = await house.ledger.perform({ ...wish, signal: untilGone(reply) })
      await forgetGone(house, outcome)
      return outcomeOf(outcome)
    })
  }
  server.post('/api/change.undo', async (request) => {
    const { input, action: _undo, ...wish } = await wishOf(house, request, who, 'change.undo')
    const seq = (input as { seq?: unknown } | null)?.seq
    if (!Number.isSafeInteger(seq) || Number(seq) < 1)
      throw new Fault('input.invalid', 'seq: the number of the change to undo.', { name: 'change.undo' })
    return outcomeOf(await house.ledger.undo({ ...wish, seq: Number(seq) }))
  })
}

async function wishOf(
  house: House,
  request: FastifyRequest,
  who: (request: FastifyRequest) => Promise<Wish['actor']>,
  action: string,
): Promise<Wish> {
  const actor = await who(request)
  const key = idempotencyKey(request)
  const expected = expectedRows(request)
  for (const { kind } of expected) house.ledger.registry.record(kind)
  return {
    actor,
    action,
    input: request.body ?? {},
    via: viaOf(request),
    ...(key === undefined ? {} : { key }),
    ...(expected.length === 0 ? {} : { expected }),
  }
}

function begin(house: House, reply: FastifyReply, wish: Wish): FastifyReply {
  const job = house.jobs.start(wish.actor, wish.action, ({ progress, signal }) =>
    house.ledger.perform({ ...wish, progress, signal }),
  )
  return reply.code(202).header('location', `/api/jobs/${job.id}`).send({ job: job.id })
}

/** Who was erased or has left keeps no password and no session either. */
async function forgetGone({ directory, signIn }: House, { wrote }: Outcome): Promise<void> {
  for (const { kind, id } of wrote) {
    if (kind === 'person' && !(await directory.byId(id))) await signIn.forget(id)
  }
}

function outcomeOf({ seq, output, wrote, repeated }: Outcome) {
  return { seq, output: output ?? null, wrote, repeated }
}
