import * as values from '../mspdi/values.ts'
import type { Constraint, DurationUnit, Instant, PlanProject } from '../plan-file.ts'

/** Numbers of the fields of a task (record 70) and of a resource (record 50), "MPX file format 4.0". */
export const TASK_FIELDS = {
  name: 1,
  wbs: 2,
  outlineLevel: 3,
  notes: 14,
  work: 20,
  baselineWork: 21,
  actualWork: 22,
  remainingWork: 23,
  percentWorkComplete: 25,
  baselineCost: 31,
  fixedCost: 35,
  duration: 40,
  baselineDuration: 41,
  actualDuration: 42,
  remainingDuration: 43,
  percentComplete: 44,
  start: 50,
  finish: 51,
  earlyStart: 52,
  earlyFinish: 53,
  lateStart: 54,
  lateFinish: 55,
  baselineStart: 56,
  baselineFinish: 57,
  actualStart: 58,
  actualFinish: 59,
  constraintAt: 68,
  predecessors: 70,
  uidPredecessors: 74,
  fixed: 80,
  milestone: 81,
  critical: 82,
  id: 90,
  constraint: 91,
  delay: 92,
  freeSlack: 93,
  totalSlack: 94,
  priority: 95,
  subproject: 96,
  uid: 98,
  summary: 120,
  stop: 150,
  resume: 152,
} as const

export const RESOURCE_FIELDS = {
  name: 1,
  initials: 2,
  group: 3,
  code: 4,
  notes: 10,
  email: 11,
  id: 40,
  maxUnits: 41,
  baseCalendar: 48,
  uid: 49,
} as const

/** How the file writes days and lengths of time: its records 11 and 12. */
export type Writing = {
  dayOrder: 'monthFirst' | 'dayFirst' | 'yearFirst'
  minutesPerDay: number
  minutesPerWeek: number
  defaultStartMinute: number
}

const UNITS: readonly (readonly [string, DurationUnit])[] = [
  ['m', 'minutes'],
  ['h', 'hours'],
  ['d', 'days'],
  ['w', 'weeks'],
  ['mo', 'months'],
]

const UNIT_LETTERS = /^(m|min|mins|minutes?|h|hrs?|hours?|d|dy|days?|w|wks?|weeks?|mo|mons?|months?)$/

export type MpxSpan = { minutes: number; unit: DurationUnit; elapsed: boolean; estimated: boolean }

/** `5d`, `2.5h`, `3ed` (by the clock), `4d?`; a bare number is in days. */
export function readSpan(text: string, writing: Writing): MpxSpan | undefined {
  const match = /^([+-]?\d{1,9}(?:[.,]\d{1,9})?)\s*(e?)([a-z]{0,8})\.?(\??)$/i.exec(text.trim())
  if (!match) return undefined
  const word = (match[3] ?? '').toLowerCase() || 'd'
  if (!UNIT_LETTERS.test(word)) return undefined
  const unit = UNITS.findLast(([letter]) => word.startsWith(letter))?.[1] ?? 'minutes'
  const elapsed = match[2] !== ''
  const minutes = Number((match[1] ?? '').replace(',', '.')) * unitMinutes(unit, elapsed, writing)
  return { minutes: Math.round(minutes * 1000) / 1000, unit, elapsed, estimated: match[4] === '?' }
}

function unitMinutes(unit: DurationUnit, elapsed: boolean, writing: Writing): number {
  const { minutesPerDay, minutesPerWeek } = writing
  if (elapsed) return { minutes: 1, hours: 60, days: 1440, weeks: 10_080, months: 43_200 }[unit]
  return { minutes: 1, hours: 60, days: minutesPerDay, weeks: minutesPerWeek, months: 20 * minutesPerDay }[
    unit
  ]
}

/** In the unit given where that says it exactly, else in minutes. */
export function spanText(
  minutes: number,
  writing: Writing,
  options: { unit?: DurationUnit | undefined; elapsed?: boolean } = {},
): string {
  const { unit = 'minutes', elapsed = false } = options
  const amount = minutes / unitMinutes(unit, elapsed, writing)
  const isExact = Number.isFinite(amount) && Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6
  const letter = UNITS.find(([, each]) => each === unit)?.[0] ?? 'm'
  const mark = elapsed ? 'e' : ''
  return isExact
    ? `${Math.round(amount * 100) / 100}${mark}${letter}`
    : `${Math.round(minutes * 1000) / 1000}${mark}m`
}

