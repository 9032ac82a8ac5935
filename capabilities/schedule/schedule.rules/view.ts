import type { Plan, Schedule, TaskSchedule } from '../../../engine/plan.ts'
import { schedule } from '../../../engine/schedule.ts'
import { timeOf } from '../../../kernel/day.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import { outline, type Placed } from './outline.ts'
import { buildPlan, PLAN_RECORDS, type PlanRows, readPlan, refreshPlan, refusalFault } from './plan.ts'

/** A plan with its computed dates, ready for every question about it. */
export type Computed = {
  readonly rows: PlanRows
  readonly placed: readonly Placed[]
  readonly plan: Plan
  readonly result: Schedule
  /** Computed dates by task id; empty rows of the table have none. */
  readonly scheduleOf: ReadonlyMap<string, TaskSchedule>
}

/** One row of the plan as every door shows it. Times are the project's wall clock. */
export type TaskView = {
  readonly id: string
  readonly seq: number
  readonly uid: number | null
  readonly row: number
  readonly wbs: string
  readonly level: number
  readonly parent: string | null
  readonly name: string
  readonly blank: boolean
  readonly summary: boolean
  readonly milestone: boolean
  readonly active: boolean
  readonly mode: 'auto' | 'manual'
  readonly estimated: boolean
  readonly start: string
  readonly finish: string
  readonly earlyStart: string
  readonly earlyFinish: string
  readonly lateStart: string
  readonly lateFinish: string
  readonly durationMinutes: number
  readonly durationElapsed: boolean
  readonly workMinutes: number
  readonly freeSlackMinutes: number
  readonly totalSlackMinutes: number
  readonly startSlackMinutes: number
  readonly finishSlackMinutes: number
  readonly critical: boolean
  readonly percentComplete: number
  readonly actualStart: string | null
  readonly actualFinish: string | null
  readonly constraint: string
  readonly constraintAt: string | null
  readonly deadline: string | null
  readonly resources: string
}

/**
 * Computes a project's dates, once for each state of the rows they rest on.
 * Refuses `project.missing` and what the engine refuses (`schedule.cycle`, `schedule.noWorkingTime` …).
 */
export function computePlan(read: Read, project: string): Promise<Computed> {
  return read.kept<Computed>('schedule', PLAN_RECORDS, project, async (before) => {
    if (!before) return computeRows(await readPlan(read, project))
    return computeRows(await refreshPlan(read, { rows: before.value.rows, seq: before.seq }))
  })
}

/** The same from rows in hand. */
export function computeRows(rows: PlanRows): Computed {
  const placed = outline(rows.tasks)
  const plan = buildPlan(rows, placed)
  const result = schedule(plan)
  if ('refused' in result) throw refusalFault(result.refused, rows.tasks)
  const scheduleOf = new Map(result.tasks.map((task) => [task.id, task]))
  return { rows, placed, plan, result, scheduleOf }
}

/** The rows of the table, top to bottom. */
export function taskViews({ rows, placed, scheduleOf, result }: Computed): TaskView[] {
  const names = resourceNames(rows)
  const rolled = rollUps(placed, scheduleOf)
  const time = timeWriter()
  return placed.map(({ task, row, level, wbs, summary }) => {
    const dates = scheduleOf.get(task.id) ?? restingAt(task.id, result.startMinute)
    return {
      id: task.id,
      seq: task.seq,
      uid: task.uid ?? null,
      row,
      wbs,
      level,
      parent: task.parent ?? null,
      name: task.name,
      blank: task.blank ?? false,
      summary,
      milestone: dates.milestone,
      active: !task.inactive,
      mode: task.mode ?? 'auto',
      estimated: rolled.get(task.id)?.estimated ?? task.estimated ?? false,
      start: time(dates.startMinute),
      finish: time(dates.finishMinute),
      earlyStart: time(dates.earlyStartMinute),
      earlyFinish: time(dates.earlyFinishMinute),
      lateStart: time(dates.lateStartMinute),
      lateFinish: time(dates.lateFinishMinute),
      durationMinutes: dates.durationMinutes,
      durationElapsed: task.durationElapsed ?? false,
      workMinutes: dates.workMinutes,
      freeSlackMinutes: dates.freeSlackMinutes,
      totalSlackMinutes: dates.totalSlackMinutes,
      startSlackMinutes: dates.startSlackMinutes,
      finishSlackMinutes: dates.finishSlackMinutes,
      critical: dates.critical,
      percentComplete: rolled.get(task.id)?.percentComplete ?? task.percentComplete ?? 0,
      actualStart: task.actualStart ?? null,
      actualFinish: task.actualFinish ?? null,
      constraint: task.constraint ?? 'asap',
      constraintAt: task.constraintAt ?? null,
      deadline: task.deadline ?? null,
      resources: names.get(task.id) ?? '',
    }
  })
}

