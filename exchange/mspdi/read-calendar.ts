import type {
  CalendarException,
  PlanCalendar,
  Recurrence,
  RecurrenceDay,
  Shift,
  WeekShifts,
  WorkWeek,
} from '../plan-file.ts'
import { ownerKey } from '../plan-file.ts'
import { reference } from './entity-fields.ts'
import { field, fieldMap, readFields, toExtra, unusualTexts } from './fields.ts'
import { changed, judge, keepExtra, leftOut, offend, type ReadContext, type Where } from './read-context.ts'
import { sayUnread } from './shape.ts'
import * as values from './values.ts'
import type { XmlNode } from './xml-tree.ts'

export const calendarFields = fieldMap<PlanCalendar>([
  field('UID', 'uid', values.uid, 'vital'),
  field('Name', 'name', values.text),
  field('IsBaseCalendar', 'shared', values.flag),
  reference('BaseCalendarUID', 'base', '-1'),
])

const partNames = new Set(['WeekDays', 'Exceptions', 'WorkWeeks'])

/** One calendar: its week, its exceptions (also in the way of Project 2003, as week days of type 0), its work weeks. */
export function readCalendar(node: XmlNode, context: ReadContext): PlanCalendar | undefined {
  const { said, rest, bad } = readFields(node, calendarFields)
  const where: Where = { kind: 'calendar', ...pick(said.uid, said.name) }
  judge(context, where, bad)
  if (said.uid === undefined) {
    if (bad.every((value) => value.field !== 'UID')) {
      offend(context, 'file.missingUid', where, { line: node.line })
    }
    return undefined
  }
  const parts = new Map(rest.filter((child) => partNames.has(child.name)).map((child) => [child.name, child]))
  for (const part of rest) {
    if (parts.get(part.name) === part) sayUnread(part, where, context)
    else if (partNames.has(part.name))
      leftOut(context, where, 'said twice; the first is left out', part.line, part.name)
  }
  const week = readWeek(parts.get('WeekDays'), where, context)
  const exceptions = readExceptions(parts.get('Exceptions'), where, context)
  const calendar: PlanCalendar = {
    name: '',
    shared: false,
    ...said,
    uid: said.uid,
    week,
    exceptions: [...exceptions, ...oldExceptions(parts.get('WeekDays'), exceptions, where, context)],
    workWeeks: readWorkWeeks(parts.get('WorkWeeks'), where, context),
  }
  // For a shared calendar 0 means "stands alone" (Project 2013 and later); a private one always has a base.
  if (!calendar.shared && childText(node, 'BaseCalendarUID')?.trim() === '0') calendar.base = 0
  if (calendar.base === undefined) fillStandardDays(calendar, node.line, context)
  const others = rest.filter((child) => !partNames.has(child.name))
  const kept = toExtra('Calendar', [...others, ...unusualTexts(node, calendar, calendarFields)])
  keepExtra(context, 'calendar', ownerKey('calendar', calendar.uid), kept)
  return calendar
}

function pick(uid: number | undefined, name: string | undefined): { uid?: number; name?: string } {
  return { ...(uid === undefined ? {} : { uid }), ...(name === undefined ? {} : { name }) }
}

export const standardShifts: Shift[] = [
  { fromMinute: 480, toMinute: 720 },
  { fromMinute: 780, toMinute: 1020 },
]

/** A calendar that stands alone has nobody to inherit from: Microsoft Project's own week takes the gap. */
function fillStandardDays(calendar: PlanCalendar, line: number, context: ReadContext): void {
  const open = calendar.week.flatMap((shifts, day) => (shifts === 'inherit' ? [day] : []))
  if (open.length === 0) return
  for (const day of open) calendar.week[day] = day === 0 || day === 6 ? [] : [...standardShifts]
  const text = `days ${open.map((day) => day + 1).join(', ')} are not said and there is no base; the usual week is taken`
  changed(context, { kind: 'calendar', uid: calendar.uid, name: calendar.name }, text, line, 'WeekDays')
}

