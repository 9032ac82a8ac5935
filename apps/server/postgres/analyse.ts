import pg from 'pg'
import type { Seq } from '../../../kernel/ledger/store.ts'
import type { Connection } from './database.ts'

/** Keeps the planner's figures fresh while a workspace grows. */
export type Analyser = { noteCommit(seq: Seq, rows: number): void; close(): Promise<void> }

const STEPS = [1_000, 10_000, 100_000]
const ROWS_OF_AN_IMPORT = 2_000

/**
 * Has the figures taken again after imports and when a workspace reaches 1,000, 10,000 and 100,000 changes:
 * autovacuum looks only once a minute, and a plan made for a small table reads a large one whole.
 */
export function analyser(owner: Connection | undefined): Analyser {
  const state = { before: 0 as Seq, last: Promise.resolve() }
  return {
    noteCommit(seq, rows) {
      const passed = STEPS.some((step) => state.before < step && seq >= step && state.before > 0)
      state.before = seq
      if (!owner || !(passed || rows >= ROWS_OF_AN_IMPORT)) return
      state.last = state.last.then(() => analyse(owner))
    },
    close: () => state.last,
  }
}

async function analyse(owner: Connection): Promise<void> {
  const client = new pg.Client(owner)
  try {
    await client.connect()
    await client.query('analyze helmward.change, helmward.version, helmward.head')
  } catch {
    // Only speed is at stake, and autovacuum will do the same.
  } finally {
    await client.end().catch(() => undefined)
  }
}
