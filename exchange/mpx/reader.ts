import { type FileLimits, fileLimits } from '../file-limits.ts'
import { openLossLog } from '../loss-log.ts'
import { sayTaken } from '../mspdi/normalise.ts'
import { changed, leftOut, offend, type ReadContext, refuseOffenders } from '../mspdi/read-context.ts'
import type { ReadOptions } from '../mspdi/reader.ts'
import type {
  FileRefusal,
  LossReport,
  PlanAssignment,
  PlanBaseline,
  PlanCalendar,
  PlanFile,
  PlanLink,
  PlanResource,
} from '../plan-file.ts'
import { restingAssignment, restingProject } from '../resting.ts'
import { settlePlan } from '../settle-plan.ts'
import { readClock, readMoment, readSpan, type Writing } from './mpx-values.ts'
import { openCalendar, takeException, takeHours, USUAL_WEEK } from './read-calendars.ts'
import { readResourceRow, readTaskRow, readUnits, type TaskRow } from './read-rows.ts'
import { type MpxRecord, readRecords, refuse } from './records.ts'

type Draft = {
  context: ReadContext
  writing: Writing
  project: PlanFile['project']
  projectCalendar: string
  calendars: PlanCalendar[]
  resources: PlanResource[]
  rows: TaskRow[]
  assignments: PlanAssignment[]
  taskColumns: readonly number[]
  resourceColumns: readonly number[]
  openCalendar: PlanCalendar | undefined
  freeUid: () => number
}

/**
 * Reads Microsoft Project's exchange file of the nineties (MPX 3.0 and 4.0) from its text, whole or not at all: calendars,
 * resources, tasks with links, constraints and progress, assignments, the baseline. Days and lengths of time are read as
 * the file's own settings say (records 11 and 12). Refusals: `file.notAPlan`, `file.tooLarge`, `file.badValue`,
 * `file.duplicateUid`, `file.calendarBase`, `file.calendarCycle`.
 */
export function readMpx(
  text: string,
  options: ReadOptions = {},
): { file: PlanFile; loss: LossReport } | { refused: FileRefusal } {
  const limits = options.limits ?? fileLimits
  const read = readRecords(text, limits)
  if ('refused' in read) return read
  if (read.records.length === 0) return refuse('file.notAPlan', 'The MPX file holds no records.', { line: 1 })
  const draft = openDraft(limits, read.records)
  const unread = new Map<number, MpxRecord>()
  for (const record of read.records) {
    const take = RECORDS[record.number]
    if (take !== undefined) take(record, draft)
    else if (!SILENT.has(record.number) && !unread.has(record.number)) unread.set(record.number, record)
    const full = overLimits(draft, limits)
    if (full !== undefined) return { refused: full }
  }
  for (const { number, line } of unread.values())
    leftOut(draft.context, { kind: 'file' }, `records ${number} are not read`, line)
  const file = assemble(draft)
  settlePlan(file, draft.context)
  const refusal = refuseOffenders(draft.context)
  if (refusal !== undefined) return { refused: refusal }
  sayTaken(file, draft.context)
  return { file, loss: draft.context.loss.report() }
}

function openDraft(limits: FileLimits, records: readonly MpxRecord[]): Draft {
  const loss = openLossLog(limits.lossLines)
  let last = records.length
  return {
    context: { limits, loss, offenders: [], extra: {}, keptFields: new Map() },
    writing: { dayOrder: 'monthFirst', minutesPerDay: 480, minutesPerWeek: 2400, defaultStartMinute: 480 },
    project: { ...restingProject },
    projectCalendar: '',
    calendars: [],
    resources: [],
    rows: [],
    assignments: [],
    taskColumns: [],
    resourceColumns: [],
    openCalendar: undefined,
    // Above all numbers that a list of this length is likely to use.
    freeUid: () => {
      last += 1
      return 1_000_000_000 + last
    },
  }
}

function overLimits(
  { calendars, rows, resources, assignments }: Draft,
  limits: FileLimits,
): FileRefusal | undefined {
  const counts = { calendars, tasks: rows, resources, assignments }
  for (const what of ['calendars', 'tasks', 'resources', 'assignments'] as const) {
    if (counts[what].length <= limits[what]) continue
    const sentence = `The file holds more than ${limits[what]} ${what}, which is more than is read.`
    return { code: 'file.tooLarge', sentence, facts: { limit: limits[what], what } }
  }
  return undefined
}

/** Currency, names of fields, sums of the project, workgroup data, other projects: no plan in them. */
const SILENT = new Set([40, 60, 76])

