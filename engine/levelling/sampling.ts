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
  for (let i = 0; i < count; i++) waits[i] = (beforeStart[i + 1] as number) - (beforeStart[i] as number)
  finish.fill(-1)
  let running: number[] = []
  let open = Array.from(list)
  let now = 0
  let makespan = 0
  while (open.length > 0) {
    const later: number[] = []
    for (const job of open) {
      if (waits[job] !== 0 || !fits(left, need, guard, job, words)) {
        later.push(job)
        continue
      }
      for (let w = 0; w < words; w++) left[w] = (left[w] as number) - (need[job * words + w] as number)
      finish[job] = now + (duration[job] as number)
      running.push(job)
    }
    open = later
    now = running.reduce((soonest, job) => Math.min(soonest, finish[job] as number), core.horizon)
    makespan = Math.max(makespan, now)
    const still: number[] = []
    for (const job of running) {
      if ((finish[job] as number) > now) {
        still.push(job)
        continue
      }
      for (let w = 0; w < words; w++) left[w] = (left[w] as number) + (need[job * words + w] as number)
      for (let e = afterStart[job] as number; e < (afterStart[job + 1] as number); e++)
        waits[after[e] as number] = (waits[after[e] as number] as number) - 1
    }
    running = still
  }
  for (const job of running) makespan = Math.max(makespan, finish[job] as number)
  return makespan
}

function fits(left: Int32Array, need: Int32Array, guard: Int32Array, job: number, words: number): boolean {
  for (let w = 0; w < words; w++) {
    const wall = guard[w] as number
    if ((((left[w] as number) - (need[job * words + w] as number)) & wall) !== wall) return false
  }
  return true
}
