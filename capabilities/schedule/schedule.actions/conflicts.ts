import { z } from 'zod'
import { query } from '../../../kernel/action.ts'
import { ref } from '../../../kernel/record.ts'
import { CONFLICT_KINDS, conflictsAnswer } from '../schedule.rules/conflicts.ts'
import { plansSharing } from '../schedule.rules/load.ts'
import { computePlan } from '../schedule.rules/view.ts'

/** Everything in which a plan contradicts itself, with the tasks and what would mend it. */
export const conflictsOfSchedule = query('schedule.conflicts', {
  title: 'List what conflicts in a plan',
  about:
    'Constraints against links with the chain, paths without room, missed deadlines, dates set by hand against links, people with too much to do, work begun out of sequence or put in time off, ignored links: counted by kind, each with a sentence, its tasks and a fix where there is one.',
  allow: 'schedule.read',
  input: z.strictObject({
    project: ref('project', 'Project'),
    kinds: z
      .array(z.enum(CONFLICT_KINDS))
      .max(CONFLICT_KINDS.length)
      .meta({ title: 'Kinds', description: 'Default: all' })
      .optional(),
    offset: z.int().min(0).max(1_000_000).meta({ title: 'From' }).default(0),
    limit: z.int().min(0).max(500).meta({ title: 'At most' }).default(100),
  }),
  run: async (read, { project, ...asked }) => {
    const computed = await computePlan(read, project)
    return { seq: read.seq, ...conflictsAnswer(computed, await plansSharing(read, computed), asked) }
  },
})
