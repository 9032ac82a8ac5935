/**
 * Calendar arithmetic on the project's wall clock: integer minutes since 1970-01-01T00:00, no zone.
 * `Date` serves here only as a proleptic Gregorian calculator in UTC; it never reads the clock.
 */
export type CivilDay = { year: number; month: number; day: number; weekday: number }

export const minutesPerCivilDay = 1440

/** The calendar day a minute lies in; `month` 1..12, `weekday` 0 (Sunday) .. 6. */
export function civilOf(minute: number): CivilDay {
  const date = new Date(minute * 60_000)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  }
}

/** The first minute of a day. Months and days beyond their range roll over (`month` 13 is January of the next year). */
export function minuteOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / 60_000
}

/** The first minute of the day that contains `minute`. */
export function dayStart(minute: number): number {
  return Math.floor(minute / minutesPerCivilDay) * minutesPerCivilDay
}

/** The first minute of the week that contains `minute`; weeks begin on `weekStart` (1 = Monday). */
export function weekStartOf(minute: number, weekStart: number): number {
  const start = dayStart(minute)
  const back = (civilOf(start).weekday - weekStart + 7) % 7
  return start - back * minutesPerCivilDay
}
