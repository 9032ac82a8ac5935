/**
 * A plan as one file says it, in the words of the trade: what every reader of plan formats answers and every
 * writer takes. Plain data that survives `JSON.stringify`; a field that the file does not say is absent.
 *
 * Three kinds of statement are kept apart:
 * - what people said: `project`, `calendars`, `resources`, `tasks`, `links`, `assignments`;
 * - what was published: `baselines`, frozen numbers by baseline number;
 * - what the program that wrote the file had calculated: `calculated`, for comparison only, never an input.
 * Everything a format carries beyond this is kept in `extra` by owner, to be written back unchanged.
 *
 * Instants are the project's wall clock, `2026-01-05T08:00:00`; days `2026-01-05`. Durations, work and lag are
 * minutes and may carry a fraction (files count in seconds or tenths of minutes): the engine's edge rounds.
 * Money is integer cents of the project's currency.
 */
export type PlanFile = {
  format: PlanFormat
  project: PlanProject
  calendars: PlanCalendar[]
  resources: PlanResource[]
  /** In outline order: a parent stands before its children. The project's own summary (uid 0) is not a task. */
  tasks: PlanTask[]
  links: PlanLink[]
  assignments: PlanAssignment[]
  /** By rising number, 0..10. */
  baselines: PlanBaseline[]
  calculated: PlanCalculated
  /** Elements of the format that are not modelled, by `ownerKey(…)`, in the order in which they are written. */
  extra: Record<string, ExtraElement[]>
}

export type PlanFormat = {
  name: 'mspdi' | 'xer' | 'csv' | 'xlsx' | 'mpx' | 'gan' | 'json'
  /** The program's own number for its format, `SaveVersion` in MSPDI (12 = 2007, 14 = 2010 and later). */
  version?: string
}

/** Local wall-clock instant, `2026-01-05T08:00:00`. */
export type Instant = string
/** Calendar day, `2026-01-05`. */
export type Day = string

export type PlanProject = {
  name: string
  title?: string
  author?: string
  manager?: string
  company?: string
  /** Said when scheduled from the start; otherwise only in `calculated.project`. */
  start?: Instant
  /** Said when scheduled from the finish; otherwise only in `calculated.project`. */
  finish?: Instant
  scheduleFrom: 'start' | 'finish'
  /** uid of the project calendar. */
  calendar?: number
  statusDate?: Instant
  minutesPerDay: number
  minutesPerWeek: number
  daysPerMonth: number
  /** Minutes of the day at which a task starts or ends when only its day is given. */
  defaultStartMinute: number
  defaultFinishMinute: number
  honorConstraints: boolean
  criticalSlackLimitMinutes: number
  multipleCriticalPaths: boolean
  /** New work of an in-progress task may be split around the status date. */
  splitsInProgressTasks: boolean
  newTasksAreManual: boolean
  /** ISO 4217 code. */
  currency?: string
  currencySymbol?: string
  currencyDigits: number
  /** 0 = Sunday … 6 = Saturday. */
  weekStartDay: number
}

/** A span of one day that is worked: minutes of the day, `0 ≤ fromMinute < toMinute ≤ 1440`. */
export type Shift = { fromMinute: number; toMinute: number }

/** What one day of the week does; an empty list is a day off, `'inherit'` asks the base calendar. */
export type WeekDayShifts = Shift[] | 'inherit'

/** Sunday … Saturday. */
export type WeekShifts = [
  WeekDayShifts,
  WeekDayShifts,
  WeekDayShifts,
  WeekDayShifts,
  WeekDayShifts,
  WeekDayShifts,
  WeekDayShifts,
]

export type PlanCalendar = {
  uid: number
  name: string
  /** uid of the calendar from which days marked `'inherit'` and exceptions come; absent: stands alone. */
  base?: number
  /** A named calendar that others may use; false for the private calendar of one resource. */
  shared: boolean
  week: WeekShifts
  exceptions: CalendarException[]
  workWeeks: WorkWeek[]
}

/** Days that differ from the week: first and last day included. An empty list of shifts is time off. */
export type CalendarException = {
  name?: string
  from: Day
  to: Day
  shifts: Shift[]
  /** The file's own count where it is not the number of days; says nothing that `from` and `to` do not. */
  countInFile?: number
  /** Absent: every day from `from` to `to`. */
  recurrence?: Recurrence
}

