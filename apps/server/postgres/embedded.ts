import { chmodSync, existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { Fault } from '../../../kernel/fault.ts'
import { type Account, chooseAccount } from './account.ts'
import { type Programs, programsFor } from './binaries.ts'
import type { Connection, Database } from './database.ts'
import { type Places, placesIn, reachableBase, socketFolder } from './folders.ts'
import { findOrphan, isAlive, type Orphan } from './living.ts'
import { type OwnerLock, takeOwnerLock } from './owner-lock.ts'
import { becomesReady, isGoneWithin, makeCluster, startPostmaster, stopPostmaster } from './postmaster.ts'
import { passwordFor, secretOf } from './secret.ts'

/** `endWithOwner: false` lets the server outlive a killed owner, as it does where Linux' help is missing. */
export type EmbeddedOptions = { folder: string; endWithOwner?: boolean }

/**
 * Starts the PostgreSQL that comes with Helmward on a folder of its own, or adopts the one that a killed
 * owner left running there. One process owns the folder for as long as it lives.
 * Faults: `storage.inUse` (with the owner's address), `storage.noAccount`, `storage.noPrograms`,
 * `storage.unreachable`, `storage.notWritable`, `storage.notStarted`, `storage.otherDatabase`, ….
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Database> {
  const account = chooseAccount(placesIn(options.folder).data)
  const places = placesIn(reachableBase(options.folder, account))
  const lock = takeOwnerLock(places)
  try {
    return await openUnderLock(places, account, lock, options.endWithOwner ?? true)
  } catch (cause) {
    lock.release()
    throw cause
  }
}

async function openUnderLock(places: Places, account: Account, lock: OwnerLock, endWithOwner: boolean) {
  const programs = programsFor(account, places.base)
  const secret = secretOf(places)
  if (existsSync(places.data)) {
    refuseOtherRelease(places, programs)
    // A copy or a restore may have opened it to others, which PostgreSQL refuses.
    chmodSync(places.data, 0o700)
  } else makeCluster(places, programs, account, passwordFor(secret, 'helmward'))
  const orphan = await findOrphan(places.data, account)
  const running =
    (orphan && (await adopt(places, programs, secret, orphan))) ??
    (await start(places, programs, account, secret, endWithOwner))
  return ownedDatabase(places, secret, lock, running)
}

type Running = {
  pid: number
  socketFolder: string
  adopted: boolean
  whenEnded: (notice: () => void) => void
}

async function start(
  places: Places,
  programs: Programs,
  account: Account,
  secret: Buffer,
  endWithOwner: boolean,
): Promise<Running> {
  const folder = socketFolder(places, account)
  const child = await startPostmaster(places, programs, account, folder, endWithOwner)
  const pid = child.pid ?? 0
  try {
    await verify(places, connectionAs('helmward', secret, folder, 'postgres'), { endSessions: false })
  } catch (cause) {
    await stopPostmaster(pid)
    throw cause
  }
  return { pid, socketFolder: folder, adopted: false, whenEnded: (notice) => child.once('exit', notice) }
}

/** Undefined when the orphan went away, was of another release, or was just shutting down. */
async function adopt(
  places: Places,
  programs: Programs,
  secret: Buffer,
  orphan: Orphan,
): Promise<Running | undefined> {
  const { pid, socketFolder: folder } = orphan
  if (!(await becomesReady(places.data, pid))) {
    if (await isGoneWithin(pid, 60_000)) return undefined
    throw new Fault('storage.notStarted', `The database server ${pid} neither starts nor ends.`, { pid })
  }
  try {
    const release = await verify(places, connectionAs('helmward', secret, folder, 'postgres'), {
      endSessions: true,
    })
    if (release === programs.release) {
      return { pid, socketFolder: folder, adopted: true, whenEnded: (notice) => watch(pid, notice) }
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    // Not answering any more: its clean stop has begun, or is asked for here.
  }
  await stopPostmaster(pid)
  return undefined
}

/**
 * Proves that the server behind the socket is the one of this data folder and keeps what it acknowledges;
 * answers its release. Sessions of a killed owner are ended, so that nothing of theirs is still to come.
 */
async function verify(
  places: Places,
  connection: Connection,
  { endSessions }: { endSessions: boolean },
): Promise<string> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { rows } = await client.query<Identity>(IDENTITY)
    const said = rows[0]
    const file = readFileSync(join(places.data, 'global', 'pg_control')).readBigUInt64LE(0)
    const isOurs =
      said && realpathSync(said.folder) === realpathSync(places.data) && BigInt(said.system) === file
    if (!isOurs) {
      throw new Fault('storage.otherDatabase', `The server that answered is not that of ${places.data}.`, {
        folder: places.data,
        answered: said?.folder ?? null,
      })
    }
    if (!said.durable) throw notDurable(places)
    if (endSessions) await client.query(END_SESSIONS)
    return said.release
  } finally {
    await client.end()
  }
}

