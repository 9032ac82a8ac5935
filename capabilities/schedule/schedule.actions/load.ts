import { z } from 'zod'
import { query } from '../../../kernel/action.ts'
import { day, ref } from '../../../kernel/record.ts'
import { loadAnswer, plansSharing } from '../schedule.rules/load.ts'
import { computePlan } from '../schedule.rules/view.ts'

/** How much everybody has to do and could do, a day, week or month at a time. */
export const loadOfSchedule = query('schedule.load', {
  title: 'Show who is busy when',
  about:
    'Work and capacity of each person by day, week or month, most overloaded first: minutes, percent and the peak at one moment. Of what they do in other projects as much as you may read. One person is answered task by task.',
  allow: 'schedule.read',
  input: z.strictObject({
    project: ref('project', 'Project'),
    by: z.enum(['day', 'week', 'month']).meta({ title: 'Period' }).default('week'),
    from: day('From').meta({ description: 'Default: the start of the plan' }).optional(),
    to: day('To').meta({ description: 'Default: the finish of the plan' }).optional(),
    resource: ref('resource', 'Person').optional(),
    group: z.string().max(255).meta({ title: 'Group' }).optional(),
    figures: z
      .boolean()
      .meta({ title: 'With figures', description: 'No: only each person’s peak, for long lists' })
      .default(true),
    others: z.boolean().meta({ title: 'With other projects' }).default(true),
    offset: z.int().min(0).max(1_000_000).meta({ title: 'From the person' }).default(0),
    limit: z.int().min(1).max(500).meta({ title: 'People' }).default(100),
  }),
  run: async (read, { project, others, ...asked }) => {
    const computed = await computePlan(read, project)
    return {
      seq: read.seq,
      ...loadAnswer(computed, others ? await plansSharing(read, computed) : [], asked),
    }
  },
})
