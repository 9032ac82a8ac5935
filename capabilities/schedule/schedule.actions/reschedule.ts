import { z } from 'zod'
import { rescheduleUncompleted } from '../../../engine/reschedule.ts'
import { action } from '../../../kernel/action.ts'
import { minuteOf, timeOf } from '../../../kernel/day.ts'
import { Fault } from '../../../kernel/fault.ts'
import { localTime, ref } from '../../../kernel/record.ts'
import { Task } from '../schedule.model.ts'
import { outline } from '../schedule.rules/outline.ts'
import { buildPlan, readPlan, refusalFault } from '../schedule.rules/plan.ts'

/** Moves what is not done out of the past, as "Update Project" of Microsoft Project does. */
export const rescheduleSchedule = action('schedule.reschedule', {
  title: 'Reschedule uncompleted work',
  about:
    'Lets nothing that is still to be done lie before the status date: what has not begun starts no earlier, what is under way goes on there. Tasks with a date of their own stay and are named.',
  allow: 'schedule.write',
  input: z.strictObject({
    project: ref('project', 'Project'),
    after: localTime('To start after')
      .meta({ title: 'To start after', description: 'Absent: the status date of the project' })
      .optional(),
  }),
  run: async (tx, { project, after }) => {
    const rows = await readPlan(tx, project)
    const status = after ?? rows.project.statusDate
    if (status === undefined)
      throw new Fault(
        'schedule.noStatusDate',
        'Say after which moment, or set a status date of the project.',
        {
          project,
        },
      )
    const answer = rescheduleUncompleted(buildPlan(rows, outline(rows.tasks)), minuteOf(status))
    if ('refused' in answer) throw refusalFault(answer.refused, rows.tasks)
    const rowOf = new Map(rows.tasks.map((row) => [row.id, row]))
    const changes = answer.changes.flatMap((change) => {
      const row = rowOf.get(change.task)
      if (!row) return []
      const patch =
        'resumeMinute' in change
          ? { stop: timeOf(change.stopMinute), resume: timeOf(change.resumeMinute) }
          : { constraint: change.constraint, constraintAt: timeOf(change.constraintMinute) }
      return [{ row, patch }]
    })
    await tx.changeAll(Task, changes)
    const kept = answer.kept.map(({ task, reason }) => ({ task, name: rowOf.get(task)?.name ?? '', reason }))
    return { changed: changes.length, kept }
  },
})
