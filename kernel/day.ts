import { Fault } from './fault.ts'

/** A calendar day without zone: `2026-11-20`. */
export type Day = string
/** Local wall-clock time of a project without zone: `2026-11-20T08:00:00`. */
export type LocalTime = string
/** Minutes of the local wall clock since 1970-01-01T00:00. */
export type Minute = number

const MINUTES_PER_DAY = 1440
const MS_PER_DAY = 86_400_000
const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME_PATTERN = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/

/** Number of the day since 1970-01-01. Refuses `day.invalid` for text that is no day (30 February too). */
export function dayNumber(day: Day): number {
  const match = DAY_PATTERN.exec(day)
  const ms = match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : Number.NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) {
    throw new Fault('day.invalid', `"${day}" is not a day; write it as 2026-11-20.`, { day })
  }
  return ms / MS_PER_DAY
}

/** The day with this number; inverse of `dayNumber`. */
export function dayOf(number: number): Day {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10)
}

/** The day so many days later (or earlier, when negative). */
export function addDays(day: Day, days: number): Day {
  return dayOf(dayNumber(day) + days)
}

/** Day of the week, 0 = Sunday … 6 = Saturday. */
export function weekday(day: Day): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7
}

/** Minutes since 1970 of a local time; seconds become a fraction. Refuses `time.invalid`. */
export function minuteOf(time: LocalTime): Minute {
  const match = TIME_PATTERN.exec(time)
  const hour = Number(match?.[2])
  const minute = Number(match?.[3])
  if (!match || hour > 24 || minute > 59) {
    throw new Fault('time.invalid', `"${time}" is not a time; write it as 2026-11-20T08:00:00.`, { time })
  }
  return dayNumber(match[1] ?? '') * MINUTES_PER_DAY + hour * 60 + minute + Number(match[4] ?? 0) / 60
}

/** The local time of a minute to the second: `2026-11-20T08:00:00`; inverse of `minuteOf`. */
export function timeOf(minute: Minute): LocalTime {
  const seconds = Math.round(minute * 60)
  const number = Math.floor(seconds / 86_400)
  const rest = seconds - number * 86_400
  const clock = [Math.floor(rest / 3600), Math.floor((rest % 3600) / 60), rest % 60]
  return `${dayOf(number)}T${clock.map((part) => String(part).padStart(2, '0')).join(':')}`
}

/** The day on which a minute lies. */
export function dayOfMinute(minute: Minute): Day {
  return dayOf(Math.floor(minute / MINUTES_PER_DAY))
}
