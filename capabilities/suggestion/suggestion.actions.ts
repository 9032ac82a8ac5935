import { z } from 'zod'
import { action } from '../../kernel/action.ts'
import { Fault } from '../../kernel/fault.ts'
import type { Read } from '../../kernel/ledger/tx.ts'
import { ref, type Stored } from '../../kernel/record.ts'
import { Suggestion } from './suggestion.model.ts'

const suggestion = z.uuid().meta({ title: 'Suggestion', ref: 'suggestion' })

export const addSuggestion = action('suggestion.add', {
  title: 'Suggest an action',
  about:
    'Writes down an action that a person may then perform by one click, with the reason; nothing is performed yet.',
  allow: 'suggestion.write',
  input: z.strictObject({
    id: z.uuid().meta({ title: 'Id', description: 'Made by the caller.' }),
    project: ref('project', 'Project')
      .meta({
        title: 'Project',
        ref: 'project',
        description: 'Absent: the project of what the action names.',
      })
      .optional(),
    ...Suggestion.schema.pick({ action: true, input: true, why: true }).shape,
  }),
  run: async (tx, { id, project, ...wish }) => {
    const { title, final, names } = tx.intent(wish.action, wish.input)
    if (final !== undefined) {
      throw new Fault('suggestion.final', `"${title}" cannot be undone, so a person must do it directly.`, {
        action: wish.action,
      })
    }
    const places: (string | null)[] = []
    for (const { kind, id: named } of names) places.push((await tx.get(tx.record(kind), named)).project)
    const place = project ?? places.find((each) => each !== null) ?? null
    const row = { id, project: place, title, ...wish, state: 'waiting' as const, by: tx.actor.id }
    await tx.put(Suggestion, row)
  },
})

export const acceptSuggestion = action('suggestion.accept', {
  title: 'Accept a suggestion',
  about: 'Performs what was suggested, with your own rights, as one change that is undone together.',
  allow: 'suggestion.decide',
  input: z.strictObject({ suggestion }),
  prepare: async (read, input, preparing) => {
    const { action: name, input: wish } = await waiting(read, input.suggestion)
    return { ofAction: await preparing.prepare(name, wish) }
  },
  run: async (tx, input, { ofAction }) => {
    const row = await waiting(tx, input.suggestion)
    demandPerson(tx)
    await tx.change(Suggestion, row, { state: 'accepted', decidedBy: tx.actor.id })
    return tx.perform(row.action, row.input, ofAction)
  },
})

export const declineSuggestion = action('suggestion.decline', {
  title: 'Decline a suggestion',
  about: 'Answers a suggestion with no and the reason.',
  allow: 'suggestion.decide',
  input: z.strictObject({ suggestion, reply: Suggestion.schema.shape.reply }),
  run: async (tx, { suggestion: id, reply }) => {
    const row = await waiting(tx, id)
    demandPerson(tx)
    await tx.change(Suggestion, row, { state: 'declined', decidedBy: tx.actor.id, reply })
  },
})

async function waiting(read: Read, id: string): Promise<Stored<typeof Suggestion>> {
  const row = await read.get(Suggestion, id)
  if (row.state === 'waiting') return row
  throw new Fault('suggestion.decided', `This suggestion was ${row.state} already.`, { id, state: row.state })
}

function demandPerson(read: Read): void {
  if (read.actor.kind === 'person') return
  throw new Fault('suggestion.notAPerson', 'A person decides about suggestions, not a program.')
}
