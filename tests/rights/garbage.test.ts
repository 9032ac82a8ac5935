import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresStore } from '../../apps/server/postgres/store.ts'
import { newWorkspace, openTestDatabase } from '../../apps/server/postgres/test-cluster.ts'
import { type TestHouse, testHouse } from '../../apps/server/rest/test-house.ts'
import { machine } from '../../apps/server/world.ts'
import type { Ledger } from '../../kernel/ledger/ledger.ts'
import { SAMPLES, type World, world } from './world.ts'

/** What a careless or hostile program puts where something else belongs. */
const GARBAGE: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e308,
  '',
  ' ',
  'x'.repeat(3000),
  'a\u0000b',
  '\ud800',
  '__proto__',
  '2026-02-30T08:00:00',
  '1899-12-31',
  '00000000-0000-0000-0000-000000000000',
  "' or 1=1 --",
  [],
  {},
  [[[[]]]],
  { constructor: 1 },
]

let house: TestHouse
let own: World
let base: Ledger
let current: Ledger
let ada: TestHouse['anybody']
beforeAll(async () => {
  house = await testHouse(
    undefined,
    {},
    {
      wrapped: (ledger) => {
        base = ledger
        current = ledger
        return new Proxy(ledger, { get: (_ledger, name) => Reflect.get(current, name) })
      },
    },
  )
  own = await world(house, 'CANARYOWN')
  ada = await house.as(house.administrator)
})
afterAll(() => house.close())

/** Every input that differs from a plausible one in one place. */
function* spoilt(input: unknown): Generator<unknown> {
  yield* GARBAGE
  if (Array.isArray(input)) {
    for (const [index, item] of input.entries()) for (const bad of spoilt(item)) yield input.with(index, bad)
  } else if (typeof input === 'object' && input !== null) {
    for (const [name, value] of Object.entries(input)) {
      for (const bad of spoilt(value)) yield { ...input, [name]: bad }
      const { [name]: _left, ...rest } = input as Record<string, unknown>
      yield rest
    }
    yield { ...input, unexpected: 1 }
  }
}

const shared = () => ({
  person: house.administrator.id,
  role: house.roles.viewer ?? '',
  membership: own.phase,
  token: own.phase,
  template: own.phase,
  plan: 'f'.repeat(64),
  table: 'f'.repeat(64),
})

test.for(Object.keys(SAMPLES))('%s answers garbage with a refusal, never with a failure', async (name) => {
  const isAction = house.house.ledger.registry.actions.some((action) => action.name === name)
  for (const input of spoilt(SAMPLES[name]?.(own, shared()))) {
    current = await base.fork()
    const answer = isAction
      ? await ada.post(`/api/${name}`, JSON.stringify(input), { 'content-type': 'application/json' })
      : await ada.get(`/api/${name}?input=${encodeURIComponent(JSON.stringify(input))}`)
    current = base
    const told = `${JSON.stringify(input)?.slice(0, 300)} → ${answer.text.slice(0, 300)} ${house.lines.at(-1) ?? ''}`
    expect(answer.status, told).toBeLessThan(500)
    if (answer.status >= 400) expect(answer.json, told).toHaveProperty('code')
  }
})

test('garbage in addresses and headers is refused too, on PostgreSQL', async () => {
  const database = await openTestDatabase()
  const store = postgresStore({ runtime: database.runtime, workspace: newWorkspace() })
  const onDatabase = await testHouse(undefined, {}, { store })
  const caller = await onDatabase.as(onDatabase.administrator)
  const { id, tasks } = await onDatabase.project('ERP replacement')
  for (const place of PLACES) {
    for (const bad of GARBAGE) {
      const text = typeof bad === 'string' ? bad.toWellFormed() : JSON.stringify(bad)
      const answer = await caller.get(place + encodeURIComponent(text))
      const told = `${place}${text.slice(0, 60)} → ${answer.text.slice(0, 300)} ${onDatabase.lines.at(-1) ?? ''}`
      expect(answer.status, told).toBeLessThan(500)
    }
  }
  for (const bad of GARBAGE) {
    const edits = [
      ['task.edit', { tasks: [{ id: tasks[0], name: bad }] }],
      ['task.edit', { tasks: [{ id: bad, name: 'Analysis' }] }],
      ['task.edit', { tasks: [{ id: tasks[0], durationMinutes: bad }] }],
      ['task.create', { id: machine.newId(), project: bad, name: 'Analysis' }],
      ['project.edit', { project: id, purpose: bad }],
      ['schedule.import', { id: machine.newId(), fileName: 'x.xml', plan: bad }],
      ['change.undo', { seq: bad }],
    ] as const
    for (const [name, input] of edits) {
      const answer = await caller.post(`/api/${name}`, JSON.stringify(input), {
        'content-type': 'application/json',
      })
      expect(answer.status, `${name} ${JSON.stringify(input)} ${onDatabase.lines.at(-1) ?? ''}`).toBeLessThan(
        500,
      )
    }
  }
  const ofNobody = await caller.post('/api/task.edit', {}, { 'if-match': `"task/${'-'.repeat(36)}/1"` })
  expect(ofNobody.json.code).toBe('input.invalid')
  await onDatabase.close()
  await database.end()
})

const PLACES = [
  '/api/records/task?sort=',
  '/api/records/task?project=',
  '/api/records/task?parent=',
  '/api/records/task?name=',
  '/api/records/task?asOf=',
  '/api/records/task/',
  '/api/schedule.show?project=',
  '/api/project.list?asOf=',
  '/api/project.rows?project=',
  '/api/documents/status-report.html?report=',
  '/api/jobs/',
]
