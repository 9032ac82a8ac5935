import type { Hash } from './digest.ts'
import type {
  Batch,
  Change,
  Errand,
  Filter,
  Head,
  Receipt,
  Seq,
  Session,
  Store,
  StoreReader,
  Version,
} from './store.ts'

type Rows = Map<string, Version>

const BEGINNING: Head = { seq: 0, hash: '', at: '1970-01-01T00:00:00.000Z' }

/**
 * A ledger's store in memory: for tests, files at the command line, demo data, and forks. Over a `base` it holds only
 * what differs from that reader's present (`base.head` fixed at the moment of forking); without one it holds all.
 */
export function memoryStore(
  hashBytes: (bytes: Uint8Array) => string,
  base?: { reader: StoreReader; head: Head },
): Store {
  const kept = new MemoryRows(base)
  const blobs = new Map<string, Uint8Array>()
  const listeners = new Set<(seq: Seq) => void>()
  let last: Promise<unknown> = Promise.resolve()
  const reader = kept.reader(async (hash) => blobs.get(hash) ?? (await base?.reader.blob(hash)))
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
  return {
    read: (_scope, work) => work(reader),
    transact: (work) =>
      inTurn(async () => {
        const before = kept.head.seq
        const result = await work(kept.session(reader), kept.head)
        if (kept.head.seq > before) for (const listener of listeners) listener(kept.head.seq)
        return result
      }),
    keep: async (bytes) => {
      const hash = hashBytes(bytes)
      blobs.set(hash, bytes)
      return hash
    },
    onCommit: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => undefined,
  }
}

/** What a fork holds beside its base: the rows whose current version differs, null for removed ones. */
class MemoryRows {
  head: Head
  readonly #base: { reader: StoreReader; head: Head } | undefined
  readonly #now = new Map<string, Rows>()
  readonly #gone = new Map<string, Set<string>>()
  readonly #past = new Map<string, Version[]>()
  readonly #began = new Map<Seq, Version[]>()
  readonly #ended = new Map<Seq, Version[]>()
  readonly #unique = new Map<string, Version>()
  readonly #changes: Change[] = []
  readonly #touch = new Map<string, Seq>()
  readonly #errands = new Map<string, Errand>()
  readonly #receipts = new Map<string, Receipt>()

  constructor(base?: { reader: StoreReader; head: Head }) {
    this.#base = base
    this.head = base?.head ?? BEGINNING
  }

