import type { Contour } from '../plan.ts'

/** How hard somebody works in each tenth of an assignment, in percent of the peak ("Work contours", Microsoft Project). */
const TENTHS: Readonly<Partial<Record<Contour, readonly number[]>>> = {
  backLoaded: [10, 15, 25, 50, 50, 75, 75, 100, 100, 100],
  frontLoaded: [100, 100, 100, 75, 75, 50, 50, 25, 15, 10],
  doublePeak: [25, 50, 100, 50, 25, 25, 50, 100, 50, 25],
  earlyPeak: [25, 50, 100, 100, 75, 50, 50, 25, 15, 10],
  latePeak: [10, 15, 25, 50, 50, 75, 100, 100, 50, 25],
  bell: [10, 20, 40, 80, 100, 100, 80, 40, 20, 10],
  turtle: [25, 50, 75, 100, 100, 100, 100, 75, 50, 25],
}

/** A part of an assignment's time, 0..1 from its begin to its end, and its share of the work done in `from`..`to`. */
export type ContourPart = { readonly from: number; readonly to: number; readonly share: number }

/** The parts of equal effort between two points of an assignment; their shares add up to 1. */
export function contourParts(contour: Contour, from: number, to: number): ContourPart[] {
  const heights = TENTHS[contour]
  if (!heights || to <= from) return [{ from, to, share: 1 }]
  const parts: { from: number; to: number; share: number }[] = []
  let sum = 0
  for (const [place, height] of heights.entries()) {
    const begin = Math.max(from, place / 10)
    const end = Math.min(to, (place + 1) / 10)
    if (end <= begin) continue
    const share = height * (end - begin)
    parts.push({ from: begin, to: end, share })
    sum += share
  }
  return parts.map((part) => ({ ...part, share: part.share / sum }))
}
