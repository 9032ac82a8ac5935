import type { Core } from './problem.ts'

export const LOW = 0
export const HIGH = 1

/** Why a bound moved. */
export const REASON = { decision: 0, clause: 1, link: 2, profile: 3 } as const

/**
 * The starts of all jobs as intervals, with the history of every bound. A side is `2 · job + LOW` (start ≥ value) or
 * `2 · job + HIGH` (start ≤ value).
 */
export type StartBounds = {
  readonly core: Core
  readonly value: Int32Array
  /** The last entry of each side in the trail, or -1. */
  readonly head: Int32Array
  readonly side: number[]
  readonly old: number[]
  readonly now: number[]
  readonly previous: number[]
  readonly reason: number[]
  readonly ref: number[]
  readonly level: number[]
  readonly levelStart: number[]
  /** The side whose bounds have crossed, or -1. */
  crossed: number
}

export function newStartBounds(core: Core, makespan: number): StartBounds {
  const value = new Int32Array(2 * core.count)
  for (let i = 0; i < core.count; i++) {
    value[2 * i + LOW] = (core.backward.tail[i] as number) - (core.duration[i] as number)
    value[2 * i + HIGH] = makespan - (core.forward.tail[i] as number)
  }
  const head = new Int32Array(2 * core.count).fill(-1)
  const empty = () => [] as number[]
  return {
    core,
    value,
    head,
    side: empty(),
    old: empty(),
    now: empty(),
    previous: empty(),
    reason: empty(),
    ref: empty(),
    level: empty(),
    levelStart: empty(),
    crossed: -1,
  }
}

export function holds(side: number, value: number, wanted: number): boolean {
  return (side & 1) === LOW ? value >= wanted : value <= wanted
}

/** Moves a bound; false when it crosses the other one of the job. */
export function move(bounds: StartBounds, side: number, to: number, reason: number, ref: number): boolean {
  const { value, head } = bounds
  const from = value[side] as number
  if (holds(side, from, to)) return true
  bounds.side.push(side)
  bounds.old.push(from)
  bounds.now.push(to)
  bounds.previous.push(head[side] as number)
  bounds.reason.push(reason)
  bounds.ref.push(ref)
  bounds.level.push(bounds.levelStart.length)
  head[side] = bounds.side.length - 1
  value[side] = to
  const other = value[side ^ 1] as number
  if ((side & 1) === LOW ? to <= other : to >= other) return true
  bounds.crossed = side
  return false
}

/** Takes back everything after this level; tells which bounds were freed. */
export function backTo(
  bounds: StartBounds,
  level: number,
  freed: (side: number, from: number, to: number) => void,
) {
  const start = bounds.levelStart[level] as number
  while (bounds.side.length > start) {
    const side = bounds.side.pop() as number
    const old = bounds.old.pop() as number
    const now = bounds.now.pop() as number
    bounds.value[side] = old
    bounds.head[side] = bounds.previous.pop() as number
    bounds.reason.pop()
    bounds.ref.pop()
    bounds.level.pop()
    freed(side, Math.min(old, now), Math.max(old, now))
  }
  bounds.levelStart.length = level
  bounds.crossed = -1
}

/** The entry that first made this true, or -1 when it was true from the beginning. */
export function entryOf(bounds: StartBounds, side: number, wanted: number): number {
  let entry = bounds.head[side] as number
  while (entry >= 0 && holds(side, bounds.old[entry] as number, wanted))
    entry = bounds.previous[entry] as number
  return entry
}

/** The bound as it stood before an entry. */
export function boundBefore(bounds: StartBounds, side: number, before: number): number {
  let entry = bounds.head[side] as number
  let value = bounds.value[side] as number
  while (entry >= before) {
    value = bounds.old[entry] as number
    entry = bounds.previous[entry] as number
  }
  return value
}
