import type { Plan, PlanCalendar } from '../plan.ts'

/** Whether an hour since 1970 is worked: a calendar as the plain second calculation sees it. */
export type Hours = (hour: number) => boolean

export function hoursOf(plan: Plan, id: string): Hours {
  const calendar = plan.calendars.find((one) => one.id === id) as PlanCalendar
  const base = calendar.base ? hoursOf(plan, calendar.base) : () => false
  return (hour) => {
    const day = Math.floor(hour / 24)
    const minute = (hour - day * 24) * 60
    const exception = (calendar.exceptions ?? []).find((one) => one.fromDay <= day && day <= one.toDay)
    if (exception) return false
    const weekday = (((day + 4) % 7) + 7) % 7
    const today = calendar.week[weekday]
    if (today === 'inherit') return base(hour)
    const isNight = calendar.base === undefined
    const eve = isNight ? calendar.week[(weekday + 6) % 7] : []
    return works(today, minute) || works(eve, minute + 1440)
  }
}

function works(shifts: PlanCalendar['week'][number] | undefined, at: number): boolean {
  if (shifts === 'inherit' || shifts === undefined) return false
  return shifts.some((shift) => shift.fromMinute <= at && at < shift.toMinute)
}

export function add(calendar: Hours, at: number, hours: number): number {
  let moment = at
  for (let left = Math.abs(hours); left > 0; ) {
    if (hours < 0) moment--
    if (calendar(moment)) left--
    if (hours > 0) moment++
  }
  return moment
}

export function next(calendar: Hours, at: number): number {
  return calendar(at) ? at : next(calendar, at + 1)
}

export function previous(calendar: Hours, at: number): number {
  return calendar(at - 1) ? at : previous(calendar, at - 1)
}

export function between(calendar: Hours, from: number, to: number): number {
  if (to < from) return 0 - between(calendar, to, from)
  let hours = 0
  for (let hour = from; hour < to; hour++) if (calendar(hour)) hours++
  return hours
}
