import type { FileLimits } from '../file-limits.ts'
import * as values from '../mspdi/values.ts'
import type { CalendarException, Shift, WeekShifts } from '../plan-file.ts'

type DataNode = { name: string; facts: Map<string, string>; children: DataNode[] }

/** What a calendar's data says, and what of it was put in order. */
export type CalendarData = { week: WeekShifts; exceptions: CalendarException[]; changes: string[] }

/**
 * Reads the data of a Primavera calendar: `(0||CalendarData()( (0||DaysOfWeek()( (0||2()( (0||0(s|08:00|f|16:00)()) ))
 * … )) (0||Exceptions()( (0||0(d|43650)()) … )) ))`. Each node is a number, a name, facts `key|value` and children. Days
 * of the week are 1 = Sunday … 7 = Saturday; `s` and `f` begin and end a shift, `00:00` at the end is midnight; `d` counts
 * days from 1899-12-30. A day that is not named is a day off. Undefined: the data is damaged.
 */
export function readCalendarData(text: string, limits: FileLimits): CalendarData | undefined {
  const root = readNodes(text, limits)
  if (!root) return undefined
  const parts = root.children
  const days = parts.find(({ name }) => name === 'DaysOfWeek')
  const exceptions = parts.find(({ name }) => name === 'Exceptions')
  const changes: string[] = []
  const week: WeekShifts = [[], [], [], [], [], [], []]
  for (const day of days?.children ?? []) {
    const number = Number(day.name)
    const shifts = shiftsOf(day, changes)
    if (!(number >= 1 && number <= 7) || !shifts) return undefined
    week[(number - 1) as 0 | 1 | 2 | 3 | 4 | 5 | 6] = shifts
  }
  if (!days || days.children.length === 0)
    changes.push('no week is said; Monday to Friday 8:00 to 16:00 is taken')
  const read = readExceptions(exceptions, changes)
  if (!read) return undefined
  return { week: days && days.children.length > 0 ? week : USUAL_WEEK, exceptions: read, changes }
}

const DAY_SHIFT: Shift[] = [{ fromMinute: 480, toMinute: 960 }]

/** What Primavera itself takes where a calendar says nothing. */
export const USUAL_WEEK: WeekShifts = [[], DAY_SHIFT, DAY_SHIFT, DAY_SHIFT, DAY_SHIFT, DAY_SHIFT, []]

/** Reads the nested nodes without recursion; line breaks inside stand as DEL characters. */
function readNodes(source: string, limits: FileLimits): DataNode | undefined {
  const text = source.replace(/[\s\u007f]+/g, ' ').trim()
  const opening = / ?\( ?-?\d{0,9}\|\|([^()|]{0,200})\(([^()]{0,2000})\) ?\(/y
  const closing = / ?\) ?\)/y
  const open: DataNode[] = []
  let root: DataNode | undefined
  let count = 0
  for (let at = 0; at < text.length; ) {
    opening.lastIndex = at
    closing.lastIndex = at
    const begun = opening.exec(text)
    if (begun && !(root && open.length === 0)) {
      const node: DataNode = { name: (begun[1] ?? '').trim(), facts: factsOf(begun[2] ?? ''), children: [] }
      count += 1
      if (open.length >= limits.depth || count > limits.nodesOfOneEntity) return undefined
      open.at(-1)?.children.push(node)
      open.push(node)
      root ??= node
      at = opening.lastIndex
    } else if (closing.test(text) && open.length > 0) {
      open.pop()
      at = closing.lastIndex
    } else return undefined
  }
  return open.length === 0 ? root : undefined
}

function factsOf(text: string): Map<string, string> {
  const parts = text.split('|')
  const facts = new Map<string, string>()
  for (let at = 0; at + 1 < parts.length; at += 2)
    facts.set((parts[at] ?? '').trim(), (parts[at + 1] ?? '').trim())
  return facts
}

function readExceptions(node: DataNode | undefined, changes: string[]): CalendarException[] | undefined {
  const exceptions: CalendarException[] = []
  for (const each of node?.children ?? []) {
    const serial = Number(each.facts.get('d') ?? Number.NaN)
    const day = dayOfSerial(serial)
    const shifts = shiftsOf(each, changes)
    if (day === undefined || !shifts) return undefined
    exceptions.push({ from: day, to: day, shifts })
  }
  return exceptions
}

/** 25,569 days lie between 1899-12-30 and 1970-01-01. */
function dayOfSerial(serial: number): string | undefined {
  if (!Number.isInteger(serial) || serial < 2 || serial > 110_000) return undefined
  return new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10)
}

/** The shifts of a day in order of time; those that touch or overlap become one. */
function shiftsOf(day: DataNode, changes: string[]): Shift[] | undefined {
  const shifts: Shift[] = []
  for (const { facts } of day.children) {
    const [begin, end] = [facts.get('s') ?? '', facts.get('f') ?? '']
    const fromMinute = values.minuteOfDay.read(begin.padStart(5, '0'))
    const until = values.minuteOfDay.read(end.padStart(5, '0'))
    if (fromMinute === undefined || until === undefined) return undefined
    const toMinute = until === 0 ? 1440 : until
    if (toMinute > fromMinute) shifts.push({ fromMinute, toMinute })
    else changes.push(`a shift from ${begin} to ${end} has no length and is left out`)
  }
  shifts.sort((a, b) => a.fromMinute - b.fromMinute)
  const joined: Shift[] = []
  for (const shift of shifts) {
    const before = joined.at(-1)
    if (before && shift.fromMinute < before.toMinute) {
      changes.push('shifts that overlap are joined')
      before.toMinute = Math.max(before.toMinute, shift.toMinute)
    } else if (before && shift.fromMinute === before.toMinute) before.toMinute = shift.toMinute
    else joined.push({ ...shift })
  }
  return joined
}
