import type { PlanCalendar, PlanCalendarException, Refused, Shift, Week } from '../plan.ts'
import { END_DAY, FIRST_DAY, weekdayOf } from './civil.ts'
import { daysOfException } from './recurrence.ts'
import { newShapeTable, newWorkingTime, type ShapeTable, shapeFor, type WorkingTime } from './working-time.ts'

export type CalendarSet = { readonly byId: ReadonlyMap<string, WorkingTime>; readonly shapes: ShapeTable }

const INHERIT = -1

/** A calendar with its shifts turned into shapes; the days that overrule the week are listed in order of strength. */
type Layer = {
  readonly week: readonly number[]
  readonly workWeeks: readonly { fromDay: number; toDay: number; week: readonly number[] }[]
  /** Weakest first, so that writing them in order leaves the strongest. */
  readonly exceptions: readonly { days: readonly number[]; shape: number }[]
}

/**
 * Compiles the calendars of a plan to tables of working time (see `working-time.ts`). A day is ruled by, strongest
 * first: the calendar's own exceptions, its base's exceptions, its work weeks, its base's work weeks, its week, its
 * base's week ("Change working time" in Microsoft Project). Refuses unknown or circular bases, shifts and
 * recurrences that make no sense, and calendars without any working time.
 */
export function compileCalendars(
  calendars: readonly PlanCalendar[],
  window: { firstDay: number; endDay: number },
): CalendarSet | Refused {
  const byId = new Map<string, PlanCalendar>()
  for (const calendar of calendars) {
    if (byId.has(calendar.id)) return refuse('schedule.duplicateId', { kind: 'calendar', id: calendar.id })
    byId.set(calendar.id, calendar)
  }
  for (const calendar of calendars) {
    const fault = faultOfCalendar(calendar) ?? faultOfBases(calendar, byId)
    if (fault) return fault
  }
  const shapes = newShapeTable()
  const layers = new Map<string, Layer>()
  for (const calendar of calendars) layers.set(calendar.id, layerOf(calendar, shapes))
  const compiled = new Map<string, WorkingTime>()
  for (const calendar of calendars) {
    const origin = sameTimeAs(calendar, byId)
    const twin = compiled.get(origin.id)
    if (twin) {
      compiled.set(calendar.id, twin)
      continue
    }
    const chain: Layer[] = []
    for (let at: PlanCalendar | undefined = origin; at; at = at.base ? byId.get(at.base) : undefined)
      chain.unshift(layers.get(at.id) as Layer)
    if (!everWorks(chain, shapes)) return refuse('schedule.noWorkingTime', { calendar: calendar.id })
    const table = newWorkingTime(origin.id, shapes, fillFrom(chain), window)
    compiled.set(origin.id, table)
    compiled.set(calendar.id, table)
  }
  return { byId: compiled, shapes }
}

/** The calendar itself, or the nearest base it adds nothing to: most people's calendars are their base's. */
function sameTimeAs(calendar: PlanCalendar, byId: ReadonlyMap<string, PlanCalendar>): PlanCalendar {
  let at = calendar
  for (;;) {
    const base = at.base ? byId.get(at.base) : undefined
    const adds =
      at.week.some((day) => day !== 'inherit') ||
      (at.exceptions ?? []).length > 0 ||
      (at.workWeeks ?? []).length > 0
    if (!base || adds) return at
    at = base
  }
}

/**
 * The time both calendars work (a task's calendar with a resource's). It may be empty: then using it throws
 * `BeyondCalendar` with `empty` set.
 */
export function intersect(one: WorkingTime, other: WorkingTime): WorkingTime {
  if (one === other || other.always) return one
  if (one.always) return other
  const { shapes } = one
  const known = new Map<number, number>()
  const fill = (target: Uint16Array, firstDay: number) => {
    one.fill(target, firstDay)
    const second = new Uint16Array(target.length)
    other.fill(second, firstDay)
    for (let i = 0; i < target.length; i++) {
      const key = (target[i] as number) * 65_536 + (second[i] as number)
      let shape = known.get(key)
      if (shape === undefined) {
        shape = commonShape(shapes, target[i] as number, second[i] as number)
        known.set(key, shape)
      }
      target[i] = shape
    }
  }
  const window = {
    firstDay: Math.min(one.firstDay, other.firstDay),
    endDay: Math.max(one.firstDay + one.dayCount, other.firstDay + other.dayCount),
  }
  return newWorkingTime(`${one.id}∩${other.id}`, shapes, fill, window)
}

