import { type CsvCell, writeCsv } from '../csv/csv.ts'
import type { Lag, LossReport, PlanCalculated, PlanFile, PlanLink, PlanTask } from '../plan-file.ts'
import type { Cell, CellKind, SheetToWrite } from '../xlsx/workbook.ts'
import { writeWorkbook } from '../xlsx/write-workbook.ts'
import { CONSTRAINT_WORDS } from './cell-values.ts'
import { HEADINGS, type PlanColumn } from './columns.ts'
import { lossOf } from './unsayable.ts'

const COLUMNS: readonly PlanColumn[] = [
  'id',
  'uid',
  'wbs',
  'level',
  'name',
  'mode',
  'active',
  'duration',
  'start',
  'finish',
  'predecessors',
  'resources',
  'work',
  'percentComplete',
  'milestone',
  'constraint',
  'constraintAt',
  'deadline',
  'actualStart',
  'actualFinish',
  'priority',
  'notes',
]

/** What each column holds when it is written as a workbook; the rest is text. */
const KINDS: Partial<Record<PlanColumn, CellKind>> = {
  id: 'whole',
  uid: 'whole',
  level: 'whole',
  start: 'instant',
  finish: 'instant',
  work: 'minutes',
  percentComplete: 'share',
  constraintAt: 'instant',
  deadline: 'instant',
  actualStart: 'instant',
  actualFinish: 'instant',
  priority: 'whole',
  notes: 'longText',
}

type WriteOptions = { schedule?: PlanCalculated }

/**
 * Writes a plan as a table (CSV, English headings) that `readPlanTable` and spreadsheets read. `schedule`: the dates that
 * hold now; absent: those the file came with. What a table cannot say is named in the loss report.
 */
export function writePlanCsv(file: PlanFile, options: WriteOptions = {}): { text: string; loss: LossReport } {
  const rows = taskRows(file, options.schedule).map((row) => row.map(csvText))
  const text = `\ufeff${writeCsv(COLUMNS.map(titleOf), rows)}`
  return { text, loss: lossOf(file, 0) }
}

/**
 * Writes a plan as an Excel workbook: a sheet of tasks that `readPlanTable` reads, one of resources and one of
 * assignments for people. Dates, shares, hours and numbers are such, not texts.
 */
export async function writePlanWorkbook(
  file: PlanFile,
  options: WriteOptions = {},
): Promise<{ bytes: Uint8Array; loss: LossReport }> {
  const tasks: SheetToWrite = {
    name: 'Tasks',
    columns: COLUMNS.map((column) => ({ title: titleOf(column), kind: KINDS[column] ?? 'text' })),
    rows: taskRows(file, options.schedule),
  }
  const { bytes, shortened } = await writeWorkbook([tasks, resourceSheet(file), assignmentSheet(file)])
  return { bytes, loss: lossOf(file, shortened) }
}

const titleOf = (column: PlanColumn) => HEADINGS[column][0] ?? column

/** One row a task, the cells in the order of `COLUMNS`. */
function taskRows(file: PlanFile, schedule: PlanCalculated = file.calculated): Cell[][] {
  const tasks = file.tasks.filter(({ blank }) => !blank)
  const rowOf = new Map(tasks.map(({ uid }, index) => [uid, index + 1]))
  const before = groupedBy(file.links, ({ successor }) => successor)
  const people = peopleByTask(file)
  const dates = new Map(schedule.tasks.map((line) => [line.uid, line]))
  return tasks.map((task, index) => {
    const own = dates.get(task.uid)
    const said: Record<PlanColumn, Cell> = {
      id: index + 1,
      uid: task.uid,
      wbs: task.wbs ?? null,
      level: task.outlineLevel,
      name: task.name,
      mode: task.mode === 'manual' ? 'Manual' : 'Auto',
      active: task.active ? 'Yes' : 'No',
      duration: durationText(task) ?? null,
      start: moment(task.mode === 'manual' ? (task.manualStart ?? own?.start) : own?.start),
      finish: moment(task.mode === 'manual' ? (task.manualFinish ?? own?.finish) : own?.finish),
      predecessors: (before.get(task.uid) ?? []).flatMap((link) => linkText(link, rowOf)).join(';') || null,
      resources: people.get(task.uid) ?? null,
      work: task.workMinutes > 0 && !task.summary ? { minutes: task.workMinutes } : null,
      percentComplete: { share: task.percentComplete / 100 },
      milestone: task.milestone ? 'Yes' : 'No',
      constraint: CONSTRAINT_WORDS.find(([constraint]) => constraint === task.constraint)?.[1] ?? null,
      constraintAt: moment(task.constraintAt),
      deadline: moment(task.deadline),
      actualStart: moment(task.actualStart),
      actualFinish: moment(task.actualFinish),
      priority: task.priority,
      notes: task.notes ?? null,
    }
    return COLUMNS.map((column) => said[column])
  })
}

