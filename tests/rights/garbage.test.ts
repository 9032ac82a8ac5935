import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../../apps/server/rest/test-house.ts'
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
  house = await testHouse(undefined, {}, (ledger) => {
    base = ledger
    current = ledger
    return new Proxy(ledger, { get: (_ledger, name) => Reflect.get(current, name) })
  })
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
  plan: 'f'.repeat(64),
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

test('garbage in addresses is refused too', async () => {
  const places = [
    '/api/records/task?sort=',
    '/api/records/task?project=',
    '/api/records/task?asOf=',
    '/api/schedule.show?project=',
    '/api/records/task/',
    '/api/jobs/',
    '/api/project.rows?project=',
    '/api/documents/status-report.html?report=',
    '/api/me?asOf=',
  ]
  for (const place of places) {
    for (const bad of GARBAGE) {
      const text = typeof bad === 'string' ? bad.toWellFormed() : JSON.stringify(bad)
      const answer = await ada.get(place + encodeURIComponent(text))
      expect(
        answer.status,
        `${place}${text.slice(0, 60)} → ${answer.text.slice(0, 300)} ${house.lines.at(-1) ?? ''}`,
      ).toBeLessThan(500)
    }
  }
})
