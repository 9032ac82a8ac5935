import type { Room } from '../../kernel/registry.ts'
import { acceptSuggestion, addSuggestion, declineSuggestion } from './suggestion.actions.ts'
import { Suggestion } from './suggestion.model.ts'

export const SUGGESTION: Room = {
  name: 'suggestion',
  title: 'Suggestions',
  records: [Suggestion],
  actions: [addSuggestion, acceptSuggestion, declineSuggestion],
  permissions: { 'suggestion.decide': 'Accept and decline suggestions' },
}
