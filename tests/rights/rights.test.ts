import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOMS } from '../../apps/rooms.ts'
import { readUploadedPlan } from '../../apps/server/rest/plan-intake.ts'
import { type TestHouse, testHouse } from '../../apps/server/rest/test-house.ts'
import { machine } from '../../apps/server/world.ts'
import type { Ledger } from '../../kernel/ledger/ledger.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { CALLERS, type Caller, MAY_ACT, MAY_ASK, MAY_LIST } from './expectations.ts'
import { nowhere, SAMPLES, type Shared, type World, world } from './world.ts'

const registry = createRegistry(ROOMS)
type Speaker = TestHouse['anybody']
let house: TestHouse
let own: World
let other: World
let shared: Shared
let speakers: Record<Caller, Speaker>
let current: Ledger
let base: Ledger

beforeAll(async () => {
  house = await testHouse(
    ROOMS,
    { readPlan: readUploadedPlan },
    {
      wrapped: (ledger) => {
        base = ledger
        current = ledger
        return new Proxy(ledger, { get: (_ledger, name) => Reflect.get(current, name) })
      },
    },
  )
  own = await world(house, 'CANARYOWN')
  other = await world(house, 'CANARYOTHER')
  const member = await house.person('Mara Quint', 'member', own.project)
  const manager = await house.person('Manu Ortega', 'manager', own.project)
  await house.system('role.grant', {
    id: machine.newId(),
    person: manager.id,
    role: house.roles.manager,
    in: own.bare,
  })
  speakers = {
    administrator: await house.as(house.administrator),
    manager: await house.as(manager),
    member: await house.as(member),
    viewer: await house.as(await house.person('Vera Lind', 'viewer', own.project)),
    outsider: await house.as(await house.person('Otto Fremd', 'manager', other.project)),
    anonymous: house.anybody,
  }
  const guest = await house.person('Gwen Short')
  const membership = machine.newId()
  const role = house.roles.viewer ?? ''
  await house.system('role.grant', { id: membership, person: guest.id, role, in: own.project })
  const token = machine.newId()
  const key = { ...SAMPLES['token.add']?.(own, shared), id: token }
  await house.house.ledger.perform({ actor: guest, action: 'token.add', via: 'test', input: key })
  const kept = { plan: await keptPlan(), table: await keptTable() }
  const template = machine.newId()
  await house.system('template.add', {
    ...SAMPLES['template.add']?.(own, shared),
    id: template,
    name: 'Kept',
  })
  shared = { person: guest.id, role: house.roles.member ?? '', membership, token, template, ...kept }
})
afterAll(() => house.close())

async function keptPlan(): Promise<string> {
  const bytes = await readFile(join(import.meta.dirname, '../../exchange/mspdi/fixtures/clinic-move.xml'))
  const options = {
    fileName: 'clinic-move.xml',
    signal: new AbortController().signal,
    onProgress: () => undefined,
  }
  const { read } = await readUploadedPlan(new Uint8Array(bytes), options)
  return house.house.ledger.keep(new TextEncoder().encode(JSON.stringify(read?.plan)))
}

function keptTable(): Promise<string> {
  const rows = [
    ['Task name', 'Duration'],
    ['Dig', '2 d'],
  ]
  const table = { format: 'csv', sheets: [{ name: '', rows }] }
  return house.house.ledger.keep(new TextEncoder().encode(JSON.stringify(table)))
}

/** Asks on a fork, so that every case finds the world as it was made. */
async function onFork<T>(ask: () => Promise<T>): Promise<{ answer: T; changes: number }> {
  current = await base.fork()
  try {
    const before = await current.head()
    const answer = await ask()
    return { answer, changes: (await current.head()) - before }
  } finally {
    current = base
  }
}

const act = (caller: Caller, name: string, input: unknown) =>
  onFork(() => speakers[caller].post(`/api/${name}`, input))
