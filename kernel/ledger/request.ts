import type { Actor } from '../access.ts'
import type { Preparing, Print } from '../action.ts'
import type { NewId } from '../id.ts'
import type { Registry } from '../registry.ts'
import type { Hash } from './digest.ts'
import type { Seq, Store } from './store.ts'

/** What a ledger is built from. */
export type LedgerOptions = {
  readonly registry: Registry
  readonly store: Store
  /** null only in the browser, which leaves the chain to the server */
  readonly hash: Hash
  readonly hashBytes: (bytes: Uint8Array) => string
  readonly clock: () => number
  readonly newId: NewId
  /** 16 random bytes as hex, for the leaves of personal fields. */
  readonly salt: () => string
  /** Prints documents for actions that freeze them; absent in the browser. */
  readonly print?: Print
}

/** One thing asked to be done. */
export type Request = {
  readonly actor: Actor
  readonly action: string
  readonly input: unknown
  /** The door: web, rest, cli, mcp, demo … */
  readonly via: string
  /** Asked again with the same key, the first answer is repeated and nothing is done twice. */
  readonly key?: string
  /** Rows as the caller saw them; refused with `change.stale` when one of them has changed since. */
  readonly expected?: readonly { kind: string; id: string; seq: Seq }[]
  readonly progress?: Preparing['progress']
  readonly signal?: AbortSignal
}
