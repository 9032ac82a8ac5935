import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot, readJson } from './root.js'
import { bringPinnedNode, npmEnvironment, pinnedNodeWorks } from './runtime.js'

const stamp = inRoot('node_modules', '.helmward')

/** True when node_modules holds exactly the locked packages and a pinned Node that starts. */
export function dependenciesAreFresh() {
  if (readStamp() === lockHash()) return true
  if (!holdsLockedPackages() || !pinnedNodeWorks()) return false
  writeStamp() // somebody ran npm by hand and it is right: nothing to do
  return true
}

/** Installs the locked packages with `npm ci`, showing progress; throws with npm's own words when it fails. */
export async function installDependencies(say) {
  const wanted = Object.keys(lockedPackages()).length
  say(`Installing ${wanted} locked packages (once; needs the npm registry) …`)
  const started = Date.now()
  const ticker = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000)
    say(`  ${countUnpacked()} of ${wanted} packages, ${seconds} s`)
  }, 5000)
  const { code, said } = await npmCi().finally(() => clearInterval(ticker))
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}.\n${said.trim()}`)
  if (!pinnedNodeWorks()) bringPinnedNode()
  writeStamp()
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

function npmCi() {
  // --include=dev: the web is built here, also where NODE_ENV=production is set.
  // --no-engine-strict: npm itself may run on an older Node than the product.
  const flags = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--no-engine-strict']
  return new Promise((resolve, reject) => {
    const child = spawn('npm', flags, {
      cwd: inRoot(),
      env: npmEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, said }))
  })
}

function holdsLockedPackages() {
  const installed = readJson('node_modules', '.package-lock.json')?.packages
  const lock = readJson('package-lock.json')
  if (!installed || !lock || !declaresWhatIsLocked(lock)) return false
  return Object.entries(lockedPackages()).every(
    ([path, locked]) => installed[path]?.version === locked.version,
  )
}

function declaresWhatIsLocked(lock) {
  const declared = readJson('package.json')
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']
  const text = (tables) => JSON.stringify(kinds.map((kind) => Object.entries(tables[kind] ?? {}).sort()))
  return text(declared) === text(lock.packages[''])
}

/** The packages that must be there on this machine, by path of the lock file. */
function lockedPackages() {
  const packages = readJson('package-lock.json')?.packages ?? {}
  return Object.fromEntries(
    Object.entries(packages).filter(([path, locked]) => path !== '' && isNeededHere(locked)),
  )
}

/** An optional package is needed when it names this platform; npm itself picks by C library, so those may be absent. */
function isNeededHere({ os, cpu, libc, optional }) {
  if (!optional) return true
  return Boolean(os?.includes(process.platform) && cpu?.includes(process.arch) && !libc)
}

function countUnpacked() {
  return Object.keys(lockedPackages()).filter((path) => existsSync(inRoot(path, 'package.json'))).length
}

function lockHash() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`)
  for (const file of ['package-lock.json', 'package.json']) hash.update(readFileSync(inRoot(file)))
  return hash.digest('hex')
}

function readStamp() {
  try {
    return readFileSync(stamp, 'utf8').trim()
  } catch {
    return null // not installed, or installed by hand
  }
}

function writeStamp() {
  try {
    writeFileSync(stamp, `${lockHash()}\n`)
  } catch (error) {
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error // another user's clone: check again next time
  }
}