const ask = (caller: Caller, name: string, input: unknown) =>
  onFork(() => speakers[caller].get(`/api/${name}?input=${encodeURIComponent(JSON.stringify(input))}`))

type Answer = Awaited<ReturnType<Speaker['get']>>
const leaks = ({ text, headers }: Answer, canary: string) =>
  text.toUpperCase().includes(canary) || JSON.stringify(headers).toUpperCase().includes(canary)

/** Every way of putting one id of another world into an input. */
function substitutions(input: unknown, from: World, to: World): { at: string; input: unknown }[] {
  const text = JSON.stringify(input)
  return Object.keys(from).flatMap((name) => {
    const key = name as keyof World
    if (key === 'canary' || !text.includes(from[key])) return []
    return [{ at: key, input: JSON.parse(text.replaceAll(from[key], to[key])) }]
  })
}

test('the tables and samples name every action, question and register, and nothing else', () => {
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).sort()
  expect(Object.keys(MAY_ACT).sort()).toEqual(names(registry.actions))
  expect(Object.keys(MAY_ASK).sort()).toEqual(names(registry.queries))
  expect(Object.keys(MAY_LIST).sort()).toEqual(registry.records.map(({ kind }) => kind).sort())
  expect(Object.keys(SAMPLES).sort()).toEqual([...names(registry.actions), ...names(registry.queries)].sort())
})

function expectRefused(caller: Caller, answer: Answer, changes: number): void {
  const expected = caller === 'anonymous' ? [401] : [403, 404]
  expect(expected, `${answer.status} ${answer.text}`).toContain(answer.status)
  expect(changes).toBe(0)
  if (caller === 'outsider' || caller === 'anonymous') expect(leaks(answer, own.canary)).toBe(false)
}

describe('actions, by role', () => {
  for (const name of Object.keys(MAY_ACT).filter((each) => each !== 'people.setUp')) {
    test.for(CALLERS.map((caller) => ({ name, caller })))('$name as $caller', async ({ caller }) => {
      const { answer, changes } = await act(caller, name, SAMPLES[name]?.(own, shared))
      if (!MAY_ACT[name]?.includes(caller)) return expectRefused(caller, answer, changes)
      expect(answer.status, answer.text).toBe(200)
      expect(changes).toBe(1)
    })
  }

  test('the first set-up happens once', async () => {
    const { answer, changes } = await act(
      'administrator',
      'people.setUp',
      SAMPLES['people.setUp']?.(own, shared),
    )
    expect([answer.json.code, changes]).toEqual(['people.setUpDone', 0])
    const asked = await act('member', 'people.setUp', SAMPLES['people.setUp']?.(own, shared))
    expectRefused('member', asked.answer, asked.changes)
  })
})

describe('questions, by role', () => {
  for (const name of Object.keys(MAY_ASK)) {
    test.for(CALLERS.map((caller) => ({ name, caller })))('$name as $caller', async ({ caller }) => {
      const { answer, changes } = await ask(caller, name, SAMPLES[name]?.(own, shared))
      if (!MAY_ASK[name]?.includes(caller)) return expectRefused(caller, answer, changes)
      expect(answer.status, answer.text).toBe(200)
      if (caller !== 'administrator') {
        expect(leaks(answer, caller === 'outsider' ? own.canary : other.canary)).toBe(false)
      }
    })
  }
})

