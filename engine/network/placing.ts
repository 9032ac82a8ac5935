import {
  addTenths,
  nextWorkingTenth,
  previousWorkingTenth,
  subtractTenths,
  tenthsBetween,
} from '../calendar/working-time.ts'
import { LAG } from './check.ts'
import { type Network, NONE, STATE } from './network.ts'

/** Where a task begins, given the earliest moment it may: work begins in working time, a milestone stands anywhere. */
export function startFrom(network: Network, i: number, earliest: number): number {
  const spans = network.spans[i]
  if (spans) {
    let start = Number.POSITIVE_INFINITY
    for (const span of spans)
      if (span.delay === 0) start = Math.min(start, nextWorkingTenth(span.calendar, earliest))
    if (start !== Number.POSITIVE_INFINITY) return start
  }
  if (network.duration[i] === 0) return earliest
  return nextWorkingTenth(network.workCalendar[i] as Network['projectCalendar'], earliest)
}

/** Where a task ends that may begin at `start`: with the last of its people. */
export function finishFrom(network: Network, i: number, start: number): number {
  const spans = network.spans[i]
  if (!spans)
    return addTenths(
      network.workCalendar[i] as Network['projectCalendar'],
      start,
      network.duration[i] as number,
    )
  let finish = NONE
  for (const span of spans)
    finish = Math.max(
      finish,
      addTenths(span.calendar, addTenths(span.calendar, start, span.delay), span.amount),
    )
  return finish
}

/** Where a task must begin to end by `finish`: with the one of its people who needs longest. */
export function startBefore(network: Network, i: number, finish: number): number {
  const spans = network.spans[i]
  if (!spans)
    return subtractTenths(
      network.workCalendar[i] as Network['projectCalendar'],
      finish,
      network.duration[i] as number,
    )
  let start = Number.POSITIVE_INFINITY
  for (const span of spans)
    start = Math.min(start, subtractTenths(span.calendar, finish, span.amount + span.delay))
  return start
}

/** The latest moment at or before `latest` at which somebody can finish; a milestone stands anywhere. */
export function finishBefore(network: Network, i: number, latest: number): number {
  const spans = network.spans[i]
  if (spans) {
    let finish = NONE
    for (const span of spans) finish = Math.max(finish, previousWorkingTenth(span.calendar, latest))
    return finish
  }
  if (network.duration[i] === 0) return latest
  return previousWorkingTenth(network.workCalendar[i] as Network['projectCalendar'], latest)
}

/** Where a started task ends when the rest goes on at `resume`. */
export function finishOfRest(network: Network, i: number, resume: number): number {
  const spans = network.spans[i]
  if (!spans)
    return addTenths(
      network.workCalendar[i] as Network['projectCalendar'],
      resume,
      network.remaining[i] as number,
    )
  let finish = NONE
  for (const span of spans)
    finish = Math.max(
      finish,
      span.actualFinish === NONE ? addTenths(span.calendar, resume, span.remaining) : span.actualFinish,
    )
  return finish
}

/**
 * Adds a link's lag, counted in the successor's calendar; percent lags take the predecessor's duration
 * ("Lag time", Microsoft Project). `sign` -1 takes the lag away again.
 */
export function addLag(
  network: Network,
  link: number,
  at: number,
  predecessorDuration: number,
  sign: 1 | -1,
): number {
  const lag = network.lag[link] as number
  if (lag === 0) return at
  const kind = network.lagKind[link] as number
  const amount =
    kind === LAG.percent || kind === LAG.elapsedPercent ? Math.round((predecessorDuration * lag) / 100) : lag
  if (kind === LAG.elapsed || kind === LAG.elapsedPercent)
    return addTenths(network.calendars.elapsed, at, sign * amount)
  const calendar = network.ownCalendar[network.linkTo[link] as number] as Network['projectCalendar']
  return addTenths(calendar, at, sign * amount)
}

/** The duration a percent lag refers to: the task's own, a summary task's in the project calendar. */
export function lagDuration(network: Network, i: number, start: number, finish: number): number {
  return network.summary[i]
    ? tenthsBetween(network.projectCalendar, start, finish)
    : (network.duration[i] as number)
}

/** Takes a task's levelling delay away from a date; the delay of a started task is past. */
export function undelayed(network: Network, i: number, at: number): number {
  const delay = network.levelingDelay[i] as number
  if (delay === 0 || network.state[i] !== STATE.open) return at
  if (network.levelingElapsed[i]) return at - delay
  return subtractTenths(network.ownCalendar[i] as Network['projectCalendar'], at, delay)
}
