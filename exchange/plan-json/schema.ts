import { z } from 'zod'
import { type FileLimits, fileLimits } from '../file-limits.ts'
import * as values from '../mspdi/values.ts'

// The neutral form of a plan (plan-file.ts) as a stranger may send it: every field by its kind and its bounds.

const uid = z.int().min(0).max(2_147_483_647)
const name = z.string().max(fileLimits.textLength)
const text = z.string().max(fileLimits.textLength).optional()
const minutes = z.number().min(-fileLimits.spanMinutes).max(fileLimits.spanMinutes)
const length = z.number().min(0).max(fileLimits.spanMinutes)
const work = z.number().min(0).max(fileLimits.workMinutes)
const percent = z.number().min(0).max(100)
const cents = z.number().min(-1e15).max(1e15)
const instant = z.string().refine((said) => said.length === 19 && values.instant.read(said) === said)
const day = z.string().refine((said) => values.instant.read(`${said}T00:00:00`) !== undefined)
const unit = z.enum(['minutes', 'hours', 'days', 'weeks', 'months']).optional()
const moment = instant.optional()
const flag = z.boolean()
const mark = z.literal(true).optional()

const shift = z
  .strictObject({ fromMinute: z.int().min(0).max(1439), toMinute: z.int().min(1).max(1440) })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute)
const shifts = z.array(shift).max(48)
const week = z.array(z.union([shifts, z.literal('inherit')])).length(7)

const occurrences = { occurrences: z.int().min(1).max(100_000).optional(), enteredByOccurrences: mark }
const interval = z.int().min(1).max(10_000)
const month = z.int().min(1).max(12)
const dayOfMonth = z.int().min(1).max(31)
const position = z.int().min(1).max(5)
const recurrenceDay = z.union([z.enum(['day', 'weekday', 'weekendDay']), z.int().min(0).max(6)])
const recurrence = z.union([
  z.strictObject({ every: z.literal('day'), interval, ...occurrences }),
  z.strictObject({
    every: z.literal('week'),
    interval,
    weekDays: z.array(z.int().min(0).max(6)).max(7),
    ...occurrences,
  }),
  z.strictObject({ every: z.literal('month'), interval, dayOfMonth, ...occurrences }),
  z.strictObject({ every: z.literal('month'), interval, position, day: recurrenceDay, ...occurrences }),
  z.strictObject({ every: z.literal('year'), month, dayOfMonth, ...occurrences }),
  z.strictObject({ every: z.literal('year'), month, position, day: recurrenceDay, ...occurrences }),
])

const calendar = z.strictObject({
  uid,
  name,
  base: uid.optional(),
  shared: flag,
  week,
  exceptions: z
    .array(
      z.strictObject({
        name: text,
        from: day,
        to: day,
        shifts,
        countInFile: z.int().optional(),
        recurrence: recurrence.optional(),
      }),
    )
    .max(100_000),
  workWeeks: z.array(z.strictObject({ name: text, from: day, to: day, week })).max(10_000),
})

const project = z.strictObject({
  name,
  title: text,
  author: text,
  manager: text,
  company: text,
  start: moment,
  finish: moment,
  scheduleFrom: z.enum(['start', 'finish']),
  calendar: uid.optional(),
  statusDate: moment,
  minutesPerDay: z.number().min(0).max(1440),
  minutesPerWeek: z.number().min(0).max(10_080),
  daysPerMonth: z.number().min(0).max(31),
  defaultStartMinute: z.int().min(0).max(1440),
  defaultFinishMinute: z.int().min(0).max(1440),
  honorConstraints: flag,
  criticalSlackLimitMinutes: minutes,
  multipleCriticalPaths: flag,
  splitsInProgressTasks: flag,
  newTasksAreManual: flag,
  currency: z.string().max(20).optional(),
  currencySymbol: z.string().max(20).optional(),
  currencyDigits: z.int().min(0).max(20),
  weekStartDay: z.int().min(0).max(6),
})

const resource = z.strictObject({
  uid,
  id: z.int().optional(),
  name,
  type: z.enum(['work', 'material', 'cost']),
  initials: text,
  group: text,
  code: text,
  email: text,
  notes: text,
  maxUnits: z.number().min(0).max(1e9),
  calendar: uid.optional(),
  generic: flag,
  inactive: flag,
  budget: flag,
  canLevel: flag,
  materialLabel: text,
})

