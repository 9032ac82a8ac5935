/** A source of chance that is the same for the same seed, everywhere. */
export type Random = {
  /** A whole number from 0 up to and without `limit`. */
  readonly below: (limit: number) => number
  /** From 0 up to and without 1. */
  readonly fraction: () => number
}

/** sfc32 (C. Doty-Humphrey, PractRand 2010): 128 bits of state, additions and shifts only. */
export function seededRandom(seed: number): Random {
  let a = seed | 0
  let b = (seed / 4_294_967_296) | 0
  let c = 0x9e3779b9 | 0
  let counter = 1
  const next = (): number => {
    const drawn = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + drawn) | 0
    return drawn >>> 0
  }
  for (let i = 0; i < 15; i++) next()
  return {
    below: (limit) => Math.floor(next() * limit * 2 ** -32),
    fraction: () => next() * 2 ** -32,
  }
}
