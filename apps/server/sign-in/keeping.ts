import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Connection } from '../postgres/database.ts'
import { authOptions, type Keeping } from './better-auth.ts'

/** The release whose tables stand in the schema, as a comment on it: unchanged means nothing to do. */
const TABLES = 'better-auth 1.7.5, persons 1'

type Wanted = { secureCookies: boolean; log: (line: string) => void }

/**
 * Accounts and sessions in the schema `auth` of the same database; made by its owner on first use, used by the runtime
 * role. The secret that signs cookies lies beside them, so that every process on one database takes the same.
 */
export async function keepInPostgres(
  connections: { owner: Connection; runtime: Connection },
  runtimeRole: string,
  wanted: Wanted,
): Promise<Keeping> {
  await prepareSchema(connections.owner, runtimeRole, wanted)
  const pool = poolIn(connections.runtime, 4)
  const { rows } = await pool.query<{ secret: string }>('select secret from auth.cookie_secret')
  return { database: pool, secret: rows[0]?.secret ?? '', ...wanted, end: () => pool.end() }
}

/** Accounts and sessions in memory: for tests. */
export async function keepInMemory(wanted: Wanted): Promise<Keeping> {
  const { memoryAdapter } = await import('better-auth/adapters/memory')
  const tables = { user: [], session: [], account: [], verification: [] }
  return {
    database: memoryAdapter(tables),
    secret: randomBytes(32).toString('hex'),
    ...wanted,
    end: async () => undefined,
  }
}

async function prepareSchema(owner: Connection, runtimeRole: string, wanted: Wanted): Promise<void> {
  const pool = poolIn(owner, 1)
  try {
    const { rows } = await pool.query<{ comment: string | null }>(
      "select obj_description(to_regnamespace('auth'), 'pg_namespace') as comment",
    )
    if (rows[0]?.comment !== TABLES) await makeTables(pool, wanted)
    await pool.query(grantsFor(runtimeRole))
  } finally {
    await pool.end()
  }
}

async function makeTables(pool: pg.Pool, wanted: Wanted): Promise<void> {
  const { getMigrations } = await import('better-auth/db/migration')
  // Processes that start together wait here for the first; any number, as long as nobody else uses it.
  await pool.query('select pg_advisory_lock(7373000002)')
  await pool.query(`create schema if not exists auth;
    create table if not exists auth.cookie_secret (single boolean primary key default true check (single), secret text not null);`)
  await pool.query('insert into auth.cookie_secret (secret) values ($1) on conflict do nothing', [
    randomBytes(32).toString('hex'),
  ])
  const options = authOptions({ database: pool, secret: 'unused', ...wanted, end: async () => undefined })
  await (await getMigrations(options)).runMigrations()
  await pool.query(`comment on schema auth is '${TABLES}'`)
  await pool.query('select pg_advisory_unlock(7373000002)')
}

function grantsFor(role: string): string {
  const who = pg.escapeIdentifier(role)
  return `grant usage on schema auth to ${who};
grant select, insert, update, delete on all tables in schema auth to ${who};
revoke insert, update, delete on auth.cookie_secret from ${who};`
}

function poolIn(connection: Connection, max: number): pg.Pool {
  const pool = new pg.Pool({ ...connection, max, options: '-c search_path=auth' })
  // A connection lost while idle is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}
