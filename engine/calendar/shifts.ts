import { shapeAt, TENTHS_PER_DAY, tenthsBetween, type WorkingTime } from './working-time.ts'

/** The working time between two moments, shift by shift. */
export function* shiftsBetween(calendar: WorkingTime, from: number, to: number): Generator<[number, number]> {
  if (calendar.always) {
    yield [from, to]
    return
  }
  // Counting makes the table reach both moments.
  if (tenthsBetween(calendar, from, to) <= 0) return
  const lastDay = Math.floor((to - 1) / TENTHS_PER_DAY)
  for (let day = Math.floor(from / TENTHS_PER_DAY); day <= lastDay; day++) {
    const shape = shapeAt(calendar, day - calendar.firstDay)
    for (let s = 0; s < shape.from.length; s++) {
      const begin = Math.max(from, day * TENTHS_PER_DAY + (shape.from[s] as number))
      const end = Math.min(to, day * TENTHS_PER_DAY + (shape.to[s] as number))
      if (end > begin) yield [begin, end]
    }
  }
}
