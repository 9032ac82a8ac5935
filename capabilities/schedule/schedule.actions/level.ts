import { z } from 'zod'
import { action, query } from '../../../kernel/action.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import { day, ref } from '../../../kernel/record.ts'
import { Assignment, Task } from '../schedule.model.ts'
import { isBackwards, levelPreview, levelWrites, stepText } from '../schedule.rules/level.ts'
import { resourceCriticalAnswer } from '../schedule.rules/level-critical.ts'
import {
  type LevelSettings,
  MOST_SCHEDULES,
  plansOf,
  searchLevelling,
} from '../schedule.rules/level-search.ts'
import { computePlan } from '../schedule.rules/view.ts'

const settings = {
  project: ref('project', 'Project'),
  with: z
    .array(ref('project', 'Project'))
    .max(20)
    .meta({
      title: 'Together with',
      description: 'Other projects whose tasks move too; people they share are there once',
    })
    .optional(),
  room: z
    .enum(['extend', 'withinSlack'])
    .meta({ title: 'Room', description: 'Whether the finish may move, or tasks stay within their slack' })
    .default('extend'),
  splitting: z
    .boolean()
    .meta({ title: 'Splitting', description: 'Whether work may be interrupted, also that of started tasks' })
    .default(false),
  order: z
    .enum(['priority', 'standard', 'plan'])
    .meta({
      title: 'Order',
      description: 'Who goes first: by priority, then slack; by slack, then priority; as in the plan',
    })
    .default('priority'),
  from: day('From').optional(),
  to: day('To').optional(),
  schedules: z.int().min(0).max(MOST_SCHEDULES).meta({ title: 'Schedules to try' }).default(500),
  seed: z.int().min(0).max(2_147_483_647).meta({ title: 'Seed' }).default(1),
}

type Given = LevelSettings & { readonly project: string; readonly with?: readonly string[] | undefined }

function settingsOf({ room, splitting, order, from, to, schedules, seed }: Given): LevelSettings {
  if (isBackwards(from, to))
    throw new Fault('schedule.daysBackwards', 'The last day lies before the first.', {
      from: from ?? null,
      to: to ?? null,
    })
  return { room, splitting, order, from, to, schedules, seed }
}

/** What levelling would do, with a reason for every moved task. Changes nothing. */
export const previewLevelling = query('schedule.levelPreview', {
  title: 'Preview levelling',
  about:
    'Which tasks would be delayed or interrupted so that nobody is over-allocated, by how much and why, and the finish before and after. Asked again with more schedules (`triedNext`), the same search goes on.',
  allow: 'schedule.read',
  input: z.strictObject(settings),
  run: async (read, input) => {
    const how = settingsOf(input)
    const plans = await plansOf(read, [input.project, ...(input.with ?? [])])
    return { seq: read.seq, ...levelPreview(plans, await searchLevelling(read, plans, how)) }
  },
})

/** Delays tasks as the preview with the same settings said: all of them, or the accepted ones. */
export const levelSchedule = action('schedule.level', {
  title: 'Level a plan',
  about:
    'Sets the levelling delays and interruptions of a preview: of all its tasks, or only of those accepted; of several projects at once. One undo takes them back.',
  allow: 'schedule.write',
  input: z.strictObject({
    ...settings,
    tasks: z.array(ref('task', 'Accepted task')).max(100_000).meta({ title: 'Accepted tasks' }).optional(),
  }),
  prepare: async (read, input, { progress, signal }) => {
    const how = settingsOf(input)
    const projects = [input.project, ...(input.with ?? [])]
    demandWrite(read, projects)
    const plans = await plansOf(read, projects)
    progress(0.05, 'levelling')
    const step = await searchLevelling(read, plans, how, (reached) => {
      signal.throwIfAborted()
      progress(0.05 + (0.9 * reached.tried) / Math.max(1, how.schedules), stepText(reached))
    })
    const answer = step.answer()
    const known = new Set(answer.moves.map(({ task }) => task))
    const strange = input.tasks?.filter((task) => !known.has(task)) ?? []
    if (strange.length > 0)
      throw new Fault(
        'schedule.notLevelled',
        'Levelling with these settings does not move one of the accepted tasks.',
        { tasks: strange.slice(0, 20) },
      )
    return levelWrites(answer, input.tasks && new Set(input.tasks))
  },
  run: async (tx, _input, writes) => {
    const tasks = await tx.many(Task, [...writes.tasks.keys()])
    await tx.changeAll(
      Task,
      tasks.map((row) => ({ row, patch: writes.tasks.get(row.id) ?? {} })),
    )
    const assignments = await tx.many(Assignment, [...writes.assignments.keys()])
    await tx.changeAll(
      Assignment,
      assignments.map((row) => ({ row, patch: writes.assignments.get(row.id) ?? {} })),
    )
    return { tasks: tasks.length }
  },
})

/** Long work is not begun for what may not be written in the end. */
function demandWrite(read: Read, projects: readonly string[]): void {
  for (const project of projects)
    if (!read.allows('schedule.write', project))
      throw new Fault('access.denied', 'You have no right to do this here.', { permission: 'schedule.write' })
}

/** Slack and the critical path with people counted in. */
export const resourceCriticalPath = query('schedule.resourceCritical', {
  title: 'Critical path with people',
  about:
    'Slack of each task when people are counted in, the chain of tasks and people that sets the finish, and who waits for whom.',
  allow: 'schedule.read',
  input: z.strictObject({ project: settings.project }),
  run: async (read, { project }) => ({
    seq: read.seq,
    ...resourceCriticalAnswer(await computePlan(read, project)),
  }),
})