/** Days of the week: 0 = Sunday … 6 = Saturday. Position: 1..4 from the front, 5 = last. */
export type Recurrence = (
  | { every: 'day'; interval: number }
  | { every: 'week'; interval: number; weekDays: number[] }
  | { every: 'month'; interval: number; dayOfMonth: number }
  | { every: 'month'; interval: number; position: number; day: RecurrenceDay }
  | { every: 'year'; month: number; dayOfMonth: number }
  | { every: 'year'; month: number; position: number; day: RecurrenceDay }
) & {
  /** How many times it happens between `from` and `to`, where the file says so; `to` holds in any case. */
  occurrences?: number
  /** A person gave the count and the program found `to`. */
  enteredByOccurrences?: true
}

export type RecurrenceDay = 'day' | 'weekday' | 'weekendDay' | number

/** Another week that holds from `from` to `to`, both included; days marked `'inherit'` keep the usual week. */
export type WorkWeek = { name?: string; from: Day; to: Day; week: WeekShifts }

export type PlanResource = {
  uid: number
  /** Row number in the program's own list. */
  id?: number
  name: string
  type: 'work' | 'material' | 'cost'
  initials?: string
  group?: string
  code?: string
  email?: string
  notes?: string
  /** 1 = 100 %. */
  maxUnits: number
  /** uid of the resource's own calendar. */
  calendar?: number
  generic: boolean
  inactive: boolean
  budget: boolean
  canLevel: boolean
  /** Unit of a material resource ("ton"). */
  materialLabel?: string
}

export type Constraint = 'asap' | 'alap' | 'snet' | 'snlt' | 'fnet' | 'fnlt' | 'mso' | 'mfo'

export type PlanTask = {
  uid: number
  /** Row number in the program's own list. */
  id?: number
  name: string
  notes?: string
  /** 1 = top level. Never more than one deeper than the task before. */
  outlineLevel: number
  /** Absent: top level. */
  parentUid?: number
  wbs?: string
  /** Another task is below this one; follows from the outline. */
  summary: boolean
  /** An empty row of the table: holds a place, no work. All other fields are at rest. */
  blank?: true
  active: boolean
  mode: 'auto' | 'manual'
  milestone: boolean
  type: 'fixedUnits' | 'fixedDuration' | 'fixedWork'
  effortDriven: boolean
  /** Working minutes, or minutes by the clock when `durationElapsed`; null: not known. Of a summary: rolled up. */
  durationMinutes: number | null
  durationElapsed: boolean
  /** Unit in which people read the duration. */
  durationUnit?: DurationUnit
  estimated: boolean
  workMinutes: number
  constraint: Constraint
  constraintAt?: Instant
  deadline?: Instant
  /** uid of the task calendar. */
  calendar?: number
  ignoreResourceCalendar: boolean
  /** 0..1000, 500 is usual. */
  priority: number
  levelingDelayMinutes: number
  levelingDelayElapsed: boolean
  levelingCanSplit: boolean
  levelAssignments: boolean
  actualStart?: Instant
  actualFinish?: Instant
  percentComplete: number
  percentWorkComplete: number
  physicalPercentComplete: number
  actualDurationMinutes: number
  remainingDurationMinutes: number
  actualWorkMinutes: number
  remainingWorkMinutes: number
  stop?: Instant
  resume?: Instant
  /** What a person typed for a manually scheduled task; absent: nothing yet. */
  manualStart?: Instant
  manualFinish?: Instant
  /** A copy of a task that lives in another file. */
  external: boolean
  recurring: boolean
  fixedCostCents: number
  /** Where the other file lies, for an external task or an inserted project. */
  subprojectName?: string
}

export type DurationUnit = 'minutes' | 'hours' | 'days' | 'weeks' | 'months'

export type Lag =
  | { kind: 'working' | 'elapsed'; minutes: number }
  | { kind: 'percent' | 'elapsedPercent'; percent: number }

export type PlanLink = {
  /** uid of the task before; in `crossProject` a uid of that file. */
  predecessor: number
  successor: number
  type: 'fs' | 'ss' | 'ff' | 'sf'
  lag: Lag
  /** Unit in which people read a lag in time. */
  lagUnit?: DurationUnit
  lagEstimated?: true
  /** The other file (path and task id) of a link that leaves this one. */
  crossProject?: string
}

