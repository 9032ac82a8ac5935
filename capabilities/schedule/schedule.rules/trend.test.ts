import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ROOMS } from '../../../apps/rooms.ts'
import { SYSTEM } from '../../../kernel/access.ts'
import { countedIds } from '../../../kernel/id.ts'
import { createLedger } from '../../../kernel/ledger/ledger.ts'
import { memoryStore, textHash } from '../../../kernel/ledger/memory.ts'
import { createRegistry } from '../../../kernel/registry.ts'
import type { trendOfHealth, trendOfSchedule } from '../schedule.queries.ts'

type Trend = Awaited<ReturnType<typeof trendOfSchedule.run>>
type HealthTrend = Awaited<ReturnType<typeof trendOfHealth.run>>

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const PROJECT = id(1)

/** A kitchen planned on Friday 2 January 2026: build (10 d from Monday), then the milestone "Moved in". */
async function kitchen() {
  let nowMs = Date.UTC(2026, 0, 2, 9)
  const ledger = createLedger({
    registry: createRegistry(ROOMS),
    store: memoryStore(sha256),
    hash: textHash(sha256),
    hashBytes: sha256,
    clock: () => nowMs,
    newId: countedIds(5),
    salt: countedIds(6),
  })
  const perform = (action: string, input: unknown) =>
    ledger.perform({ actor: SYSTEM, action, input, via: 'test' })
  const on = (day: string) => {
    nowMs = Date.parse(`${day}T12:00:00Z`)
  }
  const ask = <T>(query: string, more = {}, moment?: { instant: string }) =>
    ledger.ask(SYSTEM, query, { project: PROJECT, ...more }, moment) as Promise<T>
  await perform('project.create', { id: PROJECT, name: 'Kitchen', start: '2026-01-05T08:00:00' })
  await perform('task.create', { id: id(10), project: PROJECT, name: 'Build', durationMinutes: 4800 })
  const after = { after: id(10), durationMinutes: 0 }
  await perform('task.create', { id: id(11), project: PROJECT, name: 'Moved in', ...after })
  await perform('task.link', { links: [{ id: id(20), predecessor: id(10), successor: id(11) }] })
  await perform('baseline.take', { id: id(30), project: PROJECT, number: 0 })
  const last = (days: number) =>
    perform('task.edit', { tasks: [{ id: id(10), durationMinutes: days * 480 }] })
  return { ledger, perform, on, ask, last }
}

const finishes = ({ milestones }: Trend) => milestones[0]?.forecasts.map((at) => at?.slice(5, 10))

test('each reporting day shows what was forecast on it, beside what was agreed', async () => {
  const { on, ask, last } = await kitchen()
  on('2026-01-09')
  await last(12)
  on('2026-01-16')
  await last(15)
  const trend = await ask<Trend>('schedule.trend')
  expect(trend.days.map(({ day }) => day)).toEqual(['2026-01-02', '2026-01-09', '2026-01-16'])
  expect(finishes(trend)).toEqual(['01-16', '01-20', '01-23'])
  expect(trend.milestones[0]).toMatchObject({
    name: 'Moved in',
    baseline: '2026-01-16T17:00:00',
    slipMinutes: 5 * 480,
    movedMinutes: 5 * 480,
    done: false,
  })
  expect(trend.milestones[1]).toMatchObject({ isEnd: true, forecast: '2026-01-23T17:00:00' })
  expect(trend.text).toBe(
    '1 of 1 open milestones are later than baseline 0, "Moved in" most (+5 d). The end of the plan has moved by +5 d to 23 Jan 2026 since 2 Jan 2026.',
  )
})

test('reporting days are those of the status date, and the day of the reading when it lies later', async () => {
  const { perform, on, ask } = await kitchen()
  on('2026-01-21')
  await perform('project.edit', { project: PROJECT, statusDate: '2026-01-19T17:00:00' })
  const { days } = await ask<Trend>('schedule.trend')
  expect(days.map(({ day }) => day)).toEqual(['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-21'])
})

test('a milestone that came later has no forecast before it stood in the plan', async () => {
  const { perform, on, ask } = await kitchen()
  on('2026-01-09')
  const late = { id: id(12), name: 'Party', durationMinutes: 0, after: id(11) }
  await perform('task.create', { project: PROJECT, ...late })
  const { milestones } = await ask<Trend>('schedule.trend')
  const party = milestones.find(({ name }) => name === 'Party')
  expect(party).toMatchObject({ baseline: null, slipMinutes: null, forecasts: [null, expect.any(String)] })
})

test('what a past day was like is not computed again, and an edit shows at once', async () => {
  const { on, ask, last } = await kitchen()
  on('2026-01-09')
  await last(12)
  expect(finishes(await ask<Trend>('schedule.trend'))).toEqual(['01-16', '01-20'])
  await last(11)
  expect(finishes(await ask<Trend>('schedule.trend'))).toEqual(['01-16', '01-19'])
})

test('a longer history is shown in longer steps, the newest day always among them', async () => {
  const { on, ask } = await kitchen()
  on('2027-12-31')
  const { days, everyWeeks } = await ask<Trend>('schedule.trend')
  expect(everyWeeks).toBe(2)
  expect(days.length).toBeLessThanOrEqual(60)
  expect(days.at(-1)?.day).toBe('2027-12-31')
  const four = await ask<Trend>('schedule.trend', { everyWeeks: 8 })
  expect(four.days).toHaveLength(14)
})

test('seen from a past day the trend ends there', async () => {
  const { on, ask, last } = await kitchen()
  on('2026-01-09')
  await last(12)
  on('2026-01-23')
  await last(20)
  const then = { instant: '2026-01-10T09:00:00.000Z' }
  const trend = await ask<Trend>('schedule.trend', {}, then)
  expect(finishes(trend)?.at(-1)).toBe('01-20')
  expect(trend.days.at(-1)?.day.localeCompare('2026-01-17')).toBeLessThan(0)
})

test('the score of the health check is followed from day to day', async () => {
  const { perform, on, ask } = await kitchen()
  on('2026-01-09')
  const held = { id: id(11), constraint: 'mfo', at: '2026-01-15T17:00:00' }
  await perform('task.constrain', { tasks: [held] })
  const { days } = await ask<HealthTrend>('schedule.healthTrend')
  expect(days.map(({ day, failed }) => [day, failed.includes(5)])).toEqual([
    ['2026-01-02', false],
    ['2026-01-09', true],
  ])
  expect(days[1]?.score ?? 100).toBeLessThan(days[0]?.score ?? 0)
})
