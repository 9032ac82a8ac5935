import { z } from 'zod'
import { line, record } from '../../kernel/record.ts'

/** One action of a template. */
const step = z.strictObject({
  action: z.string().max(80).meta({ title: 'Action' }),
  input: z.record(z.string(), z.json()).meta({ title: 'Input' }),
})

export type Step = z.output<typeof step>

/** A project to begin with: the actions that make it, with places for what is only known when it is used. */
export const Template = record(
  'template',
  {
    name: line('Name', 120),
    about: line('What it is for', 1000),
    method: z.enum(['waterfall', 'scrum', 'kanban', 'hybrid', 'pm2']).meta({ title: 'Method' }).optional(),
    steps: z.array(step).min(1).max(5000).meta({ title: 'Steps' }),
    /** Set on those that come with the product. */
    standard: z.literal(true).meta({ title: 'Comes with Helmward' }).optional(),
  },
  { title: 'Template', scope: 'workspace', unique: ['name'] },
)
