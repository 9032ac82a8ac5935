import type { AccessBook } from '../access.ts'
import { canonical, type Json } from '../canonical.ts'
import { Fault } from '../fault.ts'
import { changeHash, erased, erasedInput, inputDigest, personalPaths } from './digest.ts'
import { checkIntegrity, checkRooms } from './integrity.ts'
import { type Layer, lay, through } from './overlay.ts'
import { demandSomewhere, readBook, rightsOf } from './read.ts'
import type { LedgerOptions, Request } from './request.ts'
import type {
  Batch,
  Change,
  Head,
  Receipt,
  Seal,
  Seq,
  Session,
  StoreReader,
  Version,
  Write,
} from './store.ts'
import { JUDGED_ROW_BY_ROW, type Outcome, type Work } from './work.ts'
import { createTx, type Draught, emptyDraught, type Writing } from './write.ts'

export type Result = { readonly done: Outcome } | { readonly refused: unknown }

type Group = {
  readonly layer: Layer
  readonly changes: Change[]
  readonly writes: Write[]
  readonly errands: Batch['errands'][number][]
  readonly receipts: Receipt[]
  readonly cancelErrandsOf: Seq[]
  readonly erasures: { seq: Seq; kind: string; ids: readonly string[] }[]
  head: Head
}

/**
 * Performs waiting actions in one transaction; when the store itself fails, each alone once more, unless the store
 * refuses with a Fault: after one of unknown outcome, doing it again could do it twice.
 */
export async function performGroup(
  options: LedgerOptions,
  books: (reader: StoreReader) => Promise<AccessBook>,
  works: readonly Work[],
): Promise<Result[]> {
  try {
    return await options.store.transact((session, head) => runGroup(options, books, session, head, works))
  } catch (error) {
    if (works.length === 1 || error instanceof Fault) return works.map(() => ({ refused: error }))
    const results: Result[] = []
    for (const work of works) results.push(...(await performGroup(options, books, [work])))
    return results
  }
}

async function runGroup(
  options: LedgerOptions,
  books: (reader: StoreReader) => Promise<AccessBook>,
  session: Session,
  head: Head,
  works: readonly Work[],
): Promise<Result[]> {
  const group: Group = {
    layer: new Map(),
    changes: [],
    writes: [],
    errands: [],
    receipts: [],
    cancelErrandsOf: [],
    erasures: [],
    head,
  }
  const results: Result[] = []
  for (const work of works) {
    try {
      const reader = { ...session, ...through(session, [group.layer]) }
      // Rights that an earlier action of this group changed count for the next one.
      const book = touchesAccess(options, group)
        ? await readBook(options.registry, reader)
        : await books(session)
      results.push({ done: await runOne(options, session, group, book, work) })
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      results.push({ refused: error })
    }
  }
  if (group.changes.length > 0 || group.receipts.length > 0) {
    const { changes, writes, errands, receipts, cancelErrandsOf } = group
    await session.append({ changes, writes, errands, receipts, cancelErrandsOf })
    for (const erasure of group.erasures) await erasePast(options, session, erasure)
  }
  return results
}

function touchesAccess({ registry }: LedgerOptions, group: Group): boolean {
  return (registry.access?.kinds ?? []).some((kind) => group.layer.has(kind))
}

async function runOne(
  options: LedgerOptions,
  session: Session,
  group: Group,
  book: AccessBook,
  work: Work,
): Promise<Outcome> {
  const { request, action } = work
  const rights = rightsOf(book, request.actor)
  if (action.allow !== JUDGED_ROW_BY_ROW) demandSomewhere(rights, action.allow)
  const digest = request.key === undefined ? '' : inputDigest(options.hash, work.input as Json, null)
  const repeated = await repeatOf(session, group.receipts, request, digest)
  if (repeated) return repeated
  const at = new Date(Math.max(options.clock(), Date.parse(group.head.at))).toISOString()
  const writing: Writing = {
    registry: options.registry,
    store: session,
    present: through(session, [group.layer]),
    actor: request.actor,
    rights,
    book,
    at,
    seq: group.head.seq,
    action,
    writeSeq: group.head.seq + 1,
    hash: options.hash,
    newId: options.newId,
    salt: options.salt,
  }
  await demandUnmoved(session, group, work)
  await demandFresh(writing, session, request)
  const draught = emptyDraught()
  const output = await work.execute(createTx(writing, draught), { session, writing, draught })
  await checkRooms(writing, draught)
  await checkIntegrity(writing, draught)
  return takeOver(options, group, writing, draught, work, output, digest)
}

