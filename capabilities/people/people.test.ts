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

test('a person who is erased twice is still a person without a name', async () => {
  const lars = await house.person('Lars Eklund')
  await house.system('person.erase', { id: lars.id })
  await house.system('person.erase', { id: lars.id })
  const { ledger } = house.house
  const row = await ledger.read(SYSTEM, (read) => read.get(Person, lars.id))
  expect(row).toMatchObject({ name: 'Erased person', left: true })
  expect((await ledger.verify()).bad).toBeUndefined()
})
