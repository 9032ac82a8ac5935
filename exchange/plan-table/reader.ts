import { type FileLimits, fileLimits } from '../file-limits.ts'
import { openLossLog } from '../loss-log.ts'
import { sayTaken } from '../mspdi/normalise.ts'
import { findSummaries, readOutline } from '../mspdi/outline.ts'
import { changed, leftOut, type ReadContext, refuseOffenders } from '../mspdi/read-context.ts'
import type {
  CalculatedTask,
  FileRefusal,
  LossReport,
  PlanAssignment,
  PlanFile,
  PlanLink,
  PlanResource,
  PlanTask,
  WeekShifts,
} from '../plan-file.ts'
import { restingAssignment, restingProject, restingResource } from '../resting.ts'
import { columnName } from '../xlsx/workbook.ts'
import { type DayOrder, dayOrderOf, peopleIn } from './cell-values.ts'
import { type FoundColumns, findColumns, HEADINGS, type PlanColumn } from './columns.ts'
import { type ChosenSheet, chosenSheet, type PlanTable, type TableReading } from './plan-table.ts'
import { type RowRead, readRow } from './read-row.ts'

export type TableOptions = { limits?: FileLimits }

/**
 * Reads a plan from a table: columns by their headings or as the reading says. A table knows neither calendars nor its
 * own project: Monday to Friday, eight hours, begun on the earliest start. Starts of tasks that wait for others follow
 * from the links; a start of one that waits for nothing is its earliest.
 * Refusals: `file.notAPlan` (no column of names, no such sheet), `file.badValue` (with row and column),
 * `file.duplicateUid`, `file.tooLarge`.
 */
export function readPlanTable(
  table: PlanTable,
  reading: TableReading = {},
  options: TableOptions = {},
): { file: PlanFile; loss: LossReport } | { refused: FileRefusal } {
  const attempt = attemptReading(table, reading, options.limits ?? fileLimits)
  if ('refused' in attempt) return attempt
  const { file, context } = attempt
  const refusal = refuseOffenders(context)
  if (refusal !== undefined) return { refused: refusal }
  sayTaken(file, context)
  return { file, loss: context.loss.report() }
}

/** One cell that cannot be read, or one row that stands against another. */
export type CellProblem = {
  row: number
  /** Letter and heading, `C "Duration"`; absent: the row as a whole. */
  column?: string
  field?: string
  value?: string
  text: string
}

/** What a reading would meet: every problem, for a person who is choosing what the columns mean. */
export function tryPlanTable(
  table: PlanTable,
  reading: TableReading,
): { problems: CellProblem[]; dayOrder: DayOrder; dayOrderInDoubt: boolean; fault?: string } {
  const attempt = attemptReading(table, reading, fileLimits)
  if ('refused' in attempt)
    return {
      problems: [],
      dayOrder: reading.dayOrder ?? 'monthFirst',
      dayOrderInDoubt: false,
      fault: attempt.refused.sentence,
    }
  const { context, dayOrder, dayOrderInDoubt } = attempt
  const problems = context.offenders.map(({ code, line, column, field, value, name }) => ({
    row: line ?? 1,
    ...(column === undefined ? {} : { column }),
    ...(field === undefined ? {} : { field }),
    ...(value === undefined ? {} : { value }),
    text: problemText(code, field, value, name),
  }))
  return { problems, dayOrder, dayOrderInDoubt }
}

function problemText(code: string, field = '', value = '', name = ''): string {
  const thing = HEADINGS[field as PlanColumn]?.[0]?.toLowerCase() ?? field
  if (code === 'file.duplicateUid')
    return `"${value || name}" stands in more than one row, and names a row only once`
  return `"${value}" is no ${thing}`
}

type Attempt = { file: PlanFile; context: ReadContext; dayOrder: DayOrder; dayOrderInDoubt: boolean }

function attemptReading(
  table: PlanTable,
  reading: TableReading,
  limits: FileLimits,
): Attempt | { refused: FileRefusal } {
  const sheet = chosenSheet(table, reading)
  if ('refused' in sheet) return sheet
  const found = findColumns(sheet.headings, reading.columns)
  const refused = refuseTable(found, sheet.rows.length, limits)
  if (refused) return { refused }
  const loss = openLossLog(limits.lossLines)
  const context: ReadContext = { limits, loss, offenders: [], extra: {}, keptFields: new Map() }
  for (const heading of found.unread)
    leftOut(
      context,
      { kind: 'file' },
      `the column "${heading.slice(0, 80)}" says nothing known here`,
      sheet.headingRow,
    )
  sayOtherSheets(table, sheet, context)
  const days = dayOrder(found, sheet.rows, reading, context)
  const shares = areShares(found, sheet.rows)
  const rows = sheet.rows
    .map((cells, index) =>
      readRow({
        cells,
        line: sheet.headingRow + 1 + index,
        places: found.places,
        order: days.order,
        shares,
        outline: reading.outline,
        badCells: reading.badCells ?? 'refuse',
        columnAt: (at) => columnWords(at, sheet.headings),
        context,
      }),
    )
    .filter((row) => row !== undefined)
  const file = assemble(rows, found, reading.start, context)
  file.format = { name: table.format }
  return { file, context, dayOrder: days.order, dayOrderInDoubt: days.inDoubt }
}

