import type { AccessBook, Actor, Rights } from '../access.ts'
import { rightsFrom, SYSTEM } from '../access.ts'
import type { Action } from '../action.ts'
import { Fault } from '../fault.ts'
import type { RecordType, Stored } from '../record.ts'
import { namedIn } from '../references.ts'
import type { Registry } from '../registry.ts'
import type { Memo } from './memo.ts'
import type { Present } from './overlay.ts'
import type { Change, Filter, Seq, StoreReader, Version } from './store.ts'
import {
  type ChangeNote,
  type Checkable,
  type Contribution,
  type Intent,
  type PartOf,
  type Read,
  rowOf,
  type Touched,
  type Where,
} from './tx.ts'

/** What a reading stands on. */
export type Footing = {
  readonly registry: Registry
  readonly store: StoreReader
  readonly present: Present
  readonly actor: Actor
  readonly rights: Rights
  readonly book: AccessBook
  readonly at: string
  readonly seq: Seq
  /** Set when the reading stands at a past change. */
  readonly past?: Seq
  /** Actions see whole rows, so that writing one back keeps the fields that the actor may not see. */
  readonly whole?: boolean
  readonly memo?: Memo
  /** Told of every reading, so that prepared work knows what it rests on. */
  readonly onRead?: OnRead
}

/** Hears of rows read at the present: their kind, and the project if only that one was looked at. */
export type OnRead = (kind: string, project: string | null | undefined) => void

/** The book of rights as the store's rows say it; with no access source, only the system may do anything. */
export async function readBook(registry: Registry, store: StoreReader): Promise<AccessBook> {
  const source = registry.access
  if (!source) return { grantsOf: () => [], nameOf: (id) => (id === SYSTEM.id ? SYSTEM.name : undefined) }
  const rows = new Map<string, Record<string, unknown>[]>()
  for (const kind of source.kinds) {
    rows.set(
      kind,
      (await store.list(kind, {})).map((version) => rowOf(version) as Record<string, unknown>),
    )
  }
  const book = source.book((kind) => rows.get(kind) ?? [])
  return { ...book, nameOf: (id) => (id === SYSTEM.id ? SYSTEM.name : book.nameOf(id)) }
}

/** Whether the actor holds a permission in any project or for what all share. */
export function holdsSomewhere(rights: Rights, permission: string): boolean {
  const projects = rights.projects(permission)
  return projects === 'all' || projects.size > 0 || rights.allows(permission, null)
}

/** Refuses `access.denied` unless the actor holds a permission somewhere. */
export function demandSomewhere(rights: Rights, permission: string): void {
  if (!holdsSomewhere(rights, permission)) throw denied(permission)
}

/** The one refusal for everything that an actor may not do. */
export function denied(permission: string): Fault {
  return new Fault('access.denied', 'You have no right to do this here.', { permission })
}

/** Builds the reading handle of one actor at one moment. */
export function createRead(footing: Footing): Read {
  const { registry, store, rights, actor } = footing
  const mayRead = (kind: string) => {
    const permission = `${registry.roomOfKind(kind)}.read`
    return (version: Version) => rights.allows(permission, version.project)
  }
  const many = async <R extends RecordType>(record: R, ids: readonly string[]) => {
    if (footing.past === undefined) footing.onRead?.(record.kind, undefined)
    const versions = await getAt(footing, record.kind, [...new Set(ids)])
    const show = shower<R>(footing, record)
    return new Map(versions.filter(mayRead(record.kind)).map((version) => [version.id, show(version)]))
  }
  const read: Read = {
    actor,
    at: footing.at,
    seq: footing.past ?? footing.seq,
    past: footing.past !== undefined,
    allows: rights.allows,
    record: registry.record,
    intent: (name, input) => intentOf(registry.action(name), input),
    find: async (record, id) => (await many(record, [id])).get(id),
    get: async (record, id) => (await many(record, [id])).get(id) ?? missing(record, [id]),
    many: async (record, ids) => {
      const rows = await many(record, ids)
      const lost = ids.filter((id) => !rows.has(id))
      if (lost.length > 0) return missing(record, lost)
      return ids.flatMap((id) => rows.get(id) ?? [])
    },
    all: (record, where) => list(footing, record, where ?? {}),
    ask: async (query, input) => {
      demandSomewhere(rights, query.allow)
      return query.run(maskedRead(footing), checked(query.input, input, query.name))
    },
    collect: (of, input) => collected(footing, of, input),
    blob: async (hash) => {
      const bytes = await store.blob(hash)
      if (!bytes) throw new Fault('blob.missing', 'The file is not kept here.', { hash })
      return bytes
    },
    lastTouch: async (records, project) => {
      if (footing.past !== undefined) return footing.past
      return store.lastTouch(
        records.map(({ kind }) => kind),
        project,
      )
    },
    kept: async (key, records, project, compute) => {
      // A reading of the past, or one that sees unwritten rows, stands for itself alone.
      if (!footing.memo || footing.past !== undefined || footing.whole) return compute(undefined)
      for (const { kind } of records) for (const place of [project, null]) footing.onRead?.(kind, place)
      const kinds = records.map(({ kind }) => kind)
      const text = `${await store.lastTouch(kinds, project)}/${await store.lastTouch(kinds, null)}`
      const memoKey = `${key}/${project}/${sightOf(footing, records, project)}`
      return footing.memo(memoKey, { text, seq: footing.seq }, compute)
    },
    touched: (records, project, after) => touched(footing, records, project, after),
    changes: (after, options) => notes(footing, after, options ?? {}),
    history: async (record, id) => {
      const show = shower<typeof record>(footing, record)
      const versions = (await store.history(record.kind, id)).filter(mayRead(record.kind))
      const until = footing.past ?? Number.POSITIVE_INFINITY
      return versions.filter((v) => v.fromSeq <= until).map((v) => ({ row: show(v), toSeq: v.toSeq }))
    },
    asOf: async (moment) => {
      if (typeof moment === 'number') return createRead({ ...footing, past: Math.min(moment, footing.seq) })
      const past = Math.min(await store.seqAt(moment), footing.past ?? footing.seq)
      return createRead({ ...footing, past })
    },
  }
  return read
}