export function inheritedWeek(): WeekShifts {
  return ['inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit', 'inherit']
}

function readWeek(node: XmlNode | undefined, where: Where, context: ReadContext): WeekShifts {
  const week = inheritedWeek()
  for (const weekDay of node?.children ?? []) {
    const type = values.integer(0, 7).read(childText(weekDay, 'DayType') ?? '')
    if (type === undefined) {
      const value = childText(weekDay, 'DayType') ?? ''
      offend(context, 'file.badValue', where, { field: 'DayType', value, line: weekDay.line })
    } else if (type > 0) {
      if (week[type - 1] !== 'inherit')
        changed(context, where, `day ${type} is said twice; the last counts`, weekDay.line, 'WeekDay')
      week[type - 1] = readShifts(weekDay, where, context)
    }
  }
  return week
}

/** The shifts of a day; `DayWorking` without times means the standard hours. */
function readShifts(node: XmlNode, where: Where, context: ReadContext): Shift[] {
  const isWorking = values.flag.read(childText(node, 'DayWorking') ?? '0')
  if (isWorking === undefined) {
    const value = childText(node, 'DayWorking') ?? ''
    offend(context, 'file.badValue', where, { field: 'DayWorking', value, line: node.line })
  }
  const times = node.children.find((child) => child.name === 'WorkingTimes')?.children ?? []
  if (isWorking !== true) {
    if (times.length > 0) leftOut(context, where, 'hours of a day off', node.line, 'WorkingTimes')
    return []
  }
  const shifts = times.flatMap((time) => readShift(time, where, context))
  if (times.length === 0) {
    changed(
      context,
      where,
      'a working day without hours; 8–12 and 13–17 are taken',
      node.line,
      'WorkingTimes',
    )
    return [...standardShifts]
  }
  return mergeShifts(shifts, where, node.line, context)
}

function readShift(node: XmlNode, where: Where, context: ReadContext): Shift[] {
  const [fromText, toText] = [childText(node, 'FromTime'), childText(node, 'ToTime')]
  // Microsoft Project leaves unused rows of its hours table empty.
  if (fromText === undefined && toText === undefined) return []
  const fromMinute = values.minuteOfDay.read(fromText ?? '')
  const endMinute = toText?.trim() === '24:00:00' ? 0 : values.minuteOfDay.read(toText ?? '')
  const toMinute = endMinute === 0 ? 1440 : endMinute
  const value = `${fromText ?? ''}–${toText ?? ''}`
  if (fromMinute === undefined || toMinute === undefined) {
    offend(context, 'file.badValue', where, { field: 'WorkingTime', value, line: node.line })
    return []
  }
  if (/:\d\d:(?!00\b)/.test(value)) {
    changed(context, where, `${value}: seconds are cut off`, node.line, 'WorkingTime')
  }
  if (fromMinute < toMinute) return [{ fromMinute, toMinute }]
  if (fromMinute === toMinute) {
    leftOut(context, where, `the shift ${value} has no length`, node.line, 'WorkingTime')
    return []
  }
  changed(
    context,
    where,
    `the shift ${value} is cut at midnight; its hours after midnight are left out`,
    node.line,
  )
  return [{ fromMinute, toMinute: 1440 }]
}

function mergeShifts(shifts: Shift[], where: Where, line: number, context: ReadContext): Shift[] {
  const sorted = [...shifts].sort((a, b) => a.fromMinute - b.fromMinute)
  const merged: Shift[] = []
  let overlaps = false
  for (const shift of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && shift.fromMinute < last.toMinute) {
      overlaps = true
      merged[merged.length - 1] = { ...last, toMinute: Math.max(last.toMinute, shift.toMinute) }
    } else merged.push(shift)
  }
  if (overlaps) changed(context, where, 'shifts overlap and are joined', line, 'WorkingTimes')
  return merged
}

