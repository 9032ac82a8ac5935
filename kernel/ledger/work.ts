import type { Action } from '../action.ts'
import type { Request } from './request.ts'
import type { Seq, Session } from './store.ts'
import type { Tx } from './tx.ts'
import type { Draught, Writing } from './write.ts'

/** Undoing needs the permission of the action that is undone, at every row that it wrote. */
export const JUDGED_ROW_BY_ROW = ''

/** What came of an action: the number of its change, its answer, and the rows it wrote or removed. */
export type Outcome = {
  /** The change that was written; the head before it when nothing changed. */
  readonly seq: Seq
  readonly output: unknown
  readonly wrote: readonly { kind: string; id: string; removed: boolean }[]
  /** True when an idempotency key repeated an earlier answer. */
  readonly repeated: boolean
}

/** An action ready to run inside a group transaction. */
export type Work = {
  readonly request: Request
  readonly action: Pick<Action, 'name' | 'allow' | 'alsoWrites' | 'input' | 'final'>
  readonly input: unknown
  readonly execute: (tx: Tx, deeper: Deeper) => Promise<unknown>
  readonly undoes?: Seq
  /** What prepared work has read, and at which change; it runs only if none of that was touched since. */
  readonly restsOn?: {
    readonly seq: Seq
    readonly kinds: readonly { kind: string; project: string | null | undefined }[]
  }
}

/** What undoing needs below the handle that rooms get. */
export type Deeper = { readonly session: Session; readonly writing: Writing; readonly draught: Draught }