/** A day with or without a time, by the order of the file; years of two digits are 1950 to 2049. */
export function readMoment(text: string, writing: Writing, time: number): Instant | undefined {
  const match =
    /^(?:\p{L}+\.?\s+)?(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})(?:\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([ap])?\.?m?\.?)?$/iu.exec(
      text.trim(),
    )
  if (!match) return undefined
  const [a = '', b = '', c = ''] = match.slice(1, 4)
  const { dayOrder } = writing
  const isYearFirst = dayOrder === 'yearFirst' || a.length === 4
  const [year, month, day] = isYearFirst ? [a, b, c] : dayOrder === 'dayFirst' ? [c, b, a] : [c, a, b]
  const half = match[7]?.toLowerCase()
  const hour = half === undefined ? Number(match[4]) : (Number(match[4]) % 12) + (half === 'p' ? 12 : 0)
  const minute = match[4] === undefined ? time : hour * 60 + Number(match[5])
  const clock = `${two(Math.floor(minute / 60))}:${two(minute % 60)}:${match[6] ?? '00'}`
  return values.instant.read(`${fullYear(year)}-${two(Number(month))}-${two(Number(day))}T${clock}`)
}

function fullYear(year: string): string {
  if (year.length > 2) return year.padStart(4, '0')
  return String(Number(year) + (Number(year) < 50 ? 2000 : 1900))
}

const two = (number: number) => String(number).padStart(2, '0')

/** `5/1/2026 08:00`, day first, as the record 12 of what is written here says. */
export function momentText(instant: Instant | undefined): string | undefined {
  if (instant === undefined) return undefined
  const [year, month, day] = instant.slice(0, 10).split('-')
  const seconds = instant.slice(17)
  return `${day}/${month}/${year} ${instant.slice(11, 16)}${seconds === '00' ? '' : `:${seconds}`}`
}

/** `8:00`, `8:00 AM`, `17:00` as minutes of the day. */
export function readClock(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d\d)(?::\d\d)?\s*(?:([ap])\.?m?\.?)?$/i.exec(text.trim())
  if (!match) return undefined
  const half = match[3]?.toLowerCase()
  const hour = half === undefined ? Number(match[1]) : (Number(match[1]) % 12) + (half === 'p' ? 12 : 0)
  const minute = hour * 60 + Number(match[2])
  return hour <= 24 && Number(match[2]) < 60 && minute <= 1440 ? minute : undefined
}

export function clockText(minute: number): string {
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
}

/** In the order of their numbers in the format. */
export const CONSTRAINTS: readonly (readonly [Constraint, string])[] = [
  ['asap', 'As Soon As Possible'],
  ['alap', 'As Late As Possible'],
  ['mso', 'Must Start On'],
  ['mfo', 'Must Finish On'],
  ['snet', 'Start No Earlier Than'],
  ['snlt', 'Start No Later Than'],
  ['fnet', 'Finish No Earlier Than'],
  ['fnlt', 'Finish No Later Than'],
]

export function readConstraint(text: string): Constraint | undefined {
  const word = text.trim().toLowerCase()
  if (/^[0-7]$/.test(word)) return CONSTRAINTS[Number(word)]?.[0]
  return CONSTRAINTS.find(([, words]) => words.toLowerCase() === word)?.[0]
}

const PRIORITIES = [
  'Lowest',
  'Very Low',
  'Lower',
  'Low',
  'Medium',
  'High',
  'Higher',
  'Very High',
  'Highest',
  'Do Not Level',
]

/** The ten words of the format stand for 100, 200 … 1000. */
export function readPriority(text: string): number | undefined {
  const place = PRIORITIES.findIndex((word) => word.toLowerCase() === text.trim().toLowerCase())
  return place < 0 ? undefined : (place + 1) * 100
}

export function priorityText(priority: number): string {
  return PRIORITIES[Math.min(9, Math.max(0, Math.round(priority / 100) - 1))] ?? 'Medium'
}

export function readFlag(text: string): boolean | undefined {
  if (/^(1|yes|true|ja|oui)$/i.test(text.trim())) return true
  return /^(0|no|false|nein|non|)$/i.test(text.trim()) ? false : undefined
}

/** `50%`, `50`, `0,5 %`. */
export function readPercent(text: string): number | undefined {
  const match = /^(\d{1,3}(?:[.,]\d{1,6})?)\s*%?$/.exec(text.trim())
  const number = match ? Number((match[1] ?? '').replace(',', '.')) : Number.NaN
  return number >= 0 && number <= 100 ? Math.round(number) : undefined
}

/** A number with a point or comma, a sign of money before or behind it, and marks between the thousands. */
export function readAmount(text: string): number | undefined {
  const plain = text
    .replace(/[^\d.,-]/g, '')
    .replace(/[.,](?=\d{3}(\D|$))/g, '')
    .replace(',', '.')
  const number = plain === '' ? Number.NaN : Number(plain)
  return Number.isFinite(number) && Math.abs(number) < 1e13 ? number : undefined
}

export function writingOf(project: PlanProject): Writing {
  return {
    dayOrder: 'dayFirst',
    minutesPerDay: project.minutesPerDay || 480,
    minutesPerWeek: project.minutesPerWeek || 2400,
    defaultStartMinute: project.defaultStartMinute,
  }
}