function commonShape(shapes: ShapeTable, one: number, other: number): number {
  const a = shapes.list[one]
  const b = shapes.list[other]
  if (!a || !b) return 0
  const common: { from: number; to: number }[] = []
  for (let i = 0; i < a.from.length; i++)
    for (let j = 0; j < b.from.length; j++) {
      const from = Math.max(a.from[i] as number, b.from[j] as number)
      const to = Math.min(a.to[i] as number, b.to[j] as number)
      if (from < to) common.push({ from, to })
    }
  return shapeFor(shapes, common)
}

function refuse(code: Refused['refused']['code'], facts: Refused['refused']['facts']): Refused {
  return { refused: { code, facts } }
}

function faultOfBases(calendar: PlanCalendar, byId: ReadonlyMap<string, PlanCalendar>): Refused | undefined {
  const seen = new Set<string>()
  for (let at: PlanCalendar = calendar; at.base; ) {
    if (seen.has(at.id)) return refuse('schedule.calendarCycle', { calendars: [...seen] })
    seen.add(at.id)
    const base = byId.get(at.base)
    if (!base) return refuse('schedule.unknownCalendar', { calendar: at.base, of: at.id })
    at = base
  }
  return undefined
}

function faultOfCalendar(calendar: PlanCalendar): Refused | undefined {
  const id = calendar.id
  for (const week of [calendar.week, ...(calendar.workWeeks ?? []).map((w) => w.week)]) {
    if (week.length !== 7) return refuse('schedule.badWeek', { calendar: id, days: week.length })
    for (const shifts of week)
      if (shifts !== 'inherit' && !shifts.every(isShift)) return refuse('schedule.badShift', { calendar: id })
  }
  for (const stretch of [...(calendar.exceptions ?? []), ...(calendar.workWeeks ?? [])]) {
    if (
      !Number.isInteger(stretch.fromDay) ||
      !Number.isInteger(stretch.toDay) ||
      stretch.toDay < stretch.fromDay
    )
      return refuse('schedule.badRecurrence', {
        calendar: id,
        fromDay: stretch.fromDay,
        toDay: stretch.toDay,
      })
    if (stretch.fromDay < FIRST_DAY || stretch.toDay >= END_DAY)
      return refuse('schedule.dateOutOfRange', {
        calendar: id,
        fromDay: stretch.fromDay,
        toDay: stretch.toDay,
      })
  }
  for (const exception of calendar.exceptions ?? []) {
    if (!exception.shifts.every(isShift)) return refuse('schedule.badShift', { calendar: id })
    if (!isRecurrence(exception))
      return refuse('schedule.badRecurrence', { calendar: id, exception: exception.name ?? null })
  }
  return undefined
}

function isShift(shift: Shift): boolean {
  return shift.fromMinute >= 0 && shift.fromMinute < shift.toMinute && shift.toMinute <= 2880
}

function isRecurrence({ recurrence }: PlanCalendarException): boolean {
  if (!recurrence) return true
  const { occurrences } = recurrence
  if (typeof occurrences === 'number' && !(Number.isInteger(occurrences) && occurrences > 0)) return false
  const whole = (n: number, from: number, to: number) => Number.isInteger(n) && n >= from && n <= to
  switch (recurrence.kind) {
    case 'daily':
      return whole(recurrence.everyDays, 1, 100_000)
    case 'weekly':
      return whole(recurrence.everyWeeks, 1, 10_000) && recurrence.weekdays.every((d) => whole(d, 0, 6))
    case 'monthlyByDay':
      return whole(recurrence.everyMonths, 1, 10_000) && whole(recurrence.dayOfMonth, 1, 31)
    case 'monthlyByPosition':
      return whole(recurrence.everyMonths, 1, 10_000) && whole(recurrence.position, 1, 5)
    case 'yearlyByDay':
      return whole(recurrence.month, 1, 12) && whole(recurrence.dayOfMonth, 1, 31)
    case 'yearlyByPosition':
      return whole(recurrence.month, 1, 12) && whole(recurrence.position, 1, 5)
  }
}

