import { type LossLog, openLossLog } from '../loss-log.ts'
import type {
  BaselineLine,
  CalculatedAssignment,
  CalculatedTask,
  ExtraElement,
  LossReport,
  PlanAssignment,
  PlanBaseline,
  PlanFile,
  PlanLink,
  PlanProject,
  PlanResource,
  PlanTask,
  TimephasedPiece,
} from '../plan-file.ts'
import { ownerKey } from '../plan-file.ts'
import { calculatedElements } from './element-order.ts'
import {
  assignmentFields,
  calculatedAssignmentFields,
  calculatedTaskFields,
  resourceFields,
  taskFields,
} from './entity-fields.ts'
import { outlineNumbers } from './outline.ts'
import { projectFields } from './project-fields.ts'
import { pieceKinds } from './read-staff.ts'
import { baselineFields } from './read-task.ts'
import { byUid, findStale, type Stale, type WriteOptions } from './stale.ts'
import { duration, durationFormat, linkType, tenths, timephasedUnit, work } from './values.ts'
import { calendarPiece } from './write-calendar.ts'
import { fieldPieces, inOrder, otherExtra } from './write-fields.ts'
import { extraPiece, holdsForbiddenText, type Piece, parentPiece, textPiece } from './xml-text.ts'

/**
 * Writes a plan as Microsoft Project XML (MSPDI), elements in the order of its schema. What was read and not
 * edited goes back as it came, `extra` included; figures that an edit made untrue (costs, variances, earned
 * value of a task that moved) are left out and named in the loss report, for Microsoft Project calculates them anew.
 */
export function writeMspdi(file: PlanFile, options: WriteOptions = {}): { text: string; loss: LossReport } {
  const desk: Desk = {
    file,
    stale: findStale(file, options),
    loss: openLossLog(),
    dropped: { Task: new Map(), Resource: new Map(), Assignment: new Map() },
    baselines: gatherBaselines(file.baselines),
  }
  const schedule = options.schedule ?? withoutStale(file, desk.stale)
  const parts = [
    ...projectPieces(file, schedule.project),
    parentPiece(
      'Calendars',
      file.calendars.map((it) => calendarPiece(it, extraOf(desk, ownerKey('calendar', it.uid)))),
    ),
    parentPiece('Tasks', taskPieces(desk, byUid(schedule.tasks))),
    parentPiece('Resources', [
      ...asidePieces(desk, 'resource'),
      ...file.resources.map((it) => resourcePiece(desk, it)),
    ]),
    parentPiece('Assignments', assignmentPieces(desk, byUid(schedule.assignments))),
  ]
  sayDropped(desk)
  sayForbidden(desk)
  const lines = inOrder('Project', parts).flatMap((piece) => piece.lines)
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  const root = '<Project xmlns="http://schemas.microsoft.com/project">'
  return { text: `${head}${root}\n\t${lines.join('\n\t')}\n</Project>\n`, loss: desk.loss.report() }
}

type Entity = 'Task' | 'Resource' | 'Assignment'

type Desk = {
  file: PlanFile
  stale: Stale
  loss: LossLog
  /** Element names left out as untrue, with how often. */
  dropped: Record<Entity, Map<string, number>>
  baselines: Map<string, { number: number; line: BaselineLine }[]>
}

function extraOf(desk: Desk, key: string): ExtraElement[] {
  return Object.hasOwn(desk.file.extra, key) ? (desk.file.extra[key] ?? []) : []
}

/** Without a new schedule nothing is known of the dates of what was edited. */
function withoutStale(file: PlanFile, stale: Stale): PlanFile['calculated'] {
  const { project, tasks, assignments } = file.calculated
  return {
    project,
    tasks: tasks.filter((it) => !stale.tasks.has(it.uid)),
    assignments: assignments.filter((it) => !stale.assignments.has(it.uid)),
  }
}

function projectPieces(file: PlanFile, calculated: PlanFile['calculated']['project']): Piece[] {
  const { project } = file
  const extra = file.extra[ownerKey('project')] ?? []
  const shown: PlanProject = { ...calculated, ...project }
  const slackDays = Math.round(project.criticalSlackLimitMinutes / project.minutesPerDay)
  return [
    textPiece('SaveVersion', file.format.version ?? '14'),
    textPiece('CriticalSlackLimit', String(slackDays)),
    ...fieldPieces(projectFields, shown, extra),
    ...otherExtra(projectFields, extra).map(extraPiece),
  ]
}

function gatherBaselines(baselines: PlanBaseline[]): Desk['baselines'] {
  const gathered: Desk['baselines'] = new Map()
  for (const { number, tasks, assignments, resources } of baselines) {
    const owners = [
      ['task', tasks],
      ['assignment', assignments],
      ['resource', resources],
    ] as const
    for (const [kind, lines] of owners) {
      for (const line of lines) {
        const key = ownerKey(kind, line.uid)
        const known = gathered.get(key)
        if (known === undefined) gathered.set(key, [{ number, line }])
        else known.push({ number, line })
      }
    }
  }
  return gathered
}

