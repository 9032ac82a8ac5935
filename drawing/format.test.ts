import { expect, test } from 'vitest'
import { minuteOf } from './civil.ts'
import { formatDay, formatDuration, formatMillions, formatNumber, formatSlip, isoOf } from './format.ts'

const today = minuteOf(2026, 11, 23) + 8 * 60

test('a date shows its year unless it lies in the next twelve months', () => {
  expect(formatDay(minuteOf(2027, 4, 22), { todayMinute: today })).toBe('22 Apr')
  expect(formatDay(minuteOf(2026, 11, 23), { todayMinute: today })).toBe('23 Nov')
  expect(formatDay(minuteOf(2027, 11, 22) + 1439, { todayMinute: today })).toBe('22 Nov')
  expect(formatDay(minuteOf(2027, 11, 23), { todayMinute: today })).toBe('23 Nov 2027')
  expect(formatDay(minuteOf(2026, 9, 14), { todayMinute: today, yearDigits: 2 })).toBe('14 Sep 26')
})

test('in a document every date shows its year', () => {
  expect(formatDay(minuteOf(2027, 4, 22), { todayMinute: today, year: 'always' })).toBe('22 Apr 2027')
})

test('a date names its weekday when asked', () => {
  expect(formatDay(minuteOf(2026, 12, 9), { todayMinute: today, weekday: true })).toBe('Wed 9 Dec')
})

test('a moment before 1970 has the right day and clock', () => {
  expect(isoOf(minuteOf(1969, 12, 31) + 17 * 60)).toBe('1969-12-31T17:00:00')
})

test('durations are told in the days of the plan, not of the calendar', () => {
  expect(formatDuration(9600, { minutesPerDay: 480 })).toBe('20 d')
  expect(formatDuration(9600, { minutesPerDay: 400 })).toBe('24 d')
  expect(formatDuration(1200, { minutesPerDay: 480 })).toBe('2.5 d')
  expect(formatDuration(50, { minutesPerDay: 480 })).toBe('50 min')
  expect(formatDuration(4320, { minutesPerDay: 480, elapsed: true })).toBe('3 ed')
  expect(formatDuration(2400, { minutesPerDay: 480, estimated: true })).toBe('5 d?')
})

test('slip is signed with a real minus', () => {
  expect(formatSlip(7200, 480)).toBe('+15')
  expect(formatSlip(-1440, 480)).toBe('\u22123')
  expect(formatSlip(0, 480)).toBe('0')
  expect(formatSlip(240, 480)).toBe('+0.5')
})

test('money in millions and figures with thousands', () => {
  expect(formatMillions(4_752_000)).toBe('4.75')
  expect(formatMillions(-550_000)).toBe('\u22120.55')
  expect(formatNumber(4752)).toBe('4,752')
  expect(formatNumber(-1234567.891)).toBe('\u22121,234,567.89')
  expect(formatNumber(-0.001)).toBe('0')
})
