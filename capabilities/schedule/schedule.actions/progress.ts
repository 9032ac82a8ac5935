import { z } from 'zod'
import { action } from '../../../kernel/action.ts'
import { timeOf } from '../../../kernel/day.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Patch } from '../../../kernel/ledger/tx.ts'
import { localTime, ref, type Stored } from '../../../kernel/record.ts'
import { Assignment, minutes, percent, Task } from '../schedule.model.ts'
import type { TaskRow } from '../schedule.rules/outline.ts'
import { readPlan } from '../schedule.rules/plan.ts'
import { computeRows } from '../schedule.rules/view.ts'
import { assignmentsOf } from './edit.ts'

const said = z.strictObject({
  id: ref('task', 'Task'),
  percentComplete: percent('Complete').optional(),
  actualStart: localTime('Actual start').optional(),
  actualFinish: localTime('Actual finish').optional(),
  remainingDurationMinutes: minutes('Remaining duration').optional(),
})

type Said = z.output<typeof said>

export const progressTasks = action('task.progress', {
  title: 'Record progress',
  about:
    'Records how far tasks are: percent, actual start and finish, or what remains. Without a date, work is taken to have started and finished as scheduled.',
  allow: 'schedule.progress',
  input: z.strictObject({ tasks: z.array(said).min(1).max(100_000) }),
  run: async (tx, { tasks }) => {
    const rows = await tx.many(
      Task,
      tasks.map(({ id }) => id),
    )
    const scheduled = new Map<string, { start: string; finish: string; summary: boolean }>()
    for (const project of new Set(rows.map((row) => row.project ?? ''))) {
      const computed = computeRows(await readPlan(tx, project))
      for (const [id, { startMinute, finishMinute, summary }] of computed.scheduleOf) {
        scheduled.set(id, { start: timeOf(startMinute), finish: timeOf(finishMinute), summary })
      }
    }
    const changes = tasks.map((entry, index) => {
      const row = rows[index] as TaskRow
      const dates = scheduled.get(row.id)
      if (dates?.summary) {
        throw new Fault(
          'task.isSummary',
          `"${row.name}" is a summary; record progress on what is below it.`,
          { task: row.id },
        )
      }
      return {
        row,
        patch: progressPatch(
          row,
          entry,
          dates ?? { start: row.manualStart ?? '', finish: row.manualFinish ?? '' },
        ),
      }
    })
    await tx.changeAll(Task, changes)
    const assigned = await assignmentsOf(tx, rows)
    const work = changes.flatMap(({ row, patch }) =>
      (assigned.get(row.id) ?? []).map((own) => ({ row: own, patch: workDone(own, patch) })),
    )
    await tx.changeAll(Assignment, work)
  },
})

/** The work of an assignment keeps step with its task: done work by the same share, the rest remains. */
function workDone(row: Stored<typeof Assignment>, task: Patch<typeof Task>): Patch<typeof Assignment> {
  const share = (task.percentComplete ?? 0) / 100
  const work = row.workMinutes ?? 0
  const actual = Math.round(work * share * 10) / 10
  return {
    actualWorkMinutes: actual === 0 ? undefined : actual,
    remainingWorkMinutes: Math.round((work - actual) * 10) / 10,
    percentWorkComplete: share === 0 ? undefined : Math.round(share * 100),
    actualStart: task.actualStart,
    actualFinish: task.actualFinish,
    timephased: undefined,
    contour: undefined,
    stop: undefined,
    resume: undefined,
  }
}

/** What is stored for said progress; the four figures always agree with one another. */
function progressPatch(
  row: TaskRow,
  entry: Said,
  scheduled: { start: string; finish: string },
): Patch<typeof Task> {
  const { share, doneMinutes, remainingMinutes } = figuresSaid(row, entry)
  const durationMinutes = tenths(doneMinutes + remainingMinutes)
  if (share === 0 && entry.actualStart === undefined) {
    return {
      percentComplete: undefined,
      actualStart: undefined,
      actualFinish: undefined,
      actualDurationMinutes: undefined,
      remainingDurationMinutes: durationMinutes,
      ...(entry.remainingDurationMinutes === undefined ? {} : { durationMinutes, estimated: undefined }),
      stop: undefined,
      resume: undefined,
    }
  }
  const actualStart = entry.actualStart ?? row.actualStart ?? scheduled.start
  const isDone = share >= 1
  const actualFinish = isDone ? (entry.actualFinish ?? row.actualFinish ?? scheduled.finish) : undefined
  if (actualFinish !== undefined && actualFinish < actualStart) {
    throw new Fault('task.finishBeforeStart', `"${row.name}" cannot finish before it started.`, {
      task: row.id,
      actualStart,
      actualFinish,
    })
  }
  return {
    percentComplete: isDone ? 100 : Math.min(99, Math.round(share * 100)),
    actualStart,
    actualFinish,
    actualDurationMinutes: tenths(doneMinutes),
    remainingDurationMinutes: tenths(remainingMinutes),
    durationMinutes,
    estimated: undefined,
    stop: undefined,
    resume: undefined,
  }
}

type Figures = { readonly share: number; readonly doneMinutes: number; readonly remainingMinutes: number }

/**
 * How far a task is by what was said. What remains, said alone, leaves what is done as it is and moves the duration;
 * said together with a percentage, both hold and the duration follows.
 */
function figuresSaid(row: TaskRow, entry: Said): Figures {
  const duration = row.durationMinutes ?? 0
  const remaining = entry.remainingDurationMinutes
  const done = row.actualDurationMinutes ?? 0
  const finished = { share: 1, doneMinutes: duration, remainingMinutes: 0 }
  const said = entry.percentComplete === undefined ? undefined : entry.percentComplete / 100
  if (entry.actualFinish !== undefined || said === 1) return finished
  if (remaining === undefined) {
    const share = said ?? (duration > 0 ? (row.percentComplete ?? 0) / 100 : 0)
    return { share, doneMinutes: duration * share, remainingMinutes: duration * (1 - share) }
  }
  if (said !== undefined)
    return { share: said, doneMinutes: (remaining * said) / (1 - said), remainingMinutes: remaining }
  if (remaining === 0) return finished
  return { share: done / (done + remaining), doneMinutes: done, remainingMinutes: remaining }
}

function tenths(minutes: number): number {
  return Math.round(minutes * 10) / 10
}