function columnWords(at: number, headings: readonly string[]): string {
  return `${columnName(at)} "${(headings[at] ?? '').slice(0, 60)}"`
}

function sayOtherSheets(table: PlanTable, sheet: ChosenSheet, context: ReadContext): void {
  for (const { name, rows } of table.sheets)
    if (name !== sheet.name && rows.length > 0)
      leftOut(
        context,
        { kind: 'file' },
        `the sheet "${name.slice(0, 60)}" with ${rows.length} rows is not read`,
      )
}

function refuseTable(
  { places, missing }: FoundColumns,
  rows: number,
  limits: FileLimits,
): FileRefusal | undefined {
  if (missing.length > 0) {
    const sentence = `The table has no column "${missing[0]}".`
    return { code: 'file.notAPlan', sentence, facts: { missing } }
  }
  if (!places.has('name')) {
    const sentence =
      'No column is known to hold the names of the tasks ("Task name", "Vorgangsname"). Say which one does.'
    return { code: 'file.notAPlan', sentence, facts: { looksLike: 'csv' } }
  }
  if (rows <= limits.tasks) return undefined
  const sentence = `The table has ${rows} rows; at most ${limits.tasks} are read.`
  return { code: 'file.tooLarge', sentence, facts: { rows, limit: limits.tasks } }
}

const DATE_COLUMNS = ['start', 'finish', 'constraintAt', 'deadline', 'actualStart', 'actualFinish'] as const

function dayOrder(
  { places }: FoundColumns,
  rows: readonly string[][],
  { dayOrder: said }: TableReading,
  context: ReadContext,
): { order: DayOrder; inDoubt: boolean } {
  if (said !== undefined) return { order: said, inDoubt: false }
  const columns = DATE_COLUMNS.flatMap((column) => places.get(column) ?? [])
  const texts = rows.flatMap((row) => columns.map((at) => row[at] ?? '')).filter((text) => STROKED.test(text))
  const order = dayOrderOf(texts)
  if (order === 'contradicting')
    context.offenders.push({
      code: 'file.badValue',
      kind: 'project',
      field: 'date',
      value: 'both day/month and month/day',
    })
  const inDoubt = order === undefined && texts.length > 0
  if (inDoubt)
    changed(context, { kind: 'file' }, `dates like "${texts[0]?.slice(0, 20)}" are read month first`)
  return { order: order === 'dayFirst' ? 'dayFirst' : 'monthFirst', inDoubt }
}

/** A date whose writing does not tell day from month. */
const STROKED = /(?<!\d)\d{1,2}[-/]\d{1,2}[-/]\d/

/** A column of progress in which nothing is above 1 holds shares, not percent. */
function areShares({ places }: FoundColumns, rows: readonly string[][]): boolean {
  const at = places.get('percentComplete')
  if (at === undefined) return false
  const texts = rows.map((row) => (row[at] ?? '').trim().replace(',', '.')).filter((text) => text !== '')
  return texts.some((text) => /^0?\.\d+$/.test(text)) && texts.every((text) => Number(text) <= 1)
}

const DAY = [
  { fromMinute: 480, toMinute: 720 },
  { fromMinute: 780, toMinute: 1020 },
]
const WEEK: WeekShifts = [[], DAY, DAY, DAY, DAY, DAY, []]

function assemble(
  rows: RowRead[],
  found: FoundColumns,
  said: string | undefined,
  context: ReadContext,
): PlanFile {
  const tasks = rows.map(({ task }) => task)
  numberTasks(rows, context)
  const outlined = readOutline(tasks)
  if (outlined.length > 0)
    changed(context, { kind: 'task' }, `${outlined.length} outline levels jump and are closed up`)
  const summaries = findSummaries(tasks)
  for (const task of tasks) settleSummary(task, summaries.has(task.uid))
  const links = linksOf(rows, context)
  const starts = tasks.flatMap((_task, index) => rows[index]?.start ?? [])
  const start = said === undefined ? [...starts].sort()[0] : `${said}T08:00:00`
  if (start === undefined)
    changed(context, { kind: 'project' }, 'the table says no start; the day of the import is taken')
  holdStarts(rows, links, start, found, context)
  const { resources, assignments } = staffOf(rows, context)
  return {
    format: { name: 'csv' },
    project: { ...restingProject, name: '', calendar: 1, ...(start === undefined ? {} : { start }) },
    calendars: [{ uid: 1, name: 'Standard', shared: true, week: WEEK, exceptions: [], workWeeks: [] }],
    resources,
    tasks,
    links,
    assignments,
    baselines: [],
    calculated: { project: {}, tasks: rows.map(calculatedOf), assignments: [] },
    extra: {},
  }
}

