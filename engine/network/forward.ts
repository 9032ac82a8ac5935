import { addTenths, nextWorkingTenth } from '../calendar/working-time.ts'
import { CONSTRAINT, LINK, type Network, NONE, STATE } from './network.ts'
import { addLag, finishFrom, finishOfRest, lagDuration, startBefore, startFrom } from './placing.ts'

/** What set a start; the reference is a link, a summary task or nothing. */
export const BIND = {
  none: 0,
  projectStart: 1,
  link: 2,
  summary: 3,
  constraint: 4,
  actual: 5,
  stated: 6,
  alap: 7,
} as const

export type Dates = {
  readonly earlyStart: Float64Array
  readonly earlyFinish: Float64Array
  readonly start: Float64Array
  readonly finish: Float64Array
  readonly lateStart: Float64Array
  readonly lateFinish: Float64Array
  /** The latest finish before it was moved to the end of a shift. */
  readonly lateLimit: Float64Array
  /** Earliest start handed down by a summary task. */
  readonly handedStart: Float64Array
  /** Latest finish handed down by a summary task. */
  readonly handedFinish: Float64Array
  /** Where the rest of a started task goes on. */
  readonly resumed: Float64Array
  readonly bind: Uint8Array
  readonly bindRef: Int32Array
  /** The limit that bound, before it was moved into working time. */
  readonly bound: Float64Array
  /** A hard constraint overruled this link limit. */
  readonly overruled: Float64Array
}

export function newDates(taskCount: number): Dates {
  const row = () => new Float64Array(taskCount)
  return {
    earlyStart: row(),
    earlyFinish: row(),
    start: row(),
    finish: row(),
    lateStart: row(),
    lateFinish: row(),
    lateLimit: row(),
    handedStart: row(),
    handedFinish: row(),
    resumed: row(),
    bind: new Uint8Array(taskCount),
    bindRef: new Int32Array(taskCount),
    bound: row(),
    overruled: row(),
  }
}

/** The strongest limits on a task's start and finish while its predecessors are asked one after another. */
type Limits = { start: number; finish: number; bind: number; ref: number; finishRef: number }

/**
 * The forward pass: every task as early as its predecessors, its constraint and its calendar allow
 * (J. E. Kelley 1961, with the rules of Microsoft Project). With `late`, tasks as late as possible stand at their
 * late dates and push their successors.
 */
export function forwardPass(
  network: Network,
  dates: Dates,
  floor: number,
  late: { readonly pinned: (task: number) => boolean } | undefined,
): void {
  const { order, taskCount: n, summary } = network
  const limits: Limits = { start: NONE, finish: NONE, bind: BIND.none, ref: -1, finishRef: -1 }
  for (let k = 0; k < order.length; k++) {
    const node = order[k] as number
    if (node >= n) rollUp(network, dates, node - n)
    else if (summary[node]) handDown(network, dates, node, limits)
    else {
      placeLeaf(network, dates, node, floor, limits)
      if (late?.pinned(node)) pinLate(network, dates, node)
    }
  }
}

/**
 * Places one node of the order whose predecessors stand already, as the forward pass does: for whoever, like
 * levelling, walks the network in an order of its own.
 */
export function placeNode(network: Network, dates: Dates, node: number, floor: number): void {
  const { taskCount: n, summary } = network
  const limits: Limits = { start: NONE, finish: NONE, bind: BIND.none, ref: -1, finishRef: -1 }
  if (node >= n) rollUp(network, dates, node - n)
  else if (summary[node]) handDown(network, dates, node, limits)
  else placeLeaf(network, dates, node, floor, limits)
}

function handDown(network: Network, dates: Dates, i: number, limits: Limits): void {
  gather(network, dates, i, limits)
  const constrained = network.constraint[i] === CONSTRAINT.snet ? (network.constraintAt[i] as number) : NONE
  if (constrained > limits.start) {
    limits.start = constrained
    limits.bind = BIND.constraint
  }
  dates.handedStart[i] = limits.start
  dates.bind[i] = limits.bind
  dates.bindRef[i] = limits.ref
  dates.bound[i] = limits.start
}

