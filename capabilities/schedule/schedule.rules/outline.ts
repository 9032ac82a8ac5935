import type { Stored } from '../../../kernel/record.ts'
import type { Task } from '../schedule.model.ts'

export type TaskRow = Stored<typeof Task>

/** A task where it stands: numbered from 1 as rows of the table are, with its place in the work breakdown. */
export type Placed = {
  readonly task: TaskRow
  /** Row number, empty rows counted. */
  readonly row: number
  /** 1 = top. */
  readonly level: number
  /** `2.1.3`; empty rows have none. */
  readonly wbs: string
  readonly summary: boolean
}

/** Compares ranks as their digits are ordered, by character; equal ranks by id, so that the order is never chance. */
export function compareRanks(a: { rank: string; id: string }, b: { rank: string; id: string }): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** Children of each task in order; those of `null` stand at the top. */
export function childrenOf(tasks: readonly TaskRow[]): ReadonlyMap<string | null, readonly TaskRow[]> {
  const known = new Set(tasks.map(({ id }) => id))
  const children = new Map<string | null, TaskRow[]>()
  for (const task of tasks) {
    const parent = task.parent !== undefined && known.has(task.parent) ? task.parent : null
    const list = children.get(parent)
    if (list) list.push(task)
    else children.set(parent, [task])
  }
  for (const list of children.values()) list.sort(compareRanks)
  return children
}

/** All tasks from top to bottom as the table shows them. Walks without recursion: outlines may be deep. */
export function outline(tasks: readonly TaskRow[]): Placed[] {
  const children = childrenOf(tasks)
  const placed: Placed[] = []
  const stack = [{ list: children.get(null) ?? [], index: 0, prefix: '', number: 0 }]
  while (stack.length > 0) {
    const top = stack[stack.length - 1]
    const task = top?.list[top.index]
    if (!top || !task) {
      stack.pop()
      continue
    }
    top.index += 1
    if (!task.blank) top.number += 1
    const wbs = task.blank ? '' : `${top.prefix}${top.number}`
    const below = children.get(task.id) ?? []
    placed.push({ task, row: placed.length + 1, level: stack.length, wbs, summary: below.length > 0 })
    if (below.length > 0) stack.push({ list: below, index: 0, prefix: `${wbs}.`, number: 0 })
  }
  return placed
}

/** A task and everything below it. */
export function withDescendants(tasks: readonly TaskRow[], ids: readonly string[]): Set<string> {
  const children = childrenOf(tasks)
  const found = new Set<string>()
  const waiting = [...ids]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    for (const child of children.get(id) ?? []) waiting.push(child.id)
  }
  return found
}
