import type { Span } from '../gantt/view.ts'

/** Where the chart stands in its picture, and which time its edges are. */
export type Frame = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Reporting days, left to right. */
  readonly days: Span
  /** Forecast dates, bottom to top. */
  readonly dates: Span
}

const LEFT_PX = 62
const TOP_PX = 10
const BOTTOM_PX = 24

/** The frame of a picture of a size, with so much room for names at the right. */
export function frameOf(given: {
  days: Span
  dates: Span
  widthPx: number
  heightPx: number
  rightPx: number
}): Frame {
  return {
    x: LEFT_PX,
    y: TOP_PX,
    width: Math.max(40, given.widthPx - LEFT_PX - given.rightPx),
    height: Math.max(40, given.heightPx - TOP_PX - BOTTOM_PX),
    days: given.days,
    dates: given.dates,
  }
}

export function xOf({ x, width, days }: Frame, minute: number): number {
  return x + ((minute - days.startMinute) / (days.finishMinute - days.startMinute)) * width
}

export function yOf({ y, height, dates }: Frame, minute: number): number {
  return y + height - ((minute - dates.startMinute) / (dates.finishMinute - dates.startMinute)) * height
}
