import type { CalculatedTask, PlanCalculated, PlanFile } from '../plan-file.ts'
import { ownerKey } from '../plan-file.ts'

export type WriteOptions = {
  /** The dates that hold now; absent: those the file came with. */
  schedule?: PlanCalculated
  /**
   * Owner keys of what was changed since the file was read: `task:12`, `assignment:7`, `resource:3`; of a link that
   * was added, changed or taken away the key of its successor, `link:12`.
   */
  edited?: ReadonlySet<string>
}

/** Whose calculated figures hold no more, because they or their dates were changed since the file was read. */
export type Stale = { tasks: Set<number>; assignments: Set<number>; resources: Set<number> }

export function findStale(file: PlanFile, options: WriteOptions): Stale {
  const edited = options.edited ?? new Set<string>()
  const tasks = new Set<number>()
  const before = byUid(file.calculated.tasks)
  const now = options.schedule === undefined ? undefined : byUid(options.schedule.tasks)
  for (const { uid } of file.tasks) {
    const hasMoved = now !== undefined && !isSameSchedule(before.get(uid), now.get(uid))
    const isEdited = edited.has(ownerKey('task', uid)) || edited.has(ownerKey('link', uid))
    if (hasMoved || isEdited) tasks.add(uid)
  }
  const assignments = new Set<number>()
  const resources = new Set<number>()
  for (const { uid, task, resource } of file.assignments) {
    const isEdited = edited.has(ownerKey('assignment', uid))
    if (!isEdited && !tasks.has(task)) continue
    assignments.add(uid)
    if (isEdited) tasks.add(task)
    if (resource !== undefined) resources.add(resource)
  }
  for (const { uid } of file.resources) if (edited.has(ownerKey('resource', uid))) resources.add(uid)
  return { tasks, assignments, resources }
}

function isSameSchedule(before: CalculatedTask | undefined, now: CalculatedTask | undefined): boolean {
  return before?.start === now?.start && before?.finish === now?.finish
}

export function byUid<Line extends { uid: number }>(lines: Line[]): Map<number, Line> {
  return new Map(lines.map((line) => [line.uid, line]))
}