  reader(blob: StoreReader['blob']): StoreReader {
    const base = this.#base
    const inBase = (at: Seq | undefined) => base && at !== undefined && at <= base.head.seq
    return {
      head: async () => this.head,
      blob,
      get: async (kind, ids, at) => {
        if (inBase(at)) return (await base?.reader.get(kind, ids, at)) ?? []
        const mine = ids.flatMap((id) => this.#at(kind, id, at) ?? [])
        const others = base ? ids.filter((id) => !this.#knows(kind, id)) : []
        return byId([...mine, ...(others.length ? ((await base?.reader.get(kind, others)) ?? []) : [])])
      },
      list: async (kind, filter, at) => {
        if (inBase(at)) return (await base?.reader.list(kind, filter, at)) ?? []
        const under = ((await base?.reader.list(kind, filter)) ?? []).filter((v) => !this.#knows(kind, v.id))
        return byId([...under, ...this.#rowsAt(kind, at).filter((version) => matches(version, filter))])
      },
      byUniqueKeys: async (kind, keys) => {
        const mine = keys.flatMap((key) => this.#unique.get(`${kind}/${key}`) ?? [])
        const under = (await base?.reader.byUniqueKeys(kind, keys)) ?? []
        return [...mine, ...under.filter((version) => !this.#knows(kind, version.id))]
      },
      lastTouch: async (kinds, project) => {
        const mine = Math.max(0, ...kinds.map((kind) => this.#touch.get(touchKey(kind, project)) ?? 0))
        return mine || ((await base?.reader.lastTouch(kinds, project)) ?? 0)
      },
      written: async (after, until, limit) => {
        const own = this.#written(after, until, limit ?? Number.POSITIVE_INFINITY)
        if (!base || after >= base.head.seq) return own
        const under = await base.reader.written(after, Math.min(until, base.head.seq), limit)
        const joined = (mine: Version[], theirs: Version[]) => [...theirs, ...mine].slice(0, limit)
        return { began: joined(own.began, under.began), ended: joined(own.ended, under.ended) }
      },
      changes: async (after, limit, until) => {
        const own = this.#changes.filter((c) => c.seq > after && (until === undefined || c.seq <= until))
        const under =
          base && after < base.head.seq
            ? await base.reader.changes(after, limit, Math.min(until ?? base.head.seq, base.head.seq))
            : []
        return [...under, ...own].slice(0, limit)
      },
      seqAt: async (instant) => {
        const own = this.#changes.findLast((change) => change.at <= instant)?.seq
        return own ?? (await base?.reader.seqAt(instant)) ?? 0
      },
      history: async (kind, id) => {
        const own = this.#past.get(`${kind}/${id}`) ?? []
        const mine = new Set(own.map(({ fromSeq }) => fromSeq))
        const under = ((await base?.reader.history(kind, id)) ?? []).filter((v) => !mine.has(v.fromSeq))
        return [...under, ...own]
      },
      errands: async (state) =>
        [...this.#errands.values()].filter((e) => state === undefined || e.state === state),
    }
  }

  session(reader: StoreReader): Session {
    return {
      ...reader,
      receipt: async (actor, key) => this.#receipts.get(`${actor}/${key}`),
      append: async (batch) => this.#append(batch, await this.#underneath(batch)),
      erase: async ({ versions, changes }) => {
        for (const version of versions) this.#replace(version)
        for (const change of changes) {
          this.#changes.splice(
            this.#changes.findIndex((c) => c.seq === change.seq),
            1,
            change,
          )
        }
      },
    }
  }

  #knows(kind: string, id: string): boolean {
    return this.#now.get(kind)?.has(id) || this.#gone.get(kind)?.has(id) || false
  }

  #at(kind: string, id: string, at?: Seq): Version | undefined {
    if (at === undefined || at >= this.head.seq) return this.#now.get(kind)?.get(id)
    return this.#past.get(`${kind}/${id}`)?.find((v) => v.fromSeq <= at && (v.toSeq === null || v.toSeq > at))
  }

  #rowsAt(kind: string, at?: Seq): Version[] {
    if (at === undefined || at >= this.head.seq) return [...(this.#now.get(kind)?.values() ?? [])]
    const ids = new Set([...(this.#now.get(kind)?.keys() ?? []), ...(this.#gone.get(kind) ?? [])])
    return [...ids].flatMap((id) => this.#at(kind, id, at) ?? [])
  }

  #written(after: Seq, until: Seq, limit: number): { began: Version[]; ended: Version[] } {
    const seqs = this.#changes.map((change) => change.seq).filter((seq) => seq > after && seq <= until)
    const of = (lists: Map<Seq, Version[]>) => seqs.flatMap((seq) => lists.get(seq) ?? []).slice(0, limit)
    return { began: of(this.#began), ended: of(this.#ended) }
  }

  /** The rows of the base that this batch replaces for the first time. */
  async #underneath({ writes }: Batch): Promise<Map<string, Version>> {
    const ids = new Map<string, string[]>()
    for (const write of this.#base ? writes : []) {
      if (!('put' in write) || this.#knows(write.put.kind, write.put.id)) continue
      const { kind, id } = write.put
      push(ids, kind, id)
    }
    const found = new Map<string, Version>()
    for (const [kind, list] of ids)
      for (const version of (await this.#base?.reader.get(kind, list)) ?? [])
        found.set(`${kind}/${version.id}`, version)
    return found
  }

  #append(batch: Batch, under: ReadonlyMap<string, Version>): void {
    for (const write of batch.writes) this.#write(write, under)
    // What one action of the batch made and a later one removed arrives as a version that has ended already.
    for (const write of batch.writes)
      if ('put' in write && write.put.toSeq !== null) this.#end(write.put, write.put.toSeq)
    for (const change of batch.changes) this.#changes.push(change)
    for (const errand of batch.errands) this.#errands.set(errand.id, errand)
    for (const receipt of batch.receipts) this.#receipts.set(`${receipt.actor}/${receipt.key}`, receipt)
    for (const errand of this.#errands.values()) {
      const open = errand.state === 'waiting' || errand.state === 'toApprove'
      if (open && batch.cancelErrandsOf.includes(errand.seq))
        this.#errands.set(errand.id, { ...errand, state: 'cancelled' })
    }
    const change = batch.changes.at(-1)
    if (change) this.head = { seq: change.seq, hash: change.hash, at: change.at }
  }

  #write(write: Batch['writes'][number], under: ReadonlyMap<string, Version>): void {
    const version = 'put' in write ? write.put : write.remove
    const { kind, id } = version
    const rows = this.#now.get(kind) ?? new Map<string, Version>()
    this.#now.set(kind, rows)
    // For a removal, `toSeq` carries the number of the removing change.
    const seq = 'put' in write ? version.fromSeq : (version.toSeq ?? 0)
    const ofBase = this.#knows(kind, id) ? undefined : under.get(`${kind}/${id}`)
    const before = rows.get(id) ?? ('remove' in write ? version : ofBase)
    if (before) this.#close(before, seq)
    if ('put' in write) {
      rows.set(id, version)
      this.#gone.get(kind)?.delete(id)
      push(this.#past, `${kind}/${id}`, version)
      push(this.#began, seq, version)
      if (version.uniqueKey !== null) this.#unique.set(`${kind}/${version.uniqueKey}`, version)
    } else {
      rows.delete(id)
      this.#gone.set(kind, (this.#gone.get(kind) ?? new Set()).add(id))
    }
    this.#touch.set(touchKey(kind), seq)
    for (const project of new Set([version.project, before?.project])) {
      if (project !== undefined) this.#touch.set(touchKey(kind, project), seq)
    }
  }

  /** Ends a version that nothing has replaced. */
  #end(version: Version, seq: Seq): void {
    const rows = this.#now.get(version.kind)
    if (rows?.get(version.id)?.fromSeq !== version.fromSeq) return
    rows.delete(version.id)
    this.#gone.set(version.kind, (this.#gone.get(version.kind) ?? new Set()).add(version.id))
    this.#close(version, seq)
  }

  #close(before: Version, seq: Seq): void {
    const closed = { ...before, toSeq: seq }
    push(this.#ended, seq, closed)
    // A row of the base: from here on it is known, so that the time before this change finds it here.
    const key = `${before.kind}/${before.id}`
    if (!this.#past.get(key)?.some(({ fromSeq }) => fromSeq === before.fromSeq)) push(this.#past, key, closed)
    this.#replace(closed)
    if (
      before.uniqueKey !== null &&
      this.#unique.get(`${before.kind}/${before.uniqueKey}`)?.id === before.id
    ) {
      this.#unique.delete(`${before.kind}/${before.uniqueKey}`)
    }
  }

  /** Puts a changed copy of a stored version wherever that version stands. */
  #replace(version: Version): void {
    const same = (other: Version) => other.id === version.id && other.fromSeq === version.fromSeq
    const lists = [
      this.#past.get(`${version.kind}/${version.id}`),
      this.#began.get(version.fromSeq),
      this.#ended.get(version.toSeq ?? -1),
    ]
    for (const list of lists) {
      const index = list?.findIndex((other) => other.kind === version.kind && same(other)) ?? -1
      if (index >= 0) list?.splice(index, 1, version)
    }
    const now = this.#now.get(version.kind)
    const current = now?.get(version.id)
    if (current && same(current) && version.toSeq === null) now?.set(version.id, version)
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function touchKey(kind: string, project?: string | null): string {
  return project === undefined ? kind : `${kind}/${project}`
}

/** Whether a version belongs to what a filter asks for. */
export function matches(version: Version, filter: Filter): boolean {
  if (filter.project !== undefined && version.project !== filter.project) return false
  const { projects, index } = filter
  if (projects && projects !== 'all' && version.project !== null && !projects.has(version.project))
    return false
  if (!index) return true
  const value = version.indexKeys[index.slot]
  return value !== null && value !== undefined && index.values.includes(value)
}

function byId(versions: Version[]): Version[] {
  return versions.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** SHA-256 of text from a hash of bytes, as ledgers want it. */
export function textHash(hashBytes: (bytes: Uint8Array) => string): Hash {
  const encoder = new TextEncoder()
  return (text) => hashBytes(encoder.encode(text))
}
