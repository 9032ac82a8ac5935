import type { GeneticSettings } from './genetic.ts'

/** Population by number of schedules; between them by the logarithm. */
const POPULATIONS: readonly (readonly [schedules: number, population: number])[] = [
  [200, 6],
  [1_000, 14],
  [5_000, 50],
  [50_000, 235],
  [400_000, 700],
  [4_000_000, 2_000],
]

/** Settings found by trial on a part of PSPLIB; `schedules` is the budget, `count` the number of jobs. */
export function settingsFor(schedules: number, count: number): GeneticSettings {
  const small = count < 100
  return {
    population: populationFor(schedules),
    samples: 1,
    parallelShare: small ? 0.4 : 0.6,
    blur: 0.6,
    children: 2,
    windowFrom: 0.1,
    windowTo: small ? 0.4 : 0.2,
    mutation: small ? 0.5 : 0,
    moves: 3,
    peakTries: 0,
    acceptWorse: 1,
    tournament: 3,
    patience: 60,
  }
}

function populationFor(schedules: number): number {
  const first = POPULATIONS[0] as readonly [number, number]
  const last = POPULATIONS[POPULATIONS.length - 1] as readonly [number, number]
  if (schedules <= first[0]) return Math.max(2, Math.min(first[1], schedules >> 2))
  for (let k = 1; k < POPULATIONS.length; k++) {
    const [low, fewer] = POPULATIONS[k - 1] as readonly [number, number]
    const [high, more] = POPULATIONS[k] as readonly [number, number]
    if (schedules > high) continue
    const way = Math.log(schedules / low) / Math.log(high / low)
    return Math.round(fewer * (more / fewer) ** way)
  }
  return last[1]
}
