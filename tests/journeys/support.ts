import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'

const root = join(import.meta.dirname, '..', '..')

// The flags a browser needs where there is no screen, no sandbox and no network.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A real server on a new data folder, as `npm start` runs it, and a browser to visit it with. */
export type House = {
  readonly address: string
  /** Signs its administrator in once. */
  readonly link: string
  readonly browser: Browser
  close(): Promise<void>
}

export async function openHouse(options: { demo?: boolean } = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'helmward-journey-'))
  const server = spawn(
    process.execPath,
    [join(root, 'bin', 'helmward.js'), 'serve', '--port', '0', ...(options.demo ? [] : ['--empty'])],
    {
      env: { ...process.env, HELMWARD_DATA: folder, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const link = await printedLink(server)
  const browser = await chromium.launch({
    executablePath: process.env.HELMWARD_BROWSER ?? '/usr/bin/chromium',
    args: flags,
  })
  return {
    address: new URL(link).origin,
    link,
    browser,
    close: async () => {
      await browser.close()
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The sign-in link that the server prints when it is ready. */
function printedLink(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (piece: Buffer) => {
      said += piece.toString()
      const link = /http:\/\/\S+\/sign-in\?token=\S+/.exec(said)
      if (link) resolve(link[0])
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said}`)))
  })
}

/** A window of its own, with its own cookies; what goes wrong in the page fails the journey. */
export async function openWindow(
  house: House,
  options: { colorScheme?: 'light' | 'dark'; width?: number; height?: number } = {},
): Promise<{ page: Page; context: BrowserContext; troubles: string[] }> {
  const { colorScheme = 'light', width = 1440, height = 900 } = options
  const context = await house.browser.newContext({
    viewport: { width, height },
    colorScheme,
    acceptDownloads: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  return { page, context, troubles }
}

/** Comes in by the printed link and leaves the password for later. */
export async function signInByLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Later' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

/** Drops a file on the window as the hand does. */
export async function dropFile(page: Page, path: string, name: string): Promise<void> {
  // The hand is slower than the page; a program is not.
  await page.locator('[data-plan-file]').waitFor({ state: 'attached' })
  const text = readFileSync(path, 'utf8')
  const files = await page.evaluateHandle(
    ([body, fileName]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([body ?? ''], fileName ?? 'plan.xml', { type: 'text/xml' }))
      return transfer
    },
    [text, name],
  )
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: files })
}

/** Drops a plan, reads the report and brings it in; answers with the plan on screen. */
export async function importPlan(page: Page, path: string, name = 'office-network.xml'): Promise<void> {
  await dropFile(page, path, name)
  await page.getByRole('button', { name: 'Import the plan' }).click()
  await page.getByRole('treegrid').waitFor()
}

export const officeNetwork = join(import.meta.dirname, 'fixtures', 'office-network.xml')

/** A cell of the plan by the name of its task. */
export function cellOf(page: Page, task: string, column: string): Locator {
  return rowOf(page, task).locator(`[data-column="${column}"]`)
}

export function rowOf(page: Page, task: string): Locator {
  return page
    .getByRole('treegrid')
    .getByRole('row')
    .filter({ has: page.locator('.hw-name-text', { hasText: new RegExp(`^${escaped(task)}$`) }) })
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Where on the chart a task can be taken by a part, found as the hand finds it: by the shape of the pointer. */
export async function placeOnChart(
  page: Page,
  task: string,
  cursors: readonly string[],
): Promise<{ x: number; y: number }> {
  const chart = page.locator('.hw-gantt canvas').last()
  const box = await chart.boundingBox()
  const row = await rowOf(page, task).boundingBox()
  if (!box || !row) throw new Error(`"${task}" is not on the screen.`)
  const y = row.y + row.height / 2 - 2
  for (let x = box.x + 2; x < box.x + box.width; x += 3) {
    await page.mouse.move(x, y)
    const cursor = await chart.evaluate((canvas) => (canvas as HTMLElement).style.cursor)
    if (cursors.includes(cursor)) return { x, y }
  }
  throw new Error(`Nothing of "${task}" can be taken.`)
}

/** What the page says a task's dates are, as its treegrid is read. */
export async function datesOf(page: Page, task: string): Promise<{ start: string; finish: string }> {
  const text = async (column: string) => ((await cellOf(page, task, column).textContent()) ?? '').trim()
  return { start: await text('start'), finish: await text('finish') }
}

/** Adds somebody with a role everywhere, as the administrator; answers the path of their sign-in link. */
export async function addPerson(
  page: Page,
  person: { name: string; email: string; role: string },
): Promise<string> {
  await page.goto(`${new URL(page.url()).origin}/people`)
  await page.getByRole('button', { name: 'Person' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Name').fill(person.name)
  await form.getByLabel('E-mail').fill(person.email)
  await form.getByLabel('Role in all projects').click()
  await page.getByRole('option', { name: person.role, exact: true }).click()
  await form.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('button', { name: 'Make a sign-in link' }).click()
  const link = await page.getByLabel('Hand this link over').inputValue()
  await page.keyboard.press('Escape')
  return link
}
