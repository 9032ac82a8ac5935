import { type FileLimits, fileLimits } from '../file-limits.ts'
import { openLossLog } from '../loss-log.ts'
import type { FileRefusal, LossReport, PlanAssignment, PlanFile, PlanProject } from '../plan-file.ts'
import { ownerKey } from '../plan-file.ts'
import { restingProject } from '../resting.ts'
import { type Draft, openDraft } from './draft.ts'
import { readFields, toExtra, unusualTexts } from './fields.ts'
import { checkReferences, closeOutline, dropOverruledTexts, sayTaken } from './normalise.ts'
import { projectFields } from './project-fields.ts'
import { checkCalendarBases, readCalendar } from './read-calendar.ts'
import { changed, judge, keepExtra, offend, type ReadContext, refuseOffenders } from './read-context.ts'
import { readAssignment, readResource } from './read-staff.ts'
import { readTask } from './read-task.ts'
import * as values from './values.ts'
import { streamXml, type XmlNode, type XmlVisitor } from './xml-tree.ts'

export type ReadOptions = { limits?: FileLimits; onProgress?: (share: number) => void }

/**
 * Reads a Microsoft Project XML file (MSPDI, 2003 and later) from its text, whole or not at all.
 * Answers the plan and a loss report that names everything changed or left out with its line, or a refusal:
 * `file.notAPlan`, `file.notXml`, `file.entities`, `file.tooDeep`, `file.tooLarge`, `file.badValue`,
 * `file.duplicateUid`, `file.missingUid`, `file.calendarBase`, `file.calendarCycle`.
 * Circles of links are the engine's to find.
 */
export function readMspdi(
  text: string,
  options: ReadOptions = {},
): { file: PlanFile; loss: LossReport } | { refused: FileRefusal } {
  const limits = options.limits ?? fileLimits
  const context: ReadContext = {
    limits,
    loss: openLossLog(limits.lossLines),
    offenders: [],
    extra: {},
    keptFields: new Map(),
  }
  const draft = openDraft()
  const stopped = streamXml(text, planVisitor(draft, context), limits, options.onProgress)
  if (stopped !== undefined) return { refused: stopped }
  const head = readProject(draft, context)
  checkUniqueness(draft, context)
  checkCalendarBases(draft.calendars, draft.calendarLines, context)
  const refusal = refuseOffenders(context)
  if (refusal !== undefined) return { refused: refusal }
  const file = assemble(draft, head, context)
  dropOverruledTexts(file)
  sayTaken(file, context)
  return { file, loss: context.loss.report() }
}

const containers: ReadonlyMap<string, string> = new Map([
  ['Calendars', 'Calendar'],
  ['Resources', 'Resource'],
  ['Tasks', 'Task'],
  ['Assignments', 'Assignment'],
])

const namespace = 'http://schemas.microsoft.com/project'

function planVisitor(draft: Draft, context: ReadContext): XmlVisitor {
  const seen = new Set<string>()
  return {
    root(name, attributes) {
      const prefix = Object.keys(attributes).find(
        (it) => it.startsWith('xmlns:') && attributes[it] === namespace,
      )
      const said = attributes.xmlns ?? (prefix === undefined ? undefined : namespace)
      if (name === 'Project' && said === namespace) return undefined
      if (name === 'Project' && said === undefined) {
        changed(
          context,
          { kind: 'file' },
          'the file names no namespace; it is read as Microsoft Project XML',
          1,
        )
        return undefined
      }
      return refuseRoot(name, said)
    },
    isContainer: (name) => containers.has(name),
    part(node) {
      draft.projectNodes.push(node)
      return undefined
    },
    entity: (container, node) => readEntity(container, node, draft, context),
    containerEnd(container) {
      if (seen.has(container))
        changed(context, { kind: 'file' }, `a second list of ${container} is added to the first`)
      seen.add(container)
      return undefined
    },
    oddity: (text, element, line) => changed(context, { kind: 'file' }, text, line, element.slice(0, 60)),
  }
}

function refuseRoot(name: string, said: string | undefined): FileRefusal {
  const known: Record<string, string> = {
    APIBusinessObjects: 'a Primavera P6 XML file (PMXML)',
    html: 'a web page',
    workbook: 'an Excel sheet',
    Workbook: 'an Excel sheet',
    svg: 'a picture (SVG)',
    project: 'a GanttProject or Ant file',
    rss: 'a news feed',
  }
  const looksLike = Object.hasOwn(known, name)
    ? known[name]
    : `XML with the outermost element "${name.slice(0, 60)}"`
  return {
    code: 'file.notAPlan',
    sentence: `This is not a Microsoft Project XML file: it looks like ${looksLike}.`,
    facts: { element: name.slice(0, 200), namespace: said?.slice(0, 200), line: 1 },
  }
}

