import { z } from 'zod'
import { action } from '../../../kernel/action.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Tx } from '../../../kernel/ledger/tx.ts'
import { applied, localTime, patchShape, ref, type Stored } from '../../../kernel/record.ts'
import { Project } from '../../project/project.model.ts'
import { Assignment, CONSTRAINTS, Link, Task } from '../schedule.model.ts'
import { childrenOf, type TaskRow, withDescendants } from '../schedule.rules/outline.ts'
import { rankBetween } from '../schedule.rules/rank.ts'
import { afterDurationChange, afterWorkChange } from '../schedule.rules/work.ts'
import { spreadLongRanks } from './spread.ts'

const project = ref('project', 'Project')
const task = ref('task', 'Task')

/** Fields of a task that a person edits as they are; order, place and progress have verbs of their own. */
const SAID = Task.schema.pick({
  name: true,
  notes: true,
  mode: true,
  milestone: true,
  type: true,
  effortDriven: true,
  durationMinutes: true,
  durationElapsed: true,
  durationUnit: true,
  estimated: true,
  workMinutes: true,
  deadline: true,
  calendar: true,
  ignoreResourceCalendar: true,
  priority: true,
  physicalPercentComplete: true,
  inactive: true,
  responsible: true,
})
const said = patchShape({ ...Task, schema: SAID } as unknown as typeof Task) as unknown as ReturnType<
  typeof patchShape<typeof SAID.shape>
>

export const createTask = action('task.create', {
  title: 'Add a task',
  about: 'Adds a task after another, or as the last below a summary task; at the end when neither is said.',
  allow: 'schedule.write',
  input: z.strictObject({
    id: z.uuid().meta({ title: 'Id' }),
    project,
    name: Task.schema.shape.name,
    after: ref('task', 'After').optional(),
    parent: ref('task', 'Summary task').optional(),
    durationMinutes: Task.schema.shape.durationMinutes,
    milestone: Task.schema.shape.milestone,
  }),
  run: async (tx, { id, project: owner, after, parent, name, durationMinutes, milestone }) => {
    const tasks = await tx.all(Task, { project: owner })
    const place = placeAfter(tasks, after, parent)
    const isMilestone = milestone ?? durationMinutes === 0
    const estimated = durationMinutes === undefined && !isMilestone
    const { minutesPerDay } = await tx.get(Project, owner)
    await tx.put(Task, {
      id,
      project: owner,
      name,
      ...place,
      durationMinutes: durationMinutes ?? (isMilestone ? 0 : minutesPerDay),
      ...(estimated ? { estimated: true } : {}),
      ...(isMilestone ? { milestone: true } : {}),
    })
    await spreadLongRanks(tx, owner, [place.rank])
    return { id }
  },
})

function placeAfter(tasks: readonly TaskRow[], after: string | undefined, parent: string | undefined) {
  const children = childrenOf(tasks)
  const before = after === undefined ? undefined : tasks.find(({ id }) => id === after)
  if (after !== undefined && !before)
    throw new Fault('task.missing', 'The task to stand after was not found.', { ids: [after] })
  const above = before ? before.parent : parent
  if (above !== undefined && !tasks.some(({ id }) => id === above)) {
    throw new Fault('task.missing', 'The summary task was not found.', { ids: [above] })
  }
  const siblings = children.get(above ?? null) ?? []
  const index = before ? siblings.findIndex(({ id }) => id === before.id) : siblings.length - 1
  const rank = rankBetween(siblings[index]?.rank, siblings[index + 1]?.rank)
  return { rank, ...(above === undefined ? {} : { parent: above }) }
}

export const editTasks = action('task.edit', {
  title: 'Edit tasks',
  about:
    'Changes fields of one or many tasks. A typed start or finish becomes a constraint (start or finish no earlier than), as in Microsoft Project, or the said date of a task scheduled by hand.',
  allow: 'schedule.write',
  input: z.strictObject({
    tasks: z
      .array(
        z.strictObject({
          id: task,
          ...said,
          start: localTime('Start').optional(),
          finish: localTime('Finish').optional(),
        }),
      )
      .min(1)
      .max(100_000),
  }),
  run: async (tx, { tasks }) => {
    const rows = await tx.many(
      Task,
      tasks.map(({ id }) => id),
    )
    const assigned = await assignmentsOf(tx, rows)
    await refuseSummaryDurations(tx, rows, tasks)
    const changes = []
    const work = []
    for (const [index, { id: _id, start, finish, ...patch }] of tasks.entries()) {
      const row = rows[index] as TaskRow
      const own = assigned.get(row.id) ?? []
      const fields = { ...applied(patch), ...datesSaid(row, patch.mode ?? row.mode, start, finish) }
      const duration = fields.durationMinutes
      const effect =
        duration !== undefined && duration !== row.durationMinutes
          ? afterDurationChange(row, duration, own)
          : fields.workMinutes !== undefined && fields.workMinutes !== row.workMinutes
            ? afterWorkChange(row, fields.workMinutes, own)
            : { task: {}, assignments: [] }
      changes.push({ row, patch: { ...effect.task, ...fields } })
      work.push(...effect.assignments)
    }
    await tx.changeAll(Task, changes)
    await tx.changeAll(Assignment, work)
  },
})

