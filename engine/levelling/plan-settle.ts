import { addTenths, nextWorkingTenth, type WorkingTime } from '../calendar/working-time.ts'
import type { Dates } from '../network/forward.ts'
import { CONSTRAINT, STATE } from '../network/network.ts'
import type { Span } from '../network/spans.ts'
import type { Plan, PlanAssignment, PlanTask, Refused, WorkPiece } from '../plan.ts'
import { solved } from '../schedule.ts'
import { type Overload, overloadsOf } from './overload.ts'
import { type Placing, placeByList, type TaskRef } from './plan-placing.ts'
import type { Part } from './plan-splitting.ts'
import { type LevelState, type ProjectState, stretchOf } from './plan-state.ts'

/** One complete levelling of all plans. */
export type Settled = {
  readonly placing: Placing
  readonly plans: readonly Plan[]
  /** What `schedule` makes of the levelled plans. */
  readonly dates: readonly Dates[]
  readonly finishes: readonly number[]
  readonly overloads: readonly Overload[]
  /** What levelling has written into each network. */
  readonly written: readonly Written[]
}

type Written = {
  readonly delay: Float64Array
  readonly resume: Float64Array
  readonly spans: readonly (readonly Span[] | undefined)[]
  readonly split: readonly (readonly Part[] | undefined)[]
}

/** Pinned tasks follow delayed predecessors; their resources are reserved anew at most so often. */
const RESERVE_ROUNDS = 6

/**
 * Late dates of tasks whose people work in other calendars are sometimes too late by a shift; where a finish would move
 * out although only slack may be used, so much of it (elapsed tenths) is kept back, at last all of it.
 */
const KEPT_BACK = [0, 14_400, 43_200, Number.POSITIVE_INFINITY]

/** Places all tasks within their slack, or as late as it takes, and schedules the outcome. */
export function settle(
  given: readonly Plan[],
  state: LevelState,
  order: readonly TaskRef[],
  withinSlack: boolean,
): Settled | Refused {
  if (!withinSlack) return settleKeeping(given, state, order, undefined)
  let settled: Settled | Refused | undefined
  for (const keptBack of KEPT_BACK) {
    settled = settleKeeping(given, state, order, keptBack)
    if ('refused' in settled) return settled
    const { finishes } = settled
    if (state.projects.every(({ free }, p) => (finishes[p] as number) <= free.finish)) return settled
  }
  return settled as Settled
}

/** Schedules what was placed for certain, and places again while pinned tasks turn out to have moved. */
function settleKeeping(
  given: readonly Plan[],
  state: LevelState,
  order: readonly TaskRef[],
  keptBack: number | undefined,
): Settled | Refused {
  let reserved: readonly Dates[] = state.projects.map(({ free }) => free.dates)
  for (let round = 1; ; round++) {
    const placing = placeByList(state, order, reserved, keptBack)
    const plans = given.map((plan, p) => levelled(plan, state.projects[p] as ProjectState))
    const dates: Dates[] = []
    const finishes: number[] = []
    for (const plan of plans) {
      const solution = solved(plan)
      if ('refused' in solution) return solution
      dates.push(solution.dates)
      finishes.push(solution.finish)
    }
    const moved = state.projects.some((project, p) =>
      pinnedMoved(project, reserved[p] as Dates, dates[p] as Dates),
    )
    if (!moved || round === RESERVE_ROUNDS) {
      const written = state.projects.map(writtenOf)
      return { placing, plans, dates, finishes, overloads: overloadsOf(state, dates), written }
    }
    reserved = dates
  }
}

function writtenOf({ network, spans, split }: ProjectState): Written {
  return {
    delay: network.levelingDelay.slice(),
    resume: network.resume.slice(),
    spans: [...spans],
    split: [...split],
  }
}

/** Puts the networks back to an earlier outcome. */
export function restore(state: LevelState, { written }: Settled): void {
  for (const [p, { network, spans, split }] of state.projects.entries()) {
    const row = written[p] as Written
    network.levelingDelay.set(row.delay)
    network.resume.set(row.resume)
    for (const [i, each] of row.spans.entries()) spans[i] = each
    for (const [i, each] of row.split.entries()) split[i] = each
  }
}

