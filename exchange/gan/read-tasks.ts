import { changed, leftOut, offend, type ReadContext } from '../mspdi/read-context.ts'
import type {
  CalculatedTask,
  PlanBaseline,
  PlanCalendar,
  PlanFile,
  PlanLink,
  PlanTask,
} from '../plan-file.ts'
import { restingTask } from '../resting.ts'
import { childOf, childrenOf, type GanNode } from './gan-tree.ts'
import { dayOf, lastDayOf } from './read-calendar.ts'

const DAY_MINUTES = 480
/** GanttProject's numbers for low, normal, high, lowest, highest. */
const PRIORITIES = [300, 500, 700, 100, 900]
const LINK_TYPES = ['', 'ss', 'fs', 'ff', 'sf'] as const

type TasksRead = { tasks: PlanTask[]; links: PlanLink[]; calculated: CalculatedTask[] }

/** The tree of tasks as an outline; its own numbers are the uids, one up, because ours begin at 1. */
export function readTasks(node: GanNode, calendar: PlanCalendar, context: ReadContext): TasksRead {
  const read: TasksRead = { tasks: [], links: [], calculated: [] }
  const waiting = childrenOf(node, 'task').map((task) => ({ task, level: 1 }))
  // Depth first without recursion: the limit of depth is the file's, not the machine's.
  waiting.reverse()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { task, level } = next
    readTask(task, level, read, calendar, context)
    const below = childrenOf(task, 'task').map((child) => ({ task: child, level: level + 1 }))
    waiting.push(...below.reverse())
  }
  return read
}

function readTask(
  node: GanNode,
  level: number,
  read: TasksRead,
  calendar: PlanCalendar,
  context: ReadContext,
): void {
  const { attributes, line } = node
  const name = (attributes.name ?? '').slice(0, context.limits.nameLength)
  const where = { kind: 'task' as const, name }
  const bad = (field: string) =>
    offend(context, 'file.badValue', where, { field, value: (attributes[field] ?? '').slice(0, 60), line })
  const uid = uidOf(attributes.id)
  if (uid === undefined) {
    offend(context, 'file.missingUid', where, { line })
    return
  }
  const isSummary = childOf(node, 'task') !== undefined
  const days = wholeDays(attributes.duration)
  const start = dayOf(attributes.start ?? '')
  const complete = Number(attributes.complete ?? 0)
  if (days === undefined && attributes.duration !== undefined) bad('duration')
  if (start === undefined && attributes.start !== undefined) bad('start')
  if (!(complete >= 0 && complete <= 100)) bad('complete')
  const isMilestone = attributes.meeting === 'true'
  const whole = isMilestone ? 0 : (days ?? 0) * DAY_MINUTES
  const percentComplete = complete >= 0 && complete <= 100 ? Math.round(complete) : 0
  const finish = start === undefined ? undefined : lastDayOf(start, days ?? 1, calendar)
  const calculated: CalculatedTask = { uid }
  if (start !== undefined) calculated.start = `${start}T08:00:00`
  if (finish !== undefined) calculated.finish = isMilestone ? `${start}T08:00:00` : `${finish}T17:00:00`
  const task: PlanTask = {
    ...restingTask,
    uid,
    id: read.tasks.length + 1,
    name,
    outlineLevel: level,
    milestone: isMilestone && !isSummary,
    durationMinutes: isSummary ? null : whole,
    durationUnit: 'days',
    priority: PRIORITIES[Number(attributes.priority ?? 1)] ?? 500,
    percentComplete: isSummary ? 0 : percentComplete,
    actualDurationMinutes: isSummary ? 0 : Math.round((whole * percentComplete) / 100),
  }
  task.remainingDurationMinutes = isSummary ? 0 : whole - task.actualDurationMinutes
  if (!isSummary && percentComplete > 0 && calculated.start) task.actualStart = calculated.start
  if (!isSummary && percentComplete === 100 && calculated.finish) task.actualFinish = calculated.finish
  const notes = childOf(node, 'notes')?.text.trim() ?? ''
  if (notes !== '') task.notes = notes
  const earliest = dayOf(attributes.thirdDate ?? '')
  if (attributes['thirdDate-constraint'] === '1' && earliest !== undefined && !isSummary)
    Object.assign(task, { constraint: 'snet', constraintAt: `${earliest}T08:00:00` })
  read.tasks.push(task)
  read.calculated.push(calculated)
  for (const depend of childrenOf(node, 'depend')) readLink(depend, uid, read.links, context)
}

/** `depend` stands with the task that goes before and names the one that follows. */
function readLink(node: GanNode, predecessor: number, links: PlanLink[], context: ReadContext): void {
  const { id, type = '2', difference = '0', hardness } = node.attributes
  const successor = uidOf(id)
  const kind = LINK_TYPES[Number(type)]
  const days = /^-?\d{1,6}$/.test(difference) ? Number(difference) : undefined
  if (successor === undefined || !kind || days === undefined) {
    const value = `${id} ${type} ${difference}`.slice(0, 60)
    offend(
      context,
      'file.badValue',
      { kind: 'link', uid: predecessor },
      { field: 'depend', value, line: node.line },
    )
    return
  }
  if (hardness === 'Rubber')
    changed(
      context,
      { kind: 'link', uid: successor },
      'a link that may stretch is taken as a firm one',
      node.line,
    )
  const lag = { kind: 'working' as const, minutes: days * DAY_MINUTES + 0 }
  links.push({ predecessor, successor, type: kind, lag, lagUnit: 'days' })
}

/** A start that nothing explains is where somebody put the task: no earlier than that. */
export function holdStarts(file: PlanFile, context: ReadContext): void {
  const waiting = new Set(file.links.map(({ successor }) => successor))
  const starts = new Map(file.calculated.tasks.map(({ uid, start }) => [uid, start]))
  let following = 0
  for (const task of file.tasks) {
    const start = starts.get(task.uid)
    if (task.summary || start === undefined || task.constraint !== 'asap' || task.actualStart !== undefined)
      continue
    if (waiting.has(task.uid)) following += 1
    else if (start !== file.project.start) Object.assign(task, { constraint: 'snet', constraintAt: start })
  }
  if (following > 0)
    changed(
      context,
      { kind: 'task' },
      `${following} starts follow from the links; what the file says of them is not held`,
    )
}

/** The states that somebody kept, up to eleven, as baselines. */
export function readBaselines(
  node: GanNode | undefined,
  calendar: PlanCalendar,
  context: ReadContext,
): PlanBaseline[] {
  const kept = childrenOf(node, 'previous-tasks')
  if (kept.length > 11)
    leftOut(context, { kind: 'file' }, `${kept.length - 11} baselines: at most eleven are kept`)
  return kept.slice(0, 11).map((baseline, number) => ({
    number,
    tasks: childrenOf(baseline, 'previous-task').flatMap(({ attributes }) => {
      const [uid, start, days] = [
        uidOf(attributes.id),
        dayOf(attributes.start ?? ''),
        wholeDays(attributes.duration),
      ]
      if (uid === undefined || start === undefined || days === undefined) return []
      const isMilestone = attributes.meeting === 'true'
      const finish = isMilestone ? `${start}T08:00:00` : `${lastDayOf(start, days, calendar)}T17:00:00`
      return [
        { uid, start: `${start}T08:00:00`, finish, durationMinutes: isMilestone ? 0 : days * DAY_MINUTES },
      ]
    }),
    assignments: [],
    resources: [],
  }))
}

/** Numbers of the file begin at 0, those of tasks here at 1. */
export function uidOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) + 1 : undefined
}

function wholeDays(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined
}