/** Asks the links and the summary task above; the later limit wins, among equal ones the predecessor named first in the plan. */
function gather(network: Network, dates: Dates, i: number, limits: Limits): void {
  const { parent, inStart, inLink, linkFrom } = network
  limits.start = NONE
  limits.finish = NONE
  limits.bind = BIND.none
  limits.ref = -1
  limits.finishRef = -1
  const above = parent[i] as number
  if (above >= 0 && (dates.handedStart[above] as number) > NONE) {
    limits.start = dates.handedStart[above] as number
    limits.bind = BIND.summary
    limits.ref = above
  }
  for (let k = inStart[i] as number; k < (inStart[i + 1] as number); k++) {
    const link = inLink[k] as number
    const type = network.linkType[link] as number
    const at = limitOfLink(network, dates, link)
    if (type === LINK.fs || type === LINK.ss) {
      if (at > limits.start || (at === limits.start && isBefore(linkFrom, link, limits))) {
        limits.start = at
        limits.bind = BIND.link
        limits.ref = link
      }
    } else if (at > limits.finish) {
      limits.finish = at
      limits.finishRef = link
    }
  }
}

function isBefore(linkFrom: Int32Array, link: number, limits: Limits): boolean {
  if (limits.bind !== BIND.link) return true
  return (linkFrom[link] as number) < (linkFrom[limits.ref] as number)
}

/** The start (FS, SS) or finish (FF, SF) a link allows its successor. */
export function limitOfLink(network: Network, dates: Dates, link: number): number {
  const from = network.linkFrom[link] as number
  const type = network.linkType[link] as number
  const start = dates.start[from] as number
  const finish = dates.finish[from] as number
  const at = type === LINK.fs || type === LINK.ff ? finish : start
  if (network.lag[link] === 0) return at
  return addLag(network, link, at, lagDuration(network, from, start, finish), 1)
}

function placeLeaf(network: Network, dates: Dates, i: number, floor: number, limits: Limits): void {
  const state = network.state[i] as number
  gather(network, dates, i, limits)
  dates.overruled[i] = NONE
  dates.resumed[i] = NONE
  if (state === STATE.complete) placeComplete(network, dates, i)
  else if (state === STATE.started) placeStarted(network, dates, i, limits)
  else if (state === STATE.stated || (state === STATE.inactive && (network.fixedStart[i] as number) > NONE))
    placeStated(network, dates, i)
  else placeOpen(network, dates, i, floor, limits)
  dates.start[i] = dates.earlyStart[i] as number
  dates.finish[i] = dates.earlyFinish[i] as number
}

function placeComplete(network: Network, dates: Dates, i: number): void {
  dates.earlyStart[i] = network.fixedStart[i] as number
  dates.earlyFinish[i] = Math.max(network.fixedStart[i] as number, network.fixedFinish[i] as number)
  note(dates, i, BIND.actual, -1, network.fixedStart[i] as number)
}

function placeStated(network: Network, dates: Dates, i: number): void {
  const start = network.fixedStart[i] as number
  const finish = network.fixedFinish[i] as number
  dates.earlyStart[i] = start > NONE ? start : startBefore(network, i, finish)
  const end = finish > NONE ? finish : finishFrom(network, i, start)
  dates.earlyFinish[i] = Math.max(end, dates.earlyStart[i] as number)
  note(dates, i, BIND.stated, -1, dates.earlyStart[i] as number)
}

/**
 * What is done stays; the rest goes on where it was put ("resume"), and with "split in-progress tasks" not before late
 * predecessors allow (retained logic).
 */
function placeStarted(network: Network, dates: Dates, i: number, limits: Limits): void {
  const start = network.fixedStart[i] as number
  const duration = network.duration[i] as number
  const remaining = network.remaining[i] as number
  const calendar = network.workCalendar[i] as Network['projectCalendar']
  dates.earlyStart[i] = start
  note(dates, i, BIND.actual, -1, start)
  if (duration === 0 && !network.spans[i]) {
    dates.earlyFinish[i] = start
    return
  }
  let resume = network.resume[i] as number
  if (resume === NONE) resume = addTenths(calendar, start, Math.max(0, duration - remaining))
  if (network.splitInProgress && remaining > 0 && limits.start > resume) resume = limits.start
  dates.resumed[i] = resume
  const finish = Math.max(start, finishOfRest(network, i, resume))
  const bound = network.constraint[i] === CONSTRAINT.fnet ? (network.constraintAt[i] as number) : NONE
  dates.earlyFinish[i] = Math.max(finish, bound)
}

