import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addPerson,
  cellOf,
  datesOf,
  type House,
  importPlan,
  officeNetwork,
  openHouse,
  openWindow,
  signInByLink,
} from './support.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

async function type(page: Awaited<ReturnType<typeof openWindow>>['page'], text: string): Promise<void> {
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

test('a second person comes in by link, sets a password, and sees each edit with its author', async () => {
  const first = await openWindow(house)
  await signInByLink(first.page, house.link)
  const link = await addPerson(first.page, {
    name: 'Ruth Abara',
    email: 'ruth@example.org',
    role: 'Administrator',
  })
  await first.page.getByRole('link', { name: 'Projects' }).first().click()
  await importPlan(first.page, officeNetwork)
  const plan = first.page.url()

  const second = await openWindow(house)
  await second.page.goto(link)
  await second.page.getByLabel('New password').fill('a quiet harbour at dawn')
  await second.page.getByRole('button', { name: 'Set password' }).click()
  await second.page.getByRole('navigation', { name: 'Main' }).waitFor()
  await second.page.goto(plan)
  await second.page.getByRole('treegrid').waitFor()

  const before = await datesOf(first.page, 'Network live')
  await cellOf(second.page, 'Test every port', 'duration').click()
  await type(second.page, '8 d')
  await expect.poll(() => datesOf(first.page, 'Network live')).not.toEqual(before)
  await first.page.getByRole('region', { name: 'Messages' }).getByText('Ruth Abara').waitFor()
  await first.page.getByText('edited “Test every port”.').waitFor()
  expect(await datesOf(second.page, 'Network live')).toEqual(await datesOf(first.page, 'Network live'))

  // A window that hears nothing more still shows the old plan: what is written over a newer edit is refused by name.
  const deaf = await openWindow(house)
  await deaf.context.addCookies(await first.context.cookies())
  await deaf.page.route('**/api/live', (route) => route.abort())
  await deaf.page.goto(plan)
  await deaf.page.getByRole('treegrid').waitFor()
  await cellOf(second.page, 'Plan addresses', 'duration').click()
  await type(second.page, '5 d')
  await expect.poll(() => cellOf(first.page, 'Plan addresses', 'duration').textContent()).toBe('5 d')
  expect(await cellOf(deaf.page, 'Plan addresses', 'duration').textContent()).toBe('4 d')
  await cellOf(deaf.page, 'Plan addresses', 'duration').click()
  await type(deaf.page, '6 d')
  await deaf.page.getByRole('alert').getByText('Ruth Abara').waitFor()
  expect(await cellOf(deaf.page, 'Plan addresses', 'duration').textContent()).toContain('6 d')
  await deaf.context.close()

  await second.page.goto(`${house.address}/projects`)
  await second.page.getByRole('button', { name: /Account of Ruth Abara/ }).click()
  await second.page.getByRole('menuitem', { name: 'Sign out' }).click()
  await second.page.getByLabel('E-mail').fill('ruth@example.org')
  await second.page.getByLabel('Password', { exact: true }).fill('a stormy harbour at dusk')
  await second.page.getByRole('button', { name: 'Sign in' }).click()
  await second.page.getByRole('alert').waitFor()
  await second.page.getByLabel('Password', { exact: true }).fill('a quiet harbour at dawn')
  await second.page.getByRole('button', { name: 'Sign in' }).click()
  await second.page.getByRole('navigation', { name: 'Main' }).waitFor()
  expect([...first.troubles, ...second.troubles]).toEqual([])
  await first.context.close()
  await second.context.close()
})
