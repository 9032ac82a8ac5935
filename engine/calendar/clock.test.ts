import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at } from '../cases/case.ts'
import { lawRuns } from '../cases/law-runs.ts'
import { addReal, type Clock, clockOf, isClockSound, realBetween, subtractReal } from './clock.ts'

/** Warsaw from 2026 to 2027, in tenths. */
const WARSAW = [
  { atMinute: at('2026-03-29T02:00'), shiftMinutes: 60 },
  { atMinute: at('2026-10-25T03:00'), shiftMinutes: -60 },
  { atMinute: at('2027-03-28T02:00'), shiftMinutes: 60 },
]
const clock = clockOf(WARSAW) as Clock
const tenth = (text: string) => at(text) * 10
const hours = (count: number) => count * 600

const moments = fc.oneof(
  fc.integer({ min: tenth('2026-01-01T00:00'), max: tenth('2027-12-31T00:00') }),
  fc
    .constantFrom(...WARSAW)
    .chain(({ atMinute }) => fc.integer({ min: -1500, max: 1500 }).map((tenths) => atMinute * 10 + tenths)),
)
const amounts = fc.integer({ min: 0, max: hours(24 * 400) })

test('a day in spring has 23 real hours, a day in autumn 25, a year as many as any other', () => {
  expect(realBetween(clock, tenth('2026-03-29T00:00'), tenth('2026-03-30T00:00'))).toBe(hours(23))
  expect(realBetween(clock, tenth('2026-10-25T00:00'), tenth('2026-10-26T00:00'))).toBe(hours(25))
  expect(realBetween(clock, tenth('2026-01-01T00:00'), tenth('2027-01-01T00:00'))).toBe(hours(24 * 365))
})

test('the hour that is left out has no length, and one minute before three in autumn there is still an hour to go', () => {
  expect(realBetween(clock, tenth('2026-03-29T02:00'), tenth('2026-03-29T03:00'))).toBe(0)
  expect(addReal(clock, tenth('2026-03-29T02:30'), hours(1))).toBe(tenth('2026-03-29T04:00'))
  expect(realBetween(clock, tenth('2026-10-25T02:59'), tenth('2026-10-25T03:00'))).toBe(10 + hours(1))
  expect(subtractReal(clock, tenth('2026-10-25T04:00'), hours(2.5))).toBe(tenth('2026-10-25T02:30'))
})

test('more time never ends earlier, what is added is at least there, what is taken away leaves at least as much', () => {
  fc.assert(
    fc.property(moments, amounts, amounts, (from, less, more) => {
      const [short, long] = [Math.min(less, more), Math.max(less, more)]
      expect(addReal(clock, from, short)).toBeLessThanOrEqual(addReal(clock, from, long))
      expect(realBetween(clock, from, addReal(clock, from, long))).toBeGreaterThanOrEqual(long)
      expect(realBetween(clock, subtractReal(clock, from, long), from)).toBeGreaterThanOrEqual(long)
    }),
    lawRuns(500),
  )
})

test('far from a change real time is the time of the wall clock', () => {
  const noon = tenth('2026-07-01T12:00')
  expect([addReal(clock, noon, hours(30)), subtractReal(clock, noon, hours(30))]).toEqual([
    noon + hours(30),
    noon - hours(30),
  ])
})

test('changes out of order, at once or without a number make no clock', () => {
  const [spring, autumn] = WARSAW as [(typeof WARSAW)[0], (typeof WARSAW)[0]]
  expect(isClockSound(WARSAW)).toBe(true)
  expect(isClockSound([autumn, spring])).toBe(false)
  expect(isClockSound([spring, { atMinute: spring.atMinute + 30, shiftMinutes: -60 }])).toBe(false)
  expect(isClockSound([{ atMinute: Number.NaN, shiftMinutes: 60 }])).toBe(false)
  expect(clockOf([])).toBeUndefined()
})
