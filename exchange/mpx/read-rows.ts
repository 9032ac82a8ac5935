import { changed, leftOut, offend, type ReadContext } from '../mspdi/read-context.ts'
import type { CalculatedTask, Lag, PlanBaseline, PlanLink, PlanResource, PlanTask } from '../plan-file.ts'
import { restingResource, restingTask } from '../resting.ts'
import {
  type MpxSpan,
  RESOURCE_FIELDS,
  readAmount,
  readConstraint,
  readFlag,
  readMoment,
  readPercent,
  readPriority,
  readSpan,
  TASK_FIELDS,
  type Writing,
} from './mpx-values.ts'
import type { MpxRecord } from './records.ts'

/** One row of the file with what is needed to read its fields. */
export type Row = {
  record: MpxRecord
  /** Numbers of the fields in the order in which the table gives them. */
  columns: readonly number[]
  writing: Writing
  context: ReadContext
}

export type TaskRow = {
  task: PlanTask
  calculated: CalculatedTask
  baseline: PlanBaseline['tasks'][number] | undefined
  line: number
  /** What it waits for, by the number in the unique numbering or in the list. */
  waitsFor: {
    by: 'uid' | 'id'
    number: number
    type: PlanLink['type']
    lag: Lag
    lagUnit?: MpxSpan['unit']
  }[]
}

type TaskField = keyof typeof TASK_FIELDS

/** Record 70. Texts that would make wrong dates are offenders. */
export function readTaskRow(row: Row, freeUid: () => number): TaskRow {
  const { writing, context, record } = row
  const name = textOf(row, TASK_FIELDS.name)
  const where = { kind: 'task' as const, name }
  const read = <Value>(field: TaskField, take: (text: string) => Value | undefined): Value | undefined => {
    const text = textOf(row, TASK_FIELDS[field]).trim()
    if (text === '' || /^(na|nv)$/i.test(text)) return undefined
    const value = take(text)
    if (value === undefined)
      offend(context, 'file.badValue', where, { field, value: text.slice(0, 60), line: record.line })
    return value
  }
  const span = (field: TaskField) => read(field, (text) => readSpan(text, writing))
  const moment = (field: TaskField, time = writing.defaultStartMinute + (/finish/i.test(field) ? 540 : 0)) =>
    read(field, (text) => readMoment(text, writing, time))
  const id = read('id', wholeNumber)
  const uid = read('uid', wholeNumber) ?? id ?? freeUid()
  const duration = span('duration')
  const task: PlanTask = {
    ...restingTask,
    uid,
    name: name.slice(0, context.limits.nameLength),
    outlineLevel: Math.max(1, read('outlineLevel', wholeNumber) ?? 1),
    type: read('fixed', readFlag) ? 'fixedDuration' : 'fixedUnits',
    milestone: read('milestone', readFlag) ?? duration?.minutes === 0,
    durationMinutes: duration === undefined ? null : Math.abs(duration.minutes),
    durationElapsed: duration?.elapsed ?? false,
    estimated: duration?.estimated ?? false,
    workMinutes: span('work')?.minutes ?? 0,
    actualWorkMinutes: span('actualWork')?.minutes ?? 0,
    percentComplete: read('percentComplete', readPercent) ?? 0,
    percentWorkComplete: read('percentWorkComplete', readPercent) ?? 0,
    fixedCostCents: Math.round((read('fixedCost', readAmount) ?? 0) * 100) + 0,
    priority: read('priority', readPriority) ?? 500,
    constraint: read('constraint', readConstraint) ?? 'asap',
  }
  const wbs = textOf(row, TASK_FIELDS.wbs)
  const notes = textOf(row, TASK_FIELDS.notes)
  const subprojectName = textOf(row, TASK_FIELDS.subproject)
  const dates = {
    constraintAt: moment('constraintAt'),
    actualStart: moment('actualStart'),
    actualFinish: moment('actualFinish'),
    stop: moment('stop'),
    resume: moment('resume'),
  }
  const said = { id, durationUnit: duration?.unit, ...dates, wbs, notes, subprojectName }
  for (const [field, value] of Object.entries(said))
    if (value !== undefined && value !== '') Object.assign(task, { [field]: value })
  if (/^(asap|alap)$/.test(task.constraint)) delete task.constraintAt
  else if (task.constraintAt === undefined) task.constraint = 'asap'
  if (isBlank(row)) task.blank = true
  takeDelay(task, span('delay'))
  settleProgress(task, span('actualDuration'), span('remainingDuration'), span('remainingWork'))
  return {
    task,
    line: record.line,
    calculated: calculatedOf(uid, moment, span, read),
    baseline: baselineOf(uid, moment, span, read('baselineCost', readAmount)),
    waitsFor: waitsForOf(row, where),
  }
}

