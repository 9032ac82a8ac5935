import { civilOf, minuteOf, minutesPerCivilDay } from '../civil.ts'
import { formatDay, monthName } from '../format.ts'
import type { Span } from '../gantt/view.ts'

/** A place on a time axis: months where there is room, weeks in a short span. */
export type AxisTick = { readonly minute: number; readonly label: string }

const WEEK = 7 * minutesPerCivilDay
const MONTHS_APART = [1, 2, 3, 6, 12, 24, 60]

/** Ticks of a span, at most `most`: the first of months (a year named once), or Mondays in spans under ten weeks. */
export function axisTicks({ startMinute, finishMinute }: Span, most: number): AxisTick[] {
  const weeks = (finishMinute - startMinute) / WEEK
  return weeks < 10
    ? weekTicks(startMinute, finishMinute, Math.max(1, Math.ceil(weeks / most)))
    : monthTicks(startMinute, finishMinute, most)
}

function weekTicks(from: number, to: number, step: number): AxisTick[] {
  const ticks: AxisTick[] = []
  const first = from + ((8 - civilOf(from).weekday) % 7) * minutesPerCivilDay
  const start = Math.floor(first / minutesPerCivilDay) * minutesPerCivilDay
  for (let minute = start; minute <= to; minute += step * WEEK) {
    if (minute >= from) ticks.push({ minute, label: formatDay(minute, { year: 'never' }) })
  }
  return ticks
}

function monthTicks(from: number, to: number, most: number): AxisTick[] {
  const months = (to - from) / (30.4 * minutesPerCivilDay)
  const step = MONTHS_APART.find((each) => months / each <= most) ?? 120
  const { year, month } = civilOf(from)
  const ticks: AxisTick[] = []
  let named: number | undefined
  for (let index = Math.ceil((month - 1) / step) * step; ; index += step) {
    const minute = minuteOf(year, index + 1, 1)
    if (minute > to) return ticks
    if (minute < from) continue
    const civil = civilOf(minute)
    const label = civil.year === named ? monthName(civil.month) : `${monthName(civil.month)} ${civil.year}`
    named = civil.year
    ticks.push({ minute, label })
  }
}
