import type { Json } from '../canonical.ts'

/** Number of a change; changes of a workspace are numbered 1, 2, 3 … without gaps. 0 is the empty beginning. */
export type Seq = number

/**
 * Salted leaves of personal fields (in a version's body) or personal paths (in a change's input).
 * `salt` is null once everything was erased; `erased` keeps the leaf where a value stood, so that digests still agree.
 */
export type Seal = {
  readonly salt: string | null
  readonly fields: readonly string[]
  readonly erased: Readonly<Record<string, string>>
}

/** What was true of one record from one change up to (not including) another. */
export type Version = {
  readonly kind: string
  readonly id: string
  readonly project: string | null
  readonly fromSeq: Seq
  /** null while it is what is true now */
  readonly toSeq: Seq | null
  readonly body: Readonly<Record<string, Json>>
  /** Digest over kind, id, project, body and leaves; '' where the ledger has no hash (browser). */
  readonly digest: string
  readonly seal: Seal | null
  /** Current rows of a kind have different values here; null when the kind has no unique key. */
  readonly uniqueKey: string | null
  /** Values of the record's `index` fields, in that order, at most three; null where the field is empty. */
  readonly indexKeys: readonly (string | null)[]
}

/** What was done, by whom, through which door. */
export type Change = {
  readonly seq: Seq
  /** Instant (ISO 8601, UTC, milliseconds); never earlier than that of the change before. */
  readonly at: string
  /** Kind and id only: names are personal and are looked up when read. */
  readonly actor: { readonly kind: string; readonly id: string }
  readonly via: string
  readonly action: string
  readonly input: Json
  readonly inputSeal: Seal | null
  readonly undoes: Seq | null
  readonly prevHash: string
  readonly hash: string
}

/**
 * A row to write. `put`: a new version, which closes the current one of its kind and id at its `fromSeq` (a `put` that a
 * later write of the same batch replaces already carries its `toSeq`). `remove`: the version to close at its `toSeq`.
 */
export type Write = { readonly put: Version } | { readonly remove: Version }

/** A message to the world outside, performed by a worker after commit, never inside an action. */
export type Errand = {
  readonly id: string
  readonly seq: Seq
  readonly kind: string
  readonly payload: Json
  /** Goes to someone who is not a member, or carries a report: waits for a person's approval. */
  readonly outward: boolean
  readonly state: 'waiting' | 'toApprove' | 'sent' | 'failed' | 'cancelled'
}

/** The answer that an idempotency key repeats. */
export type Receipt = {
  readonly key: string
  readonly actor: string
  readonly action: string
  readonly inputDigest: string
  readonly seq: Seq
  readonly output: Json
}

/** Everything that one group of actions leaves behind; written whole or not at all. */
export type Batch = {
  readonly changes: readonly Change[]
  readonly writes: readonly Write[]
  readonly errands: readonly Errand[]
  readonly receipts: readonly Receipt[]
  /** Changes whose errands, if still waiting, are cancelled (they were undone). */
  readonly cancelErrandsOf: readonly Seq[]
}

export type Filter = {
  /** Rows of this project; null = rows that belong to no project; absent = both. */
  readonly project?: string | null
  /** Rows without a project and rows of these projects; absent or 'all' = every project. */
  readonly projects?: ReadonlySet<string> | 'all'
  /** Rows whose indexed field (position in the record's `index`) has one of these values. */
  readonly index?: { readonly slot: number; readonly field: string; readonly values: readonly string[] }
}

export type Head = { readonly seq: Seq; readonly hash: string; readonly at: string }

