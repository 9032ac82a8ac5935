import { END_DAY, FIRST_DAY } from './calendar/civil.ts'
import { BeyondCalendar, TENTHS_PER_DAY, tenthsBetween } from './calendar/working-time.ts'
import { refuse } from './network/check.ts'
import { BIND } from './network/forward.ts'
import { CONSTRAINT, compileNetwork, STATE } from './network/network.ts'
import { scheduledBackwards } from './network/slack.ts'
import { type Solution, solve } from './network/solve.ts'
import { warningsOf } from './network/warnings.ts'
import type { Driver, Plan, PlanTask, Refused, Schedule, TaskSchedule } from './plan.ts'
import { type Work, workOf } from './work.ts'

/**
 * Calculates a plan by the critical path method with the rules of Microsoft Project: dates early and late, slack,
 * critical tasks, what drives each of them, and warnings. Refuses plans that make no sense (`Refused`), throws never.
 */
export function schedule(plan: Plan): Schedule | Refused {
  const solution = solved(plan)
  return 'refused' in solution ? solution : answerOf(solution, workOf(solution.network))
}

/** The answer of a solved network. */
export function answerOf(solution: Solution, work: Work): Schedule {
  const { network } = solution
  const tasks: TaskSchedule[] = []
  const common: CommonDrivers = { projectStart: undefined, links: drivingLinks(solution) }
  for (let i = 0; i < network.taskCount; i++)
    tasks.push(taskSchedule(solution, i, work.total[i] as number, common))
  return {
    startMinute: solution.start / 10,
    finishMinute: solution.finish / 10,
    tasks,
    warnings: warningsOf(solution),
  }
}

/** The solved network of a plan, or why there is none. */
export function solved(plan: Plan): Solution | Refused {
  try {
    const network = compileNetwork(plan)
    if ('refused' in network) return network
    const solution = solve(network)
    return taskOutOfRange(solution) ?? solution
  } catch (error) {
    if (!(error instanceof BeyondCalendar)) throw error
    return error.empty
      ? refuse('schedule.noWorkingTime', { calendar: error.calendar })
      : refuse('schedule.dateOutOfRange', { calendar: error.calendar })
  }
}

/** Elapsed time knows no calendar that would end, so the dates themselves are looked at. */
function taskOutOfRange(solution: Solution): Refused | undefined {
  const { network } = solution
  for (let i = 0; i < network.taskCount; i++)
    if (!isInRange(solution, i)) return refuse('schedule.dateOutOfRange', { task: network.ids[i] as string })
  return undefined
}

/** Whether all dates of a task lie in the years the engine answers for. */
export function isInRange({ dates }: Solution, i: number): boolean {
  return (
    isTenthInRange(dates.start[i] as number) &&
    isTenthInRange(dates.finish[i] as number) &&
    isTenthInRange(dates.lateStart[i] as number) &&
    isTenthInRange(dates.lateFinish[i] as number)
  )
}

function isTenthInRange(tenth: number): boolean {
  return tenth >= FIRST_DAY * TENTHS_PER_DAY && tenth < END_DAY * TENTHS_PER_DAY
}

/** One task's results as the reader gets them. */
export function taskSchedule(
  solution: Solution,
  i: number,
  workTenths: number,
  common: CommonDrivers,
): TaskSchedule {
  const { network, dates, slack } = solution
  const task = network.plan.tasks[i] as PlanTask
  const summary = network.summary[i] === 1
  const start = dates.start[i] as number
  const finish = dates.finish[i] as number
  const duration = summary
    ? tenthsBetween(network.projectCalendar, start, finish)
    : (network.duration[i] as number)
  return {
    id: task.id,
    startMinute: minutesOf(start),
    finishMinute: minutesOf(finish),
    earlyStartMinute: minutesOf(dates.earlyStart[i] as number),
    earlyFinishMinute: minutesOf(dates.earlyFinish[i] as number),
    lateStartMinute: minutesOf(dates.lateStart[i] as number),
    lateFinishMinute: minutesOf(dates.lateFinish[i] as number),
    durationMinutes: minutesOf(duration),
    workMinutes: minutesOf(workTenths),
    freeSlackMinutes: minutesOf(slack.free[i] as number),
    totalSlackMinutes: minutesOf(slack.total[i] as number),
    startSlackMinutes: minutesOf(slack.start[i] as number),
    finishSlackMinutes: minutesOf(slack.finish[i] as number),
    critical: isCritical(solution, i),
    summary: summary || task.summary === true,
    milestone: task.milestone ?? (!summary && duration === 0),
    drivers: driversOf(solution, i, common),
  }
}

