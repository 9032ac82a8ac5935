// npm test: sets up what is missing, finds a browser, runs the suites. Arguments go to vitest (paths, -t …).
import { existsSync, readdirSync } from 'node:fs'
import { findBrowser } from './setup/browser.js'
import { inRoot } from './setup/root.js'
import { runUnderPinnedNode } from './setup/runtime.js'
import { setUp } from './setup/set-up.js'

const args = process.argv.slice(2)
const journeys = inRoot('tests', 'journeys')
const someJourneys = existsSync(journeys) && readdirSync(journeys).some((name) => name.endsWith('.test.ts'))
const wantJourneys = someJourneys && (args.length === 0 || args.some((arg) => arg.includes('journeys')))

await setUp({ web: wantJourneys })
const browser = wantJourneys ? findBrowser((line) => process.stderr.write(`${line}\n`)) : null
if (browser) process.env.HELMWARD_BROWSER = browser
else delete process.env.HELMWARD_BROWSER

const projects = ['pure', 'house', ...(browser ? ['journeys'] : [])]
await runUnderPinnedNode('tools/suites.ts', [...projects.map((name) => `--project=${name}`), ...args])

if (wantJourneys && !browser) {
  console.log('\njourneys NOT RUN: no browser')
  if (process.env.CI === 'true') process.exitCode = 1
}
