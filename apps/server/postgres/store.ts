import { createHash } from 'node:crypto'
import pg from 'pg'
import { Fault } from '../../../kernel/fault.ts'
import type { Head, Scope, Seq, Session, Store } from '../../../kernel/ledger/store.ts'
import { analyser } from './analyse.ts'
import { append, erase } from './append.ts'
import type { Connection } from './database.ts'
import { CHANNEL, hearCommits } from './live.ts'
import { connectionOf, giveBack, isBroken, poolOf, unreachable } from './pool.ts'
import { type ProjectText, projectText, type WholeProject } from './project-text.ts'
import { type Ask, BEGINNING, headOf, isUuid, readerOver } from './reader.ts'
import { remembering } from './remember.ts'
import { instantText, type ReceiptRow, receiptOf } from './rows.ts'

export type StoreOptions = {
  readonly runtime: Connection
  /** Lets the store keep the planner's figures fresh; without it that is left to autovacuum. */
  readonly owner?: Connection
  readonly workspace: string
  /** Reading connections; one or two more write and listen. */
  readonly readers?: number
}

/** The ledger's store in PostgreSQL. */
export type PostgresStore = Store & {
  /** All current rows of some kinds of one project as JSON text built by the database, and the head it shows. */
  projectText(scope: Scope, wanted: WholeProject): Promise<ProjectText>
}

/**
 * Keeps the ledger of one workspace. Every transaction says for whom it is (`helmward.workspace`,
 * `helmward.projects`), and row-level security holds it to that. Writers of all processes wait for one
 * another at an advisory lock that is held through the commit, so that numbers have no gaps and are seen in order.
 * Faults: `storage.outcomeUnknown` when the connection broke during the commit.
 */
export function postgresStore(options: StoreOptions): PostgresStore {
  const { runtime, owner, workspace } = options
  if (!isUuid(workspace)) throw new Error(`a workspace is named by a uuid, not by "${workspace}"`)
  const readers = poolOf(runtime, options.readers ?? 12, 'read')
  // Of its own, so that readers waiting for a writer can never keep it from starting.
  const writers = poolOf(runtime, 2, 'write')
  const read: Store['read'] = (scope, work) =>
    reading(readers, workspace, scope, (ask) => work(readerOver(ask, workspace)))
  const headNow = () => read({ projects: 'all' }, async (reader) => (await reader.head()).seq)
  const live = hearCommits(runtime, workspace, headNow)
  const figures = analyser(owner)
  return {
    read,
    transact: async (work) => {
      const { result, seq, rows } = await writingTwice(writers, workspace, work)
      if (seq !== undefined) {
        figures.noteCommit(seq, rows)
        live.tell(seq)
      }
      return result
    },
    keep: (bytes) => keep(writers, workspace, bytes),
    onCommit: live.listen,
    projectText: (scope, wanted) =>
      reading(readers, workspace, scope, (ask) => projectText(ask, workspace, wanted)),
    async close() {
      await live.close()
      await figures.close()
      await Promise.all([readers.end(), writers.end()])
    },
  }
}

async function reading<T>(
  pool: pg.Pool,
  workspace: string,
  scope: Scope,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const client = await connectionOf(pool)
  try {
    await client.query(`begin isolation level repeatable read read only; ${settings(workspace, scope)}`)
    const result = await work(askerOn(client))
    // The answer does not wait for the end of a transaction that wrote nothing.
    client.query('commit').then(
      () => client.release(),
      (cause) => client.release(cause),
    )
    return result
  } catch (cause) {
    throw await afterFailure(client, cause)
  }
}

type Written<T> = { result: T; seq: Seq | undefined; rows: number }

/** Once more after a connection that broke before the commit was asked for: nothing can have been written. */
async function writingTwice<T>(...all: Parameters<typeof writing<T>>): Promise<Written<T>> {
  try {
    return await writing(...all)
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'storage.unreachable') return writing(...all)
    throw cause
  }
}

async function writing<T>(
  pool: pg.Pool,
  workspace: string,
  work: (session: Session, head: Head) => Promise<T>,
): Promise<Written<T>> {
  const client = await connectionOf(pool)
  const written = { seq: undefined as Seq | undefined, rows: 0 }
  try {
    const head = await opened(client, workspace)
    const result = await work(sessionOver(askerOn(client), workspace, written), head)
    await commit(client, workspace, written.seq)
    client.release()
    return { result, ...written }
  } catch (cause) {
    throw await afterFailure(client, cause)
  }
}

