import { backwardPass } from './backward.ts'
import { type Dates, forwardPass, newDates } from './forward.ts'
import { CONSTRAINT, type Network, NONE, STATE, tenths } from './network.ts'
import { type Slack, scheduledBackwards, slackOf } from './slack.ts'

export type Solution = {
  readonly network: Network
  readonly dates: Dates
  readonly slack: Slack
  readonly start: number
  readonly finish: number
}

/** Both passes and the slack, from the start or from the finish of the project. */
export function solve(network: Network): Solution {
  return scheduledBackwards(network) ? solveFromFinish(network) : solveFromStart(network)
}

function solveFromStart(network: Network): Solution {
  const { plan, taskCount: n, constraint } = network
  const floor = tenths(plan.project.startMinute)
  const dates = newDates(n)
  forwardPass(network, dates, floor, undefined)
  let finish = lastFinish(network, dates.finish, floor)
  backwardPass(network, dates, ceiling(network, dates, finish))
  const late = (task: number) => constraint[task] === CONSTRAINT.alap
  if (constraint.includes(CONSTRAINT.alap)) {
    forwardPass(network, dates, floor, { pinned: late })
    finish = Math.max(finish, lastFinish(network, dates.finish, floor))
  }
  return {
    network,
    dates,
    slack: slackOf(network, dates),
    start: firstStart(network, dates.start, floor),
    finish,
  }
}

/** The project's finish, or with multiple critical paths the own finish of a task nobody waits for. */
export function ceiling(network: Network, dates: Dates, finish: number): (task: number) => number {
  if (!network.plan.project.multipleCriticalPaths) return () => finish
  return (i) =>
    network.outStart[i] === network.outStart[i + 1] && (network.parent[i] as number) < 0
      ? (dates.earlyFinish[i] as number)
      : finish
}

/**
 * From the finish, all is turned round: the late dates come first from the given finish, the earliest of them is the
 * project's start, the early dates follow from it; a task stands at its late dates unless it shall be as soon as possible.
 */
function solveFromFinish(network: Network): Solution {
  const { plan, taskCount: n, constraint } = network
  const finish = tenths(plan.project.finishMinute)
  const dates = newDates(n)
  forwardPass(network, dates, finish, undefined)
  backwardPass(network, dates, () => finish)
  const start = firstStart(network, dates.lateStart, finish)
  forwardPass(network, dates, start, undefined)
  const earlyStart = dates.earlyStart.slice()
  const earlyFinish = dates.earlyFinish.slice()
  forwardPass(network, dates, start, { pinned: (task) => constraint[task] !== CONSTRAINT.asap })
  dates.earlyStart.set(earlyStart)
  dates.earlyFinish.set(earlyFinish)
  return { network, dates, slack: slackOf(network, dates), start, finish }
}

export function lastFinish(network: Network, finish: Float64Array, floor: number): number {
  let last = NONE
  for (let i = 0; i < network.taskCount; i++)
    if ((finish[i] as number) > last && network.state[i] !== STATE.inactive) last = finish[i] as number
  return last === NONE ? floor : last
}

export function firstStart(network: Network, start: Float64Array, fallback: number): number {
  let first = Number.POSITIVE_INFINITY
  for (let i = 0; i < network.taskCount; i++)
    if ((start[i] as number) < first && network.state[i] !== STATE.inactive) first = start[i] as number
  return first === Number.POSITIVE_INFINITY ? fallback : first
}
