import { z } from 'zod'
import { line, localTime, record, ref } from '../../kernel/record.ts'

/** A century and more of minutes: nothing in a plan lasts longer. */
const MOST_MINUTES = 100_000_000

export const minutes = (title: string) => z.number().min(0).max(MOST_MINUTES).meta({ title, unit: 'minutes' })
const signedMinutes = (title: string) =>
  z.number().min(-MOST_MINUTES).max(MOST_MINUTES).meta({ title, unit: 'minutes' })
export const percent = (title: string) => z.number().min(0).max(100).meta({ title, unit: '%' })
const units = z.number().min(0).max(1_000_000_000).meta({ title: 'Units', unit: '1 = 100 %' })
const durationUnit = z
  .enum(['minutes', 'hours', 'days', 'weeks', 'months'])
  .meta({ title: 'Unit in which it is read' })

export const CONSTRAINTS = ['asap', 'alap', 'snet', 'snlt', 'fnet', 'fnlt', 'mso', 'mfo'] as const

/**
 * A piece of work, a milestone, or a summary of others (a task that others name as parent). Only what people said is
 * stored, and of that only what differs from the usual; dates, slack and numbering are computed.
 */
export const Task = record(
  'task',
  {
    name: z.string().max(1000).meta({ title: 'Task' }),
    parent: ref('task', 'Summary task').optional(),
    rank: z.string().min(1).max(200).meta({ title: 'Order' }),
    uid: z.int().min(0).meta({ title: 'UID' }).optional(),
    notes: z.string().max(100_000).meta({ title: 'Notes' }).optional(),
    /** An empty row of the table: keeps a place. */
    blank: z.literal(true).optional(),
    inactive: z.literal(true).meta({ title: 'Inactive' }).optional(),
    mode: z.enum(['auto', 'manual']).meta({ title: 'Mode' }).optional(),
    milestone: z.boolean().meta({ title: 'Milestone' }).optional(),
    type: z.enum(['fixedUnits', 'fixedDuration', 'fixedWork']).meta({ title: 'Type' }).optional(),
    effortDriven: z.boolean().meta({ title: 'Effort-driven' }).optional(),
    durationMinutes: minutes('Duration').optional(),
    durationElapsed: z.boolean().meta({ title: 'Elapsed duration' }).optional(),
    durationUnit: durationUnit.optional(),
    estimated: z.boolean().meta({ title: 'Estimated' }).optional(),
    workMinutes: minutes('Work').optional(),
    constraint: z.enum(CONSTRAINTS).meta({ title: 'Constraint' }).optional(),
    constraintAt: localTime('Constraint date').optional(),
    deadline: localTime('Deadline').optional(),
    calendar: ref('calendar', 'Task calendar').optional(),
    ignoreResourceCalendar: z.boolean().meta({ title: 'Ignore resource calendars' }).optional(),
    priority: z.int().min(0).max(1000).meta({ title: 'Priority' }).optional(),
    levelingDelayMinutes: signedMinutes('Levelling delay').optional(),
    levelingDelayElapsed: z.boolean().optional(),
    levelingCanSplit: z.boolean().optional(),
    levelAssignments: z.boolean().optional(),
    actualStart: localTime('Actual start').optional(),
    actualFinish: localTime('Actual finish').optional(),
    percentComplete: percent('Complete').optional(),
    percentWorkComplete: percent('Work complete').optional(),
    physicalPercentComplete: percent('Physically complete').optional(),
    actualDurationMinutes: minutes('Actual duration').optional(),
    remainingDurationMinutes: minutes('Remaining duration').optional(),
    actualWorkMinutes: minutes('Actual work').optional(),
    remainingWorkMinutes: minutes('Remaining work').optional(),
    stop: localTime('Stop').optional(),
    resume: localTime('Resume').optional(),
    manualStart: localTime('Start as said').optional(),
    manualFinish: localTime('Finish as said').optional(),
    external: z.literal(true).meta({ title: 'From another plan' }).optional(),
    recurring: z.literal(true).meta({ title: 'Recurring' }).optional(),
    fixedCostCents: z.int().meta({ title: 'Fixed cost', unit: 'cents', visible: 'rates' }).optional(),
    subprojectName: z.string().max(1000).optional(),
    responsible: ref('organisation', 'Responsible organisation').optional(),
  },
  { title: 'Task', index: ['parent'] },
)

export const lag = z
  .union([
    z.strictObject({
      kind: z.enum(['working', 'elapsed']).meta({ title: 'Kind of lag' }),
      minutes: signedMinutes('Lag'),
    }),
    z.strictObject({
      kind: z.enum(['percent', 'elapsedPercent']).meta({ title: 'Kind of lag' }),
      percent: z.number().min(-100_000).max(100_000).meta({ title: 'Lag', unit: '% of the predecessor' }),
    }),
  ])
  .meta({ title: 'Lag' })

/** A dependency: the successor waits for the predecessor. Without `lag` there is none. */
export const Link = record(
  'link',
  {
    predecessor: ref('task', 'Predecessor'),
    successor: ref('task', 'Successor'),
    type: z.enum(['fs', 'ss', 'ff', 'sf']).meta({ title: 'Type' }),
    lag: lag.optional(),
    lagUnit: durationUnit.optional(),
    lagEstimated: z.literal(true).optional(),
  },
  {
    title: 'Link',
    index: ['predecessor', 'successor'],
    // Primavera plans hold the start and the finish of a task to the same predecessor, by two links.
    unique: ['predecessor', 'successor', 'type'],
  },
)

