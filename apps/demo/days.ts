import { addDays, type Day, dayNumber, weekday } from '../../kernel/day.ts'

/** The Friday at which the demo was written: everything up to it has happened, the rest is planned. */
export const AUTHORED_FRIDAY = '2026-11-20'

const FRIDAY = 5

/** Moves what was written for the authored Friday to another day's week, by whole weeks. */
export type Shift = {
  /** How many days everything is moved; whole weeks. */
  readonly days: number
  /** The day that an authored day has become. */
  readonly day: (authored: Day) => Day
  /** The same for a local time (`2026-11-20T17:00:00`). */
  readonly time: (authored: string) => string
  /** An authored day in words: "1 December". */
  readonly words: (authored: Day) => string
  /** The instant in milliseconds of an authored day at an hour (UTC): `instant('2026-11-20', '15:30')`. */
  readonly instant: (authored: Day, clock: string) => number
}

/** The shift that makes the authored Friday the last Friday on or before `today`. */
export function shiftTo(today: Day): Shift {
  const friday = addDays(today, -((weekday(today) - FRIDAY + 7) % 7))
  const days = dayNumber(friday) - dayNumber(AUTHORED_FRIDAY)
  const day = (authored: Day) => addDays(authored, days)
  return {
    days,
    day,
    time: (authored) => `${day(authored.slice(0, 10))}${authored.slice(10)}`,
    words: (authored) => {
      const moved = day(authored)
      return `${Number(moved.slice(8))} ${MONTHS[Number(moved.slice(5, 7)) - 1]}`
    },
    instant: (authored, clock) => Date.parse(`${day(authored)}T${clock}:00.000Z`),
  }
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
