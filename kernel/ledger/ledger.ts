import type { AccessBook, Actor, Rights } from '../access.ts'
import type { Query } from '../action.ts'
import { Fault } from '../fault.ts'
import type { Registry } from '../registry.ts'
import { type AuditReport, verifyChain } from './audit.ts'
import { createMemo, type Memo } from './memo.ts'
import { memoryStore } from './memory.ts'
import { answeredBefore, performGroup } from './perform.ts'
import { prepareWork } from './prepare.ts'
import { checked, createRead, type OnRead, readBook, rightsOf } from './read.ts'
import type { LedgerOptions, Request } from './request.ts'
import { type News, newsSince } from './since.ts'
import { pinned, type Seq, type StoreReader } from './store.ts'
import type { Read } from './tx.ts'
import { undoWork } from './undo.ts'
import type { Outcome, Work } from './work.ts'

/** The moment at which a question is asked: after a change, or at an instant; absent = now. */
export type Moment = { readonly seq: Seq } | { readonly instant: string }

export type Ledger = {
  readonly registry: Registry
  /** Performs an action whole, or refuses and writes nothing. Resolves once it is durable. */
  perform(request: Request): Promise<Outcome>
  /** Puts back what stood before a change; refuses `change.overtaken`, `change.final`, `change.missing`. */
  undo(request: Omit<Request, 'action' | 'input'> & { seq: Seq }): Promise<Outcome>
  ask(actor: Actor, query: string, input: unknown, moment?: Moment): Promise<unknown>
  /** Runs a reading of one consistent moment, for documents and doors. */
  read<T>(actor: Actor, work: (read: Read) => Promise<T>, moment?: Moment): Promise<T>
  /** What an actor may see of the changes above `seq`. */
  since(actor: Actor, seq: Seq): Promise<News>
  /** A ledger in memory over this one's present: performs the same actions, writes nothing below. */
  fork(): Promise<Ledger>
  /** Recomputes every digest and hash; names the first bad change. */
  verify(onProgress?: (seq: Seq, of: Seq) => void): Promise<AuditReport>
  rights(actor: Actor): Promise<Rights>
  head(): Promise<Seq>
  keep(bytes: Uint8Array): Promise<string>
  onCommit(listener: (seq: Seq) => void): () => void
  close(): Promise<void>
}

/** After what is due now; browsers know only the slower way. */
const nextTurn = (resume: () => void) => {
  if (typeof setImmediate === 'function') setImmediate(resume)
  else setTimeout(resume, 0)
}

const MOST_IN_A_GROUP = 100
const TRIES_OF_PREPARED_WORK = 3

/** Builds the ledger of a workspace over a store. */
export function createLedger(options: LedgerOptions): Ledger {
  const { registry, store } = options
  const books = bookKeeper(registry)
  const memo = createMemo()
  const enqueue = writerQueue(options, books)
  const readAs: Ledger['read'] = (actor, work, moment) =>
    readAt({ ...options, memo }, books, actor, work, moment)
  const ledger: Ledger = {
    registry,
    perform: async (request) => {
      const action = registry.action(request.action)
      const input = checked(action.input, request.input, action.name)
      if (!action.prepare)
        return enqueue({ request, action, input, execute: (tx) => action.run(tx, input, undefined) })
      const before = await answeredBefore(options, books, { request, action, input })
      if (before) return before
      for (let attempt = 1; ; attempt += 1) {
        const prepared = await prepareWork({
          registry,
          action,
          input,
          request,
          read: (actor, reading, onRead) => readAt({ ...options, memo, onRead }, books, actor, reading),
          keep: store.keep,
          newId: options.newId,
          print: options.print,
        })
        try {
          return await enqueue(prepared)
        } catch (error) {
          if (!(error instanceof Fault) || error.code !== 'change.moved' || attempt >= TRIES_OF_PREPARED_WORK)
            throw error
        }
      }
    },
    undo: async ({ seq, ...request }) =>
      enqueue(undoWork(registry, { ...request, action: 'change.undo', input: { seq } }, seq)),
    ask: (actor, name, input, moment) =>
      readAs(actor, (read) => askNamed(registry.query(name), read, input), moment),
    read: readAs,
    since: (actor, seq) =>
      store.read({ projects: 'all' }, async (reader) => {
        const book = await books(reader)
        return newsSince({ registry, reader, book, actor, rights: rightsOf(book, actor) }, seq)
      }),
    fork: async () => forkOf(options),
    verify: (onProgress) =>
      store.read({ projects: 'all' }, (reader) => verifyChain(reader, options.hash, onProgress)),
    rights: (actor) =>
      store.read({ projects: 'all' }, async (reader) => rightsOf(await books(reader), actor)),
    head: () => store.read({ projects: 'all' }, async (reader) => (await reader.head()).seq),
    keep: (bytes) => store.keep(bytes),
    onCommit: (listener) => store.onCommit(listener),
    close: () => store.close(),
  }
  return ledger
}