/** The answer that a key repeats, looked up before long work is prepared anew; undefined when there is none. */
export async function answeredBefore(
  { store, hash }: LedgerOptions,
  books: (reader: StoreReader) => Promise<AccessBook>,
  { request, action, input }: Pick<Work, 'request' | 'action' | 'input'>,
): Promise<Outcome | undefined> {
  if (request.key === undefined) return undefined
  return store.transact(async (session) => {
    demandSomewhere(rightsOf(await books(session), request.actor), action.allow)
    return repeatOf(session, [], request, inputDigest(hash, input as Json, null))
  })
}

async function repeatOf(
  session: Session,
  waiting: readonly Receipt[],
  request: Request,
  digest: string,
): Promise<Outcome | undefined> {
  const { actor, key } = request
  if (key === undefined) return undefined
  const pending = waiting.find((receipt) => receipt.actor === actor.id && receipt.key === key)
  const receipt = pending ?? (await session.receipt(actor.id, key))
  if (!receipt) return undefined
  if (receipt.action !== request.action || receipt.inputDigest !== digest) {
    throw new Fault('key.reused', 'This idempotency key was used for something else.', { key })
  }
  return { seq: receipt.seq, output: receipt.output, wrote: [], repeated: true }
}

async function demandUnmoved(session: Session, group: Group, work: Work): Promise<void> {
  for (const { kind, project } of work.restsOn?.kinds ?? []) {
    const stored = await session.lastTouch([kind], project)
    if (stored <= (work.restsOn?.seq ?? 0) && !group.layer.has(kind)) continue
    throw new Fault('change.moved', 'What this work rests on has changed meanwhile.', {
      kind,
      changedBy: stored,
    })
  }
}

/** Refuses `change.stale` when a row has changed since the caller saw it, with what changed and by whom. */
async function demandFresh(writing: Writing, session: Session, request: Request): Promise<void> {
  for (const { kind, id, seq } of request.expected ?? []) {
    const record = writing.registry.record(kind)
    const [current] = await writing.present.get(kind, [id])
    if (current?.fromSeq === seq) continue
    const permission = `${writing.registry.roomOfKind(kind)}.read`
    const [seen] = await session.get(kind, [id], seq)
    const visible = writing.rights.allows(permission, current?.project ?? seen?.project ?? null)
    if (!visible || (!current && !seen))
      throw new Fault(`${kind}.missing`, `${record.title} not found.`, { kind, ids: [id] })
    const [change] = current ? await session.changes(current.fromSeq - 1, 1) : []
    const by = change ? (writing.book.nameOf(change.actor.id) ?? 'someone') : 'someone'
    throw new Fault('change.stale', `${by} has changed this ${record.title.toLowerCase()} meanwhile.`, {
      kind,
      id,
      expected: seq,
      current: current?.fromSeq ?? null,
      by,
      at: change?.at ?? null,
      fields: differences(seen?.body ?? {}, current?.body ?? {}, Object.keys(record.visible)),
    })
  }
}

function differences(was: Version['body'], is: Version['body'], hidden: readonly string[]) {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => !hidden.includes(name),
  )
  const changed = names.filter((name) => canonical(was[name] ?? null) !== canonical(is[name] ?? null))
  return Object.fromEntries(changed.map((name) => [name, { was: was[name] ?? null, is: is[name] ?? null }]))
}

