import type {
  CalculatedAssignment,
  PlanAssignment,
  PlanBaseline,
  PlanResource,
  TimephasedPiece,
} from '../plan-file.ts'
import { ownerKey } from '../plan-file.ts'
import { restingAssignment, restingResource } from '../resting.ts'
import { assignmentFields, calculatedAssignmentFields, resourceFields } from './entity-fields.ts'
import { readFields, toExtra, unusualTexts } from './fields.ts'
import { childText } from './read-calendar.ts'
import { changed, judge, keepExtra, leftOut, offend, type ReadContext, type Where } from './read-context.ts'
import { keepAside, readBaseline, readCalculated } from './read-task.ts'
import { sayUnread } from './shape.ts'
import * as values from './values.ts'
import type { XmlNode } from './xml-tree.ts'

/** One resource. The row for unassigned work and empty rows of the resource sheet go back as they came. */
export function readResource(
  node: XmlNode,
  baselines: Map<number, PlanBaseline>,
  context: ReadContext,
): PlanResource | undefined {
  const { said, rest, bad } = readFields(node, resourceFields)
  const where = placeOf('resource', said)
  // Microsoft Project numbers its row for unassigned work 0; other programs give the number to a person.
  const isNobody = said.uid === 0 && (said.name === undefined || /^\s*(unassigned)?\s*$/i.test(said.name))
  const isEmptyRow = values.flag.read(childText(node, 'IsNull') ?? '0') === true
  judge(context, where, bad)
  if (said.uid === undefined) {
    if (bad.every((value) => value.field !== 'UID'))
      offend(context, 'file.missingUid', where, { line: node.line })
    return undefined
  }
  if (isNobody || isEmptyRow) {
    keepAside(node, 'resource', said.uid, context)
    return undefined
  }
  const resource: PlanResource = { ...restingResource, ...said, uid: said.uid }
  if (resource.name.length > context.limits.nameLength) {
    resource.name = resource.name.slice(0, context.limits.nameLength)
    changed(context, where, `the name is cut to ${context.limits.nameLength} characters`, node.line, 'Name')
  }
  for (const child of rest) {
    if (child.name === 'Baseline') readBaseline(child, 'resource', where, baselines, context)
  }
  const others = rest.filter((child) => child.name !== 'Baseline')
  const kept = toExtra('Resource', [...others, ...unusualTexts(node, resource, resourceFields)])
  keepExtra(context, 'resource', ownerKey('resource', resource.uid), kept)
  return resource
}

function placeOf(kind: Where['kind'], said: { uid?: number; name?: string }): Where {
  return {
    kind,
    ...(said.uid === undefined ? {} : { uid: said.uid }),
    ...(said.name === undefined ? {} : { name: said.name }),
  }
}

export type AssignmentRead = { assignment: PlanAssignment; calculated: CalculatedAssignment; line: number }

/** What assignments may refer to, and the numbers they have taken. */
export type KnownUids = {
  hasTaskZero: boolean
  hasResourceZero: boolean
  assignments: Set<number>
  highestAssignment: number
}

