import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type Actor, SYSTEM } from '../../kernel/access.ts'
import { countedIds } from '../../kernel/id.ts'
import { createLedger } from '../../kernel/ledger/ledger.ts'
import { memoryStore } from '../../kernel/ledger/memory.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { PEOPLE } from '../people/people.room.ts'
import { SUGGESTION } from './suggestion.room.ts'

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const newId = countedIds(1)
const ledger = createLedger({
  registry: createRegistry([PEOPLE, SUGGESTION]),
  store: memoryStore(sha256),
  hash: sha256,
  hashBytes: sha256,
  clock: () => Date.UTC(2026, 10, 20, 16),
  newId,
  salt: () => '00'.repeat(16),
})
const perform = (actor: Actor, action: string, input: object) =>
  ledger.perform({ actor, via: 'test', action, input })
const ada: Actor = { kind: 'person', id: newId(), name: 'Ada Wolff' }
const assistant: Actor = { kind: 'token', id: newId(), name: 'Assistant' }

beforeAll(async () => {
  const own = { organisation: 'Harborline Mutual', email: 'ada@harborline.example' }
  await perform(SYSTEM, 'people.setUp', { ...own, person: ada.id, name: ada.name })
  const key = { permissions: ['*.read', 'suggestion.write'], endsOn: '2026-12-31', hash: 'a'.repeat(64) }
  await perform(ada, 'token.add', { id: assistant.id, name: assistant.name, ...key })
})

/** The assistant suggests to add somebody to the directory. */
async function suggested(name: string): Promise<string> {
  const id = newId()
  await perform(assistant, 'suggestion.add', {
    id,
    action: 'person.add',
    input: { id: newId(), name },
    why: 'Named as integration lead in the kick-off minutes.',
  })
  return id
}

const names = async () => {
  const rows = await ledger.read(SYSTEM, (read) => read.all(read.record('person')))
  return rows.map((row) => (row as { name?: string }).name)
}

test('a program suggests, a person accepts, and one undo takes both back', async () => {
  const suggestion = await suggested('Lars Eklund')
  expect(await names()).not.toContain('Lars Eklund')
  const accepted = await perform(ada, 'suggestion.accept', { suggestion })
  expect(await names()).toContain('Lars Eklund')
  await expect(perform(ada, 'suggestion.accept', { suggestion })).rejects.toMatchObject({
    code: 'suggestion.decided',
  })
  await ledger.undo({ actor: ada, via: 'test', seq: accepted.seq })
  expect(await names()).not.toContain('Lars Eklund')
  await perform(ada, 'suggestion.decline', { suggestion, reply: 'He has left the vendor.' })
  expect(await names()).not.toContain('Lars Eklund')
})

test('a program neither does what it suggests nor accepts it', async () => {
  const suggestion = await suggested('Mina Sørensen')
  await expect(perform(assistant, 'person.add', { id: newId(), name: 'X' })).rejects.toMatchObject({
    code: 'access.denied',
  })
  await expect(perform(assistant, 'suggestion.accept', { suggestion })).rejects.toMatchObject({
    code: 'access.denied',
  })
  await expect(perform(SYSTEM, 'suggestion.accept', { suggestion })).rejects.toMatchObject({
    code: 'suggestion.notAPerson',
  })
})

test('what could not be performed is not suggested, and what is refused later leaves the suggestion waiting', async () => {
  const add = (action: string, input: object) =>
    perform(assistant, 'suggestion.add', { id: newId(), action, input, why: 'Because.' })
  await expect(add('person.promote', {})).rejects.toMatchObject({ code: 'action.unknown' })
  await expect(add('person.add', { name: 'No id' })).rejects.toMatchObject({ code: 'input.invalid' })
  await expect(add('person.erase', { id: ada.id })).rejects.toMatchObject({ code: 'suggestion.final' })
  await expect(add('role.withdraw', { id: newId() })).rejects.toMatchObject({ code: 'membership.missing' })
  const [member] = await ledger.read(SYSTEM, (read) => read.all(read.record('membership')))
  const id = newId()
  await perform(assistant, 'suggestion.add', {
    id,
    action: 'role.withdraw',
    input: { id: member?.id },
    why: 'The role is not needed.',
  })
  await expect(perform(ada, 'suggestion.accept', { suggestion: id })).rejects.toMatchObject({
    code: 'people.lastAdministrator',
  })
  const row = await ledger.read(ada, (read) => read.get(read.record('suggestion'), id))
  expect(row).toMatchObject({ state: 'waiting', title: 'Take a role back' })
})
