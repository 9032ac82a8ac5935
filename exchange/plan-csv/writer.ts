import { type CsvCell, writeCsv } from '../csv/csv.ts'
import { openLossLog } from '../loss-log.ts'
import type { Lag, LossReport, PlanCalculated, PlanFile, PlanLink, PlanTask } from '../plan-file.ts'
import { CONSTRAINT_WORDS } from './cell-values.ts'
import { HEADINGS, type PlanColumn } from './columns.ts'

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

/**
 * Writes a plan as a table (CSV, English headings) that `readPlanCsv` and spreadsheets read. `schedule`: the dates that
 * hold now; absent: those the file came with. What a table cannot say is named in the loss report.
 */
export function writePlanCsv(
  file: PlanFile,
  options: { schedule?: PlanCalculated } = {},
): { text: string; loss: LossReport } {
  const tasks = file.tasks.filter(({ blank }) => !blank)
  const rowOf = new Map(tasks.map(({ uid }, index) => [uid, index + 1]))
  const before = groupedBy(file.links, ({ successor }) => successor)
  const people = peopleByTask(file)
  const dates = new Map((options.schedule ?? file.calculated).tasks.map((line) => [line.uid, line]))
  const rows = tasks.map((task, index) => {
    const own = dates.get(task.uid)
    const said: Record<PlanColumn, CsvCell> = {
      id: index + 1,
      uid: task.uid,
      wbs: task.wbs,
      level: task.outlineLevel,
      name: task.name,
      mode: task.mode === 'manual' ? 'Manual' : 'Auto',
      active: task.active ? 'Yes' : 'No',
      duration: durationText(task),
      start: momentText(task.mode === 'manual' ? (task.manualStart ?? own?.start) : own?.start),
      finish: momentText(task.mode === 'manual' ? (task.manualFinish ?? own?.finish) : own?.finish),
      predecessors: (before.get(task.uid) ?? []).flatMap((link) => linkText(link, rowOf)).join(';'),
      resources: people.get(task.uid),
      work: task.workMinutes > 0 && !task.summary ? amountText(task.workMinutes) : undefined,
      percentComplete: `${task.percentComplete} %`,
      milestone: task.milestone ? 'Yes' : 'No',
      constraint: CONSTRAINT_WORDS.find(([constraint]) => constraint === task.constraint)?.[1],
      constraintAt: momentText(task.constraintAt),
      deadline: momentText(task.deadline),
      actualStart: momentText(task.actualStart),
      actualFinish: momentText(task.actualFinish),
      priority: task.priority,
      notes: task.notes,
    }
    return COLUMNS.map((column) => said[column])
  })
  const text = `\ufeff${writeCsv(
    COLUMNS.map((column) => HEADINGS[column][0] ?? column),
    rows,
  )}`
  return { text, loss: lossOf(file) }
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

function momentText(instant: string | undefined): string | undefined {
  return instant?.replace('T', ' ').replace(/:00$/, '')
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

function lossOf(file: PlanFile): LossReport {
  const loss = openLossLog()
  loss.note({
    level: 'taken',
    where: { kind: 'file' },
    text: `${file.tasks.length} tasks as rows of a table`,
  })
  const left: [number, string][] = [
    [file.calendars.length, 'calendars: a table says no working time'],
    [file.tasks.filter(({ calendar }) => calendar !== undefined).length, 'calendars of tasks'],
    [file.resources.filter(({ type }) => type !== 'work').length, 'materials and costs'],
    [file.baselines.length, 'baselines'],
    [file.links.filter(({ crossProject }) => crossProject !== undefined).length, 'links to other files'],
    [
      file.assignments.filter(({ contour, timephased }) => contour !== 'flat' || timephased).length,
      'shapes of work over time',
    ],
    [file.tasks.filter(({ levelingDelayMinutes }) => levelingDelayMinutes !== 0).length, 'levelling delays'],
    [
      file.tasks.filter(({ resume, actualFinish }) => resume !== undefined && !actualFinish).length,
      'dates at which work resumes',
    ],
    [file.tasks.filter(({ fixedCostCents }) => fixedCostCents !== 0).length, 'fixed costs'],
    [Object.keys(file.extra).length, 'owners of fields that only the source knows'],
  ]
  for (const [count, what] of left)
    if (count > 0) loss.note({ level: 'left out', where: { kind: 'file' }, text: `${count} ${what}` })
  return loss.report()
}