const RECORDS: Readonly<Record<number, (record: MpxRecord, draft: Draft) => void>> = {
  10: ({ fields }, { project }) => {
    if (fields[0]) project.currencySymbol = fields[0].slice(0, 20)
    if (/^[0-4]$/.test(fields[2] ?? '')) project.currencyDigits = Number(fields[2])
  },
  11: takeDefaults,
  12: takeDates,
  20: ({ fields }, draft) => {
    const uid = draft.calendars.length + 1
    const calendar = openCalendar(fields.slice(1), { uid, name: fields[0] ?? '', shared: true })
    draft.calendars.push(calendar)
    draft.openCalendar = calendar
  },
  25: hours,
  26: exception,
  30: takeHead,
  41: ({ fields }, draft) => {
    draft.resourceColumns = fields.map(Number)
  },
  50: takeResource,
  51: ({ fields }, { resources }) => {
    const resource = resources.at(-1)
    if (resource && fields[0]) resource.notes = fields[0]
  },
  55: takeResourceCalendar,
  56: hours,
  57: exception,
  61: ({ fields }, draft) => {
    draft.taskColumns = fields.map(Number)
  },
  70: (record, draft) => {
    const { taskColumns: columns, writing, context, freeUid } = draft
    draft.rows.push(readTaskRow({ record, columns, writing, context }, freeUid))
  },
  71: ({ fields }, { rows }) => {
    const row = rows.at(-1)
    if (row && fields[0]) row.task.notes = fields[0]
  },
  75: takeAssignment,
}

function takeDefaults({ fields }: MpxRecord, { project, writing }: Draft): void {
  const hoursPerDay = readUnits(fields[3] ?? '')
  const hoursPerWeek = readUnits(fields[4] ?? '')
  if (hoursPerDay && hoursPerDay <= 24) project.minutesPerDay = Math.round(hoursPerDay * 60)
  if (hoursPerWeek && hoursPerWeek <= 168) project.minutesPerWeek = Math.round(hoursPerWeek * 60)
  if (/^[01]$/.test(fields[8] ?? '')) project.splitsInProgressTasks = fields[8] === '1'
  writing.minutesPerDay = project.minutesPerDay
  writing.minutesPerWeek = project.minutesPerWeek
}

function takeDates({ fields }: MpxRecord, { project, writing }: Draft): void {
  const orders = ['monthFirst', 'dayFirst', 'yearFirst'] as const
  writing.dayOrder = orders[Number(fields[0] || 0)] ?? 'monthFirst'
  const said = fields[2] ?? ''
  const start = /^\d{1,4}$/.test(said) ? Number(said) : readClock(said)
  if (start === undefined || start >= 1440) return
  project.defaultStartMinute = start
  writing.defaultStartMinute = start
}

function takeHead({ fields, line }: MpxRecord, draft: Draft): void {
  const { project, writing, context } = draft
  const [name = '', company = '', manager = '', calendar = '', start = '', finish = '', from = ''] = fields
  project.name = name
  if (name !== '') project.title = name
  if (company !== '') project.company = company
  if (manager !== '') project.manager = manager
  if (fields[27]) project.author = fields[27]
  draft.projectCalendar = calendar
  project.scheduleFrom = from.trim() === '1' || /finish/i.test(from) ? 'finish' : 'start'
  const field = project.scheduleFrom
  const said = field === 'start' ? start : finish
  const at = readMoment(said, writing, field === 'start' ? writing.defaultStartMinute : 1020)
  if (at !== undefined) project[field] = at
  else if (said.trim() !== '' && !/^na$/i.test(said.trim()))
    offend(context, 'file.badValue', { kind: 'project', name }, { field, value: said.slice(0, 60), line })
}

function hours(record: MpxRecord, { openCalendar: calendar, context }: Draft): void {
  if (calendar) takeHours(record, calendar, context)
}

function exception(record: MpxRecord, { openCalendar: calendar, writing, context }: Draft): void {
  if (calendar) takeException(record, calendar, writing, context)
}

function takeResource(record: MpxRecord, draft: Draft): void {
  const { resourceColumns: columns, writing, context, freeUid } = draft
  const { resource, base } = readResourceRow({ record, columns, writing, context }, freeUid)
  const shared = draft.calendars.find(({ name }) => name === base && base !== '')
  if (shared) resource.calendar = shared.uid
  draft.resources.push(resource)
  draft.openCalendar = undefined
}

