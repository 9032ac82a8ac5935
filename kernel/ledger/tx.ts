import type { Actor } from '../access.ts'
import type { Json } from '../canonical.ts'
import type { Draft, Fields, RecordType, Stored } from '../record.ts'
import type { Named } from '../references.ts'
import type { Kept } from './memo.ts'
import type { Change, Seq, Version } from './store.ts'

/** Which rows to list; without `project`, all rows that the actor may read. */
export type Where<R extends RecordType> = {
  project?: string | null
  /** Rows whose indexed field has one of these values. */
  field?: { name: keyof Fields<R> & string; values: readonly string[] }
}

/** A question as readers ask it: what `query(…)` describes. */
export type Question<O> = {
  readonly name: string
  readonly allow: string
  readonly input: Checkable
  // biome-ignore lint/suspicious/noExplicitAny: its own schema decides the type of the input
  readonly run: (read: Read, input: any) => Promise<O>
}

/** A schema, as far as checking an input needs it. */
export type Checkable = {
  safeParse: (value: unknown) => {
    success: boolean
    data?: unknown
    error?: { issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }
  }
}

/** How rooms read: rows within the actor's rights, at one moment. */
export type Read = {
  readonly actor: Actor
  /** The instant of the reading or, in an action, of the change. */
  readonly at: string
  /** The change after which this reading stands. */
  readonly seq: Seq
  /** True when the reading stands at a past change. */
  readonly past: boolean
  /** One row; refuses `<kind>.missing` when there is none within the actor's rights. */
  get<R extends RecordType>(record: R, id: string): Promise<Stored<R>>
  find<R extends RecordType>(record: R, id: string): Promise<Stored<R> | undefined>
  /** Rows by id, in the order of `ids`; refuses `<kind>.missing` naming all that are not there. */
  many<R extends RecordType>(record: R, ids: readonly string[]): Promise<Stored<R>[]>
  all<R extends RecordType>(record: R, where?: Where<R>): Promise<Stored<R>[]>
  /** Asks another question as the same actor at the same moment. */
  ask<O>(query: Question<O>, input: unknown): Promise<O>
  /** What all rooms contribute to one place, in the order of the rooms, as far as the actor may see it. */
  collect(of: PartOf, input: unknown): Promise<Contribution[]>
  allows(permission: string, project: string | null): boolean
  /** The record of a kind; refuses `record.unknown`. */
  record(kind: string): RecordType
  /**
   * What performing an action would be: its title, why it is final, the records that its input names. Refuses
   * `action.unknown`, `input.invalid`.
   */
  intent(action: string, input: unknown): Intent
  /** Bytes kept under their SHA-256; refuses `blob.missing`. */
  blob(hash: string): Promise<Uint8Array>
  /** The last change that touched these kinds in a project: the key under which computed things may be kept. */
  lastTouch(records: readonly RecordType[], project?: string | null): Promise<Seq>
  /**
   * Computes once for each state of these records' rows of one project and the shared ones, and for all who see the same
   * of them; `compute` may rest on nothing else. `before` is what was kept for an earlier state.
   */
  kept<T>(
    key: string,
    records: readonly RecordType[],
    project: string,
    compute: (before: Kept<T> | undefined) => Promise<T>,
  ): Promise<T>
  /**
   * What changed since, of these records' rows of one project and the shared ones; undefined when it is too much to be
   * worth it, or the reading does not stand at the present.
   */
  touched(records: readonly RecordType[], project: string, after: Seq): Promise<Touched | undefined>
  /** Changes above `after`, newest last; only those that touched something the actor may read. */
  changes(after: Seq, options?: { project?: string; limit?: number }): Promise<ChangeNote[]>
  /** All versions of one row, oldest first, masked to the actor's rights. */
  history<R extends RecordType>(record: R, id: string): Promise<PastVersion<R>[]>
  /** The same actor's reading right after a change, or as it stood at an instant (with today's rights). */
  asOf(moment: Seq | string): Promise<Read>
}

/** The places to which rooms contribute. */
export type PartOf = 'desk' | 'overview' | 'agenda' | 'report' | 'impact' | 'gate' | 'template'

/** What one part has answered. */
export type Contribution = { readonly name: string; readonly title: string; readonly answer: unknown }

export type Intent = {
  readonly title: string
  readonly final: string | undefined
  readonly names: readonly Named[]
}

/** By kind: rows as they are now, and the ids of rows that ended (a changed row is in both). */
export type Touched = Readonly<
  Record<string, { readonly rows: readonly Stored<RecordType>[]; readonly gone: ReadonlySet<string> }>
>

export type ChangeNote = Pick<Change, 'seq' | 'at' | 'via' | 'action' | 'undoes'> & {
  /** The action as people call it. */
  readonly title: string
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string }
  readonly touched: readonly { kind: string; id: string; project: string | null }[]
}

/** A row that an action has written: its fields before and after; made when `was` is absent, gone when `is` is. */
export type Written = {
  readonly kind: string
  readonly id: string
  readonly project: string | null
  readonly was: Readonly<Record<string, Json>> | undefined
  readonly is: Readonly<Record<string, Json>> | undefined
}

export type PastVersion<R extends RecordType> = { readonly row: Stored<R>; readonly toSeq: Seq | null }

/** How actions write: everything is buffered and written whole when `run` ends, or not at all. */
export type Tx = Read & {
  newId(): string
  /**
   * Inserts one row. Nothing happens when it stands there already just so; refuses `<kind>.taken` when its id names
   * another or a changed row, so that asking again never undoes what was done since. Also refuses `input.invalid`,
   * `access.denied`.
   */
  put<R extends RecordType>(record: R, row: Draft<R>): Promise<void>
  putAll<R extends RecordType>(record: R, rows: readonly Draft<R>[]): Promise<void>
  /** Writes a row with some fields changed; `undefined` in the patch removes an optional field. */
  change<R extends RecordType>(record: R, row: Stored<R>, patch: Patch<R>): Promise<void>
  changeAll<R extends RecordType>(
    record: R,
    changes: readonly { row: Stored<R>; patch: Patch<R> }[],
  ): Promise<void>
  /** Removes rows. Refuses `<kind>.inUse` when something else still refers to one of them. */
  remove<R extends RecordType>(record: R, ids: readonly string[]): Promise<void>
  /**
   * Performs another action as part of this one, with its own rights and refusals: one change, undone together. `prepared`
   * is what `preparing.prepare` has answered for it. Refuses `action.needsPreparing`, and `action.final` inside what can be undone.
   */
  perform(action: string, input: unknown, prepared?: unknown): Promise<unknown>
  /** Adds a message to the outside, performed after commit. */
  errand(kind: string, payload: Json, options: { outward: boolean }): void
  /** Removes the personal values of these rows from all their versions and from the inputs that brought them. */
  erasePersonal<R extends RecordType>(record: R, ids: readonly string[]): Promise<void>
}

export type Patch<R extends RecordType> = { [F in keyof Fields<R>]?: Fields<R>[F] | undefined }

/** A stored version as the row that rooms see. */
export function rowOf<R extends RecordType>(version: Version): Stored<R> {
  return {
    ...version.body,
    id: version.id,
    project: version.project,
    seq: version.fromSeq,
  } as unknown as Stored<R>
}
