import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import {
  cellOf,
  dropFile,
  type House,
  importPlan,
  officeNetwork,
  openHouse,
  openWindow,
  signInByLink,
} from '../tests/journeys/support.ts'

// Pictures of every screen, light, dark and on a phone: `node tools/screenshots.ts <folder> [--plan file.xml --task name]`.
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    plan: { type: 'string', default: officeNetwork },
    task: { type: 'string', default: 'Configure switches' },
  },
})
const [folder] = positionals
if (!folder) throw new Error('Say where the pictures go: node tools/screenshots.ts <folder>')
mkdirSync(folder, { recursive: true })

const sizes = [
  { name: 'light', colorScheme: 'light', width: 1440, height: 900 },
  { name: 'dark', colorScheme: 'dark', width: 1440, height: 900 },
  { name: 'phone', colorScheme: 'light', width: 390, height: 844 },
] as const

await during({ demo: false }, photograph)
await during({ demo: true }, photographDemo)

async function during(options: { demo: boolean }, work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse(options)
  try {
    await work(house)
  } finally {
    await house.close()
  }
}

/** The plan of the demo company as it opens, for the guide. */
async function photographDemo(at: House): Promise<void> {
  const { page } = await openWindow(at)
  await signInByLink(page, at.link)
  await page.locator('.hw-nav-project').first().click()
  await page.getByRole('treegrid').waitFor()
  const plan = page.url()
  await take(page, 'demo-plan', async () => {
    await page.goto(plan)
    await page.getByRole('treegrid').waitFor()
    // The baseline comes behind the plan.
    await page.getByText('Against baseline').waitFor({ state: 'attached' })
  })
}

async function photograph(at: House): Promise<void> {
  const first = await openWindow(at)
  const { page } = first
  await take(page, 'sign-in', async () => void (await page.goto(`${at.address}/sign-in`)))
  await page.goto(at.link)
  await page.getByRole('button', { name: 'Later' }).waitFor()
  await take(page, 'first-password')
  await page.getByRole('button', { name: 'Later' }).click()
  await page.locator('.hw-projects').waitFor()
  await take(page, 'no-project')
  await dropFile(page, values.plan, 'office-network.xml')
  await page.getByRole('button', { name: 'Import the plan' }).waitFor()
  await take(page, 'import')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
  await importPlan(page, values.plan)
  await plans(page)
  await others(page, at)
  await first.context.close()
  const second = await openWindow(at)
  await signInByLink(second.page, at.link).catch(() => undefined)
  await take(second.page, 'link-spent')
  await second.context.close()
}

async function plans(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.keyboard.press('0')
  await take(page, 'plan')
  const task = cellOf(page, values.task, 'start')
  await take(page, 'plan-why', async () => {
    await page.keyboard.press('Escape')
    await cellOf(page, values.task, 'name').click()
    await page.keyboard.press('w')
    await page.getByRole('heading', { name: /Why does/ }).waitFor()
  })
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
  await task.click()
  await page.keyboard.press('Enter')
  await page.getByRole('complementary').waitFor()
  await take(page, 'plan-task')
  await page.keyboard.press('Escape')
  await take(page, 'command-bar', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('sw')
  })
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.locator('.hw-gantt').click({ position: { x: 300, y: 200 } })
  await page.keyboard.press('?')
  await take(page, 'keys')
  await page.keyboard.press('Escape')
}

async function others(page: Page, at: House): Promise<void> {
  const plan = page.url()
  await take(page, 'plan-past', async () => {
    const day = new Date().toLocaleDateString('sv-SE')
    await page.goto(`${plan}?asOf=${day}`)
    await page.getByRole('treegrid').waitFor()
  })
  await page.goto(plan.replace(/plan$/, 'report'))
  await page.getByRole('button', { name: 'Draft the first report' }).click()
  await page.frameLocator('iframe').getByText('Schedule').first().waitFor()
  await take(page, 'report')
  await take(page, 'projects', async () => void (await page.goto(`${at.address}/projects`)))
  await take(page, 'people', async () => void (await page.goto(`${at.address}/people`)))
}

/** One picture a size; `arrange` brings the screen into the state anew for each. */
async function take(page: Page, name: string, arrange?: () => Promise<void>): Promise<void> {
  for (const { name: ground, colorScheme, width, height } of sizes) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme })
    await arrange?.()
    await page.waitForTimeout(600)
    await page.screenshot({ path: join(folder ?? '', `${name}-${ground}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
