import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { Fault } from '../../../kernel/fault.ts'
import { type Account, runAs } from './account.ts'

const SYSTEM_FOLDER = '/var/lib/helmward'

// sockaddr_un holds 108 bytes with the closing zero (unix(7)); macOS 104.
const LONGEST_SOCKET_PATH = 103

/** All places of one embedded database, under one base folder. */
export type Places = {
  base: string
  data: string
  lock: string
  address: string
  secret: string
  log: string
}

/**
 * The folder that was asked for: `HELMWARD_DATA`, else one folder a clone, so that two clones never meet,
 * under `~/.local/share/helmward`, for root under `/var/lib/helmward`.
 */
export function wantedFolder(environment: Record<string, string | undefined>, cloneFolder: string): string {
  const wanted = environment.HELMWARD_DATA
  if (wanted) return resolve(wanted)
  const clone = existsSync(cloneFolder) ? realpathSync(cloneFolder) : cloneFolder
  const root = process.getuid?.() === 0 ? SYSTEM_FOLDER : join(homedir(), '.local', 'share', 'helmward')
  return join(root, `${basename(clone)}-${shortDigest(clone)}`)
}

/** The places under a base folder, whether it exists or not. */
export function placesIn(base: string): Places {
  const data = join(base, 'postgres')
  return {
    base,
    data,
    lock: `${data}.lock`,
    address: `${data}.address`,
    secret: join(base, 'secret'),
    log: `${data}.log`,
  }
}

/**
 * Makes the base folder where the account can reach it: the wanted one, else `/var/lib/helmward/<digest of
 * the wanted path>` (a clone or data folder under root's 0700 home). A database is never left behind: one
 * that exists in either place is used or refused.
 * Faults: `storage.unreachable`, `storage.notWritable`.
 */
export function reachableBase(wanted: string, account: Account, systemFolder = SYSTEM_FOLDER): string {
  const fallback = join(systemFolder, shortDigest(wanted))
  if (account.foreign && hasDatabase(fallback) && !hasDatabase(wanted)) return fallback
  makeFolder(wanted, account)
  if (!account.foreign || runAs(account, 'test', ['-x', wanted]).ok) return wanted
  if (hasDatabase(wanted)) {
    throw new Fault(
      'storage.unreachable',
      `The database in ${wanted} cannot be reached by the account ${account.name} any more. ` +
        'Give the folders above it the right to be entered (chmod a+x).',
      { folder: wanted, account: account.name },
    )
  }
  makeFolder(fallback, account)
  if (runAs(account, 'test', ['-x', fallback]).ok) return fallback
  throw new Fault(
    'storage.unreachable',
    `Neither ${wanted} nor ${fallback} can be entered by the account ${account.name}. Set HELMWARD_DATA.`,
    { folder: wanted, fallback, account: account.name },
  )
}

/** Makes a folder that only the account may enter, owned by it. */
export function makePrivateFolder(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (account.foreign) chownSync(folder, account.uid, account.gid)
  chmodSync(folder, 0o700)
}

/**
 * A private folder for the socket with a path short enough for the system: beside the data, else under the
 * system's folder for temporary files (never one that somebody else put there).
 */
export function socketFolder(places: Places, account: Account, temporary = tmpdir()): string {
  const beside = join(places.base, 'run')
  const short = join(temporary, `helmward-${shortDigest(places.data)}`)
  for (const folder of [beside, short]) {
    if (socketPathIn(folder).length > LONGEST_SOCKET_PATH) continue
    if (!existsSync(folder)) makePrivateFolder(folder, account)
    const found = lstatSync(folder)
    if (found.isDirectory() && found.uid === account.uid && (found.mode & 0o77) === 0) return folder
  }
  const made = mkdtempSync(join(temporary, 'helmward-'))
  makePrivateFolder(made, account)
  return made
}

/** PostgreSQL names the socket after the port, though no port is opened. */
export function socketPathIn(folder: string): string {
  return join(folder, '.s.PGSQL.5432')
}

export function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** Makes a rename inside the folder outlast a power cut. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

function hasDatabase(base: string): boolean {
  return existsSync(join(placesIn(base).data, 'PG_VERSION'))
}

function makeFolder(folder: string, account: Account): void {
  if (existsSync(folder)) return
  if (account.foreign && !existsSync(dirname(folder))) makeFolder(dirname(folder), account)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Said explicitly, since umask 077 would lock the account out.
    if (account.foreign) chmodSync(folder, 0o755)
  } catch (cause) {
    throw new Fault('storage.notWritable', `The folder ${folder} cannot be made: ${String(cause)}`, {
      folder,
    })
  }
}
