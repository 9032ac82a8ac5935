import { describe, expect, test } from 'vitest'
import { type Actor, covers, narrowed, overlap, rightsFrom } from './access.ts'
import { canonical } from './canonical.ts'
import { addDays, dayNumber, dayOf, dayOfMinute, minuteOf, timeOf, weekday } from './day.ts'
import { countedIds, uuidV7 } from './id.ts'
import { money, sumMoney } from './money.ts'
import { duty, part } from './part.ts'

describe('days and times', () => {
  test('count from 1970 and back, over leap days and century ends', () => {
    expect(dayNumber('1970-01-01')).toBe(0)
    for (const day of ['1900-01-01', '2000-02-29', '2026-11-20', '2200-12-31'])
      expect(dayOf(dayNumber(day))).toBe(day)
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(weekday('2026-11-20')).toBe(5)
  })

  test('refuse days that do not exist', () => {
    expect(() => dayNumber('2026-02-30')).toThrow(expect.objectContaining({ code: 'day.invalid' }))
    expect(() => minuteOf('2026-02-28 8:00')).toThrow(expect.objectContaining({ code: 'time.invalid' }))
  })

  test('are minutes of the wall clock, seconds as fractions', () => {
    expect(minuteOf('1970-01-02T08:00:00')).toBe(1440 + 480)
    expect(timeOf(minuteOf('2026-01-05T08:00:48'))).toBe('2026-01-05T08:00:48')
    expect(timeOf(-60)).toBe('1969-12-31T23:00:00')
    expect(dayOfMinute(minuteOf('2026-11-20T23:59:00'))).toBe('2026-11-20')
  })
})

test('money is whole and of one currency', () => {
  expect(sumMoney([money(120_050, 'USD'), money(-50, 'USD')], 'USD')).toEqual({
    minor: 120_000,
    currency: 'USD',
  })
  expect(() => money(0.5, 'USD')).toThrow(expect.objectContaining({ code: 'money.notWhole' }))
  expect(() => sumMoney([money(1, 'EUR')], 'USD')).toThrow(expect.objectContaining({ code: 'money.mixed' }))
})

test('a value has one text, whatever the order of its fields', () => {
  expect(canonical({ b: 1, a: [null, 'x'], c: undefined })).toBe('{"a":[null,"x"],"b":1}')
  expect(() => canonical({ name: 'a\u0000' })).toThrow(expect.objectContaining({ code: 'text.invalid' }))
  expect(() => canonical('\ud800')).toThrow(expect.objectContaining({ code: 'text.invalid' }))
  expect(() => canonical(Number.NaN)).toThrow(expect.objectContaining({ code: 'number.invalid' }))
})

test('ids sort by the moment they were made', () => {
  const chance = Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255, 255, 255])
  const [early, late] = [uuidV7(1_700_000_000_000, chance), uuidV7(1_700_000_000_001, new Uint8Array(10))]
  expect(early < late).toBe(true)
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const next = countedIds(3)
  expect([next(), next()]).toEqual([
    '00000000-0003-7000-8000-000000000001',
    '00000000-0003-7000-8000-000000000002',
  ])
})

describe('rights', () => {
  const anna: Actor = { kind: 'person', id: 'anna', name: 'Anna' }
  const grants = [
    { permissions: ['schedule.*'], reach: { project: 'erp' } },
    { permissions: ['people.read'], reach: 'workspace' as const },
  ]

  test('reach where they were granted and no further', () => {
    const rights = rightsFrom(grants, anna)
    expect(rights.allows('schedule.write', 'erp')).toBe(true)
    expect(rights.allows('schedule.write', 'payroll')).toBe(false)
    expect(rights.allows('people.read', null)).toBe(true)
    expect(rights.allows('people.read', 'erp')).toBe(false)
    expect(rights.projects('schedule.read')).toEqual(new Set(['erp']))
    expect(rights.anywhere).toEqual(new Set(['erp']))
  })

  test('are cut to what a token opens', () => {
    const rights = rightsFrom(narrowed(grants, ['*.read'], undefined), { ...anna, kind: 'token' })
    expect(rights.allows('schedule.read', 'erp')).toBe(true)
    expect(rights.allows('schedule.write', 'erp')).toBe(false)
    expect(rights.allows('people.read', null)).toBe(true)
  })

  test('are cut to one project and what all projects share', () => {
    const everywhere = [{ permissions: ['*'], reach: 'everywhere' as const }, ...grants]
    const rights = rightsFrom(narrowed(everywhere, ['*'], 'payroll'), anna)
    expect(rights.allows('schedule.write', 'payroll')).toBe(true)
    expect(rights.allows('people.admin', null)).toBe(true)
    expect(rights.allows('schedule.read', 'erp')).toBe(false)
  })

  test('a pattern covers its own room only', () => {
    expect(covers('schedule.*', 'schedule.write')).toBe(true)
    expect(covers('schedule.*', 'scheduler.write')).toBe(false)
    expect(covers('*', 'people.admin')).toBe(true)
    expect(covers('*.read', 'people.read')).toBe(true)
    expect(covers('*.read', 'people.admin')).toBe(false)
    expect(covers('schedule.*', '*')).toBe(false)
    expect(overlap('schedule.*', '*.read')).toBe('schedule.read')
    expect(overlap('schedule.*', 'people.read')).toBeUndefined()
  })
})

test('parts and duties carry their name and what they need', () => {
  const late = part('desk', 'schedule.late', {
    title: 'Late tasks',
    allow: 'schedule.read',
    run: async () => [],
  })
  expect(late).toMatchObject({ of: 'desk', name: 'schedule.late', allow: 'schedule.read' })
  const report = duty('report.biweekly', {
    title: 'Biweekly report',
    when: { every: '2 weeks' },
    allow: 'report.write',
    prepare: async () => undefined,
    approve: 'report.publish',
    deliver: 'mail',
  })
  expect(report.name).toBe('report.biweekly')
})
