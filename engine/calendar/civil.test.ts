import { expect, test } from 'vitest'
import { minuteOf, timeOf } from './calendar.ts'
import { daysInMonth } from './civil.ts'

test.each([
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-04-31',
  '2026-01-05T25:00',
  '2026-01-05T08:60',
  '2026-01-05T08:00:60',
  '2026-1-5',
  ' 2026-01-05',
  '2026-01-05T08:00Z',
  '2026-01-05 08:00',
  '',
])('`%s` is no time', (text) => {
  expect(minuteOf(text)).toBeUndefined()
})

test.each([
  ['2026-01-05', '2026-01-05T00:00:00'],
  ['2026-12-31T08:05', '2026-12-31T08:05:00'],
  ['2026-01-05T23:59:54', '2026-01-05T23:59:54'],
  ['2026-01-05T08:00:30.123', '2026-01-05T08:00:30'],
  ['2026-01-05T24:00', '2026-01-06T00:00:00'],
  ['1969-12-31T23:59', '1969-12-31T23:59:00'],
  ['2000-02-29', '2000-02-29T00:00:00'],
])('`%s` is read as %s', (text, time) => {
  expect(timeOf(minuteOf(text) ?? 0)).toBe(time)
})

test('the months have their lengths, February by the Gregorian rule', () => {
  expect([1, 4, 12].map((month) => daysInMonth(2026, month))).toEqual([31, 30, 31])
  expect([1900, 2000, 2024, 2026, 2100].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 29, 28, 28])
})
