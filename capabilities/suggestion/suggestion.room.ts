import type { Room } from '../../kernel/registry.ts'
import { acceptSuggestion, addSuggestion, declineSuggestion } from './suggestion.actions.ts'
import { Suggestion } from './suggestion.model.ts'
import { waitingSuggestions } from './suggestion.parts.ts'

export const SUGGESTION: Room = {
  name: 'suggestion',
  title: 'Suggestions',
  records: [Suggestion],
  actions: [addSuggestion, acceptSuggestion, declineSuggestion],
  parts: [waitingSuggestions],
  permissions: { 'suggestion.decide': 'Accept and decline suggestions' },
}
