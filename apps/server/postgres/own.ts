import pg from 'pg'
import { Fault } from '../../../kernel/fault.ts'
import type { Connection, Database } from './database.ts'

/** `DATABASE_URL` and `DATABASE_OWNER_URL`. */
export type OwnUrls = { runtime: string; owner: string | undefined }

const OLDEST = 15

/**
 * Opens the user's own PostgreSQL. Row-level security binds only a role that is neither superuser nor owner
 * nor may bypass it, so that any other runtime role is refused, with the SQL to run.
 * Faults: `storage.unreachable`, `storage.tooOld`, `storage.ownerMissing`, `storage.unsafeRole`,
 * `storage.notDurable`.
 */
export async function openOwn(urls: OwnUrls): Promise<Database> {
  if (!urls.owner) throw ownerMissing()
  const owner = { connectionString: urls.owner }
  const runtime = { connectionString: urls.runtime }
  const owning = await ask<{ role: string }>(owner, 'DATABASE_OWNER_URL', 'select current_user as role', [])
  const said = await ask<Said>(runtime, 'DATABASE_URL', WHO, [owning.role])
  if (said.release < OLDEST * 10_000) throw tooOld(said)
  if (said.unsafe) throw unsafeRole(said, owning.role)
  if (!said.durable) throw notDurable()
  return {
    place: said.place,
    adopted: false,
    runtime,
    owner,
    announce: () => undefined,
    onLost: () => undefined,
    stop: async () => undefined,
  }
}

type Said = {
  role: string
  database: string
  place: string
  release: number
  unsafe: string | null
  durable: boolean
}

// Membership counts: whoever may "set role" to a role has all that it may do.
const WHO = `select current_user as role, current_database() as database,
  coalesce(inet_server_addr()::text, 'local') || '/' || current_database() as place,
  current_setting('server_version_num')::int as release,
  case
    when exists (select 1 from pg_roles r where r.rolsuper and pg_has_role(current_user, r.oid, 'member'))
      then 'is a superuser'
    when exists (select 1 from pg_roles r where r.rolbypassrls and pg_has_role(current_user, r.oid, 'member'))
      then 'may bypass row-level security'
    when pg_has_role(current_user, $1::name, 'member') or exists (
        select 1 from pg_class c where c.relnamespace = to_regnamespace('helmward')
          and pg_has_role(current_user, c.relowner, 'member'))
      then 'owns the tables'
  end as unsafe,
  current_setting('fsync')::bool and current_setting('full_page_writes')::bool
    and current_setting('synchronous_commit') <> 'off' as durable`

async function ask<T extends pg.QueryResultRow>(
  connection: Connection,
  variable: string,
  sql: string,
  values: readonly unknown[],
): Promise<T> {
  const client = new pg.Client(connection)
  try {
    await client.connect()
    const { rows } = await client.query<T>(sql, [...values])
    const first = rows[0]
    if (!first) throw new Error('no answer')
    return first
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || String(cause) : String(cause)
    // The URL holds a password and is not repeated.
    throw new Fault('storage.unreachable', `The database of ${variable} does not answer: ${reason}.`, {
      variable,
    })
  } finally {
    await client.end()
  }
}

function unsafeRole(said: Said, owner: string): Fault {
  const sql = [
    "create role helmward_app login nosuperuser nocreaterole nobypassrls password 'choose one';",
    `grant connect on database ${pg.escapeIdentifier(said.database)} to helmward_app;`,
  ]
  return new Fault(
    'storage.unsafeRole',
    `The role ${said.role} of DATABASE_URL ${said.unsafe}, so that row-level security would not bind it. ` +
      `Run as an administrator of the database:\n${sql.join('\n')}\nand let DATABASE_URL sign in as ` +
      `helmward_app; DATABASE_OWNER_URL stays ${owner}.`,
    { role: said.role, reason: said.unsafe, sql },
  )
}

function ownerMissing(): Fault {
  return new Fault(
    'storage.ownerMissing',
    'DATABASE_URL is set, DATABASE_OWNER_URL is not. It names the role that owns and migrates the tables; ' +
      'DATABASE_URL another role without those rights.',
    {},
  )
}

function tooOld(said: Said): Fault {
  const major = Math.floor(said.release / 10_000)
  return new Fault(
    'storage.tooOld',
    `The database is PostgreSQL ${major}; Helmward needs ${OLDEST} or later.`,
    {
      found: major,
      needed: OLDEST,
    },
  )
}

function notDurable(): Fault {
  return new Fault(
    'storage.notDurable',
    'This PostgreSQL would lose acknowledged changes at a power cut: fsync, full_page_writes and ' +
      'synchronous_commit must be on.',
    {},
  )
}
