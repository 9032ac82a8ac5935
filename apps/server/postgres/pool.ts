import pg from 'pg'
import { Fault } from '../../../kernel/fault.ts'
import type { Connection } from './database.ts'

const SETTINGS = ['synchronous_commit=on', 'timezone=UTC', 'jit=off', 'work_mem=32MB']

// A writer that hangs would keep all others from the workspace: the server ends it.
const FOR_WRITERS = ['plan_cache_mode=force_generic_plan', 'idle_in_transaction_session_timeout=120000']

const broken = new WeakSet<object>()

/**
 * Connections of one kind. Writers keep the plans they made first: each is right at any size, and planning
 * costs more than writing. A connection that breaks never ends the process; it is replaced at the next request.
 */
export function poolOf(connection: Connection, max: number, use: 'read' | 'write'): pg.Pool {
  const settings = use === 'read' ? SETTINGS : [...SETTINGS, ...FOR_WRITERS]
  const pool = new pg.Pool({
    ...connection,
    max,
    idleTimeoutMillis: 60_000,
    options: settings.map((setting) => `-c ${setting}`).join(' '),
  })
  pool.on('connect', (client) => client.on('error', () => broken.add(client)))
  pool.on('error', () => undefined)
  return pool
}

/** A connection from the pool. Faults: `storage.unreachable`. */
export async function connectionOf(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    throw unreachable(cause)
  }
}

/** After a failure: back to the pool when the server still answers, else away with the connection. */
export async function giveBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('rollback')
    client.release()
  } catch {
    client.release(true)
  }
}

/** True when the server or the way to it is gone, so that the transaction cannot have been refused by a rule. */
export function isBroken(client: pg.PoolClient, cause?: unknown): boolean {
  // Class 57P: operator intervention (shutdown, crash), PostgreSQL documentation, appendix A.
  return broken.has(client) || (cause instanceof pg.DatabaseError && cause.code?.startsWith('57P') === true)
}

export function unreachable(cause: unknown): Fault {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
  return new Fault('storage.unreachable', `The database does not answer: ${reason}.`, {})
}
