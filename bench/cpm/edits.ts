import type { KeptSchedule } from '../../engine/kept.ts'
import type { PlanAssignment, PlanLink, PlanTask, TaskSchedule } from '../../engine/plan.ts'
import type { PlanEdit } from '../../engine/plan-edit.ts'

/** What people do all day, one after another; each kind comes equally often. */
export const EDIT_KINDS = [
  'duration',
  'constraint',
  'progress',
  'units',
  'deadline',
  'link added',
  'link removed',
] as const

/** One more edit of a kept plan. With `critical` a task on the critical path that has not begun takes longer. */
export function nextEdit(
  kept: KeptSchedule,
  count: number,
  random: () => number,
  critical = false,
): PlanEdit {
  const { tasks, links, assignments } = kept.plan
  const pick = (length: number) => Math.floor(random() * length)
  let place = pick(tasks.length)
  const isOpenCritical = (i: number) =>
    kept.schedule.tasks[i]?.critical === true && (tasks[i]?.actualStartMinute ?? null) === null
  for (let tried = 0; critical && tried < tasks.length && !isOpenCritical(place); tried++)
    place = (place + 1) % tasks.length
  const task = tasks[place] as PlanTask
  const stands = kept.schedule.tasks[place] as TaskSchedule
  const kind = critical ? 'duration' : EDIT_KINDS[count % EDIT_KINDS.length]
  const longerMinutes = 480 * (1 + pick(3))
  switch (kind) {
    case 'constraint':
      return {
        kind: 'task',
        task: { ...task, constraint: 'snet', constraintMinute: stands.startMinute + longerMinutes },
      }
    case 'progress':
      return { kind: 'task', task: { ...task, ...halfDone(stands) } }
    case 'units': {
      const assignment = assignments[pick(assignments.length)] as PlanAssignment
      return { kind: 'assignment', assignment: { ...assignment, units: assignment.units === 1 ? 0.5 : 1 } }
    }
    case 'deadline':
      return { kind: 'task', task: { ...task, deadlineMinute: stands.finishMinute + longerMinutes } }
    case 'link added': {
      // Further back than any link of the plan, and never twice between the same tasks.
      const to = 500 + pick(tasks.length - 500)
      const predecessor = (tasks[to - 61 - (count % 430)] as PlanTask).id
      const successor = (tasks[to] as PlanTask).id
      return { kind: 'link', link: { id: `new${count}`, predecessor, successor, type: 'fs' } }
    }
    case 'link removed':
      return { kind: 'unlink', link: (links[pick(links.length)] as PlanLink).id }
    default: {
      const before = task.durationMinutes ?? 480
      const isShorter = !critical && before > longerMinutes && random() < 0.5
      return {
        kind: 'task',
        task: { ...task, durationMinutes: before + (isShorter ? -longerMinutes : longerMinutes) },
      }
    }
  }
}

function halfDone(stands: TaskSchedule): Partial<PlanTask> {
  const done = Math.floor(stands.durationMinutes / 2)
  return {
    actualStartMinute: stands.startMinute,
    actualDurationMinutes: done,
    remainingDurationMinutes: stands.durationMinutes - done,
  }
}