function readPeriod(
  node: XmlNode,
  where: Where,
  context: ReadContext,
): { from: string; to: string } | undefined {
  const period = node.children.find((child) => child.name === 'TimePeriod')
  const [fromText, toText] = [childText(period, 'FromDate') ?? '', childText(period, 'ToDate') ?? '']
  const from = values.instant.read(fromText)?.slice(0, 10)
  const to = values.instant.read(toText)?.slice(0, 10)
  if (from !== undefined && to !== undefined && from <= to) return { from, to }
  if (from !== undefined && to !== undefined) {
    leftOut(context, where, `the period ${from} – ${to} ends before it begins`, node.line, 'TimePeriod')
    return undefined
  }
  const value = `${fromText}–${toText}`
  offend(context, 'file.badValue', where, { field: 'TimePeriod', value, line: node.line })
  return undefined
}

function readExceptions(node: XmlNode | undefined, where: Where, context: ReadContext): CalendarException[] {
  return (node?.children ?? []).flatMap((child) => {
    const period = readPeriod(child, where, context)
    if (period === undefined) return []
    const name = childText(child, 'Name')
    const recurrence = readRecurrence(child, where, context)
    return [
      {
        ...(name === undefined ? {} : { name }),
        ...period,
        shifts: readShifts(child, where, context),
        ...(recurrence === undefined ? oddCount(child, period) : { recurrence }),
      },
    ]
  })
}

function oddCount(node: XmlNode, period: { from: string; to: string }): { countInFile?: number } {
  const count = values.integer(0, 100_000).read(childText(node, 'Occurrences') ?? '')
  return count === undefined || count === dayCount(period) ? {} : { countInFile: count }
}

export function dayCount(period: { from: string; to: string }): number {
  return (Date.parse(period.to) - Date.parse(period.from)) / 86_400_000 + 1
}

/** Exception types: learn.microsoft.com, "Type Element (Exception)"; 1 is every day of the period. */
function readRecurrence(node: XmlNode, where: Where, context: ReadContext): Recurrence | undefined {
  const number = (element: string, least: number, most: number, otherwise: number): number => {
    const said = childText(node, element)
    if (said === undefined) return otherwise
    const value = values.integer(least, most).read(said)
    if (value === undefined)
      offend(context, 'file.badValue', where, { field: element, value: said, line: node.line })
    return value ?? otherwise
  }
  const type = number('Type', 0, 9, 1)
  const interval = Math.max(1, number('Period', 0, 9999, 1))
  const pattern = readPattern(type, interval, number)
  if (type === 9 || type === 0 || type === 8) {
    const meaning = type === 8 ? 'Monday to Friday' : 'every day of its period'
    changed(context, where, `exception type ${type} is taken as ${meaning}`, node.line, 'Type')
  }
  if (pattern === undefined) return undefined
  const isCounted = values.flag.read(childText(node, 'EnteredByOccurrences') ?? '0') === true
  const occurrences = number('Occurrences', 0, 100_000, 0)
  return {
    ...pattern,
    ...(occurrences > 0 ? { occurrences } : {}),
    ...(isCounted ? { enteredByOccurrences: true as const } : {}),
  }
}

type ReadNumber = (element: string, least: number, most: number, otherwise: number) => number