const moment = (instant: string | undefined): Cell => (instant === undefined ? null : { instant })

function csvText(cell: Cell): CsvCell {
  if (cell === null || typeof cell !== 'object') return cell
  if ('instant' in cell) return cell.instant.replace('T', ' ').replace(/:00$/, '')
  if ('day' in cell) return cell.day
  return 'share' in cell ? `${Math.round(cell.share * 100)} %` : amountText(cell.minutes)
}

function resourceSheet({ resources }: PlanFile): SheetToWrite {
  const columns: SheetToWrite['columns'] = [
    { title: 'UID', kind: 'whole' },
    { title: 'Resource', kind: 'text' },
    { title: 'Type', kind: 'text' },
    { title: 'Group', kind: 'text' },
    { title: 'E-mail', kind: 'text' },
    { title: 'Max. units', kind: 'share' },
  ]
  const rows = resources.map(({ uid, name, type, group, email, maxUnits }) => [
    uid,
    name,
    type,
    group ?? null,
    email ?? null,
    type === 'work' ? { share: maxUnits } : null,
  ])
  return { name: 'Resources', columns, rows }
}

function assignmentSheet({ assignments, tasks, resources }: PlanFile): SheetToWrite {
  const taskOf = new Map(tasks.map(({ uid, name }) => [uid, name]))
  const resourceOf = new Map(resources.map((resource) => [resource.uid, resource]))
  const columns: SheetToWrite['columns'] = [
    { title: 'Task UID', kind: 'whole' },
    { title: 'Task', kind: 'text' },
    { title: 'Resource', kind: 'text' },
    { title: 'Units', kind: 'share' },
    { title: 'Work', kind: 'minutes' },
    { title: 'Actual work', kind: 'minutes' },
    { title: 'Remaining work', kind: 'minutes' },
  ]
  const rows = assignments.map((each): Cell[] => {
    const resource = resourceOf.get(each.resource ?? -1)
    const isWork = resource === undefined || resource.type === 'work'
    const { workMinutes, actualWorkMinutes, remainingWorkMinutes } = each
    return [
      each.task,
      taskOf.get(each.task) ?? null,
      resource?.name ?? null,
      isWork ? { share: each.units } : each.units,
      ...[workMinutes, actualWorkMinutes, remainingWorkMinutes].map((minutes) =>
        isWork ? { minutes } : null,
      ),
    ]
  })
  return { name: 'Assignments', columns, rows }
}

function groupedBy<Row>(rows: readonly Row[], key: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

/** Days would depend on how long a day is, which a table does not say: whole eight-hour days, else hours, else minutes. */
function amountText(minutes: number): string {
  if (minutes % 480 === 0) return `${minutes / 480} d`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`
}

function elapsedText(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440} ed`
  return minutes % 60 === 0 ? `${minutes / 60} eh` : `${minutes} emin`
}

function durationText(task: PlanTask): string | undefined {
  if (task.durationMinutes === null) return undefined
  const amount = task.durationElapsed ? elapsedText(task.durationMinutes) : amountText(task.durationMinutes)
  return task.estimated ? `${amount}?` : amount
}

function linkText(link: PlanLink, rowOf: ReadonlyMap<number, number>): string[] {
  const row = rowOf.get(link.predecessor)
  if (row === undefined || link.crossProject !== undefined) return []
  const lag = lagText(link.lag)
  const type = link.type === 'fs' && lag === '' ? '' : link.type.toUpperCase()
  return [`${row}${type}${lag}`]
}

function lagText(lag: Lag): string {
  if ('percent' in lag) {
    const unit = lag.kind === 'elapsedPercent' ? 'e%' : '%'
    return lag.percent === 0 ? '' : `${lag.percent < 0 ? '-' : '+'}${Math.abs(lag.percent)}${unit}`
  }
  if (lag.minutes === 0) return ''
  const size = Math.abs(lag.minutes)
  const amount = lag.kind === 'elapsed' ? elapsedText(size) : amountText(size)
  return `${lag.minutes < 0 ? '-' : '+'}${amount.replace(' ', '')}`
}

function peopleByTask(file: PlanFile): Map<number, string> {
  const people = file.resources.filter(({ type }) => type === 'work')
  const nameOf = new Map(people.map(({ uid, name }) => [uid, name]))
  const said = new Map<number, string>()
  for (const { task, resource, units } of file.assignments) {
    const name = resource === undefined ? undefined : nameOf.get(resource)
    if (name === undefined) continue
    const share = units === 1 ? '' : `[${Math.round(units * 10_000) / 100}%]`
    const one = `${name.replace(/[;[\]]/g, ' ').trim()}${share}`
    const before = said.get(task)
    // A semicolon behind the last name tells that a comma belongs to a name.
    said.set(
      task,
      before === undefined ? `${one}${one.includes(',') ? ';' : ''}` : `${before.replace(/;$/, '')};${one}`,
    )
  }
  return said
}
