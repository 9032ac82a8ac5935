import { formatSlip } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { Health } from '../../../ui/chips.tsx'
import type { trendOfSchedule } from '../schedule.queries.ts'

export type Trend = Awaited<ReturnType<typeof trendOfSchedule.run>>
export type Milestone = Trend['milestones'][number]

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