function readEntity(
  container: string,
  node: XmlNode,
  draft: Draft,
  context: ReadContext,
): FileRefusal | undefined {
  if (node.name !== containers.get(container)) {
    const text = `"${node.name.slice(0, 60)}" does not belong into ${container} and is left out`
    context.loss.note({ level: 'left out', where: { kind: 'file' }, text, line: node.line })
    return undefined
  }
  if (container === 'Calendars') {
    const calendar = readCalendar(node, context)
    if (calendar === undefined) return undefined
    draft.calendars.push(calendar)
    draft.calendarLines.set(calendar.uid, node.line)
    draft.lines.push({ kind: 'calendar', uid: calendar.uid, name: calendar.name, line: node.line })
    return overLimit(draft.calendars.length, context.limits.calendars, 'calendars')
  }
  if (container === 'Tasks') {
    const before = draft.gathered.tasks.length
    readTask(node, draft.gathered, context)
    const last = draft.gathered.tasks[before]
    if (last) {
      draft.lines.push({ kind: 'task', uid: last.task.uid, name: last.task.name, line: last.line })
      if (last.task.uid === 0) draft.known.hasTaskZero = true
    }
    const { tasks, links } = draft.gathered
    return (
      overLimit(tasks.length, context.limits.tasks, 'tasks') ??
      overLimit(links.length, context.limits.links, 'links')
    )
  }
  if (container === 'Resources') {
    const resource = readResource(node, draft.gathered.baselines, context)
    if (resource === undefined) return undefined
    draft.resources.push(resource)
    if (resource.uid === 0) draft.known.hasResourceZero = true
    draft.lines.push({ kind: 'resource', uid: resource.uid, name: resource.name, line: node.line })
    return overLimit(draft.resources.length, context.limits.resources, 'resources')
  }
  const found = readAssignment(node, draft.gathered.baselines, draft.known, context)
  if (found === undefined) return undefined
  draft.assignments.push(found)
  return overLimit(draft.assignments.length, context.limits.assignments, 'assignments')
}

function overLimit(count: number, limit: number, what: string): FileRefusal | undefined {
  if (count <= limit) return undefined
  const sentence = `The file holds more than ${limit} ${what}, which is more than is read.`
  return { code: 'file.tooLarge', sentence, facts: { limit, what } }
}

function checkUniqueness(draft: Draft, context: ReadContext): void {
  const seen = new Set<string>()
  for (const { kind, uid, name, line } of draft.lines) {
    const key = `${kind}:${uid}`
    if (seen.has(key)) offend(context, 'file.duplicateUid', { kind, uid, name }, { line })
    seen.add(key)
  }
}

function assemble(draft: Draft, head: ProjectRead, context: ReadContext): PlanFile {
  const { project, version, calculated } = head
  closeOutline(draft.gathered.tasks, context)
  const links = checkReferences(draft, project, calculated, context)
  const assignments: PlanAssignment[] = draft.assignments.map((read) => read.assignment)
  return {
    format: { name: 'mspdi', version },
    project,
    calendars: draft.calendars,
    resources: draft.resources,
    tasks: draft.gathered.tasks.map((read) => read.task),
    links,
    assignments,
    baselines: [...draft.gathered.baselines.values()].sort((a, b) => a.number - b.number),
    calculated: {
      project: calculated,
      tasks: draft.gathered.tasks.map((read) => read.calculated),
      assignments: draft.assignments.map((read) => read.calculated),
    },
    extra: context.extra,
  }
}

type ProjectRead = {
  project: PlanProject
  version: string
  calculated: PlanFile['calculated']['project']
}

function readProject(draft: Draft, context: ReadContext): ProjectRead {
  const node: XmlNode = { name: 'Project', line: 1, text: '', children: draft.projectNodes }
  const { said, rest, bad } = readFields(node, projectFields)
  judge(context, { kind: 'project' }, bad)
  const saidVersion = draft.projectNodes.find((child) => child.name === 'SaveVersion')?.text.trim()
  const version = saidVersion || '14'
  if (!saidVersion)
    changed(context, { kind: 'file' }, 'no SaveVersion is said; 14 (Project 2010 and later) is taken')
  const project: PlanProject = { ...restingProject, ...said }
  const slack = draft.projectNodes.find((child) => child.name === 'CriticalSlackLimit')
  const slackDays = slack === undefined ? 0 : values.integer(-100_000, 100_000).read(slack.text)
  if (slackDays === undefined) {
    judge(context, { kind: 'project' }, [
      {
        field: 'CriticalSlackLimit',
        value: slack?.text ?? '',
        line: slack?.line ?? 1,
        vital: true,
        why: 'value',
      },
    ])
  } else project.criticalSlackLimitMinutes = slackDays * project.minutesPerDay
  const calculated = {
    ...(said.start === undefined ? {} : { start: said.start }),
    ...(said.finish === undefined ? {} : { finish: said.finish }),
  }
  const others = rest.filter((child) => child.name !== 'SaveVersion' && child.name !== 'CriticalSlackLimit')
  const kept = toExtra('Project', [...others, ...unusualTexts(node, project, projectFields)])
  keepExtra(context, 'project', ownerKey('project'), kept)
  delete project[project.scheduleFrom === 'start' ? 'finish' : 'start']
  return { project, version, calculated }
}
