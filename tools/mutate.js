// npm run mutate -- [PARTS or FILES]: changes the engine on purpose, one small fault at a time, and counts which of the faults
// its tests find (mutation testing with Stryker). PARTS are folders of engine/, `engine` the files beside them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { engineParts, writeResults } from './mutate/results.js'
import { inRoot } from './setup/root.js'
import { npmEnvironment, pinnedNode } from './setup/runtime.js'
import { setUp } from './setup/set-up.js'

const VERSION = '10.1.1'
const home = inRoot('.cache', 'mutate')

const asked = process.argv.slice(2).map((name) => name.replace(/^engine\//, ''))
const unknown = asked.filter((name) => !isKnown(name))
if (unknown.length > 0) {
  console.error(`Not in the engine: ${unknown.join(', ')}. Parts are ${engineParts().join(', ')}.`)
  process.exitCode = 2
} else {
  await setUp({ web: false })
  installStryker()
  const wanted = asked.length > 0 ? asked : engineParts()
  const parts = [...new Set(wanted.map(partOf))]
  const failed = parts.filter((part) => !mutate(part, wanted))
  writeResults()
  if (failed.length > 0) console.error(`Not finished: ${failed.join(', ')}`)
  process.exitCode = failed.length > 0 ? 1 : 0
}

function isKnown(name) {
  return engineParts().includes(name) || (name.endsWith('.ts') && existsSync(inRoot('engine', name)))
}

/** The part of `calendar`, `calendar/shifts.ts` or `triangle.ts`. */
function partOf(name) {
  if (!name.endsWith('.ts')) return name
  return name.includes('/') ? name.split('/')[0] : 'engine'
}

/**
 * Stryker brings 200 packages that nobody else needs, so that it lives in a folder of its own. Its peers, vitest and
 * typescript, are those of the repository.
 */
function installStryker() {
  const core = inRoot('.cache', 'mutate', 'node_modules', '@stryker-mutator', 'vitest-runner', 'package.json')
  if (existsSync(core)) return
  mkdirSync(home, { recursive: true })
  writeFileSync(`${home}/package.json`, '{ "private": true }\n')
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${VERSION}`)
  const options = ['--no-save', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error']
  const run = spawnSync('npm', ['install', ...options, ...packages], {
    cwd: home,
    env: npmEnvironment(),
    stdio: 'inherit',
  })
  if (run.status !== 0) throw new Error('Stryker could not be installed in .cache/mutate.')
}

/** One run of Stryker over a part, or over the files asked of it; what earlier runs found and nothing changed since is not tried again. */
function mutate(part, wanted) {
  const folder = part === 'engine' ? 'engine' : `engine/${part}`
  const files = wanted.includes(part)
    ? [`${folder}/*.ts`]
    : wanted.filter((name) => partOf(name) === part).map((name) => `engine/${name}`)
  const config = `${home}/${part}.config.json`
  writeFileSync(config, `${JSON.stringify(strykerConfig(part, files), null, 2)}\n`)
  const stryker = `${home}/node_modules/@stryker-mutator/core/bin/stryker.js`
  console.log(`\n${folder} …`)
  const run = spawnSync(pinnedNode, [stryker, 'run', config], {
    cwd: inRoot(),
    stdio: 'inherit',
    env: {
      ...process.env,
      // The pinned Node also for the processes that Stryker starts.
      PATH: `${inRoot('node_modules', '.bin')}:${process.env.PATH}`,
      // A law is tried with a few plans only: the tests run once for every fault.
      HELMWARD_PLANS: process.env.HELMWARD_PLANS ?? '0.03',
      HELMWARD_MUTATED_TESTS: testsOf(part, folder).join(','),
    },
  })
  return run.status === 0
}

/** The part's own tests and what speaks of it in sentences; what other parts' tests would find by chance does not count. */
function testsOf(part, folder) {
  const beside = {
    calendar: ['engine/cases/*.test.ts'],
    network: ['engine/cases/*.test.ts', 'engine/*.test.ts'],
    engine: ['engine/cases/*.test.ts'],
  }
  return [`${folder}/*.test.ts`, ...(beside[part] ?? [])]
}

function strykerConfig(part, files) {
  return {
    testRunner: 'vitest',
    plugins: [`${home}/node_modules/@stryker-mutator/vitest-runner/dist/src/index.js`],
    vitest: { configFile: 'tools/mutate/vitest.config.js', related: false },
    mutate: [...files, '!**/*.test.ts'],
    ignorePatterns: ['**', '!engine/**', '!tools/mutate/**', '!package.json', '!tsconfig.json'],
    tempDirName: `.cache/mutate/${part}`,
    coverageAnalysis: 'perTest',
    concurrency: Number(process.env.HELMWARD_WORKERS ?? 1),
    incremental: true,
    incrementalFile: `.cache/mutate/${part}.incremental.json`,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: `.cache/mutate/${part}.report.json` },
    timeoutMS: 1500,
    timeoutFactor: 1.5,
    // The types are checked by `npm run check`; a fault need not be well typed.
    disableTypeChecks: false,
    allowConsoleColors: false,
  }
}
