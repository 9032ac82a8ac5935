import type { Dates } from '../network/forward.ts'
import { STATE } from '../network/network.ts'
import type { Plan, PlanLink, PlanTask } from '../plan.ts'
import { type LevelState, type ProjectState, stretchesOf, type Use } from './plan-state.ts'

/** Somebody goes from one task to another. */
export type HandOver = {
  readonly resource: string
  /** Places of the tasks in the plan. */
  readonly from: number
  readonly to: number
  /** When the first lets go and when the second takes over, in tenths. */
  readonly freeAt: number
  readonly takenAt: number
}

type Hold = { readonly task: number; readonly from: number; readonly to: number; readonly amount: number }

/**
 * Who hands whom over to which task: each task takes the people it needs from those that were free last, as the plan
 * stands (a resource flow; C. Artigues, P. Michelon, S. Reusser 2003). Tasks that wait for people choose first.
 */
export function handOvers(
  state: LevelState,
  project: ProjectState,
  dates: Dates,
  waits: (task: number) => boolean,
): HandOver[] {
  const answer: HandOver[] = []
  for (const [resource, { id, capacity }] of state.resources.entries()) {
    const free = [{ task: -1, until: Number.NEGATIVE_INFINITY, amount: capacity }]
    for (const hold of holdsOn(project, dates, resource, waits)) {
      let needed = Math.min(hold.amount, capacity)
      for (let k = free.length - 1; k >= 0 && needed > 0; k--) {
        const from = free[k] as (typeof free)[number]
        if (from.until > hold.from) continue
        const taken = Math.min(needed, from.amount)
        needed -= taken
        from.amount -= taken
        if (from.amount === 0) free.splice(k, 1)
        if (from.task >= 0 && from.task !== hold.task)
          answer.push({
            resource: id,
            from: from.task,
            to: hold.task,
            freeAt: from.until,
            takenAt: hold.from,
          })
      }
      const released = { task: hold.task, until: hold.to, amount: Math.min(hold.amount, capacity) - needed }
      if (released.amount === 0) continue
      const place = free.findLastIndex(({ until }) => until <= released.until)
      free.splice(place + 1, 0, released)
    }
  }
  return answer
}

function holdsOn(
  project: ProjectState,
  dates: Dates,
  resource: number,
  waits: (task: number) => boolean,
): Hold[] {
  const holds: Hold[] = []
  for (const [task, uses] of project.uses.entries())
    for (const use of uses as readonly Use[])
      if (use.resource === resource)
        for (const { from, to } of stretchesOf(project, dates, task, use))
          if (to > from) holds.push({ task, from, to, amount: use.amount })
  return holds.sort((a, b) => a.from - b.from || Number(waits(b.task)) - Number(waits(a.task)))
}

/** The id of a link that stands for a hand-over. */
export const HAND_OVER = 'hand-over '

/**
 * The plan with its levelling delays dropped and every hand-over as a link instead: the order in which people go from
 * task to task, as logic.
 */
export function withHandOvers(
  plan: Plan,
  project: ProjectState,
  dates: Dates,
  given: readonly HandOver[],
): Plan {
  const known = new Map(plan.links.map((link, k) => [keyOf(link), k]))
  const links = [...plan.links]
  const reversed = new Set(
    given.filter(({ to, takenAt }) => takenAt > startOf(project, dates, to)).map(pairOf),
  )
  for (const [k, each] of given.entries()) {
    const late = each.takenAt > startOf(project, dates, each.to)
    if (!late && reversed.has(`${each.to} ${each.from}`)) continue
    const link = linkOf(project, dates, each, late, k)
    const place = known.get(keyOf(link))
    if (place === undefined) {
      known.set(keyOf(link), links.length)
      links.push(link)
    } else if (links[place]?.lag && isTighter(links[place] as PlanLink, link))
      links[place] = { ...link, id: (links[place] as PlanLink).id }
  }
  return { ...plan, tasks: plan.tasks.map(withoutDelay), links }
}

export function withoutDelay(task: PlanTask): PlanTask {
  const begun = task.actualStartMinute !== undefined && task.actualStartMinute !== null
  return task.levelingDelayMinutes && !begun ? { ...task, levelingDelayMinutes: 0 } : task
}

/** When somebody has begun, the task's own start no longer moves. */
function startOf({ network }: ProjectState, dates: Dates, i: number): number {
  return (network.state[i] === STATE.started ? dates.resumed[i] : dates.start[i]) as number
}

function keyOf({ predecessor, successor, type }: PlanLink): string {
  return `${predecessor} ${successor} ${type}`
}

function pairOf({ from, to }: HandOver): string {
  return `${from} ${to}`
}

/** A link that lets its successor begin sooner than it stands gives way to one that does not. */
function isTighter({ lag }: PlanLink, other: PlanLink): boolean {
  if (!lag || !('minutes' in lag)) return false
  const otherMinutes = other.lag && 'minutes' in other.lag ? other.lag.minutes : 0
  return lag.minutes < otherMinutes
}

/**
 * Finish to start, sooner by what either does without that person; of a later part of split work it holds the finish.
 */
function linkOf(
  { network }: ProjectState,
  dates: Dates,
  { from, to, freeAt, takenAt }: HandOver,
  late: boolean,
  k: number,
): PlanLink {
  const link = {
    id: `${HAND_OVER}${k}`,
    predecessor: network.ids[from] as string,
    successor: network.ids[to] as string,
  }
  const after = freeAt - (dates.finish[from] as number)
  const tail = late
    ? (dates.finish[to] as number) - takenAt
    : startOfHold(network.state[to], dates, to, takenAt)
  const minutes = (after + tail) / 10
  const type = late ? 'ff' : 'fs'
  return minutes === 0 ? { ...link, type } : { ...link, type, lag: { kind: 'elapsed', minutes } }
}

function startOfHold(state: number | undefined, dates: Dates, i: number, takenAt: number): number {
  const start = (state === STATE.started ? dates.resumed[i] : dates.start[i]) as number
  return Math.min(0, start - takenAt)
}
