import { leftOut, offend, type ReadContext } from '../mspdi/read-context.ts'
import type { Instant, PlanTask } from '../plan-file.ts'
import { restingTask } from '../resting.ts'
import {
  constraintIn,
  type DayOrder,
  type LinkText,
  linksIn,
  momentIn,
  spanIn,
  truthIn,
  usualMinutesBetween,
} from './cell-values.ts'
import { HEADINGS, type PlanColumn } from './columns.ts'
import type { TableReading } from './plan-table.ts'

export type RowToRead = {
  cells: readonly string[]
  line: number
  places: ReadonlyMap<PlanColumn, number>
  order: DayOrder
  /** Progress is said as 0..1. */
  shares: boolean
  outline: TableReading['outline']
  badCells: 'refuse' | 'leaveOut'
  /** How people find a column: letter and heading. */
  columnAt: (at: number) => string
  context: ReadContext
}

export type RowRead = {
  task: PlanTask
  line: number
  uid: number | undefined
  /** As rows are named in the column of predecessors. */
  id: string | undefined
  predecessors: LinkText[]
  people: string
  start: Instant | undefined
  finish: Instant | undefined
}

/** One row as a task, undefined for an empty one. What would make wrong dates is an offender. */
export function readRow(row: RowToRead): RowRead | undefined {
  if (row.cells.every((cell) => cell.trim() === '')) return undefined
  const said = textOf(row, 'name', false)
  const name = said.trim().slice(0, row.context.limits.nameLength)
  const start = momentOf(row, 'start', '08:00:00')
  const finish = momentOf(row, 'finish', '17:00:00')
  const task: PlanTask = { ...restingTask, uid: 0, name, outlineLevel: levelOf(row, said) }
  const texts = { wbs: textOf(row, 'wbs'), notes: textOf(row, 'notes') }
  for (const [field, text] of Object.entries(texts)) if (text !== '') Object.assign(task, { [field]: text })
  takeDuration(row, task, start, finish)
  takeLimits(row, task)
  takeProgress(row, task, start, finish)
  const isManual = /\bmanu/i.test(textOf(row, 'mode'))
  if (isManual)
    Object.assign(
      task,
      { mode: 'manual' },
      start && { manualStart: start },
      finish && { manualFinish: finish },
    )
  if (readCell(row, 'active', truthIn) === false && textOf(row, 'active') !== '') task.active = false
  const id = textOf(row, 'id')
  return {
    task,
    line: row.line,
    uid: readCell(row, 'uid', (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined)),
    id: id === '' ? undefined : id,
    predecessors: readCell(row, 'predecessors', linksIn) ?? [],
    people: textOf(row, 'resources'),
    start,
    finish,
  }
}

function textOf({ cells, places }: RowToRead, column: PlanColumn, trimmed = true): string {
  const at = places.get(column)
  const text = at === undefined ? '' : (cells[at] ?? '')
  return trimmed ? text.trim() : text
}

function readCell<Value>(
  row: RowToRead,
  column: PlanColumn,
  read: (text: string) => Value | undefined,
): Value | undefined {
  const text = textOf(row, column)
  if (text === '') return undefined
  const value = read(text)
  if (value === undefined) {
    const where = { kind: 'task' as const, name: textOf(row, 'name') }
    const words = row.columnAt(row.places.get(column) ?? 0)
    const { context, line } = row
    if (row.badCells === 'leaveOut') {
      const what = HEADINGS[column][0]?.toLowerCase() ?? column
      leftOut(context, where, `column ${words}: "${text.slice(0, 60)}" is no ${what}`, line)
    } else
      offend(context, 'file.badValue', where, {
        field: column,
        value: text.slice(0, 60),
        line,
        column: words,
      })
  }
  return value
}

function momentOf(row: RowToRead, column: PlanColumn, time: string): Instant | undefined {
  const moment = readCell(row, column, (text) =>
    /^(na|nv|n\/a|-)$/i.test(text) ? { day: '' } : momentIn(text, row.order),
  )
  if (!moment || moment.day === '') return undefined
  return moment.instant ?? `${moment.day}T${time}`
}

