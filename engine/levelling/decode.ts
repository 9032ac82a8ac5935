import type { Core, Direction } from './problem.ts'

/** Working memory of one solver: the profile of free capacity, packed, and a stack. */
export type Decoder = {
  readonly core: Core
  /** Words a period; several resources share a word, each with a guard bit above it. */
  readonly words: number
  readonly full: Int32Array
  readonly guard: Int32Array
  /** `need[i * words + w]`. */
  readonly need: Int32Array
  readonly free: Int32Array
  readonly stack: Int32Array
  readonly buckets: Int32Array
  used: number
}

/**
 * Free capacities of several resources packed in one 32-bit word, one guard bit above each: a demand fits when the
 * subtraction leaves every guard standing (multimedia arithmetic, after Lamport 1975).
 */
export function newDecoder(core: Core): Decoder {
  const { count, resourceCount, capacity, demand, horizon } = core
  const wordOf = new Int32Array(resourceCount)
  const shiftOf = new Int32Array(resourceCount)
  let words = 0
  let shift = 32
  for (let r = 0; r < resourceCount; r++) {
    const width = 33 - Math.clz32(capacity[r] as number)
    if (shift + width > 32) {
      words++
      shift = 0
    }
    wordOf[r] = words - 1
    shiftOf[r] = shift
    shift += width
  }
  const used = Math.max(1, words)
  const full = new Int32Array(used)
  const guard = new Int32Array(used)
  const need = new Int32Array(count * used)
  for (let r = 0; r < resourceCount; r++) {
    const w = wordOf[r] as number
    const at = shiftOf[r] as number
    const top = 1 << (at + 32 - Math.clz32(capacity[r] as number))
    guard[w] = (guard[w] as number) | top
    full[w] = (full[w] as number) | top | ((capacity[r] as number) << at)
    for (let i = 0; i < count; i++)
      need[i * used + w] = (need[i * used + w] as number) | ((demand[i * resourceCount + r] as number) << at)
  }
  return {
    core,
    words: used,
    full,
    guard,
    need,
    free: new Int32Array((horizon + 1) * used),
    stack: new Int32Array(count + 1),
    buckets: new Int32Array(horizon + 2),
    used: horizon,
  }
}

/**
 * Serial schedule generation (Kelley 1963): job after job of the list as early as links and resources allow; a job
 * whose predecessors are not placed yet places them first. Writes `finish` and returns the makespan.
 */
export function decodeSerial(
  decoder: Decoder,
  direction: Direction,
  list: Int32Array,
  finish: Int32Array,
): number {
  const { core, free, stack } = decoder
  const { duration, count } = core
  const { beforeStart, before } = direction
  clearProfile(decoder)
  finish.fill(-1)
  let makespan = 0
  for (let k = 0; k < count; k++) {
    let job = list[k] as number
    if ((finish[job] as number) >= 0) continue
    let depth = 0
    for (;;) {
      let earliest = 0
      let missing = -1
      for (let e = beforeStart[job] as number, end = beforeStart[job + 1] as number; e < end; e++) {
        const other = before[e] as number
        const at = finish[other] as number
        if (at > earliest) earliest = at
        else if (at < 0) {
          missing = other
          break
        }
      }
      if (missing >= 0) {
        stack[depth++] = job
        job = missing
        continue
      }
      const length = duration[job] as number
      const start =
        decoder.words === 1
          ? placeInWord(free, decoder.need[job] as number, decoder.guard[0] as number, earliest, length)
          : placeInWords(decoder, job, earliest, length)
      const end = start + length
      finish[job] = end
      if (end > makespan) makespan = end
      if (depth === 0) break
      job = stack[--depth] as number
    }
  }
  decoder.used = makespan
  return makespan
}

function clearProfile({ free, full, words, used }: Decoder): void {
  if (words === 1) {
    free.fill(full[0] as number, 0, used)
    return
  }
  for (let w = 0; w < words; w++) {
    const value = full[w] as number
    for (let at = w, end = used * words; at < end; at += words) free[at] = value
  }
}

/** The first start from `earliest` with room for the job, taken; every period is looked at once. */
function placeInWord(
  free: Int32Array,
  need: number,
  guard: number,
  earliest: number,
  length: number,
): number {
  let start = earliest
  let checked = earliest
  let end = start + length
  let at = end - 1
  while (at >= checked) {
    if ((((free[at] as number) - need) & guard) === guard) at--
    else {
      checked = end
      start = at + 1
      end = start + length
      at = end - 1
    }
  }
  for (at = start; at < end; at++) free[at] = (free[at] as number) - need
  return start
}

function placeInWords(decoder: Decoder, job: number, earliest: number, length: number): number {
  const { free, need, guard, words } = decoder
  const row = job * words
  let start = earliest
  let checked = earliest
  let end = start + length
  let at = end - 1
  while (at >= checked) {
    let fits = true
    for (let w = 0; w < words && fits; w++) {
      const wall = guard[w] as number
      fits = (((free[at * words + w] as number) - (need[row + w] as number)) & wall) === wall
    }
    if (fits) at--
    else {
      checked = end
      start = at + 1
      end = start + length
      at = end - 1
    }
  }
  for (at = start * words; at < end * words; at += words)
    for (let w = 0; w < words; w++) free[at + w] = (free[at + w] as number) - (need[row + w] as number)
  return start
}

/** The jobs by descending finish: the list that, decoded the other way, justifies this schedule. */
export function listByFinish(decoder: Decoder, finish: Int32Array, makespan: number, list: Int32Array): void {
  const { buckets, core } = decoder
  const { count } = core
  buckets.fill(0, 0, makespan + 2)
  for (let i = 0; i < count; i++) {
    const at = makespan - (finish[i] as number) + 1
    buckets[at] = (buckets[at] as number) + 1
  }
  for (let at = 1; at <= makespan; at++) buckets[at] = (buckets[at] as number) + (buckets[at - 1] as number)
  for (let i = 0; i < count; i++) {
    const at = makespan - (finish[i] as number)
    list[buckets[at] as number] = i
    buckets[at] = (buckets[at] as number) + 1
  }
}