function calculatedOf({ task, start, finish }: RowRead): CalculatedTask {
  return { uid: task.uid, ...(start ? { start } : {}), ...(finish ? { finish } : {}) }
}

/** Rows keep their unique numbers where the table has them, else get those of their place. */
function numberTasks(rows: readonly RowRead[], context: ReadContext): void {
  const taken = new Set<number>()
  for (const { task, uid, line } of rows) {
    if (uid !== undefined && taken.has(uid))
      context.offenders.push({ code: 'file.duplicateUid', kind: 'task', uid, name: task.name, line })
    if (uid !== undefined) taken.add(uid)
  }
  let next = 0
  for (const [index, { task, uid }] of rows.entries()) {
    task.id = index + 1
    if (uid === undefined)
      do next += 1
      while (taken.has(next))
    task.uid = uid ?? next
  }
}

function settleSummary(task: PlanTask, isSummary: boolean): void {
  task.summary = isSummary
  if (!isSummary) return
  // What a summary shows is rolled up from below.
  Object.assign(task, {
    durationMinutes: null,
    milestone: false,
    estimated: false,
    workMinutes: 0,
    remainingWorkMinutes: 0,
    percentComplete: 0,
    actualDurationMinutes: 0,
    remainingDurationMinutes: 0,
  })
  delete task.actualStart
  delete task.actualFinish
}

function linksOf(rows: readonly RowRead[], context: ReadContext): PlanLink[] {
  const uidOf = new Map<string, number>()
  for (const { task, id } of rows) {
    if (task.wbs?.includes('.')) uidOf.set(task.wbs, task.uid)
    const key = id ?? String(task.id)
    if (uidOf.has(key) && id !== undefined)
      context.offenders.push({
        code: 'file.duplicateUid',
        kind: 'task',
        name: task.name,
        field: 'ID',
        value: id,
      })
    uidOf.set(key, task.uid)
  }
  const links: PlanLink[] = []
  const known = new Set<string>()
  for (const { task, predecessors, line } of rows)
    for (const { row, type, lag } of predecessors) {
      const predecessor = uidOf.get(row)
      const where = { kind: 'link' as const, uid: task.uid, name: task.name }
      const key = `${predecessor}>${task.uid}:${type}`
      if (predecessor === undefined) leftOut(context, where, `there is no row ${row} to wait for`, line)
      else if (predecessor === task.uid) leftOut(context, where, 'the task is linked to itself', line)
      else if (known.has(key)) leftOut(context, where, `the link to row ${row} is given twice`, line)
      else links.push({ predecessor, successor: task.uid, type, lag, lagUnit: 'days' })
      known.add(key)
    }
  return links
}

/** Without a column of constraints a start that no link explains is what somebody decided. */
function holdStarts(
  rows: readonly RowRead[],
  links: readonly PlanLink[],
  projectStart: string | undefined,
  { places }: FoundColumns,
  context: ReadContext,
): void {
  if (places.has('constraint')) return
  const waiting = new Set(links.map(({ successor }) => successor))
  let following = 0
  for (const { task, start } of rows) {
    if (start === undefined || task.summary || task.mode === 'manual' || task.actualStart !== undefined)
      continue
    if (waiting.has(task.uid)) following += 1
    else if (start !== projectStart) Object.assign(task, { constraint: 'snet', constraintAt: start })
  }
  if (following > 0)
    changed(
      context,
      { kind: 'task' },
      `${following} starts follow from the links; what the table says of them is not held`,
    )
}

function staffOf(rows: readonly RowRead[], context: ReadContext) {
  const resources = new Map<string, PlanResource>()
  const assignments: PlanAssignment[] = []
  let onSummaries = 0
  for (const { task, people } of rows) {
    const named = peopleIn(people)
    if (task.summary) {
      onSummaries += named.length > 0 ? 1 : 0
      continue
    }
    const together = named.reduce((sum, { units }) => sum + units, 0)
    for (const { name, units } of named) {
      const known = resources.get(name) ?? { ...restingResource, uid: resources.size + 1, name }
      known.maxUnits = Math.max(known.maxUnits, units)
      resources.set(name, known)
      const whole =
        task.workMinutes > 0
          ? (task.workMinutes * units) / (together || 1)
          : (task.durationMinutes ?? 480) * units
      const workMinutes = Math.round(whole)
      const actualWorkMinutes = Math.round((workMinutes * task.percentComplete) / 100)
      assignments.push({
        ...restingAssignment,
        uid: assignments.length + 1,
        task: task.uid,
        resource: known.uid,
        units,
        workMinutes,
        actualWorkMinutes,
        remainingWorkMinutes: workMinutes - actualWorkMinutes,
        percentWorkComplete: task.percentComplete,
      })
    }
  }
  if (onSummaries > 0)
    leftOut(context, { kind: 'assignment' }, `the resources of ${onSummaries} summary tasks`)
  return { resources: [...resources.values()], assignments }
}
