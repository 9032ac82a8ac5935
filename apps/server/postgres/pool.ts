import pg from 'pg'
import { Fault } from '../../../kernel/fault.ts'
import type { Connection } from './database.ts'

const broken = new WeakSet<object>()

/**
 * Connections of one kind. Writers keep the plans they made first: each is right at any size, and planning
 * costs more than writing. A connection that breaks never ends the process; it is replaced at the next request.
 */
export function poolOf(connection: Connection, max: number, plans: 'auto' | 'force_generic_plan'): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max,
    idleTimeoutMillis: 60_000,
    options: `-c synchronous_commit=on -c timezone=UTC -c jit=off -c work_mem=32MB -c plan_cache_mode=${plans}`,
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
