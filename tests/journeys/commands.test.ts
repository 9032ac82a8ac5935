import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, importPlan, officeNetwork, openHouse, openWindow, signInByLink } from './support.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

type Row = { id: string; name: string; phase?: string }

async function rowsOf(page: Page, kind: string): Promise<Row[]> {
  const project = /projects\/([^/]+)/.exec(page.url())?.[1] ?? ''
  const answer = await page.request.get(`${house.address}/api/records/${kind}?project=${project}`)
  return ((await answer.json()) as { rows: Row[] }).rows
}

/** Asks the command bar for an action by its words and answers with its form. */
async function openForm(page: Page, words: string, title: string) {
  await page.keyboard.press('Control+k')
  await holdsKeyboard(page.getByRole('combobox', { name: 'Search or run a command' }))
  await page.keyboard.type(words)
  // The rooms come with the first opening of the bar.
  await page.locator('[role=option][aria-selected=true]', { hasText: title }).waitFor()
  await page.keyboard.press('Enter')
  const form = page.getByRole('dialog', { name: title })
  await holdsKeyboard(form.getByRole('textbox', { name: 'Name' }))
  return form
}

/** The hand sees where it writes; a program must wait for it. */
async function holdsKeyboard(field: Locator): Promise<void> {
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
}

async function complaintsAbout(page: Page): Promise<string[]> {
  // What still moves is half transparent and would be measured so.
  await page.waitForTimeout(400)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

test('any action can be performed from the command bar with the keyboard alone', async () => {
  const { page, troubles } = await openWindow(house)
  await signInByLink(page, house.link)
  await importPlan(page, officeNetwork)
  const messages = page.getByRole('region', { name: 'Messages' })

  await openForm(page, 'phase', 'Add a phase')
  expect(await complaintsAbout(page)).toEqual([])
  await page.keyboard.type('Rollout')
  await page.keyboard.press('Enter')
  await page.getByText('Order is needed.').waitFor()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Order' }).focus()
  await page.keyboard.type('a1')
  await page.keyboard.press('Enter')
  await messages.getByText('add a phase.').waitFor()
  await expect.poll(async () => (await rowsOf(page, 'phase')).map(({ name }) => name)).toEqual(['Rollout'])
  const [phase] = await rowsOf(page, 'phase')

  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const form = await openForm(page, 'gate', 'Add a gate')
  await page.keyboard.type('Ready to hand over')
  await page.keyboard.press('Tab')
  const ends = form.getByRole('combobox', { name: 'Ends phase' })
  await holdsKeyboard(ends)
  await page.keyboard.type('Roll')
  await page.getByRole('option', { name: 'Rollout' }).waitFor()
  expect(await complaintsAbout(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => ends.inputValue()).toBe('Rollout')
  await form.getByRole('textbox', { name: 'Name' }).focus()
  await page.keyboard.press('Enter')
  await messages.getByText('add a gate.').waitFor()
  expect(await rowsOf(page, 'gate')).toMatchObject([{ name: 'Ready to hand over', phase: phase?.id }])

  await form.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+z')
  await messages.getByText('Undone:').waitFor()
  await expect.poll(() => rowsOf(page, 'gate')).toEqual([])
  expect(troubles).toEqual([])
  await page.close()
})
