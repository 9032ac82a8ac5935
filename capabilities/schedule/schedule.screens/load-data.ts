import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { formatDay, formatNumber } from '../../../drawing/format.ts'
import type { ZoomKey } from '../../../drawing/gantt/scale.ts'
import type { LoadBars } from '../../../drawing/load/load.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { ask } from '../../../ui/house/api.ts'
import { askKey, instantOf, useAsOf } from '../../../ui/house/data.ts'
import type { loadOfSchedule } from '../schedule.actions/load.ts'
import type { LoadPeriod, PersonLoad } from '../schedule.rules/load.ts'

export type ShownLoad = Awaited<ReturnType<typeof loadOfSchedule.run>>

/** The period that a zoom can tell apart. */
export function periodOf(zoom: ZoomKey): LoadPeriod {
  if (zoom === 'hour' || zoom === 'day') return 'day'
  return zoom === 'week' ? 'week' : 'month'
}

/** An answer of `schedule.load`; the last one stays in sight while the next comes. */
export function useLoad(input: object, options: { enabled: boolean }): ShownLoad | undefined {
  const asOf = useAsOf()
  const { data } = useQuery({
    queryKey: askKey('schedule.load', input, asOf),
    queryFn: ({ signal }) => ask<ShownLoad>('schedule.load', input, { asOf: instantOf(asOf), signal }),
    placeholderData: keepPreviousData,
    retry: false,
    ...options,
  })
  return data
}

/** What the picture is drawn from. */
export function barsOf({ days }: ShownLoad, person: PersonLoad): LoadBars {
  const { name, workMinutes, otherMinutes, capacityMinutes, maxUnits, peakUnits, tasks = [] } = person
  const edges = days.map((day) => minuteOf(`${day}T00:00:00`))
  return { name, edges, workMinutes, otherMinutes, capacityMinutes, maxUnits, peakUnits, tasks }
}

/** All people together: nobody in particular has too much at one moment. */
export function totalBarsOf({ days, total }: ShownLoad, name: string): LoadBars | undefined {
  if (!total) return undefined
  const edges = days.map((day) => minuteOf(`${day}T00:00:00`))
  return { name, edges, ...total, maxUnits: Number.POSITIVE_INFINITY, peakUnits: [], tasks: [] }
}

/** "week of 30 Nov", "30 Nov", "Nov 2026". */
export function periodText(by: LoadPeriod, minute: number, todayMinute: number): string {
  const day = formatDay(minute, { todayMinute, weekday: by === 'day', yearDigits: 2 })
  if (by === 'day') return day
  if (by === 'week') return `week of ${day}`
  return formatDay(minute, { year: 'always' }).replace(/^\d+ /, '')
}

/** "40 h a week": what a person has in most periods. */
export function wholeText(by: LoadPeriod, { capacityMinutes }: LoadBars): string {
  const counts = new Map<number, number>()
  for (const minutes of capacityMinutes) if (minutes > 0) counts.set(minutes, (counts.get(minutes) ?? 0) + 1)
  const [usual] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? []
  if (usual === undefined) return 'no time'
  return by === 'month' ? 'the month’s hours' : `${formatNumber(usual / 60, 1)} h a ${by}`
}

export function peakText({ peakPercent }: PersonLoad): string {
  return peakPercent === null ? 'in time off' : `${formatNumber(peakPercent, 0)} % peak`
}
