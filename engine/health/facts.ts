import { workingBetween } from '../calendar/calendar.ts'
import type { WorkingTime } from '../calendar/working-time.ts'
import type { Plan, PlanLink, PlanTask, Schedule, TaskSchedule } from '../plan.ts'
import type { HealthSettings } from './settings.ts'

/** What a baseline says of one task; moments as in `Plan`. */
export type BaselineDates = {
  readonly startMinute?: number | undefined
  readonly finishMinute?: number | undefined
  /** Working minutes. */
  readonly durationMinutes?: number | undefined
}

export type HealthInput = {
  readonly plan: Plan
  /** What `schedule(plan)` answered. */
  readonly schedule: Schedule
  /** By task id; absent: the plan has no baseline. */
  readonly baseline?: ReadonlyMap<string, BaselineDates> | undefined
  /** Default: the status date of the plan. */
  readonly statusMinute?: number | undefined
  /** Tasks that carry a cost of their own and so need no resource. */
  readonly costed?: ReadonlySet<string> | undefined
  readonly settings?: Partial<HealthSettings> | undefined
}

/** One task of the work itself: active, of this plan, no summary. */
export type Leaf = { readonly task: PlanTask; readonly dates: TaskSchedule; readonly complete: boolean }

/** What all points look at. */
export type HealthFacts = {
  readonly plan: Plan
  readonly schedule: Schedule
  readonly settings: HealthSettings
  readonly leaves: readonly Leaf[]
  readonly open: readonly Leaf[]
  /** Links between active tasks that still decide something: the successor is not finished. */
  readonly links: readonly PlanLink[]
  /** All links between active tasks. */
  readonly allLinks: readonly PlanLink[]
  readonly baseline: ReadonlyMap<string, BaselineDates> | undefined
  readonly statusMinute: number | undefined
  readonly costed: ReadonlySet<string>
  readonly minutesPerDay: number
  /** Working time of the project calendar. */
  readonly time: WorkingTime
}

export type HealthPoint = {
  readonly number: number
  readonly name: string
  /** What was measured; null where the point does not apply. */
  readonly value: number | null
  readonly unit: '%' | 'days' | 'index'
  /** What it is measured against, in the same unit. */
  readonly threshold: number
  readonly better: 'less' | 'more'
  /** How many of how many, where the value is a share or an index of counts. */
  readonly count?: number
  readonly of?: number
  /** null: not applicable. */
  readonly pass: boolean | null
  readonly notApplicable?: NotApplicable
  /** Task ids in the order of the plan. */
  readonly offenders: readonly string[]
  /** The links at fault, for points about links. */
  readonly links?: readonly string[]
}

/** What is missing for a point to say anything. */
export type NotApplicable =
  | 'noTasks'
  | 'noLinks'
  | 'noBaseline'
  | 'noStatusDate'
  | 'nothingDue'
  | 'untestable'

type Head = Pick<HealthPoint, 'number' | 'name' | 'threshold'> & { readonly better?: 'less' | 'more' }

/** A point that is the share of offenders: 100 × `offenders` ÷ `of`; passes when it is not above its threshold. */
export function sharePoint(head: Head, offenders: readonly string[], of: number): HealthPoint {
  const percent = (100 * offenders.length) / of
  return {
    ...head,
    better: 'less',
    unit: '%',
    value: rounded(percent, 2),
    count: offenders.length,
    of,
    pass: percent <= head.threshold,
    offenders,
  }
}

export function notApplicable(head: Head, unit: HealthPoint['unit'], why: NotApplicable): HealthPoint {
  const { better = 'less', ...rest } = head
  return { ...rest, better, unit, value: null, pass: null, notApplicable: why, offenders: [] }
}

/** Working days of the project calendar from one moment to another; negative when the second lies before. */
export function workingDays(facts: HealthFacts, fromMinute: number, toMinute: number): number {
  return workingBetween(facts.time, fromMinute, toMinute) / facts.minutesPerDay
}

export function rounded(value: number, digits: number): number {
  const power = 10 ** digits
  return Math.round(value * power) / power
}

export const idsOf = (leaves: readonly Leaf[]): string[] => leaves.map(({ task }) => task.id)
