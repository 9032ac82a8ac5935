import { type FileLimits, fileLimits } from '../file-limits.ts'
import { openLossLog } from '../loss-log.ts'
import { sayTaken } from '../mspdi/normalise.ts'
import { changed, leftOut, offend, type ReadContext, refuseOffenders } from '../mspdi/read-context.ts'
import type { FileRefusal, LossReport, PlanFile, PlanTask } from '../plan-file.ts'
import { settleActualDurations } from './actual-duration.ts'
import { type ActivityRead, readActivity } from './read-activity.ts'
import { readBaselines } from './read-baselines.ts'
import { readCalendars } from './read-calendars.ts'
import { readHead } from './read-head.ts'
import { readWbs } from './read-outline.ts'
import { holdBehindDataDate, readRelations } from './read-relations.ts'
import { readAssignments, readResources } from './read-resources.ts'
import { idOf, plainText } from './row-values.ts'
import { cell, readTables, type XerRow, type XerTables } from './tables.ts'
import { rowsOf, type XerDraft } from './xer-draft.ts'

export type XerOptions = { limits?: FileLimits; onProgress?: (share: number) => void }

/**
 * Reads a Primavera P6 exchange file (XER) from its text, whole or not at all: the exported project with its WBS as
 * summary tasks, activities, relations, calendars, resources and progress. The loss report says what our model does
 * not know. Refusals: `file.notAPlan` (no project inside), `file.badTable`, `file.tooLarge`, `file.badValue`,
 * `file.missingUid`, `file.duplicateUid`, `file.calendarBase`, `file.calendarCycle`.
 */
export function readXer(
  text: string,
  options: XerOptions = {},
): { file: PlanFile; loss: LossReport } | { refused: FileRefusal } {
  const limits = options.limits ?? fileLimits
  const tables = readTables(text, limits, options.onProgress)
  if ('refused' in tables) return tables
  const loss = openLossLog(limits.lossLines)
  const context: ReadContext = { limits, loss, offenders: [], extra: {}, keptFields: new Map() }
  for (const { text: odd, line } of tables.oddities) changed(context, { kind: 'file' }, odd, line)
  const project = exportedProject(tables, context)
  const over = refuseNumbers(tables, limits)
  if (!project || over) return { refused: over ?? NO_PROJECT }
  const file = readProject(tables, project, context)
  const refusal = refuseOffenders(context)
  if (refusal !== undefined) return { refused: refusal }
  sayUnread(tables, context)
  sayTaken(file, context)
  return { file, loss: loss.report() }
}

const NO_PROJECT: FileRefusal = {
  code: 'file.notAPlan',
  sentence: 'This Primavera file holds no project.',
  facts: { looksLike: 'xer' },
}

function refuseNumbers(tables: XerTables, limits: FileLimits): FileRefusal | undefined {
  const most = [
    ['TASK', limits.tasks],
    ['PROJWBS', limits.tasks],
    ['TASKPRED', limits.links],
    ['TASKRSRC', limits.assignments],
    ['RSRC', limits.resources],
    ['CALENDAR', limits.calendars],
  ] as const
  for (const [table, limit] of most) {
    const count = rowsOf(tables, table).length
    if (count <= limit) continue
    const sentence = `The file holds ${count} rows of ${table}; at most ${limit} are read.`
    return { code: 'file.tooLarge', sentence, facts: { table, count, limit } }
  }
  return undefined
}

/** The first project that was exported and is no baseline of another. */
function exportedProject(tables: XerTables, context: ReadContext): XerRow | undefined {
  const rows = rowsOf(tables, 'PROJECT')
  const own = rows.filter((row) => cell(row, 'export_flag') !== 'N' && cell(row, 'orig_proj_id') === '')
  const project = own[0] ?? rows[0]
  for (const row of rows) {
    if (row === project) continue
    if (project && cell(row, 'orig_proj_id') === cell(project, 'proj_id')) continue
    const id = cell(row, 'proj_id')
    const count = rowsOf(tables, 'TASK').filter((task) => cell(task, 'proj_id') === id).length
    const what = cell(row, 'orig_proj_id') === '' ? 'another project' : 'a baseline of another project'
    const name = cell(row, 'proj_short_name')
    leftOut(context, { kind: 'project', name }, `${what} of the file with ${count} activities`, row.line)
  }
  return project
}