const CONTOURS = [
  'flat',
  'backLoaded',
  'frontLoaded',
  'doublePeak',
  'earlyPeak',
  'latePeak',
  'bell',
  'turtle',
  'contoured',
] as const

const piece = z.strictObject({
  kind: z.enum(['remaining', 'actual', 'actualOvertime']),
  start: localTime('From'),
  finish: localTime('To'),
  workMinutes: minutes('Work'),
  unit: durationUnit.optional(),
})

/** Who works on what, how much, and how the work is spread. Without resource: nobody yet. */
export const Assignment = record(
  'assignment',
  {
    task: ref('task', 'Task'),
    resource: ref('resource', 'Resource').optional(),
    uid: z.int().meta({ title: 'UID' }).optional(),
    units: units.optional(),
    workMinutes: minutes('Work').optional(),
    actualWorkMinutes: minutes('Actual work').optional(),
    remainingWorkMinutes: minutes('Remaining work').optional(),
    overtimeWorkMinutes: minutes('Overtime').optional(),
    actualOvertimeWorkMinutes: minutes('Actual overtime').optional(),
    percentWorkComplete: percent('Work complete').optional(),
    delayMinutes: minutes('Delay').optional(),
    levelingDelayMinutes: signedMinutes('Levelling delay').optional(),
    levelingDelayElapsed: z.boolean().optional(),
    contour: z.enum(CONTOURS).meta({ title: 'Contour' }).optional(),
    actualStart: localTime('Actual start').optional(),
    actualFinish: localTime('Actual finish').optional(),
    stop: localTime('Stop').optional(),
    resume: localTime('Resume').optional(),
    timephased: z.array(piece).max(20_000).meta({ title: 'Work by time' }).optional(),
  },
  { title: 'Assignment', index: ['task', 'resource'] },
)

/** A plan as it was agreed on one day: who took it, and all its dates as one kept file that never changes. */
export const Baseline = record(
  'baseline',
  {
    number: z.int().min(0).max(10).meta({ title: 'Number' }),
    name: line('Name', 120).optional(),
    takenAt: z.iso.datetime().meta({ title: 'Taken' }),
    /** Its lines as JSON, by SHA-256. */
    lines: z.string().length(64).meta({ title: 'Content' }),
    taskCount: z.int().min(0).meta({ title: 'Tasks' }),
  },
  { title: 'Baseline', unique: ['number'] },
)

/** Content of a baseline: frozen figures by the id of the record they belong to. */
export type BaselineLines = {
  readonly tasks: readonly BaselineLine[]
  readonly assignments: readonly BaselineLine[]
  readonly resources: readonly BaselineLine[]
}

export type BaselineLine = {
  readonly id: string
  readonly start?: string
  readonly finish?: string
  readonly durationMinutes?: number
  readonly durationElapsed?: boolean
  readonly workMinutes?: number
  readonly costCents?: number
}

const share = (title: string) => z.number().min(0).max(100).meta({ title, unit: '%' }).optional()
const days = (title: string) =>
  z.number().min(0).max(100_000).meta({ title, unit: 'working days' }).optional()
const index = (title: string) => z.number().min(0).max(10).meta({ title }).optional()

/**
 * Where a project, or the whole workspace, departs from the usual limits of the health check. What is not said here
 * follows the workspace, and that follows the usual limits.
 */
export const HealthLimits = record(
  'healthLimits',
  {
    logicOf: z.enum(['incomplete', 'all']).meta({ title: 'Logic of' }).optional(),
    missingLogicPercent: share('Tasks without logic'),
    leadsPercent: share('Leads'),
    lagsPercent: share('Lags'),
    finishToStartPercent: share('Finish-to-start links, at least'),
    hardConstraintsPercent: share('Hard constraints'),
    highFloatDays: days('High float above'),
    highFloatPercent: share('Tasks with high float'),
    negativeFloatPercent: share('Tasks with negative float'),
    highDurationDays: days('High duration above'),
    highDurationPercent: share('Tasks with high duration'),
    invalidDatesPercent: share('Tasks with invalid dates'),
    withoutResourcePercent: share('Tasks without resource'),
    missedTasksPercent: share('Missed tasks'),
    testDelayDays: days('Delay of the critical path test'),
    criticalPathLengthIndex: index('Critical path length index, at least'),
    baselineExecutionIndex: index('Baseline execution index, at least'),
  },
  { title: 'Limits of the health check', plural: 'Limits of health checks', scope: 'either' },
)

/** How far a practice is followed, best first (the five answers of GAO-16-89G). */
export const GRADES = ['met', 'substantially', 'partially', 'minimally', 'notMet'] as const

/** What somebody answered to a question about the practices of scheduling; its versions are its history. */
export const PracticeAnswer = record(
  'practiceAnswer',
  {
    question: z
      .string()
      .regex(/^\d{1,2}\.\d$/, 'A question has a number such as 2.4.')
      .meta({ title: 'Question' }),
    grade: z.enum(GRADES).meta({ title: 'Answer' }),
    evidence: z
      .string()
      .trim()
      .min(1)
      .max(10_000)
      .meta({ title: 'Evidence', description: 'What the answer rests on: words, or the address of a page' })
      .optional(),
    by: ref('person', 'Answered by').optional(),
    at: z.iso.datetime().meta({ title: 'Answered' }),
  },
  { title: 'Answer about a practice', plural: 'Answers about practices', unique: ['question'] },
)
