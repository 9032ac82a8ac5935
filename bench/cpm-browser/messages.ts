import type { Plan, ScheduleWarning } from '../../engine/plan.ts'
import type { PlanEdit } from '../../engine/plan-edit.ts'
import type { ResultColumns } from '../../engine/result-columns.ts'

/** What the page asks of the worker. */
export type Question = { readonly plan: Plan } | { readonly edits: readonly PlanEdit[] }

/** What comes back: results of the tasks that have changed, as columns; who drives them is asked when it is looked at. */
export type Answer = {
  readonly startMinute: number
  readonly finishMinute: number
  readonly columns: ResultColumns
  /** Only when they are other than before. */
  readonly warnings?: readonly ScheduleWarning[]
  readonly calculated: 'touched' | 'whole'
  /** What the engine itself took. */
  readonly engineMs: number
}
