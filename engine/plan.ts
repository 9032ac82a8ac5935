/**
 * The plan the engine reads and the schedule it answers with: plain arrays of plain objects, ids are strings.
 *
 * Units. A `…Minute` is a moment: minutes since 1970-01-01T00:00 of the project's own wall clock, without zone.
 * A `…Day` is a day number since 1970-01-01. Durations, work, lag and slack are `…Minutes`. Microsoft Project
 * counts in tenths of a minute; so does the engine inside, so that moments and durations may carry one decimal
 * (2026-01-05T08:00:48 is 0.8 minutes past eight); finer fractions are rounded to the nearest tenth.
 *
 * Whatever is left out, null or undefined is unknown or takes the default named beside it.
 */

export type Maybe<T> = T | null | undefined

export type Plan = {
  readonly project: PlanProject
  readonly calendars: readonly PlanCalendar[]
  /** In outline order. Dates do not depend on it; of two limits that bind alike, the task named first is the driver. */
  readonly tasks: readonly PlanTask[]
  readonly links: readonly PlanLink[]
  readonly resources: readonly PlanResource[]
  readonly assignments: readonly PlanAssignment[]
}

export type PlanProject = {
  /** Given when scheduled from the start; when scheduled from the finish the start is computed. */
  readonly startMinute?: Maybe<number>
  /** Given when scheduled from the finish. */
  readonly finishMinute?: Maybe<number>
  readonly scheduleFrom?: Maybe<'start' | 'finish'>
  /** The id of the project calendar. */
  readonly calendar: string
  readonly statusMinute?: Maybe<number>
  /** Default 480; used for percent and day facts only, never for dates. */
  readonly minutesPerDay?: Maybe<number>
  readonly minutesPerWeek?: Maybe<number>
  readonly daysPerMonth?: Maybe<number>
  /** "Tasks will always honor their constraint dates"; default true. */
  readonly honorConstraints?: Maybe<boolean>
  /** "Tasks are critical if slack is less than or equal to"; default 0. */
  readonly criticalSlackLimitMinutes?: Maybe<number>
  /** "Split in-progress tasks"; default true: the rest of a started task waits for late predecessors. */
  readonly splitInProgress?: Maybe<boolean>
  /**
   * What the rest of a task begun before its predecessors does; default: as `splitInProgress` says, as Microsoft
   * Project. Primavera's three ways: `retainedLogic` (the rest waits), `progressOverride` (the link is broken: nobody
   * waits), `actualDates` (nobody waits, and the predecessor is late since the task began).
   */
  readonly outOfSequence?: Maybe<'retainedLogic' | 'progressOverride' | 'actualDates'>
  /**
   * What elapsed lags and elapsed durations count across a change of daylight saving: the hours of the wall clock
   * (default, as Microsoft Project) or real hours. The changes themselves are data: the engine knows no zones.
   */
  readonly elapsedAcrossDst?: Maybe<'wall' | 'real'>
  /** In order of time; read with `elapsedAcrossDst: 'real'` only. */
  readonly clockChanges?: Maybe<readonly ClockChange[]>
  /** "Calculate multiple critical paths"; default false. */
  readonly multipleCriticalPaths?: Maybe<boolean>
}

/**
 * A change of the clock: it stands at `atMinute` and is put forward by so many minutes, or back when below zero.
 * Spring in Warsaw 2026: at 2026-03-29T02:00 by 60; autumn: at 2026-10-25T03:00 by -60.
 */
export type ClockChange = { readonly atMinute: number; readonly shiftMinutes: number }

/** Minutes of the day, half open. `toMinute` is at most 1440; beyond it the shift runs on into the next day. */
export type Shift = { readonly fromMinute: number; readonly toMinute: number }

/** Seven entries, Sunday first; an empty list is a day off; `inherit` asks the base calendar. */
export type Week = readonly (readonly Shift[] | 'inherit')[]

/** The n-th (5 = last) day, weekday (Monday to Friday), weekend day or day of the week 0..6 (0 = Sunday). */
export type DayInMonth = {
  readonly position: 1 | 2 | 3 | 4 | 5
  readonly item: 'day' | 'weekday' | 'weekendDay' | 0 | 1 | 2 | 3 | 4 | 5 | 6
}