function baselinePieces(desk: Desk, key: string): Piece[] {
  return (desk.baselines.get(key) ?? []).map(({ number, line }) => {
    const extra = extraOf(desk, `${key}:baseline:${number}`)
    return parentPiece(
      'Baseline',
      inOrder('Baseline', [
        textPiece('Number', String(number)),
        ...fieldPieces(baselineFields, line, extra),
        ...otherExtra(baselineFields, extra).map(extraPiece),
      ]),
    )
  })
}

/** What an owner keeps beyond its fields, without what an edit made untrue. */
function keptPieces(desk: Desk, entity: Entity, extra: ExtraElement[], isStale: boolean): Piece[] {
  const kept = isStale ? extra.filter((element) => !calculatedElements[entity].has(element.name)) : extra
  if (kept.length < extra.length) {
    for (const { name } of extra) if (calculatedElements[entity].has(name)) drop(desk, entity, name)
  }
  return kept.map(extraPiece)
}

function drop(desk: Desk, entity: Entity, name: string): void {
  desk.dropped[entity].set(name, (desk.dropped[entity].get(name) ?? 0) + 1)
}

/** Rows that are no part of the plan (the project's own summary, "Unassigned") go back as they came. */
function asidePieces(desk: Desk, kind: 'task' | 'resource' | 'assignment'): Piece[] {
  const entity = ({ task: 'Task', resource: 'Resource', assignment: 'Assignment' } as const)[kind]
  const isStale = kind === 'task' && desk.stale.tasks.size > 0
  const dates = new Set(['Start', 'Finish', 'Duration', 'Work', ...calculatedTaskFields.keys()])
  return Object.entries(desk.file.extra)
    .filter(([key]) => key.startsWith(`aside:${kind}:`))
    .map(([, extra]) => {
      const named = extra.filter((element) => /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(element.name))
      const kept = isStale ? named.filter((element) => !dates.has(element.name)) : named
      return parentPiece(entity, keptPieces(desk, entity, kept, isStale))
    })
}

function taskPieces(desk: Desk, schedule: Map<number, CalculatedTask>): Piece[] {
  const numbers = outlineNumbers(desk.file.tasks)
  const links = new Map<number, PlanLink[]>()
  for (const link of desk.file.links) {
    const known = links.get(link.successor)
    if (known === undefined) links.set(link.successor, [link])
    else known.push(link)
  }
  const rows = desk.file.tasks.map((task) =>
    taskPiece(desk, task, schedule.get(task.uid), numbers.get(task.uid), links.get(task.uid) ?? []),
  )
  return [...asidePieces(desk, 'task'), ...rows]
}

function taskPiece(
  desk: Desk,
  task: PlanTask,
  calculated: CalculatedTask | undefined,
  outlineNumber: string | undefined,
  links: PlanLink[],
): Piece {
  const key = ownerKey('task', task.uid)
  const extra = extraOf(desk, key)
  const isStale = desk.stale.tasks.has(task.uid)
  const said = fieldPieces(taskFields, task, extra)
  const hidden = task.blank ? ['OutlineLevel', ...(task.name === '' ? ['Name'] : [])] : []
  const shown = said.filter((it) => !hidden.includes(it.name))
  const dates = calculated ?? manualDates(task)
  const pieces = [...shown, ...fieldPieces(calculatedTaskFields, dates, extra)]
  if (outlineNumber !== undefined) pieces.push(textPiece('OutlineNumber', outlineNumber))
  pieces.push(...links.map(linkPiece), ...baselinePieces(desk, key))
  const others = otherExtra(taskFields, extra).filter((element) => !calculatedTaskFields.has(element.name))
  pieces.push(...keptPieces(desk, 'Task', others, isStale))
  if (isStale && task.mode === 'manual' && task.durationMinutes !== null) {
    pieces.push(textPiece('ManualDuration', duration.write(task.durationMinutes)))
  }
  return parentPiece('Task', inOrder('Task', pieces))
}

function manualDates(task: PlanTask): CalculatedTask {
  const dates: CalculatedTask = { uid: task.uid }
  if (task.mode === 'manual' && task.manualStart !== undefined) dates.start = task.manualStart
  if (task.mode === 'manual' && task.manualFinish !== undefined) dates.finish = task.manualFinish
  return dates
}

