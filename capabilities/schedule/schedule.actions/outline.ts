import { z } from 'zod'
import { action } from '../../../kernel/action.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Tx } from '../../../kernel/ledger/tx.ts'
import { ref } from '../../../kernel/record.ts'
import { Task } from '../schedule.model.ts'
import { childrenOf, outline, type TaskRow, withDescendants } from '../schedule.rules/outline.ts'
import { rankBetween } from '../schedule.rules/rank.ts'
import { spreadLongRanks } from './spread.ts'

const task = ref('task', 'Task')
const tasks = z.array(task).min(1).max(100_000)

export const indentTasks = action('task.indent', {
  title: 'Indent tasks',
  about: 'Puts each task below the one above it, which becomes its summary task.',
  allow: 'schedule.write',
  input: z.strictObject({ tasks }),
  run: (tx, input) =>
    replace(tx, input.tasks, (all, chosen) => {
      const moved: { row: TaskRow; parent: string | undefined; rank: string }[] = []
      const lastUnder = new Map<string, string>()
      const children = childrenOf(all)
      const aboveOf = tasksAbove(children, chosen)
      for (const row of inOrder(all, chosen)) {
        const above = aboveOf.get(row.id)
        if (!above)
          throw new Fault('task.nothingAbove', `There is no task above "${row.name}" to put it below.`, {
            task: row.id,
          })
        const rank = rankBetween(lastUnder.get(above.id) ?? children.get(above.id)?.at(-1)?.rank, undefined)
        lastUnder.set(above.id, rank)
        moved.push({ row, parent: above.id, rank })
      }
      return moved
    }),
})

export const outdentTasks = action('task.outdent', {
  title: 'Outdent tasks',
  about: 'Takes each task out of its summary task and puts it right after it.',
  allow: 'schedule.write',
  input: z.strictObject({ tasks }),
  run: (tx, input) =>
    replace(tx, input.tasks, (all, chosen) => {
      const byId = new Map(all.map((row) => [row.id, row]))
      const children = childrenOf(all)
      const lastAfter = new Map<string, string>()
      return inOrder(all, chosen).map((row) => {
        const parent = row.parent === undefined ? undefined : byId.get(row.parent)
        if (!parent)
          throw new Fault('task.atTop', `"${row.name}" is at the top level already.`, { task: row.id })
        const uncles = children.get(parent.parent ?? null) ?? []
        const next = uncles[uncles.findIndex(({ id }) => id === parent.id) + 1]
        const rank = rankBetween(lastAfter.get(parent.id) ?? parent.rank, next?.rank)
        lastAfter.set(parent.id, rank)
        return { row, parent: parent.parent, rank }
      })
    }),
})

export const moveTasks = action('task.move', {
  title: 'Move tasks',
  about: 'Moves tasks, with what is below them, right after another task, or to the top of a summary task.',
  allow: 'schedule.write',
  input: z.strictObject({
    tasks,
    after: ref('task', 'After').optional(),
    parent: ref('task', 'Summary task').optional().meta({
      title: 'Summary task',
      description: 'Used without `after`: becomes its first child; absent: first of the whole plan.',
    }),
  }),
  run: (tx, input) =>
    replace(tx, input.tasks, (all, chosen) => {
      const byId = new Map(all.map((row) => [row.id, row]))
      const after = input.after === undefined ? undefined : byId.get(input.after)
      const goal = input.after ?? input.parent
      if (goal !== undefined && !byId.has(goal))
        throw new Fault('task.missing', 'The place to move to was not found.', { ids: [goal] })
      if (goal !== undefined && withDescendants(all, [...chosen]).has(goal)) {
        throw new Fault('task.intoItself', 'A task cannot be moved into itself.', { task: goal })
      }
      const parent = after ? after.parent : input.parent
      const siblings = (childrenOf(all).get(parent ?? null) ?? []).filter(({ id }) => !chosen.has(id))
      const index = after ? siblings.findIndex(({ id }) => id === after.id) : -1
      let before = siblings[index]?.rank
      const next = siblings[index + 1]?.rank
      return inOrder(all, chosen).map((row) => {
        before = rankBetween(before, next)
        return { row, parent, rank: before }
      })
    }),
})

/** For each chosen task the one above it on its level that stays where it is; an empty row cannot be a summary. */
function tasksAbove(
  children: ReturnType<typeof childrenOf>,
  chosen: ReadonlySet<string>,
): ReadonlyMap<string, TaskRow> {
  const aboveOf = new Map<string, TaskRow>()
  for (const siblings of children.values()) {
    let above: TaskRow | undefined
    for (const row of siblings) {
      if (!chosen.has(row.id)) above = row.blank ? above : row
      else if (above) aboveOf.set(row.id, above)
    }
  }
  return aboveOf
}

/** Rows in the order of the table; a row below another chosen one moves with it and is left out. */
function inOrder(all: readonly TaskRow[], chosen: ReadonlySet<string>): TaskRow[] {
  const byId = new Map(all.map((row) => [row.id, row]))
  const hasChosenAbove = (row: TaskRow) => {
    for (let up = row.parent; up !== undefined; up = byId.get(up)?.parent) if (chosen.has(up)) return true
    return false
  }
  return outline(all).flatMap(({ task: row }) => (chosen.has(row.id) && !hasChosenAbove(row) ? [row] : []))
}

async function replace(
  tx: Tx,
  ids: readonly string[],
  place: (
    all: readonly TaskRow[],
    chosen: ReadonlySet<string>,
  ) => { row: TaskRow; parent: string | undefined; rank: string }[],
): Promise<void> {
  const rows = await tx.many(Task, ids)
  const project = rows[0]?.project ?? ''
  if (rows.some((row) => row.project !== project))
    throw new Fault('task.otherProject', 'These tasks belong to different projects.')
  const all = await tx.all(Task, { project })
  const moved = place(all, new Set(ids))
  await tx.changeAll(
    Task,
    moved.map(({ row, parent, rank }) => ({ row, patch: { parent, rank } })),
  )
  await spreadLongRanks(
    tx,
    project,
    moved.map(({ rank }) => rank),
  )
}
