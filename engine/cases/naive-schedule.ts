import type { Plan, PlanLink, PlanTask } from '../plan.ts'
import { add, between, type Hours, hoursOf, next, previous } from './naive-hours.ts'

/** Dates in hours since 1970 and slack in hours, as the plain calculation finds them. */
export type NaiveTask = {
  id: string
  start: number
  finish: number
  lateStart: number
  lateFinish: number
  total: number
  free: number
}

type Pair = { start: number; finish: number }
/** With the limit the finish had before it was moved to the end of a shift. */
type Late = Pair & { limit: number }
const NEVER = Number.POSITIVE_INFINITY

/**
 * A second, plain calculation to check the engine by: calendars are asked hour by hour, every task looks at all links,
 * both passes as in the textbook. It knows whole hours, calendars of tasks, all links, lags and constraints, deadlines;
 * no outline, no people, no actuals. Tasks stand in an order in which links run forward.
 */
export function naiveSchedule(plan: Plan): Map<string, NaiveTask> {
  const { tasks, links } = plan
  const start = (plan.project.startMinute ?? 0) / 60
  const calendars = new Map(plan.calendars.map(({ id }) => [id, hoursOf(plan, id)]))
  const of = (task: PlanTask) => calendars.get(task.calendar ?? plan.project.calendar) as Hours
  const early = forward(plan, of, start, undefined)
  const end = Math.max(...[...early.values()].map((pair) => pair.finish))
  const late = new Map<string, Late>()
  for (const task of [...tasks].reverse()) late.set(task.id, latest(plan, task, of, late, end))
  const isLate = (task: PlanTask) => task.constraint === 'alap'
  const stands = tasks.some(isLate) ? forward(plan, of, start, late) : early
  return new Map(
    tasks.map((task) => {
      const mine = stands.get(task.id) as Pair
      const last = late.get(task.id) as Late
      const calendar = of(task)
      const gaps = links
        .filter((link) => link.predecessor === task.id)
        .map((link) => {
          const to = tasks.find((one) => one.id === link.successor) as PlanTask
          const after = stands.get(to.id) as Pair
          const at = startsWith(link, 'successor') ? after.start : after.finish
          const needs = lagged(link, at, task, of(to), -1)
          return between(of(to), startsWith(link, 'predecessor') ? mine.start : mine.finish, needs)
        })
      const early = isLate(task) ? last : mine
      const total = isLate(task)
        ? 0
        : Math.min(between(calendar, early.start, last.start), between(calendar, early.finish, last.finish))
      const free = total <= 0 ? 0 : Math.max(0, Math.min(total, ...gaps))
      return [task.id, { id: task.id, ...mine, lateStart: last.start, lateFinish: last.finish, total, free }]
    }),
  )
}

/** Every task as early as links and constraints allow; given late dates, those as late as possible stand there. */
function forward(plan: Plan, of: (task: PlanTask) => Hours, floor: number, late?: Map<string, Late>) {
  const dates = new Map<string, Pair>()
  for (const task of plan.tasks) {
    const calendar = of(task)
    const length = (task.durationMinutes ?? 0) / 60
    const begin = (from: number) => (length === 0 ? from : next(calendar, from))
    const at = (task.constraintMinute ?? 0) / 60
    const kind = task.constraint ?? 'asap'
    const limits = plan.links
      .filter((link) => link.successor === task.id)
      .map((link) => {
        const from = plan.tasks.find((one) => one.id === link.predecessor) as PlanTask
        const before = dates.get(from.id) as Pair
        const moment = startsWith(link, 'predecessor') ? before.start : before.finish
        return { start: startsWith(link, 'successor'), at: lagged(link, moment, from, calendar, 1) }
      })
    const starts = limits.filter((limit) => limit.start).map((limit) => limit.at)
    const ends = limits.filter((limit) => !limit.start).map((limit) => limit.at)
    if (starts.length === 0 && !['snet', 'fnet', 'mso', 'mfo'].includes(kind)) starts.push(floor)
    if (kind === 'snet' || kind === 'mso') starts.push(at)
    const low = Math.max(-NEVER, ...starts)
    let start = low === -NEVER ? low : begin(low)
    const pulls = kind === 'fnet' || kind === 'mfo' ? [...ends, at] : ends
    for (const pull of pulls) start = Math.max(start, begin(add(calendar, pull, -length)))
    const hard = plan.project.honorConstraints !== false
    let cap = NEVER
    if (hard && (kind === 'snlt' || kind === 'mso')) cap = begin(at)
    if (hard && (kind === 'fnlt' || kind === 'mfo')) cap = add(calendar, at, -length)
    const overruled = start > cap
    start = Math.min(start, cap)
    let finish = add(calendar, start, length)
    if (!overruled) finish = Math.max(finish, ...ends)
    if (kind === 'mfo') finish = Math.max(finish, at)
    const last = late?.get(task.id)
    const isPinned = kind === 'alap' && last !== undefined && last.start > start
    dates.set(task.id, isPinned ? { start: last.start, finish: last.finish } : { start, finish })
  }
  return dates
}

function latest(
  plan: Plan,
  task: PlanTask,
  of: (task: PlanTask) => Hours,
  late: Map<string, Late>,
  end: number,
): Late {
  const calendar = of(task)
  const length = (task.durationMinutes ?? 0) / 60
  const at = (task.constraintMinute ?? 0) / 60
  const kind = task.constraint ?? 'asap'
  const ends = [end]
  const starts: number[] = []
  for (const link of plan.links.filter((one) => one.predecessor === task.id)) {
    const to = plan.tasks.find((one) => one.id === link.successor) as PlanTask
    const after = late.get(to.id) as Late
    const moment = startsWith(link, 'successor') ? after.start : after.limit
    const taken = lagged(link, moment, task, of(to), -1)
    const isLead = taken > moment && !link.lag?.kind.startsWith('elapsed')
    const limit = isLead && of(to) !== calendar ? next(of(to), taken) : taken
    if (startsWith(link, 'predecessor')) starts.push(limit)
    else ends.push(limit)
  }
  if (kind === 'fnlt' || kind === 'mfo') ends.push(at)
  if (kind === 'snlt' || kind === 'mso') starts.push(at)
  if (task.deadlineMinute) ends.push(task.deadlineMinute / 60)
  const by = Math.min(...ends)
  let finish = length === 0 ? by : previous(calendar, by)
  const byStart = Math.min(...starts.map((start) => add(calendar, start, length)))
  finish = Math.min(finish, byStart)
  let limit = Math.min(by, byStart === NEVER || length === 0 ? byStart : next(calendar, byStart))
  const hard = plan.project.honorConstraints !== false
  if (hard && (kind === 'mso' || kind === 'mfo')) {
    finish = kind === 'mso' ? add(calendar, at, length) : at
    limit = finish
  }
  return { start: add(calendar, finish, -length), finish, limit }
}

function startsWith(link: PlanLink, end: 'predecessor' | 'successor'): boolean {
  return link.type[end === 'predecessor' ? 0 : 1] === 's'
}

function lagged(link: PlanLink, at: number, from: PlanTask, calendar: Hours, sign: 1 | -1): number {
  const { lag } = link
  if (!lag) return at
  const hours = 'minutes' in lag ? lag.minutes / 60 : ((from.durationMinutes ?? 0) / 60) * (lag.percent / 100)
  const isElapsed = lag.kind === 'elapsed' || lag.kind === 'elapsedPercent'
  return isElapsed ? at + sign * hours : add(calendar, at, sign * hours)
}