/** The duration of a summary task follows from what is below it, unless it is scheduled by hand. */
async function refuseSummaryDurations(
  tx: Tx,
  rows: readonly TaskRow[],
  tasks: readonly { durationMinutes?: number | null | undefined; mode?: string | null | undefined }[],
): Promise<void> {
  const said = rows.filter((row, index) => {
    const { durationMinutes, mode } = tasks[index] ?? {}
    return durationMinutes !== undefined && (mode ?? row.mode) !== 'manual'
  })
  if (said.length === 0) return
  const below = await tx.all(Task, { field: { name: 'parent', values: said.map(({ id }) => id) } })
  const parents = new Set(below.map(({ parent }) => parent))
  const summary = said.find(({ id }) => parents.has(id))
  if (summary) {
    throw new Fault('task.isSummary', `The duration of "${summary.name}" follows from the tasks below it.`, {
      task: summary.id,
    })
  }
}

/** What a typed date means: said as it is for a task scheduled by hand, a constraint otherwise. */
function datesSaid(row: TaskRow, mode: TaskRow['mode'] | null | undefined, start?: string, finish?: string) {
  if (start === undefined && finish === undefined) return {}
  if (row.actualFinish !== undefined) {
    throw new Fault('task.finished', `"${row.name}" is finished; its dates are actual ones.`, {
      task: row.id,
    })
  }
  if (mode === 'manual') {
    return {
      ...(start === undefined ? {} : { manualStart: start }),
      ...(finish === undefined ? {} : { manualFinish: finish }),
    }
  }
  if (start !== undefined && finish !== undefined) {
    throw new Fault(
      'task.bothDates',
      `Say the start or the finish of "${row.name}"; the other follows from its duration.`,
      {
        task: row.id,
      },
    )
  }
  if (row.actualStart !== undefined && start !== undefined) return { actualStart: start }
  return start !== undefined
    ? { constraint: 'snet' as const, constraintAt: start }
    : { constraint: 'fnet' as const, constraintAt: finish }
}

/** Assignments of these tasks, by task. */
export async function assignmentsOf(
  tx: Tx,
  tasks: readonly TaskRow[],
): Promise<Map<string, Stored<typeof Assignment>[]>> {
  const rows = await tx.all(Assignment, { field: { name: 'task', values: tasks.map(({ id }) => id) } })
  const found = new Map<string, Stored<typeof Assignment>[]>()
  for (const row of rows) found.set(row.task, [...(found.get(row.task) ?? []), row])
  return found
}

export const constrainTasks = action('task.constrain', {
  title: 'Constrain tasks',
  about:
    'Sets or lifts a constraint: as soon or as late as possible, or no earlier, no later, or exactly on a date.',
  allow: 'schedule.write',
  input: z.strictObject({
    tasks: z
      .array(
        z.strictObject({
          id: task,
          constraint: z.enum(CONSTRAINTS).meta({ title: 'Constraint' }),
          at: localTime('Date').optional(),
        }),
      )
      .min(1)
      .max(100_000),
  }),
  run: async (tx, { tasks }) => {
    const rows = await tx.many(
      Task,
      tasks.map(({ id }) => id),
    )
    const changes = tasks.map(({ constraint, at }, index) => {
      const row = rows[index] as TaskRow
      const free = constraint === 'asap' || constraint === 'alap'
      if (!free && at === undefined) {
        throw new Fault('task.noConstraintDate', `The constraint of "${row.name}" needs a date.`, {
          task: row.id,
        })
      }
      const patch = {
        constraint: constraint === 'asap' ? undefined : constraint,
        constraintAt: free ? undefined : at,
      }
      return { row, patch }
    })
    await tx.changeAll(Task, changes)
  },
})

export const removeTasks = action('task.remove', {
  title: 'Remove tasks',
  about:
    'Removes tasks with everything below them, their links and assignments. One undo brings all of it back.',
  allow: 'schedule.write',
  input: z.strictObject({ tasks: z.array(task).min(1).max(100_000) }),
  run: async (tx, { tasks: ids }) => {
    const rows = await tx.many(Task, ids)
    const gone = new Set<string>()
    for (const owner of new Set(rows.map((row) => row.project))) {
      const inProject = rows.filter((row) => row.project === owner).map(({ id }) => id)
      for (const id of withDescendants(await tx.all(Task, { project: owner }), inProject)) gone.add(id)
    }
    const all = [...gone]
    const links = [
      ...(await tx.all(Link, { field: { name: 'predecessor', values: all } })),
      ...(await tx.all(Link, { field: { name: 'successor', values: all } })),
    ]
    const assignments = await tx.all(Assignment, { field: { name: 'task', values: all } })
    await tx.remove(Link, [...new Set(links.map(({ id }) => id))])
    await tx.remove(
      Assignment,
      assignments.map(({ id }) => id),
    )
    await tx.remove(Task, all)
    return { tasks: all.length, links: links.length, assignments: assignments.length }
  },
})
