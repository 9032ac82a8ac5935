import { minuteOf } from '../calendar/calendar.ts'
import type {
  Lag,
  LinkType,
  Plan,
  PlanAssignment,
  PlanCalendar,
  PlanLink,
  PlanProject,
  PlanResource,
  PlanTask,
  RefusalCode,
  ScheduleWarningCode,
  Shift,
} from '../plan.ts'

/** What a case says about a task: times as people read them, slack in working days of eight hours. */
export type Expected = {
  readonly start?: string
  readonly finish?: string
  readonly earlyStart?: string
  readonly lateStart?: string
  readonly lateFinish?: string
  readonly totalSlackDays?: number
  readonly freeSlackDays?: number
  readonly durationDays?: number
  readonly critical?: boolean
}

/** An example plan with its answer inside: dates, or the refusal. */
export type Case = { readonly title: string; readonly plan: Plan } & (
  | {
      readonly tasks: Readonly<Record<string, Expected>>
      readonly project?: { readonly start?: string; readonly finish?: string }
      readonly warnings?: readonly ScheduleWarningCode[]
    }
  | { readonly refused: RefusalCode; readonly facts?: Readonly<Record<string, unknown>> }
)

export const DAY = 480
export const DAY_SHIFTS: readonly Shift[] = [shift('08:00', '12:00'), shift('13:00', '17:00')]

/** The week of 2026-01-05, a Monday, is the first of every case: eight hours from Monday to Friday. */
export const STANDARD: PlanCalendar = { id: 'standard', week: weekOf([1, 2, 3, 4, 5], DAY_SHIFTS) }

export function planOf(
  parts: Partial<Omit<Plan, 'project'>> & {
    readonly project?: Partial<PlanProject>
    readonly start?: string
  },
): Plan {
  const { project, start, calendars, ...rest } = parts
  return {
    tasks: [],
    links: [],
    resources: [],
    assignments: [],
    ...rest,
    calendars: [STANDARD, ...(calendars ?? [])],
    project: { calendar: 'standard', startMinute: at(start ?? '2026-01-05T08:00'), ...project },
  }
}

export function task(id: string, days: number, more: Partial<PlanTask> = {}): PlanTask {
  return { id, durationMinutes: days * DAY, ...more }
}

export function link(predecessor: string, successor: string, type: LinkType = 'fs', lag?: Lag): PlanLink {
  const made = { id: `${predecessor}→${successor}`, predecessor, successor, type }
  return lag ? { ...made, lag } : made
}

export function working(days: number): Lag {
  return { kind: 'working', minutes: days * DAY }
}

export function person(id: string, calendar?: string): PlanResource {
  return calendar ? { id, type: 'work', calendar } : { id, type: 'work' }
}

export function assigned(
  task: string,
  resource: string | null,
  days: number,
  more: Partial<PlanAssignment> = {},
): PlanAssignment {
  return { id: `${resource}@${task}`, task, resource, workMinutes: days * DAY, ...more }
}

export function weekOf(workdays: readonly number[], shifts: readonly Shift[]): (readonly Shift[])[] {
  return [0, 1, 2, 3, 4, 5, 6].map((weekday) => (workdays.includes(weekday) ? shifts : []))
}

export function shift(from: string, to: string): Shift {
  const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
  return { fromMinute: minute(from), toMinute: minute(to) }
}

/** A time or a day (its midnight) as minutes. */
export function at(text: string): number {
  const minute = minuteOf(text)
  if (minute === undefined) throw new Error(`not a time: ${text}`)
  return minute
}

export function dayOf(text: string): number {
  return Math.floor(at(text) / 1440)
}
