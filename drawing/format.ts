import { civilOf, minuteOf, minutesPerCivilDay } from './civil.ts'

export const minus = '\u2212'

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/**
 * How a date is written. `auto` adds the year when the day is not in the twelve months from `todayMinute`,
 * `always` is for documents, `never` where the head of the axis carries it.
 */
export type DateStyle = {
  todayMinute?: number | undefined
  year?: 'auto' | 'always' | 'never'
  yearDigits?: 2 | 4
  weekday?: boolean
}

/** A day as people read it: `22 Apr`, `Wed 9 Dec`, `17 Jun 2028`, in columns `17 Jun 28`. */
export function formatDay(minute: number, style: DateStyle = {}): string {
  const { year, month, day, weekday } = civilOf(minute)
  const text = `${style.weekday ? `${weekdayNames[weekday]} ` : ''}${day} ${monthNames[month - 1]}`
  if (!needsYear(minute, style)) return text
  return `${text} ${style.yearDigits === 2 ? String(year).slice(-2) : year}`
}

function needsYear(minute: number, { todayMinute, year = 'auto' }: DateStyle): boolean {
  if (year !== 'auto') return year === 'always'
  if (todayMinute === undefined) return true
  const today = civilOf(todayMinute)
  const from = minuteOf(today.year, today.month, today.day)
  return minute < from || minute >= minuteOf(today.year + 1, today.month, today.day)
}

/** A day with its time of day: `9 Dec 13:00`. */
export function formatDayTime(minute: number, style: DateStyle = {}): string {
  return `${formatDay(minute, style)} ${formatClock(minute)}`
}

/** The time of day, `08:00`. */
export function formatClock(minute: number): string {
  const inDay = ((minute % minutesPerCivilDay) + minutesPerCivilDay) % minutesPerCivilDay
  const hour = Math.floor(inDay / 60)
  return `${String(hour).padStart(2, '0')}:${String(Math.floor(inDay % 60)).padStart(2, '0')}`
}

/** The short name of a month, 1..12. */
export function monthName(month: number): string {
  return monthNames[month - 1] ?? ''
}

/** The machine's form of a wall-clock minute, `2026-12-09T08:00:00`. */
export function isoOf(minute: number): string {
  const { year, month, day } = civilOf(minute)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T${formatClock(minute)}:00`
}

/** A figure with thousands separated and a real minus sign: `4,752`, `−0.55`. At most `decimals` places. */
export function formatNumber(value: number, decimals = 2): string {
  const fixed = Math.abs(value).toFixed(decimals)
  const [whole = '0', fraction = ''] = fixed.split('.')
  const shown = fraction.replace(/0+$/, '')
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (shown === '' ? '' : `.${shown}`)
  return value < 0 && text !== '0' ? minus + text : text
}

/** Millions with two places, the unit to be named beside it: `4.75`. */
export function formatMillions(value: number): string {
  const text = (Math.abs(value) / 1_000_000).toFixed(2)
  return value < 0 && Number(text) !== 0 ? minus + text : text
}

export type DurationStyle = {
  minutesPerDay: number
  elapsed?: boolean | undefined
  estimated?: boolean | undefined
}

/** A duration in the plan's days: `20 d`, `2.5 d`, `3 ed` when elapsed, `40 min` when days would need rounding, `?` when estimated. */
export function formatDuration(minutes: number, style: DurationStyle): string {
  const perDay = style.elapsed ? minutesPerCivilDay : style.minutesPerDay
  const mark = style.elapsed ? 'e' : ''
  const days = minutes / perDay
  const text = isExact(days)
    ? `${formatNumber(days)} ${mark}d`
    : isExact(minutes / 60)
      ? `${formatNumber(minutes / 60)} ${mark}h`
      : `${formatNumber(minutes, 0)} ${mark}min`
  return style.estimated ? `${text}?` : text
}

function isExact(value: number): boolean {
  return Math.abs(value * 100 - Math.round(value * 100)) < 1e-6
}

/** Days of working time with a sign, late is plus: `+15`, `−3`, `0`; one place when not whole. */
export function formatSlip(minutes: number, minutesPerDay: number): string {
  const days = Math.round((minutes / minutesPerDay) * 10) / 10
  return `${days > 0 ? '+' : ''}${formatNumber(days, 1)}`
}

/** Days of working time, one place when not whole: `47`, `−2.5`. */
export function formatDays(minutes: number, minutesPerDay: number): string {
  return formatNumber(Math.round((minutes / minutesPerDay) * 10) / 10, 1)
}
