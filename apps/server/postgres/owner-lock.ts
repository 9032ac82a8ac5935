import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Fault } from '../../../kernel/fault.ts'
import type { Places } from './folders.ts'

/** Held for life by the one process that owns a data folder. */
export type OwnerLock = { announce(address: string): void; release(): void }

/**
 * Takes the data folder for this process, or refuses. SQLite's exclusive lock is an fcntl lock, which the
 * system frees at any death of the process, so nothing stale can be left; PostgreSQL's own postmaster.pid
 * comes too late, when two starters may already be deleting each other's files.
 * Faults: `storage.inUse` with the running server's address, `storage.notWritable`.
 */
export function takeOwnerLock(places: Places): OwnerLock {
  const held = lockFile(places)
  remember(places, { process: process.pid, address: null })
  return {
    announce: (address) => remember(places, { process: process.pid, address }),
    release() {
      rmSync(places.address, { force: true })
      held.close()
    },
  }
}

function lockFile(places: Places): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(places.lock, { timeout: 0 })
    database.exec('begin exclusive')
    chmodSync(places.lock, 0o600)
    return database
  } catch (cause) {
    database?.close()
    if (isBusy(cause)) throw inUse(places)
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Fault('storage.notWritable', `The data folder ${places.base} cannot be locked: ${reason}.`, {
      folder: places.base,
    })
  }
}

function inUse(places: Places): Fault {
  const owner = recall(places)
  const where = owner.address
    ? `Helmward is running on this data already: ${owner.address}`
    : `Another Helmward process is starting or working on this data already: ${places.base}`
  return new Fault('storage.inUse', `${where}. Use that one, or stop it first.`, {
    address: owner.address,
    process: owner.process,
    folder: places.base,
  })
}

type Owner = { process: number | null; address: string | null }

function remember(places: Places, owner: Owner): void {
  const draft = `${places.address}.${process.pid}`
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 })
  renameSync(draft, places.address)
}

function recall(places: Places): Owner {
  try {
    const read: unknown = JSON.parse(readFileSync(places.address, 'utf8'))
    const owner = read as Partial<Owner>
    return { process: owner.process ?? null, address: owner.address ?? null }
  } catch {
    // Between taking the lock and saying so, or by another user: the refusal stands without the address.
    return { process: null, address: null }
  }
}

// SQLITE_BUSY, https://sqlite.org/rescode.html#busy
function isBusy(cause: unknown): boolean {
  return cause instanceof Error && 'errcode' in cause && cause.errcode === 5
}