describe('ids of another project look like ids of nothing', () => {
  const inside = ['manager', 'member', 'viewer'] as const
  const verbs = [
    ...Object.keys(MAY_ACT).map((name) => ({ name, send: act })),
    ...Object.keys(MAY_ASK).map((name) => ({ name, send: ask })),
  ]
  test.for(verbs)('$name', async ({ name, send }) => {
    const sample = SAMPLES[name]?.(own, shared)
    const missing = nowhere()
    for (const caller of inside) {
      const foreign = substitutions(sample, own, other)
      const nothing = substitutions(sample, own, missing)
      for (const [index, { at, input }] of foreign.entries()) {
        const there = await send(caller, name, input)
        const nowhereToBeFound = await send(caller, name, nothing[index]?.input)
        const where = `${name} as ${caller} with a foreign ${at}: ${there.answer.text}`
        expect(leaks(there.answer, other.canary), where).toBe(false)
        expect(there.changes, where).toBe(0)
        expect(plain(there.answer, other), where).toEqual(plain(nowhereToBeFound.answer, missing))
        if (send === act) expect(there.answer.status, where).toBeGreaterThanOrEqual(400)
      }
    }
  })

  /** Status, code and sentence, without the ids that the caller sent itself. */
  function plain({ status, text, json }: Answer, ids: World) {
    const isRefusal = status >= 400
    const said = Object.values(ids).reduce((rest, id) => rest.replaceAll(id, 'ID'), text)
    return isRefusal ? [status, json?.code, said] : [status, said]
  }
})

describe('registers, rows and histories, by role', () => {
  for (const kind of Object.keys(MAY_LIST)) {
    test.for(CALLERS.map((caller) => ({ kind, caller })))('$kind as $caller', async ({ caller }) => {
      const project = registry.record(kind).scope === 'workspace' ? '' : `?project=${own.project}`
      const answer = await speakers[caller].get(`/api/records/${kind}${project}`)
      if (caller === 'anonymous') return expect(answer.status).toBe(401)
      expect(answer.status).toBe(200)
      expect(answer.json.rows.length > 0).toBe(MAY_LIST[kind]?.includes(caller))
      if (caller !== 'administrator')
        expect(leaks(answer, caller === 'outsider' ? own.canary : other.canary)).toBe(false)
    })
  }

  test('a whole register holds no row of another project', async () => {
    for (const { kind } of registry.records) {
      for (const path of [
        `/api/records/${kind}`,
        `/api/records/${kind}?q=CANARY`,
        `/api/records/${kind}?format=csv`,
      ]) {
        for (const caller of ['manager', 'member', 'viewer'] as const) {
          expect(leaks(await speakers[caller].get(path), other.canary), `${path} as ${caller}`).toBe(false)
        }
        expect(leaks(await speakers.outsider.get(path), own.canary), path).toBe(false)
      }
    }
  })

  test('a row of another project, its history and its past look like a row of nothing', async () => {
    const missing = nowhere()
    const rows: [kind: string, key: keyof World][] = [
      ['task', 'first'],
      ['project', 'project'],
      ['calendar', 'calendar'],
      ['resource', 'resource'],
      ['link', 'link'],
      ['assignment', 'assignment'],
      ['baseline', 'baseline'],
      ['phase', 'phase'],
      ['gate', 'gate'],
    ]
    for (const [kind, key] of rows) {
      for (const tail of ['', '/history', '?asOf=30']) {
        const [foreign, nothing] = await Promise.all([
          speakers.manager.get(`/api/records/${kind}/${other[key]}${tail}`),
          speakers.manager.get(`/api/records/${kind}/${missing[key]}${tail}`),
        ])
        expect([foreign.status, foreign.json.code]).toEqual([404, `${kind}.missing`])
        expect(foreign.text.replaceAll(other[key], 'ID')).toBe(nothing.text.replaceAll(missing[key], 'ID'))
      }
    }
    for (const project of [other.project, missing.project]) {
      const all = await speakers.manager.get(`/api/project.rows?project=${project}`)
      expect([all.status, leaks(all, other.canary)]).toEqual([404, false])
    }
  })

  test('an e-mail address and notes are seen by the manager, not by a viewer', async () => {
    const seenBy = async (caller: Caller) =>
      (await speakers[caller].get(`/api/records/resource/${own.resource}`)).json as Record<string, unknown>
    expect(await seenBy('manager')).toHaveProperty('notes')
    for (const caller of ['member', 'viewer'] as const) {
      const seen = await seenBy(caller)
      expect([seen.notes, seen.email]).toEqual([undefined, undefined])
      const filtered = await speakers[caller].get('/api/records/resource?email=canaryown@harborline.example')
      expect(filtered.json.total).toBe(0)
    }
  })
})

