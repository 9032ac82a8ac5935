import { END_DAY, FIRST_DAY } from './civil.ts'

/**
 * Working time as day-indexed tables: every day has a shape (its list of shifts), a running sum of working time
 * stands before every day. Adding, subtracting and counting working time are then one look-up and a short search.
 * Moments and amounts are whole tenths of a minute (Microsoft Project's own grain). The tables cover a window of
 * days and grow by themselves, at most over 1900–2200.
 */
export type WorkingTime = {
  readonly id: string
  /** Every minute works: elapsed time. */
  readonly always: boolean
  readonly shapes: ShapeTable
  /** Fills `target[0..]` with the shapes of the days from `firstDay` on. */
  readonly fill: (target: Uint16Array, firstDay: number) => void
  firstDay: number
  dayCount: number
  shapeOf: Uint16Array
  /** Working tenths before each day of the window; one entry more than days. */
  sum: Float64Array
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
  const calendar: WorkingTime = {
    id,
    always: false,
    shapes,
    fill,
    firstDay: 0,
    dayCount: 0,
    shapeOf: new Uint16Array(0),
    sum: new Float64Array(1),
  }
  tabulate(calendar, Math.max(FIRST_DAY, window.firstDay), Math.min(END_DAY, window.endDay))
  return calendar
}

/** Elapsed time: every minute of every day. */
export function elapsedTime(shapes: ShapeTable): WorkingTime {
  const fill = () => {}
  const sum = new Float64Array(1)
  return {
    id: 'elapsed',
    always: true,
    shapes,
    fill,
    firstDay: 0,
    dayCount: 0,
    shapeOf: new Uint16Array(0),
    sum,
  }
}

function tabulate(calendar: WorkingTime, firstDay: number, endDay: number): void {
  const dayCount = endDay - firstDay
  const shapeOf = new Uint16Array(dayCount)
  calendar.fill(shapeOf, firstDay)
  const totals = calendar.shapes.list.map((shape) => shape.total)
  const sum = new Float64Array(dayCount + 1)
  for (let i = 0; i < dayCount; i++) sum[i + 1] = (sum[i] ?? 0) + (totals[shapeOf[i] ?? 0] ?? 0)
  calendar.firstDay = firstDay
  calendar.dayCount = dayCount
  calendar.shapeOf = shapeOf
  calendar.sum = sum
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

/** Working tenths of the day before this tenth of the day. */
function workedBefore(shape: Shape, tenthOfDay: number): number {
  const { from, to } = shape
  let worked = 0
  for (let i = 0; i < from.length; i++) {
    const start = from[i] as number
    if (tenthOfDay <= start) break
    const end = to[i] as number
    worked += Math.min(tenthOfDay, end) - start
  }
  return worked
}

/** The moment when `amount` tenths of work begun at `at` end: the end of a shift rather than the start of the next. */
export function addTenths(calendar: WorkingTime, at: number, amount: number): number {
  if (amount === 0) return at
  if (calendar.always) return at + amount
  if (amount < 0) return subtractTenths(calendar, at, -amount)
  let index = dayIndex(calendar, at)
  const midnight = (calendar.firstDay + index) * TENTHS_PER_DAY
  const worked = workedBefore(shapeAt(calendar, index), at - midnight)
  const goal = (calendar.sum[index] ?? 0) + worked + amount
  while (goal > (calendar.sum[calendar.dayCount] ?? 0)) grow(calendar, 'future')
  index = lastBelow(calendar.sum, index, calendar.dayCount, goal)
  const rest = goal - (calendar.sum[index] ?? 0)
  const shape = shapeAt(calendar, index)
  let shift = shape.before.length - 1
  while (shift > 0 && (shape.before[shift] as number) >= rest) shift--
  return (
    (calendar.firstDay + index) * TENTHS_PER_DAY +
    (shape.from[shift] as number) +
    rest -
    (shape.before[shift] as number)
  )
}

/** The moment at which `amount` tenths of work ending at `at` began: the start of a shift rather than the end before. */
export function subtractTenths(calendar: WorkingTime, at: number, amount: number): number {
  if (amount === 0) return at
  if (calendar.always) return at - amount
  if (amount < 0) return addTenths(calendar, at, -amount)
  let index = dayIndex(calendar, at)
  const midnight = (calendar.firstDay + index) * TENTHS_PER_DAY
  const worked = workedBefore(shapeAt(calendar, index), at - midnight)
  let goal = (calendar.sum[index] ?? 0) + worked - amount
  while (goal < 0) {
    const before = calendar.firstDay
    grow(calendar, 'past')
    index += before - calendar.firstDay
    goal = (calendar.sum[index] ?? 0) + worked - amount
  }
  index = lastAtOrBelow(calendar.sum, index, goal)
  const rest = goal - (calendar.sum[index] ?? 0)
  const shape = shapeAt(calendar, index)
  let shift = shape.before.length - 1
  while (shift > 0 && (shape.before[shift] as number) > rest) shift--
  return (
    (calendar.firstDay + index) * TENTHS_PER_DAY +
    (shape.from[shift] as number) +
    rest -
    (shape.before[shift] as number)
  )
}

/** The largest index from `low` on with sum[index] < goal (and so sum[index + 1] ≥ goal); doubling steps, then halves. */
function lastBelow(sum: Float64Array, low: number, end: number, goal: number): number {
  let step = 1
  let lo = low
  while (lo + step <= end && (sum[lo + step] as number) < goal) {
    lo += step
    step += step
  }
  let hi = Math.min(lo + step, end)
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1
    if ((sum[middle] as number) < goal) lo = middle
    else hi = middle
  }
  return lo
}