/** Begins, takes the workspace's write lock and reads the head under it, in one round trip. */
async function opened(client: pg.PoolClient, workspace: string): Promise<Head> {
  const answers = (await client.query(
    `begin; ${settings(workspace, { projects: 'all' })}; select pg_advisory_xact_lock(${lockOf(workspace)});
    select seq, hash, ${instantText('at')} from helmward.latest where workspace = '${workspace}'`,
  )) as unknown as pg.QueryResult<Parameters<typeof headOf>[0]>[]
  const row = answers.at(-1)?.rows[0]
  return row ? headOf(row) : BEGINNING
}

async function commit(client: pg.PoolClient, workspace: string, seq: Seq | undefined): Promise<void> {
  const notice = seq === undefined ? '' : `select pg_notify('${CHANNEL}', '${workspace} ${seq}'); `
  if (isBroken(client)) throw unreachable('the connection broke')
  try {
    await client.query(`${notice}commit`)
  } catch (cause) {
    // The server's own refusal means that nothing was written; a broken connection means nothing at all.
    if (cause instanceof pg.DatabaseError && !isBroken(client, cause)) throw cause
    throw new Fault(
      'storage.outcomeUnknown',
      'The connection to the database broke while this was being saved. Read again to see whether it was.',
      {},
    )
  }
}

function sessionOver(ask: Ask, workspace: string, written: { seq: Seq | undefined; rows: number }): Session {
  const reader = readerOver(ask, workspace)
  return {
    ...reader,
    ...remembering(reader, () => written.rows === 0),
    receipt: async (actor, key) => {
      const rows = await ask<ReceiptRow>(RECEIPT, [workspace, actor, key])
      return rows.map(receiptOf)[0]
    },
    append: async (batch) => {
      await append(ask, workspace, batch)
      written.seq = batch.changes.at(-1)?.seq
      written.rows = batch.writes.length + batch.changes.length
    },
    erase: (erasure) => erase(ask, workspace, erasure),
  }
}

const RECEIPT = `select actor, key, action, input_digest, seq, output from helmward.idempotency
  where workspace = $1 and actor = $2 and key = $3`

async function keep(pool: pg.Pool, workspace: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex')
  const client = await connectionOf(pool)
  try {
    await client.query(`begin; ${settings(workspace, { projects: 'all' })}`)
    await client.query(
      'insert into helmward.blob (workspace, hash, bytes) values ($1, $2, $3) on conflict do nothing',
      [workspace, hash, Buffer.from(bytes)],
    )
    await commit(client, workspace, undefined)
    client.release()
    return hash
  } catch (cause) {
    throw await afterFailure(client, cause)
  }
}

async function afterFailure(client: pg.PoolClient, cause: unknown): Promise<unknown> {
  const lost = isBroken(client, cause)
  await giveBack(client)
  return lost && !(cause instanceof Fault) ? unreachable(cause) : cause
}

// Only uuids and a star get in here, so that nothing needs quoting.
function settings(workspace: string, { projects }: Scope): string {
  const list = projects === 'all' ? '*' : [...projects].filter(isUuid).join(',')
  return `select set_config('helmward.workspace', '${workspace}', true), set_config('helmward.projects', '${list}', true)`
}

function lockOf(workspace: string): bigint {
  return createHash('sha256').update(`workspace ${workspace}`).digest().readBigInt64BE(0)
}

function askerOn(client: pg.PoolClient): Ask {
  return async (sql, values) => {
    const name = nameOf(sql)
    return (await client.query({ text: sql, values: [...values], ...(name ? { name } : {}) })).rows
  }
}

const names = new Map<string, string>()

/** A statement's name where its plan is worth keeping; reads of a past moment depend on which moment it is. */
function nameOf(sql: string): string | undefined {
  if (sql.includes('union all select kind, id')) return undefined
  const known = names.get(sql) ?? `s${createHash('md5').update(sql).digest('hex')}`
  names.set(sql, known)
  return known
}
