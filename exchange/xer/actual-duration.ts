import { compileWorkingTime, minuteOf, workingBetween } from '../../engine/calendar/calendar.ts'
import type { Instant, PlanCalendar, PlanTask } from '../plan-file.ts'

/**
 * An activity under way has lasted from its start to the data date, in its own calendar, and lasts in all as long as
 * that and what remains (at completion duration, Primavera P6). A file says only the original and the remaining one.
 */
export function settleActualDurations(
  tasks: Iterable<PlanTask>,
  calendars: ReadonlyMap<number, PlanCalendar>,
  projectCalendar: number | undefined,
  dataDate: Instant,
): void {
  const compiled = compileWorkingTime(
    [...calendars.values()].map(engineCalendar),
    Number(dataDate.slice(0, 4)),
  )
  // A calendar that makes no sense is the engine's to refuse, by name.
  if ('refused' in compiled) return
  const until = minuteOf(dataDate)
  for (const task of tasks) {
    if (task.actualStart === undefined || task.actualFinish !== undefined || task.mode === 'manual') continue
    const time = compiled.byId.get(String(task.calendar ?? projectCalendar))
    const from = minuteOf(task.actualStart)
    if (!time || from === undefined || until === undefined || task.milestone) continue
    const done = from < until ? Math.round(workingBetween(time, from, until)) : 0
    task.actualDurationMinutes = done
    task.durationMinutes = done + task.remainingDurationMinutes
  }
}

function engineCalendar({ uid, name, base, week, exceptions }: PlanCalendar) {
  return {
    id: String(uid),
    name,
    base: base === undefined ? undefined : String(base),
    week,
    exceptions: exceptions.map(({ from, to, shifts }) => ({
      fromDay: dayNumber(from),
      toDay: dayNumber(to),
      shifts,
    })),
  }
}

function dayNumber(day: string): number {
  return Math.floor((minuteOf(`${day}T00:00:00`) ?? 0) / 1440)
}
