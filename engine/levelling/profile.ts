/** How much of a resource is taken at every moment: steps, `loads[k]` from `times[k]` to `times[k + 1]`. */
export type Profile = {
  readonly capacity: number
  readonly times: number[]
  readonly loads: number[]
}

export function newProfile(capacity: number): Profile {
  return { capacity, times: [Number.NEGATIVE_INFINITY], loads: [0] }
}

/** Takes `amount` from one moment to another. */
export function take(profile: Profile, from: number, to: number, amount: number): void {
  if (!(to > from)) return
  const first = cutAt(profile, from)
  const end = cutAt(profile, to)
  for (let k = first; k < end; k++) profile.loads[k] = (profile.loads[k] as number) + amount
}

/**
 * The moment at which the last obstacle to `amount` from one moment to another is over, or undefined when there is
 * room. Beginning before that moment helps only whoever is shorter.
 */
export function clashUntil(profile: Profile, from: number, to: number, amount: number): number | undefined {
  const { times, loads, capacity } = profile
  const room = capacity - amount
  for (let k = stepAt(times, from); k < times.length && (times[k] as number) < to; k++) {
    if ((loads[k] as number) <= room) continue
    while (k < loads.length && (loads[k] as number) > room) k++
    return times[k] ?? Number.POSITIVE_INFINITY
  }
  return undefined
}

/** The step that begins at this moment, made when there is none. */
function cutAt({ times, loads }: Profile, at: number): number {
  const k = stepAt(times, at)
  if (times[k] === at) return k
  times.splice(k + 1, 0, at)
  loads.splice(k + 1, 0, loads[k] as number)
  return k + 1
}

/** The step that a moment lies in. */
export function stepAt(times: readonly number[], at: number): number {
  let low = 0
  let high = times.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) <= at) low = middle
    else high = middle
  }
  return low
}