/** The largest index up to `high` with sum[index] ≤ goal. */
function lastAtOrBelow(sum: Float64Array, high: number, goal: number): number {
  if ((sum[high] as number) <= goal) return high
  let step = 1
  let hi = high
  while (hi - step >= 0 && (sum[hi - step] as number) > goal) {
    hi -= step
    step += step
  }
  let lo = Math.max(0, hi - step)
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1
    if ((sum[middle] as number) <= goal) lo = middle
    else hi = middle
  }
  return lo
}

/** The first moment at or after `at` directly followed by working time. */
export function nextWorkingTenth(calendar: WorkingTime, at: number): number {
  if (calendar.always) return at
  let index = dayIndex(calendar, at)
  const tenthOfDay = at - (calendar.firstDay + index) * TENTHS_PER_DAY
  const today = shapeAt(calendar, index)
  for (let i = 0; i < today.from.length; i++)
    if (tenthOfDay < (today.to[i] as number)) return at + Math.max(0, (today.from[i] as number) - tenthOfDay)
  for (;;) {
    index++
    if (index >= calendar.dayCount) grow(calendar, 'future')
    const shape = shapeAt(calendar, index)
    if (shape.total > 0) return (calendar.firstDay + index) * TENTHS_PER_DAY + (shape.from[0] as number)
  }
}

/** The last moment at or before `at` directly preceded by working time. */
export function previousWorkingTenth(calendar: WorkingTime, at: number): number {
  if (calendar.always) return at
  let index = dayIndex(calendar, at)
  const tenthOfDay = at - (calendar.firstDay + index) * TENTHS_PER_DAY
  const today = shapeAt(calendar, index)
  for (let i = today.from.length - 1; i >= 0; i--)
    if (tenthOfDay > (today.from[i] as number)) return at - Math.max(0, tenthOfDay - (today.to[i] as number))
  for (;;) {
    if (index === 0) {
      const before = calendar.firstDay
      grow(calendar, 'past')
      index += before - calendar.firstDay
    }
    index--
    const shape = shapeAt(calendar, index)
    if (shape.total > 0)
      return (calendar.firstDay + index) * TENTHS_PER_DAY + (shape.to[shape.to.length - 1] as number)
  }
}

/** Working tenths from one moment to another; negative when the second is earlier. */
export function tenthsBetween(calendar: WorkingTime, from: number, to: number): number {
  if (from === to) return 0
  if (calendar.always) return to - from
  const first = Math.floor(from / TENTHS_PER_DAY) - calendar.firstDay
  const last = Math.floor(to / TENTHS_PER_DAY) - calendar.firstDay
  if (first >= 0 && last >= 0 && first < calendar.dayCount && last < calendar.dayCount)
    return position(calendar, to, last) - position(calendar, from, first)
  // Growing into the past moves the window, so the earlier moment is found first.
  dayIndex(calendar, Math.min(from, to))
  return position(calendar, to, dayIndex(calendar, to)) - position(calendar, from, dayIndex(calendar, from))
}

function position(calendar: WorkingTime, at: number, index: number): number {
  const tenthOfDay = at - (calendar.firstDay + index) * TENTHS_PER_DAY
  return (calendar.sum[index] as number) + workedBefore(shapeAt(calendar, index), tenthOfDay)
}
