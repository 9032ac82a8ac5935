import { compileWorkingTime } from '../calendar/calendar.ts'
import { tenthsBetween, type WorkingTime } from '../calendar/working-time.ts'
import { type Stretch as LevelStretch, type Overload, overloadsAmong } from '../levelling/overload.ts'
import type { Plan } from '../plan.ts'
import { solvedOnce } from '../solved-once.ts'
import { peaksOf } from './load.ts'
import { assignedStretches, type Stretch } from './stretches.ts'

/** When somebody has more to do at one moment than there is of them, and which tasks ask for it. */
export type PersonOverload = {
  readonly resource: string
  readonly maxUnits: number
  /** The most that is asked at one moment; 1 is one whole person. */
  readonly peakUnits: number
  readonly fromMinute: number
  readonly toMinute: number
  /** Tasks of this plan, in its order. */
  readonly tasks: readonly string[]
  /** How many tasks of the other plans take part. */
  readonly elsewhere: number
}

/** Units are counted in thousandths, as in levelling. */
const UNIT = 1_000

/**
 * Where the people of a plan are over-allocated with what is still to do, moment by moment as levelling sees it, in the
 * order of time. Work in `others` counts; overloads in which no task of this plan takes part are theirs to tell.
 */
export function personOverloads(plan: Plan, others: readonly Plan[]): PersonOverload[] {
  const rows = new Map(
    plan.resources.flatMap((one) =>
      (one.type ?? 'work') === 'work' ? [[one.id, [] as Row[]] as const] : [],
    ),
  )
  for (const [project, each] of [plan, ...others].entries()) {
    const solution = solvedOnce(each)
    if ('refused' in solution) continue
    for (const { assignment, task, stretches } of assignedStretches(solution))
      for (const stretch of stretches)
        if (!stretch.done && stretch.units > 0 && stretch.to > stretch.from)
          rows.get(assignment.resource ?? '')?.push({ ...stretch, project, task, amount: amountOf(stretch) })
  }
  const calendars = compileWorkingTime(plan.calendars, 2026)
  const timeOf = (calendar: string) => ('refused' in calendars ? undefined : calendars.byId.get(calendar))
  return plan.resources
    .flatMap(({ id, calendar }, place) =>
      overloadsOf(plan, place, rows.get(id) ?? [], timeOf(calendar ?? plan.project.calendar)),
    )
    .sort((a, b) => a.fromMinute - b.fromMinute || (a.resource < b.resource ? -1 : 1))
}

type TaskRef = Overload['tasks'][number]
type Row = Stretch & LevelStretch

function amountOf({ units }: Stretch): number {
  return Math.round(units * UNIT)
}

function overloadsOf(
  plan: Plan,
  place: number,
  rows: readonly Row[],
  time: WorkingTime | undefined,
): PersonOverload[] {
  const resource = plan.resources[place]
  if (!resource) return []
  const maxUnits = resource.maxUnits ?? 1
  const found = overloadsAmong(rows, { resource: place, capacity: Math.round(maxUnits * UNIT) })
  if (found.length === 0) return []
  const runs = joined(found, time)
  const peaks = peaksOf(
    rows,
    runs.flatMap(({ from, to }) => [from, to]),
  )
  return runs.flatMap(({ from, to, tasks }, n) => {
    const own = [...new Set(tasks.flatMap(({ project, task }) => (project === 0 ? [task] : [])))]
    if (own.length === 0) return []
    const elsewhere = new Set(
      tasks.flatMap(({ project, task }) => (project === 0 ? [] : `${project} ${task}`)),
    )
    return {
      resource: resource.id,
      maxUnits,
      peakUnits: peaks[2 * n] ?? 0,
      fromMinute: from / 10,
      toMinute: to / 10,
      tasks: own.sort((a, b) => a - b).flatMap((task) => plan.tasks[task]?.id ?? []),
      elsewhere: elsewhere.size,
    }
  })
}

/** What follows without any working time between is one overload, whatever tasks take turns in it. */
function joined(found: readonly Overload[], time: WorkingTime | undefined): Overload[] {
  const runs: { resource: number; from: number; to: number; tasks: TaskRef[] }[] = []
  for (const overload of [...found].sort((a, b) => a.from - b.from)) {
    const last = runs[runs.length - 1]
    const touches =
      last && (overload.from <= last.to || (time && tenthsBetween(time, last.to, overload.from) === 0))
    if (!last || !touches) runs.push({ ...overload, tasks: [...overload.tasks] })
    else {
      last.to = Math.max(last.to, overload.to)
      last.tasks.push(...overload.tasks)
    }
  }
  return runs
}