function layerOf(calendar: PlanCalendar, shapes: ShapeTable): Layer {
  const exceptions = [...(calendar.exceptions ?? [])].reverse().flatMap((exception) => {
    const days = daysOfException(exception)
    const late = nightPart(exception.shifts)
    const listed = [{ days, shape: shapeFor(shapes, dayPart(exception.shifts)) }]
    // A shift of an exceptional night runs on into the morning of the next day.
    return late.length > 0
      ? [...listed, { days: days.map((day) => day + 1), shape: shapeFor(shapes, late) }]
      : listed
  })
  return {
    week: weekOf(calendar.week, shapes),
    workWeeks: [...(calendar.workWeeks ?? [])].reverse().map((w) => ({
      fromDay: w.fromDay,
      toDay: w.toDay,
      week: weekOf(w.week, shapes),
    })),
    exceptions,
  }
}

/** The shapes of the seven days; what runs past midnight is joined to the next day's own shifts. */
function weekOf(week: Week, shapes: ShapeTable): number[] {
  return week.map((shifts, weekday) => {
    const eve = week[(weekday + 6) % 7] ?? 'inherit'
    const late = eve === 'inherit' ? [] : nightPart(eve)
    if (shifts === 'inherit') return late.length > 0 ? shapeFor(shapes, late) : INHERIT
    return shapeFor(shapes, [...dayPart(shifts), ...late])
  })
}

function dayPart(shifts: readonly Shift[]): { from: number; to: number }[] {
  return shifts.map((s) => ({
    from: Math.round(s.fromMinute * 10),
    to: Math.round(Math.min(1440, s.toMinute) * 10),
  }))
}

function nightPart(shifts: readonly Shift[]): { from: number; to: number }[] {
  return shifts
    .filter((s) => s.toMinute > 1440)
    .map((s) => ({
      from: Math.round(Math.max(0, s.fromMinute - 1440) * 10),
      to: Math.round((s.toMinute - 1440) * 10),
    }))
}

function everWorks(chain: readonly Layer[], shapes: ShapeTable): boolean {
  const works = (shape: number) => (shapes.list[shape]?.total ?? 0) > 0
  return chain.some(
    (layer) =>
      layer.week.some(works) ||
      layer.workWeeks.some((w) => w.week.some(works)) ||
      layer.exceptions.some((e) => works(e.shape)),
  )
}

function fillFrom(chain: readonly Layer[]): WorkingTime['fill'] {
  const week = [0, 0, 0, 0, 0, 0, 0]
  for (const layer of chain)
    for (let i = 0; i < 7; i++) if (layer.week[i] !== INHERIT) week[i] = layer.week[i] as number
  return (target, firstDay) => {
    let weekday = weekdayOf(firstDay)
    for (let i = 0; i < target.length; i++) {
      target[i] = week[weekday] as number
      weekday = weekday === 6 ? 0 : weekday + 1
    }
    for (const layer of chain) for (const workWeek of layer.workWeeks) layWorkWeek(target, firstDay, workWeek)
    for (const layer of chain)
      for (const { days, shape } of layer.exceptions)
        for (const day of days) {
          const index = day - firstDay
          if (index >= 0 && index < target.length) target[index] = shape
        }
  }
}

function layWorkWeek(target: Uint16Array, firstDay: number, workWeek: Layer['workWeeks'][number]): void {
  const end = Math.min(target.length, workWeek.toDay + 1 - firstDay)
  for (let i = Math.max(0, workWeek.fromDay - firstDay); i < end; i++) {
    const shape = workWeek.week[weekdayOf(firstDay + i)] as number
    if (shape !== INHERIT) target[i] = shape
  }
}
