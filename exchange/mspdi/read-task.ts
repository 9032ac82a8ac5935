import type {
  BaselineLine,
  CalculatedAssignment,
  CalculatedTask,
  PlanBaseline,
  PlanKind,
  PlanLink,
  PlanTask,
} from '../plan-file.ts'
import { ownerKey } from '../plan-file.ts'
import { restingTask } from '../resting.ts'
import { calculatedTaskFields, taskFields } from './entity-fields.ts'
import { type Field, field, fieldMap, readFields, toExtra, unusualTexts } from './fields.ts'
import { childText } from './read-calendar.ts'
import { changed, judge, keepExtra, leftOut, offend, type ReadContext, type Where } from './read-context.ts'
import { sayUnread } from './shape.ts'
import * as values from './values.ts'
import type { XmlNode } from './xml-tree.ts'

export type TaskRead = {
  task: PlanTask
  calculated: CalculatedTask
  line: number
  /** As the file says it, to compare with what the outline says. */
  outlineNumber: string | undefined
}

/** What the tasks of a file are gathered into. */
export type Gathered = {
  tasks: TaskRead[]
  links: { link: PlanLink; line: number }[]
  baselines: Map<number, PlanBaseline>
}

/** One task with its links and baselines; rows without a unique number are offenders. */
export function readTask(node: XmlNode, gathered: Gathered, context: ReadContext): void {
  const { said, rest, bad } = readFields(node, taskFields)
  const where: Where = { kind: 'task' }
  if (said.uid !== undefined) where.uid = said.uid
  if (said.name !== undefined) where.name = said.name
  judge(context, where, bad)
  if (said.uid === undefined) {
    if (bad.every((value) => value.field !== 'UID'))
      offend(context, 'file.missingUid', where, { line: node.line })
    return
  }
  if (said.uid === 0 && (said.outlineLevel ?? 0) === 0) {
    if (context.extra[asideKey('task', 0)] !== undefined) {
      offend(context, 'file.duplicateUid', where, { line: node.line })
    } else keepAside(node, 'task', 0, context)
    return
  }
  const scheduled = readCalculated(rest, { uid: said.uid }, calculatedTaskFields, where, context)
  const task = completeTask(said, said.uid, scheduled.calculated, where, context, node.line)
  const others = scheduled.rest
  for (const child of others) {
    if (child.name === 'PredecessorLink') readLink(child, task, gathered, context)
    if (child.name === 'Baseline') readBaseline(child, 'task', where, gathered.baselines, context)
  }
  const extra = others.filter((child) => child.name !== 'PredecessorLink' && child.name !== 'Baseline')
  const kept = [
    ...extra.filter((child) => child.name !== 'OutlineNumber'),
    ...unusualTexts(node, task, taskFields),
    ...unusualTexts(node, scheduled.calculated, calculatedTaskFields),
  ]
  keepExtra(context, 'task', ownerKey('task', task.uid), toExtra('Task', kept))
  const outlineNumber = childText(node, 'OutlineNumber')
  gathered.tasks.push({ task, calculated: scheduled.calculated, line: node.line, outlineNumber })
}

/** An entity that is no part of the plan (the project's own summary row, "Unassigned") but must go back whole. */
export function keepAside(
  node: XmlNode,
  kind: 'task' | 'resource' | 'assignment',
  uid: number,
  context: ReadContext,
): void {
  const entity = ({ task: 'Task', resource: 'Resource', assignment: 'Assignment' } as const)[kind]
  keepExtra(context, kind, asideKey(kind, uid), toExtra(entity, node.children))
}

export function asideKey(kind: PlanKind, uid: number): string {
  return `aside:${ownerKey(kind, uid)}`
}

function completeTask(
  said: Partial<PlanTask>,
  uid: number,
  calculated: CalculatedTask,
  where: Where,
  context: ReadContext,
  line: number,
): PlanTask {
  const task: PlanTask = { ...restingTask, ...said, uid }
  const isUntouched = task.actualStart === undefined && task.percentComplete === 0
  // Programs leave zeroes out; only a task nobody has begun still has all of its duration to go.
  if (said.remainingDurationMinutes === undefined && isUntouched) {
    task.remainingDurationMinutes = Math.max(0, (task.durationMinutes ?? 0) - task.actualDurationMinutes)
  }
  if (said.remainingWorkMinutes === undefined) {
    task.remainingWorkMinutes = Math.max(0, task.workMinutes - task.actualWorkMinutes)
  }
  const { start, finish } = calculated
  if (task.mode === 'manual' && task.manualStart === undefined && task.manualFinish === undefined && start) {
    task.manualStart = start
    if (finish !== undefined) task.manualFinish = finish
    changed(context, where, 'manually scheduled without dates of its own; Start and Finish are taken', line)
  }
  if (task.name.length > context.limits.nameLength) {
    task.name = task.name.slice(0, context.limits.nameLength)
    changed(context, where, `the name is cut to ${context.limits.nameLength} characters`, line, 'Name')
  }
  return task
}

