import { STATE } from './network/network.ts'
import type { Maybe, Plan, PlanTask, Refused } from './plan.ts'
import { solved } from './schedule.ts'

/** What to change in one task so that nothing is left to do before the status date. */
export type Rescheduled =
  | { readonly task: string; readonly constraint: 'snet'; readonly constraintMinute: number }
  | { readonly task: string; readonly stopMinute: number; readonly resumeMinute: number }

/** A task that stays in the past because of its date or of a person's word. */
export type KeptInPast = { readonly task: string; readonly reason: 'constraint' | 'manual' }

/**
 * "Reschedule uncompleted work to start after" (Update Project, Microsoft Project): a task not begun that would begin
 * before the status date starts no earlier than it; the rest of a task under way stops where it was done and goes on
 * there. Tasks with a date of their own (other constraints than `asap`, `alap` and `snet`) and manual ones are left and
 * named. Answers the changes, in the order of the plan; the plan itself is not touched. Refuses as `schedule` does.
 */
export function rescheduleUncompleted(
  plan: Plan,
  statusMinute: number,
): { readonly changes: readonly Rescheduled[]; readonly kept: readonly KeptInPast[] } | Refused {
  const solution = solved(plan)
  if ('refused' in solution) return solution
  const { network, dates } = solution
  const changes: Rescheduled[] = []
  const kept: KeptInPast[] = []
  const status = Math.round(statusMinute * 10)
  for (let i = 0; i < network.taskCount; i++) {
    const task = plan.tasks[i] as PlanTask
    if (network.summary[i]) continue
    const state = network.state[i]
    if (state === STATE.started) {
      const resumed = dates.resumed[i] as number
      if (resumed < status && (dates.finish[i] as number) > resumed)
        changes.push({ task: task.id, stopMinute: stopOf(task, resumed / 10), resumeMinute: status / 10 })
    } else if (state === STATE.stated && !task.external && (dates.start[i] as number) < status)
      kept.push({ task: task.id, reason: 'manual' })
    else if (state === STATE.open && (dates.start[i] as number) < status)
      if (isMovable(task.constraint))
        changes.push({ task: task.id, constraint: 'snet', constraintMinute: status / 10 })
      else kept.push({ task: task.id, reason: 'constraint' })
  }
  return { changes, kept }
}

function isMovable(constraint: Maybe<PlanTask['constraint']>): boolean {
  return !constraint || constraint === 'asap' || constraint === 'alap' || constraint === 'snet'
}

/** The end of what is done: as said, else where the rest would have gone on. */
function stopOf(task: PlanTask, resumedMinute: number): number {
  return task.stopMinute ?? resumedMinute
}