function takeResourceCalendar({ fields, line }: MpxRecord, draft: Draft): void {
  const resource = draft.resources.at(-1)
  if (!resource) return
  const base = draft.calendars.find(({ name, shared }) => shared && name === fields[0])
  if (!base)
    changed(
      draft.context,
      { kind: 'resource', name: resource.name },
      'its base calendar is not in the file',
      line,
    )
  const uid = draft.calendars.length + 1
  const own = { uid, name: resource.name, shared: false, ...(base ? { base: base.uid } : {}) }
  draft.openCalendar = openCalendar(fields.slice(1), own)
  draft.calendars.push(draft.openCalendar)
  resource.calendar = uid
}

function takeAssignment({ fields, line }: MpxRecord, draft: Draft): void {
  const { rows, resources, writing, context } = draft
  const row = rows.at(-1)
  const [id = '', units = '', work = '', , actualWork = '', overtime = ''] = fields
  const unique = fields[12] ?? ''
  const resource = resources.find((each) =>
    unique === '' ? each.id === Number(id) : each.uid === Number(unique),
  )
  if (!row || !resource) {
    const text = `resource ${(unique || id).slice(0, 20)} is not in the file`
    leftOut(context, { kind: 'assignment' }, text, line)
    return
  }
  const minutes = (text: string) => Math.max(0, readSpan(text, writing)?.minutes ?? 0)
  const workMinutes = minutes(work)
  const actualWorkMinutes = Math.min(minutes(actualWork), workMinutes)
  const delay = readSpan(fields[11] ?? '', writing)
  draft.assignments.push({
    ...restingAssignment,
    uid: draft.assignments.length + 1,
    task: row.task.uid,
    resource: resource.uid,
    units: readUnits(units) ?? 1,
    workMinutes,
    actualWorkMinutes,
    remainingWorkMinutes: workMinutes - actualWorkMinutes,
    overtimeWorkMinutes: minutes(overtime),
    percentWorkComplete: workMinutes === 0 ? 0 : Math.round((actualWorkMinutes * 100) / workMinutes),
    delayMinutes: delay?.minutes ?? 0,
  })
}

function assemble(draft: Draft): PlanFile {
  const { project, rows, context } = draft
  if (!draft.calendars.some(({ shared }) => shared)) {
    changed(context, { kind: 'calendar' }, 'the file holds no calendar; Monday to Friday, 8 to 17, is taken')
    const uid = draft.calendars.length + 1
    draft.calendars.push({
      uid,
      name: 'Standard',
      shared: true,
      week: USUAL_WEEK,
      exceptions: [],
      workWeeks: [],
    })
  }
  const named = draft.calendars.find(({ name, shared }) => shared && name === draft.projectCalendar)
  const calendar = named ?? draft.calendars.find(({ shared }) => shared)
  if (calendar) project.calendar = calendar.uid
  const baseline: PlanBaseline = { number: 0, tasks: [], assignments: [], resources: [] }
  for (const row of rows) if (row.baseline) baseline.tasks.push(row.baseline)
  return {
    format: { name: 'mpx' },
    project,
    calendars: draft.calendars,
    resources: draft.resources,
    tasks: rows.map(({ task }) => task),
    links: linksOf(rows, context),
    assignments: draft.assignments,
    baselines: baseline.tasks.length > 0 ? [baseline] : [],
    calculated: { project: {}, tasks: rows.map(({ calculated }) => calculated), assignments: [] },
    extra: {},
  }
}

function linksOf(rows: readonly TaskRow[], context: ReadContext): PlanLink[] {
  const byId = new Map(
    rows.flatMap(({ task }) => (task.id === undefined ? [] : [[task.id, task.uid] as const])),
  )
  const known = new Set<string>()
  return rows.flatMap(({ task, waitsFor, line }) =>
    waitsFor.flatMap(({ by, number, type, lag, lagUnit }): PlanLink[] => {
      const predecessor = by === 'uid' ? number : byId.get(number)
      const where = { kind: 'link' as const, uid: task.uid, name: task.name }
      const key = `${predecessor}>${task.uid}:${type}`
      if (predecessor === undefined) leftOut(context, where, `there is no task ${number} to wait for`, line)
      else if (known.has(key)) leftOut(context, where, `the link to task ${number} is given twice`, line)
      else {
        known.add(key)
        return [
          { predecessor, successor: task.uid, type, lag, ...(lagUnit === undefined ? {} : { lagUnit }) },
        ]
      }
      return []
    }),
  )
}