function linkPiece(link: PlanLink): Piece {
  const { lag } = link
  const isPercent = lag.kind === 'percent' || lag.kind === 'elapsedPercent'
  const format = durationFormat.write({
    unit: link.lagUnit,
    elapsed: lag.kind === 'elapsed' || lag.kind === 'elapsedPercent',
    percent: isPercent,
    estimated: link.lagEstimated === true,
  })
  return parentPiece('PredecessorLink', [
    textPiece('PredecessorUID', String(link.predecessor)),
    textPiece('Type', linkType.write(link.type)),
    textPiece('CrossProject', link.crossProject === undefined ? '0' : '1'),
    ...(link.crossProject ? [textPiece('CrossProjectName', link.crossProject)] : []),
    textPiece('LinkLag', 'percent' in lag ? String(lag.percent) : tenths.write(lag.minutes)),
    textPiece('LagFormat', format),
  ])
}

function resourcePiece(desk: Desk, resource: PlanResource): Piece {
  const key = ownerKey('resource', resource.uid)
  const extra = extraOf(desk, key)
  const others = otherExtra(resourceFields, extra)
  const pieces = [
    ...fieldPieces(resourceFields, resource, extra),
    ...baselinePieces(desk, key),
    ...keptPieces(desk, 'Resource', others, desk.stale.resources.has(resource.uid)),
  ]
  return parentPiece('Resource', inOrder('Resource', pieces))
}

function assignmentPieces(desk: Desk, schedule: Map<number, CalculatedAssignment>): Piece[] {
  const rows = desk.file.assignments.map((it) => assignmentPiece(desk, it, schedule.get(it.uid)))
  return [...rows, ...asidePieces(desk, 'assignment')]
}

function assignmentPiece(
  desk: Desk,
  assignment: PlanAssignment,
  calculated: CalculatedAssignment | undefined,
): Piece {
  const key = ownerKey('assignment', assignment.uid)
  const extra = extraOf(desk, key)
  const isStale = desk.stale.assignments.has(assignment.uid)
  const others = otherExtra(assignmentFields, extra).filter((it) => !calculatedAssignmentFields.has(it.name))
  const said = fieldPieces(assignmentFields, assignment, extra)
  const hasNotBegun = isStale && assignment.actualStart === undefined
  const pieces = [
    ...said.filter((piece) => {
      const isOld = hasNotBegun && (piece.name === 'Stop' || piece.name === 'Resume')
      if (isOld) drop(desk, 'Assignment', piece.name)
      return !isOld
    }),
    ...fieldPieces(calculatedAssignmentFields, calculated ?? { uid: assignment.uid }, extra),
    ...baselinePieces(desk, key),
    ...timephasedPieces(desk, assignment, isStale),
    ...keptPieces(desk, 'Assignment', others, isStale),
  ]
  return parentPiece('Assignment', inOrder('Assignment', pieces))
}

function timephasedPieces(desk: Desk, assignment: PlanAssignment, isStale: boolean): Piece[] {
  const pieces = assignment.timephased ?? []
  const kept = isStale ? pieces.filter((piece) => piece.kind !== 'remaining') : pieces
  if (kept.length < pieces.length) drop(desk, 'Assignment', 'TimephasedData')
  return kept.map((piece) => timephasedPiece(assignment.uid, piece))
}

function timephasedPiece(uid: number, piece: TimephasedPiece): Piece {
  return parentPiece('TimephasedData', [
    textPiece('Type', pieceKinds.write(piece.kind)),
    textPiece('UID', String(uid)),
    textPiece('Start', piece.start),
    textPiece('Finish', piece.finish),
    ...(piece.unit === undefined ? [] : [textPiece('Unit', timephasedUnit.write(piece.unit))]),
    textPiece('Value', work.write(piece.workMinutes)),
  ])
}

function sayDropped(desk: Desk): void {
  const kinds = { Task: 'task', Resource: 'resource', Assignment: 'assignment' } as const
  for (const entity of ['Task', 'Resource', 'Assignment'] as const) {
    const names = [...desk.dropped[entity]].sort(([a], [b]) => (a < b ? -1 : 1))
    if (names.length === 0) continue
    const list = names.map(([name, count]) => `${name} (${count})`).join(', ')
    const text = `figures from before the changes are left out, to be calculated anew: ${list}`
    desk.loss.note({ level: 'left out', where: { kind: kinds[entity] }, text })
  }
}

function sayForbidden(desk: Desk): void {
  const { file, loss } = desk
  const named = [
    ...file.tasks.map((it) => ({ kind: 'task' as const, uid: it.uid, name: it.name, notes: it.notes })),
    ...file.resources.map((it) => ({
      kind: 'resource' as const,
      uid: it.uid,
      name: it.name,
      notes: it.notes,
    })),
    ...file.calendars.map((it) => ({
      kind: 'calendar' as const,
      uid: it.uid,
      name: it.name,
      notes: undefined,
    })),
  ]
  for (const { kind, uid, name, notes } of named) {
    if (!holdsForbiddenText(`${name}${notes ?? ''}`)) continue
    const text = 'characters that XML cannot carry are written as U+FFFD'
    loss.note({ level: 'changed', where: { kind, uid, name }, text })
  }
}