/** Fewer overloads first, then sooner finishes, then sooner starts. */
export function isBetter(one: Settled, other: Settled): boolean {
  if (one.overloads.length !== other.overloads.length) return one.overloads.length < other.overloads.length
  const sum = (settled: Settled) => settled.finishes.reduce((total, finish) => total + finish, 0)
  const gain = sum(other) - sum(one)
  return gain > 0 || (gain === 0 && one.placing.starts < other.placing.starts)
}

function levelled(plan: Plan, project: ProjectState): Plan {
  const { network, pinned, split } = project
  const tasks = plan.tasks.map((task, i): PlanTask => {
    if (pinned[i]) return task
    if (network.state[i] === STATE.started) {
      const rest = restOf(project, i)
      return rest ? { ...task, ...rest } : task
    }
    const delay = (network.levelingDelay[i] as number) / 10
    if (delay === 0 && !task.levelingDelayMinutes) return task
    return { ...task, levelingDelayMinutes: delay, levelingDelayElapsed: true }
  })
  if (split.every((parts) => !parts)) return { ...plan, tasks }
  const assignments = plan.assignments.map((assignment, k): PlanAssignment => {
    const i = network.assignmentTask[k] as number
    const parts = split[i]
    const works = assignment.resource !== null && (assignment.workMinutes ?? 0) > 0
    return parts && works ? { ...assignment, pieces: piecesOf(project, i, assignment, parts) } : assignment
  })
  return { ...plan, tasks, assignments }
}

/** Where the done part of a started task ends and its rest goes on; undefined when levelling has not moved it. */
export function restOf(
  { network, free }: ProjectState,
  i: number,
): { stopMinute: number; resumeMinute: number } | undefined {
  const resume = network.resume[i] as number
  if (resume === free.network.resume[i]) return undefined
  const calendar = network.workCalendar[i] as WorkingTime
  const done = Math.max(0, (network.duration[i] as number) - (network.remaining[i] as number))
  const stop = addTenths(calendar, network.fixedStart[i] as number, done)
  return { stopMinute: network.plan.tasks[i]?.stopMinute ?? stop / 10, resumeMinute: resume / 10 }
}

/** The parts as moments; the task's dates stand already. */
export function partMoments(
  { network, dates }: Pick<ProjectState, 'network' | 'dates'>,
  i: number,
  parts: readonly Part[],
): { fromMinute: number; toMinute: number }[] {
  const calendar = network.workCalendar[i] as WorkingTime
  const start = dates.start[i] as number
  return parts.map(({ from, to }) => ({
    fromMinute: nextWorkingTenth(calendar, addTenths(calendar, start, from)) / 10,
    toMinute: addTenths(calendar, start, to) / 10,
  }))
}

function piecesOf(
  project: ProjectState,
  i: number,
  assignment: PlanAssignment,
  parts: readonly Part[],
): WorkPiece[] {
  const whole = parts.reduce((sum, { from, to }) => sum + to - from, 0)
  const moments = partMoments(project, i, parts)
  return parts.map(({ from, to }, k) => ({
    startMinute: moments[k]?.fromMinute ?? 0,
    finishMinute: moments[k]?.toMinute ?? 0,
    workMinutes: Math.round(((assignment.workMinutes ?? 0) * (to - from) * 10) / whole) / 10,
  }))
}

function pinnedMoved(project: ProjectState, reserved: Dates, dates: Dates): boolean {
  const { constraint, summary } = project.network
  return project.uses.some((uses, i) => {
    if (!project.pinned[i] || summary[i]) return false
    if (constraint[i] === CONSTRAINT.alap && reserved.start[i] !== dates.start[i]) return true
    return uses.some((use) => {
      const was = stretchOf(project, reserved, i, use)
      const is = stretchOf(project, dates, i, use)
      return is.to > is.from && (was.from !== is.from || was.to !== is.to)
    })
  })
}
