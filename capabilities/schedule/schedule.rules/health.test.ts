import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ROOMS } from '../../../apps/rooms.ts'
import { SYSTEM } from '../../../kernel/access.ts'
import { countedIds } from '../../../kernel/id.ts'
import { createLedger } from '../../../kernel/ledger/ledger.ts'
import { memoryStore, textHash } from '../../../kernel/ledger/memory.ts'
import { createRegistry } from '../../../kernel/registry.ts'
import type { healthOfSchedule } from '../schedule.queries.ts'

type Checked = Awaited<ReturnType<typeof healthOfSchedule.run>>

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const PROJECT = id(1)

/** Survey (2 d), dig (3 d) a day before the survey ends, pour (2 d) which must start on Monday 19 January 2026. */
async function foundation() {
  const ledger = createLedger({
    registry: createRegistry(ROOMS),
    store: memoryStore(sha256),
    hash: textHash(sha256),
    hashBytes: sha256,
    clock: () => Date.UTC(2026, 0, 2, 9),
    newId: countedIds(5),
    salt: countedIds(6),
  })
  const perform = (action: string, input: unknown) =>
    ledger.perform({ actor: SYSTEM, action, input, via: 'test' })
  const check = async (more = {}) =>
    (await ledger.ask(SYSTEM, 'schedule.health', { project: PROJECT, ...more })) as Checked
  await perform('project.create', { id: PROJECT, name: 'Foundation', start: '2026-01-05T08:00:00' })
  for (const [n, name, days] of [
    [10, 'Survey', 2],
    [11, 'Dig', 3],
    [12, 'Pour', 2],
  ] as const)
    await perform('task.create', { id: id(n), project: PROJECT, name, durationMinutes: days * 480 })
  const lead = { kind: 'working', minutes: -480 }
  const links = [
    { id: id(20), predecessor: id(10), successor: id(11), type: 'fs', lag: lead },
    { id: id(21), predecessor: id(11), successor: id(12), type: 'ss' },
  ]
  await perform('task.link', { links })
  const held = { id: id(12), constraint: 'mso', at: '2026-01-19T08:00:00' }
  await perform('task.constrain', { tasks: [held] })
  return { perform, check }
}

const point = (checked: Checked, number: number) => checked.points[number - 1]

test('offenders are named, and what is offered as a fix mends the point', async () => {
  const { perform, check } = await foundation()
  const before = await check()
  expect(point(before, 2)?.offenders).toMatchObject([{ name: 'Dig', fix: { action: 'link.edit' } }])
  expect(point(before, 4)?.offenders).toMatchObject([{ name: 'Pour', fix: { action: 'link.edit' } }])
  expect(point(before, 5)).toMatchObject({ value: 33.33, offenders: [{ name: 'Pour' }] })
  for (const number of [2, 4, 5]) {
    for (const { fix } of point(before, number)?.offenders ?? []) {
      if (fix && 'action' in fix) await perform(fix.action, fix.input)
    }
  }
  const after = await check()
  for (const number of [2, 4, 5]) expect(point(after, number)).toMatchObject({ pass: true, offenders: [] })
  expect(after.score ?? 0).toBeGreaterThan(before.score ?? 0)
})

test('work that has not begun is moved behind the status date by its fix', async () => {
  const { perform, check } = await foundation()
  await perform('project.edit', { project: PROJECT, statusDate: '2026-01-07T17:00:00' })
  const before = await check()
  expect(point(before, 9)?.offenders.map(({ name }) => name)).toEqual(['Survey', 'Dig'])
  for (const { fix } of point(before, 9)?.offenders ?? [])
    if (fix && 'action' in fix) await perform(fix.action, fix.input)
  expect(point(await check(), 9)).toMatchObject({ value: 0, pass: true })
})

test('a baseline is judged once there is one, and the limits are settings', async () => {
  const { perform, check } = await foundation()
  expect(point(await check(), 13)).toMatchObject({
    pass: null,
    notApplicable: 'The plan has no baseline to compare with.',
  })
  await perform('baseline.take', { id: id(50), project: PROJECT, number: 3 })
  const checked = await check()
  expect(checked.baseline).toBe(3)
  expect(point(checked, 13)).toMatchObject({ value: 1, pass: true })
  expect(point(checked, 1)).toMatchObject({ value: 66.67, pass: false, threshold: 5 })
  const lenient = await check({ thresholds: { missingLogicPercent: 70 } })
  expect(point(lenient, 1)).toMatchObject({ pass: true, threshold: 70 })
  await expect(check({ baseline: 4 })).rejects.toMatchObject({ code: 'baseline.missing' })
})
