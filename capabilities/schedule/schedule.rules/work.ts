import { Fault } from '../../../kernel/fault.ts'
import type { Patch } from '../../../kernel/ledger/tx.ts'
import type { Stored } from '../../../kernel/record.ts'
import type { Assignment, Task } from '../schedule.model.ts'
import type { TaskRow } from './outline.ts'

type AssignmentRow = Stored<typeof Assignment>

/** What follows for a task and its assignments when one side of duration × units = work is said anew. */
export type Effect = {
  readonly task: Patch<typeof Task>
  readonly assignments: readonly { row: AssignmentRow; patch: Patch<typeof Assignment> }[]
}

/**
 * A new duration keeps units and changes work; for fixed work it keeps work and changes units (the triangle of
 * Microsoft Project's task types). Work given by pieces of time no longer holds and is let go.
 */
export function afterDurationChange(
  task: TaskRow,
  durationMinutes: number,
  assignments: readonly AssignmentRow[],
): Effect {
  const before = task.durationMinutes ?? 0
  const ratio = before > 0 ? durationMinutes / before : 1
  const changes = assignments.map((row) => {
    const work = row.workMinutes ?? 0
    const units = row.units ?? 1
    if (task.type === 'fixedWork') {
      const next = durationMinutes > 0 ? tidy((units * before) / durationMinutes) : units
      return { row, patch: { units: next, ...SPREAD_ANEW } }
    }
    return {
      row,
      patch: { ...workPatch(row, before > 0 ? work * ratio : durationMinutes * units), ...SPREAD_ANEW },
    }
  })
  return {
    task: { ...durationPatch(task, durationMinutes), ...sumOfWork(task, changes) },
    assignments: changes,
  }
}

/** New work keeps units and changes the duration; for fixed duration it keeps the duration and changes units. */
export function afterWorkChange(
  task: TaskRow,
  workMinutes: number,
  assignments: readonly AssignmentRow[],
): Effect {
  const before = assignments.reduce((sum, row) => sum + (row.workMinutes ?? 0), 0)
  const duration = task.durationMinutes ?? 0
  if (assignments.length === 0) return { task: {}, assignments: [] }
  const ratio = before > 0 ? workMinutes / before : 0
  const changes = assignments.map((row) => {
    const share = before > 0 ? (row.workMinutes ?? 0) * ratio : workMinutes / assignments.length
    const units = task.type === 'fixedDuration' && before > 0 ? { units: tidy((row.units ?? 1) * ratio) } : {}
    return { row, patch: { ...workPatch(row, share), ...units, ...SPREAD_ANEW } }
  })
  if (task.type === 'fixedDuration') return { task: {}, assignments: changes }
  const next = before > 0 ? duration * ratio : longest(changes)
  return { task: durationPatch(task, tidy(next)), assignments: changes }
}

const SPREAD_ANEW = { timephased: undefined, contour: undefined }

function workPatch(row: AssignmentRow, workMinutes: number) {
  const work = tidy(workMinutes)
  return { workMinutes: work, remainingWorkMinutes: Math.max(0, tidy(work - (row.actualWorkMinutes ?? 0))) }
}

function durationPatch(task: TaskRow, durationMinutes: number): Patch<typeof Task> {
  const done = task.actualDurationMinutes ?? 0
  const patch = {
    durationMinutes,
    estimated: undefined,
    milestone: durationMinutes > 0 ? undefined : task.milestone,
  }
  if (done === 0) return { ...patch, remainingDurationMinutes: durationMinutes }
  if (durationMinutes < done) {
    throw new Fault(
      'task.moreIsDone',
      `More than that of "${task.name}" is done already; record it as finished instead.`,
      {
        task: task.id,
        doneMinutes: done,
      },
    )
  }
  const percentComplete =
    durationMinutes > 0 ? Math.min(100, Math.round((done / durationMinutes) * 100)) : 100
  return { ...patch, remainingDurationMinutes: Math.max(0, tidy(durationMinutes - done)), percentComplete }
}

function sumOfWork(
  task: TaskRow,
  changes: readonly { row: AssignmentRow; patch: Patch<typeof Assignment> }[],
) {
  if (changes.length === 0) return {}
  const workMinutes = tidy(
    changes.reduce((sum, { row, patch }) => sum + (patch.workMinutes ?? row.workMinutes ?? 0), 0),
  )
  return { workMinutes, remainingWorkMinutes: Math.max(0, tidy(workMinutes - (task.actualWorkMinutes ?? 0))) }
}

function longest(changes: readonly { row: AssignmentRow; patch: Patch<typeof Assignment> }[]): number {
  return Math.max(
    0,
    ...changes.map(({ row, patch }) => (patch.workMinutes ?? 0) / Math.max(0.0001, row.units ?? 1)),
  )
}

/** Tenths of minutes, as Microsoft Project counts. */
function tidy(value: number): number {
  return Math.round(value * 10) / 10
}
