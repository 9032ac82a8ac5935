/**
 * Measures the engine in a real browser: a plan of 10,000 tasks in a Web Worker, edits posted by the page, the time
 * until the page holds the answer. `node bench/cpm-browser.ts` prints the table, with `--write` it is kept in
 * `bench/results/cpm-browser.md`. Needs Chromium (`CHROMIUM`, else /usr/bin/chromium). Ends with 1 when the page's
 * results are not those of a calculation as a whole.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { build } from 'vite'
import { machineText, percentile } from './cpm/machine.ts'
import type { BrowserRow } from './cpm-browser/page.ts'
import { servePages } from './pages/serve.ts'

const TASKS = 10_000
const FRAME_MS = 16
const here = fileURLToPath(new URL('.', import.meta.url))
const built = join(here, '..', 'dist', 'bench-cpm')
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']

process.exitCode = (await run(process.argv.includes('--write'))) ? 0 : 1

async function run(write: boolean): Promise<boolean> {
  await build({
    root: join(here, 'cpm-browser'),
    configFile: false,
    base: './',
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: built, emptyOutDir: true, target: 'es2023' },
  })
  const { address, close } = await servePages(built)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
  })
  try {
    const rows = [await measure(browser, address, 'any'), await measure(browser, address, 'critical')]
    const text = report(rows, browser.version())
    console.log(text)
    if (write) writeFileSync(join(here, 'results', 'cpm-browser.md'), text)
    return rows.every(({ isSame }) => isSame)
  } finally {
    await browser.close()
    close()
  }
}

async function measure(browser: Browser, address: string, edited: BrowserRow['edited']): Promise<BrowserRow> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(address, { waitUntil: 'load' })
  type Bench = { measureEdits(tasks: number, edited: BrowserRow['edited']): Promise<BrowserRow> }
  const row = await page.evaluate(
    ([tasks, kind]) => (globalThis as unknown as Bench).measureEdits(tasks, kind),
    [TASKS, edited] as const,
  )
  await page.close()
  return row
}

function report(rows: readonly BrowserRow[], version: string): string {
  const ms = (values: readonly number[], share: number) => percentile(values, share).toFixed(2)
  const lines = rows.map(
    ({ edited, openMs, tookMs, engineMs, changed, isSame }) =>
      `| ${edited} | ${ms(tookMs, 0.5)} | ${ms(tookMs, 0.95)} | ${ms(tookMs, 1)} | ${FRAME_MS} | ${ms(engineMs, 0.5)} | ${ms(engineMs, 0.95)} | ${percentile(changed, 0.5)} | ${percentile(changed, 0.95)} | ${openMs.toFixed(0)} | ${isSame ? 'yes' : 'NO'} |`,
  )
  return `# The engine in the browser

Written by \`node bench/cpm-browser.ts --write\` on ${machineText()} while it ran; Chromium ${version}.

| edited | edit → answer, median ms | p95 ms | slowest ms | target ms | engine, median ms | engine, p95 ms | changed tasks, median | changed, p95 | open ms | as whole |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
${lines.join('\n')}

- A plan of ${TASKS.toLocaleString('en')} tasks with 15,000 links stands in a Web Worker. The page posts one edit after another and measures
  from the call of \`postMessage\` until the results of all changed tasks are in its own table; ${rows[0]?.tookMs.length} different edits
  after 70 that warm up. Target: within one frame. "Engine": \`editSchedule\` alone, in the worker.
- Any: duration, constraint, progress, units, deadline, link added, link removed in turn, of a task chosen by chance.
  Critical: a task on the critical path takes longer, which now and then moves the late dates of very many tasks.
- Open: the plan posted to the worker, calculated, and all results back, once. As whole: at the end the page's table
  equals a calculation of the edited plan as a whole.
`
}
