import type { PlanTask } from '../plan-file.ts'

export type OutlineChange = { task: PlanTask; was: number }

/**
 * Gives each task its parent from the outline levels, in one pass: the parent is the nearest task above with a
 * smaller level. Levels that jump are closed up so that each task stands at most one deeper than its parent;
 * those that changed are answered. Empty rows stand beside the task before them and are nobody's parent.
 */
export function readOutline(tasks: PlanTask[]): OutlineChange[] {
  const changes: OutlineChange[] = []
  const above: { task: PlanTask; saidLevel: number }[] = []
  for (const task of tasks) {
    if (task.blank) {
      const before = above.at(-1)?.task
      task.outlineLevel = before?.outlineLevel ?? 1
      setParent(task, before?.parentUid)
      continue
    }
    const saidLevel = task.outlineLevel
    while ((above.at(-1)?.saidLevel ?? -1) >= saidLevel) above.pop()
    const parent = above.at(-1)?.task
    task.outlineLevel = (parent?.outlineLevel ?? 0) + 1
    setParent(task, parent?.uid)
    if (task.outlineLevel !== saidLevel) changes.push({ task, was: saidLevel })
    above.push({ task, saidLevel })
  }
  return changes
}

function setParent(task: PlanTask, parentUid: number | undefined): void {
  if (parentUid === undefined) delete task.parentUid
  else task.parentUid = parentUid
}

/** Tasks that have a task (not only an empty row) below them. */
export function findSummaries(tasks: PlanTask[]): Set<number> {
  const summaries = new Set<number>()
  for (const task of tasks) if (task.parentUid !== undefined && !task.blank) summaries.add(task.parentUid)
  return summaries
}

/** The outline number of each task by uid, "1.2.3", as it follows from the order. */
export function outlineNumbers(tasks: PlanTask[]): Map<number, string> {
  const numbers = new Map<number, string>()
  const counts = new Map<number | undefined, number>()
  for (const task of tasks) {
    if (task.blank) continue
    const count = (counts.get(task.parentUid) ?? 0) + 1
    counts.set(task.parentUid, count)
    const parent = task.parentUid === undefined ? undefined : numbers.get(task.parentUid)
    numbers.set(task.uid, parent === undefined ? String(count) : `${parent}.${count}`)
  }
  return numbers
}