const task = z.strictObject({
  uid,
  id: z.int().optional(),
  name,
  notes: text,
  outlineLevel: z.int().min(1).max(65_536),
  parentUid: uid.optional(),
  wbs: text,
  summary: flag,
  blank: mark,
  active: flag,
  mode: z.enum(['auto', 'manual']),
  milestone: flag,
  type: z.enum(['fixedUnits', 'fixedDuration', 'fixedWork']),
  effortDriven: flag,
  durationMinutes: length.nullable(),
  durationElapsed: flag,
  durationUnit: unit,
  estimated: flag,
  workMinutes: work,
  constraint: z.enum(['asap', 'alap', 'snet', 'snlt', 'fnet', 'fnlt', 'mso', 'mfo']),
  constraintAt: moment,
  deadline: moment,
  calendar: uid.optional(),
  ignoreResourceCalendar: flag,
  priority: z.int().min(0).max(1000),
  levelingDelayMinutes: minutes,
  levelingDelayElapsed: flag,
  levelingCanSplit: flag,
  levelAssignments: flag,
  actualStart: moment,
  actualFinish: moment,
  percentComplete: percent,
  percentWorkComplete: percent,
  physicalPercentComplete: percent,
  actualDurationMinutes: length,
  remainingDurationMinutes: length,
  actualWorkMinutes: work,
  remainingWorkMinutes: work,
  stop: moment,
  resume: moment,
  manualStart: moment,
  manualFinish: moment,
  external: flag,
  recurring: flag,
  fixedCostCents: cents,
  subprojectName: text,
})

const link = z.strictObject({
  predecessor: uid,
  successor: uid,
  type: z.enum(['fs', 'ss', 'ff', 'sf']),
  lag: z.union([
    z.strictObject({ kind: z.enum(['working', 'elapsed']), minutes }),
    z.strictObject({ kind: z.enum(['percent', 'elapsedPercent']), percent: z.number().min(-1e6).max(1e6) }),
  ]),
  lagUnit: unit,
  lagEstimated: mark,
  crossProject: text,
})

const assignment = z.strictObject({
  uid,
  task: uid,
  resource: uid.optional(),
  units: z.number().min(0).max(1e9),
  workMinutes: work,
  actualWorkMinutes: work,
  remainingWorkMinutes: work,
  overtimeWorkMinutes: work,
  actualOvertimeWorkMinutes: work,
  percentWorkComplete: percent,
  delayMinutes: minutes,
  levelingDelayMinutes: minutes,
  levelingDelayElapsed: flag,
  contour: z.enum([
    'flat',
    'backLoaded',
    'frontLoaded',
    'doublePeak',
    'earlyPeak',
    'latePeak',
    'bell',
    'turtle',
    'contoured',
  ]),
  actualStart: moment,
  actualFinish: moment,
  stop: moment,
  resume: moment,
  timephased: z
    .array(
      z.strictObject({
        kind: z.enum(['remaining', 'actual', 'actualOvertime']),
        start: instant,
        finish: instant,
        workMinutes: work,
        unit,
      }),
    )
    .optional(),
})

const baselineLine = z.strictObject({
  uid,
  start: moment,
  finish: moment,
  durationMinutes: length.optional(),
  durationElapsed: flag.optional(),
  workMinutes: work.optional(),
  costCents: cents.optional(),
})

const dates = { uid, start: moment, finish: moment }
const slack = minutes.optional()
const calculatedTask = z.strictObject({
  ...dates,
  earlyStart: moment,
  earlyFinish: moment,
  lateStart: moment,
  lateFinish: moment,
  freeSlackMinutes: slack,
  totalSlackMinutes: slack,
  startSlackMinutes: slack,
  finishSlackMinutes: slack,
  critical: flag.optional(),
})

type Extra = { name: string; text: string } | { name: string; children: Extra[] }
const elementName = z
  .string()
  .max(fileLimits.elementNameLength)
  .regex(/^[\p{L}_][\p{L}\p{N}._-]*$/u)
const extraElement: z.ZodType<Extra> = z.lazy(() =>
  z.union([
    z.strictObject({ name: elementName, text: z.string().max(fileLimits.textLength) }),
    z.strictObject({ name: elementName, children: z.array(extraElement).max(100_000) }),
  ]),
)

/** The schema of a plan in neutral form, within the limits. */
export function planSchema(limits: FileLimits) {
  return z.strictObject({
    helmwardPlan: z.literal(1),
    format: z.strictObject({
      name: z.enum(['mspdi', 'xer', 'csv', 'xlsx', 'mpx', 'gan', 'json']),
      version: z.string().max(40).optional(),
    }),
    project,
    calendars: z.array(calendar).max(limits.calendars),
    resources: z.array(resource).max(limits.resources),
    tasks: z.array(task).max(limits.tasks),
    links: z.array(link).max(limits.links),
    assignments: z.array(assignment).max(limits.assignments),
    baselines: z
      .array(
        z.strictObject({
          number: z.int().min(0).max(10),
          tasks: z.array(baselineLine),
          assignments: z.array(baselineLine),
          resources: z.array(baselineLine),
        }),
      )
      .max(11),
    calculated: z.strictObject({
      project: z.strictObject({ start: moment, finish: moment }),
      tasks: z.array(calculatedTask).max(limits.tasks),
      assignments: z.array(z.strictObject(dates)).max(limits.assignments),
    }),
    extra: z.record(z.string().max(200), z.array(extraElement)),
  })
}
