import type { Plan } from '../plan.ts'
import type { PeopledPlan } from './plan-people.ts'
import type { PinReason } from './plan-state.ts'

/** One of several plans levelled together; resources with the same id, or of the same person, are the same people. */
export type LevelProject = PeopledPlan & { readonly id: string }

export type TaskName = { readonly project: string; readonly task: string }

export type PlanLevelling = {
  readonly projects: readonly LevelledProject[]
  readonly moves: readonly LevelMove[]
  /** Over-allocations that are left, and why the tasks could not be moved. Empty when all is level. */
  readonly overloads: readonly RemainingOverload[]
  /** Over-allocations as the plans stand now. */
  readonly overloadsBefore: readonly RemainingOverload[]
  readonly unlevelled: readonly UnlevelledTask[]
  readonly schedules: number
  /** The finishes cannot be bettered: they meet their bounds. */
  readonly proven: boolean
}

export type LevelledProject = {
  readonly id: string
  /** The plan with its new levelling delays: scheduled again it has exactly the levelled dates. */
  readonly plan: Plan
  readonly finishBefore: number
  readonly finishAfter: number
  /** No levelled finish is sooner: the finish without any resource limit. */
  readonly finishUnlimited: number
  /** No plan in which nobody has too much to do finishes before this: the finish without limits, or what people can do. */
  readonly finishBound: number
}

/** A leaf task whose dates or levelling delay change. */
export type LevelMove = TaskName & {
  readonly fromMinute: number
  readonly toMinute: number
  readonly fromFinishMinute: number
  readonly toFinishMinute: number
  /** What `levelingDelayMinutes` (elapsed) becomes; 0 when it only follows its predecessors. */
  readonly delayMinutes: number
  /** Of a task that is now interrupted: when it is worked on. */
  readonly parts?: readonly { readonly fromMinute: number; readonly toMinute: number }[]
  /** Of a started task: where its done part ends and where the rest goes on. */
  readonly rest?: { readonly stopMinute: number; readonly resumeMinute: number }
  readonly why: MoveReason
}

export type MoveReason =
  | {
      readonly kind: 'resource'
      readonly resource: string
      readonly priority: number
      /** Who has the resource until it is free; its `urgency` is the highest priority that waits for it, its own included. */
      readonly heldBy: readonly (TaskName & {
        readonly priority: number
        readonly urgency: number
      })[]
      readonly freeAtMinute: number
    }
  | { readonly kind: 'predecessor' | 'summary'; readonly task: string }
  /** An earlier levelling delay is no longer needed, or another limit moved it. */
  | { readonly kind: 'delayDropped' }

export type RemainingOverload = {
  readonly resource: string
  readonly fromMinute: number
  readonly toMinute: number
  /** With what keeps each of them where it is; without when it may move and has found no better place. */
  readonly tasks: readonly (TaskName & { readonly heldBy?: PinReason | UnlevelledTask['reason'] })[]
}

export type UnlevelledTask = TaskName & {
  readonly reason: 'noCapacity' | 'tooMuchDemand' | 'noSlack' | 'constraint'
  readonly resource: string
}
