import type { Read } from '../../../kernel/ledger/tx.ts'
import { readPlan } from './plan.ts'
import { computeRows } from './view.ts'

/**
 * Refuses a plan that could not be scheduled any more (a circle of links, a link between a summary task and its own
 * child …), so that no door can leave such a plan behind.
 */
export async function refuseUnsound(read: Read, project: string): Promise<void> {
  computeRows(await readPlan(read, project))
}
