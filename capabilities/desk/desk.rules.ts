import type { ChangeNote } from '../../kernel/ledger/tx.ts'
import type { DeskItem } from '../../kernel/part.ts'

const GROUPS: readonly DeskItem['group'][] = ['decide', 'late', 'doing', 'due']

/** Items in the order in which they are worth a look: by group, then what is due first, then by title. */
export function inOrder(items: readonly DeskItem[]): DeskItem[] {
  return items.toSorted(
    (a, b) =>
      GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
      (a.due ?? '9999').localeCompare(b.due ?? '9999') ||
      a.title.localeCompare(b.title, 'en'),
  )
}

/** One line of news: what one actor did, one or many times in a row, in one project. */
export type NewsLine = {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly title: string
  readonly project: string | null
  readonly times: number
}

/** Changes by others, newest first; the same done again by the same actor in the same project is one line. */
export function newsOf(notes: readonly ChangeNote[], reader: string): NewsLine[] {
  const lines: NewsLine[] = []
  for (const { seq, at, actor, title, touched } of notes.toReversed()) {
    if (actor.id === reader) continue
    const project = touched.find((row) => row.project !== null)?.project ?? null
    const last = lines.at(-1)
    if (last && last.actor === actor.name && last.title === title && last.project === project)
      lines[lines.length - 1] = { ...last, times: last.times + 1 }
    else lines.push({ seq, at, actor: actor.name, title, project, times: 1 })
  }
  return lines
}
