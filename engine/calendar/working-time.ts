import { END_DAY, FIRST_DAY } from './civil.ts'
import { addReal, type Clock, realBetween, subtractReal } from './clock.ts'

/**
 * Working time as tables: every day has a shape (its list of shifts), and all shifts of a window of days stand one
 * after another with the working time before each. Adding, subtracting and counting working time are then a look-up
 * of the day and a step to the shift, as shifts are nearly all alike: where the n-th tenth of work falls can be guessed.
 * Moments and amounts are whole tenths of a minute (Microsoft Project's own grain). The window grows by itself, at
 * most over 1900–2200.
 */
export type WorkingTime = {
  readonly id: string
  /** Every minute works: elapsed time. */
  readonly always: boolean
  /** Of elapsed time that counts real hours: the changes of the clock. */
  readonly clock: Clock | undefined
  readonly shapes: ShapeTable
  /** Fills `target[0..]` with the shapes of the days from `firstDay` on. */
  readonly fill: (target: Uint16Array, firstDay: number) => void
  firstDay: number
  dayCount: number
  shapeOf: Uint16Array
  /** The number of the first shift of each day or after it; one entry more than days. */
  firstShift: Int32Array
  shiftCount: number
  /** Where each shift begins and ends, in tenths. */
  begin: Float64Array
  end: Float64Array
  /** Working tenths of the window before each shift; the last entry, one more than shifts, is all of them. */
  before: Float64Array
  /** Shifts in a tenth of work, on average. */
  shiftsPerTenth: number
}

export type Shape = {
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Working tenths of the day before each shift. */
  readonly before: readonly number[]
  readonly total: number
}

export type ShapeTable = { readonly list: Shape[]; readonly byKey: Map<string, number> }

export const TENTHS_PER_DAY = 14_400

/** Thrown when a date leaves 1900–2200, caught by whoever refuses; `empty` when there is no working time at all. */
export class BeyondCalendar extends Error {
  readonly calendar: string
  readonly empty: boolean
  constructor(calendar: string, empty: boolean) {
    super(empty ? `calendar ${calendar} has no working time` : `calendar ${calendar} is left`)
    this.calendar = calendar
    this.empty = empty
  }
}

export function newShapeTable(): ShapeTable {
  const table: ShapeTable = { list: [], byKey: new Map() }
  shapeFor(table, [])
  return table
}

/** The number of the shape with these shifts (in tenths of the day); shape 0 is the day off. Overlaps are joined. */
export function shapeFor(table: ShapeTable, shifts: readonly { from: number; to: number }[]): number {
  const joined: { from: number; to: number }[] = []
  for (const shift of [...shifts].sort((a, b) => a.from - b.from)) {
    const last = joined[joined.length - 1]
    if (last && shift.from <= last.to) last.to = Math.max(last.to, shift.to)
    else if (shift.to > shift.from) joined.push({ from: shift.from, to: shift.to })
  }
  const key = joined.map((s) => `${s.from}-${s.to}`).join(',')
  const known = table.byKey.get(key)
  if (known !== undefined) return known
  const before: number[] = []
  let total = 0
  for (const shift of joined) {
    before.push(total)
    total += shift.to - shift.from
  }
  table.list.push({ from: joined.map((s) => s.from), to: joined.map((s) => s.to), before, total })
  table.byKey.set(key, table.list.length - 1)
  return table.list.length - 1
}

export function newWorkingTime(
  id: string,
  shapes: ShapeTable,
  fill: WorkingTime['fill'],
  window: { firstDay: number; endDay: number },
): WorkingTime {
  const calendar = withoutTables(id, false, shapes, fill)
  tabulate(calendar, Math.max(FIRST_DAY, window.firstDay), Math.min(END_DAY, window.endDay))
  return calendar
}

/** Elapsed time: every minute of every day of the wall clock; with a clock's changes, every real minute. */
export function elapsedTime(shapes: ShapeTable, clock?: Clock): WorkingTime {
  return { ...withoutTables('elapsed', true, shapes, () => {}), clock }
}

