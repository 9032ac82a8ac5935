import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot, root } from './root.js'
import { pinnedNode, runChild } from './runtime.js'

const built = inRoot('dist', 'web')
const stamp = inRoot('dist', 'web.hash')

// Everything the browser bundle can be made of. A file more costs one needless build, a file less a stale screen.
const sources = 'apps capabilities connectors ui paper exchange drawing kernel engine'.split(' ')
const neverBundled = /^apps\/(server|cli)\/|\.(test|oracle)\.|\.md$/
const settings = ['vite.config.ts', 'package-lock.json']

/** True when dist/web was built from the sources as they are (or when there is no web to build). */
export function webIsFresh() {
  if (!existsSync(inRoot('apps', 'web', 'index.html'))) return true
  return (
    existsSync(join(built, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash()
  )
}

/** Builds dist/web with Vite beside the old one and swaps them, so that a running server never serves half a build. */
export async function buildWeb(say) {
  say('Building the web screens …')
  const started = Date.now()
  const hash = sourceHash()
  const fresh = inRoot('dist', `.web-${process.pid}`)
  mkdirSync(inRoot('dist'), { recursive: true })
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
  const flags = [
    'build',
    '--config',
    inRoot('vite.config.ts'),
    '--logLevel',
    'warn',
    '--outDir',
    fresh,
    '--emptyOutDir',
  ]
  const code = await runChild(pinnedNode, [vite, ...flags], { cwd: root })
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new Error('The web screens could not be built; the reason stands above.')
  }
  const old = inRoot('dist', `.old-${process.pid}`)
  if (existsSync(built)) renameSync(built, old)
  renameSync(fresh, built)
  rmSync(old, { recursive: true, force: true })
  writeFileSync(stamp, hash)
  say(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

function sourceHash() {
  const hash = createHash('sha256')
  for (const source of [...sources, ...settings]) {
    for (const path of filesUnder(source)) hash.update(`${path}\0`).update(readFileSync(inRoot(path)))
  }
  return hash.digest('hex')
}

function filesUnder(source) {
  if (!existsSync(inRoot(source))) return []
  if (!sources.includes(source)) return [source]
  return readdirSync(inRoot(source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !neverBundled.test(path))
    .sort()
}
