import type { GeneticSettings } from './genetic.ts'

/** Population by number of schedules; between them by the logarithm. */
const POPULATIONS: readonly (readonly [schedules: number, population: number])[] = [
  [200, 6],
  [1_000, 22],
  [5_000, 50],
  [50_000, 235],
  [400_000, 700],
  [4_000_000, 2_000],
]

/** Settings found by trial on a part of PSPLIB; `schedules` is the budget, `count` the number of jobs. */
export function settingsFor(schedules: number, count: number): GeneticSettings {
  const brief = schedules < 2_500
  const common = {
    children: 2,
    moves: 3,
    tournament: 3,
    patience: 60,
    acceptWorse: 1,
    peakTries: 0,
    backShare: 0.5,
    scarcity: 5,
    contrast: 0.5,
  }
  if (count < 45)
    return {
      ...common,
      population: Math.min(40, populationFor(schedules)),
      samples: 1,
      parallelShare: 0.4,
      blur: 1,
      children: 4,
      windowFrom: 0.1,
      windowTo: 0.7,
      mutation: 0.5,
      peakTries: 2,
      acceptWorse: 0.5,
      patience: 10,
    }
  if (count < 90)
    return {
      ...common,
      population: brief ? Math.min(14, populationFor(schedules)) : populationFor(schedules),
      samples: brief ? 3 : 1,
      parallelShare: brief ? 0.7 : 0.4,
      blur: brief ? 0.3 : 0.6,
      windowFrom: 0.1,
      windowTo: 0.4,
      mutation: 0.5,
    }
  return {
    ...common,
    population: populationFor(schedules),
    samples: brief ? 4 : 1,
    parallelShare: schedules < 20_000 ? 1 : 0.2,
    blur: brief ? 0.12 : 0.6,
    windowFrom: schedules < 20_000 ? 0.1 : 0.05,
    windowTo: brief ? 0.5 : 0.4,
    mutation: brief ? 0 : 0.35,
    scarcity: schedules < 20_000 ? 10 : 5,
    contrast: brief ? 0.6 : 0.5,
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