export type Recurrence = { readonly occurrences?: Maybe<number> } & (
  | { readonly kind: 'daily'; readonly everyDays: number }
  | { readonly kind: 'weekly'; readonly everyWeeks: number; readonly weekdays: readonly number[] }
  | { readonly kind: 'monthlyByDay'; readonly everyMonths: number; readonly dayOfMonth: number }
  | ({ readonly kind: 'monthlyByPosition'; readonly everyMonths: number } & DayInMonth)
  | { readonly kind: 'yearlyByDay'; readonly month: number; readonly dayOfMonth: number }
  | ({ readonly kind: 'yearlyByPosition'; readonly month: number } & DayInMonth)
)

/** Days from `fromDay` to `toDay`, both included, or the days of the recurrence among them. */
export type PlanCalendarException = {
  readonly name?: Maybe<string>
  readonly fromDay: number
  readonly toDay: number
  readonly shifts: readonly Shift[]
  readonly recurrence?: Maybe<Recurrence>
}

export type PlanWorkWeek = {
  readonly name?: Maybe<string>
  readonly fromDay: number
  readonly toDay: number
  readonly week: Week
}

export type PlanCalendar = {
  readonly id: string
  readonly name?: Maybe<string>
  /** The id of the calendar this one is derived from. */
  readonly base?: Maybe<string>
  readonly week: Week
  /** The first exception that names a day wins; exceptions win over work weeks, work weeks over the week. */
  readonly exceptions?: Maybe<readonly PlanCalendarException[]>
  readonly workWeeks?: Maybe<readonly PlanWorkWeek[]>
}

export type Constraint = 'asap' | 'alap' | 'snet' | 'snlt' | 'fnet' | 'fnlt' | 'mso' | 'mfo'

export type PlanTask = {
  readonly id: string
  readonly name?: Maybe<string>
  /** The id of the summary task; a task that is a parent is a summary task. */
  readonly parent?: Maybe<string>
  /** A summary task although nothing stands below it. */
  readonly summary?: Maybe<boolean>
  /** Default true. */
  readonly active?: Maybe<boolean>
  /** Default 'auto'. */
  readonly mode?: Maybe<'auto' | 'manual'>
  readonly milestone?: Maybe<boolean>
  /** Default 'fixedUnits'. */
  readonly type?: Maybe<'fixedUnits' | 'fixedDuration' | 'fixedWork'>
  readonly effortDriven?: Maybe<boolean>
  readonly durationMinutes?: Maybe<number>
  readonly durationElapsed?: Maybe<boolean>
  readonly workMinutes?: Maybe<number>
  /** Default 'asap'. */
  readonly constraint?: Maybe<Constraint>
  readonly constraintMinute?: Maybe<number>
  readonly deadlineMinute?: Maybe<number>
  readonly calendar?: Maybe<string>
  readonly ignoreResourceCalendar?: Maybe<boolean>
  readonly priority?: Maybe<number>
  readonly levelingDelayMinutes?: Maybe<number>
  /** Default true: Microsoft Project levels in elapsed time. */
  readonly levelingDelayElapsed?: Maybe<boolean>
  /** "Leveling can split this task"; default true. */
  readonly levelingCanSplit?: Maybe<boolean>
  readonly actualStartMinute?: Maybe<number>
  readonly actualFinishMinute?: Maybe<number>
  readonly percentComplete?: Maybe<number>
  readonly actualDurationMinutes?: Maybe<number>
  readonly remainingDurationMinutes?: Maybe<number>
  /** Where the finished part ends, and where the rest goes on. */
  readonly stopMinute?: Maybe<number>
  readonly resumeMinute?: Maybe<number>
  readonly manualStartMinute?: Maybe<number>
  readonly manualFinishMinute?: Maybe<number>
  /** Of another project: its stated dates are kept (`manualStartMinute`, `manualFinishMinute`). */
  readonly external?: Maybe<boolean>
}

export type LinkType = 'fs' | 'ss' | 'ff' | 'sf'

export type Lag =
  | { readonly kind: 'working' | 'elapsed'; readonly minutes: number }
  | { readonly kind: 'percent' | 'elapsedPercent'; readonly percent: number }

export type PlanLink = {
  readonly id: string
  readonly predecessor: string
  readonly successor: string
  readonly type: LinkType
  /** Default none. */
  readonly lag?: Maybe<Lag>
}