function withoutTables(
  id: string,
  always: boolean,
  shapes: ShapeTable,
  fill: WorkingTime['fill'],
): WorkingTime {
  return {
    id,
    always,
    clock: undefined,
    shapes,
    fill,
    firstDay: 0,
    dayCount: 0,
    shapeOf: new Uint16Array(0),
    firstShift: new Int32Array(1),
    shiftCount: 0,
    begin: new Float64Array(0),
    end: new Float64Array(0),
    before: new Float64Array(1),
    shiftsPerTenth: 0,
  }
}

function tabulate(calendar: WorkingTime, firstDay: number, endDay: number): void {
  const dayCount = endDay - firstDay
  const shapeOf = new Uint16Array(dayCount)
  calendar.fill(shapeOf, firstDay)
  const { list } = calendar.shapes
  const firstShift = new Int32Array(dayCount + 1)
  for (let i = 0; i < dayCount; i++)
    firstShift[i + 1] = (firstShift[i] as number) + (list[shapeOf[i] as number] as Shape).from.length
  const shiftCount = firstShift[dayCount] as number
  const begin = new Float64Array(shiftCount)
  const end = new Float64Array(shiftCount)
  const before = new Float64Array(shiftCount + 1)
  for (let i = 0, k = 0; i < dayCount; i++) {
    const { from, to } = list[shapeOf[i] as number] as Shape
    const midnight = (firstDay + i) * TENTHS_PER_DAY
    for (let s = 0; s < from.length; s++, k++) {
      begin[k] = midnight + (from[s] as number)
      end[k] = midnight + (to[s] as number)
      before[k + 1] = (before[k] as number) + (to[s] as number) - (from[s] as number)
    }
  }
  calendar.firstDay = firstDay
  calendar.dayCount = dayCount
  calendar.shapeOf = shapeOf
  calendar.firstShift = firstShift
  calendar.shiftCount = shiftCount
  calendar.begin = begin
  calendar.end = end
  calendar.before = before
  calendar.shiftsPerTenth = shiftCount / Math.max(1, before[shiftCount] as number)
}

/** Doubles the window to the left or right; beyond 1900–2200 there is nothing to find. */
function grow(calendar: WorkingTime, towards: 'past' | 'future'): void {
  const endDay = calendar.firstDay + calendar.dayCount
  const step = Math.max(366, calendar.dayCount)
  if (towards === 'past') {
    if (calendar.firstDay <= FIRST_DAY) throw new BeyondCalendar(calendar.id, isEmpty(calendar))
    tabulate(calendar, Math.max(FIRST_DAY, calendar.firstDay - step), endDay)
  } else {
    if (endDay >= END_DAY) throw new BeyondCalendar(calendar.id, isEmpty(calendar))
    tabulate(calendar, calendar.firstDay, Math.min(END_DAY, endDay + step))
  }
}

function isEmpty(calendar: WorkingTime): boolean {
  const shapeOf = new Uint16Array(END_DAY - FIRST_DAY)
  calendar.fill(shapeOf, FIRST_DAY)
  return shapeOf.every((shape) => calendar.shapes.list[shape]?.total === 0)
}

/** The index in the window of the day of this moment, growing the window when needed. */
function dayIndex(calendar: WorkingTime, at: number): number {
  const day = Math.floor(at / TENTHS_PER_DAY)
  while (day < calendar.firstDay) grow(calendar, 'past')
  while (day >= calendar.firstDay + calendar.dayCount) grow(calendar, 'future')
  return day - calendar.firstDay
}

export function shapeAt(calendar: WorkingTime, index: number): Shape {
  return calendar.shapes.list[calendar.shapeOf[index] ?? 0] as Shape
}

/** The first shift that ends after this moment; the number of shifts when there is none in the window. */
function shiftAfter(calendar: WorkingTime, at: number): number {
  const day = dayIndex(calendar, at)
  const { end, shiftCount } = calendar
  let shift = calendar.firstShift[day] as number
  while (shift < shiftCount && (end[shift] as number) <= at) shift++
  return shift
}

