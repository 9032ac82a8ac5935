import { tenthsBetween } from '../calendar/working-time.ts'
import { isBroken } from './backward.ts'
import type { Dates } from './forward.ts'
import { CONSTRAINT, LINK, type Network, STATE } from './network.ts'
import { addLag, lagDuration, undelayed } from './placing.ts'

export type Slack = {
  readonly free: Float64Array
  readonly total: Float64Array
  readonly start: Float64Array
  readonly finish: Float64Array
  /** A task that is done, and a summary task all of whose active children are. */
  readonly finished: Uint8Array
}

/**
 * Start slack = late start − early start, finish slack = late finish − early finish, total slack the smaller of them
 * (of a started task the finish slack), free slack what the nearest successor leaves; all in working time of the
 * task's own calendar, else the project's ("Total Slack", "Free Slack" fields, Microsoft Project).
 */
export function slackOf(network: Network, dates: Dates): Slack {
  const n = network.taskCount
  const slack: Slack = {
    free: new Float64Array(n),
    total: new Float64Array(n),
    start: new Float64Array(n),
    finish: new Float64Array(n),
    finished: finishedTasks(network),
  }
  const begun = begunTasks(network)
  for (let i = 0; i < n; i++) {
    const state = network.state[i]
    const late = network.constraint[i] === CONSTRAINT.alap && state === STATE.open && !network.summary[i]
    if (slack.finished[i] || state === STATE.inactive || (late && !scheduledBackwards(network))) continue
    const calendar = network.summary[i] ? network.projectCalendar : ownCalendar(network, i)
    const finish = tenthsBetween(calendar, dates.earlyFinish[i] as number, dates.lateFinish[i] as number)
    const start = begun[i]
      ? 0
      : tenthsBetween(calendar, dates.earlyStart[i] as number, dates.lateStart[i] as number)
    slack.start[i] = start
    slack.finish[i] = finish
    slack.total[i] = begun[i] ? finish : Math.min(start, finish)
    slack.free[i] = freeSlack(network, dates, i, slack.total[i] as number)
  }
  return slack
}

export function scheduledBackwards(network: Network): boolean {
  return network.plan.project.scheduleFrom === 'finish'
}

function ownCalendar(network: Network, i: number): Network['projectCalendar'] {
  return network.ownCalendar[i] as Network['projectCalendar']
}

/** A summary task has begun when one of its children has. */
function begunTasks(network: Network): Uint8Array {
  const begun = new Uint8Array(network.taskCount)
  for (let i = 0; i < network.taskCount; i++) {
    const state = network.state[i]
    if (network.summary[i] || (state !== STATE.started && state !== STATE.complete)) continue
    for (let at = i; at >= 0 && !begun[at]; at = network.parent[at] as number) begun[at] = 1
  }
  return begun
}

/** What is done can be late no more: it has no slack and is not critical ("Critical" field, Microsoft Project). */
function finishedTasks(network: Network): Uint8Array {
  const { order, taskCount: n, childStart, child, state, summary } = network
  const finished = new Uint8Array(n)
  for (let k = 0; k < order.length; k++) {
    const node = order[k] as number
    if (node < n) {
      if (!summary[node] && state[node] === STATE.complete) finished[node] = 1
      continue
    }
    const i = node - n
    let open = 0
    let done = 0
    for (let c = childStart[i] as number; c < (childStart[i + 1] as number); c++) {
      if (finished[child[c] as number]) done++
      else if (state[child[c] as number] !== STATE.inactive) open++
    }
    if (done > 0 && open === 0) finished[i] = 1
  }
  return finished
}

function freeSlack(network: Network, dates: Dates, i: number, total: number): number {
  if (total <= 0) return 0
  let free = total
  for (let k = network.outStart[i] as number; k < (network.outStart[i + 1] as number); k++) {
    const link = network.outLink[k] as number
    const to = network.linkTo[link] as number
    if (network.state[to] === STATE.complete || isBroken(network, to)) continue
    free = Math.min(free, slackOfLink(network, dates, link))
  }
  return Math.max(0, free)
}

/**
 * Working time between what the link needs and where the successor would stand without levelling delay, counted in the
 * successor's calendar.
 */
export function slackOfLink(network: Network, dates: Dates, link: number): number {
  const from = network.linkFrom[link] as number
  const to = network.linkTo[link] as number
  const type = network.linkType[link] as number
  const start = dates.start[from] as number
  const finish = dates.finish[from] as number
  const stands = (type === LINK.fs || type === LINK.ss ? dates.start[to] : dates.finish[to]) as number
  const after = undelayed(network, to, stands)
  const before = type === LINK.fs || type === LINK.ff ? finish : start
  const calendar = network.summary[to] ? network.projectCalendar : ownCalendar(network, to)
  if (network.lag[link] === 0) return tenthsBetween(calendar, before, after)
  const duration = lagDuration(network, from, start, finish)
  return tenthsBetween(calendar, before, addLag(network, link, after, duration, -1))
}