/** The reading of a question: fields beyond the actor's rights are left out, also within an action. */
function maskedRead(footing: Footing): Read {
  const { onRead, whole: _whole, ...rest } = footing
  return createRead(onRead ? { ...rest, onRead } : rest)
}

async function collected(footing: Footing, of: PartOf, input: unknown): Promise<Contribution[]> {
  const read = maskedRead(footing)
  const contributions: Contribution[] = []
  for (const { name, title, allow, run } of footing.registry.parts(of)) {
    if (holdsSomewhere(footing.rights, allow))
      contributions.push({ name, title, answer: await run(read, input) })
  }
  return contributions
}

function intentOf({ name, title, final, input: schema }: Action, input: unknown): Intent {
  return { title, final, names: namedIn(schema, checked(schema, input, name)) }
}

function missing(record: RecordType, ids: readonly string[]): never {
  const sentence = `${record.title} not found. It may have been removed, or you may not see it.`
  throw new Fault(`${record.kind}.missing`, sentence, { kind: record.kind, ids: ids.slice(0, 20) })
}

function getAt(footing: Footing, kind: string, ids: readonly string[]): Promise<Version[]> {
  return footing.past === undefined
    ? footing.present.get(kind, ids)
    : footing.store.get(kind, ids, footing.past)
}

async function list<R extends RecordType>(
  footing: Footing,
  record: R,
  where: Where<R>,
): Promise<Stored<R>[]> {
  const { registry, rights, past } = footing
  if (past === undefined) footing.onRead?.(record.kind, where.project)
  const permission = `${registry.roomOfKind(record.kind)}.read`
  if (where.project !== undefined && !rights.allows(permission, where.project)) return []
  const filter: Filter = {
    projects: rights.projects(permission),
    ...(where.project === undefined ? {} : { project: where.project }),
    ...(where.field ? { index: indexFilter(record, where.field) } : {}),
  }
  const versions =
    past === undefined
      ? await footing.present.list(record.kind, filter)
      : await footing.store.list(record.kind, filter, past)
  const show = shower<R>(footing, record)
  const shared = rights.allows(permission, null)
  return versions.filter((version) => version.project !== null || shared).map(show)
}

function indexFilter(record: RecordType, field: { name: string; values: readonly string[] }) {
  const slot = record.index.indexOf(field.name)
  if (slot < 0) throw new Error(`${record.kind}.${field.name} is not declared as an index`)
  return { slot, field: field.name, values: field.values }
}

/** How one actor sees rows of a record: fields beyond their rights are left out. */
export function shower<R extends RecordType>(footing: Footing, record: R): (version: Version) => Stored<R> {
  const { rights, registry, whole } = footing
  const guarded = Object.entries(record.visible)
  if (whole || guarded.length === 0) return (version) => rowOf<R>(version)
  const room = registry.roomOfKind(record.kind)
  return (version) => {
    const row = rowOf<R>(version) as Record<string, unknown>
    for (const [field, visibility] of guarded) {
      if (field in row && !rights.allows(`${room}.${visibility}`, version.project)) delete row[field]
    }
    return row as Stored<R>
  }
}