/** Reads versions: now, or as they stood right after change `at`. Order of answers is by id. */
export interface StoreReader {
  /** The last change. */
  head(): Promise<Head>
  get(kind: string, ids: readonly string[], at?: Seq): Promise<Version[]>
  list(kind: string, filter: Filter, at?: Seq): Promise<Version[]>
  /** The current rows with these unique keys. */
  byUniqueKeys(kind: string, uniqueKeys: readonly string[]): Promise<Version[]>
  /** The last change that touched these kinds (of one project, or of any when absent); 0 when none did. */
  lastTouch(kinds: readonly string[], project?: string | null): Promise<Seq>
  /**
   * Versions that began (`fromSeq`) and versions that ended (`toSeq`) with numbers above `after` up to `until`, in two
   * range reads, each in order of that number and bounded by `limit`.
   */
  written(after: Seq, until: Seq, limit?: number): Promise<{ began: Version[]; ended: Version[] }>
  /** Changes with numbers above `after` and up to `until`, in order. */
  changes(after: Seq, limit: number, until?: Seq): Promise<Change[]>
  /** The last change at or before an instant; 0 before the first. */
  seqAt(instant: string): Promise<Seq>
  /** All versions of one record, oldest first. */
  history(kind: string, id: string): Promise<Version[]>
  errands(state?: Errand['state']): Promise<Errand[]>
  blob(hash: string): Promise<Uint8Array | undefined>
}

/** One transaction of the only writer of a workspace at that moment. */
export interface Session extends StoreReader {
  receipt(actor: string, key: string): Promise<Receipt | undefined>
  /** Called at most once. Reads after it see what it wrote. */
  append(batch: Batch): Promise<void>
  /**
   * Replaces bodies and seals of stored versions and inputs of stored changes, and notes the erasure for replay
   * after a restore. The only call that touches the past; used by erasing a person, whose leaves stay.
   */
  erase(erasure: {
    versions: readonly Version[]
    changes: readonly Change[]
    note: { kind: string; id: string; seq: Seq }
  }): Promise<void>
}

/** For whom a reading transaction is opened: the second wall (row-level security) is set to these projects. */
export type Scope = { readonly projects: ReadonlySet<string> | 'all' }

/**
 * Where a workspace's ledger is kept. One ledger logic stands above it; memory and PostgreSQL stand below, and both
 * pass one contract test. A store knows nothing of rooms, rights or rules.
 */
export interface Store {
  /** A consistent reading of one moment. */
  read<T>(scope: Scope, work: (reader: StoreReader) => Promise<T>): Promise<T>
  /**
   * Opens a transaction that holds the workspace's write lock until it has committed. When `work` throws, nothing is
   * written. `work` receives the head that was read under the lock.
   */
  transact<T>(work: (session: Session, head: Head) => Promise<T>): Promise<T>
  /** Keeps bytes under their SHA-256 (hex); the same bytes are kept once. */
  keep(bytes: Uint8Array): Promise<string>
  /** Calls back after each commit, from whatever process, with the last change's number. Returns how to stop. */
  onCommit(listener: (seq: Seq) => void): () => void
  close(): Promise<void>
}

/** A reader that stays at one moment of a store however long it lives; each call is a transaction of its own. */
export function pinned(store: Store, head: Head): StoreReader {
  const read = <T>(work: (reader: StoreReader) => Promise<T>) => store.read({ projects: 'all' }, work)
  return {
    head: async () => head,
    get: (kind, ids, at) => read((reader) => reader.get(kind, ids, at ?? head.seq)),
    list: (kind, filter, at) => read((reader) => reader.list(kind, filter, at ?? head.seq)),
    // Keys that were freed since are not found again: a fork may then take one that its base held at that moment.
    byUniqueKeys: (kind, keys) =>
      read(async (reader) =>
        (await reader.byUniqueKeys(kind, keys)).filter((version) => version.fromSeq <= head.seq),
      ),
    lastTouch: (kinds, project) =>
      read(async (reader) => Math.min(head.seq, await reader.lastTouch(kinds, project))),
    written: (after, until, limit) =>
      read((reader) => reader.written(after, Math.min(until, head.seq), limit)),
    changes: (after, limit, until) =>
      read((reader) => reader.changes(after, limit, Math.min(until ?? head.seq, head.seq))),
    seqAt: (instant) => read(async (reader) => Math.min(head.seq, await reader.seqAt(instant))),
    history: (kind, id) =>
      read(async (reader) =>
        (await reader.history(kind, id)).filter((version) => version.fromSeq <= head.seq),
      ),
    errands: (state) => read((reader) => reader.errands(state)),
    blob: (hash) => read((reader) => reader.blob(hash)),
  }
}
