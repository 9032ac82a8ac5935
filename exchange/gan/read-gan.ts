import { type FileLimits, fileLimits } from '../file-limits.ts'
import { openLossLog } from '../loss-log.ts'
import { sayTaken } from '../mspdi/normalise.ts'
import { changed, leftOut, type ReadContext, refuseOffenders } from '../mspdi/read-context.ts'
import type { ReadOptions } from '../mspdi/reader.ts'
import type { FileRefusal, LossReport, PlanFile } from '../plan-file.ts'
import { restingProject } from '../resting.ts'
import { settlePlan } from '../settle-plan.ts'
import { childOf, childrenOf, type GanNode, readGanTree } from './gan-tree.ts'
import { readCalendar, readVacations } from './read-calendar.ts'
import { readStaff } from './read-staff.ts'
import { holdStarts, readBaselines, readTasks } from './read-tasks.ts'

/**
 * Reads a GanttProject file (.gan, versions 2 and 3) from its text, whole or not at all: tasks in their outline, links,
 * resources with their vacations, assignments, holidays, baselines. GanttProject counts whole days of its week, placed
 * from morning to evening here. Refusals: `file.notAPlan`, `file.notXml`, `file.entities`, `file.tooDeep`,
 * `file.tooLarge`, `file.badValue`, `file.missingUid`, `file.duplicateUid`.
 */
export function readGan(
  text: string,
  options: ReadOptions = {},
): { file: PlanFile; loss: LossReport } | { refused: FileRefusal } {
  const limits = options.limits ?? fileLimits
  const root = readGanTree(text, limits)
  if ('refused' in root) return root
  const tasksNode = childOf(root, 'tasks')
  if (root.name !== 'project' || tasksNode === undefined) {
    const sentence = 'This is no GanttProject file: it holds no list of tasks.'
    return { refused: { code: 'file.notAPlan', sentence, facts: { element: root.name.slice(0, 60) } } }
  }
  const loss = openLossLog(limits.lossLines)
  const context: ReadContext = { limits, loss, offenders: [], extra: {}, keptFields: new Map() }
  const file = assemble(root, tasksNode, context)
  const full = overLimits(file, limits)
  if (full !== undefined) return { refused: full }
  settlePlan(file, context)
  holdStarts(file, context)
  const refusal = refuseOffenders(context)
  if (refusal !== undefined) return { refused: refusal }
  sayTaken(file, context)
  return { file, loss: loss.report() }
}

function assemble(root: GanNode, tasksNode: GanNode, context: ReadContext): PlanFile {
  const calendar = readCalendar(childOf(root, 'calendars'), context)
  const { tasks, links, calculated } = readTasks(tasksNode, calendar, context)
  const { resources, assignments } = readStaff(root, tasks, context)
  const calendars = [calendar, ...readVacations(childOf(root, 'vacations'), resources, context)]
  const start = calculated.flatMap((line) => line.start ?? []).sort()[0]
  if (start === undefined) changed(context, { kind: 'project' }, 'the file holds no start; none is taken')
  sayUnread(root, context)
  const { name = '', company = '' } = root.attributes
  return {
    format: { name: 'gan', version: (root.attributes.version ?? '').slice(0, 40) },
    project: {
      ...restingProject,
      name,
      ...(company === '' ? {} : { company }),
      ...(start === undefined ? {} : { start }),
      calendar: calendar.uid,
    },
    calendars,
    resources,
    tasks,
    links,
    assignments,
    baselines: readBaselines(childOf(root, 'previous'), calendar, context),
    calculated: { project: {}, tasks: calculated, assignments: [] },
    extra: {},
  }
}

function sayUnread(root: GanNode, context: ReadContext): void {
  const { webLink = '' } = root.attributes
  if (webLink !== '') leftOut(context, { kind: 'project' }, 'the web link of the project')
  const description = childOf(root, 'description')?.text.trim() ?? ''
  if (description !== '') leftOut(context, { kind: 'project' }, 'the description of the project')
  const own = childrenOf(childOf(childOf(root, 'tasks'), 'taskproperties'), 'taskproperty').filter(
    ({ attributes }) => attributes.type === 'custom',
  )
  for (const { attributes, line } of own)
    leftOut(
      context,
      { kind: 'task' },
      `the column of your own "${(attributes.name ?? '').slice(0, 60)}"`,
      line,
    )
}

function overLimits(file: PlanFile, limits: FileLimits): FileRefusal | undefined {
  for (const what of ['tasks', 'links', 'resources', 'assignments', 'calendars'] as const) {
    if (file[what].length <= limits[what]) continue
    const sentence = `The file holds more than ${limits[what]} ${what}, which is more than is read.`
    return { code: 'file.tooLarge', sentence, facts: { limit: limits[what], what } }
  }
  return undefined
}
