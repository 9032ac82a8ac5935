import type { GRADES } from '../schedule.model.ts'

export type Grade = (typeof GRADES)[number]

/** The figures of the five answers, as the guide averages them (GAO-16-89G, appendix on scoring: 5 met … 1 not met). */
export const GRADE_FIGURE: Readonly<Record<Grade, number>> = {
  met: 5,
  substantially: 4,
  partially: 3,
  minimally: 2,
  notMet: 1,
}

/** A mean of figures as one of the five answers: 4.5 and more met, 3.5 substantially, 2.5 partially, 1.5 minimally. */
export function gradeOf(figure: number): Grade {
  if (figure >= 4.5) return 'met'
  if (figure >= 3.5) return 'substantially'
  if (figure >= 2.5) return 'partially'
  return figure >= 1.5 ? 'minimally' : 'notMet'
}

/**
 * A counted share as one of the five answers: met within its limit; else by what is in order: "a large portion" (three
 * quarters), "about half", "a small portion" (a quarter), as the guide words its scale.
 */
export function gradeOfShare(conformingPercent: number, isWithinLimit: boolean): Grade {
  if (isWithinLimit) return 'met'
  if (conformingPercent >= 75) return 'substantially'
  if (conformingPercent >= 50) return 'partially'
  return conformingPercent >= 25 ? 'minimally' : 'notMet'
}

/** How old a recorded status may be, in days, for each answer. */
export function gradeOfAge(days: number): Grade {
  if (days <= 7) return 'met'
  if (days <= 14) return 'substantially'
  if (days <= 31) return 'partially'
  return days <= 62 ? 'minimally' : 'notMet'
}

/** The mean, to one decimal; null of nothing. */
export function meanOf(figures: readonly number[]): number | null {
  if (figures.length === 0) return null
  const sum = figures.reduce((total, figure) => total + figure, 0)
  return Math.round((10 * sum) / figures.length) / 10
}
