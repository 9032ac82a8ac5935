/**
 * How often a law is tried, for fast-check. The same examples on every run; HELMWARD_PLANS=50 tries fifty times as
 * many with new seeds, HELMWARD_PLANS=0.1 a tenth of them and none made smaller (for runs that repeat the tests
 * thousands of times).
 */
export function lawRuns(numRuns: number): { numRuns: number; seed?: number; endOnFailure?: boolean } {
  if (TIMES > 1) return { numRuns: Math.round(numRuns * TIMES) }
  return { numRuns: Math.max(1, Math.ceil(numRuns * TIMES)), seed: SEED, endOnFailure: TIMES < 1 }
}

const SEED = 20_260_105
const TIMES = Number(process.env.HELMWARD_PLANS ?? 1)

/** A busy machine may take its time. */
export const LAW_TIMEOUT_MILLISECONDS = 60_000 * Math.max(1, TIMES)
