import type { PlanEdits } from './plan-edits.ts'
import type { Shown, ShownTask } from './plan-rows.ts'

/** What a part of the panel stands on. */
export type Part = {
  shown: Shown
  task: ShownTask
  /** The stored row, with what the plan's answer leaves out. */
  stored: StoredTask | undefined
  step: PlanEdits['step']
  rights: { write: boolean; progress: boolean }
  onOpen: (id: string) => void
}

export type StoredTask = {
  id: string
  seq: number
  notes?: string
  type?: 'fixedUnits' | 'fixedDuration' | 'fixedWork'
  priority?: number
}
