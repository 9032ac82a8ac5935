import { z } from 'zod'
import { line, record, ref } from '../../kernel/record.ts'

/** An action that somebody, mostly a program, would perform, until a person has decided. */
export const Suggestion = record(
  'suggestion',
  {
    title: line('Title', 120),
    action: z.string().max(80).meta({ title: 'Action' }),
    input: z.record(z.string(), z.json()).meta({ title: 'Input of the action' }),
    why: line('Why', 1000),
    state: z.enum(['waiting', 'accepted', 'declined']).meta({ title: 'State' }),
    by: z.uuid().meta({ title: 'Suggested by', description: 'A person or a token' }),
    decidedBy: ref('person', 'Decided by').optional(),
    reply: line('Reply', 1000).optional(),
  },
  { title: 'Suggestion', scope: 'either', index: ['state', 'by'] },
)
