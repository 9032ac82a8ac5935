import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cellOf, type House, openHouse, openWindow, rowOf, signInByLink } from './support.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ demo: true })
})
afterAll(() => house.close())

/** The plan of the demo company's late project. */
async function openPlan(page: Page): Promise<void> {
  await signInByLink(page, house.link)
  const answer = await page.request.get(`${house.address}/api/schedule.show?project=${ERP}`)
  expect(answer.ok()).toBe(true)
  await page.goto(`${house.address}/projects/${ERP}/plan`)
  await page.getByRole('treegrid').waitFor()
}

const ERP = '00000000-de00-7000-8000-000000000001'

async function violations(page: Page): Promise<string[]> {
  // What still moves is half transparent and would be measured so.
  await page.waitForTimeout(400)
  const answer = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return answer.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

test('who has too much to do is seen below the chart, the conflicts are listed, a date is explained whole', async () => {
  const { page, context, troubles } = await openWindow(house)
  await openPlan(page)

  await cellOf(page, 'Install and smoke test', 'name').click()
  await page.keyboard.press('Shift+L')
  const load = page.getByRole('region', { name: 'Load by week' })
  await load.getByText(/people above 100 %/).waitFor()
  const first = load.getByRole('button', { pressed: true })
  await expect.poll(() => first.textContent()).toMatch(/\d+ % peak/)
  const table = load.getByRole('table')
  await expect.poll(() => table.getByText('too much').count()).toBeGreaterThan(0)
  await expect.poll(() => paintedRed(page)).toBe(true)
  expect(await violations(page)).toEqual([])

  await load.getByRole('button', { name: /^Next overload/ }).click()
  const asked = page.getByRole('dialog')
  await asked.getByText('Asked by').waitFor()
  const tasks = await asked.getByRole('listitem').allTextContents()
  expect(tasks.length).toBeGreaterThan(1)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  expect(await page.getByRole('row', { selected: true }).count()).toBeGreaterThan(0)

  await page.keyboard.press('Shift+C')
  const conflicts = page.getByRole('complementary', { name: 'Conflicts' })
  const overload = conflicts.getByRole('button', { name: /Joan Pereira is asked for/ }).first()
  await overload.waitFor()
  expect(await violations(page)).toEqual([])
  await overload.click()
  await rowOf(page, 'Certify payment files with bank').and(page.locator('[aria-selected="true"]')).waitFor()
  await page.keyboard.press('Escape')

  await cellOf(page, 'System integration test 1', 'start').click()
  await page.keyboard.press('w')
  await page.getByRole('button', { name: 'Whole chain' }).click()
  const why = page.getByRole('complementary', { name: /^Why System integration test 1/ })
  const steps = why.getByRole('region', { name: 'The chain' }).getByRole('listitem')
  await steps.first().waitFor()
  const dates = await steps
    .locator('time')
    .evaluateAll((all) => all.map((one) => one.getAttribute('datetime')))
  expect(dates.length).toBeGreaterThan(2)
  expect(dates).toEqual(dates.toSorted())
  await why.getByText('Next limit').waitFor()
  await why.getByText('To finish earlier').waitFor()
  expect(await violations(page)).toEqual([])
  await steps.first().getByRole('button').first().click()
  await page.keyboard.press('Escape')

  await page.reload()
  await page.getByRole('region', { name: 'Load by week' }).waitFor()
  expect(troubles).toEqual([])
  await context.close()
})

/** Whether the picture below the chart shows the red of an overload. */
function paintedRed(page: Page): Promise<boolean> {
  return page.locator('.hw-gantt-strip canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === 0xc1 && data[at + 1] === 0x37 && data[at + 2] === 0x3d) return true
    return false
  })
}
