import { formatDay } from '../../../drawing/format.ts'
import { levelPlan } from '../../../engine/levelling/plan.ts'
import type { MoveReason, PlanLevelling } from '../../../engine/levelling/plan-levelling.ts'
import { timeOf } from '../../../kernel/day.ts'
import { refusalFault } from './plan.ts'
import { planWording } from './plan-words.ts'
import type { Computed } from './view.ts'
import type { Wording } from './words.ts'

/** How a plan is to be levelled; the same settings give the same answer. */
export type LevelSettings = {
  readonly room: 'extend' | 'withinSlack'
  readonly schedules: number
  readonly seed: number
}

/** One task that levelling would move, and why. Times are the project's wall clock. */
export type LevelMoveView = {
  readonly task: string
  readonly uid: number | null
  readonly name: string
  readonly from: string
  readonly to: string
  readonly fromFinish: string
  readonly toFinish: string
  readonly delayMinutes: number
  readonly why: string
  readonly heldBy: readonly string[]
}

/** Levels a computed plan. Refuses what the engine refuses, by the names of the tasks. */
export function levelled(computed: Computed, settings: LevelSettings): PlanLevelling {
  const answer = levelPlan(computed.plan, settings)
  if ('refused' in answer) throw refusalFault(answer.refused, computed.rows.tasks)
  return answer
}

/** What levelling would do, as plain data with a reason for each moved task; nothing is changed. */
export function levelPreview(computed: Computed, settings: LevelSettings) {
  const answer = levelled(computed, settings)
  const wording = planWording(computed)
  const uidOf = new Map(computed.rows.tasks.map((task) => [task.id, task.uid ?? null]))
  const outcome = answer.projects[0]
  return {
    finishBefore: timeOf(outcome?.finishBefore ?? computed.result.finishMinute),
    finishAfter: timeOf(outcome?.finishAfter ?? computed.result.finishMinute),
    /** No levelled plan can finish before this. */
    finishUnlimited: timeOf(outcome?.finishUnlimited ?? computed.result.finishMinute),
    schedules: answer.schedules,
    moves: answer.moves.map(
      (move): LevelMoveView => ({
        task: move.task,
        uid: uidOf.get(move.task) ?? null,
        name: wording.taskName(move.task),
        from: timeOf(move.fromMinute),
        to: timeOf(move.toMinute),
        fromFinish: timeOf(move.fromFinishMinute),
        toFinish: timeOf(move.toFinishMinute),
        delayMinutes: move.delayMinutes,
        why: reasonText(move.why, wording),
        heldBy: move.why.kind === 'resource' ? move.why.heldBy.map(({ task }) => task) : [],
      }),
    ),
    overloads: answer.overloads.map(({ resource, fromMinute, toMinute, tasks }) => ({
      resource,
      name: wording.resourceName(resource),
      from: timeOf(fromMinute),
      to: timeOf(toMinute),
      tasks: tasks.map(({ task }) => task),
    })),
    unlevelled: answer.unlevelled.map(({ task, resource, reason }) => ({
      task,
      name: wording.taskName(task),
      text: `${UNLEVELLED[reason]} (${wording.resourceName(resource)})`,
    })),
  }
}

const UNLEVELLED: Readonly<Record<string, string>> = {
  tooMuchDemand: 'needs more of somebody than there is',
  noSlack: 'has no slack left to move within',
  constraint: 'is held by its constraint',
}

function reasonText(why: MoveReason, wording: Wording): string {
  switch (why.kind) {
    case 'resource':
      return resourceText(why, wording)
    case 'predecessor':
      return `Follows "${wording.taskName(why.task)}", which moves.`
    case 'summary':
      return `Follows its summary task "${wording.taskName(why.task)}".`
    case 'delayDropped':
      return 'An earlier levelling delay is no longer needed.'
  }
}

function resourceText(why: Extract<MoveReason, { kind: 'resource' }>, wording: Wording): string {
  const holders = why.heldBy.map(({ task }) => `"${wording.taskName(task)}"`)
  const first = why.heldBy[0]
  const until = `until ${formatDay(why.freeAtMinute, { weekday: true, year: 'always' })}`
  const rank = first && first.urgency > why.priority ? `; priority ${why.priority} < ${first.urgency}` : ''
  const shown =
    holders.length > 3
      ? `${holders.slice(0, 3).join(', ')} and ${holders.length - 3} more`
      : holders.join(', ')
  return `Waits for ${wording.resourceName(why.resource)}, held by ${shown || 'other work'} ${until}${rank}.`
}