/** Takes what one action wrote over into the group: numbers it, chains it, and answers. */
function takeOver(
  options: LedgerOptions,
  group: Group,
  writing: Writing,
  draught: Draught,
  work: Work,
  output: unknown,
  digest: string,
): Outcome {
  const { request, action } = work
  const began: Version[] = []
  const ended: Version[] = []
  for (const [kind, rows] of draught.layer) {
    for (const [id, version] of rows) {
      const before = draught.before.get(`${kind}/${id}`)
      if (version) began.push(version)
      if (before) ended.push({ ...before, toSeq: writing.writeSeq })
    }
  }
  const wrote = [
    ...began.map((v) => ({ v, removed: false })),
    ...removedOf(ended, began).map((v) => ({ v, removed: true })),
  ]
  const isEmpty = wrote.length === 0 && draught.errands.length === 0 && draught.erasures.length === 0
  const seq = isEmpty ? group.head.seq : writing.writeSeq
  if (request.key !== undefined) {
    const { actor, key } = request
    group.receipts.push({
      key,
      actor: actor.id,
      action: request.action,
      inputDigest: digest,
      seq,
      output: (output ?? null) as Json,
    })
  }
  if (!isEmpty) {
    const paths = personalPaths(action.input, work.input)
    const inputSeal: Seal | null =
      paths.length > 0 ? { salt: options.salt(), fields: paths, erased: {} } : null
    const unhashed = {
      seq,
      at: writing.at,
      actor: { kind: request.actor.kind, id: request.actor.id },
      via: request.via,
      action: action.name,
      input: work.input as Json,
      inputSeal,
      undoes: work.undoes ?? null,
      prevHash: group.head.hash,
    }
    const hash = changeHash(options.hash, unhashed, began, ended)
    group.changes.push({ ...unhashed, hash })
    group.head = { seq, hash, at: writing.at }
    addWrites(group, draught, began, removedOf(ended, began))
    group.errands.push(...draught.errands)
    if (work.undoes !== undefined) group.cancelErrandsOf.push(work.undoes)
    for (const { record, ids } of draught.erasures) group.erasures.push({ seq, kind: record.kind, ids })
  }
  return {
    seq,
    output,
    wrote: wrote.map(({ v, removed }) => ({ kind: v.kind, id: v.id, removed })),
    repeated: false,
  }
}

function removedOf(ended: readonly Version[], began: readonly Version[]): Version[] {
  const still = new Set(began.map(({ kind, id }) => `${kind}/${id}`))
  return ended.filter(({ kind, id }) => !still.has(`${kind}/${id}`))
}

function addWrites(
  group: Group,
  draught: Draught,
  began: readonly Version[],
  removed: readonly Version[],
): void {
  const closed = new Set<Version>()
  for (const version of [...began, ...removed]) {
    const seq = version.toSeq ?? version.fromSeq
    const earlier = group.layer.get(version.kind)?.has(version.id)
    if (earlier && closeEarlier(group.writes, version, seq)) closed.add(version)
  }
  for (const put of began) group.writes.push({ put })
  // A row that this very batch began and now ends is only closed, above.
  for (const remove of removed) if (!closed.has(remove)) group.writes.push({ remove })
  for (const [kind, rows] of draught.layer)
    for (const [id, version] of rows) lay(group.layer, kind, id, version)
}

/** Ends the version that an earlier action of this batch began; false when the row stands in the store. */
function closeEarlier(writes: Write[], version: Version, seq: Seq): boolean {
  const index = writes.findLastIndex(
    (write) =>
      'put' in write &&
      write.put.kind === version.kind &&
      write.put.id === version.id &&
      write.put.toSeq === null,
  )
  const write = writes[index]
  if (!write || !('put' in write)) return false
  writes[index] = { put: { ...write.put, toSeq: seq } }
  return true
}

/** Takes personal values out of all earlier versions of rows and out of the inputs that brought them. */
async function erasePast(
  { hash }: LedgerOptions,
  session: Session,
  erasure: { seq: Seq; kind: string; ids: readonly string[] },
): Promise<void> {
  if (!hash) return
  const { seq, kind, ids } = erasure
  for (const id of ids) {
    // What still stands holds nothing personal any more: the action that erases has seen to that.
    const past = (version: Version) => version.fromSeq < seq && version.toSeq !== null
    const versions = (await session.history(kind, id)).filter((v) => past(v) && v.seal?.salt)
    const changes: Change[] = []
    for (const { fromSeq } of versions) changes.push(...(await session.changes(fromSeq - 1, 1)))
    await session.erase({
      versions: versions.map((version) => {
        const done = erased(hash, version.body, version.seal as Seal)
        // Its unique key may repeat a personal value, and no past version needs one.
        return { ...version, body: done.values, seal: done.seal, uniqueKey: null }
      }),
      changes: changes.flatMap((change) => {
        if (!change.inputSeal?.salt) return []
        const done = erasedInput(hash, change.input, change.inputSeal)
        return [{ ...change, input: done.input, inputSeal: done.seal }]
      }),
      note: { kind, id, seq },
    })
  }
}