/** Working tenths from the start of the window to this moment, which lies in or before this shift. */
function workedUntil({ begin, before, shiftCount }: WorkingTime, at: number, shift: number): number {
  const worked = before[shift] as number
  if (shift === shiftCount) return worked
  const begun = begin[shift] as number
  return at > begun ? worked + at - begun : worked
}

/** The moment when `amount` tenths of work begun at `at` end: the end of a shift rather than the start of the next. */
export function addTenths(calendar: WorkingTime, at: number, amount: number): number {
  if (amount === 0) return at
  if (amount < 0) return subtractTenths(calendar, at, -amount)
  if (calendar.always) return calendar.clock ? addReal(calendar.clock, at, amount) : at + amount
  const first = shiftAfter(calendar, at)
  const goal = workedUntil(calendar, at, first) + amount
  while (goal > (calendar.before[calendar.shiftCount] as number)) grow(calendar, 'future')
  const guess = first + Math.floor(amount * calendar.shiftsPerTenth)
  const shift = lastBelow(calendar.before, calendar.shiftCount, guess, goal)
  return (calendar.begin[shift] as number) + goal - (calendar.before[shift] as number)
}

/** The moment at which `amount` tenths of work ending at `at` began: the start of a shift rather than the end before. */
export function subtractTenths(calendar: WorkingTime, at: number, amount: number): number {
  if (amount === 0) return at
  if (amount < 0) return addTenths(calendar, at, -amount)
  if (calendar.always) return calendar.clock ? subtractReal(calendar.clock, at, amount) : at - amount
  const last = shiftAfter(calendar, at)
  const goal = workedUntil(calendar, at, last) - amount
  if (goal < 0) {
    // Growing moves the start of the window, and everything is counted from it.
    grow(calendar, 'past')
    return subtractTenths(calendar, at, amount)
  }
  const guess = last - Math.floor(amount * calendar.shiftsPerTenth)
  const shift = lastBelow(calendar.before, calendar.shiftCount, guess, goal + 1)
  return (calendar.begin[shift] as number) + goal - (calendar.before[shift] as number)
}

/** Steps taken from a guess before the search begins in earnest. */
const NEAR = 6

/** The last shift with before[shift] < goal (amounts are whole numbers), from a guess that is nearly always near. */
function lastBelow(before: Float64Array, count: number, guess: number, goal: number): number {
  let low = Math.max(0, Math.min(count - 1, guess))
  for (let step = 0; step < NEAR; step++) {
    if (low > 0 && (before[low] as number) >= goal) low--
    else if (low + 1 < count && (before[low + 1] as number) < goal) low++
    else return low
  }
  let high = count
  low = 0
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((before[middle] as number) < goal) low = middle
    else high = middle
  }
  return low
}

/** The first moment at or after `at` directly followed by working time. */
export function nextWorkingTenth(calendar: WorkingTime, at: number): number {
  if (calendar.always) return at
  let shift = shiftAfter(calendar, at)
  while (shift === calendar.shiftCount) {
    grow(calendar, 'future')
    shift = shiftAfter(calendar, at)
  }
  return Math.max(at, calendar.begin[shift] as number)
}

/** The last moment at or before `at` directly preceded by working time. */
export function previousWorkingTenth(calendar: WorkingTime, at: number): number {
  if (calendar.always) return at
  const day = dayIndex(calendar, at)
  let shift = calendar.firstShift[day] as number
  while (shift < calendar.shiftCount && (calendar.begin[shift] as number) < at) shift++
  if (shift === 0) {
    grow(calendar, 'past')
    return previousWorkingTenth(calendar, at)
  }
  return Math.min(at, calendar.end[shift - 1] as number)
}

/** Working tenths from one moment to another; negative when the second is earlier. */
export function tenthsBetween(calendar: WorkingTime, from: number, to: number): number {
  if (from === to) return 0
  if (calendar.always) return calendar.clock ? realBetween(calendar.clock, from, to) : to - from
  // Growing into the past moves the window: the earlier moment is found first.
  if (to < from) return -tenthsBetween(calendar, to, from)
  const worked = workedUntil(calendar, from, shiftAfter(calendar, from))
  return workedUntil(calendar, to, shiftAfter(calendar, to)) - worked
}
