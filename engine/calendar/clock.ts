import type { ClockChange } from '../plan.ts'

/**
 * The changes of daylight saving as tables, in tenths of a minute, in order of time. Real time is the wall clock as it
 * would stand without any of them. An hour that is left out has no length; in an hour that comes twice a wall-clock
 * moment means the first time.
 */
export type Clock = {
  /** Where the clock stands when it is changed, before and after by the shift. */
  readonly at: Float64Array
  readonly shift: Float64Array
  /** All shifts before each change; one entry more than changes. */
  readonly before: Float64Array
}

/** The tables of the changes; undefined when there are none. Refuse those that `isClockSound` does not hold for. */
export function clockOf(changes: readonly ClockChange[]): Clock | undefined {
  if (changes.length === 0) return undefined
  const before = new Float64Array(changes.length + 1)
  const at = Float64Array.from(changes, ({ atMinute }) => Math.round(atMinute * 10))
  const shift = Float64Array.from(changes, ({ shiftMinutes }) => Math.round(shiftMinutes * 10))
  for (let k = 0; k < shift.length; k++) before[k + 1] = (before[k] as number) + (shift[k] as number)
  return { at, shift, before }
}

/** Numbers in order of time, and no change before the one before it is over. */
export function isClockSound(changes: readonly ClockChange[]): boolean {
  return changes.every(({ atMinute, shiftMinutes }, k) => {
    const last = changes[k - 1]
    const over = last ? last.atMinute + Math.abs(last.shiftMinutes) : Number.NEGATIVE_INFINITY
    return (
      Number.isFinite(atMinute) && Number.isFinite(shiftMinutes) && atMinute - Math.abs(shiftMinutes) >= over
    )
  })
}

/** The moment a real amount later. In the second of two like hours it stands at their end, so as never to be too early. */
export function addReal(clock: Clock, at: number, amount: number): number {
  const { wall, repeatedUntil } = wallOf(clock, realOf(clock, at) + amount)
  return Math.max(wall, repeatedUntil)
}

/** The moment a real amount earlier; in the second of two like hours the clock says the moment of the first. */
export function subtractReal(clock: Clock, at: number, amount: number): number {
  return wallOf(clock, realOf(clock, at) - amount).wall
}

/** Real time from one moment of the wall clock to another. */
export function realBetween(clock: Clock, from: number, to: number): number {
  return realOf(clock, to) - realOf(clock, from)
}

function realOf({ at, shift, before }: Clock, wall: number): number {
  const passed = countUntil(at.length, (k) => (at[k] as number) <= wall)
  const last = passed - 1
  // Within an hour that is left out no time passes.
  if (last >= 0 && wall < (at[last] as number) + (shift[last] as number))
    return (at[last] as number) - (before[last] as number)
  return wall - (before[passed] as number)
}

function wallOf({ at, before }: Clock, real: number): { wall: number; repeatedUntil: number } {
  const passed = countUntil(at.length, (k) => (at[k] as number) - (before[k] as number) <= real)
  const wall = real + (before[passed] as number)
  // Put back, the clock has not reached yet where it stood when it was.
  return { wall, repeatedUntil: passed > 0 ? (at[passed - 1] as number) : Number.NEGATIVE_INFINITY }
}

/** How many of the first numbers fulfil a condition that all later ones do not. */
function countUntil(count: number, holds: (k: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}