async function askNamed(query: Query, read: Read, input: unknown): Promise<unknown> {
  return read.ask(query, input)
}

/** Keeps the book of rights until a change touches the kinds that decide it. */
function bookKeeper(registry: Registry): (reader: StoreReader) => Promise<AccessBook> {
  let kept: { seq: Seq; book: AccessBook } | undefined
  const kinds = registry.access?.kinds ?? []
  return async (reader) => {
    const seq = kinds.length > 0 ? await reader.lastTouch(kinds) : 0
    if (kept?.seq === seq) return kept.book
    const book = await readBook(registry, reader)
    kept = { seq, book }
    return book
  }
}

async function readAt<T>(
  { registry, store, clock, memo, onRead }: LedgerOptions & { memo: Memo; onRead?: OnRead },
  books: (reader: StoreReader) => Promise<AccessBook>,
  actor: Actor,
  work: (read: Read) => Promise<T>,
  moment?: Moment,
): Promise<T> {
  const { rights, book } = await store.read({ projects: 'all' }, async (reader) => {
    const current = await books(reader)
    return { book: current, rights: rightsOf(current, actor) }
  })
  return store.read({ projects: rights.anywhere }, async (reader) => {
    const head = await reader.head()
    const past = moment && ('seq' in moment ? moment.seq : await reader.seqAt(moment.instant))
    const at = new Date(clock()).toISOString()
    const here = { registry, store: reader, present: reader, actor, rights, book, at, seq: head.seq, memo }
    const heard = onRead ? { ...here, onRead } : here
    return work(createRead(past === undefined || past >= head.seq ? heard : { ...heard, past }))
  })
}

/**
 * The one writer of this process: performs everything that waited during the last commit in one group transaction, so
 * that waiters share its cost; each action is buffered, so a refused one leaves nothing and disturbs nobody.
 */
function writerQueue(options: LedgerOptions, books: (reader: StoreReader) => Promise<AccessBook>) {
  const waiting: { work: Work; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }[] = []
  let running = false
  const drain = async () => {
    running = true
    while (waiting.length > 0) {
      // Lets callers that were just answered ask again before the group is taken: groups become twice as large.
      await new Promise<void>(nextTurn)
      const group = waiting.splice(0, MOST_IN_A_GROUP)
      const outcomes = await performGroup(
        options,
        books,
        group.map(({ work }) => work),
      )
      group.forEach((item, index) => {
        const outcome = outcomes[index]
        if (outcome && 'done' in outcome) item.resolve(outcome.done)
        else item.reject(outcome?.refused ?? new Error('the action was not performed'))
      })
    }
    running = false
  }
  return (work: Work): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      if (!running) void drain()
    })
}

async function forkOf(options: LedgerOptions): Promise<Ledger> {
  const { store, hashBytes } = options
  const head = await store.read({ projects: 'all' }, (reader) => reader.head())
  return createLedger({ ...options, store: memoryStore(hashBytes, { reader: pinned(store, head), head }) })
}

export type { AuditReport, Outcome, Request }