/** Writes minutes as local times; the same minute recurs in most plans and is written once. */
export function timeWriter(): (minute: number) => string {
  const written = new Map<number, string>()
  return (minute) => {
    const known = written.get(minute)
    if (known !== undefined) return known
    const text = timeOf(minute)
    written.set(minute, text)
    return text
  }
}

/** Names of those who work on each task, with units that are not 100 %: "Ruth Abara, Lars Eklund 50 %". */
export function resourceNames({
  assignments,
  resources,
}: Pick<PlanRows, 'assignments' | 'resources'>): Map<string, string> {
  const nameOf = new Map(resources.map(({ id, name, type }) => [id, { name, type }]))
  const names = new Map<string, string>()
  for (const { task, resource, units } of assignments) {
    const found = resource === undefined ? undefined : nameOf.get(resource)
    if (!found) continue
    const share =
      found.type !== 'work' || units === undefined || units === 1 ? '' : ` ${Math.round(units * 100)} %`
    const before = names.get(task)
    names.set(task, `${before === undefined ? '' : `${before}, `}${found.name}${share}`)
  }
  return names
}

/** What summaries show of the leaves below: how far they are, and whether any duration is only estimated. */
export type RolledUp = { readonly percentComplete: number; readonly estimated: boolean }

/** Rolls up progress as Microsoft Project does (done duration over duration) and estimates. */
export function rollUps(
  placed: readonly Placed[],
  scheduleOf: ReadonlyMap<string, TaskSchedule>,
): ReadonlyMap<string, RolledUp> {
  const totals = new Map<string, { done: number; whole: number; estimated: boolean }>()
  const rolled = new Map<string, RolledUp>()
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const { task, summary } = placed[index] as Placed
    const own = totals.get(task.id) ?? { done: 0, whole: 0, estimated: false }
    if (!summary && !task.inactive) {
      own.whole = scheduleOf.get(task.id)?.durationMinutes ?? 0
      own.done = (own.whole * (task.percentComplete ?? 0)) / 100
      own.estimated = task.estimated ?? false
    }
    if (summary) {
      const percentComplete = own.whole > 0 ? Math.round((own.done / own.whole) * 100) : 0
      rolled.set(task.id, { percentComplete, estimated: own.estimated })
    }
    if (task.parent === undefined) continue
    const above = totals.get(task.parent) ?? { done: 0, whole: 0, estimated: false }
    totals.set(task.parent, {
      done: above.done + own.done,
      whole: above.whole + own.whole,
      estimated: above.estimated || own.estimated,
    })
  }
  return rolled
}

function restingAt(id: string, minute: number): TaskSchedule {
  return {
    id,
    startMinute: minute,
    finishMinute: minute,
    earlyStartMinute: minute,
    earlyFinishMinute: minute,
    lateStartMinute: minute,
    lateFinishMinute: minute,
    durationMinutes: 0,
    workMinutes: 0,
    freeSlackMinutes: 0,
    totalSlackMinutes: 0,
    startSlackMinutes: 0,
    finishSlackMinutes: 0,
    critical: false,
    summary: false,
    milestone: false,
    drivers: [],
  }
}
