import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { Fault } from '../../../kernel/fault.ts'

/** The operating system's account under which PostgreSQL runs. `foreign`: another one than our own. */
export type Account = { name: string; uid: number; gid: number; foreign: boolean }

/**
 * Chooses who runs PostgreSQL, which refuses to run as root. An ordinary user runs it himself. Root takes
 * the owner of an existing data folder, else `postgres`, else `helmward` (made when missing), else `nobody`;
 * each is tried, since a container may forbid the change of account.
 * Faults: `storage.noAccount` (no entry for our uid, or no account that works).
 */
export function chooseAccount(dataFolder: string): Account {
  const ownUid = process.getuid?.()
  if (ownUid === undefined) throw noAccount('This system has no user accounts that PostgreSQL can run under')
  if (ownUid !== 0) return ownAccount(ownUid)
  const candidates = [
    () => ownerOf(dataFolder),
    () => findAccount('postgres'),
    () => findAccount('helmward'),
    () => makeAccount('helmward'),
    () => findAccount('nobody'),
  ]
  for (const candidate of candidates) {
    const account = candidate()
    if (account && runAs(account, 'true', []).ok) return account
  }
  throw noAccount('Started as root, but no account was found under which PostgreSQL may run')
}

/** Runs a program to its end as the account, with a clean environment, in the folder `/` if none is given. */
export function runAs(account: Account, file: string, args: string[], folder = '/') {
  const result = spawnSync(file, args, { ...identity(account), cwd: folder, env: cleanEnvironment() })
  return {
    ok: result.status === 0,
    output: result.stdout?.toString() ?? '',
    complaint: result.error ? result.error.message : result.stderr.toString(),
  }
}

/** What spawn needs to start a child as the account; node drops all extra groups then. */
export function identity(account: Account): { uid?: number; gid?: number } {
  return account.foreign ? { uid: account.uid, gid: account.gid } : {}
}

/** No PG* variable and no locale of the user may reach the server. */
export function cleanEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

function ownAccount(uid: number): Account {
  try {
    const { username, gid } = userInfo()
    return { name: username, uid, gid, foreign: false }
  } catch {
    // initdb calls getpwuid and has no option to do without.
    throw noAccount(`User id ${uid} has no entry in the system's list of users, and initdb insists on one`)
  }
}

function ownerOf(folder: string): Account | undefined {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found || found.uid === 0) return undefined
  return { name: `uid ${found.uid}`, uid: found.uid, gid: found.gid, foreign: true }
}

function findAccount(name: string): Account | undefined {
  const uid = idOf(name, '-u')
  const gid = idOf(name, '-g')
  return uid && gid ? { name, uid, gid, foreign: true } : undefined
}

function idOf(name: string, which: '-u' | '-g'): number | undefined {
  const result = spawnSync('id', [which, name], { env: cleanEnvironment() })
  return result.status === 0 ? Number(result.stdout.toString()) : undefined
}

function makeAccount(name: string): Account | undefined {
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', name])
  return findAccount(name)
}

function noAccount(reason: string): Fault {
  return new Fault(
    'storage.noAccount',
    `${reason}. Run Helmward as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL ` +
      'to a PostgreSQL 15 or later of your own.',
    { uid: process.getuid?.() ?? null },
  )
}
