import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { cellOf, type House, openHouse, openWindow, signInByLink } from '../tests/journeys/support.ts'
import { chainsXml } from './plan/chains.ts'

// How the plan page feels with 10,000 tasks in a real browser against a real server: `node bench/plan-screen.ts`.
const TASKS = Number(process.env.BENCH_TASKS ?? 10_000)
const TARGETS = { openMs: 1500, scrollP95Ms: 20, editMs: 300 }

const folder = await mkdtemp(join(tmpdir(), 'hw-plan-screen-'))
const file = join(folder, 'bench.xml')
writeFileSync(file, chainsXml(TASKS, '2027-01-04T08:00:00'))
const house = await openHouse()
try {
  await measure(house)
} finally {
  await house.close()
  await rm(folder, { recursive: true, force: true })
}

async function measure(at: House): Promise<void> {
  const { page } = await openWindow(at)
  page.setDefaultTimeout(120_000)
  await signInByLink(page, at.link)
  const imported = performance.now()
  await page.setInputFiles('[data-plan-file]', file)
  await page.getByRole('button', { name: 'Import the plan' }).click()
  await cellOf(page, 'Task 1', 'finish').waitFor()
  const importMs = performance.now() - imported

  const opens: number[] = []
  for (let run = 0; run < 3; run += 1) opens.push(await openingMs(page))
  await page.waitForTimeout(1000)
  const frames = await scrollFrames(page)
  const edits: number[] = []
  for (const days of [3, 4, 5, 6, 7]) edits.push(await editMs(page, days))

  const row = (what: string, value: number, target = '') =>
    console.log(`| ${what} | ${Math.round(value * 10) / 10} ms | ${target} |`)
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${TASKS.toLocaleString('en')} tasks\n`)
  console.log('| what | figure | target |\n| --- | --- | --- |')
  row('file dropped to plan on screen', importMs)
  row('plan opened, after its data', median(opens), `≤ ${TARGETS.openMs} ms`)
  row('frame while scrolling, p50', frames[Math.floor(frames.length * 0.5)] ?? 0)
  row(
    'frame while scrolling, p95',
    frames[Math.floor(frames.length * 0.95)] ?? 0,
    `≤ ${TARGETS.scrollP95Ms} ms`,
  )
  row('edit of the first task to its new dates on screen, median', median(edits), `≤ ${TARGETS.editMs} ms`)
}

/** From the last byte of the plan's data to the first painted row. */
async function openingMs(page: Page): Promise<number> {
  await page.reload()
  await cellOf(page, 'Task 1', 'finish').waitFor()
  return page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        requestAnimationFrame(() => {
          const data = performance
            .getEntriesByType('resource')
            .filter(({ name }) => name.includes('/api/schedule.show')) as PerformanceResourceTiming[]
          resolve(performance.now() - (data.at(-1)?.responseEnd ?? 0))
        }),
      ),
  )
}

/** Frame times while the plan is scrolled by two rows a frame, sorted. */
async function scrollFrames(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const scroller = document.querySelector('.hw-gantt-scroll')
        const frames: number[] = []
        let before = performance.now()
        const step = (now: number) => {
          frames.push(now - before)
          before = now
          scroller?.scrollBy(0, 58)
          if (frames.length < 300) requestAnimationFrame(step)
          else resolve(frames.slice(2).sort((one, other) => one - other))
        }
        requestAnimationFrame(step)
      }),
  )
}

/** From Enter in a duration to the new finish of the task behind it. */
async function editMs(page: Page, days: number): Promise<number> {
  await page.evaluate(() => document.querySelector('.hw-gantt-scroll')?.scrollTo(0, 0))
  await cellOf(page, 'Task 1', 'duration').click()
  await page.keyboard.press('e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(`${days} d`)
  const waited = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const rows = [...document.querySelectorAll('[data-row]')]
        const cell = rows[1]?.querySelector('[data-column="finish"]')
        const before = cell?.textContent
        let began = 0
        document.addEventListener(
          'keydown',
          ({ timeStamp }) => {
            began ||= timeStamp
          },
          { capture: true, once: true },
        )
        const look = (now: number) =>
          cell?.textContent !== before && began > 0 ? resolve(now - began) : requestAnimationFrame(look)
        requestAnimationFrame(look)
      }),
  )
  await page.waitForTimeout(100)
  await page.keyboard.press('Enter')
  const took = await waited
  await page.waitForTimeout(1500)
  return took
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