type Identity = { folder: string; system: string; release: string; durable: boolean }

const IDENTITY = `select current_setting('data_directory') as folder,
  (select system_identifier::text from pg_control_system()) as system,
  split_part(current_setting('server_version'), ' ', 1) as release,
  current_setting('fsync')::bool and current_setting('full_page_writes')::bool
    and current_setting('synchronous_commit') <> 'off' as durable`

const END_SESSIONS = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where backend_type = 'client backend' and pid <> pg_backend_pid()`

async function ownedDatabase(
  places: Places,
  secret: Buffer,
  lock: OwnerLock,
  running: Running,
): Promise<Database> {
  const state = { stopping: false }
  const as = (role: string) => connectionAs(role, secret, running.socketFolder, 'helmward')
  await provide(connectionAs('helmward', secret, running.socketFolder, 'postgres'), secret)
  return {
    place: places.base,
    adopted: running.adopted,
    runtime: as('helmward_app'),
    owner: as('helmward_owner'),
    announce: lock.announce,
    onLost: (notice) => running.whenEnded(() => state.stopping || notice()),
    async stop() {
      state.stopping = true
      await stopPostmaster(running.pid)
      lock.release()
    },
  }
}

/** The owner's and the runtime role, and the database; nothing when they are there. */
async function provide(superuser: Connection, secret: Buffer): Promise<void> {
  const client = new pg.Client(superuser)
  await client.connect()
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'helmward'")
    if (rowCount) return
    // A statement that fails would stand in the log with the password in it.
    await client.query('set log_min_error_statement = panic')
    for (const role of ['helmward_owner', 'helmward_app']) {
      const found = await client.query('select 1 from pg_roles where rolname = $1', [role])
      const verb = found.rowCount ? 'alter' : 'create'
      // Hexadecimal by construction, so it needs no quoting; create role takes no parameters.
      const rights = 'login nosuperuser nocreatedb nocreaterole nobypassrls'
      await client.query(`${verb} role ${role} ${rights} password '${passwordFor(secret, role)}'`)
    }
    await client.query('create database helmward owner helmward_owner')
  } finally {
    await client.end()
  }
}

function connectionAs(role: string, secret: Buffer, folder: string, database: string): Connection {
  return { host: folder, port: 5432, user: role, password: passwordFor(secret, role), database }
}

function refuseOtherRelease(places: Places, programs: Programs): void {
  const made = readFileSync(join(places.data, 'PG_VERSION'), 'utf8').trim()
  const ours = programs.release.split('.')[0]
  if (made === ours) return
  throw new Fault(
    'storage.otherRelease',
    `The data in ${places.data} was written by PostgreSQL ${made}; this Helmward brings ${ours}. ` +
      'Back it up with the Helmward that wrote it and restore it with this one.',
    { folder: places.data, written: made, programs: ours },
  )
}

function notDurable(places: Places): Fault {
  return new Fault(
    'storage.notDurable',
    `The server on ${places.data} would lose acknowledged changes at a power cut (fsync, full_page_writes ` +
      'and synchronous_commit must be on).',
    { folder: places.data },
  )
}

function watch(pid: number, notice: () => void): void {
  const timer = setInterval(() => {
    if (isAlive(pid)) return
    clearInterval(timer)
    notice()
  }, 500)
  timer.unref()
}
