import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type Actor, SYSTEM } from '../../kernel/access.ts'
import { countedIds } from '../../kernel/id.ts'
import { createLedger } from '../../kernel/ledger/ledger.ts'
import { memoryStore } from '../../kernel/ledger/memory.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { LIBRARY } from '../library/library.room.ts'
import { PEOPLE } from '../people/people.room.ts'
import { PROJECT } from '../project/project.room.ts'
import { REPORT } from '../report/report.room.ts'
import { SCHEDULE } from '../schedule/schedule.room.ts'
import { SUGGESTION } from '../suggestion/suggestion.room.ts'
import { DESK } from './desk.room.ts'

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const newId = countedIds(1)
let nowMs = Date.UTC(2026, 10, 23, 9)
const ledger = createLedger({
  registry: createRegistry([PEOPLE, SUGGESTION, LIBRARY, PROJECT, SCHEDULE, REPORT, DESK]),
  store: memoryStore(sha256),
  hash: sha256,
  hashBytes: sha256,
  clock: () => nowMs,
  newId,
  salt: () => '00'.repeat(16),
})
const perform = (actor: Actor, action: string, input: object) =>
  ledger.perform({ actor, via: 'test', action, input })

const person = (name: string): Actor => ({ kind: 'person', id: newId(), name })
const [ada, manu, mara] = [person('Ada Wolff'), person('Manu Ortega'), person('Mara Quint')]
const [erp, secret, interfaces, later] = [newId(), newId(), newId(), newId()]

beforeAll(async () => {
  const own = { organisation: 'Harborline Mutual', email: 'ada@harborline.example' }
  const { output } = await perform(SYSTEM, 'people.setUp', { ...own, person: ada.id, name: ada.name })
  const { roles } = output as { roles: Record<string, string> }
  await perform(SYSTEM, 'project.create', { id: erp, name: 'ERP', start: '2026-11-02T08:00:00' })
  await perform(SYSTEM, 'project.create', { id: secret, name: 'Secret', start: '2026-11-02T08:00:00' })
  for (const [who, role] of [
    [manu, 'manager'],
    [mara, 'member'],
  ] as const) {
    await perform(SYSTEM, 'person.add', { id: who.id, name: who.name })
    await perform(SYSTEM, 'role.grant', { id: newId(), person: who.id, role: roles[role], in: erp })
  }
  await perform(SYSTEM, 'gate.add', { id: newId(), in: erp, name: 'Go-live', on: '2026-11-20' })
  await perform(SYSTEM, 'gate.add', { id: newId(), in: secret, name: 'Hidden gate', on: '2026-11-20' })
  const resource = newId()
  await perform(SYSTEM, 'resource.add', {
    id: resource,
    in: erp,
    name: 'Mara',
    type: 'work',
    person: mara.id,
  })
  const tasks = [
    [interfaces, 'Build the interfaces', 2400],
    [later, 'Train users', 480],
  ] as const
  for (const [id, name, durationMinutes] of tasks) {
    await perform(SYSTEM, 'task.create', { id, project: erp, name, durationMinutes })
    await perform(SYSTEM, 'task.assign', { assignments: [{ id: newId(), task: id, resource }] })
  }
  await perform(SYSTEM, 'task.constrain', {
    tasks: [{ id: later, constraint: 'snet', at: '2027-02-01T08:00:00' }],
  })
})

type Shown = {
  counts: Record<string, number>
  items: {
    key: string
    group: string
    title: string
    why: string
    projectName: string | null
    offers: { action: string; input: object }[]
  }[]
}
const desk = (actor: Actor) => ledger.ask(actor, 'desk.show', {}) as Promise<Shown>

test('a member finds their late task, not what begins months ahead, and ends it with one offer', async () => {
  const { items } = await desk(mara)
  expect(items).toMatchObject([
    { key: `task/${interfaces}`, group: 'late', title: 'Build the interfaces', projectName: 'ERP' },
  ])
  expect(items[0]?.why).toBe('Was to be finished on 2026-11-06; 0 % done.')
  const offer = items[0]?.offers[0]
  await perform(mara, offer?.action ?? '', offer?.input ?? {})
  expect((await desk(mara)).items).toEqual([])
})

test('a manager finds gates of their own projects and suggestions they may decide, decisions first', async () => {
  const input = { tasks: [{ id: interfaces, name: 'Build and test the interfaces' }] }
  await perform(mara, 'suggestion.add', {
    id: newId(),
    action: 'task.edit',
    input,
    why: 'As agreed on Friday.',
  })
  const { items, counts } = await desk(manu)
  expect(items.map(({ group, title }) => [group, title])).toEqual([
    ['decide', 'Decide at gate Go-live'],
    ['decide', 'Mara Quint suggests: edit tasks'],
  ])
  expect(items[0]?.why).toBe('The gate was planned for 2026-11-20 and is not decided.')
  expect(counts).toEqual({ decide: 2, late: 0, doing: 0, due: 0 })
  expect((await desk(mara)).counts.decide).toBe(0)
})

test('news tell what others did, the same in a row as one line, and nothing of projects one may not see', async () => {
  const { seq } = (await ledger.ask(manu, 'desk.news', { after: 0 })) as { seq: number }
  nowMs += 60_000
  const rename = (name: string) =>
    perform(mara, 'task.progress', { tasks: [{ id: later, percentComplete: Number(name) }] })
  await rename('10')
  await rename('20')
  await perform(ada, 'task.create', { id: newId(), project: secret, name: 'Hidden' })
  await perform(manu, 'task.create', { id: newId(), project: erp, name: 'My own' })
  const news = await ledger.ask(manu, 'desk.news', { after: seq })
  expect(news).toMatchObject({
    lines: [{ actor: 'Mara Quint', title: 'Record progress', projectName: 'ERP', times: 2 }],
  })
})
