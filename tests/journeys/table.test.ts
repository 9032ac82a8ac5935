import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropFile, type House, openHouse, openWindow, rowOf, signInByLink } from './support.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
}, 120_000)
afterAll(() => house.close())

const depot = join(import.meta.dirname, 'fixtures', 'depot.csv')

test('a table is dropped, its columns are explained, and the next one like it needs no words', async () => {
  const { page, troubles } = await openWindow(house)
  await signInByLink(page, house.link)
  await dropFile(page, depot, 'depot.csv')
  const next = page.getByRole('button', { name: 'See what comes over' })
  await page.getByText('No column is known to hold the names of the tasks').waitFor()
  expect(await next.isDisabled()).toBe(true)
  await page.getByLabel(/^Column B/).selectOption('Task name')
  await page.getByText('"bald" is no duration').waitFor()
  await page.getByText('row 5 · column C "Dauer"').waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  }
  await page.getByLabel(/^Column G/).selectOption('Resources')
  await page.getByRole('button', { name: 'Leave it out' }).click()
  await page.getByText('It is left out.').waitFor()
  await next.click()
  await page.getByText('column C "Dauer": "bald" is no duration').waitFor()
  await page.getByRole('button', { name: 'Import the plan' }).click()
  await rowOf(page, 'Regale abbauen').waitFor()
  await rowOf(page, 'Abnahme').waitFor()
  await dropFile(page, depot, 'depot-2.csv')
  await next.waitFor()
  expect(await page.getByLabel(/^Column B/).inputValue()).toBe('name')
  expect(await next.isEnabled()).toBe(true)
  expect(troubles).toEqual([])
}, 120_000)
