import { civilOf, minuteOf, minutesPerCivilDay } from './civil.ts'

const monthStems = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * A typed day, with or without a time, as a wall-clock minute; undefined when it is not one.
 * Accepted: `9 Dec`, `Wed 9 Dec 26`, `2026-12-09`, `9.12.2026`, `today`, `+3` (calendar days from today), each followed by `13:00`.
 * Without a year the day nearest to today is meant; without a time `timeOfDayMinute` holds.
 */
export function readDay(
  typed: string,
  given: { todayMinute: number; timeOfDayMinute: number },
): number | undefined {
  const text = typed.trim().toLowerCase().replace(/,/g, ' ')
  const clock = /(?:^|[\sT])(\d{1,2}):(\d{2})(?::\d{2})?$/i.exec(text)
  const timeMinute = clock ? Number(clock[1]) * 60 + Number(clock[2]) : given.timeOfDayMinute
  if (timeMinute < 0 || timeMinute > minutesPerCivilDay || (clock && Number(clock[2]) > 59)) return undefined
  const dayText = (clock ? text.slice(0, clock.index) : text).replace(
    /^(sun|mon|tue|wed|thu|fri|sat)[a-z]*\s+/,
    '',
  )
  const day = readDayOnly(dayText.trim(), given.todayMinute)
  return day === undefined ? undefined : day + timeMinute
}

function readDayOnly(text: string, todayMinute: number): number | undefined {
  const today = civilOf(todayMinute)
  const todayStart = minuteOf(today.year, today.month, today.day)
  if (text === 'today') return todayStart
  const shift = /^([+\-\u2212])\s*(\d{1,4})$/.exec(text)
  if (shift) return todayStart + (shift[1] === '+' ? 1 : -1) * Number(shift[2]) * minutesPerCivilDay
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const named = /^(\d{1,2})\.?\s*([a-z]{3})[a-z]*\.?(?:\s+(\d{2}|\d{4}))?$/.exec(text)
  const numbered = /^(\d{1,2})\.(\d{1,2})\.(?:\s*(\d{2}|\d{4}))?$/.exec(text)
  const found = named ?? numbered
  if (!found) return undefined
  const month = named ? monthStems.indexOf(found[2] ?? '') + 1 : Number(found[2])
  const day = Number(found[1])
  if (found[3] !== undefined) return realDay(fullYear(found[3]), month, day)
  return nearestDay(month, day, todayStart, today.year)
}

function nearestDay(month: number, day: number, todayStart: number, year: number): number | undefined {
  const candidates = [year - 1, year, year + 1]
    .map((candidate) => realDay(candidate, month, day))
    .filter((minute) => minute !== undefined)
  return candidates.sort((a, b) => Math.abs(a - todayStart) - Math.abs(b - todayStart))[0]
}

function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}

function realDay(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined
  const minute = minuteOf(year, month, day)
  return civilOf(minute).day === day ? minute : undefined
}

export type ReadDuration = { minutes: number; elapsed: boolean; estimated: boolean }

/**
 * A typed duration: `20`, `20 d`, `2.5d`, `4 h`, `90 min`, `2 w`, `1 mo`, elapsed with a leading e (`3 ed`), estimated with `?`.
 * Undefined when it is none or negative. A bare number means days, as in Microsoft Project's default.
 */
export function readDuration(
  typed: string,
  given: { minutesPerDay: number; minutesPerWeek: number; daysPerMonth: number },
): ReadDuration | undefined {
  const match =
    /^(\d+(?:[.,]\d+)?)\s*(e?)(min|mo|mon|month|months|m|h|hr|hrs|d|day|days|w|wk|wks|week|weeks)?(\?)?$/.exec(
      typed.trim().toLowerCase(),
    )
  if (!match) return undefined
  const amount = Number((match[1] ?? '').replace(',', '.'))
  const elapsed = match[2] === 'e'
  const minutes = Math.round(amount * minutesPerUnit(match[3] ?? 'd', elapsed, given))
  return { minutes, elapsed, estimated: match[4] === '?' }
}

function minutesPerUnit(
  unit: string,
  elapsed: boolean,
  given: { minutesPerDay: number; minutesPerWeek: number; daysPerMonth: number },
): number {
  if (unit === 'm' || unit === 'min') return 1
  if (unit.startsWith('h')) return 60
  if (unit.startsWith('d')) return elapsed ? minutesPerCivilDay : given.minutesPerDay
  if (unit.startsWith('w')) return elapsed ? 7 * minutesPerCivilDay : given.minutesPerWeek
  return elapsed ? 30 * minutesPerCivilDay : given.daysPerMonth * given.minutesPerDay
}
