import type { Tx } from '../../../kernel/ledger/tx.ts'
import { Task } from '../schedule.model.ts'
import { childrenOf } from '../schedule.rules/outline.ts'
import { ranksInRow } from '../schedule.rules/rank.ts'

/** Each row that goes between the same two makes its rank longer; a rank may have 200 characters. */
const LONG_RANK = 60

/** Gives siblings fresh ranks in their order where one of those just written has become long. */
export async function spreadLongRanks(tx: Tx, project: string, written: readonly string[]): Promise<void> {
  if (written.every((rank) => rank.length <= LONG_RANK)) return
  for (const siblings of childrenOf(await tx.all(Task, { project })).values()) {
    if (siblings.every(({ rank }) => rank.length <= LONG_RANK)) continue
    const ranks = ranksInRow(siblings.length)
    await tx.changeAll(
      Task,
      siblings.map((row, index) => ({ row, patch: { rank: ranks[index] ?? row.rank } })),
    )
  }
}