export type Contour =
  | 'flat'
  | 'backLoaded'
  | 'frontLoaded'
  | 'doublePeak'
  | 'earlyPeak'
  | 'latePeak'
  | 'bell'
  | 'turtle'
  | 'contoured'

export type PlanAssignment = {
  uid: number
  /** uid of the task. */
  task: number
  /** uid of the resource; absent: nobody yet. */
  resource?: number
  /** 1 = 100 %; for a material: its quantity. */
  units: number
  workMinutes: number
  actualWorkMinutes: number
  remainingWorkMinutes: number
  overtimeWorkMinutes: number
  actualOvertimeWorkMinutes: number
  percentWorkComplete: number
  delayMinutes: number
  levelingDelayMinutes: number
  levelingDelayElapsed: boolean
  contour: Contour
  actualStart?: Instant
  actualFinish?: Instant
  stop?: Instant
  resume?: Instant
  /** Work by pieces of time where the file gives it (contoured or split work), in the file's order. */
  timephased?: TimephasedPiece[]
}

export type TimephasedPiece = {
  kind: 'remaining' | 'actual' | 'actualOvertime'
  start: Instant
  finish: Instant
  workMinutes: number
  /** Unit in which the piece is meant to be shown; kept for writing back. */
  unit?: DurationUnit
}

export type PlanBaseline = {
  number: number
  tasks: BaselineLine[]
  assignments: BaselineLine[]
  resources: BaselineLine[]
}

/** The frozen figures of one task, assignment or resource. */
export type BaselineLine = {
  uid: number
  start?: Instant
  finish?: Instant
  durationMinutes?: number
  durationElapsed?: boolean
  workMinutes?: number
  costCents?: number
}

export type PlanCalculated = {
  project: { start?: Instant; finish?: Instant }
  tasks: CalculatedTask[]
  assignments: CalculatedAssignment[]
}

/** One task as the source program had scheduled it. Slack 0 where the program leaves zeroes out. */
export type CalculatedTask = {
  uid: number
  start?: Instant
  finish?: Instant
  earlyStart?: Instant
  earlyFinish?: Instant
  lateStart?: Instant
  lateFinish?: Instant
  freeSlackMinutes?: number
  totalSlackMinutes?: number
  startSlackMinutes?: number
  finishSlackMinutes?: number
  critical?: boolean
}

export type CalculatedAssignment = { uid: number; start?: Instant; finish?: Instant }

/** An element as the file had it: a text, or children. Never both in the formats that are read. */
export type ExtraElement = { name: string; text: string } | { name: string; children: ExtraElement[] }

export type PlanKind = 'project' | 'calendar' | 'resource' | 'task' | 'link' | 'assignment'

/** Where `extra` keeps what belongs to somebody: `task:12`, `task:12:baseline:0`, `project`. */
export function ownerKey(kind: PlanKind, uid?: number, baselineNumber?: number): string {
  const owner = uid === undefined ? kind : `${kind}:${uid}`
  return baselineNumber === undefined ? owner : `${owner}:baseline:${baselineNumber}`
}

/** The text of a plain element that is kept in `extra`, such as a task's `Cost`; absent when the file has none. */
export function extraText(file: PlanFile, owner: string, name: string): string | undefined {
  const found = file.extra[owner]?.find((element) => element.name === name)
  return found !== undefined && 'text' in found ? found.text : undefined
}

/** One line of what an import or export did: nothing that differs from the file goes unsaid. */
export type LossLine = {
  level: 'taken' | 'changed' | 'left out'
  where: { kind: PlanKind | 'file'; uid?: number; name?: string }
  /** Name of the element in the file. */
  field?: string
  text: string
  /** Line of the file, counted from 1. */
  line?: number
}

export type LossReport = {
  lines: LossLine[]
  counts: { taken: number; changed: number; leftOut: number }
}

/** Why a file is not taken: a stable code, a sentence a person understands, the facts. */
export type FileRefusal = { code: string; sentence: string; facts: Record<string, unknown> }

export function isRefused<Answer>(
  answer: Answer | { refused: FileRefusal },
): answer is { refused: FileRefusal } {
  return typeof answer === 'object' && answer !== null && 'refused' in answer
}
