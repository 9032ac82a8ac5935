import { expect, test } from 'vitest'
import { minuteOf } from '../../kernel/day.ts'
import { isZone, zoneChanges } from './project.rules.ts'

/** Where the clock stands when it is changed in that year, and by how many minutes. */
function changesIn(zone: string, year: number): readonly (readonly [number, number])[] {
  const from = minuteOf(`${year}-01-01T00:00:00`)
  const to = minuteOf(`${year + 1}-01-01T00:00:00`)
  return zoneChanges(zone)
    .filter(({ atMinute }) => atMinute >= from && atMinute < to)
    .map(({ atMinute, shiftMinutes }) => [atMinute, shiftMinutes])
}

test('the clocks of Warsaw go forward at two in March and back at three in October', () => {
  expect(changesIn('Europe/Warsaw', 2026)).toEqual([
    [minuteOf('2026-03-29T02:00:00'), 60],
    [minuteOf('2026-10-25T03:00:00'), -60],
  ])
})

test('the clocks of New York change at two, west of Greenwich as east of it', () => {
  expect(changesIn('America/New_York', 2026)).toEqual([
    [minuteOf('2026-03-08T02:00:00'), 60],
    [minuteOf('2026-11-01T02:00:00'), -60],
  ])
})

test('on Lord Howe Island summer is half an hour ahead and begins in October', () => {
  expect(changesIn('Australia/Lord_Howe', 2026)).toEqual([
    [minuteOf('2026-04-05T02:00:00'), -30],
    [minuteOf('2026-10-04T02:00:00'), 30],
  ])
})

test('Tokyo leaves its clocks alone, and so does a zone that nobody knows', () => {
  expect(changesIn('Asia/Tokyo', 2026)).toEqual([])
  expect(zoneChanges('Atlantis/Poseidonis')).toEqual([])
  expect([isZone('Asia/Tokyo'), isZone('Atlantis/Poseidonis')]).toEqual([true, false])
})
