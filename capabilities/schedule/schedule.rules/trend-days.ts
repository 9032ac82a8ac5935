import { addDays } from '../../../kernel/day.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import { Project } from '../../project/project.model.ts'
import { PLAN_RECORDS } from './plan.ts'
import { type Computed, computePlan } from './view.ts'

/** A day on which the plan is looked at, and the reading as it stood at its end (UTC). */
export type PastDay = { readonly day: string; readonly read: Read }

/** Tasks times days that one answer may calculate: some seconds of work. */
const MOST_TASK_DAYS = 300_000
const MOST_DAYS = 60

/**
 * The reporting days of a project, oldest first: from its beginning every so many weeks up to the day of its status, and
 * the day of the reading when it lies later. Where there would be too many, the weeks between them are doubled until
 * they are few enough.
 */
export async function reportingDays(
  read: Read,
  project: string,
  everyWeeks: number,
): Promise<{ days: PastDay[]; everyWeeks: number }> {
  const founded = (await read.history(Project, project))[0]?.row.seq ?? read.seq
  const { rows } = await computePlan(read, project)
  const most = Math.max(2, Math.min(MOST_DAYS, Math.floor(MOST_TASK_DAYS / Math.max(1, rows.tasks.length))))
  const today = read.at.slice(0, 10)
  const status = rows.project.statusDate?.slice(0, 10)
  const anchor = status !== undefined && status <= today ? status : today
  const weekly = await daysBack(read, anchor, founded)
  if (!read.past && anchor < today) weekly.unshift({ day: today, read })
  let step = everyWeeks
  while (Math.ceil(weekly.length / step) > most) step *= 2
  // The newest day stays whatever the step.
  return { days: weekly.filter((_, index) => index % step === 0).reverse(), everyWeeks: step }
}

/** Every seventh day back from an anchor to the first on which the project stood, newest first. */
async function daysBack(read: Read, anchor: string, founded: number): Promise<PastDay[]> {
  const days: PastDay[] = []
  for (let day = anchor; ; day = addDays(day, -7)) {
    const past = await read.asOf(`${day}T23:59:59.999Z`)
    if (past.seq < founded) return days
    // What stands now is computed already.
    const then = past.seq === read.seq ? read : past
    // A reading of the past knows nothing of the days after it.
    if (read.past && then.seq === read.seq) days.length = 0
    days.push({ day, read: then })
  }
}

/**
 * Computes something for each of these days, and keeps it: what a day in the past was like never changes, so after an
 * edit only the newest day is computed again.
 */
export async function overDays<T>(
  read: Read,
  given: { key: string; project: string; days: readonly PastDay[] },
  compute: (then: Read, computed: Computed) => Promise<T>,
): Promise<T[]> {
  const { key, project, days } = given
  const kept = await read.kept<Map<number, T>>(
    `schedule.overDays/${key}`,
    PLAN_RECORDS,
    project,
    async (before) => before?.value ?? new Map<number, T>(),
  )
  const answers: T[] = []
  for (const { read: then } of days) {
    const known = kept.get(then.seq)
    const answer = known ?? (await compute(then, await computePlan(then, project)))
    kept.set(then.seq, answer)
    answers.push(answer)
  }
  const asked = new Set(days.map((day) => day.read.seq))
  for (const seq of kept.keys()) if (!asked.has(seq)) kept.delete(seq)
  return answers
}