/** One assignment; budget assignments on the project's own summary row go back as they came. */
export function readAssignment(
  node: XmlNode,
  baselines: Map<number, PlanBaseline>,
  known: KnownUids,
  context: ReadContext,
): AssignmentRead | undefined {
  const { said, rest, bad } = readFields(node, assignmentFields)
  const where = placeOf('assignment', { ...(said.uid === undefined ? {} : { uid: said.uid }) })
  judge(context, where, bad)
  const { task } = said
  if (task === undefined) {
    if (bad.every((value) => !value.vital))
      offend(context, 'file.missingUid', where, { field: 'TaskUID', line: node.line })
    return undefined
  }
  const uid = ownUid(said.uid, known, where, node.line, context)
  if (task === 0 && !known.hasTaskZero) {
    keepAside(node, 'assignment', uid, context)
    leftOut(
      context,
      where,
      'belongs to the project as a whole; kept for writing back, not planned',
      node.line,
    )
    return undefined
  }
  if (said.resource === 0 && !known.hasResourceZero) {
    changed(context, where, 'resource 0 is not in the file; the work is unassigned', node.line, 'ResourceUID')
    delete said.resource
  }
  const assignment: PlanAssignment = { ...restingAssignment, ...said, uid, task }
  if (said.remainingWorkMinutes === undefined) {
    assignment.remainingWorkMinutes = Math.max(0, assignment.workMinutes - assignment.actualWorkMinutes)
  }
  const scheduled = readCalculated(rest, { uid }, calculatedAssignmentFields, where, context)
  const pieces: TimephasedPiece[] = []
  const kept = scheduled.rest.filter((child) => {
    if (child.name === 'Baseline') readBaseline(child, 'assignment', where, baselines, context)
    const piece = child.name === 'TimephasedData' ? readPiece(child, where, context) : 'other'
    if (piece !== 'other') pieces.push(...piece)
    return child.name !== 'Baseline' && piece === 'other'
  })
  if (pieces.length > 0) assignment.timephased = pieces
  const unusual = [
    ...unusualTexts(node, assignment, assignmentFields),
    ...unusualTexts(node, scheduled.calculated, calculatedAssignmentFields),
  ]
  keepExtra(context, 'assignment', ownerKey('assignment', uid), toExtra('Assignment', [...kept, ...unusual]))
  return { assignment, calculated: scheduled.calculated, line: node.line }
}

/** Nothing refers to an assignment by its number, so one that is missing or taken is replaced by the next free. */
function ownUid(
  said: number | undefined,
  known: KnownUids,
  where: Where,
  line: number,
  context: ReadContext,
): number {
  const isFree = said !== undefined && !known.assignments.has(said)
  const uid = isFree ? said : known.highestAssignment + 1
  known.assignments.add(uid)
  known.highestAssignment = Math.max(known.highestAssignment, uid)
  if (!isFree) {
    const fault = said === undefined ? 'it has no number' : `number ${said} is given twice`
    changed(context, where, `${fault}; ${uid} is taken`, line, 'UID')
  }
  where.uid = uid
  return uid
}

export const pieceKinds = values.oneOf<TimephasedPiece['kind']>([
  undefined,
  'remaining',
  'actual',
  'actualOvertime',
])

/** Work by pieces of time; baseline and cost pieces are not modelled and go back as they came. */
function readPiece(node: XmlNode, where: Where, context: ReadContext): TimephasedPiece[] | 'other' {
  const kind = pieceKinds.read(childText(node, 'Type') ?? '')
  if (kind === undefined) return 'other'
  const start = values.instant.read(childText(node, 'Start') ?? '')
  const finish = values.instant.read(childText(node, 'Finish') ?? '')
  // A piece without a value is a gap: a split in the work.
  const workMinutes = values.work.read(childText(node, 'Value') ?? 'PT0H0M0S')
  if (start === undefined || finish === undefined || workMinutes === undefined || start > finish) {
    const value = ['Start', 'Finish', 'Value'].map((name) => childText(node, name) ?? '').join(' ')
    leftOut(
      context,
      where,
      `a piece of work "${value.slice(0, 80)}" cannot be read`,
      node.line,
      'TimephasedData',
    )
    return []
  }
  sayUnread(node, where, context)
  const unitText = childText(node, 'Unit')
  const unit = unitText === undefined ? undefined : values.timephasedUnit.read(unitText)
  if (unitText !== undefined && unit === undefined) {
    changed(
      context,
      where,
      `unit "${unitText.slice(0, 20)}" is not known; minutes are taken`,
      node.line,
      'Unit',
    )
  }
  return [{ kind, start, finish, workMinutes, ...(unit === undefined ? {} : { unit }) }]
}
