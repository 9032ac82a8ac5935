import type { ReadContext } from '../mspdi/read-context.ts'
import type { PlanCalendar } from '../plan-file.ts'
import type { XerRow, XerTables } from './tables.ts'

/** What the readers of the parts share. */
export type XerDraft = {
  tables: XerTables
  context: ReadContext
  /** The project that is read; a file may hold several. */
  project: XerRow
  projectId: string
  calendars: ReadonlyMap<number, PlanCalendar>
  /** Numbers for what has none of its own in our plan, beyond all that the file uses. */
  freeUid: () => number
}

export function rowsOf(tables: XerTables, name: string): XerRow[] {
  return tables.tables.get(name)?.rows ?? []
}
