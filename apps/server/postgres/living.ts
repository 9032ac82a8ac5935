import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../../../kernel/fault.ts'
import { type Account, runAs } from './account.ts'
import { socketPathIn } from './folders.ts'

/** What postmaster.pid says (miscadmin.h, LOCK_FILE_LINE_*): a claim, not a proof. */
export type PidFile = { pid: number; socketFolder: string; ready: boolean; status: string }

/** The server that lives on a data folder whose owner was killed. */
export type Orphan = { pid: number; socketFolder: string }

const CHILDREN_LEAVE_MS = 10_000

export function readPidFile(data: string): PidFile | undefined {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const status = lines[7]?.trim() ?? ''
  return { pid: Number(lines[0]), socketFolder: lines[4] ?? '', ready: status === 'ready', status }
}

/**
 * Finds the server left behind on the data folder, or clears what a dead one left there. Only whoever holds
 * the owner lock may call this. A pid in postmaster.pid proves nothing (it may be a zombie, be reused by
 * another program, or have been copied along with the folder): what counts is a living process named
 * postgres whose working folder is this data folder.
 * Faults: `storage.strayProcesses` when server processes without a server do not end by themselves.
 */
export async function findOrphan(data: string, account: Account): Promise<Orphan | undefined> {
  const deadline = Date.now() + CHILDREN_LEAVE_MS
  for (;;) {
    const claim = readPidFile(data)
    const living = processesOn(data, account, claim)
    if (claim && living.includes(claim.pid)) return { pid: claim.pid, socketFolder: claim.socketFolder }
    if (living.length === 0) {
      clearLeftovers(data, claim)
      return undefined
    }
    // Children notice within moments that their server is gone; a new one beside them would destroy data.
    if (Date.now() > deadline) throw strayProcesses(data, living)
    await pause(50)
  }
}

/** True while the process exists and is more than a zombie waiting to be collected. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
  if (process.platform !== 'linux') return true
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const state = line.slice(line.lastIndexOf(')') + 2)[0]
    return state !== 'Z' && state !== 'X'
  } catch {
    return false
  }
}

function processesOn(data: string, account: Account, claim: PidFile | undefined): number[] {
  // Elsewhere the claim is all there is; connecting proves or disproves it afterwards.
  if (process.platform !== 'linux') return claim && isAlive(claim.pid) ? [claim.pid] : []
  const folder = realpathSync(data)
  const servers = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && nameOf(pid) === 'postgres')
  const folders = servers.map((pid) => ({ pid, folder: workingFolder(pid) }))
  if (folders.some((each) => each.folder === 'hidden')) return seenByAccount(servers, folder, account)
  return folders.filter((each) => each.folder === folder).map((each) => each.pid)
}

function nameOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return undefined
  }
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch (cause) {
    const isHidden = cause instanceof Error && 'code' in cause && cause.code === 'EACCES'
    return isHidden ? 'hidden' : 'gone'
  }
}

// Root in a container has no right to look into other accounts' processes; the account itself has.
function seenByAccount(servers: number[], folder: string, account: Account): number[] {
  const links = servers.map((pid) => `/proc/${pid}/cwd`)
  const { output } = runAs(account, 'ls', ['-ld', ...links])
  return output
    .split('\n')
    .filter((line) => line.endsWith(` -> ${folder}`))
    .map((line) => Number(/\/proc\/(\d+)\/cwd/.exec(line)?.[1]))
}

function clearLeftovers(data: string, claim: PidFile | undefined): void {
  rmSync(join(data, 'postmaster.pid'), { force: true })
  if (!claim?.socketFolder) return
  rmSync(`${socketPathIn(claim.socketFolder)}.lock`, { force: true })
  rmSync(socketPathIn(claim.socketFolder), { force: true })
}

function strayProcesses(data: string, pids: number[]): Fault {
  return new Fault(
    'storage.strayProcesses',
    `Server processes without a server still work on ${data}: ${pids.join(', ')}. End them, then start again.`,
    { folder: data, processes: pids },
  )
}
