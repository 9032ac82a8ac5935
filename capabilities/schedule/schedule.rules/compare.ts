import type { BaselineLines } from '../schedule.model.ts'
import { projectTime, workingMinutesBetween } from './plan-words.ts'
import type { Computed } from './view.ts'
import { timeWriter } from './view.ts'

/** Dates of a plan by task id, as far as they are compared. */
export type ComparedPlan = {
  readonly finish: string | null
  readonly tasks: ReadonlyMap<string, ComparedTask>
}

export type ComparedTask = {
  readonly name: string
  readonly start: string | null
  readonly finish: string | null
  readonly milestone: boolean
}

/** What moved: positive minutes are later. */
export type ComparedChange = {
  readonly id: string
  readonly name: string
  readonly milestone: boolean
  readonly before: { readonly start: string | null; readonly finish: string | null }
  readonly now: { readonly start: string | null; readonly finish: string | null }
  readonly startSlipMinutes: number
  readonly finishSlipMinutes: number
}

export function comparedFromNow({ rows, scheduleOf, result }: Computed): ComparedPlan {
  const time = timeWriter()
  const tasks = new Map<string, ComparedTask>()
  for (const task of rows.tasks) {
    const dates = scheduleOf.get(task.id)
    if (!dates || task.inactive) continue
    const { startMinute, finishMinute, milestone } = dates
    tasks.set(task.id, { name: task.name, start: time(startMinute), finish: time(finishMinute), milestone })
  }
  return { finish: time(result.finishMinute), tasks }
}

/** A baseline knows no names: it takes those of today; a line of a task that is gone has none. */
export function comparedFromBaseline(lines: BaselineLines, now: ComparedPlan): ComparedPlan {
  const tasks = new Map<string, ComparedTask>()
  let finish: string | null = null
  for (const line of lines.tasks) {
    if (line.start === undefined && line.finish === undefined) continue
    const today = now.tasks.get(line.id)
    const end = line.finish ?? null
    tasks.set(line.id, {
      name: today?.name ?? 'a task that is gone',
      start: line.start ?? null,
      finish: end,
      milestone: today?.milestone ?? false,
    })
    if (end !== null && (finish === null || end > finish)) finish = end
  }
  return { finish, tasks }
}

/** Old and new, task by task, in the order of the table; slips in working minutes of the project calendar. */
export function changesBetween(
  computed: Computed,
  before: ComparedPlan,
  now: ComparedPlan,
  minuteOf: (time: string) => number,
) {
  const time = projectTime(computed.rows)
  const slip = (from: string | null, to: string | null) =>
    from === null || to === null || from === to
      ? 0
      : workingMinutesBetween(time, minuteOf(from), minuteOf(to))
  const changed: ComparedChange[] = []
  const added: { id: string; name: string }[] = []
  for (const { task } of computed.placed) {
    const today = now.tasks.get(task.id)
    if (!today) continue
    const old = before.tasks.get(task.id)
    if (!old) {
      added.push({ id: task.id, name: task.name })
      continue
    }
    if (old.start === today.start && old.finish === today.finish) continue
    changed.push({
      id: task.id,
      name: task.name,
      milestone: today.milestone,
      before: { start: old.start, finish: old.finish },
      now: { start: today.start, finish: today.finish },
      startSlipMinutes: slip(old.start, today.start),
      finishSlipMinutes: slip(old.finish, today.finish),
    })
  }
  const removed = [...before.tasks]
    .filter(([id]) => !now.tasks.has(id))
    .map(([id, { name }]) => ({ id, name }))
  return {
    finish: { before: before.finish, now: now.finish, slipMinutes: slip(before.finish, now.finish) },
    minutesPerDay: computed.rows.project.minutesPerDay,
    changed,
    added,
    removed,
  }
}
