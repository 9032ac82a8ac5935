import type { AccessSource } from './access.ts'
import type { Action, Query } from './action.ts'
import { Fault } from './fault.ts'
import type { Read, Written } from './ledger/tx.ts'
import type { Duty, PaperDocument, Part } from './part.ts'
import type { RecordType } from './record.ts'

/** The thinking half of a room: everything of it that needs no screen. */
export type Room = {
  readonly name: string
  readonly title: string
  readonly records?: readonly RecordType[]
  // biome-ignore lint/suspicious/noExplicitAny: verbs of all input and output types stand in one list
  readonly actions?: readonly Action<any, any, any>[]
  // biome-ignore lint/suspicious/noExplicitAny: questions of all input and output types stand in one list
  readonly queries?: readonly Query<any, any>[]
  readonly parts?: readonly Part[]
  readonly duties?: readonly Duty[]
  readonly documents?: readonly PaperDocument[]
  /** Permissions of the room beside `<room>.read` and `<room>.write`, with what they open. */
  readonly permissions?: Readonly<Record<string, string>>
  /**
   * What must be true whenever an action or an undo has written: refuses otherwise, and nothing stays of it. Reads with
   * all rights.
   */
  readonly holds?: (read: Read, written: readonly Written[]) => Promise<void>
  /** Set by the one room that keeps roles and memberships. */
  readonly access?: AccessSource
}

/** All rooms, looked up by word. */
export type Registry = {
  readonly rooms: readonly Room[]
  readonly record: (kind: string) => RecordType
  readonly action: (name: string) => Action
  readonly query: (name: string) => Query
  readonly actions: readonly Action[]
  readonly queries: readonly Query[]
  readonly records: readonly RecordType[]
  readonly parts: (of: Part['of']) => readonly Part[]
  readonly documents: readonly PaperDocument[]
  /** The room that keeps a kind of record. */
  readonly roomOfKind: (kind: string) => string
  readonly roomOfAction: (name: string) => string
  /** Kinds with a field that refers to this kind: `[kind, field]`. */
  readonly referrers: (kind: string) => readonly (readonly [kind: string, field: string])[]
  readonly permissions: Readonly<Record<string, string>>
  readonly access: AccessSource | undefined
}

/** Collects rooms into a registry; refuses (as a programming error) two things of one name. */
export function createRegistry(rooms: readonly Room[]): Registry {
  const records = byName(
    rooms,
    (room) => room.records ?? [],
    (item) => item.kind,
  )
  const actions = byName(
    rooms,
    (room) => (room.actions ?? []) as readonly Action[],
    (item) => item.name,
  )
  const queries = byName(
    rooms,
    (room) => (room.queries ?? []) as readonly Query[],
    (item) => item.name,
  )
  const referrers = new Map<string, (readonly [string, string])[]>()
  for (const { item } of records.values()) {
    for (const [field, target] of Object.entries(item.refs)) {
      referrers.set(target, [...(referrers.get(target) ?? []), [item.kind, field] as const])
    }
  }
  const permissions: Record<string, string> = {}
  for (const room of rooms) {
    permissions[`${room.name}.read`] = `See ${room.title.toLowerCase()}`
    permissions[`${room.name}.write`] = `Change ${room.title.toLowerCase()}`
    Object.assign(permissions, room.permissions)
  }
  return {
    rooms,
    record: (kind) => found(records, kind, 'record').item,
    action: (name) => found(actions, name, 'action').item,
    query: (name) => found(queries, name, 'query').item,
    actions: [...actions.values()].map(({ item }) => item),
    queries: [...queries.values()].map(({ item }) => item),
    records: [...records.values()].map(({ item }) => item),
    parts: (of) => rooms.flatMap((room) => room.parts ?? []).filter((part) => part.of === of),
    documents: rooms.flatMap((room) => room.documents ?? []),
    roomOfKind: (kind) => found(records, kind, 'record').room,
    roomOfAction: (name) => found(actions, name, 'action').room,
    referrers: (kind) => referrers.get(kind) ?? [],
    permissions,
    access: rooms.find((room) => room.access)?.access,
  }
}

function byName<T>(
  rooms: readonly Room[],
  items: (room: Room) => readonly T[],
  nameOf: (item: T) => string,
): Map<string, { item: T; room: string }> {
  const found = new Map<string, { item: T; room: string }>()
  for (const room of rooms) {
    for (const item of items(room)) {
      if (found.has(nameOf(item))) throw new Error(`"${nameOf(item)}" is described twice`)
      found.set(nameOf(item), { item, room: room.name })
    }
  }
  return found
}

function found<T>(items: ReadonlyMap<string, T>, name: string, noun: string): T {
  const item = items.get(name)
  if (!item) throw new Fault(`${noun}.unknown`, `There is no ${noun} called "${name}".`, { name })
  return item
}