/** The calculated fields among the elements of a task or assignment, and the elements left after that. */
export function readCalculated<Owner extends CalculatedTask | CalculatedAssignment>(
  children: XmlNode[],
  empty: Owner,
  fields: ReadonlyMap<string, Field<Owner>>,
  where: Where,
  context: ReadContext,
): { calculated: Owner; rest: XmlNode[] } {
  const { said, rest, bad } = readFields({ name: '', line: 0, text: '', children }, fields)
  judge(context, where, bad)
  const calculated: Owner = { ...empty, ...said }
  if ('earlyStart' in calculated) {
    // A program that writes the early start has calculated slack, and leaves a slack of zero out.
    calculated.freeSlackMinutes ??= 0
    calculated.totalSlackMinutes ??= 0
    calculated.startSlackMinutes ??= 0
    calculated.finishSlackMinutes ??= 0
  }
  return { calculated, rest }
}

function readLink(node: XmlNode, task: PlanTask, gathered: Gathered, context: ReadContext): void {
  const where: Where = { kind: 'link', uid: task.uid, name: task.name }
  const bad = (element: string) => {
    offend(context, 'file.badValue', where, {
      field: element,
      value: (childText(node, element) ?? '').slice(0, 60),
      line: node.line,
    })
  }
  const predecessor = values.uid.read(childText(node, 'PredecessorUID') ?? '')
  const type = values.linkType.read(childText(node, 'Type') ?? '1')
  const format = values.durationFormat.read(childText(node, 'LagFormat') ?? '7')
  const isCross = values.flag.read(childText(node, 'CrossProject') ?? '0')
  const lag = format && values.readLag(childText(node, 'LinkLag') ?? '0', format)
  if (predecessor === undefined) bad('PredecessorUID')
  if (isCross === undefined) bad('CrossProject')
  if (type === undefined) bad('Type')
  if (lag === undefined) bad(format === undefined ? 'LagFormat' : 'LinkLag')
  if (predecessor === undefined || type === undefined || format === undefined || lag === undefined) return
  const otherFile = childText(node, 'CrossProjectName')
  const crossProject = isCross === true ? (otherFile ?? '') : undefined
  if (isCross !== true && otherFile) {
    const text = `the name of another file, "${otherFile.slice(0, 80)}", is left out: the link stays in this one`
    leftOut(context, where, text, node.line, 'CrossProjectName')
  }
  const link: PlanLink = {
    predecessor,
    successor: task.uid,
    type,
    lag,
    ...(format.unit === undefined ? {} : { lagUnit: format.unit }),
    ...(format.estimated ? { lagEstimated: true as const } : {}),
    ...(crossProject === undefined ? {} : { crossProject }),
  }
  sayUnread(node, where, context)
  gathered.links.push({ link, line: node.line })
}

const baselineDurationFormat: Field<BaselineLine> = {
  element: 'DurationFormat',
  vital: false,
  read(text) {
    const format = values.durationFormat.read(text)
    return format && { durationElapsed: format.elapsed ? true : undefined }
  },
  write: (line) => (line.durationMinutes === undefined ? undefined : line.durationElapsed ? '8' : '7'),
}

const baselineNumber = values.integer(0, 10)

export const baselineFields = fieldMap<BaselineLine>([
  field('Start', 'start', values.instant),
  field('Finish', 'finish', values.instant),
  field('Duration', 'durationMinutes', values.duration),
  baselineDurationFormat,
  field('Work', 'workMinutes', values.work),
  field('Cost', 'costCents', values.cents),
])

/** One baseline of a task, resource or assignment, put with the others of its number. */
export function readBaseline(
  node: XmlNode,
  kind: 'task' | 'resource' | 'assignment',
  where: Where,
  baselines: Map<number, PlanBaseline>,
  context: ReadContext,
): void {
  const number = baselineNumber.read(childText(node, 'Number') ?? '')
  if (number === undefined || where.uid === undefined) {
    const text = `a baseline numbered "${(childText(node, 'Number') ?? '').slice(0, 20)}" is left out; 0 to 10 are known`
    leftOut(context, where, text, node.line, 'Baseline')
    return
  }
  let baseline = baselines.get(number)
  if (baseline === undefined) {
    baseline = { number, tasks: [], assignments: [], resources: [] }
    baselines.set(number, baseline)
  }
  const lines = ({ task: 'tasks', resource: 'resources', assignment: 'assignments' } as const)[kind]
  if (baseline[lines].at(-1)?.uid === where.uid) {
    leftOut(context, where, `baseline ${number} is given twice`, node.line, 'Baseline')
    return
  }
  const { said, rest, bad } = readFields(node, baselineFields)
  judge(context, where, bad)
  const line: BaselineLine = { ...said, uid: where.uid }
  baseline[lines].push(line)
  const others = rest.filter((child) => child.name !== 'Number')
  const kept = toExtra('Baseline', [...others, ...unusualTexts(node, line, baselineFields)])
  keepExtra(context, kind, ownerKey(kind, where.uid, number), kept)
}
