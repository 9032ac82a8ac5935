import { dirname } from 'node:path'
import pg from 'pg'
import type { Database } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { wantedFolder } from './folders.ts'
import { migrate } from './migrate.ts'
import { openOwn } from './own.ts'

/**
 * Opens the database that the environment asks for and brings it to this release's schema: the user's own
 * with `DATABASE_URL` and `DATABASE_OWNER_URL`, else the embedded one in `HELMWARD_DATA` or its default.
 * Faults: those of `startEmbedded`, `openOwn` and `migrate`.
 */
export async function openDatabase(environment: Record<string, string | undefined>): Promise<Database> {
  const url = environment.DATABASE_URL
  const database = url
    ? await openOwn({ runtime: url, owner: environment.DATABASE_OWNER_URL })
    : await startEmbedded({ folder: wantedFolder(environment, cloneFolder()) })
  try {
    await migrate(database.owner, await runtimeRole(database))
  } catch (cause) {
    await database.stop()
    throw cause
  }
  return database
}

/** The name of the role that the runtime connection signs in as. */
export async function runtimeRole(database: Database): Promise<string> {
  if ('user' in database.runtime) return database.runtime.user
  const client = new pg.Client(database.runtime)
  await client.connect()
  try {
    const { rows } = await client.query<{ role: string }>('select current_user as role')
    return rows[0]?.role ?? ''
  } finally {
    await client.end()
  }
}

function cloneFolder(): string {
  return dirname(dirname(dirname(import.meta.dirname)))
}