function readProject(tables: XerTables, row: XerRow, context: ReadContext): PlanFile {
  const calendars = readCalendars(tables, context)
  const projectId = cell(row, 'proj_id')
  const freeUid = openNumbers(tables)
  const draft: XerDraft = { tables, context, project: row, projectId, calendars, freeUid }
  const { project, dataDate } = readHead(draft)
  const activities = readActivities(draft, dataDate)
  const links = readRelations(draft, activities)
  const resources = readResources(draft)
  const { assignments, calculated } = readAssignments(draft, activities, resources)
  const tasks = readWbs(draft, [...activities.values()], new Set(activities.keys()))
  if (dataDate !== undefined && dataDate > (project.start ?? ''))
    holdBehindDataDate(tasks, links, dataDate, draft)
  followResources(draft, activities, assignments)
  if (dataDate !== undefined) settleActualDurations(tasks, calendars, project.calendar, dataDate)
  readNotes(draft, activities)
  return {
    format: { name: 'xer' },
    project,
    calendars: [...calendars.values()],
    resources: [...resources.values()],
    tasks,
    links,
    assignments,
    baselines: readBaselines(draft, activities),
    calculated: {
      project: project.start === undefined ? {} : { start: project.start },
      tasks: [...activities.values()].map((read) => read.calculated),
      assignments: calculated,
    },
    extra: {},
  }
}

/** Numbers beyond all that the file uses for activities, WBS nodes and resources. */
function openNumbers(tables: XerTables): () => number {
  let last = 0
  for (const [table, column] of [
    ['TASK', 'task_id'],
    ['PROJWBS', 'wbs_id'],
    ['RSRC', 'rsrc_id'],
  ] as const)
    for (const row of rowsOf(tables, table)) {
      const id = Number(cell(row, column))
      if (Number.isSafeInteger(id)) last = Math.max(last, id)
    }
  return () => {
    last += 1
    return last
  }
}

function readActivities(draft: XerDraft, dataDate: string | undefined): Map<number, ActivityRead> {
  const { tables, context, projectId } = draft
  const found = new Map<number, ActivityRead>()
  for (const row of rowsOf(tables, 'TASK')) {
    if (cell(row, 'proj_id') !== projectId) continue
    const name = cell(row, 'task_name')
    const uid = idOf(row, 'task_id', { kind: 'task', name }, context)
    if (uid === undefined) continue
    const where = { kind: 'task' as const, uid, name }
    if (found.has(uid)) offend(context, 'file.duplicateUid', where, { line: row.line })
    found.set(uid, readActivity(draft, { row, where, context }, uid, dataDate))
  }
  return found
}

/** A resource dependent activity follows the calendars of its people, and its own only while it has none. */
function followResources(
  { calendars }: XerDraft,
  activities: ReadonlyMap<number, ActivityRead>,
  assignments: PlanFile['assignments'],
): void {
  const staffed = new Set(
    assignments.filter(({ resource }) => resource !== undefined).map(({ task }) => task),
  )
  for (const { task, type } of activities.values())
    if (type === 'byResource' && staffed.has(task.uid) && calendars.size > 0) delete task.calendar
}

function readNotes({ tables, projectId }: XerDraft, activities: ReadonlyMap<number, ActivityRead>): void {
  for (const row of rowsOf(tables, 'TASKMEMO')) {
    const task: PlanTask | undefined = activities.get(Number(cell(row, 'task_id')))?.task
    const text = plainText(cell(row, 'task_memo'))
    if (!task || text === '' || cell(row, 'proj_id') !== projectId) continue
    task.notes = (task.notes === undefined ? text : `${task.notes}\n${text}`).slice(0, 100_000)
  }
}

const READ_TABLES = new Set([
  'CURRTYPE',
  'PROJECT',
  'CALENDAR',
  'SCHEDOPTIONS',
  'PROJWBS',
  'TASK',
  'TASKPRED',
  'TASKMEMO',
  'RSRC',
  'RSRCRATE',
  'ROLES',
  'TASKRSRC',
])

/** Tables that our model does not know, by name and number of rows. */
function sayUnread({ tables }: XerTables, context: ReadContext): void {
  for (const { name, rows } of tables.values()) {
    if (READ_TABLES.has(name) || rows.length === 0) continue
    const what = TABLE_WORDS[name] ?? 'not modelled'
    const text = `table ${name.slice(0, 40)}, ${rows.length} rows: ${what}`
    leftOut(context, { kind: 'file' }, text, rows[0]?.line, name.slice(0, 40))
  }
}

const TABLE_WORDS: Readonly<Record<string, string>> = {
  OBS: 'the organisation',
  UDFTYPE: 'fields of your own',
  UDFVALUE: 'values of fields of your own',
  ACTVTYPE: 'kinds of activity codes',
  ACTVCODE: 'activity codes',
  TASKACTV: 'activity codes of activities',
  PROJCOST: 'expenses',
  TASKPROC: 'steps of activities',
  ROLERATE: 'rates of roles',
  RSRCCURVDATA: 'resource curves',
  SHIFT: 'shifts of resources',
  TRSRCFIN: 'actuals by period',
  TASKFIN: 'actuals by period',
}
