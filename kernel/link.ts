import { z } from 'zod'
import { action, query } from './action.ts'
import { Fault } from './fault.ts'
import { record } from './record.ts'
import type { Room } from './registry.ts'

/** What one record is to another, read from the first to the second. */
export const LINK_TYPES = [
  'causes',
  'resolves',
  'implements',
  'decides',
  'evidences',
  'affects',
  'relatesTo',
] as const

const end = (title: string) =>
  z
    .strictObject({
      kind: z
        .string()
        .max(60)
        .meta({ title: `${title}: kind` }),
      id: z.uuid().meta({ title: `${title}: id` }),
    })
    .meta({ title })

/**
 * A typed link between any two records: the trace from a risk to the issue it became, the change that answered it, the
 * decision and the baseline. It lives in the kernel, so that rooms can be joined without importing one another.
 * (The `link` of a plan is a dependency between tasks; this one is called `trace` at every door.)
 */
export const Trace = record(
  'trace',
  {
    from: end('From'),
    to: end('To'),
    type: z.enum(LINK_TYPES).meta({ title: 'Type' }),
    /** `kind/id` of both ends, by which traces are found. */
    fromKey: z.string().max(120).meta({ title: 'From' }),
    toKey: z.string().max(120).meta({ title: 'To' }),
  },
  { title: 'Trace', scope: 'either', unique: ['fromKey', 'toKey', 'type'], index: ['fromKey', 'toKey'] },
)

const keyOf = ({ kind, id }: { kind: string; id: string }) => `${kind}/${id}`

export const addTrace = action('trace.add', {
  title: 'Trace a record to another',
  about: 'Links any two records that one may see, with what the first is to the second.',
  allow: 'trace.write',
  input: z.strictObject({
    id: z.uuid().meta({ title: 'Id' }),
    from: Trace.schema.shape.from,
    to: Trace.schema.shape.to,
    type: Trace.schema.shape.type,
  }),
  run: async (tx, { id, from, to, type }) => {
    if (keyOf(from) === keyOf(to))
      throw new Fault('trace.toItself', 'A record cannot be traced to itself.', { from })
    const row = await tx.get(tx.record(from.kind), from.id)
    await tx.get(tx.record(to.kind), to.id)
    await tx.put(Trace, { id, project: row.project, from, to, type, fromKey: keyOf(from), toKey: keyOf(to) })
  },
})

export const removeTrace = action('trace.remove', {
  title: 'Remove a trace',
  about: 'Takes a link between two records away.',
  allow: 'trace.write',
  input: z.strictObject({ id: z.uuid().meta({ title: 'Trace', ref: 'trace' }) }),
  run: async (tx, { id }) => tx.remove(Trace, [id]),
})

export const tracesOf = query('trace.of', {
  title: 'Traces of a record',
  about: 'What a record is linked to, in both directions; ends that one may not see are left out.',
  allow: 'trace.read',
  input: z.strictObject({
    kind: z.string().max(60).meta({ title: 'Kind' }),
    id: z.uuid().meta({ title: 'Record' }),
  }),
  run: async (read, of) => {
    await read.get(read.record(of.kind), of.id)
    const key = keyOf(of)
    const out = await read.all(Trace, { field: { name: 'fromKey', values: [key] } })
    const back = await read.all(Trace, { field: { name: 'toKey', values: [key] } })
    const seen = []
    for (const trace of [...out, ...back]) {
      const other = trace.fromKey === key ? trace.to : trace.from
      if (!(await read.find(read.record(other.kind), other.id))) continue
      seen.push({ id: trace.id, type: trace.type, direction: trace.fromKey === key ? 'to' : 'from', other })
    }
    return seen
  },
})

/** The kernel's own room: traces between the records of all others. */
export const TRACE: Room = {
  name: 'trace',
  title: 'Traces',
  records: [Trace],
  actions: [addTrace, removeTrace],
  queries: [tracesOf],
}