export type PlanResource = {
  readonly id: string
  readonly name?: Maybe<string>
  /** Default 'work'. */
  readonly type?: Maybe<'work' | 'material' | 'cost'>
  /** 1 is one whole person; default 1. */
  readonly maxUnits?: Maybe<number>
  /** Default: the project calendar. */
  readonly calendar?: Maybe<string>
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

/** A stretch of timephased work as stated by the file; a stretch without work is a pause (a split). */
export type WorkPiece = {
  readonly startMinute: number
  readonly finishMinute: number
  readonly workMinutes: number
  /** Done already: it stays where it is. */
  readonly actual?: Maybe<boolean>
}

export type PlanAssignment = {
  readonly id: string
  readonly task: string
  /** null: nobody; carries the split of a task without resources. */
  readonly resource: string | null
  /** 1 is 100 %; default 1. */
  readonly units?: Maybe<number>
  readonly workMinutes?: Maybe<number>
  readonly actualWorkMinutes?: Maybe<number>
  readonly remainingWorkMinutes?: Maybe<number>
  readonly overtimeWorkMinutes?: Maybe<number>
  /** Working time after the task's start. */
  readonly delayMinutes?: Maybe<number>
  readonly levelingDelayMinutes?: Maybe<number>
  /** Default 'flat'. */
  readonly contour?: Maybe<Contour>
  readonly actualStartMinute?: Maybe<number>
  readonly actualFinishMinute?: Maybe<number>
  /** In order of time. */
  readonly pieces?: Maybe<readonly WorkPiece[]>
}

/** What set a date: the binding limits of a task, the strongest first. */
export type DriverKind =
  | 'projectStart'
  | 'projectFinish'
  | 'link'
  | 'constraint'
  | 'calendar'
  | 'resource'
  | 'levelingDelay'
  | 'actual'
  | 'manual'
  | 'external'
  | 'summary'
  | 'deadline'
  | 'alap'

export type Driver = {
  readonly kind: DriverKind
  /** The predecessor (link), the summary whose limit is handed down, or the last child (roll-up). */
  readonly task?: string
  readonly link?: string
  readonly linkType?: LinkType
  readonly lag?: Lag
  readonly constraint?: Constraint
  readonly calendar?: string
  readonly resource?: string
  /** The earliest start (or, scheduling backwards, the latest finish) this limit allows. */
  readonly minute?: number
  /** Working minutes between this limit and the date it did not set; absent or 0: it sets the date. */
  readonly slackMinutes?: number
}

export type TaskSchedule = {
  readonly id: string
  readonly startMinute: number
  readonly finishMinute: number
  readonly earlyStartMinute: number
  readonly earlyFinishMinute: number
  readonly lateStartMinute: number
  readonly lateFinishMinute: number
  readonly durationMinutes: number
  readonly workMinutes: number
  readonly freeSlackMinutes: number
  readonly totalSlackMinutes: number
  readonly startSlackMinutes: number
  readonly finishSlackMinutes: number
  readonly critical: boolean
  readonly summary: boolean
  readonly milestone: boolean
  /** The limits that set the date, in order of strength; the whole chain comes from `explain`. */
  readonly drivers: readonly Driver[]
}

export type ScheduleWarningCode =
  | 'schedule.constraintConflict'
  | 'schedule.manualConflict'
  | 'schedule.deadlineMissed'
  | 'schedule.negativeSlack'
  | 'schedule.summaryConstraint'
  | 'schedule.summaryLinkIgnored'

export type ScheduleWarning = {
  readonly code: ScheduleWarningCode
  readonly task?: string
  readonly facts: Facts
}

export type Facts = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

export type Schedule = {
  readonly startMinute: number
  readonly finishMinute: number
  /** In the order of the plan's tasks; inactive tasks are present with their own dates and zero slack. */
  readonly tasks: readonly TaskSchedule[]
  readonly warnings: readonly ScheduleWarning[]
}

export type RefusalCode =
  | 'schedule.cycle'
  | 'schedule.selfLink'
  | 'schedule.duplicateLink'
  | 'schedule.summaryLink'
  | 'schedule.outlineCycle'
  | 'schedule.duplicateId'
  | 'schedule.unknownTask'
  | 'schedule.unknownResource'
  | 'schedule.unknownCalendar'
  | 'schedule.calendarCycle'
  | 'schedule.badShift'
  | 'schedule.badWeek'
  | 'schedule.badRecurrence'
  | 'schedule.noWorkingTime'
  | 'schedule.noProjectDate'
  | 'schedule.noConstraintDate'
  | 'schedule.negativeDuration'
  | 'schedule.badNumber'
  | 'schedule.dateOutOfRange'

export type Refused = { readonly refused: { readonly code: RefusalCode; readonly facts: Facts } }
