import type { TrendLine } from '../../../drawing/trend/trend.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { MilestoneTrend } from './trend.ts'

type Trend = {
  readonly days: readonly { readonly day: string }[]
  readonly milestones: readonly MilestoneTrend[]
}

/** A milestone as a line of the chart; days on which it did not stand in the plan are left out. */
export function trendLine({ days }: Trend, milestone: MilestoneTrend): TrendLine {
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

function weightOf({ done, movedMinutes, slipMinutes }: MilestoneTrend): number {
  return Math.abs(movedMinutes) + Math.abs(slipMinutes ?? 0) + (done ? 0 : 1)
}
