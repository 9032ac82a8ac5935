import type { GanttRow } from '../../drawing/gantt/layout.ts'

/** One line of the plan for the table and the chart. Rows come in outline order; `depth` 0 is the project itself or a top task. */
export type PlanRow = GanttRow & {
  name: string
  depth: number
  number?: number | undefined
  wbs?: string | undefined
  durationMinutes: number | null
  durationElapsed?: boolean | undefined
  estimated?: boolean | undefined
  totalSlackMinutes?: number | null | undefined
  predecessors?: string | undefined
  resources?: string | undefined
  /** Texts of further columns, by column key. */
  values?: Readonly<Record<string, string>> | undefined
}

/** A line that is on screen, with what the outline says about it. */
export type VisibleRow = {
  row: PlanRow
  isParent: boolean
  isCollapsed: boolean
  /** How many tasks a collapsed parent hides. */
  hiddenCount: number
}

/** The rows left when everything under a collapsed parent is folded away, in order. */
export function visibleRows(rows: readonly PlanRow[], collapsed: ReadonlySet<string>): VisibleRow[] {
  const shown: VisibleRow[] = []
  let foldDepth = Number.POSITIVE_INFINITY
  let folding: VisibleRow | undefined
  rows.forEach((row, index) => {
    if (row.depth > foldDepth) {
      if (folding) folding.hiddenCount += 1
      return
    }
    const isParent = (rows[index + 1]?.depth ?? -1) > row.depth
    const isCollapsed = isParent && collapsed.has(row.id)
    const visible = { row, isParent, isCollapsed, hiddenCount: 0 }
    foldDepth = isCollapsed ? row.depth : Number.POSITIVE_INFINITY
    folding = isCollapsed ? visible : undefined
    shown.push(visible)
  })
  return shown
}

/** The id of the parent of a visible row, when it has one. */
export function parentOf(rows: readonly VisibleRow[], index: number): string | undefined {
  const depth = rows[index]?.row.depth ?? 0
  for (let above = index - 1; above >= 0; above -= 1) {
    const candidate = rows[above]
    if (candidate && candidate.row.depth < depth) return candidate.row.id
  }
  return undefined
}

/** The ids from one visible row to another, whichever comes first. */
export function idsBetween(rows: readonly VisibleRow[], from: number, to: number): string[] {
  const [first, last] = from <= to ? [from, to] : [to, from]
  return rows.slice(first, last + 1).map(({ row }) => row.id)
}
