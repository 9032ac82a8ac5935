import { widened } from '../access.ts'
import type { Action } from '../action.ts'
import { canonical, type Json } from '../canonical.ts'
import { Fault } from '../fault.ts'
import type { NewId } from '../id.ts'
import type { Draft, RecordType, Stored } from '../record.ts'
import { type Hash, versionDigest } from './digest.ts'
import { type Layer, lay, through } from './overlay.ts'
import { checked, createRead, demandSomewhere, denied, type Footing } from './read.ts'
import type { Errand, Seq, Version } from './store.ts'
import type { Patch, Tx } from './tx.ts'

/** What one action has written so far; nothing of it is seen by others until it is taken over. */
export type Draught = {
  readonly layer: Layer
  /** kind/id → the version that stood before this action */
  readonly before: Map<string, Version | undefined>
  readonly errands: Errand[]
  readonly erasures: { record: RecordType; ids: readonly string[] }[]
  readonly madeProjects: Set<string>
}

export type Writing = Footing & {
  readonly action: Pick<Action, 'name' | 'allow' | 'alsoWrites' | 'final'>
  readonly writeSeq: Seq
  readonly hash: Hash
  readonly newId: NewId
  readonly salt: () => string
}

export function emptyDraught(): Draught {
  return { layer: new Map(), before: new Map(), errands: [], erasures: [], madeProjects: new Set() }
}

/** Builds the writing handle of one action; everything goes into `draught`. */
export function createTx(outer: Writing, draught: Draught): Tx {
  // Whoever founds a project may do everything in it, as part of the founding.
  const writing = { ...outer, rights: widened(outer.rights, draught.madeProjects) }
  const present = through(writing.present, [draught.layer])
  const read = createRead({ ...writing, present, whole: true })
  const write = async <R extends RecordType>(record: R, rows: readonly Draft<R>[], as: 'new' | 'changed') => {
    const olds = await present.get(
      record.kind,
      rows.map(({ id }) => id),
    )
    const before = new Map(olds.map((version) => [version.id, version]))
    for (const row of rows) {
      const laid = draught.layer.get(record.kind)?.get(row.id)
      put(writing, draught, record, row, { old: laid ?? before.get(row.id), as })
    }
  }
  const putAll = <R extends RecordType>(record: R, rows: readonly Draft<R>[]) => write(record, rows, 'new')
  const changeAll = <R extends RecordType>(
    record: R,
    changes: readonly { row: Stored<R>; patch: Patch<R> }[],
  ) => {
    // A row that is named twice gets both changes.
    const changed = new Map<string, Draft<R>>()
    for (const { row, patch } of changes) {
      const { seq: _seq, ...fields } = row
      const before = changed.get(row.id) ?? (fields as unknown as Draft<R>)
      changed.set(row.id, { ...before, ...patch } as unknown as Draft<R>)
    }
    return write(record, [...changed.values()], 'changed')
  }
  return {
    ...read,
    newId: writing.newId,
    put: (record, row) => putAll(record, [row]),
    putAll,
    change: (record, row, patch) => changeAll(record, [{ row, patch }]),
    changeAll,
    remove: async (record, ids) => {
      const rows = await read.many(record, ids)
      const olds = new Map((await present.get(record.kind, ids)).map((version) => [version.id, version]))
      for (const row of rows) {
        demandWrite(writing, record, row.project)
        remember(draught, record.kind, row.id, olds.get(row.id))
        lay(draught.layer, record.kind, row.id, null)
      }
    },
    perform: (name, input, prepared) => performWithin(writing, draught, name, input, prepared),
    errand: (kind, payload, { outward }) => {
      const state = outward ? 'toApprove' : 'waiting'
      draught.errands.push({ id: writing.newId(), seq: writing.writeSeq, kind, payload, outward, state })
    },
    erasePersonal: async (record, ids) => {
      for (const row of await read.many(record, ids)) demandWrite(writing, record, row.project)
      draught.erasures.push({ record, ids })
    },
  }
}

/** One action inside another: it writes into the same draught under its own name and rights. */
async function performWithin(
  writing: Writing,
  draught: Draught,
  name: string,
  input: unknown,
  prepared: unknown,
): Promise<unknown> {
  const action = writing.registry.action(name)
  const { title, final } = action
  if (final && !writing.action.final) {
    const sentence = `"${title}" cannot be undone, so it cannot be part of something that can.`
    throw new Fault('action.final', sentence, { action: name, why: final })
  }
  if (action.prepare && prepared === undefined) {
    throw new Fault('action.needsPreparing', `"${title}" is long work and must be prepared before.`, {
      action: name,
    })
  }
  demandSomewhere(writing.rights, action.allow)
  return action.run(
    createTx({ ...writing, action }, draught),
    checked(action.input, input, name) as never,
    prepared as never,
  )
}