test('undoing needs the right to do; a change of another project is not even there', async () => {
  const seqOf = async (w: World) => (await speakers.administrator.get(`/api/records/gate/${w.gate}`)).json.seq
  const [mine, foreign] = [await seqOf(own), await seqOf(other)]
  // Not on a fork, which knows only its own changes; refused ones leave nothing.
  const undo = async (caller: Caller, seq: number) => {
    const before = await base.head()
    const answer = await speakers[caller].post('/api/change.undo', { seq })
    return { answer, changes: (await base.head()) - before }
  }
  for (const caller of ['viewer', 'member', 'outsider', 'anonymous'] as const) {
    const { answer, changes } = await undo(caller, mine)
    expectRefused(caller, answer, changes)
  }
  const { answer, changes } = await undo('manager', foreign)
  expectRefused('manager', answer, changes)
  expect(leaks(answer, other.canary)).toBe(false)
  const done = await undo('manager', mine)
  expect([done.answer.status, done.changes]).toEqual([200, 1])
})

test('a report of another project is not found, in whatever format', async () => {
  const missing = nowhere()
  for (const format of ['html', 'pdf']) {
    const read = (caller: Caller, report: string) =>
      speakers[caller].get(`/api/documents/status-report.${format}?report=${report}`)
    expect((await read('viewer', own.report)).status).toBe(200)
    const [foreign, nothing] = [await read('viewer', other.report), await read('viewer', missing.report)]
    expect(foreign.text.replaceAll(other.report, 'ID')).toBe(nothing.text.replaceAll(missing.report, 'ID'))
    expect([foreign.status, (await read('anonymous', own.report)).status]).toEqual([404, 401])
  }
})

test('rates and costs of an imported file leave it only for those who may see them', async () => {
  const project = machine.newId()
  await house.system('schedule.import', { id: project, fileName: 'clinic-move.xml', plan: shared.plan })
  const viewer = await house.person('Ulla Brandt', 'viewer', project)
  const exported = async (as: Speaker) =>
    (await as.get(`/api/schedule.export?project=${project}`)).json as { text: string; loss: object }
  const seen = await exported(await house.as(viewer))
  const whole = await exported(speakers.administrator)
  for (const word of ['<StandardRate>', '<Cost>']) {
    expect(whole.text).toContain(word)
    expect(seen.text).not.toContain(word)
  }
  expect(JSON.stringify(seen.loss)).toContain('not yours to see')
})

test('a stale If-Match on a foreign row tells nothing about it', async () => {
  const header = (w: World) => ({ 'if-match': `"task/${w.first}/1"` })
  const input = { tasks: [{ id: own.first, name: 'Analysis' }] }
  const missing = nowhere()
  const send = (w: World) => onFork(() => speakers.manager.post('/api/task.edit', input, header(w)))
  const [foreign, nothing] = [await send(other), await send(missing)]
  expect(foreign.answer.text.replaceAll(other.first, 'ID')).toBe(
    nothing.answer.text.replaceAll(missing.first, 'ID'),
  )
  expect([foreign.answer.status, foreign.changes]).toEqual([404, 0])
})

test('only an administrator verifies the chain or makes links for others', async () => {
  for (const caller of CALLERS) {
    const verified = await speakers[caller].get('/api/audit.verify')
    const expected = caller === 'administrator' ? 200 : caller === 'anonymous' ? 401 : 403
    expect(verified.status).toBe(expected)
    const link = await speakers[caller].post('/api/sign-in/link-for', { person: house.administrator.id })
    expect(link.status).toBe(expected)
    if (expected !== 200) expect(link.text).not.toContain('token')
  }
})
