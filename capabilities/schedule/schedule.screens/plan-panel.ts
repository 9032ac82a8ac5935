import type { ComponentType } from 'react'
import type { IconType } from '../../../ui/house/screen.ts'
import type { PlanEdits } from './plan-edits.ts'
import type { Shown } from './plan-rows.ts'

/** What stands beside the plan, or instead of its chart, as long as it is open. One at a time. */
export type PlanPanel = {
  readonly key: string
  readonly title: string
  readonly icon: IconType
  /** Opens and closes it. */
  readonly keys: string
  readonly place: 'beside' | 'instead'
  readonly component: ComponentType<PlanPanelProps>
  /** A figure on its button, red when it asks for attention; undefined while it is not known. */
  readonly useCount?: (shown: Shown) => number | undefined
}

export type PlanPanelProps = {
  readonly shown: Shown
  readonly rights: { write: boolean; progress: boolean }
  /** Performs an action on the plan as a step that can be undone; the toast says what it did. */
  readonly step: PlanEdits['step']
  readonly goTo: (task: string) => void
  /** Selects these tasks and brings the first into sight. */
  readonly select: (tasks: readonly string[]) => void
  /** Leads to the levelling of this plan. */
  readonly onLevel: () => void
  readonly onClose: () => void
}
