import type { Scale } from './scale.ts'

export type Span = { startMinute: number; finishMinute: number }

/** Sizes of a row and what stands in it, in pixels. */
export type RowMetrics = { rowPx: number; barPx: number; barTopPx: number; textPx: number }

export const screenMetrics: RowMetrics = { rowPx: 29, barPx: 12, barTopPx: 7, textPx: 11 }

/** The part of the plan a picture shows and what is switched on in it. The picture's own origin is its top left corner. */
export type GanttView = {
  scale: Scale
  /** How far the rows are scrolled up. */
  topPx: number
  widthPx: number
  heightPx: number
  metrics: RowMetrics
  minutesPerDay: number
  todayMinute?: number | undefined
  statusMinute?: number | undefined
  nonWorking?: readonly Span[] | undefined
  showCriticalPath?: boolean
  showBaseline?: boolean
  showLinks?: boolean
  showGrid?: boolean
  selected?: ReadonlySet<string> | undefined
  hoveredId?: string | undefined
  /** When given, everything not on this path steps back. */
  traced?: ReadonlySet<string> | undefined
}

/** The y of a row's upper edge in the picture. */
export function rowTop(view: GanttView, index: number): number {
  return index * view.metrics.rowPx - view.topPx
}

/** The indices of the rows that reach into the picture, `last` included; `last` < `first` when none. */
export function rowsInView(view: GanttView, rowCount: number): { first: number; last: number } {
  const { rowPx } = view.metrics
  return {
    first: Math.max(0, Math.floor(view.topPx / rowPx)),
    last: Math.min(rowCount - 1, Math.floor((view.topPx + view.heightPx - 1) / rowPx)),
  }
}
