import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../../../kernel/fault.ts'
import { type Account, cleanEnvironment, identity, runAs } from './account.ts'
import type { Programs } from './binaries.ts'
import { makePrivateFolder, type Places, syncFolder } from './folders.ts'
import { isAlive, readPidFile } from './living.ts'

const READY_WITHIN_MS = 120_000
const STOP_WITHIN_MS = 60_000
const LARGEST_LOG_BYTES = 10_000_000

/** Said on the command line, so that no file in the data folder can weaken them. */
const SETTINGS = {
  listen_addresses: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  unix_socket_permissions: '0700',
  max_connections: '60',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

/**
 * Makes the cluster: in a draft folder that gets its name when it is whole, so that a start broken off
 * leaves nothing that looks like a database. Faults: `storage.notMade`.
 */
export function makeCluster(places: Places, programs: Programs, account: Account, password: string): void {
  const draft = `${places.data}.draft`
  rmSync(draft, { recursive: true, force: true })
  makePrivateFolder(draft, account)
  const passwordFile = `${draft}.${randomBytes(6).toString('hex')}`
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' })
  if (account.foreign) chownSync(passwordFile, account.uid, account.gid)
  const signIn = ['-U', 'helmward', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  const result = runAs(account, programs.initdb, ['-D', draft, ...signIn, '-E', 'UTF8', '--locale=C'], draft)
  rmSync(passwordFile)
  if (!result.ok) {
    throw new Fault('storage.notMade', `The database could not be made: ${result.complaint.trim()}`, {
      folder: places.data,
    })
  }
  renameSync(draft, places.data)
  syncFolder(places.base)
}

/**
 * Starts the server and waits until it takes connections. With `endWithOwner` Linux stops it cleanly as soon
 * as this process dies; elsewhere, or when that fails, the next owner finds and adopts it.
 * Faults: `storage.notStarted` with the end of the server's log.
 */
export async function startPostmaster(
  places: Places,
  programs: Programs,
  account: Account,
  socketFolder: string,
  endWithOwner: boolean,
): Promise<ChildProcess> {
  turnLog(places.log)
  const log = openSync(places.log, 'a', 0o600)
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: socketFolder })
  const server = [programs.postgres, '-D', places.data, ...settings.flatMap(([k, v]) => ['-c', `${k}=${v}`])]
  const [file = '', ...args] = endWithOwner && canSetDeathSignal() ? [...DEATH_SIGNAL, ...server] : server
  const child = spawn(file, args, {
    ...identity(account),
    cwd: places.data,
    detached: true,
    env: cleanEnvironment(),
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  await untilReady(child, places)
  return child
}

/** Waits until an adopted server is ready; false when it went away instead. */
export async function becomesReady(data: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline) {
    if (!isAlive(pid)) return false
    const said = readPidFile(data)
    if (said?.pid === pid && said.ready) return true
    await pause(10)
  }
  return false
}

/** Asks the server to stop cleanly (SIGINT: sessions are broken off), at last to stop at once. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    send(pid, signal)
    if (await isGoneWithin(pid, STOP_WITHIN_MS)) return
  }
}

export async function isGoneWithin(pid: number, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await pause(5)
  }
  return true
}

// SIGINT is PostgreSQL's "fast shutdown" (documentation, 18.5 Shutting Down the Server).
const DEATH_SIGNAL = ['setpriv', '--pdeathsig', 'INT', '--']

let deathSignalWorks: boolean | undefined

function canSetDeathSignal(): boolean {
  deathSignalWorks ??= spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true']).status === 0
  return deathSignalWorks
}

async function untilReady(child: ChildProcess, places: Places): Promise<void> {
  const ended = { reason: undefined as string | undefined }
  child.once('error', (error) => {
    ended.reason = error.message
  })
  child.once('exit', (code, signal) => {
    ended.reason = `it ended with ${code ?? signal}`
  })
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    const said = readPidFile(places.data)
    if (said?.pid === child.pid && said?.ready) return
    if (ended.reason) throw notStarted(places, ended.reason)
    if (Date.now() > deadline) {
      send(child.pid ?? 0, 'SIGQUIT')
      throw notStarted(places, `it was not ready after ${READY_WITHIN_MS / 1000} s`)
    }
    await pause(5)
  }
}

function notStarted(places: Places, reason: string): Fault {
  const log = existsSync(places.log) ? readFileSync(places.log, 'utf8') : ''
  const last = log.trimEnd().split('\n').slice(-5)
  return new Fault('storage.notStarted', `The database did not start: ${reason}. ${last.join(' ')}`, {
    folder: places.data,
    log: places.log,
  })
}

function send(pid: number, signal: NodeJS.Signals): void {
  if (pid > 0 && isAlive(pid)) process.kill(pid, signal)
}

function turnLog(log: string): void {
  const found = statSync(log, { throwIfNoEntry: false })
  if (found && found.size > LARGEST_LOG_BYTES) renameSync(log, `${log}.old`)
}
