import { z } from 'zod'
import { action } from '../../../kernel/action.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Patch } from '../../../kernel/ledger/tx.ts'
import { applied, patchShape, ref, type Stored } from '../../../kernel/record.ts'
import { Resource } from '../../people/people.model.ts'
import { Assignment, Task } from '../schedule.model.ts'

const assignment = ref('assignment', 'Assignment')

export const assignTasks = action('task.assign', {
  title: 'Assign tasks',
  about: 'Gives tasks to resources. Work follows from the duration and the units unless it is said.',
  allow: 'schedule.write',
  input: z.strictObject({
    assignments: z
      .array(
        z.strictObject({
          id: z.uuid().meta({ title: 'Id' }),
          task: Assignment.schema.shape.task,
          resource: ref('resource', 'Resource'),
          units: Assignment.schema.shape.units,
          workMinutes: Assignment.schema.shape.workMinutes,
        }),
      )
      .min(1)
      .max(100_000),
  }),
  run: async (tx, { assignments }) => {
    const tasks = await tx.many(
      Task,
      assignments.map(({ task }) => task),
    )
    const resources = await tx.many(
      Resource,
      assignments.map(({ resource }) => resource),
    )
    const present = await tx.all(Assignment, { field: { name: 'task', values: tasks.map(({ id }) => id) } })
    const taken = new Set(present.map(({ task, resource }) => `${task}/${resource}`))
    const rows = assignments.map((row, index) => {
      const task = tasks[index]
      if (taken.has(`${row.task}/${row.resource}`)) {
        const name = resources[index]?.name
        throw new Fault('assignment.taken', `"${task?.name}" is assigned to ${name} already.`, {
          task: row.task,
          resource: row.resource,
        })
      }
      taken.add(`${row.task}/${row.resource}`)
      const works = resources[index]?.type === 'work'
      const workMinutes =
        row.workMinutes ?? (works ? (task?.durationMinutes ?? 0) * (row.units ?? 1) : undefined)
      const work = workMinutes === undefined ? {} : { workMinutes, remainingWorkMinutes: workMinutes }
      return { ...row, ...work, project: task?.project ?? null }
    })
    await tx.putAll(Assignment, rows)
  },
})

export const editAssignments = action('assignment.edit', {
  title: 'Edit assignments',
  about: 'Changes units or work of assignments.',
  allow: 'schedule.write',
  input: z.strictObject({
    assignments: z
      .array(
        z.strictObject({
          id: assignment,
          units: patchShape(Assignment).units,
          workMinutes: patchShape(Assignment).workMinutes,
        }),
      )
      .min(1)
      .max(100_000),
  }),
  run: async (tx, { assignments }) => {
    const rows = await tx.many(
      Assignment,
      assignments.map(({ id }) => id),
    )
    const changes = assignments.flatMap(({ id: _id, ...patch }, index) => {
      const row = rows[index]
      return row
        ? [{ row, patch: { ...applied(patch), ...remainingAfter(row, patch), timephased: undefined } }]
        : []
    })
    await tx.changeAll(Assignment, changes)
  },
})

/** What remains when the work of an assignment is said anew. */
function remainingAfter(
  { actualWorkMinutes }: Stored<typeof Assignment>,
  { workMinutes }: { workMinutes?: number | null | undefined },
): Patch<typeof Assignment> {
  if (workMinutes === undefined) return {}
  if (workMinutes === null) return { remainingWorkMinutes: undefined }
  return { remainingWorkMinutes: Math.max(0, workMinutes - (actualWorkMinutes ?? 0)) }
}

export const unassignTasks = action('task.unassign', {
  title: 'Take back assignments',
  about: 'Removes assignments.',
  allow: 'schedule.write',
  input: z.strictObject({ assignments: z.array(assignment).min(1).max(100_000) }),
  run: async (tx, { assignments }) => tx.remove(Assignment, assignments),
})
