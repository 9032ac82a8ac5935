import type { Colour } from '../colours.ts'

/**
 * A draw list: what a picture consists of, in painting order, in pixels, with colours by name.
 * Surfaces (`canvas.ts`, `svg.ts`) decide nothing; they only paint.
 */
export type Mark =
  | RectMark
  | LineMark
  | PolygonMark
  | CircleMark
  | TextMark
  /** A clipped part of the picture with its own origin. */
  | { kind: 'group'; x: number; y: number; width: number; height: number; marks: readonly Mark[] }

export type RectMark = {
  kind: 'rect'
  x: number
  y: number
  width: number
  height: number
  radius?: number
  fill?: Colour
  stroke?: Colour
  dash?: readonly number[]
  opacity?: number
}

/** An open line through `points` (x, y, x, y …). */
export type LineMark = {
  kind: 'line'
  points: readonly number[]
  stroke: Colour
  widthPx: number
  dash?: readonly number[]
  opacity?: number
}

/** A closed shape through `points` (x, y, x, y …). */
export type PolygonMark = {
  kind: 'polygon'
  points: readonly number[]
  fill?: Colour
  stroke?: Colour
  widthPx?: number
  opacity?: number
}

export type CircleMark = {
  kind: 'circle'
  x: number
  y: number
  radius: number
  fill?: Colour
  stroke?: Colour
  widthPx?: number
}

/** A text on its baseline `y`; `halo` lays the ground's colour around it so that lines behind stay out of the letters. */
export type TextMark = {
  kind: 'text'
  x: number
  y: number
  text: string
  fill: Colour
  sizePx: number
  weight: 400 | 500 | 600
  anchor: 'start' | 'middle' | 'end'
  halo?: Colour
  opacity?: number
}

export type Picture = { widthPx: number; heightPx: number; marks: readonly Mark[] }

/** A diamond around a centre; `halfPx` is half its width. */
export function diamond(
  x: number,
  y: number,
  halfPx: number,
  paint: { fill?: Colour; stroke?: Colour; widthPx?: number; opacity?: number },
): PolygonMark {
  return { kind: 'polygon', points: [x, y - halfPx, x + halfPx, y, x, y + halfPx, x - halfPx, y], ...paint }
}

/** The nearest place where a hairline falls on one row of pixels instead of two. */
export function crisp(value: number): number {
  return Math.floor(value) + 0.5
}
