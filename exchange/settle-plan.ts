import { findSummaries, readOutline } from './mspdi/outline.ts'
import { checkCalendarBases } from './mspdi/read-calendar.ts'
import { changed, leftOut, offend, type ReadContext } from './mspdi/read-context.ts'
import type { PlanFile, PlanKind, PlanTask } from './plan-file.ts'

/**
 * Brings a plan that was read into the order that every plan here has: each number once, parents and summaries from the
 * outline, nothing that points to nowhere. What is changed or left out is said; numbers given twice and calendars based
 * on each other in a circle are offenders, which refuse the file.
 */
export function settlePlan(file: PlanFile, context: ReadContext): void {
  const calendars = numbersOf(file.calendars, 'calendar', context)
  const resources = numbersOf(file.resources, 'resource', context)
  const tasks = numbersOf(file.tasks, 'task', context)
  numbersOf(file.assignments, 'assignment', context)
  checkCalendarBases(file.calendars, new Map(), context)
  settleOutline(file.tasks, context)
  for (const [kind, owners] of [
    ['project', [file.project]],
    ['task', file.tasks],
    ['resource', file.resources],
  ] as const)
    for (const owner of owners) {
      if (owner.calendar === undefined || calendars.has(owner.calendar)) continue
      changed(
        context,
        { kind, name: owner.name },
        `calendar ${owner.calendar} is not in the file; none is taken`,
      )
      delete owner.calendar
    }
  file.links = file.links.filter((link) => holdsLink(link, tasks, context))
  file.assignments = file.assignments.filter(({ uid, task, resource }) => {
    const isWhole = tasks.has(task) && (resource === undefined || resources.has(resource))
    if (!isWhole) leftOut(context, { kind: 'assignment', uid }, 'its task or resource is not in the file')
    return isWhole
  })
}

function numbersOf(
  rows: readonly { uid: number; name?: string }[],
  kind: PlanKind,
  context: ReadContext,
): Set<number> {
  const known = new Set<number>()
  for (const { uid, name = '' } of rows) {
    if (known.has(uid)) offend(context, 'file.duplicateUid', { kind, uid, name }, {})
    known.add(uid)
  }
  return known
}

function settleOutline(tasks: PlanTask[], context: ReadContext): void {
  for (const { task, was } of readOutline(tasks)) {
    const text = `outline level ${was} jumps; ${task.outlineLevel} is taken`
    changed(context, { kind: 'task', uid: task.uid, name: task.name }, text)
  }
  const summaries = findSummaries(tasks)
  for (const task of tasks) task.summary = summaries.has(task.uid)
}

function holdsLink(
  { predecessor, successor, crossProject }: PlanFile['links'][number],
  tasks: ReadonlySet<number>,
  context: ReadContext,
): boolean {
  const where = { kind: 'link' as const, uid: successor }
  if (!tasks.has(successor)) leftOut(context, where, `there is no task ${successor} in the file`)
  else if (crossProject !== undefined) return true
  else if (!tasks.has(predecessor)) leftOut(context, where, `there is no task ${predecessor} in the file`)
  else if (predecessor === successor) leftOut(context, where, 'the task is linked to itself')
  else return true
  return false
}