/** Whole minutes stay small integers, which cost no memory of their own. */
function minutesOf(tenths: number): number {
  const minutes = tenths / 10
  const whole = Math.trunc(minutes) | 0
  return whole === minutes ? whole : minutes
}

/** "A task is critical if it has no slack, or a date it must meet" (Critical field, Microsoft Project). */
function isCritical({ network, slack }: Solution, i: number): boolean {
  const state = network.state[i]
  if (slack.finished[i] || state === STATE.inactive) return false
  const limit = Math.round((network.plan.project.criticalSlackLimitMinutes ?? 0) * 10)
  if ((slack.total[i] as number) <= limit) return true
  if (network.summary[i] || state !== STATE.open) return false
  const constraint = network.constraint[i]
  if (constraint === CONSTRAINT.mso || constraint === CONSTRAINT.mfo) return true
  return scheduledBackwards(network) ? constraint === CONSTRAINT.asap : constraint === CONSTRAINT.alap
}

function driversOf({ network, dates }: Solution, i: number, common: CommonDrivers): readonly Driver[] {
  const bind = dates.bind[i]
  const ref = dates.bindRef[i] as number
  if (network.summary[i]) return summaryDrivers({ network, dates }, i)
  const minute = minutesOf(dates.bound[i] as number)
  if (bind === BIND.link) return common.links?.[i] ?? [linkDriver(network, ref, minute)]
  if (bind === BIND.summary) return [{ kind: 'summary', task: network.ids[ref] as string, minute }]
  if (bind === BIND.constraint)
    return [
      { kind: 'constraint', constraint: (network.plan.tasks[i] as PlanTask).constraint ?? 'asap', minute },
    ]
  if (bind === BIND.actual) return [{ kind: 'actual', minute }]
  if (bind === BIND.stated)
    return [{ kind: (network.plan.tasks[i] as PlanTask).external ? 'external' : 'manual', minute }]
  if (bind === BIND.alap) return [{ kind: 'alap', minute }]
  if (common.projectStart?.[0]?.minute !== minute) common.projectStart = [{ kind: 'projectStart', minute }]
  return common.projectStart
}

/** All tasks that nothing but the project's start holds name the same driver; those of links stand by task. */
export type CommonDrivers = {
  projectStart: readonly Driver[] | undefined
  readonly links: readonly (readonly Driver[] | undefined)[] | undefined
}

/** The driving links in the order of the plan's links, which is the order they lie in memory. */
function drivingLinks({ network, dates }: Solution): CommonDrivers['links'] {
  const drivers: (readonly Driver[] | undefined)[] = []
  for (let i = 0; i < network.taskCount; i++) drivers.push(undefined)
  for (let link = 0; link < network.linkTo.length; link++) {
    const to = network.linkTo[link] as number
    if (dates.bind[to] === BIND.link && dates.bindRef[to] === link)
      drivers[to] = [linkDriver(network, link, minutesOf(dates.bound[to] as number))]
  }
  return drivers
}

export function linkDriver(network: Solution['network'], link: number, minute: number): Driver {
  const given = network.plan.links[network.linkPlace[link] as number] as Plan['links'][number]
  const { predecessor, id, type, lag } = given
  return lag
    ? { kind: 'link', task: predecessor, link: id, linkType: type, minute, lag }
    : { kind: 'link', task: predecessor, link: id, linkType: type, minute }
}

/** A summary task's dates are its first and last child's. */
function summaryDrivers({ network, dates }: Pick<Solution, 'network' | 'dates'>, i: number): Driver[] {
  let first = -1
  let last = -1
  for (let k = network.childStart[i] as number; k < (network.childStart[i + 1] as number); k++) {
    const c = network.child[k] as number
    if (network.state[c] === STATE.inactive) continue
    if (first < 0 || (dates.start[c] as number) < (dates.start[first] as number)) first = c
    if (last < 0 || (dates.finish[c] as number) > (dates.finish[last] as number)) last = c
  }
  if (first < 0) return []
  const named = (c: number, at: number): Driver => ({
    kind: 'summary',
    task: network.ids[c] as string,
    minute: at / 10,
  })
  return first === last
    ? [named(first, dates.start[first] as number)]
    : [named(first, dates.start[first] as number), named(last, dates.finish[last] as number)]
}
