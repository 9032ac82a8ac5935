import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropFile, type House, officeNetwork, openHouse, openWindow } from './support.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const found: { screen: string; id: string; nodes: string[] }[] = []

async function look(page: Page, screen: string): Promise<void> {
  // What still moves is half transparent and would be measured so.
  await page.waitForTimeout(400)
  // A frame in which no script may run cannot be looked into; what stands in it is proven where it is printed.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const told = violations.map(({ id, nodes }) => ({
    screen,
    id,
    nodes: nodes
      .slice(0, 4)
      .map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`),
  }))
  found.push(...told)
}

test('every screen can be used by people who hear or magnify it, in light and in dark', async () => {
  const { page } = await openWindow(house)
  for (const ground of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: ground })
    await page.goto(`${house.address}/sign-in`)
    await page.getByRole('heading', { name: 'Sign in to Helmward' }).waitFor()
    await look(page, `sign-in, ${ground}`)
  }
  await page.goto(house.link)
  await page.getByRole('button', { name: 'Later' }).waitFor()
  await look(page, 'password')
  await page.getByRole('button', { name: 'Later' }).click()
  await page.getByText('Drop a Microsoft Project XML file').waitFor()
  await look(page, 'no project')
  await dropFile(page, officeNetwork, 'office-network.xml')
  await page.getByRole('button', { name: 'Import the plan' }).waitFor()
  await look(page, 'import report')
  await page.getByRole('button', { name: 'Import the plan' }).click()
  await page.getByRole('treegrid').waitFor()
  const plan = page.url()
  for (const ground of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: ground })
    await page.goto(plan)
    await page.getByRole('treegrid').waitFor()
    await look(page, `plan, ${ground}`)
    await page.locator('[data-column="start"]').nth(3).click()
    await page.keyboard.press('w')
    await page.getByRole('heading', { name: /Why does/ }).waitFor()
    await look(page, `why, ${ground}`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.getByRole('complementary').waitFor()
    await look(page, `task, ${ground}`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('s')
    await look(page, `command bar, ${ground}`)
    await page.keyboard.press('Escape')
    await page.goto(plan.replace(/plan$/, 'health'))
    await page.getByRole('button', { name: 'Logic', exact: true }).click()
    await page.getByRole('complementary').waitFor()
    await look(page, `schedule health, ${ground}`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('2')
    await page.getByRole('button', { name: /all work of the agreed scope/ }).click()
    await page.getByRole('complementary').waitFor()
    await look(page, `practices, ${ground}`)
    await page.goto(plan.replace(/plan$/, 'milestones'))
    await page.getByRole('img', { name: /Milestone trend chart/ }).waitFor()
    await look(page, `milestones, ${ground}`)
    await page.goto(`${house.address}/projects`)
    await page.getByRole('grid').waitFor()
    await look(page, `projects, ${ground}`)
    await page.goto(`${house.address}/people`)
    await page.getByRole('grid').waitFor()
    await look(page, `people, ${ground}`)
    await page.goto(plan.replace(/plan$/, 'report'))
    if (ground === 'light') {
      await page.getByText('No status report yet').waitFor()
      await look(page, 'no report')
      await page.getByRole('button', { name: 'Draft the first report' }).click()
    }
    await page.frameLocator('iframe').getByText('Office network').first().waitFor()
    await look(page, `report, ${ground}`)
  }
  expect(found).toEqual([])
})