/** By the column of levels, else the depth of the WBS code, else the blanks before the name; or as the reading says. */
function levelOf(row: RowToRead, name: string): number {
  const { outline } = row
  if (outline === 'none') return 1
  const level = readCell(row, 'level', (text) => (/^\d{1,3}$/.test(text) ? Number(text) : undefined))
  if (level !== undefined && (outline ?? 'level') === 'level') return Math.max(1, level)
  const wbs = textOf(row, 'wbs').replace(/\.$/, '')
  if (outline === 'wbs' && wbs !== '') return wbs.split(/[.\-/]/).length
  if (outline === undefined && /^\d+(\.\d+)*$/.test(wbs)) return wbs.split('.').length
  return outline === 'level' ? 1 : 1 + (/^[ \t\u00a0]*/.exec(name)?.[0].length ?? 0)
}

function takeDuration(
  row: RowToRead,
  task: PlanTask,
  start: Instant | undefined,
  finish: Instant | undefined,
): void {
  const span = readCell(row, 'duration', spanIn)
  const isMilestone = readCell(row, 'milestone', truthIn)
  if (span) {
    task.durationMinutes = Math.max(0, span.minutes)
    task.durationElapsed = span.elapsed
    task.durationUnit = span.unit
    task.estimated = span.estimated
  } else if (start !== undefined && finish !== undefined) {
    task.durationMinutes = usualMinutesBetween(start, finish)
    task.durationUnit = 'days'
  } else if (isMilestone) task.durationMinutes = 0
  task.milestone = isMilestone ?? task.durationMinutes === 0
  const work = readCell(row, 'work', spanIn)
  if (work) task.workMinutes = Math.max(0, hoursOrSpan(textOf(row, 'work'), work.minutes))
  task.remainingWorkMinutes = task.workMinutes
  task.remainingDurationMinutes = task.durationMinutes ?? 0
}

/** A bare number in the column of work is hours. */
function hoursOrSpan(text: string, minutes: number): number {
  return /^[\d.,]+$/.test(text) ? Number(text.replace(',', '.')) * 60 : minutes
}

function takeLimits(row: RowToRead, task: PlanTask): void {
  const constraint = readCell(row, 'constraint', constraintIn) ?? 'asap'
  const isFinish = constraint === 'fnet' || constraint === 'fnlt' || constraint === 'mfo'
  const at = momentOf(row, 'constraintAt', isFinish ? '17:00:00' : '08:00:00')
  if (constraint === 'alap') task.constraint = 'alap'
  else if (constraint !== 'asap' && at !== undefined) Object.assign(task, { constraint, constraintAt: at })
  const deadline = momentOf(row, 'deadline', '17:00:00')
  if (deadline !== undefined) task.deadline = deadline
  const priority = readCell(row, 'priority', (text) => (/^\d{1,4}$/.test(text) ? Number(text) : 500))
  if (priority !== undefined) task.priority = Math.min(1000, priority)
}

function takeProgress(
  row: RowToRead,
  task: PlanTask,
  start: Instant | undefined,
  finish: Instant | undefined,
): void {
  const percent = readCell(row, 'percentComplete', (text) => percentIn(text, row.shares)) ?? 0
  const actualStart = momentOf(row, 'actualStart', '08:00:00') ?? (percent > 0 ? start : undefined)
  const actualFinish = momentOf(row, 'actualFinish', '17:00:00') ?? (percent === 100 ? finish : undefined)
  if (actualStart !== undefined) task.actualStart = actualStart
  if (actualStart !== undefined && actualFinish !== undefined) task.actualFinish = actualFinish
  const whole = task.durationMinutes ?? 0
  task.percentComplete = task.actualFinish === undefined ? percent : 100
  task.actualDurationMinutes = Math.round((whole * task.percentComplete) / 100)
  task.remainingDurationMinutes = whole - task.actualDurationMinutes
}

function percentIn(text: string, shares: boolean): number | undefined {
  const match = /^(\d{0,3}(?:[.,]\d{1,6})?)\s*(%?)$/.exec(text)
  if (!match || match[1] === '') return undefined
  const number = Number((match[1] ?? '').replace(',', '.')) * (shares && match[2] === '' ? 100 : 1)
  return number >= 0 && number <= 100 ? Math.round(number) : undefined
}