function placeOpen(network: Network, dates: Dates, i: number, floor: number, limits: Limits): void {
  const constraint = network.constraint[i] as number
  const at = network.constraintAt[i] as number
  const soft = constraint === CONSTRAINT.snet || constraint === CONSTRAINT.fnet
  const hard =
    constraint >= CONSTRAINT.mso || constraint === CONSTRAINT.snet || constraint === CONSTRAINT.fnet
  let low = limits.start
  let bind = limits.bind
  let ref = limits.ref
  if (low === NONE && !hard) {
    low = floor
    bind = BIND.projectStart
  }
  if (constraint === CONSTRAINT.snet && at > low) {
    low = at
    bind = BIND.constraint
  }
  if (constraint === CONSTRAINT.mso && at > low) {
    low = at
    bind = BIND.constraint
  }
  let start = low === NONE ? NONE : delayed(network, i, startFrom(network, i, low))
  if (limits.finish > NONE) {
    const fit = startBefore(network, i, limits.finish)
    if (fit > start) {
      start = startFrom(network, i, fit)
      bind = BIND.link
      ref = limits.finishRef
      low = fit
    }
  }
  const finishAt = constraint === CONSTRAINT.fnet || constraint === CONSTRAINT.mfo ? at : NONE
  if (finishAt > NONE) {
    const fit = startBefore(network, i, finishAt)
    if (fit > start) {
      start = startFrom(network, i, fit)
      bind = BIND.constraint
      low = fit
    }
  }
  if (!soft && constraint > CONSTRAINT.alap && network.honorConstraints) {
    const cap = capOf(network, i, constraint, at)
    if (start > cap) {
      dates.overruled[i] = start
      start = cap
      bind = BIND.constraint
      low = cap
    }
  }
  let finish = finishFrom(network, i, start)
  // A finish set by FF or SF stands where the link puts it, also at the start of the next shift.
  if (limits.finish > finish && (dates.overruled[i] as number) === NONE) finish = limits.finish
  if (finishAt > finish && constraint === CONSTRAINT.mfo) finish = finishAt
  dates.earlyStart[i] = start
  dates.earlyFinish[i] = finish
  note(dates, i, bind, bind === BIND.link || bind === BIND.summary ? ref : -1, low)
}

/** The latest start a hard constraint allows. */
function capOf(network: Network, i: number, constraint: number, at: number): number {
  if (constraint === CONSTRAINT.snlt || constraint === CONSTRAINT.mso) return startFrom(network, i, at)
  return startBefore(network, i, at)
}

/** Levelling delay counts from where the task would begin, in elapsed time as Microsoft Project levels. */
function delayed(network: Network, i: number, start: number): number {
  const delay = network.levelingDelay[i] as number
  if (delay === 0) return start
  if (network.levelingElapsed[i]) return startFrom(network, i, start + delay)
  const calendar = network.ownCalendar[i] as Network['projectCalendar']
  return startFrom(network, i, addTenths(calendar, nextWorkingTenth(calendar, start), delay))
}

function pinLate(network: Network, dates: Dates, i: number): void {
  if (network.state[i] !== STATE.open) return
  const lateStart = dates.lateStart[i] as number
  if (lateStart <= (dates.earlyStart[i] as number)) return
  dates.start[i] = lateStart
  dates.finish[i] = dates.lateFinish[i] as number
  note(dates, i, BIND.alap, -1, lateStart)
}

/** A summary task runs from its first child's start to its last child's finish. */
function rollUp(network: Network, dates: Dates, i: number): void {
  const { childStart, child, state } = network
  let start = Number.POSITIVE_INFINITY
  let finish = NONE
  let earlyStart = Number.POSITIVE_INFINITY
  let earlyFinish = NONE
  let anyActive = false
  for (let round = 0; round < 2 && !anyActive; round++)
    for (let k = childStart[i] as number; k < (childStart[i + 1] as number); k++) {
      const c = child[k] as number
      // Inactive children count only when there are no others.
      if (round === 0 && state[c] === STATE.inactive) continue
      anyActive = true
      start = Math.min(start, dates.start[c] as number)
      finish = Math.max(finish, dates.finish[c] as number)
      earlyStart = Math.min(earlyStart, dates.earlyStart[c] as number)
      earlyFinish = Math.max(earlyFinish, dates.earlyFinish[c] as number)
    }
  if (state[i] === STATE.stated) {
    if ((network.fixedStart[i] as number) > NONE) start = earlyStart = network.fixedStart[i] as number
    if ((network.fixedFinish[i] as number) > NONE) finish = earlyFinish = network.fixedFinish[i] as number
  }
  dates.start[i] = start
  dates.finish[i] = Math.max(start, finish)
  dates.earlyStart[i] = earlyStart
  dates.earlyFinish[i] = Math.max(earlyStart, earlyFinish)
}

function note(dates: Dates, i: number, bind: number, ref: number, bound: number): void {
  dates.bind[i] = bind
  dates.bindRef[i] = ref
  dates.bound[i] = bound
}
