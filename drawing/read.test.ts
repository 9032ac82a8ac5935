import { expect, test } from 'vitest'
import { minuteOf } from './civil.ts'
import { readDay, readDuration } from './read.ts'

const given = { todayMinute: minuteOf(2026, 11, 23), timeOfDayMinute: 480 }
const plan = { minutesPerDay: 480, minutesPerWeek: 2400, daysPerMonth: 20 }

test('a day is understood as people type it', () => {
  const ninth = minuteOf(2026, 12, 9) + 480
  for (const typed of [
    '9 Dec',
    'Wed 9 Dec',
    '9.12.2026',
    '9 december 26',
    '2026-12-09',
    '2026-12-09T08:00:00',
  ]) {
    expect(readDay(typed, given), typed).toBe(ninth)
  }
  expect(readDay('9 Dec 13:30', given)).toBe(minuteOf(2026, 12, 9) + 810)
})

test('without a year the nearest one is meant', () => {
  expect(readDay('14 Sep', given)).toBe(minuteOf(2026, 9, 14) + 480)
  expect(readDay('22 Apr', given)).toBe(minuteOf(2027, 4, 22) + 480)
})

test('today and days from it', () => {
  expect(readDay('today', given)).toBe(minuteOf(2026, 11, 23) + 480)
  expect(readDay('+7', given)).toBe(minuteOf(2026, 11, 30) + 480)
})

test('what is no day is refused', () => {
  for (const typed of ['', '31 Feb', '9', '2026-13-01', 'soon', '9 Dec 25:00', '9 Dec 12:75']) {
    expect(readDay(typed, given), typed).toBeUndefined()
  }
})

test('a duration is understood in the units of the plan', () => {
  expect(readDuration('20 d', plan)).toEqual({ minutes: 9600, elapsed: false, estimated: false })
  expect(readDuration('20', plan)?.minutes).toBe(9600)
  expect(readDuration('2w', plan)?.minutes).toBe(4800)
  expect(readDuration('2,5d?', plan)).toEqual({ minutes: 1200, elapsed: false, estimated: true })
  expect(readDuration('3 ed', plan)).toEqual({ minutes: 4320, elapsed: true, estimated: false })
  expect(readDuration('1 mo', plan)?.minutes).toBe(9600)
  expect(readDuration('90 min', plan)?.minutes).toBe(90)
  expect(readDuration('-3 d', plan)).toBeUndefined()
  expect(readDuration('three', plan)).toBeUndefined()
})