function put<R extends RecordType>(
  writing: Writing,
  draught: Draught,
  record: R,
  row: Draft<R>,
  { old, as }: { old: Version | undefined; as: 'new' | 'changed' },
): void {
  const { id, project, ...fields } = row as { id: string; project: string | null } & Record<string, unknown>
  demandScope(record, id, project)
  const founds = !old && record.founds
  demandWrite(writing, record, founds ? null : project)
  if (founds) draught.madeProjects.add(id)
  if (old) demandWrite(writing, record, old.project)
  const body = pruned(checked(record.schema, fields, record.kind) as Record<string, Json | undefined>)
  demandVisible(writing, record, project, old?.body ?? {}, body)
  if (old && old.project === project && canonical(old.body) === canonical(body)) return
  if (old && as === 'new') throw thereAlready(record, id)
  remember(draught, record.kind, id, old)
  lay(draught.layer, record.kind, id, sealed(writing, record, { id, project, body }))
}

function thereAlready(record: RecordType, id: string): Fault {
  const sentence = `There is already a ${record.title.toLowerCase()} with this id; it was left as it is.`
  return new Fault(`${record.kind}.taken`, sentence, { id })
}

function demandScope(record: RecordType, id: string, project: string | null): void {
  if (record.founds && id !== project)
    throw new Fault('record.scope', `A ${record.title.toLowerCase()} belongs to itself.`, { id })
  if (record.scope === 'either' || (project === null) === (record.scope === 'workspace')) return
  const owner = record.scope === 'workspace' ? 'no project' : 'a project'
  throw new Fault('record.scope', `A ${record.title.toLowerCase()} belongs to ${owner}.`, {
    kind: record.kind,
    id,
  })
}

function remember(draught: Draught, kind: string, id: string, old: Version | undefined): void {
  const key = `${kind}/${id}`
  if (!draught.before.has(key)) draught.before.set(key, old)
}

/** A version of this row as this change writes it. */
export function sealed(
  writing: Pick<Writing, 'hash' | 'salt' | 'writeSeq'>,
  record: RecordType,
  row: { id: string; project: string | null; body: Readonly<Record<string, Json>> },
): Version {
  const { id, project, body } = row
  const { kind } = record
  const seal =
    record.personal.length > 0 ? { salt: writing.salt(), fields: record.personal, erased: {} } : null
  return {
    kind,
    id,
    project,
    body,
    seal,
    fromSeq: writing.writeSeq,
    toSeq: null,
    digest: versionDigest(writing.hash, { kind, id, project, body, seal }),
    uniqueKey: record.unique.length > 0 ? uniqueKey(record, project, body) : null,
    indexKeys: record.index.map((field) => textOrNull(body[field])),
  }
}

function textOrNull(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : String(value)
}

function uniqueKey(
  record: RecordType,
  project: string | null,
  body: Readonly<Record<string, Json>>,
): string | null {
  const values = record.unique.map((field) => body[field] ?? null)
  if (values.every((value) => value === null)) return null
  return canonical([project, ...values.map(folded)])
}

/** Names differ by more than capitals. */
function folded(value: Json): Json {
  return typeof value === 'string' ? value.toLowerCase() : value
}

function pruned(body: Record<string, Json | undefined>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
}

function demandWrite(writing: Writing, record: RecordType, project: string | null): void {
  const { registry, action, rights } = writing
  const room = registry.roomOfKind(record.kind)
  const own = room === roomOf(writing) || action.alsoWrites.includes(record.kind)
  const permission = own ? action.allow : `${room}.write`
  if (!rights.allows(permission, project)) throw denied(permission)
}

function roomOf(writing: Writing): string {
  return writing.action.name.startsWith('change.') ? '' : writing.registry.roomOfAction(writing.action.name)
}

/** Refuses to change a guarded field that the actor may not see. */
export function demandVisible(
  writing: Writing,
  record: RecordType,
  project: string | null,
  before: Readonly<Record<string, Json>>,
  after: Readonly<Record<string, Json>>,
): void {
  const room = writing.registry.roomOfKind(record.kind)
  for (const [field, visibility] of Object.entries(record.visible)) {
    if (canonical(before[field] ?? null) === canonical(after[field] ?? null)) continue
    // A first value may be given by whoever may write the row; a value that one may not see, one may not change.
    if (before[field] === undefined) continue
    if (!writing.rights.allows(`${room}.${visibility}`, project)) throw denied(`${room}.${visibility}`)
  }
}
