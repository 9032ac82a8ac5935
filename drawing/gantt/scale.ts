import { civilOf, dayStart, minuteOf, minutesPerCivilDay, weekStartOf } from '../civil.ts'
import { monthName } from '../format.ts'

/** The steps of the zoom, from hours to years: each a name for the tool bar and how much time a pixel holds. */
export const zooms = [
  { key: 'hour', title: 'Hours', minutesPerPixel: 60 / 36 },
  { key: 'day', title: 'Days', minutesPerPixel: minutesPerCivilDay / 32 },
  { key: 'week', title: 'Weeks', minutesPerPixel: (7 * minutesPerCivilDay) / 25 },
  { key: 'month', title: 'Months', minutesPerPixel: (30 * minutesPerCivilDay) / 40 },
  { key: 'quarter', title: 'Quarters', minutesPerPixel: (91 * minutesPerCivilDay) / 48 },
  { key: 'year', title: 'Years', minutesPerPixel: (365 * minutesPerCivilDay) / 72 },
] as const

export type ZoomKey = (typeof zooms)[number]['key']

/** The time axis of a picture: `originMinute` lies at x = 0. */
export type Scale = { originMinute: number; minutesPerPixel: number; weekStart?: number }

export function xOf(scale: Scale, minute: number): number {
  return (minute - scale.originMinute) / scale.minutesPerPixel
}

export function minuteAt(scale: Scale, x: number): number {
  return scale.originMinute + x * scale.minutesPerPixel
}

/** The time a pixel holds at a named zoom. */
export function minutesPerPixelOf(zoom: ZoomKey): number {
  const found = zooms.find(({ key }) => key === zoom)
  return found ? found.minutesPerPixel : zooms[2].minutesPerPixel
}

/** The named zoom whose tiers a scale shows: the finest whose ticks still have room. */
export function zoomOf(minutesPerPixel: number): ZoomKey {
  const found = zooms.find((zoom) => minutesPerPixel <= zoom.minutesPerPixel * 1.25)
  return found ? found.key : 'year'
}

/** One step finer (−1) or coarser (+1); stays at the ends. */
export function nextZoom(minutesPerPixel: number, step: -1 | 1): ZoomKey {
  const index = zooms.findIndex(({ key }) => key === zoomOf(minutesPerPixel))
  const zoom = zooms[Math.min(Math.max(index + step, 0), zooms.length - 1)]
  return zoom ? zoom.key : 'week'
}

/** The scale on which the span just fills the width, with 3 % of air on both sides. */
export function fitScale(span: { startMinute: number; finishMinute: number }, widthPx: number): Scale {
  const minutes = Math.max(span.finishMinute - span.startMinute, minutesPerCivilDay)
  const minutesPerPixel = (minutes * 1.06) / Math.max(widthPx, 1)
  return { originMinute: span.startMinute - minutes * 0.03, minutesPerPixel }
}

/** How far a drag jumps at this scale: what the eye can still tell apart, in minutes. */
export function snapMinutes(minutesPerPixel: number): number {
  if (minutesPerPixel < 6) return 15
  if (minutesPerPixel < 20) return 60
  return minutesPerCivilDay
}

export type Tick = { minute: number; label: string }
type Unit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year'

const tiersOfZoom: Record<ZoomKey, { major: Unit; minor: Unit; minorStep: number }> = {
  hour: { major: 'day', minor: 'hour', minorStep: 1 },
  day: { major: 'week', minor: 'day', minorStep: 1 },
  week: { major: 'month', minor: 'week', minorStep: 1 },
  month: { major: 'quarter', minor: 'month', minorStep: 1 },
  quarter: { major: 'year', minor: 'quarter', minorStep: 1 },
  year: { major: 'year', minor: 'half', minorStep: 1 },
}

/**
 * The two tiers of the head between x = 0 and `widthPx`: each tick at the first minute of its unit, beginning
 * with the one the left edge lies in. Month over week, week over day and so on, by zoom.
 */
export function ticksOf(scale: Scale, widthPx: number): { major: Tick[]; minor: Tick[] } {
  const tiers = tiersOfZoom[zoomOf(scale.minutesPerPixel)]
  const untilMinute = minuteAt(scale, widthPx)
  return {
    major: ticksOfUnit(tiers.major, scale, untilMinute, majorLabel),
    minor: ticksOfUnit(tiers.minor, scale, untilMinute, minorLabel),
  }
}

function ticksOfUnit(
  unit: Unit,
  scale: Scale,
  untilMinute: number,
  label: (unit: Unit, minute: number, isFirst: boolean) => string,
): Tick[] {
  const ticks: Tick[] = []
  let minute = unitStart(unit, scale.originMinute, scale.weekStart ?? 1)
  while (minute < untilMinute) {
    ticks.push({ minute, label: label(unit, minute, ticks.length === 0) })
    minute = nextUnit(unit, minute)
  }
  return ticks
}

function unitStart(unit: Unit, minute: number, weekStart: number): number {
  if (unit === 'hour') return Math.floor(minute / 60) * 60
  if (unit === 'day') return dayStart(minute)
  if (unit === 'week') return weekStartOf(minute, weekStart)
  const { year, month } = civilOf(minute)
  const monthsPerUnit = unit === 'month' ? 1 : unit === 'quarter' ? 3 : unit === 'half' ? 6 : 12
  return minuteOf(year, month - ((month - 1) % monthsPerUnit), 1)
}

function nextUnit(unit: Unit, minute: number): number {
  if (unit === 'hour') return minute + 60
  if (unit === 'day') return minute + minutesPerCivilDay
  if (unit === 'week') return minute + 7 * minutesPerCivilDay
  const { year, month } = civilOf(minute)
  return minuteOf(year, month + (unit === 'month' ? 1 : unit === 'quarter' ? 3 : unit === 'half' ? 6 : 12), 1)
}

function majorLabel(unit: Unit, minute: number, isFirst: boolean): string {
  const { year, month, day, weekday } = civilOf(minute)
  if (unit === 'day') return `${weekdayLetters[weekday]} ${day} ${monthName(month)} ${year}`
  if (unit === 'week') return `${day} ${monthName(month)} ${year}`
  if (unit === 'month') return isFirst || month === 1 ? `${monthName(month)} ${year}` : monthName(month)
  if (unit === 'quarter') return `Q${Math.ceil(month / 3)} ${year}`
  return String(year)
}

const weekdayLetters = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function minorLabel(unit: Unit, minute: number): string {
  const { month, day } = civilOf(minute)
  if (unit === 'hour') return String(Math.floor((minute % minutesPerCivilDay) / 60)).padStart(2, '0')
  if (unit === 'day' || unit === 'week') return String(day)
  if (unit === 'month') return monthName(month)
  if (unit === 'quarter') return `Q${Math.ceil(month / 3)}`
  return month === 1 ? 'H1' : 'H2'
}
