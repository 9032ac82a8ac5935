import type { Plan, ScheduleWarning, TaskSchedule } from '../../engine/plan.ts'
import type { PlanEdit } from '../../engine/plan-edit.ts'

/** What the page asks of the worker. */
export type Question = { readonly plan: Plan } | { readonly edits: readonly PlanEdit[] }

/** What comes back: results of the tasks that have changed, by their place in the plan. */
export type Answer = {
  readonly startMinute: number
  readonly finishMinute: number
  readonly places: readonly number[]
  readonly tasks: readonly TaskSchedule[]
  /** Only when they are other than before. */
  readonly warnings?: readonly ScheduleWarning[]
  readonly calculated: 'touched' | 'whole'
  /** What the engine itself took. */
  readonly engineMs: number
}
