import { afterAll, beforeEach, expect, test } from 'vitest'
import { type TestHouse, testHouse } from '../../apps/server/rest/test-house.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { Person } from './people.model.ts'

let house: TestHouse
beforeEach(async () => {
  await house?.close()
  house = await testHouse()
})
afterAll(() => house.close())

test.each([
  ['leaves', 'person.edit', { left: true }],
  ['has no address any more', 'person.edit', { email: null }],
  ['is erased', 'person.erase', {}],
])('the last administrator stays: nobody %s who is the only one', async (_what, action, more) => {
  const input = { id: house.administrator.id, ...more }
  await expect(house.system(action, input)).rejects.toMatchObject({ code: 'people.lastAdministrator' })
  await house.person('Maya Okafor', 'administrator')
  await house.system(action, input)
})

test('undoing what made somebody administrator is refused when they are the only one left', async () => {
  const { ledger } = house.house
  await house.person('Maya Okafor', 'administrator')
  const granted = await ledger.head()
  await house.system('person.edit', { id: house.administrator.id, left: true })
  const undone = ledger.undo({ actor: SYSTEM, via: 'test', seq: granted })
  await expect(undone).rejects.toMatchObject({ code: 'people.lastAdministrator' })
})

test('who manages people in what all share opens nothing in projects, neither by a role nor for oneself', async () => {
  const { id: project } = await house.project('ERP replacement')
  const shared = ['people.admin', 'people.read', 'people.write']
  await house.system('role.edit', { id: house.roles.viewer, permissions: [], sharedPermissions: shared })
  const clerk = await house.person('Hanna Reuter', 'viewer')
  const caller = await house.as(clerk)
  const opened = [
    { id: house.roles.viewer, permissions: ['*'] },
    { id: house.roles.viewer, permissions: ['people.write'] },
    { id: house.roles.member, sharedPermissions: ['*'] },
  ]
  for (const input of opened) expect((await caller.post('/api/role.edit', input)).status).toBe(403)
  const renamed = await caller.post('/api/role.edit', { id: house.roles.member, name: 'Team member' })
  expect(renamed.status).toBe(200)
  const granted = { id: project, person: clerk.id, role: house.roles.manager }
  expect((await caller.post('/api/role.grant', granted)).status).toBe(403)
  expect((await caller.get(`/api/schedule.show?project=${project}`)).status).toBe(403)
})

test('a person who is erased twice is still a person without a name', async () => {
  const lars = await house.person('Lars Eklund')
  await house.system('person.erase', { id: lars.id })
  await house.system('person.erase', { id: lars.id })
  const { ledger } = house.house
  const row = await ledger.read(SYSTEM, (read) => read.get(Person, lars.id))
  expect(row).toMatchObject({ name: 'Erased person', left: true })
  expect((await ledger.verify()).bad).toBeUndefined()
})
