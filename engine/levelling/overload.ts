import { shiftsBetween } from '../calendar/shifts.ts'
import type { WorkingTime } from '../calendar/working-time.ts'
import type { Dates } from '../network/forward.ts'
import type { TaskRef } from './plan-placing.ts'
import { type LevelState, stretchesOf, type Use } from './plan-state.ts'

/** A resource that has more to do than it can, in working time; tenths of a minute. */
export type Overload = {
  readonly resource: number
  readonly from: number
  readonly to: number
  readonly tasks: readonly TaskRef[]
}

export type Stretch = TaskRef & {
  readonly from: number
  readonly to: number
  readonly amount: number
  readonly calendar: WorkingTime
}

/** Where resources are over-allocated, counted in the working time of each task: nights between shifts are free. */
export function overloadsOf(state: LevelState, dates: readonly Dates[]): Overload[] {
  const stretches: Stretch[][] = state.resources.map(() => [])
  for (const [project, each] of state.projects.entries())
    for (const [task, uses] of each.uses.entries())
      for (const use of uses as readonly Use[]) {
        const { resource, amount } = use
        const calendar = use.span?.calendar ?? (each.network.workCalendar[task] as WorkingTime)
        for (const { from, to } of stretchesOf(each, dates[project] as Dates, task, use))
          if (to > from) stretches[resource]?.push({ project, task, from, to, amount, calendar })
      }
  return stretches.flatMap((all, resource) =>
    overloadsAmong(all, { resource, capacity: state.resources[resource]?.capacity ?? 0 }),
  )
}

/** Where this work of one resource together takes more than there is of it; amounts and capacity in one unit. */
export function overloadsAmong(
  all: readonly Stretch[],
  { resource, capacity }: { resource: number; capacity: number },
): Overload[] {
  const found: Overload[] = []
  for (const crowd of crowdsOf(all, capacity)) {
    const running = new Map<Stretch, number>()
    let load = 0
    let since: number | undefined
    let involved = new Set<Stretch>()
    for (const { at, stretch, sign } of eventsOf(crowd)) {
      const before = load
      load += sign * stretch.amount
      running.set(stretch, (running.get(stretch) ?? 0) + sign)
      if (load > capacity) {
        since ??= at
        for (const [each, count] of running) if (count > 0) involved.add(each)
      } else if (before > capacity && since !== undefined) {
        if (at > since) found.push({ resource, from: since, to: at, tasks: [...involved] })
        since = undefined
        involved = new Set()
      }
    }
  }
  return joined(found)
}

/** Groups of stretches that together take too much when nights count; only they are worth a closer look. */
function crowdsOf(all: readonly Stretch[], capacity: number): Stretch[][] {
  const sorted = [...all].sort((a, b) => a.from - b.from)
  const crowds: Stretch[][] = []
  let group: Stretch[] = []
  let end = Number.NEGATIVE_INFINITY
  const close = () => {
    if (group.reduce((sum, each) => sum + each.amount, 0) > capacity) crowds.push(group)
  }
  for (const stretch of sorted) {
    if (stretch.from >= end) {
      close()
      group = []
    }
    group.push(stretch)
    end = Math.max(end, stretch.to)
  }
  close()
  return crowds
}

type Event = {
  readonly at: number
  readonly stretch: Stretch
  readonly sign: 1 | -1
}

function eventsOf(crowd: readonly Stretch[]): Event[] {
  const events: Event[] = []
  for (const stretch of crowd)
    for (const [from, to] of shiftsBetween(stretch.calendar, stretch.from, stretch.to))
      events.push({ at: from, stretch, sign: 1 }, { at: to, stretch, sign: -1 })
  return events.sort((a, b) => a.at - b.at || a.sign - b.sign)
}

/** One overload a set of tasks, from its first to its last moment, instead of one a shift. */
function joined(found: readonly Overload[]): Overload[] {
  const answer: Overload[] = []
  for (const overload of found) {
    const last = answer[answer.length - 1]
    const same =
      last &&
      last.tasks.length === overload.tasks.length &&
      overload.tasks.every(({ project, task }) =>
        last.tasks.some((other) => other.project === project && other.task === task),
      )
    if (same) answer[answer.length - 1] = { ...last, to: overload.to }
    else answer.push(overload)
  }
  return answer
}
