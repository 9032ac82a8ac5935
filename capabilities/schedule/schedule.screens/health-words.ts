import { formatDay, formatNumber } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { Health } from '../../../ui/chips.tsx'
import type { healthOfSchedule, practicesOfSchedule, trendOfHealth } from '../schedule.queries.ts'

export type Checked = Awaited<ReturnType<typeof healthOfSchedule.run>>
export type Point = Checked['points'][number]
export type Offender = Point['offenders'][number]
export type Limit = Checked['limits'][number]
export type HealthTrend = Awaited<ReturnType<typeof trendOfHealth.run>>
export type Practices = Awaited<ReturnType<typeof practicesOfSchedule.run>>
export type Practice = Practices['practices'][number]
export type Question = Practice['questions'][number]
export type Grade = NonNullable<Question['grade']>

/** A figure of a point with its unit: "11.5 %", "600 d", "0.83". */
export function figureText(value: number | null, unit: Point['unit']): string {
  if (value === null) return '–'
  if (unit === '%') return `${formatNumber(value, 1)} %`
  return unit === 'days' ? `${formatNumber(value, 0)} d` : value.toFixed(2)
}

/** What is allowed: "at most 5 %". */
export function limitText({ threshold, better, unit }: Point): string {
  const figure = unit === 'index' ? formatNumber(threshold) : figureText(threshold, unit)
  return `${better === 'less' ? '≤' : '≥'} ${figure}`
}

export function resultOf({ pass }: Point): { health: Health; word: string } {
  if (pass === null) return { health: 'grey', word: 'Not measured' }
  return pass ? { health: 'green', word: 'Pass' } : { health: 'red', word: 'Fails' }
}

export const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  met: 'Met',
  substantially: 'Substantially met',
  partially: 'Partially met',
  minimally: 'Minimally met',
  notMet: 'Not met',
}

export function gradeChip(grade: Grade | null): { health: Health; word: string } {
  if (grade === null) return { health: 'grey', word: 'Open' }
  const word = GRADE_WORDS[grade]
  if (grade === 'met' || grade === 'substantially') return { health: 'green', word }
  return { health: grade === 'partially' ? 'amber' : 'red', word }
}

/** What a score means; grey while answers are missing. */
export function sumChip({ grade, open }: { grade: Grade | null; open: number }): {
  health: Health
  word: string
} {
  return open > 0 ? { health: 'grey', word: `${open} open` } : gradeChip(grade)
}

/** Offenders for whom the check offers more than advice. */
export function fixableOf({ offenders }: Point): readonly Offender[] {
  return offenders.filter(({ fix }) => fix !== null && 'action' in fix)
}

export function dayWords(time: string): string {
  return formatDay(minuteOf(time.length === 10 ? `${time}T00:00:00` : time.slice(0, 19)), { year: 'always' })
}

/** On whose word an answer stands. */
export function basisOf({ by, said, evidence }: Question): string {
  if (by === 'plan') return `From the plan. ${evidence ?? ''}`
  if (!said) return 'Nobody has answered yet.'
  const who = said.by === null ? 'Answered' : said.by
  return `${who}, ${dayWords(said.at)}${said.evidence === null ? '' : `: ${said.evidence}`}`
}

export const GRADE_CHOICES = Object.entries(GRADE_WORDS).map(([value, label]) => ({ value, label }))
