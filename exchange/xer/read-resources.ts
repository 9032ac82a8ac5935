import { changed, leftOut, offend } from '../mspdi/read-context.ts'
import type { CalculatedAssignment, PlanAssignment, PlanResource } from '../plan-file.ts'
import { restingAssignment, restingResource } from '../resting.ts'
import type { ActivityRead } from './read-activity.ts'
import {
  idOf,
  instantOf,
  minutesOf,
  numberOf,
  plainText,
  type Reading,
  referenceOf,
  wordOf,
} from './row-values.ts'
import { cell, type XerRow } from './tables.ts'
import { rowsOf, type XerDraft } from './xer-draft.ts'

const RESOURCE_TYPES = { RT_Labor: 'work', RT_Equip: 'work', RT_Mat: 'material' } as const

/** The resources of the file; each stands in the group of the one it is below. */
export function readResources(draft: XerDraft): Map<number, PlanResource> {
  const { tables, context } = draft
  const found = new Map<number, PlanResource>()
  const rates = firstRates(draft)
  const names = new Map(rowsOf(tables, 'RSRC').map((row) => [cell(row, 'rsrc_id'), cell(row, 'rsrc_name')]))
  for (const row of rowsOf(tables, 'RSRC')) {
    const name = cell(row, 'rsrc_name').slice(0, context.limits.nameLength)
    const uid = idOf(row, 'rsrc_id', { kind: 'resource', name }, context)
    if (uid === undefined) continue
    const where = { kind: 'resource' as const, uid, name }
    if (found.has(uid)) offend(context, 'file.duplicateUid', where, { line: row.line })
    found.set(uid, resourceOf(draft, { row, where, context }, uid, rates.get(uid)))
    const group = names.get(cell(row, 'parent_rsrc_id'))
    const resource = found.get(uid)
    if (group && resource) resource.group = group
  }
  return found
}

function resourceOf(draft: XerDraft, reading: Reading, uid: number, rate: number | undefined): PlanResource {
  const { row, where, context } = reading
  const type = wordOf(reading, 'rsrc_type', RESOURCE_TYPES) ?? 'work'
  const calendar = referenceOf(reading, 'clndr_id')
  const isKnown = calendar !== undefined && draft.calendars.has(calendar)
  if (calendar !== undefined && !isKnown)
    changed(context, where, `calendar ${calendar} is not in the file; none is taken`, row.line, 'clndr_id')
  const texts = {
    initials: cell(row, 'rsrc_short_name'),
    code: cell(row, 'employee_code'),
    email: cell(row, 'email_addr'),
    notes: plainText(cell(row, 'rsrc_notes')),
  }
  const said = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
  const units = rate ?? numberOf(reading, 'def_qty_per_hr') ?? 1
  return {
    ...restingResource,
    ...said,
    uid,
    name: where.name ?? '',
    type,
    maxUnits: type === 'work' && units > 0 ? units : 1,
    inactive: cell(row, 'active_flag') === 'N',
    ...(isKnown ? { calendar } : {}),
  }
}

/** The units that a resource has at first; later changes of rate or number are not modelled. */
function firstRates({ tables, context }: XerDraft): Map<number, number> {
  const first = new Map<number, { from: string; units: number }>()
  const rows = rowsOf(tables, 'RSRCRATE')
  for (const row of rows) {
    const where = { kind: 'resource' as const }
    const uid = idOf(row, 'rsrc_id', where, context)
    const units = numberOf({ row, where, context }, 'max_qty_per_hr')
    const from = cell(row, 'start_date')
    if (uid === undefined || units === undefined) continue
    const known = first.get(uid)
    if (!known || from < known.from) first.set(uid, { from, units })
  }
  if (rows.length > 0)
    leftOut(
      context,
      { kind: 'resource' },
      `${rows.length} rates; only the first number of units is taken`,
      rows[0]?.line,
      'RSRCRATE',
    )
  return new Map([...first].map(([uid, { units }]) => [uid, units]))
}

export type StaffRead = { assignments: PlanAssignment[]; calculated: CalculatedAssignment[] }

