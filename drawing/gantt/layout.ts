/** One line of the plan as the picture needs it. Times are wall-clock minutes; a task without dates draws nothing. */
export type GanttRow = {
  id: string
  startMinute: number | null
  finishMinute: number | null
  summary: boolean
  milestone: boolean
  percentComplete: number
  critical: boolean
  baselineStartMinute?: number | null | undefined
  baselineFinishMinute?: number | null | undefined
  /** Working minutes after the baseline finish; shown in days at milestones. */
  slipMinutes?: number | null | undefined
  /** What stands at the right of the bar: who does it. */
  label?: string | undefined
  manual?: boolean | undefined
  inactive?: boolean | undefined
  deadlineMinute?: number | null | undefined
  /** Where a split task works; the gaps between are drawn as a dotted line. */
  pieces?: readonly { startMinute: number; finishMinute: number }[] | undefined
  /** The simulated finish: a line to P80 with marks at both. */
  forecast?: { p50Minute: number; p80Minute: number } | undefined
}

export type LinkType = 'fs' | 'ss' | 'ff' | 'sf'

export type GanttLink = {
  id?: string
  from: string
  to: string
  type: LinkType
  /** Whether the link is on the critical path; when absent, it is when both ends are critical. */
  critical?: boolean | undefined
}

/** Rows and links prepared once per change of the plan, so that a frame only looks at what it shows. */
export type GanttLayout = {
  rows: readonly GanttRow[]
  indexOf: ReadonlyMap<string, number>
  links: readonly GanttLink[]
  /** Row indices of both ends of `links`; links with an end out of sight are left out. */
  linkFrom: Int32Array
  linkTo: Int32Array
  linkCritical: Uint8Array
}

/** Prepares rows in display order and the links among them. */
export function layoutGantt(rows: readonly GanttRow[], links: readonly GanttLink[]): GanttLayout {
  const indexOf = new Map(rows.map((row, index) => [row.id, index]))
  const shown = links.filter((link) => indexOf.has(link.from) && indexOf.has(link.to))
  const linkFrom = Int32Array.from(shown, (link) => indexOf.get(link.from) ?? 0)
  const linkTo = Int32Array.from(shown, (link) => indexOf.get(link.to) ?? 0)
  const linkCritical = Uint8Array.from(shown, (link, index) => {
    const both = rows[linkFrom[index] ?? 0]?.critical && rows[linkTo[index] ?? 0]?.critical
    return (link.critical ?? both) ? 1 : 0
  })
  return { rows, indexOf, links: shown, linkFrom, linkTo, linkCritical }
}

/** The first and last moment anything is drawn at, baselines and deadlines included; undefined when nothing has dates. */
export function ganttSpan(
  rows: readonly GanttRow[],
): { startMinute: number; finishMinute: number } | undefined {
  let startMinute = Number.POSITIVE_INFINITY
  let finishMinute = Number.NEGATIVE_INFINITY
  for (const row of rows) {
    for (const minute of momentsOf(row)) {
      if (minute === null || minute === undefined) continue
      if (minute < startMinute) startMinute = minute
      if (minute > finishMinute) finishMinute = minute
    }
  }
  return startMinute <= finishMinute ? { startMinute, finishMinute } : undefined
}

function momentsOf(row: GanttRow): (number | null | undefined)[] {
  return [
    row.startMinute,
    row.finishMinute,
    row.baselineStartMinute,
    row.baselineFinishMinute,
    row.deadlineMinute,
    row.forecast?.p80Minute,
  ]
}
