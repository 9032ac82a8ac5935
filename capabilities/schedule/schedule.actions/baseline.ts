import { z } from 'zod'
import { action } from '../../../kernel/action.ts'
import { timeOf } from '../../../kernel/day.ts'
import { Fault } from '../../../kernel/fault.ts'
import { ref } from '../../../kernel/record.ts'
import { Baseline } from '../schedule.model.ts'
import { keepLines } from '../schedule.rules/baseline.ts'
import { computePlan } from '../schedule.rules/view.ts'

export const takeBaseline = action('baseline.take', {
  title: 'Take a baseline',
  about: 'Freezes all dates, durations and work of the plan as it is now, under a number from 0 to 10.',
  allow: 'schedule.write',
  input: z.strictObject({
    id: z.uuid().meta({ title: 'Id' }),
    project: ref('project', 'Project'),
    number: Baseline.schema.shape.number,
    name: Baseline.schema.shape.name,
    replace: z
      .boolean()
      .meta({ title: 'Replace', description: 'Replaces the baseline of that number' })
      .default(false),
  }),
  prepare: async (read, { project }, { keep, progress }) => {
    const { rows, scheduleOf } = await computePlan(read, project)
    progress(0.5, 'freezing the dates')
    const tasks = rows.tasks.flatMap(({ id }) => {
      const dates = scheduleOf.get(id)
      if (!dates) return []
      const { startMinute, finishMinute, durationMinutes, workMinutes } = dates
      return [{ id, start: timeOf(startMinute), finish: timeOf(finishMinute), durationMinutes, workMinutes }]
    })
    const assignments = rows.assignments.map(({ id, workMinutes }) => ({ id, workMinutes: workMinutes ?? 0 }))
    return keepLines(keep, { tasks, assignments, resources: [] })
  },
  run: async (tx, { id, project, number, name, replace }, kept) => {
    const present = (await tx.all(Baseline, { project })).find((row) => row.number === number)
    if (present && !replace) {
      throw new Fault(
        'baseline.taken',
        `Baseline ${number} was taken on ${present.takenAt.slice(0, 10)}. Say whether to replace it.`,
        { number },
      )
    }
    if (present) await tx.remove(Baseline, [present.id])
    await tx.put(Baseline, {
      id,
      project,
      number,
      takenAt: tx.at,
      ...(name === undefined ? {} : { name }),
      ...kept,
    })
    return { number, tasks: kept.taskCount }
  },
})
