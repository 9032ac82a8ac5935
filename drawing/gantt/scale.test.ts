import { expect, test } from 'vitest'
import { minuteOf } from '../civil.ts'
import {
  fitScale,
  minuteAt,
  minutesPerPixelOf,
  nextZoom,
  snapMinutes,
  ticksOf,
  xOf,
  zoomOf,
  zooms,
} from './scale.ts'

const from = minuteOf(2026, 10, 26)
const scaleOf = (zoom: (typeof zooms)[number]['key']) => ({
  originMinute: from,
  minutesPerPixel: minutesPerPixelOf(zoom),
})

test('weeks stand under months, each on its Monday', () => {
  const { major, minor } = ticksOf(scaleOf('week'), 748)
  expect(major.map(({ label }) => label)).toEqual([
    'Oct 2026',
    'Nov',
    'Dec',
    'Jan 2027',
    'Feb',
    'Mar',
    'Apr',
    'May',
  ])
  expect(minor.slice(0, 7).map(({ label }) => label)).toEqual(['26', '2', '9', '16', '23', '30', '7'])
  expect(minor[1]?.minute).toBe(minuteOf(2026, 11, 2))
})

test('each zoom shows its own two tiers', () => {
  const first = (zoom: (typeof zooms)[number]['key']) => {
    const { major, minor } = ticksOf(scaleOf(zoom), 400)
    return [major[0]?.label, minor[0]?.label]
  }
  expect(first('hour')).toEqual(['Mon 26 Oct 2026', '00'])
  expect(first('day')).toEqual(['26 Oct 2026', '26'])
  expect(first('month')).toEqual(['Q4 2026', 'Oct'])
  expect(first('quarter')).toEqual(['2026', 'Q4'])
  expect(first('year')).toEqual(['2026', 'H2'])
})

test('a week may begin on Sunday', () => {
  const { minor } = ticksOf({ ...scaleOf('week'), weekStart: 0 }, 100)
  expect(minor[0]?.minute).toBe(minuteOf(2026, 10, 25))
})

test('the first tick is the unit the left edge lies in, and leap days count', () => {
  const { minor } = ticksOf({ originMinute: minuteOf(2028, 2, 28) + 600, minutesPerPixel: 45 }, 100)
  expect(minor.map(({ label }) => label)).toEqual(['28', '29', '1', '2'])
})

test('a pixel and its minute are two names of one place', () => {
  const scale = scaleOf('day')
  expect(xOf(scale, minuteAt(scale, 137))).toBeCloseTo(137, 9)
})

test('zooming steps from hours to years and stays at the ends', () => {
  const steps = ['hour']
  let at = minutesPerPixelOf('hour')
  for (let step = 0; step < zooms.length; step += 1) {
    const zoom = nextZoom(at, 1)
    at = minutesPerPixelOf(zoom)
    steps.push(zoom)
  }
  expect(steps).toEqual(['hour', 'day', 'week', 'month', 'quarter', 'year', 'year'])
  expect(nextZoom(minutesPerPixelOf('hour'), -1)).toBe('hour')
})

test('fit shows the whole plan', () => {
  const span = { startMinute: minuteOf(2026, 3, 2), finishMinute: minuteOf(2027, 6, 17) }
  const scale = fitScale(span, 748)
  expect(xOf(scale, span.startMinute)).toBeGreaterThan(0)
  expect(xOf(scale, span.finishMinute)).toBeLessThan(748)
  expect(xOf(scale, span.finishMinute)).toBeGreaterThan(700)
  expect(zoomOf(scale.minutesPerPixel)).toBe('month')
})

test('a drag snaps to what the eye can tell apart', () => {
  expect(snapMinutes(minutesPerPixelOf('hour'))).toBe(15)
  expect(snapMinutes(minutesPerPixelOf('day'))).toBe(1440)
  expect(snapMinutes(minutesPerPixelOf('week'))).toBe(1440)
})
