import { formatSlip } from '../../../drawing/format.ts'
import type { TrendLine } from '../../../drawing/trend/trend.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { Health } from '../../../ui/chips.tsx'
import type { trendOfSchedule } from '../schedule.queries.ts'

export type Trend = Awaited<ReturnType<typeof trendOfSchedule.run>>
export type Milestone = Trend['milestones'][number]

/** A milestone as a line of the chart; days on which it did not stand in the plan are left out. */
export function trendLine({ days }: Trend, milestone: Milestone): TrendLine {
  const { id, name, done, baseline, slipMinutes, forecasts } = milestone
  return {
    id,
    name,
    done,
    baselineMinute: baseline === null ? null : minuteOf(baseline),
    slipMinutes,
    points: forecasts.flatMap((forecast, index) => {
      const day = days[index]?.day
      if (forecast === null || day === undefined) return []
      return [{ dayMinute: minuteOf(`${day}T17:00:00`), forecastMinute: minuteOf(forecast) }]
    }),
  }
}

const MOST_LINES = 12

/**
 * Which milestones the chart opens with: what is still to come, and what was reached after it had moved. The end of the
 * plan where no milestone stands for it. Where there are too many, those that moved most.
 */
export function openingLines({ milestones }: Trend): ReadonlySet<string> {
  const own = milestones.filter(({ isEnd }) => !isEnd)
  const end = milestones.find(({ isEnd }) => isEnd)
  const telling = own.filter(({ done, movedMinutes }) => !done || movedMinutes !== 0)
  const chosen = telling
    .toSorted((a, b) => weightOf(b) - weightOf(a) || a.forecast.localeCompare(b.forecast))
    .slice(0, MOST_LINES)
  const stands = chosen.some(({ done, forecast }) => !done && forecast === end?.forecast)
  return new Set([...chosen, ...(end && !stands ? [end] : [])].map(({ id }) => id))
}

function weightOf({ done, movedMinutes, slipMinutes }: Milestone): number {
  return Math.abs(movedMinutes) + Math.abs(slipMinutes ?? 0) + (done ? 0 : 1)
}

export function stateOf({ done, slipMinutes }: Milestone): { health: Health; word: string } {
  if (done) return { health: 'green', word: 'Reached' }
  if (slipMinutes === null) return { health: 'grey', word: 'No baseline' }
  return slipMinutes > 0 ? { health: 'red', word: 'Late' } : { health: 'green', word: 'On time' }
}

/** Working days with a sign; nothing where there is nothing to compare with. */
export function slipWords(minutes: number | null, minutesPerDay: number): string {
  return minutes === null ? '–' : formatSlip(minutes, minutesPerDay)
}

/** What was forecast on the last reporting day at least so many days before the newest one. */
export function forecastBefore({ days }: Trend, { forecasts }: Milestone, backDays: number): string | null {
  const newest = days.at(-1)?.day
  if (newest === undefined) return null
  const limit = minuteOf(`${newest}T00:00:00`) - backDays * 1440
  const index = days.findLastIndex(({ day }) => minuteOf(`${day}T00:00:00`) <= limit)
  return index < 0 ? null : (forecasts[index] ?? null)
}
