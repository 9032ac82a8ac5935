import type { PlanFile, PlanLink, PlanProject } from '../plan-file.ts'
import { ownerKey } from '../plan-file.ts'
import type { Draft } from './draft.ts'
import { assignmentFields, resourceFields, taskFields } from './entity-fields.ts'
import { type Field, isCurrent } from './fields.ts'
import { findSummaries, outlineNumbers, readOutline } from './outline.ts'
import { projectFields } from './project-fields.ts'
import { calendarFields } from './read-calendar.ts'
import { changed, leftOut, note, type ReadContext } from './read-context.ts'
import type { TaskRead } from './read-task.ts'

/** Parents, levels and summaries from the outline; what differs from the file is said. */
export function closeOutline(reads: TaskRead[], context: ReadContext): void {
  const lines = new Map(reads.map((read) => [read.task.uid, read.line]))
  const tasks = reads.map((read) => read.task)
  for (const { task, was } of readOutline(tasks)) {
    const text = `outline level ${was} jumps; ${task.outlineLevel} is taken`
    changed(
      context,
      { kind: 'task', uid: task.uid, name: task.name },
      text,
      lines.get(task.uid),
      'OutlineLevel',
    )
  }
  const numbers = outlineNumbers(tasks)
  const renumbered = reads.filter(({ task, outlineNumber }) => {
    const number = numbers.get(task.uid)
    return outlineNumber !== undefined && number !== undefined && outlineNumber.trim() !== number
  })
  const [first] = renumbered
  if (first !== undefined) {
    const { task, outlineNumber, line } = first
    const example = `first "${outlineNumber?.slice(0, 40)}", now ${numbers.get(task.uid)}`
    const text = `${renumbered.length} outline numbers are counted anew from the order of the tasks: ${example}`
    changed(context, { kind: 'task', uid: task.uid, name: task.name }, text, line, 'OutlineNumber')
  }
  const summaries = findSummaries(tasks)
  for (const task of tasks) {
    const isSummary = summaries.has(task.uid)
    if (task.summary === isSummary) continue
    const text = isSummary
      ? 'tasks stand below it, so it is a summary'
      : 'nothing stands below it, so it is no summary'
    changed(context, { kind: 'task', uid: task.uid, name: task.name }, text, lines.get(task.uid), 'Summary')
    task.summary = isSummary
  }
}

/** Takes out what points to nothing, saying so, and answers the links that hold. */
export function checkReferences(
  draft: Draft,
  project: PlanProject,
  calculated: PlanFile['calculated']['project'],
  context: ReadContext,
): PlanLink[] {
  const calendars = new Set(draft.calendars.map((calendar) => calendar.uid))
  const drop = (owner: { calendar?: number }, where: Parameters<typeof changed>[1], line?: number) => {
    if (owner.calendar === undefined || calendars.has(owner.calendar)) return
    changed(
      context,
      where,
      `calendar ${owner.calendar} is not in the file; none is taken`,
      line,
      'CalendarUID',
    )
    delete owner.calendar
  }
  drop(project, { kind: 'project' })
  for (const { task, line } of draft.gathered.tasks)
    drop(task, { kind: 'task', uid: task.uid, name: task.name }, line)
  for (const it of draft.resources) drop(it, { kind: 'resource', uid: it.uid, name: it.name })
  checkStart(draft, project, context)
  const { scheduleFrom } = project
  if (project[scheduleFrom] !== undefined) calculated[scheduleFrom] = project[scheduleFrom]
  checkAssignments(draft, context)
  return checkLinks(draft, context)
}

function checkStart(draft: Draft, project: PlanProject, context: ReadContext): void {
  if (project[project.scheduleFrom] !== undefined) return
  const isFromStart = project.scheduleFrom === 'start'
  const dates = draft.gathered.tasks
    .map(({ task, calculated }) =>
      isFromStart ? (task.actualStart ?? calculated.start) : (task.actualFinish ?? calculated.finish),
    )
    .filter((date) => date !== undefined)
    .sort()
  const date = isFromStart ? dates[0] : dates.at(-1)
  const said = date === undefined ? 'none is taken' : `${date} of its tasks is taken`
  changed(context, { kind: 'project' }, `the ${project.scheduleFrom} of the project is not said; ${said}`)
  if (date !== undefined) project[project.scheduleFrom] = date
}

