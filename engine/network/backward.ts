import { nextWorkingTenth } from '../calendar/working-time.ts'
import { LAG } from './check.ts'
import type { Dates } from './forward.ts'
import { CONSTRAINT, LINK, type Network, NONE, STATE } from './network.ts'
import { addLag, finishBefore, finishFrom, lagDuration, startBefore, undelayed } from './placing.ts'

const UNBOUND = Number.POSITIVE_INFINITY

/**
 * The backward pass: every task as late as its successors, its constraint, its deadline and the project's end allow.
 * `ceilingOf` gives the end for a task nobody waits for (the project's, or its own with multiple critical paths).
 */
export function backwardPass(network: Network, dates: Dates, ceilingOf: (task: number) => number): void {
  const { order } = network
  for (let k = order.length - 1; k >= 0; k--) placeNodeLate(network, dates, order[k] as number, ceilingOf)
}

/** One node of the backward pass; everything after it stands already. */
export function placeNodeLate(
  network: Network,
  dates: Dates,
  node: number,
  ceilingOf: (task: number) => number,
): void {
  const { taskCount: n, summary } = network
  if (node >= n) handBack(network, dates, node - n)
  else if (summary[node]) rollUpLate(network, dates, node)
  else placeLate(network, dates, node, ceilingOf(node))
}

/** The limit a summary task's successors put on all its children's finish. */
function handBack(network: Network, dates: Dates, i: number): void {
  const { parent, outStart, outLink } = network
  const above = parent[i] as number
  let latest = above >= 0 ? (dates.handedFinish[above] as number) : UNBOUND
  for (let k = outStart[i] as number; k < (outStart[i + 1] as number); k++) {
    const link = outLink[k] as number
    const type = network.linkType[link]
    if (type === LINK.fs || type === LINK.ff) latest = Math.min(latest, latestOfLink(network, dates, link))
  }
  if (network.constraint[i] === CONSTRAINT.fnlt) latest = Math.min(latest, network.constraintAt[i] as number)
  dates.handedFinish[i] = latest
}

/** The finish (FS, FF) or start (SS, SF) a link still allows its predecessor; a completed successor waits no more. */
export function latestOfLink(network: Network, dates: Dates, link: number): number {
  const to = network.linkTo[link] as number
  const state = network.state[to]
  if (state === STATE.complete || isBroken(network, to)) return UNBOUND
  const type = network.linkType[link] as number
  const at =
    type === LINK.fs || type === LINK.ss ? latestStart(network, dates, to) : latestFinish(network, dates, to)
  if (network.lag[link] === 0 || at === UNBOUND) return at
  const from = network.linkFrom[link] as number
  const duration = lagDuration(network, from, dates.start[from] as number, dates.finish[from] as number)
  const taken = addLag(network, link, at, duration, -1)
  return taken > at && isForeignWorking(network, link)
    ? nextWorkingTenth(calendarOf(network, to), taken)
    : taken
}

/** Of a lead in another calendar's working time: until that calendar's next shift the predecessor loses nothing. */
function isForeignWorking(network: Network, link: number): boolean {
  const kind = network.lagKind[link]
  const isWorking = kind === LAG.working || kind === LAG.percent
  const from = network.linkFrom[link] as number
  return isWorking && calendarOf(network, from) !== calendarOf(network, network.linkTo[link] as number)
}

function calendarOf(network: Network, i: number): Network['projectCalendar'] {
  return network.ownCalendar[i] as Network['projectCalendar']
}

/** With progress override nobody presses the predecessors of a task that has begun without them. */
export function isBroken(network: Network, successor: number): boolean {
  return network.outOfSequence === 'progressOverride' && network.state[successor] === STATE.started
}

/**
 * The late finish predecessors have to meet: before it was moved to the end of the successor's shift, as until its next
 * shift nothing is lost; every predecessor moves it into its own working time.
 */
function latestFinish(network: Network, dates: Dates, i: number): number {
  return (network.summary[i] ? dates.lateFinish[i] : dates.lateLimit[i]) as number
}

/**
 * The late start predecessors have to meet. Of a task under way only the rest can still wait for them, and Microsoft
 * Project leaves that rest where it goes on; a levelling delay belongs to the waiting, not to the task.
 */
