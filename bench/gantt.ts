import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import AxeBuilder from '@axe-core/playwright'
import react from '@vitejs/plugin-react'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { servePages } from './pages/serve.ts'

// A frame may take 17 ms; 20 leaves room for the machine (screens.md: any click shows within 100 ms).
const limits = { openMilliseconds: 500, scrollP95Milliseconds: 20, dragP95Milliseconds: 20 }
const here = fileURLToPath(new URL('.', import.meta.url))
const built = join(here, '..', 'dist', 'bench')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
const quietFlags = ['--disable-background-networking', '--disable-component-update']

// What is looked at for accessibility: each page as it opens, and the plan with everything that can open over it.
const scenes: { path: string; keys: string[] }[] = [
  { path: '?page=components', keys: [] },
  { path: '?', keys: [] },
  { path: '?', keys: ['Tab', 'Shift+F10'] },
  { path: '?', keys: ['Tab', 'l'] },
  { path: '?', keys: ['Tab', 'm'] },
  { path: '?', keys: ['Tab', 'w'] },
  { path: '?', keys: ['Tab', '?'] },
  { path: '?', keys: ['Tab', 'End', 'j', 'j', 'j', 'j', 'e', '1', '3', 'Enter'] },
]

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '10000' }, shots: { type: 'string' } },
})
process.exitCode = (await run(Number(values.rows), values.shots)) ? 0 : 1

async function run(rowCount: number, shots: string | undefined): Promise<boolean> {
  await buildPage()
  const { address, close } = await servePages(built)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...flags, ...quietFlags],
  })
  try {
    const open = await measureOpening(browser, `${address}/?rows=${rowCount}`)
    const frames = await measureFrames(browser, `${address}/?rows=${rowCount}`)
    const faults = await accessibilityFaults(browser, address)
    if (shots) await takeShots(browser, address, shots)
    console.log(`${rowCount} rows`)
    const results = [
      line('open, own time (median of 5)', open, limits.openMilliseconds),
      line('scroll rows, p95 frame', frames.rows, limits.scrollP95Milliseconds),
      line('scroll in time, p95 frame', frames.time, limits.scrollP95Milliseconds),
      line('drag a bar, p95 frame', frames.drag, limits.dragP95Milliseconds),
    ]
    console.log(`accessibility: ${faults.length} violations${faults.map((fault) => `\n  ${fault}`).join('')}`)
    return results.every(Boolean) && faults.length === 0
  } finally {
    await browser.close()
    close()
  }
}

function line(name: string, milliseconds: number, limit: number): boolean {
  const isWithin = milliseconds <= limit
  console.log(
    `${name.padEnd(32)}${milliseconds.toFixed(1).padStart(8)} ms   limit ${limit}${isWithin ? '' : '   PASSED'}`,
  )
  return isWithin
}

function percentile(milliseconds: readonly number[], share: number): number {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  return sorted[Math.min(Math.ceil(sorted.length * share) - 1, sorted.length - 1)] ?? Number.NaN
}

async function buildPage(): Promise<void> {
  await build({
    root: join(here, 'gantt'),
    configFile: false,
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir: built, emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  })
}

async function open(browser: Browser, url: string, size = { width: 1440, height: 900 }): Promise<Page> {
  const page = await browser.newPage({ viewport: size })
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForSelector('[data-open-milliseconds]', { state: 'attached' })
  return page
}

async function measureOpening(browser: Browser, url: string): Promise<number> {
  const taken: number[] = []
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const page = await open(browser, url)
    taken.push(Number(await page.locator('html').getAttribute('data-open-milliseconds')))
    await page.close()
  }
  return percentile(taken, 0.5)
}

/** The 95th percentile of the time between frames, in milliseconds; of three runs the middle one. */
type Frames = { rows: number; time: number; drag: number }