const NUMBERS: readonly number[] = [TASK_FIELDS.id, TASK_FIELDS.uid, TASK_FIELDS.outlineLevel]

/** An empty row of the table: it has a number and nothing else. */
function isBlank({ record, columns }: Row): boolean {
  return record.fields.every((text, at) => text.trim() === '' || NUMBERS.includes(columns[at] ?? -1))
}

function takeDelay(task: PlanTask, delay: MpxSpan | undefined): void {
  if (delay === undefined || delay.minutes === 0) return
  task.levelingDelayMinutes = delay.minutes
  task.levelingDelayElapsed = delay.elapsed
}

function settleProgress(
  task: PlanTask,
  actual: MpxSpan | undefined,
  remaining: MpxSpan | undefined,
  remainingWork: MpxSpan | undefined,
): void {
  const whole = task.durationMinutes ?? 0
  task.actualDurationMinutes = actual?.minutes ?? Math.round((whole * task.percentComplete) / 100)
  task.remainingDurationMinutes = remaining?.minutes ?? Math.max(0, whole - task.actualDurationMinutes)
  task.remainingWorkMinutes = remainingWork?.minutes ?? Math.max(0, task.workMinutes - task.actualWorkMinutes)
}

function calculatedOf(
  uid: number,
  moment: (field: TaskField) => string | undefined,
  span: (field: TaskField) => MpxSpan | undefined,
  read: <Value>(field: TaskField, take: (text: string) => Value | undefined) => Value | undefined,
): CalculatedTask {
  const dates = ['start', 'finish', 'earlyStart', 'earlyFinish', 'lateStart', 'lateFinish'] as const
  const calculated: CalculatedTask = { uid }
  for (const field of dates) {
    const date = moment(field)
    if (date !== undefined) calculated[field] = date
  }
  const [free, total, critical] = [span('freeSlack'), span('totalSlack'), read('critical', readFlag)]
  if (free !== undefined) calculated.freeSlackMinutes = free.minutes
  if (total !== undefined) calculated.totalSlackMinutes = total.minutes
  if (critical !== undefined) calculated.critical = critical
  return calculated
}

function baselineOf(
  uid: number,
  moment: (field: TaskField) => string | undefined,
  span: (field: TaskField) => MpxSpan | undefined,
  cost: number | undefined,
): TaskRow['baseline'] {
  const [start, finish] = [moment('baselineStart'), moment('baselineFinish')]
  const [duration, work] = [span('baselineDuration'), span('baselineWork')]
  if (start === undefined && finish === undefined) return undefined
  return {
    uid,
    ...(start === undefined ? {} : { start }),
    ...(finish === undefined ? {} : { finish }),
    ...(duration === undefined ? {} : { durationMinutes: duration.minutes }),
    ...(duration?.elapsed ? { durationElapsed: true } : {}),
    ...(work === undefined ? {} : { workMinutes: work.minutes }),
    ...(cost === undefined ? {} : { costCents: Math.round(cost * 100) }),
  }
}

