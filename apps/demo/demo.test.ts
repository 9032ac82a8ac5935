import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  compareSchedule,
  explainSchedule,
  showSchedule,
} from '../../capabilities/schedule/schedule.queries.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { addDays } from '../../kernel/day.ts'
import type { Ledger } from '../../kernel/ledger/ledger.ts'
import { memoryStore } from '../../kernel/ledger/memory.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { ROOMS } from '../rooms.ts'
import { firstAdministrator } from '../server/first-start.ts'
import { postgresStore } from '../server/postgres/store.ts'
import { newWorkspace, openTestDatabase, type TestDatabase } from '../server/postgres/test-cluster.ts'
import { ledgerOver } from '../server/world.ts'
import { type LoadedDemo, loadDemo } from './demo.ts'

type Answer<Q extends { run: (...all: never[]) => unknown }> = Awaited<ReturnType<Q['run']>>

const SUNDAY = '2026-11-22'
const MINUTES_PER_DAY = 480
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function demoInMemory(today: string) {
  const store = memoryStore(sha256)
  const demo = await loadDemo(store, { today })
  return { store, demo, ledger: ledgerOver(createRegistry(ROOMS), store) }
}

async function planOf(ledger: Ledger, { project }: LoadedDemo) {
  return (await ledger.ask(SYSTEM, 'schedule.show', { project })) as Answer<typeof showSchedule>
}

async function slipOf(ledger: Ledger, { project }: LoadedDemo) {
  const asked = { project, with: { baseline: 3 } }
  const compared = (await ledger.ask(SYSTEM, 'schedule.compare', asked)) as Answer<typeof compareSchedule>
  return new Map(compared.changed.map((row) => [row.name, row]))
}

