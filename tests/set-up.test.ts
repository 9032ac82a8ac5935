import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

// The set-up on a small clone, with an npm, a Vite and a vitest that only note that they were called.

const house = fileURLToPath(new URL('..', import.meta.url))
let clone = ''

const NPM = `#!/bin/sh
echo "$@" >> npm-calls
if [ -n "$NPM_FAILS" ]; then echo 'npm error code E404'; exit 1; fi
sleep 0.3
rm -rf node_modules; mkdir -p node_modules/.bin node_modules/vite/bin node_modules/vitest
ln -s "${process.execPath}" node_modules/.bin/node
cp fake-vite.mjs node_modules/vite/bin/vite.js; cp fake-vitest.mjs node_modules/vitest/vitest.mjs
`
const VITE = `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
const folder = process.argv[process.argv.indexOf('--outDir') + 1]
mkdirSync(folder, { recursive: true })
writeFileSync(folder + '/index.html', 'built')
appendFileSync('vite-calls', 'build\\n')
`
const VITEST = `console.log('vitest ' + process.argv.slice(2).join(' '))`
const HELMWARD = `console.log('helmward ' + process.argv.slice(2).join(' '))`

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'helmward-set-up-'))
  for (const path of ['tools', 'package.json'])
    cpSync(join(house, path), join(clone, path), { recursive: true })
  write('path/npm', NPM, 0o755)
  write('fake-vite.mjs', VITE)
  write('fake-vitest.mjs', VITEST)
  write('bin/helmward.js', HELMWARD)
  write('vite.config.ts', '')
  lock('1.0.0')
})

afterEach(() => rmSync(clone, { recursive: true, force: true }))

test('a new clone installs exactly what is locked, once, and serves with the arguments it was given', () => {
  const first = run('tools/start.js', ['--empty', '--port', '8080'])
  expect(first).toMatchObject({ status: 0, stdout: 'helmward serve --empty --port 8080\n' })
  expect(first.stderr).toContain('Installing 1 locked packages')
  expect(calls('npm')).toEqual([expect.stringMatching(/^ci .*--include=dev/)])

  expect(run('tools/start.js').stderr).toBe('')
  expect(calls('npm')).toHaveLength(1)
})

test('a changed lock file is installed again', () => {
  run('tools/start.js')
  lock('1.0.1')
  run('tools/start.js')
  expect(calls('npm')).toHaveLength(2)
})

test('packages that somebody installed by hand are left alone when they are the locked ones', () => {
  run('tools/start.js')
  const tables = JSON.parse(readFileSync(join(clone, 'package-lock.json'), 'utf8'))
  write('node_modules/.package-lock.json', JSON.stringify({ packages: tables.packages }))
  rmSync(join(clone, 'node_modules/.helmward'))
  run('tools/start.js')
  expect(calls('npm')).toHaveLength(1)
})

test('when npm fails its words are shown, and the next start tries again', () => {
  const failed = run('tools/start.js', [], { NPM_FAILS: '1' })
  expect(failed).toMatchObject({ status: 1, stdout: '' })
  expect(failed.stderr).toContain('npm error code E404')
  expect(run('tools/start.js').status).toBe(0)
})

test('of two starts at once one installs and the other waits for it', async () => {
  const [first, second] = await Promise.all([start('tools/start.js'), start('tools/start.js')])
  expect([first, second]).toEqual([0, 0])
  expect(calls('npm')).toHaveLength(1)
})

test('the screens are built when their sources changed, and only then', () => {
  write('apps/web/index.html', '<main></main>')
  write('apps/web/main.tsx', 'export {}')
  run('tools/start.js')
  run('tools/start.js')
  expect(calls('vite')).toHaveLength(1)
  expect(readFileSync(join(clone, 'dist/web/index.html'), 'utf8')).toBe('built')

  write('apps/web/main.test.ts', 'a test is not part of the screens')
  run('tools/start.js')
  expect(calls('vite')).toHaveLength(1)

  write('apps/web/main.tsx', 'export const changed = true')
  run('tools/start.js')
  expect(calls('vite')).toHaveLength(2)
})

test('without a browser the journeys are not run, which only continuous integration takes amiss', () => {
  write('tests/journeys/first-five-minutes.test.ts', '')
  const noBrowser = { HELMWARD_BROWSER: '/nowhere/chromium' }
  const local = run('tools/test.js', [], { ...noBrowser, CI: '' })
  expect(local.stdout).toContain('vitest run --project=pure --project=house\n')
  expect(local.stdout).toContain('journeys NOT RUN: no browser')
  expect(local.status).toBe(0)
  expect(run('tools/test.js', [], { ...noBrowser, CI: 'true' }).status).toBe(1)
})

test('with a browser the journeys are run, unless a part of the suites was asked for', () => {
  write('tests/journeys/first-five-minutes.test.ts', '')
  const browser = { HELMWARD_BROWSER: '/bin/true' }
  expect(run('tools/test.js', [], browser).stdout).toContain('--project=house --project=journeys')
  expect(run('tools/test.js', ['engine/'], browser).stdout).toContain('--project=house engine/')
})

test('the oracles say loudly when they have no data', () => {
  const said = run('tools/oracles.js', [], { HELMWARD_ORACLES: '' })
  expect(said.stderr).toContain('oracles NOT RUN: HELMWARD_ORACLES is not set')
  expect(said.status).toBe(1)
})

function lock(version: string) {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(clone, 'package.json'), 'utf8'),
  )
  const root = { dependencies, devDependencies, optionalDependencies }
  const packages = { '': root, 'node_modules/fastify': { version } }
  write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }))
}

function write(path: string, text: string, mode = 0o644) {
  mkdirSync(dirname(join(clone, path)), { recursive: true })
  writeFileSync(join(clone, path), text, { mode })
}

function calls(program: string): string[] {
  const notes = join(clone, `${program}-calls`)
  return existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : []
}

function environment(more: Record<string, string>) {
  return { ...process.env, HELMWARD_REPORT: '', ...more, PATH: `${join(clone, 'path')}:${process.env.PATH}` }
}

function run(script: string, args: string[] = [], more: Record<string, string> = {}) {
  const options = { cwd: clone, encoding: 'utf8' as const, env: environment(more) }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], options)
  return { status, stdout, stderr }
}

function start(script: string): Promise<number | null> {
  return new Promise((resolve) => {
    spawn(process.execPath, [script], { cwd: clone, env: environment({}), stdio: 'ignore' }).on(
      'close',
      resolve,
    )
  })
}