/** `3FS+2d,5SS`: the unique numbers where the table has them, else those of the list. */
function waitsForOf(row: Row, where: { kind: 'task'; name: string }): TaskRow['waitsFor'] {
  const byUid = textOf(row, TASK_FIELDS.uidPredecessors)
  const text = byUid === '' ? textOf(row, TASK_FIELDS.predecessors) : byUid
  return text.split(/[,;]/).flatMap((part): TaskRow['waitsFor'] => {
    if (part.trim() === '') return []
    const match = /^\s*(\d{1,9})\s*(fs|ss|ff|sf)?\s*([+-].{1,30})?$/i.exec(part)
    const lag = match && lagOf(match[3]?.trim(), row.writing)
    if (!match || !lag) {
      const value = part.trim().slice(0, 60)
      offend(row.context, 'file.badValue', where, { field: 'predecessors', value, line: row.record.line })
      return []
    }
    const type = (match[2] ?? 'fs').toLowerCase() as PlanLink['type']
    return [{ by: byUid === '' ? 'id' : 'uid', number: Number(match[1]), type, ...lag }]
  })
}

function lagOf(
  text: string | undefined,
  writing: Writing,
): { lag: Lag; lagUnit?: MpxSpan['unit'] } | undefined {
  if (text === undefined) return { lag: { kind: 'working', minutes: 0 } }
  const share = /^([+-])\s*(\d{1,6}(?:[.,]\d{1,4})?)\s*(e?)%$/i.exec(text)
  if (share) {
    const percent = Number(`${share[1]}${(share[2] ?? '').replace(',', '.')}`) + 0
    return { lag: { kind: share[3] ? 'elapsedPercent' : 'percent', percent } }
  }
  const span = readSpan(text.replace(/\s/g, ''), writing)
  if (span === undefined) return undefined
  return {
    lag: { kind: span.elapsed ? 'elapsed' : 'working', minutes: span.minutes + 0 },
    lagUnit: span.unit,
  }
}

/** Record 50; answers the name of its base calendar beside it. */
export function readResourceRow(row: Row, freeUid: () => number): { resource: PlanResource; base: string } {
  const { context, record } = row
  const name = textOf(row, RESOURCE_FIELDS.name)
  const numberOf = (field: 'id' | 'uid') => {
    const text = textOf(row, RESOURCE_FIELDS[field]).trim()
    return text === '' ? undefined : wholeNumber(text)
  }
  const id = numberOf('id')
  const unitsText = textOf(row, RESOURCE_FIELDS.maxUnits)
  const maxUnits = unitsText.trim() === '' ? 1 : readUnits(unitsText)
  if (maxUnits === undefined)
    leftOut(
      context,
      { kind: 'resource', name },
      `units "${unitsText.slice(0, 40)}" are no number`,
      record.line,
    )
  const resource: PlanResource = {
    ...restingResource,
    uid: numberOf('uid') ?? id ?? freeUid(),
    name: name.slice(0, context.limits.nameLength),
    maxUnits: maxUnits ?? 1,
  }
  if (id !== undefined) resource.id = id
  for (const field of ['initials', 'group', 'code', 'email', 'notes'] as const) {
    const text = textOf(row, RESOURCE_FIELDS[field])
    if (text !== '') resource[field] = text
  }
  if (name === '')
    changed(context, { kind: 'resource', uid: resource.uid }, 'the resource has no name', record.line)
  return { resource, base: textOf(row, RESOURCE_FIELDS.baseCalendar) }
}

/** `1`, `0.5`, `50%`. */
export function readUnits(text: string): number | undefined {
  const match = /^(\d{1,9}(?:[.,]\d{1,6})?)\s*(%?)$/.exec(text.trim())
  if (!match) return undefined
  const number = Number((match[1] ?? '').replace(',', '.'))
  return match[2] === '' ? number : number / 100
}

export function textOf({ record, columns }: Row, field: number): string {
  const at = columns.indexOf(field)
  return at < 0 ? '' : (record.fields[at] ?? '')
}

function wholeNumber(text: string): number | undefined {
  const number = Number(text)
  return /^\d{1,10}$/.test(text) && number <= 2_147_483_647 ? number : undefined
}
