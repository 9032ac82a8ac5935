// node tools/complete-lock.js [--check]: adds the optional platform packages that package-lock.json lacks.
// npm drops an optional package from the lock file when the registry at hand does not carry it; `npm ci` then
// refuses the lock as out of step. Such packages are pinned exactly by the package that wants them, so their
// entries can be written without asking a registry. They are only ever fetched on their own platform.
import { readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './setup/root.js'

const file = inRoot('package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const missing = missingOptionalPackages(lock.packages)

if (missing.length === 0) {
  console.log('package-lock.json is complete.')
} else if (process.argv.includes('--check')) {
  console.error(`package-lock.json lacks ${missing.map(({ name }) => name).join(', ')}.`)
  console.error('Run: node tools/complete-lock.js')
  process.exitCode = 1
} else {
  for (const { name, entry } of missing) lock.packages[`node_modules/${name}`] = entry
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  )
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`Added ${missing.length} packages to package-lock.json.`)
}

function missingOptionalPackages(packages) {
  return Object.entries(packages).flatMap(([path, owner]) =>
    Object.entries(owner.optionalDependencies ?? {})
      .filter(([name]) => !resolves(packages, path, name))
      .map(([name, version]) => ({ name, entry: entryFor(name, version, owner) })),
  )
}

/** Node's own lookup: the package's folder, then each folder above it. */
function resolves(packages, path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`]) return true
    if (from === '') return false
  }
}

function entryFor(name, version, owner) {
  if (!/^\d+\.\d+\.\d+/.test(version))
    throw new Error(`${name} is wanted as ${version}, not as one exact version.`)
  const words = name.replace(/^@[^/]+\//, '').split(/[-.]/)
  const os = words.find((word) =>
    ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].includes(word),
  )
  const cpu = words.find((word) =>
    ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'].includes(word),
  )
  if (!os || !cpu)
    throw new Error(`${name} does not name its platform: add its entry to package-lock.json by hand.`)
  const libc = words.includes('musl') || words.includes('musleabihf') ? 'musl' : null
  const glibc = words.some((word) => word.startsWith('gnu')) ? 'glibc' : null
  const found = libc ?? glibc
  return {
    version,
    cpu: [cpu],
    ...(owner.dev ? { dev: true } : {}),
    ...(found ? { libc: [found] } : {}),
    optional: true,
    os: [os],
  }
}
