import type { Tx } from './tx.ts'
export type Action = (tx: Tx) => void
