import type { Read } from '../../../kernel/ledger/tx.ts'
import { Baseline } from '../schedule.model.ts'
import { readBaseline } from './baseline.ts'
import { healthAnswer } from './health.ts'
import { readLimits, type SaidLimits } from './health-limits.ts'
import { computePlan } from './view.ts'

/** Which plan is checked, against which baseline (default: 0, else the lowest number), by which limits. */
export type CheckAsked = {
  readonly project: string
  readonly baseline?: number | undefined
  readonly thresholds?: SaidLimits | undefined
}

/** The health of a plan at the moment of reading, with the limits that hold for it. Refuses `baseline.missing`. */
export async function checkHealth(read: Read, { project, baseline, thresholds }: CheckAsked) {
  const computed = await computePlan(read, project)
  const taken = (await read.all(Baseline, { project })).map((row) => row.number)
  const number = baseline ?? taken.sort((a, b) => a - b)[0]
  const lines = number === undefined ? undefined : await readBaseline(read, project, number)
  const { settings, views } = await readLimits(read, project, thresholds)
  return {
    seq: read.seq,
    baseline: number ?? null,
    statusDate: computed.rows.project.statusDate ?? null,
    ...healthAnswer(computed, lines, settings),
    limits: views,
  }
}