describe('the demo company', () => {
  let loaded: Awaited<ReturnType<typeof demoInMemory>>

  beforeAll(async () => {
    loaded = await demoInMemory(SUNDAY)
  })

  test('goes live on 22 April 2027, fifteen working days after baseline 3', async () => {
    const slips = await slipOf(loaded.ledger, loaded.demo)
    const milestones = [
      ['Requirements signed', '2026-06-19', '2026-06-26', 5],
      ['Design baselined', '2026-09-04', '2026-09-11', 4],
      ['Interface package delivered', '2026-11-06', '2026-12-01', 15],
      ['Integration test exit', '2027-01-08', '2027-02-01', 15],
      ['Acceptance test exit', '2027-02-16', '2027-03-09', 15],
      ['Go-live', '2027-04-01', '2027-04-22', 15],
      ['Hypercare closed', '2027-05-26', '2027-06-17', 15],
    ]
    const computed = milestones.map(([name]) => {
      const row = slips.get(String(name))
      const day = (time: string | null | undefined) => time?.slice(0, 10)
      const slipDays = (row?.finishSlipMinutes ?? 0) / MINUTES_PER_DAY
      return [name, day(row?.before.finish), day(row?.now.finish), slipDays]
    })
    expect(computed).toEqual(milestones)
  })

  test('has 210 tasks, three baselines, and a red path from the interfaces to the end of hypercare', async () => {
    const { ledger, demo } = loaded
    const plan = await planOf(ledger, demo)
    expect(plan.tasks).toHaveLength(210)
    expect(plan.warnings).toEqual([])
    expect(plan.baselines.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(plan.project).toMatchObject({ statusDate: '2026-11-20T17:00:00', finish: '2027-06-17T17:00:00' })
    const critical = plan.tasks.filter((task) => task.critical && !task.summary).map(({ wbs }) => wbs)
    expect(critical).toEqual([
      ...['5.2', '5.3', '5.4', '7.1', '7.2', '7.4', '7.5', '7.6', '7.7', '7.20'],
      ...['8.1', '8.2', '8.3', '8.4', '8.5.1', '8.5.2', '8.5.3', '8.5.10'],
    ])
  })

  test('says why the first integration test starts on 9 December, and what would hold it next', async () => {
    const { ledger, demo } = loaded
    const task = (await planOf(ledger, demo)).tasks.find(({ wbs }) => wbs === '7.1')
    const asked = { project: demo.project, task: task?.id }
    const why = (await ledger.ask(SYSTEM, 'schedule.explain', asked)) as Answer<typeof explainSchedule>
    expect(task).toMatchObject({ start: '2026-12-09T08:00:00', resources: 'Dana Whitlock' })
    expect(JSON.stringify(why)).toContain('Install and smoke test')
    expect(JSON.stringify(why)).toContain('Test environment ready')
  })

  test('was lived by its people over a year, and every change holds', async () => {
    const { ledger, store, demo } = loaded
    const changes = await store.read({ projects: 'all' }, (reader) => reader.changes(0, 10_000))
    expect(changes).toHaveLength(demo.changes)
    expect(changes[0]?.at.slice(0, 10)).toBe('2026-01-26')
    expect(changes.at(-1)?.at.slice(0, 10)).toBe('2026-11-20')
    expect(new Set(changes.map(({ actor }) => actor.id)).size).toBeGreaterThanOrEqual(6)
    expect(await ledger.verify()).toEqual({ changes: demo.changes, versions: expect.any(Number) })
    expect(await firstAdministrator(ledger)).toEqual(demo.administrator)
  })

  test('can be looked at as it stood when the first baseline was taken', async () => {
    const { ledger, demo } = loaded
    const asked = [SYSTEM, 'schedule.show', { project: demo.project }] as const
    const then = (await ledger.ask(...asked, { instant: '2026-04-01T00:00:00.000Z' })) as Answer<
      typeof showSchedule
    >
    expect(then.tasks).toHaveLength(201)
    expect(then.baselines.map(({ number }) => number)).toEqual([1])
    expect(then.tasks.find(({ wbs }) => wbs === '5.2')?.name).toBe('Build 10 interfaces')
  })

  test('moves by whole weeks with today, holidays and all, and is the same whenever the day is', async () => {
    const plan = await planOf(loaded.ledger, loaded.demo)
    const later = await demoInMemory('2027-05-07')
    const moved = await planOf(later.ledger, later.demo)
    const days = 24 * 7
    expect(moved.project.statusDate).toBe('2027-05-07T17:00:00')
    expect(moved.tasks.map(({ finish }) => finish)).toEqual(
      plan.tasks.map(({ finish }) => `${addDays(finish.slice(0, 10), days)}${finish.slice(10)}`),
    )
    const again = await demoInMemory('2027-05-13')
    const hash = async ({ store }: typeof again) =>
      (await store.read({ projects: 'all' }, (reader) => reader.head())).hash
    expect(await hash(again)).toBe(await hash(later))
  })
})

describe('the demo in PostgreSQL', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await openTestDatabase()
  })

  afterAll(() => database.end())

  test('is loaded whole, with an unbroken chain, and only where nothing was before', async () => {
    const { runtime, owner } = database
    const store = postgresStore({ runtime, owner, workspace: newWorkspace() })
    const from = performance.now()
    const demo = await loadDemo(store, { today: SUNDAY })
    const tookMs = Math.round(performance.now() - from)
    console.log(`demo: ${demo.changes} changes performed and loaded in ${tookMs} ms (target 5000)`)
    const ledger = ledgerOver(createRegistry(ROOMS), store)
    expect(await ledger.verify()).toEqual({ changes: demo.changes, versions: expect.any(Number) })
    expect((await planOf(ledger, demo)).tasks).toHaveLength(210)
    expect((await slipOf(ledger, demo)).get('Go-live')?.now.finish).toBe('2027-04-22T08:00:00')
    await expect(loadDemo(store, { today: SUNDAY })).rejects.toMatchObject({ code: 'demo.notEmpty' })
    await ledger.close()
  })

  test('goes on like any other workspace: a day won at Brightwater is a day won for go-live', async () => {
    const { runtime, owner } = database
    const store = postgresStore({ runtime, owner, workspace: newWorkspace() })
    const demo = await loadDemo(store, { today: SUNDAY })
    const ledger = ledgerOver(createRegistry(ROOMS), store)
    const maya = { kind: 'person' as const, id: demo.administrator.id, name: 'Maya Okafor' }
    const build = (await planOf(ledger, demo)).tasks.find(({ wbs }) => wbs === '5.2')
    const shorter = { tasks: [{ id: build?.id, durationMinutes: 53 * MINUTES_PER_DAY }] }
    const { seq } = await ledger.perform({ actor: maya, action: 'task.edit', input: shorter, via: 'test' })
    expect(seq).toBe(demo.changes + 1)
    const goLive = async () => (await slipOf(ledger, demo)).get('Go-live')?.now.finish?.slice(0, 10)
    expect(await goLive()).toBe('2027-04-20')
    await ledger.undo({ actor: maya, via: 'test', seq })
    expect(await goLive()).toBe('2027-04-22')
    expect((await ledger.verify()).bad).toBeUndefined()
    await ledger.close()
  })
})