function readPattern(type: number, interval: number, number: ReadNumber): Recurrence | undefined {
  const day = (): RecurrenceDay => {
    const item = number('MonthItem', 0, 9, 0)
    return item < 3 ? ((['day', 'weekday', 'weekendDay'] as const)[item] ?? 'day') : item - 3
  }
  const position = (): number => number('MonthPosition', 0, 4, 0) + 1
  const month = (): number => number('Month', 0, 11, 0) + 1
  const dayOfMonth = (): number => number('MonthDay', 1, 31, 1)
  switch (type) {
    case 2:
      return { every: 'year', month: month(), dayOfMonth: dayOfMonth() }
    case 3:
      return { every: 'year', month: month(), position: position(), day: day() }
    case 4:
      return { every: 'month', interval, dayOfMonth: dayOfMonth() }
    case 5:
      return { every: 'month', interval, position: position(), day: day() }
    case 6: {
      const mask = number('DaysOfWeek', 0, 127, 0)
      return { every: 'week', interval, weekDays: [0, 1, 2, 3, 4, 5, 6].filter((at) => (mask >> at) & 1) }
    }
    case 8:
      return { every: 'week', interval: 1, weekDays: [1, 2, 3, 4, 5] }
    default:
      return type === 7 || (type === 1 && interval > 1) ? { every: 'day', interval } : undefined
  }
}

/** Week days of type 0 repeat the exceptions for programs before 2007; alone they are the exceptions. */
function oldExceptions(
  node: XmlNode | undefined,
  exceptions: CalendarException[],
  where: Where,
  context: ReadContext,
): CalendarException[] {
  const found: CalendarException[] = []
  const known = new Map(exceptions.map((exception) => [`${exception.from}/${exception.to}`, exception]))
  for (const weekDay of node?.children ?? []) {
    if ((childText(weekDay, 'DayType') ?? '').trim() !== '0') continue
    const period = readPeriod(weekDay, where, context)
    if (period === undefined) continue
    const shifts = readShifts(weekDay, where, context)
    const same = known.get(`${period.from}/${period.to}`)
    if (same !== undefined && JSON.stringify(same.shifts) === JSON.stringify(shifts)) continue
    const covering = exceptions.find((it) => it.from <= period.from && period.to <= it.to)
    if (covering === undefined) found.push({ ...period, shifts })
    else {
      const text = `the day entry ${period.from} – ${period.to} is left out: exception "${covering.name ?? ''}" says it`
      leftOut(context, where, text, weekDay.line, 'WeekDay')
    }
  }
  return found
}

function readWorkWeeks(node: XmlNode | undefined, where: Where, context: ReadContext): WorkWeek[] {
  return (node?.children ?? []).flatMap((child) => {
    const period = readPeriod(child, where, context)
    if (period === undefined) return []
    const name = childText(child, 'Name')
    const days = child.children.find((part) => part.name === 'WeekDays')
    for (const day of days?.children ?? []) {
      if (childText(day, 'DayType')?.trim() === '0')
        leftOut(context, where, 'a work week holds no single days', day.line, 'WeekDay')
    }
    return [{ ...(name === undefined ? {} : { name }), ...period, week: readWeek(days, where, context) }]
  })
}

export function childText(node: XmlNode | undefined, name: string): string | undefined {
  return node?.children.find((child) => child.name === name)?.text
}

/** Bases that are not in the file, and circles of bases, would leave days without an answer. */
export function checkCalendarBases(
  calendars: PlanCalendar[],
  lines: Map<number, number>,
  context: ReadContext,
): void {
  const byUid = new Map(calendars.map((calendar) => [calendar.uid, calendar]))
  const sound = new Set<number>()
  for (const calendar of calendars) {
    const path = new Set<number>()
    let at: PlanCalendar | undefined = calendar
    while (at !== undefined && at.base !== undefined && !sound.has(at.uid) && !path.has(at.uid)) {
      path.add(at.uid)
      at = byUid.get(at.base)
    }
    const where: Where = { kind: 'calendar', uid: calendar.uid, name: calendar.name }
    const line = lines.get(calendar.uid)
    const place = line === undefined ? {} : { line }
    if (at !== undefined && path.has(at.uid)) offend(context, 'file.calendarCycle', where, place)
    else if (calendar.base !== undefined && !byUid.has(calendar.base)) {
      const value = String(calendar.base)
      offend(context, 'file.calendarBase', where, { field: 'BaseCalendarUID', value, ...place })
    }
    for (const uid of path) sound.add(uid)
  }
}
