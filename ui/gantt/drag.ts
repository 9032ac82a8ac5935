import type { GanttHit } from '../../drawing/gantt/hit.ts'
import type { GanttRow, LinkType } from '../../drawing/gantt/layout.ts'
import { type Scale, snapMinutes } from '../../drawing/gantt/scale.ts'

/** A drag on the chart: what was taken, and how far it is. Nothing of the plan changes before it is let go. */
export type Drag =
  | { kind: 'move'; id: string; fromX: number; startMinute: number; deltaMinutes: number }
  | {
      kind: 'resize'
      id: string
      fromX: number
      startMinute: number
      fromFinishMinute: number
      finishMinute: number
    }
  | { kind: 'progress'; id: string; fromX: number; fromPercent: number; widthPx: number; percent: number }
  | {
      kind: 'link'
      id: string
      fromEnd: 'start' | 'finish'
      x: number
      y: number
      target: LinkTarget | undefined
    }
  | { kind: 'pan'; fromX: number; originMinute: number }

export type LinkTarget = { id: string; end: 'start' | 'finish' }

/** What taking hold of the plan at a place begins; undefined where nothing can be taken. */
export function beginDrag(
  hit: GanttHit | undefined,
  row: GanttRow | undefined,
  at: { x: number; y: number; scale: Scale; barPx: number },
  can: { edit: boolean },
): Drag | undefined {
  const pan: Drag = { kind: 'pan', fromX: at.x, originMinute: at.scale.originMinute }
  if (!hit || !row || hit.part === 'row' || hit.part === 'summary' || !can.edit) return pan
  if (row.startMinute === null || row.finishMinute === null) return pan
  const { id } = row
  if (hit.part === 'linkStart' || hit.part === 'linkFinish') {
    const fromEnd = hit.part === 'linkStart' ? 'start' : 'finish'
    return { kind: 'link', id, fromEnd, x: at.x, y: at.y, target: undefined }
  }
  if (hit.part === 'progress') {
    const { percentComplete: percent } = row
    return { kind: 'progress', id, fromX: at.x, fromPercent: percent, widthPx: at.barPx, percent }
  }
  if (hit.part === 'finish') {
    const { startMinute, finishMinute } = row
    return { kind: 'resize', id, fromX: at.x, startMinute, fromFinishMinute: finishMinute, finishMinute }
  }
  return { kind: 'move', id, fromX: at.x, startMinute: row.startMinute, deltaMinutes: 0 }
}

/** The drag after the pointer has come to (x, y), snapped to what the zoom can tell apart. */
export function dragTo(
  drag: Drag,
  at: { x: number; y: number; scale: Scale; target?: LinkTarget | undefined },
): Drag {
  const { minutesPerPixel } = at.scale
  if (drag.kind === 'link') {
    const target = at.target && at.target.id !== drag.id ? at.target : undefined
    return { ...drag, x: at.x, y: at.y, target }
  }
  const deltaMinutes = (at.x - drag.fromX) * minutesPerPixel
  if (drag.kind === 'pan') return drag
  if (drag.kind === 'progress') {
    const percent = drag.fromPercent + ((at.x - drag.fromX) / Math.max(drag.widthPx, 1)) * 100
    return { ...drag, percent: Math.min(Math.max(Math.round(percent / 5) * 5, 0), 100) }
  }
  const snap = snapMinutes(minutesPerPixel)
  const snapped = Math.round(deltaMinutes / snap) * snap
  if (drag.kind === 'move') return { ...drag, deltaMinutes: snapped }
  // A bar keeps at least a quarter of an hour, however far its end is pushed back.
  const finishMinute = Math.max(drag.fromFinishMinute + snapped, drag.startMinute + 15)
  return { ...drag, finishMinute }
}

/** What letting go asks for; undefined when nothing would change. */
export type DragResult =
  | { kind: 'move'; id: string; startMinute: number }
  | { kind: 'resize'; id: string; startMinute: number; finishMinute: number }
  | { kind: 'progress'; id: string; percent: number }
  | { kind: 'link'; from: string; to: string; type: LinkType }

export function dropOf(drag: Drag): DragResult | undefined {
  if (drag.kind === 'move') {
    if (drag.deltaMinutes === 0) return undefined
    return { kind: 'move', id: drag.id, startMinute: drag.startMinute + drag.deltaMinutes }
  }
  if (drag.kind === 'resize') {
    if (drag.finishMinute === drag.fromFinishMinute) return undefined
    return { kind: 'resize', id: drag.id, startMinute: drag.startMinute, finishMinute: drag.finishMinute }
  }
  if (drag.kind === 'progress') {
    return drag.percent === drag.fromPercent
      ? undefined
      : { kind: 'progress', id: drag.id, percent: drag.percent }
  }
  if (drag.kind === 'link' && drag.target) {
    return { kind: 'link', from: drag.id, to: drag.target.id, type: linkType(drag.fromEnd, drag.target.end) }
  }
  return undefined
}

function linkType(from: 'start' | 'finish', to: 'start' | 'finish'): LinkType {
  if (from === 'finish') return to === 'start' ? 'fs' : 'ff'
  return to === 'start' ? 'ss' : 'sf'
}

/** A row as it would be if the drag ended now; undefined when the drag does not touch it. */
export function ghostRow(drag: Drag, row: GanttRow, isMoved: boolean): GanttRow | undefined {
  if (drag.kind === 'move' && isMoved && row.startMinute !== null && row.finishMinute !== null) {
    const { deltaMinutes } = drag
    return {
      ...row,
      startMinute: row.startMinute + deltaMinutes,
      finishMinute: row.finishMinute + deltaMinutes,
    }
  }
  if (drag.kind === 'resize' && drag.id === row.id) return { ...row, finishMinute: drag.finishMinute }
  if (drag.kind === 'progress' && drag.id === row.id) return { ...row, percentComplete: drag.percent }
  return undefined
}

/** Working minutes between two moments when no calendar is at hand: Monday to Friday in full days, the plan's hours a day. */
export function weekdayMinutesBetween(
  startMinute: number,
  finishMinute: number,
  minutesPerDay: number,
): number {
  const day = 1440
  let days = 0
  for (let minute = Math.floor(startMinute / day) * day; minute < finishMinute; minute += day) {
    const weekday = new Date(minute * 60_000).getUTCDay()
    if (weekday !== 0 && weekday !== 6) days += 1
  }
  return Math.max(days, 1) * minutesPerDay
}