async function measureFrames(browser: Browser, url: string): Promise<Frames> {
  const runs: Frames[] = []
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const page = await open(browser, url)
    await page.waitForTimeout(500)
    const rows = await scrollFrames(page, '.hw-gantt-scroll', { top: 97, left: 0 })
    await page.evaluate(() => document.querySelector('.hw-gantt-scroll')?.scrollTo(0, 29 * 300))
    const time = await scrollFrames(page, '[aria-label="Scroll in time"]', { top: 0, left: 23 })
    const drag = await dragFrames(page)
    runs.push({ rows: percentile(rows, 0.95), time: percentile(time, 0.95), drag: percentile(drag, 0.95) })
    await page.close()
  }
  const middle = (of: keyof Frames) =>
    percentile(
      runs.map((one) => one[of]),
      0.5,
    )
  return { rows: middle('rows'), time: middle('time'), drag: middle('drag') }
}

/** Scrolls by so much a frame for three seconds and gives the time between frames. */
function scrollFrames(page: Page, selector: string, by: { top: number; left: number }): Promise<number[]> {
  return page.evaluate(
    async ({ selector, by }) => {
      const element = document.querySelector(selector)
      const taken: number[] = []
      const start = { left: element?.scrollLeft ?? 0, top: element?.scrollTop ?? 0 }
      let before = await new Promise<number>(requestAnimationFrame)
      for (let frame = 0; frame < 180; frame += 1) {
        // Back and forth, so that no end is reached.
        const sign = frame < 120 ? 1 : -1
        element?.scrollBy(by.left * sign, by.top * sign)
        const now = await new Promise<number>(requestAnimationFrame)
        taken.push(now - before)
        before = now
      }
      element?.scrollTo(start)
      return taken
    },
    { selector, by },
  )
}

/** Takes a bar by its middle and moves it about with the real mouse. */
async function dragFrames(page: Page): Promise<number[]> {
  const box = await page.locator('canvas[data-body]').boundingBox()
  if (!box) throw new Error('The chart is not on the page.')
  const spot = await barUnderCursor(page, box)
  await page.mouse.move(spot.x, spot.y)
  await page.mouse.down()
  await page.evaluate(() => {
    const target = window as unknown as { benchFrames: number[]; benchStop: boolean }
    target.benchFrames = []
    target.benchStop = false
    let before = performance.now()
    const tick = (now: number) => {
      target.benchFrames.push(now - before)
      before = now
      if (!target.benchStop) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  for (let step = 0; step < 240; step += 1) {
    await page.mouse.move(spot.x + Math.sin(step / 18) * 160, spot.y)
  }
  const taken = await page.evaluate(() => {
    const target = window as unknown as { benchFrames: number[]; benchStop: boolean }
    target.benchStop = true
    return target.benchFrames.slice(1)
  })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  return taken
}

// The cursor tells where a bar can be taken: the first place of the chart that says "grab".
async function barUnderCursor(
  page: Page,
  box: { x: number; y: number; width: number; height: number },
): Promise<{ x: number; y: number }> {
  for (let y = box.y + 13; y < box.y + box.height; y += 29) {
    for (let x = box.x + 200; x < box.x + box.width - 200; x += 7) {
      await page.mouse.move(x, y)
      const cursor = await page
        .locator('canvas[data-body]')
        .evaluate((canvas) => (canvas as HTMLElement).style.cursor)
      if (cursor === 'grab') return { x, y }
    }
  }
  throw new Error('No bar is in sight to be dragged.')
}

async function accessibilityFaults(browser: Browser, address: string): Promise<string[]> {
  const faults: string[] = []
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  for (const { path, keys } of scenes) {
    for (const theme of ['light', 'dark']) {
      const page = await context.newPage()
      await page.goto(`${address}/${path}&theme=${theme}`)
      await page.waitForSelector('[data-open-milliseconds]', { state: 'attached' })
      for (const key of keys) await page.keyboard.press(key)
      await page.waitForTimeout(500)
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, nodes } of violations) {
        const where = nodes.map(({ html }) => html.slice(0, 160)).slice(0, 3)
        faults.push(`${path} ${theme} ${keys.join(' ')}: ${id}: ${where.join(' | ')}`)
      }
      await page.close()
    }
  }
  await context.close()
  return faults
}

async function takeShots(browser: Browser, address: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
  for (const [name, size] of Object.entries(sizes)) {
    for (const theme of ['light', 'dark']) {
      const page = await open(browser, `${address}/?theme=${theme}`, size)
      await page.waitForTimeout(300)
      await page.screenshot({ path: join(folder, `plan-${name}-${theme}.png`) })
      await page.close()
    }
  }
}
