import { expect, test } from 'vitest'
import { minuteOf } from '../../../kernel/day.ts'
import { linkText, pathThrough, type ShownLink, workDays } from './plan-rows.ts'

const project = { defaultStartMinute: 480, defaultFinishMinute: 1020, minutesPerDay: 480 }
// Saturday 9 and Sunday 10 January 2027, and Epiphany on Wednesday 6.
const day = (text: string) => minuteOf(`${text}T00:00:00`) / 1440
const restSpans = [
  { fromDay: day('2027-01-06'), toDay: day('2027-01-06') },
  { fromDay: day('2027-01-09'), toDay: day('2027-01-10') },
]
const time = workDays({ restSpans, project } as unknown as Parameters<typeof workDays>[0])

test('a bar from Tuesday morning to Monday evening holds four working days around a holiday and a weekend', () => {
  const from = minuteOf('2027-01-05T08:00:00')
  expect(time.between(from, minuteOf('2027-01-11T17:00:00'))).toBe(4 * 480)
  expect(time.between(from, minuteOf('2027-01-05T12:30:00'))).toBe(240)
})

test('a finish that came earlier is a negative slip of the same size', () => {
  const friday = minuteOf('2027-01-08T17:00:00')
  const monday = minuteOf('2027-01-11T17:00:00')
  expect(time.between(friday, monday)).toBe(480)
  expect(time.between(monday, friday)).toBe(-480)
})

test('days off are shaded where they are in sight', () => {
  const span = { startMinute: minuteOf('2027-01-08T00:00:00'), finishMinute: minuteOf('2027-01-12T00:00:00') }
  expect(time.restIn(span)).toEqual([
    { startMinute: minuteOf('2027-01-09T00:00:00'), finishMinute: minuteOf('2027-01-11T00:00:00') },
  ])
})

const link = (predecessor: string, successor: string): ShownLink => ({
  id: `${predecessor}${successor}`,
  seq: 1,
  predecessor,
  successor,
  type: 'fs',
  lag: null,
})

test('the path through a task is what it waits for and what waits for it, and nothing beside', () => {
  const links = [link('a', 'b'), link('b', 'd'), link('c', 'd'), link('d', 'e')]
  expect([...pathThrough(links, 'b')].sort()).toEqual(['a', 'b', 'd', 'e'])
})

test('links are written as planners write them', () => {
  expect(linkText({ type: 'fs', lag: null }, 480)).toBe('')
  expect(linkText({ type: 'ss', lag: { kind: 'working', minutes: 960 } }, 480)).toBe('SS+2 d')
  expect(linkText({ type: 'ff', lag: { kind: 'percent', percent: -50 } }, 480)).toBe('FF−50 %')
})
