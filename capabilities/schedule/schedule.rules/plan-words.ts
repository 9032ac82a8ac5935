import { compileWorkingTime, shiftsOfDay, workingBetween } from '../../../engine/calendar/calendar.ts'
import type { WorkingTime } from '../../../engine/calendar/working-time.ts'
import type { PlanRows } from './plan.ts'
import { planCalendar, refusalFault } from './plan.ts'
import type { Computed } from './view.ts'
import type { Wording } from './words.ts'

/** Names for sentences about this plan. */
export function planWording({ rows }: Pick<Computed, 'rows'>): Wording {
  const tasks = new Map(rows.tasks.map(({ id, name }) => [id, name]))
  const resources = new Map(rows.resources.map(({ id, name }) => [id, name]))
  const calendars = new Map(rows.calendars.map(({ id, name }) => [id, name]))
  return {
    taskName: (id) => tasks.get(id) ?? 'a task that is gone',
    resourceName: (id) => resources.get(id) ?? 'a resource',
    calendarName: (id) => calendars.get(id) ?? 'a calendar',
    minutesPerDay: rows.project.minutesPerDay,
  }
}

/** The working time of the project calendar. */
export function projectTime(rows: Pick<PlanRows, 'project' | 'calendars'>): WorkingTime {
  const byId = new Map(rows.calendars.map((calendar) => [calendar.id, calendar]))
  const chain: PlanRows['calendars'][number][] = []
  for (
    let at = byId.get(rows.project.calendar);
    at && !chain.includes(at);
    at = at.base ? byId.get(at.base) : undefined
  ) {
    chain.push(at)
  }
  const year = Number((rows.project.start ?? rows.project.finish ?? '2026').slice(0, 4))
  const compiled = compileWorkingTime(chain.map(planCalendar), year)
  if ('refused' in compiled) throw refusalFault(compiled.refused, [])
  const time = compiled.byId.get(rows.project.calendar)
  if (!time) throw refusalFault({ code: 'schedule.unknownCalendar', facts: {} }, [])
  return time
}

/** Working minutes of the project calendar from one minute to another, negative when the second lies before. */
export function workingMinutesBetween(time: WorkingTime, from: number, to: number): number {
  return from <= to ? workingBetween(time, from, to) : -workingBetween(time, to, from)
}

const MARGIN_DAYS = 60
const MOST_SPANS = 4000

/** Stretches of whole days off in the project calendar around the plan, for shading: first and last day number. */
export function restSpans({ rows, result }: Computed): { fromDay: number; toDay: number }[] {
  const time = projectTime(rows)
  const from = Math.floor(result.startMinute / 1440) - MARGIN_DAYS
  const to = Math.ceil(result.finishMinute / 1440) + MARGIN_DAYS
  const spans: { fromDay: number; toDay: number }[] = []
  for (let day = from; day <= to && spans.length < MOST_SPANS; day += 1) {
    if (shiftsOfDay(time, day).length > 0) continue
    const last = spans.at(-1)
    if (last && last.toDay === day - 1) last.toDay = day
    else spans.push({ fromDay: day, toDay: day })
  }
  return spans
}