function checkAssignments(draft: Draft, context: ReadContext): void {
  const tasks = new Set(draft.gathered.tasks.map(({ task }) => task.uid))
  const resources = new Set(draft.resources.map((resource) => resource.uid))
  const gone = new Set<number>()
  draft.assignments = draft.assignments.filter(({ assignment, line }) => {
    const where = { kind: 'assignment' as const, uid: assignment.uid }
    const isWhole = tasks.has(assignment.task)
    const hasResource = assignment.resource === undefined || resources.has(assignment.resource)
    if (!isWhole) leftOut(context, where, `task ${assignment.task} is not in the file`, line, 'TaskUID')
    else if (!hasResource) {
      leftOut(context, where, `resource ${assignment.resource} is not in the file`, line, 'ResourceUID')
    }
    if (!isWhole || !hasResource) gone.add(assignment.uid)
    return isWhole && hasResource
  })
  for (const uid of gone) delete context.extra[`assignment:${uid}`]
  for (const baseline of draft.gathered.baselines.values()) {
    for (const uid of gone) delete context.extra[`assignment:${uid}:baseline:${baseline.number}`]
    baseline.assignments = baseline.assignments.filter((line) => !gone.has(line.uid))
  }
}

function checkLinks(draft: Draft, context: ReadContext): PlanLink[] {
  const names = new Map(draft.gathered.tasks.map(({ task }) => [task.uid, task.name]))
  const known = new Map<string, PlanLink>()
  const links: PlanLink[] = []
  for (const { link, line } of draft.gathered.links) {
    const name = names.get(link.successor)
    const where = { kind: 'link' as const, uid: link.successor, ...(name === undefined ? {} : { name }) }
    const key = `${link.predecessor}>${link.successor}:${link.type}:${link.crossProject ?? ''}`
    const before = known.get(key)
    if (link.crossProject === undefined && link.predecessor === link.successor) {
      leftOut(context, where, 'the task is linked to itself', line, 'PredecessorUID')
    } else if (link.crossProject === undefined && !names.has(link.predecessor)) {
      const text = `the link to task ${link.predecessor} is left out: there is no such task in the file`
      leftOut(context, where, text, line, 'PredecessorUID')
    } else if (before !== undefined && JSON.stringify(before) === JSON.stringify(link)) {
      leftOut(context, where, `the link to task ${link.predecessor} is given twice`, line, 'PredecessorLink')
    } else {
      known.set(key, link)
      links.push(link)
    }
  }
  return links
}

/** Says what was taken, in counts, and which fields are only kept for writing back. */
export function sayTaken(file: PlanFile, context: ReadContext): void {
  const counts: [string, number][] = [
    ['calendars', file.calendars.length],
    ['resources', file.resources.length],
    ['tasks', file.tasks.length],
    ['links', file.links.length],
    ['assignments', file.assignments.length],
    ['baselines', file.baselines.length],
  ]
  const said = counts.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`)
  note(context, 'taken', { kind: 'file' }, said.length === 0 ? 'an empty plan' : said.join(', '))
  for (const [kind, names] of context.keptFields) {
    const text = `not used, kept and written back as they are: ${[...names].sort().join(', ')}`
    note(context, 'taken', { kind }, text.slice(0, 2000))
  }
}

/** Takes source texts out of `extra` whose values were changed by the checks after they were kept. */
export function dropOverruledTexts(file: PlanFile): void {
  const { project, calculated, extra } = file
  dropOverruled(extra, 'project', { ...calculated.project, ...project }, projectFields)
  for (const it of file.calendars) dropOverruled(extra, ownerKey('calendar', it.uid), it, calendarFields)
  for (const it of file.resources) dropOverruled(extra, ownerKey('resource', it.uid), it, resourceFields)
  for (const it of file.tasks) dropOverruled(extra, ownerKey('task', it.uid), it, taskFields)
  for (const it of file.assignments)
    dropOverruled(extra, ownerKey('assignment', it.uid), it, assignmentFields)
}

function dropOverruled<Owner>(
  extra: PlanFile['extra'],
  key: string,
  owner: Owner,
  fields: ReadonlyMap<string, Field<Owner>>,
): void {
  const elements = extra[key]
  if (elements === undefined) return
  const kept = elements.filter((element) => {
    const known = fields.get(element.name)
    return known === undefined || !('text' in element) || isCurrent(known, element.text, owner)
  })
  if (kept.length === 0) delete extra[key]
  else if (kept.length < elements.length) extra[key] = kept
}
