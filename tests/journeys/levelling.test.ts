import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, openWindow, signInByLink } from './support.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

async function perform(page: Page, action: string, input: unknown): Promise<void> {
  const status = await page.evaluate(
    async ([name, body]) =>
      (
        await fetch(`/api/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: body ?? '',
        })
      ).status,
    [action, JSON.stringify(input)],
  )
  expect([action, status]).toEqual([action, 200])
}

/** Ruth is to migrate, test and train in the same week, and to be at the fair on Wednesday. */
async function ruthIsAskedForTooMuch(page: Page): Promise<void> {
  await perform(page, 'project.create', { id: id(1), name: 'Data centre', start: '2026-01-05T08:00:00' })
  await perform(page, 'resource.add', { id: id(2), in: id(1), name: 'Ruth Abara', type: 'work' })
  const tasks: [string, number][] = [
    ['Migrate the data', 3],
    ['Load test', 3],
    ['Training', 3],
    ['Fair', 1],
  ]
  for (const [k, [name, days]] of tasks.entries()) {
    await perform(page, 'task.create', { id: id(10 + k), project: id(1), name, durationMinutes: days * 480 })
    await perform(page, 'task.assign', {
      assignments: [{ id: id(20 + k), task: id(10 + k), resource: id(2) }],
    })
  }
  await perform(page, 'task.constrain', {
    tasks: [{ id: id(13), constraint: 'mso', at: '2026-01-07T08:00:00' }],
  })
}

async function complaintsAbout(page: Page): Promise<string[]> {
  // What still moves is half transparent and would be measured so.
  await page.waitForTimeout(400)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html.slice(0, 200)}`)
}

/** Dates of the plan by the names of its tasks, as the server computes them. */
async function startsOf(page: Page): Promise<Record<string, string>> {
  const answer = await page.request.get(`${house.address}/api/schedule.show?project=${id(1)}`)
  const { tasks } = (await answer.json()) as { tasks: { name: string; start: string }[] }
  return Object.fromEntries(tasks.map(({ name, start }) => [name, start.slice(5, 10)]))
}

const nowhere = { 'Migrate the data': '01-05', 'Load test': '01-05', Training: '01-05', Fair: '01-07' }

test('moves are weighed, some or all accepted, taken back, and interrupted work fits around the fair', async () => {
  const { page, troubles } = await openWindow(house)
  await signInByLink(page, house.link)
  await ruthIsAskedForTooMuch(page)
  await page.goto(`${house.address}/projects/${id(1)}/plan`)
  await page.getByRole('treegrid').waitFor()
  expect(await complaintsAbout(page)).toEqual([])
  await page.getByRole('button', { name: 'Levelling' }).press('Enter')
  const moves = page.getByRole('region', { name: 'Tasks that move' })
  await moves.getByText('Waits for Ruth Abara').first().waitFor()
  await page.getByText('Nobody has too much to do').waitFor()
  for (const ground of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: ground })
    expect([ground, ...(await complaintsAbout(page))]).toEqual([ground])
  }
  expect(await startsOf(page)).toEqual(nowhere)

  const messages = page.getByRole('region', { name: 'Messages' })
  await moves.getByRole('checkbox', { name: 'Accept Training' }).press('Space')
  const chosen = page.getByRole('button', { name: /^Accept \d chosen/ })
  await chosen.press('Enter')
  await messages.getByText('levelled.').waitFor()
  await expect.poll(async () => (await startsOf(page)).Training).toBe('01-05')
  expect((await startsOf(page))['Load test']).not.toBe('01-05')
  await messages.getByRole('button', { name: /Undo/ }).click()
  await expect.poll(() => startsOf(page)).toEqual(nowhere)

  await page.getByRole('button', { name: 'In one piece' }).click()
  await moves
    .getByText(/In \d parts/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: /^Options/ }).click()
  await page.getByRole('combobox', { name: 'Who goes first' }).waitFor()
  expect(await complaintsAbout(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Accept all/ }).click()
  await messages.getByText('levelled.').waitFor()
  await page.getByText('Everybody can do what the plan asks').waitFor()
  await page.getByText('What sets the finish now').waitFor()
  await page.getByText('held up by Ruth Abara').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await messages.getByRole('button', { name: /Undo/ }).click()
  await page.getByRole('button', { name: /^Accept all/ }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  expect(await complaintsAbout(page)).toEqual([])
  expect(troubles).toEqual([])
  await page.close()
})