function latestStart(network: Network, dates: Dates, i: number): number {
  if (network.summary[i]) return dates.lateStart[i] as number
  if (network.state[i] === STATE.started) {
    if (network.outOfSequence === 'actualDates') return dates.earlyStart[i] as number
    const resumed = dates.resumed[i] as number
    return resumed > NONE ? resumed : (dates.lateFinish[i] as number)
  }
  return undelayed(network, i, dates.lateStart[i] as number)
}

function rollUpLate(network: Network, dates: Dates, i: number): void {
  const { childStart, child, state } = network
  let start = UNBOUND
  let finish = NONE
  for (let k = childStart[i] as number; k < (childStart[i + 1] as number); k++) {
    const c = child[k] as number
    if (state[c] === STATE.inactive) continue
    start = Math.min(start, dates.lateStart[c] as number)
    finish = Math.max(finish, dates.lateFinish[c] as number)
  }
  dates.lateStart[i] = start === UNBOUND ? (dates.earlyStart[i] as number) : start
  dates.lateFinish[i] = finish === NONE ? (dates.earlyFinish[i] as number) : finish
}

function placeLate(network: Network, dates: Dates, i: number, ceiling: number): void {
  const state = network.state[i] as number
  if (state === STATE.complete || state === STATE.inactive) {
    dates.lateStart[i] = dates.earlyStart[i] as number
    dates.lateFinish[i] = dates.earlyFinish[i] as number
    dates.lateLimit[i] = dates.earlyFinish[i] as number
    return
  }
  const { parent, outStart, outLink } = network
  const above = parent[i] as number
  let latest = Math.min(ceiling, above >= 0 ? (dates.handedFinish[above] as number) : UNBOUND)
  let latestToStart = UNBOUND
  for (let k = outStart[i] as number; k < (outStart[i + 1] as number); k++) {
    const link = outLink[k] as number
    const type = network.linkType[link]
    const at = latestOfLink(network, dates, link)
    if (type === LINK.fs || type === LINK.ff) latest = Math.min(latest, at)
    // What has begun, or is put by hand, is no longer pressed to begin.
    else if (type === LINK.sf || state === STATE.open) latestToStart = Math.min(latestToStart, at)
  }
  const constraint = network.constraint[i] as number
  const at = network.constraintAt[i] as number
  if (constraint === CONSTRAINT.fnlt || constraint === CONSTRAINT.mfo) latest = Math.min(latest, at)
  if (constraint === CONSTRAINT.snlt || constraint === CONSTRAINT.mso)
    latestToStart = Math.min(latestToStart, at)
  const deadline = network.deadline[i] as number
  if (deadline > NONE) latest = Math.min(latest, deadline)
  settleLate(network, dates, i, latest, latestToStart)
}

function settleLate(network: Network, dates: Dates, i: number, latest: number, latestToStart: number): void {
  const stated = network.state[i] === STATE.stated
  // Microsoft Project moves the late finish of an automatic task to the end of a shift, that of a manual one nowhere.
  let finish = stated ? latest : finishBefore(network, i, latest)
  dates.lateLimit[i] = latest
  if (latestToStart !== UNBOUND) {
    const byStart = finishFrom(network, i, latestToStart)
    finish = Math.min(finish, byStart)
    const calendar = network.workCalendar[i] as Network['projectCalendar']
    const untilNextShift = network.duration[i] === 0 ? byStart : nextWorkingTenth(calendar, byStart)
    dates.lateLimit[i] = Math.min(latest, untilNextShift)
  }
  const pinned = network.honorConstraints && network.state[i] === STATE.open
  const at = network.constraintAt[i] as number
  if (pinned && network.constraint[i] === CONSTRAINT.mso) finish = finishFrom(network, i, at)
  if (pinned && network.constraint[i] === CONSTRAINT.mfo) finish = at
  if (pinned && (network.constraint[i] as number) >= CONSTRAINT.mso) dates.lateLimit[i] = finish
  dates.lateFinish[i] = finish
  dates.lateStart[i] =
    network.state[i] === STATE.started ? (dates.earlyStart[i] as number) : startBefore(network, i, finish)
}
