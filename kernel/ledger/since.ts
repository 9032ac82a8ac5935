import type { AccessBook, Actor, Rights } from '../access.ts'
import type { Stored } from '../record.ts'
import type { Registry } from '../registry.ts'
import { notesOf, shower } from './read.ts'
import type { Seq, StoreReader } from './store.ts'
import type { ChangeNote } from './tx.ts'

/** What one actor may know of the changes since a number. */
export type News = {
  /** Ask again from here. */
  readonly seq: Seq
  readonly changes: readonly ChangeNote[]
  readonly rows: readonly { kind: string; row: Stored<never> }[]
  readonly removed: readonly { kind: string; id: string }[]
  /** Too much has changed to send row by row: read again. */
  readonly reload: boolean
  /** Rights have changed: drop everything and read again. */
  readonly reset: boolean
}

const MOST_ROWS = 500

/** What is new for an actor above `seq`; more than 500 rows answer `reload`, changed rights answer `reset`. */
export async function newsSince(
  here: { registry: Registry; reader: StoreReader; book: AccessBook; actor: Actor; rights: Rights },
  seq: Seq,
): Promise<News> {
  const { registry, reader, rights } = here
  const head = await reader.head()
  const quiet: News = { seq: head.seq, changes: [], rows: [], removed: [], reload: false, reset: false }
  if (head.seq <= seq) return quiet
  const accessKinds = registry.access?.kinds ?? []
  if (accessKinds.length > 0 && (await reader.lastTouch(accessKinds)) > seq) return { ...quiet, reset: true }
  const { began, ended } = await reader.written(seq, head.seq, MOST_ROWS + 1)
  const { book, actor } = here
  const footing = {
    registry,
    store: reader,
    present: reader,
    actor,
    rights,
    book,
    at: head.at,
    seq: head.seq,
  }
  // From the rows at hand: of an import, nobody needs to read every row again to be told to reload.
  const changes = notesOf(footing, await reader.changes(seq, MOST_ROWS, head.seq), { began, ended })
  if (began.length > MOST_ROWS || ended.length > MOST_ROWS) return { ...quiet, changes, reload: true }
  const visible = (version: { kind: string; project: string | null }) =>
    rights.allows(`${registry.roomOfKind(version.kind)}.read`, version.project)
  const current = began.filter((version) => version.toSeq === null)
  const alive = new Set(current.map(({ kind, id }) => `${kind}/${id}`))
  const gone = new Map(
    ended
      .filter((v) => visible(v) && !alive.has(`${v.kind}/${v.id}`))
      .map((v) => [`${v.kind}/${v.id}`, { kind: v.kind, id: v.id }]),
  )
  return {
    ...quiet,
    changes,
    rows: current.filter(visible).map((version) => ({
      kind: version.kind,
      row: shower(footing, registry.record(version.kind))(version) as unknown as Stored<never>,
    })),
    removed: [...gone.values()],
  }
}
