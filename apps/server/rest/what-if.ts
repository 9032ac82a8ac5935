import { z } from 'zod'
import { Token } from '../../../capabilities/people/people.model.ts'
import { type Actor, SYSTEM } from '../../../kernel/access.ts'
import type { Ledger } from '../../../kernel/ledger/ledger.ts'
import { checked } from '../../../kernel/ledger/read.ts'
import type { Door } from './doors.ts'
import { untilGone } from './headers.ts'

const Supposed = z.strictObject({
  suppose: z
    .array(z.strictObject({ action: z.string().max(80), input: z.record(z.string(), z.json()).default({}) }))
    .min(1)
    .max(50),
  ask: z.strictObject({ query: z.string().max(80), input: z.record(z.string(), z.json()).default({}) }),
})

/** Stands in the input of the question for the number of the last real change. */
export const BEFORE = '$before'

/**
 * `POST /api/what-if { suppose: [{ action, input }], ask: { query, input } }`: performs actions on a fork in memory, asks
 * there, and forgets it all. Answers `{ seq, output }`, `seq` being the change on which it rests; `"$before"` in the input
 * of the question stands for it, so that a plan can be compared with itself as it is.
 */
export const whatIfDoor: Door = (server, house, who) => {
  server.post('/api/what-if', async (request, reply) => {
    const actor = await who(request)
    const { suppose, ask } = checked(Supposed, request.body ?? {}, 'what-if') as z.output<typeof Supposed>
    const fork = await house.ledger.fork()
    try {
      const seq = await fork.head()
      const doer = await whoseRights(fork, actor)
      const signal = untilGone(reply)
      for (const { action, input } of suppose)
        await fork.perform({ actor: doer, action, input, via: 'what-if', signal })
      return { seq, output: (await fork.ask(actor, ask.query, atBefore(ask.input, seq))) ?? null }
    } finally {
      await fork.close()
    }
  })
}

/** What is only supposed is done by the rights of a token's owner: nothing of it stays, and the token still reads alone. */
async function whoseRights(ledger: Ledger, actor: Actor): Promise<Actor> {
  if (actor.kind !== 'token') return actor
  const { person } = await ledger.read(SYSTEM, (read) => read.get(Token, actor.id))
  return { kind: 'person', id: person, name: actor.name }
}

function atBefore(value: unknown, seq: number): unknown {
  if (value === BEFORE) return seq
  if (Array.isArray(value)) return value.map((each) => atBefore(each, seq))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, atBefore(each, seq)]))
}