/** Who works on what; a role that nobody fills becomes a generic resource. */
export function readAssignments(
  draft: XerDraft,
  activities: ReadonlyMap<number, ActivityRead>,
  resources: Map<number, PlanResource>,
): StaffRead {
  const { tables, context, projectId } = draft
  const staff: StaffRead = { assignments: [], calculated: [] }
  const seen = new Set<number>()
  const roles = new Map<string, number>()
  for (const row of rowsOf(tables, 'TASKRSRC')) {
    if (cell(row, 'proj_id') !== projectId) continue
    const said = idOf(row, 'taskrsrc_id', { kind: 'assignment' }, context)
    if (said === undefined) continue
    const where = { kind: 'assignment' as const, uid: said }
    if (seen.has(said)) offend(context, 'file.duplicateUid', where, { line: row.line })
    seen.add(said)
    const reading: Reading = { row, where, context }
    const task = idOf(row, 'task_id', where, context)
    if (task === undefined) continue
    if (!activities.has(task)) {
      leftOut(context, where, `activity ${task} is not in this project`, row.line, 'task_id')
      continue
    }
    const resource = referenceOf(reading, 'rsrc_id') ?? roleOf(draft, row, roles, resources)
    if (resource !== undefined && !resources.has(resource)) {
      leftOut(context, where, `resource ${resource} is not in the file`, row.line, 'rsrc_id')
      continue
    }
    staff.assignments.push(assignmentOf(reading, said, task, resource, resources))
    const start = instantOf(reading, 'act_start_date') ?? instantOf(reading, 'restart_date')
    const finish = instantOf(reading, 'act_end_date') ?? instantOf(reading, 'reend_date')
    staff.calculated.push({ uid: said, ...(start ? { start } : {}), ...(finish ? { finish } : {}) })
  }
  return staff
}

function assignmentOf(
  reading: Reading,
  uid: number,
  task: number,
  resource: number | undefined,
  resources: ReadonlyMap<number, PlanResource>,
): PlanAssignment {
  const { row, where, context } = reading
  const isMaterial = resource !== undefined && resources.get(resource)?.type === 'material'
  const done = (minutesOf(reading, 'act_reg_qty') ?? 0) + (minutesOf(reading, 'act_ot_qty') ?? 0)
  const left = minutesOf(reading, 'remain_qty') ?? 0
  const lagMinutes = minutesOf(reading, 'target_lag_drtn_hr_cnt', Number.NEGATIVE_INFINITY) ?? 0
  if (lagMinutes !== 0)
    leftOut(context, where, 'its lag after the start of the activity', row.line, 'target_lag_drtn_hr_cnt')
  if (cell(row, 'curv_id') !== '')
    leftOut(context, where, 'its curve; the work is spread evenly', row.line, 'curv_id')
  const perHour = numberOf(reading, 'target_qty_per_hr') ?? 1
  const base = { ...restingAssignment, uid, task, ...(resource === undefined ? {} : { resource }) }
  if (isMaterial) return { ...base, units: (done + left) / 60 }
  const start = instantOf(reading, 'act_start_date')
  const finish = instantOf(reading, 'act_end_date')
  return {
    ...base,
    units: perHour > 0 ? perHour : 1,
    workMinutes: done + left,
    actualWorkMinutes: done,
    remainingWorkMinutes: left,
    percentWorkComplete: done + left > 0 ? Math.round((100 * done) / (done + left)) : 0,
    actualOvertimeWorkMinutes: minutesOf(reading, 'act_ot_qty') ?? 0,
    ...(start === undefined ? {} : { actualStart: start }),
    ...(start === undefined || finish === undefined ? {} : { actualFinish: finish }),
  }
}

function roleOf(
  { tables, freeUid }: XerDraft,
  row: XerRow,
  roles: Map<string, number>,
  resources: Map<number, PlanResource>,
): number | undefined {
  const role = cell(row, 'role_id')
  if (role === '') return undefined
  const known = roles.get(role)
  if (known !== undefined) return known
  const said = rowsOf(tables, 'ROLES').find((each) => cell(each, 'role_id') === role)
  const uid = freeUid()
  roles.set(role, uid)
  const name = said ? cell(said, 'role_name') : `Role ${role}`
  resources.set(uid, { ...restingResource, uid, name, generic: true })
  return uid
}
