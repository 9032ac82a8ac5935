import type { Decoder } from './decode.ts'
import type { Direction } from './problem.ts'
import type { Random } from './random.ts'

/**
 * A list of all jobs by latest finish time (LFT), each blurred by up to `blur` of the critical path: biased random
 * sampling (Kolisch 1996). With blur 0 it is the plain rule.
 */
export function sampleList(
  decoder: Decoder,
  direction: Direction,
  random: Random,
  blur: number,
  list: Int32Array,
): void {
  const { count, duration, criticalPathLength } = decoder.core
  const key = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const latestFinish = (duration[i] as number) - (direction.tail[i] as number)
    key[i] = latestFinish + random.fraction() * blur * criticalPathLength
    list[i] = i
  }
  list.sort((one, other) => (key[one] as number) - (key[other] as number))
}

/**
 * Parallel schedule generation (Kelley 1963): moment after moment, whatever may start and fits is started in the order
 * of the list. Never leaves a job waiting that could run, which may exclude the optimum. Returns the makespan.
 */
export function decodeParallel(
  decoder: Decoder,
  direction: Direction,
  list: Int32Array,
  finish: Int32Array,
): number {
  const { core, words, full, guard, need } = decoder
  const { count, duration } = core
  const { beforeStart, afterStart, after } = direction
  const left = full.slice()
  const waits = new Int32Array(count)
  const rank = new Int32Array(count)
  for (let k = 0; k < count; k++) rank[list[k] as number] = k
  // Jobs that may begin, in the order of the list.
  let open: number[] = []
  for (let k = 0; k < count; k++) {
    const job = list[k] as number
    waits[job] = (beforeStart[job + 1] as number) - (beforeStart[job] as number)
    if (waits[job] === 0) open.push(job)
  }
  let running: number[] = []
  let now = 0
  while (open.length > 0 || running.length > 0) {
    const later: number[] = []
    for (const job of open) {
      if (!fits(left, need, guard, job, words)) {
        later.push(job)
        continue
      }
      for (let w = 0; w < words; w++) left[w] = (left[w] as number) - (need[job * words + w] as number)
      finish[job] = now + (duration[job] as number)
      running.push(job)
    }
    open = later
    now = core.horizon
    for (const job of running) now = Math.min(now, finish[job] as number)
    const still: number[] = []
    for (const job of running) {
      if ((finish[job] as number) > now) {
        still.push(job)
        continue
      }
      for (let w = 0; w < words; w++) left[w] = (left[w] as number) + (need[job * words + w] as number)
      for (let e = afterStart[job] as number; e < (afterStart[job + 1] as number); e++) {
        const next = after[e] as number
        waits[next] = (waits[next] as number) - 1
        if (waits[next] === 0) insertByRank(open, next, rank)
      }
    }
    running = still
  }
  return now
}

function insertByRank(open: number[], job: number, rank: Int32Array): void {
  let at = open.length
  while (at > 0 && (rank[open[at - 1] as number] as number) > (rank[job] as number)) at--
  open.splice(at, 0, job)
}

function fits(left: Int32Array, need: Int32Array, guard: Int32Array, job: number, words: number): boolean {
  for (let w = 0; w < words; w++) {
    const wall = guard[w] as number
    if ((((left[w] as number) - (need[job * words + w] as number)) & wall) !== wall) return false
  }
  return true
}
