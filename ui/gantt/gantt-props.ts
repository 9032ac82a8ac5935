import type { ReactNode } from 'react'
import type { GanttLink, LinkType } from '../../drawing/gantt/layout.ts'
import type { Picture } from '../../drawing/gantt/marks.ts'
import type { ZoomKey } from '../../drawing/gantt/scale.ts'
import type { Span } from '../../drawing/gantt/view.ts'
import type { PlanRow } from './outline.ts'
import type { PlanColumn, PlanPatch, PlanStyle } from './plan-columns.ts'
import type { StripView } from './stage.ts'

/** Why an edit was not taken: the cell keeps what was typed, the line below the plan says this sentence. */
export type EditRefusal = { code?: string; sentence: string }

/**
 * What the plan asks its screen to do. Everything is optional: what is missing cannot be done here, and its keys,
 * menu lines and handles are off. Times are wall-clock minutes, durations working minutes.
 */
export type GanttCallbacks = {
  /** A cell was written. Answer a refusal (or a promise of one) to have it shown in place. */
  onEdit?: (id: string, patch: PlanPatch) => undefined | EditRefusal | Promise<undefined | EditRefusal>
  /** Bars were moved: the first id gets this start, the others keep their distance to it. */
  onMove?: (ids: readonly string[], startMinute: number) => void
  onResize?: (id: string, durationMinutes: number) => void
  onProgress?: (id: string, percentComplete: number) => void
  onLink?: (from: string, to: string, type: LinkType) => void
  onIndent?: (ids: readonly string[]) => void
  onOutdent?: (ids: readonly string[]) => void
  onShift?: (ids: readonly string[], direction: 'up' | 'down') => void
  /** A new task below the given one; undefined in an empty plan. */
  onCreate?: (afterId: string | undefined) => void
  onDelete?: (ids: readonly string[]) => void
  onOpen?: (id: string) => void
  /** "Why is this so": the cell's place on screen is where the answer belongs. */
  onExplain?: (id: string, columnKey: string, anchor: DOMRect) => void
  onTrace?: (id: string | undefined) => void
}

/** A picture below the chart, on its time axis, with something beside it below the table. */
export type GanttStrip = {
  heightPx: number
  /** Below the table; what the picture says must be said here for those who do not see it. */
  side: ReactNode
  draw: (view: StripView) => Picture
  /** The picture was pressed at this minute, at this place of the screen. */
  onPress?: (minute: number, anchor: DOMRect) => void
}

export type GanttProps = GanttCallbacks & {
  /** What the plan is called to people who hear it: "Plan of ERP". */
  label: string
  rows: readonly PlanRow[]
  links: readonly GanttLink[]
  plan: PlanStyle
  columns?: readonly PlanColumn[]
  statusMinute?: number
  /** Time nobody works, for the shading at the zooms of days and hours; asked for what is in view. */
  nonWorking?: (span: Span) => readonly Span[]
  /** Working minutes of a task between two moments, for resizing; weekdays when absent. */
  workingMinutesBetween?: (id: string, startMinute: number, finishMinute: number) => number
  showCriticalPath?: boolean
  showBaseline?: boolean
  showLinks?: boolean
  /** The path that stands out while everything else steps back. */
  traced?: ReadonlySet<string>
  zoom?: ZoomKey
  onZoom?: (zoom: ZoomKey) => void
  selected?: ReadonlySet<string>
  onSelect?: (ids: ReadonlySet<string>) => void
  collapsed?: ReadonlySet<string>
  onCollapse?: (ids: ReadonlySet<string>) => void
  tableWidthPx?: number
  onTableWidth?: (widthPx: number) => void
  strip?: GanttStrip
  /** What to show instead of rows when there are none. */
  empty?: ReactNode
  ref?: React.Ref<GanttHandle>
}

/** What a screen may ask of the plan on the page. */
export type GanttHandle = {
  scrollToTask: (id: string) => void
  scrollToDate: (minute: number) => void
  fit: () => void
  focus: (id?: string) => void
  /** Selects these tasks and nothing else, and brings the first into sight. */
  select: (ids: readonly string[]) => void
  /** Opens a cell for writing, as `e` does. */
  edit: (id: string, columnKey: string) => void
}