/** What of these records an actor sees in a project and of the shared rows: who sees the same may share what was kept. */
function sightOf({ registry, rights }: Footing, records: readonly RecordType[], project: string): string {
  const answers = records.flatMap(({ kind, visible }) =>
    ['read', ...Object.values(visible)].flatMap((what) => {
      const permission = `${registry.roomOfKind(kind)}.${what}`
      return [rights.allows(permission, project), rights.allows(permission, null)]
    }),
  )
  return answers.map(Number).join('')
}

const MOST_TOUCHED = 500

async function touched(
  footing: Footing,
  records: readonly RecordType[],
  project: string,
  after: Seq,
): Promise<Touched | undefined> {
  const { store, registry, rights, seq } = footing
  if (footing.past !== undefined || footing.whole) return undefined
  const { began, ended } = await store.written(after, seq, MOST_TOUCHED + 1)
  if (began.length > MOST_TOUCHED || ended.length > MOST_TOUCHED) return undefined
  const changes: Record<string, { rows: Stored<RecordType>[]; gone: Set<string> }> = {}
  for (const record of records) {
    const permission = `${registry.roomOfKind(record.kind)}.read`
    const here = (version: Version) =>
      version.kind === record.kind &&
      (version.project === project || version.project === null) &&
      rights.allows(permission, version.project)
    const show = shower<RecordType>(footing, record)
    changes[record.kind] = {
      rows: began.filter((version) => version.toSeq === null && here(version)).map(show),
      gone: new Set(ended.filter(({ kind }) => kind === record.kind).map(({ id }) => id)),
    }
  }
  return changes
}

async function notes(
  footing: Footing,
  after: Seq,
  options: { project?: string; limit?: number },
): Promise<ChangeNote[]> {
  const { store } = footing
  const until = footing.past ?? footing.seq
  const changes = await store.changes(after, options.limit ?? 200, until)
  const last = changes.at(-1)
  return last ? notesOf(footing, changes, await store.written(after, last.seq), options) : []
}

/** Notes of those changes that wrote, among these versions, something that the actor may read. */
export function notesOf(
  { registry, rights, book }: Pick<Footing, 'registry' | 'rights' | 'book'>,
  changes: readonly Change[],
  { began, ended }: { began: readonly Version[]; ended: readonly Version[] },
  options: { project?: string } = {},
): ChangeNote[] {
  const visible = (version: Version) =>
    rights.allows(`${registry.roomOfKind(version.kind)}.read`, version.project) &&
    (options.project === undefined || version.project === options.project)
  const touched = new Map<Seq, Map<string, Version>>()
  const note = (seq: Seq, version: Version) => {
    if (!visible(version)) return
    const rows = touched.get(seq) ?? new Map<string, Version>()
    touched.set(seq, rows.set(`${version.kind}/${version.id}`, version))
  }
  for (const version of ended) note(version.toSeq ?? 0, version)
  for (const version of began) note(version.fromSeq, version)
  return changes.flatMap((change) => {
    const rows = touched.get(change.seq)
    return rows ? [noteOf(change, rows, { registry, book })] : []
  })
}

function noteOf(
  change: Change,
  rows: ReadonlyMap<string, Version>,
  { registry, book }: Pick<Footing, 'registry' | 'book'>,
): ChangeNote {
  const { seq, at, actor, via, action, undoes } = change
  const title = registry.actions.find(({ name }) => name === action)?.title ?? 'Undo'
  const touched = [...rows.values()].map(({ kind, id, project }) => ({ kind, id, project }))
  return {
    seq,
    at,
    actor: { ...actor, name: book.nameOf(actor.id) ?? 'Someone' },
    via,
    action,
    title,
    undoes,
    touched,
  }
}

/** The rights of an actor from the book. */
export function rightsOf(book: AccessBook, actor: Actor): Rights {
  return rightsFrom(actor.kind === 'system' ? [] : book.grantsOf(actor), actor)
}

/** Checks an input against its schema; refuses `input.invalid` with each place and what is wrong there. */
// biome-ignore lint/suspicious/noExplicitAny: the caller's schema decides the type
export function checked(schema: Checkable, value: unknown, name: string): any {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = (result.error?.issues ?? [])
    .slice(0, 20)
    .map(({ path, message }) => ({ at: path.join('.'), message }))
  const first = issues[0]
  const sentence = first
    ? `${first.at ? `${first.at}: ` : ''}${first.message}`
    : 'The input is not as described.'
  throw new Fault('input.invalid', sentence, { name, issues })
}
