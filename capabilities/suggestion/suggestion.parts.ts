import { type DeskItem, part } from '../../kernel/part.ts'
import { Person, Token } from '../people/people.model.ts'
import { Suggestion } from './suggestion.model.ts'

/** Suggestions that wait for somebody who may decide. */
export const waitingSuggestions = part('desk', 'suggestion.waiting', {
  title: 'Suggestions to decide',
  allow: 'suggestion.decide',
  run: async (read): Promise<DeskItem[]> => {
    const rows = await read.all(Suggestion, { field: { name: 'state', values: ['waiting'] } })
    const mine = rows.filter(({ project }) => read.allows('suggestion.decide', project))
    if (mine.length === 0) return []
    const names = new Map(
      [...(await read.all(Person)), ...(await read.all(Token))].map(({ id, name }) => [id, name]),
    )
    return mine.map(({ id, project, title, why, by }) => ({
      key: `suggestion/${id}`,
      group: 'decide',
      title: `${names.get(by) ?? 'Somebody'} suggests: ${title.toLowerCase()}`,
      why,
      project,
      due: null,
      href: '/desk',
      offers: [
        { label: 'Accept', action: 'suggestion.accept', input: { suggestion: id } },
        { label: 'Decline', action: 'suggestion.decline', input: { suggestion: id }, asks: 'reply' },
      ],
    }))
  },
})
