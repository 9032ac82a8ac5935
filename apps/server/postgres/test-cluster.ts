import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Database } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { runtimeRole } from './open.ts'
import { openOwn } from './own.ts'

/** A migrated database of a test's own; `end` removes all of it. */
export type TestDatabase = Database & { end(): Promise<void> }

/**
 * A new database for one test file: an embedded server in a temporary folder, or, with `DATABASE_URL` and
 * `DATABASE_OWNER_URL` set, a new database on that server (the owner needs `createdb` there).
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const database = await openEmptyDatabase()
  await migrate(database.owner, await runtimeRole(database))
  return database
}

/** The same without any table. */
export async function openEmptyDatabase(): Promise<TestDatabase> {
  const url = process.env.DATABASE_URL
  const ownerUrl = process.env.DATABASE_OWNER_URL
  return url && ownerUrl ? newDatabaseOn(url, ownerUrl) : newServer()
}

/** A temporary folder that any account may enter, with its removal. */
export function temporaryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'hw-test-'))
  chmodSync(folder, 0o755)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A workspace of a test's own. */
export function newWorkspace(): string {
  return randomUUID()
}

async function newServer(): Promise<TestDatabase> {
  const { folder, remove } = temporaryFolder()
  const database = await startEmbedded({ folder: join(folder, 'data') })
  return {
    ...database,
    async end() {
      await database.stop()
      remove()
    },
  }
}

async function newDatabaseOn(url: string, ownerUrl: string): Promise<TestDatabase> {
  const name = `helmward_test_${randomBytes(6).toString('hex')}`
  await asOwner(ownerUrl, `create database ${name}`)
  const database = await openOwn({ runtime: renamed(url, name), owner: renamed(ownerUrl, name) })
  return { ...database, end: () => asOwner(ownerUrl, `drop database ${name} with (force)`) }
}

function renamed(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

async function asOwner(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}
