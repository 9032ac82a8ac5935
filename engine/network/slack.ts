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
  /** A task under way or done, and a summary task with such a child. */
  readonly begun: Uint8Array
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
    begun: begunTasks(network),
  }
  for (let i = 0; i < n; i++) setSlack(network, dates, slack, i)
  return slack
}

/** Writes one task's slack; what is done, inactive or as late as possible has none. */
export function setSlack(network: Network, dates: Dates, slack: Slack, i: number): void {
  const state = network.state[i]
  const late = network.constraint[i] === CONSTRAINT.alap && state === STATE.open && !network.summary[i]
  if (slack.finished[i] || state === STATE.inactive || (late && !scheduledBackwards(network))) {
    slack.start[i] = 0
    slack.finish[i] = 0
    slack.total[i] = 0
    slack.free[i] = 0
    return
  }
  const calendar = network.summary[i] ? network.projectCalendar : ownCalendar(network, i)
  const begun = slack.begun[i] === 1
  const finish = tenthsBetween(calendar, dates.earlyFinish[i] as number, dates.lateFinish[i] as number)
  const start = begun
    ? 0
    : tenthsBetween(calendar, dates.earlyStart[i] as number, dates.lateStart[i] as number)
  const total = begun ? finish : Math.min(start, finish)
  slack.start[i] = start
  slack.finish[i] = finish
  slack.total[i] = total
  slack.free[i] = freeSlack(network, dates, i, total)
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
  const { order, taskCount: n, summary } = network
  const finished = new Uint8Array(n)
  for (let k = 0; k < order.length; k++) {
    const node = order[k] as number
    const i = node < n ? node : node - n
    if (node >= n || !summary[i]) finished[i] = isFinished(network, finished, i)
  }
  return finished
}

/** A summary task is finished when every active child is, and there is one. */
function isFinished({ state, summary, child, childStart }: Network, finished: Uint8Array, i: number): 0 | 1 {
  if (!summary[i]) return state[i] === STATE.complete ? 1 : 0
  let done = 0
  for (let c = childStart[i] as number; c < (childStart[i + 1] as number); c++) {
    if (finished[child[c] as number]) done++
    else if (state[child[c] as number] !== STATE.inactive) return 0
  }
  return done > 0 ? 1 : 0
}

/** After the state of a task has changed: what follows for it and the summary tasks above; names each that differs. */
export function refreshProgress(
  network: Network,
  slack: Slack,
  task: number,
  differs: (i: number) => void,
): void {
  const { state, summary, child, childStart } = network
  for (let i = task; i >= 0; i = network.parent[i] as number) {
    const finished = isFinished(network, slack.finished, i)
    let begun = !summary[i] && (state[i] === STATE.started || state[i] === STATE.complete)
    if (summary[i])
      for (let c = childStart[i] as number; c < (childStart[i + 1] as number) && !begun; c++)
        begun = slack.begun[child[c] as number] === 1
    const isSame = slack.finished[i] === finished && slack.begun[i] === (begun ? 1 : 0)
    slack.finished[i] = finished
    slack.begun[i] = begun ? 1 : 0
    if (!isSame) differs(i)
  }
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
