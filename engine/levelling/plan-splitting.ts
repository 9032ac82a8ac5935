import {
  addTenths,
  nextWorkingTenth,
  previousWorkingTenth,
  tenthsBetween,
  type WorkingTime,
} from '../calendar/working-time.ts'
import { CONSTRAINT, LINK, type Network, STATE } from '../network/network.ts'
import type { PlanAssignment } from '../plan.ts'
import { type Profile, stepAt } from './profile.ts'

/** A part of split work: working tenths after the first work of the one who does it. */
export type Part = { readonly from: number; readonly to: number }

/** Not at all; anywhere; or only what is left of it, from where its done part ends. */
export type Splits = 'no' | 'parts' | 'rest'

/** A task is cut into no more parts than this. */
const MOST_PARTS = 12
const MOST_TRIES = 10_000

/**
 * Which tasks levelling may interrupt ("Leveling can create splits in remaining work", Microsoft Project): open ones
 * whose people all work alike from start to finish, and what is left of started ones where the project lets them wait.
 */
export function splitsOf(network: Network, splitting: boolean): Splits[] {
  const { plan, taskCount, assignmentTask, state, summary } = network
  const splits = new Array<Splits>(taskCount).fill('no')
  if (!splitting) return splits
  const works = new Set(plan.resources.filter(({ type }) => (type ?? 'work') === 'work').map(({ id }) => id))
  const plain = new Uint8Array(taskCount)
  const odd = new Uint8Array(taskCount)
  for (const [k, assignment] of plan.assignments.entries()) {
    const i = assignmentTask[k] as number
    if (assignment.resource === null || works.has(assignment.resource))
      (isWhole(assignment, network.duration[i] as number) ? plain : odd)[i] = 1
  }
  for (let i = 0; i < taskCount; i++) {
    const task = plan.tasks[i]
    if (summary[i] || !task || task.durationElapsed || task.levelingCanSplit === false) continue
    if (state[i] === STATE.started) {
      const left = (network.remaining[i] as number) > 0 && (network.duration[i] as number) > 0
      if (network.splitInProgress && left && network.constraint[i] === CONSTRAINT.asap) splits[i] = 'rest'
    } else if (state[i] === STATE.open && plain[i] && !odd[i] && !network.spans[i] && isFreeToEnd(network, i))
      splits[i] = 'parts'
  }
  return splits
}

/** Somebody who works evenly as long as the task lasts. */
function isWhole(assignment: PlanAssignment, duration: number): boolean {
  const { resource, units, workMinutes, contour, pieces, overtimeWorkMinutes } = assignment
  const rate = units ?? 1
  const length = rate > 0 ? ((workMinutes ?? 0) * 10) / rate : 0
  const late = assignment.delayMinutes || assignment.levelingDelayMinutes || assignment.actualWorkMinutes
  const even = (contour ?? 'flat') === 'flat' && !pieces?.length && !overtimeWorkMinutes && !late
  return resource !== null && even && length > 0 && Math.abs(length - duration) <= 10
}

/** Nothing sets its finish, so that an interruption moves only its end. */
function isFreeToEnd(network: Network, i: number): boolean {
  const kind = network.constraint[i]
  if (kind !== CONSTRAINT.asap && kind !== CONSTRAINT.snet) return false
  for (let k = network.inStart[i] as number; k < (network.inStart[i + 1] as number); k++) {
    const type = network.linkType[network.inLink[k] as number]
    if (type === LINK.ff || type === LINK.sf) return false
  }
  return true
}

/** What a task needs of one resource all the time. */
export type Need = { readonly profile: Profile; readonly amount: number }

/**
 * Work of this amount in parts of at least `shortest`, each as early as all its people are free. Undefined when they
 * never are for so long, or too many parts would come of it.
 */
export function partsOf(
  calendar: WorkingTime,
  begin: number,
  { amount, shortest, needs }: { amount: number; shortest: number; needs: readonly Need[] },
): { readonly from: number; readonly to: number }[] | undefined {
  const parts: { from: number; to: number }[] = []
  let at = nextWorkingTenth(calendar, begin)
  let left = amount
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const end = addTenths(calendar, at, left)
    const block = firstBlock(needs, at, end)
    if (!block) return joined(calendar, [...parts, { from: at, to: end }])
    if (block.until === Number.POSITIVE_INFINITY) return undefined
    const room = block.from > at ? tenthsBetween(calendar, at, previousWorkingTenth(calendar, block.from)) : 0
    const length = Math.min(room, left - shortest)
    if (length >= shortest) {
      parts.push({ from: at, to: addTenths(calendar, at, length) })
      left -= length
      if (parts.length >= MOST_PARTS) return undefined
    }
    at = nextWorkingTenth(calendar, block.until)
  }
  return undefined
}

/** The earliest stretch, between these moments, in which somebody is not free. */
function firstBlock(
  needs: readonly Need[],
  from: number,
  to: number,
): { from: number; until: number } | undefined {
  let first: { from: number; until: number } | undefined
  for (const { profile, amount } of needs) {
    const { times, loads, capacity } = profile
    const room = capacity - amount
    for (let k = stepAt(times, from); k < times.length && (times[k] as number) < to; k++) {
      if ((loads[k] as number) <= room) continue
      const begin = Math.max(from, times[k] as number)
      while (k < loads.length && (loads[k] as number) > room) k++
      const until = times[k] ?? Number.POSITIVE_INFINITY
      if (!first || begin < first.from) first = { from: begin, until }
      break
    }
  }
  return first
}

/** Between two parts somebody could have worked: otherwise they are one. */
function joined(
  calendar: WorkingTime,
  parts: readonly { from: number; to: number }[],
): { from: number; to: number }[] {
  const answer: { from: number; to: number }[] = []
  for (const part of parts) {
    const last = answer[answer.length - 1]
    if (last && tenthsBetween(calendar, last.to, part.from) <= 0)
      answer[answer.length - 1] = { from: last.from, to: part.to }
    else answer.push(part)
  }
  return answer
}
