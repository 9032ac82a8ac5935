import { z } from 'zod'
import { action, query } from '../../../kernel/action.ts'
import { Fault } from '../../../kernel/fault.ts'
import { ref } from '../../../kernel/record.ts'
import { Task } from '../schedule.model.ts'
import { levelled, levelPreview } from '../schedule.rules/level.ts'
import { computePlan } from '../schedule.rules/view.ts'

const settings = {
  project: ref('project', 'Project'),
  room: z
    .enum(['extend', 'withinSlack'])
    .meta({ title: 'Room', description: 'Whether the finish may move, or tasks stay within their slack' })
    .default('extend'),
  schedules: z.int().min(0).max(100_000).meta({ title: 'Schedules to try' }).default(500),
  seed: z.int().min(0).max(2_147_483_647).meta({ title: 'Seed' }).default(1),
}

/** What levelling would do, with a reason for every moved task. Changes nothing. */
export const previewLevelling = query('schedule.levelPreview', {
  title: 'Preview levelling',
  about:
    'Which tasks would be delayed so that nobody is over-allocated, by how much and why, and the finish before and after.',
  allow: 'schedule.read',
  input: z.strictObject(settings),
  run: async (read, { project, ...how }) => ({
    seq: read.seq,
    ...levelPreview(await computePlan(read, project), how),
  }),
})

/** Delays tasks as the preview with the same settings said: all of them, or the accepted ones. */
export const levelSchedule = action('schedule.level', {
  title: 'Level a plan',
  about:
    'Sets the levelling delays of a preview: of all its tasks, or only of those accepted. One undo takes them back.',
  allow: 'schedule.write',
  input: z.strictObject({
    ...settings,
    tasks: z.array(ref('task', 'Accepted task')).max(100_000).meta({ title: 'Accepted tasks' }).optional(),
  }),
  prepare: async (read, { project, tasks, ...how }, { progress, signal }) => {
    const computed = await computePlan(read, project)
    progress(0.1, 'levelling')
    signal.throwIfAborted()
    const { moves } = levelled(computed, how)
    const accepted = tasks === undefined ? undefined : new Set(tasks)
    const known = new Set(moves.map(({ task }) => task))
    const strange = tasks?.filter((task) => !known.has(task)) ?? []
    if (strange.length > 0) {
      throw new Fault(
        'schedule.notLevelled',
        'Levelling with these settings does not move one of the accepted tasks.',
        {
          tasks: strange.slice(0, 20),
        },
      )
    }
    return new Map(
      moves
        .filter(({ task }) => !accepted || accepted.has(task))
        .map((move) => [move.task, move.delayMinutes]),
    )
  },
  run: async (tx, _input, delays) => {
    const rows = await tx.many(Task, [...delays.keys()])
    await tx.changeAll(
      Task,
      rows.map((row) => {
        const delay = delays.get(row.id) ?? 0
        return {
          row,
          patch: { levelingDelayMinutes: delay === 0 ? undefined : delay, levelingDelayElapsed: undefined },
        }
      }),
    )
    return { tasks: rows.length }
  },
})
