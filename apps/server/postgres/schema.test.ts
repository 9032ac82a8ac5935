import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MIGRATIONS, migrate } from './migrate.ts'
import { openOwn } from './own.ts'
import { newWorkspace, openTestDatabase, type TestDatabase } from './test-cluster.ts'

let database: TestDatabase
let owner: pg.Client
let runtime: pg.Client

beforeAll(async () => {
  database = await openTestDatabase()
  owner = new pg.Client(database.owner)
  runtime = new pg.Client(database.runtime)
  await owner.connect()
  await runtime.connect()
})

afterAll(async () => {
  await owner.end()
  await runtime.end()
  await database.end()
})

test('every table has row-level security enabled and forced, with a policy for reading and for writing', async () => {
  const { rows } = await owner.query(`select c.relname as table,
      c.relrowsecurity and c.relforcerowsecurity
        and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polqual is not null
          and p.polwithcheck is not null and p.polcmd = '*') as walled
    from pg_class c where c.relnamespace = 'helmward'::regnamespace and c.relkind in ('r', 'p') order by 1`)
  expect(rows.map((row) => row.table)).toEqual(
    expect.arrayContaining(['blob', 'change', 'errand', 'version']),
  )
  expect(rows.filter((row) => !row.walled)).toEqual([])
})

test("no function runs with its owner's rights, and every view asks as the one who reads it", async () => {
  const functions = await owner.query(`select proname from pg_proc
    where pronamespace = 'helmward'::regnamespace and prosecdef`)
  const views = await owner.query(`select relname from pg_class where relnamespace = 'helmward'::regnamespace
    and relkind in ('v', 'm') and not coalesce(reloptions, '{}') @> '{security_invoker=true}'`)
  expect([...functions.rows, ...views.rows]).toEqual([])
})

test('without settings, with another workspace or with other projects nothing is seen; with theirs, it is', async () => {
  const workspace = newWorkspace()
  const project = randomUUID()
  await as(workspace, '*', insertTask(workspace, project))
  const count = 'select count(*)::int as count from helmward.version'
  expect((await runtime.query(count)).rows).toEqual([{ count: 0 }])
  expect(await as(newWorkspace(), '*', count)).toEqual([{ count: 0 }])
  expect(await as(workspace, randomUUID(), count)).toEqual([{ count: 0 }])
  expect(await as(workspace, '', count)).toEqual([{ count: 0 }])
  expect(await as(workspace, `${randomUUID()},${project}`, count)).toEqual([{ count: 1 }])
  expect(await as(workspace, '*', count)).toEqual([{ count: 1 }])
})

test('nobody writes into another workspace or another project', async () => {
  const workspace = newWorkspace()
  const elsewhere = insertTask(newWorkspace(), null)
  await expect(as(workspace, '*', elsewhere)).rejects.toThrow('row-level security')
  const hidden = insertTask(workspace, randomUUID())
  await expect(as(workspace, randomUUID(), hidden)).rejects.toThrow('row-level security')
})

test('the runtime role can neither delete nor renumber what was done, nor make tables', async () => {
  for (const sql of [
    'delete from helmward.change',
    'delete from helmward.version',
    'update helmward.change set seq = 1',
    "update helmward.version set digest = ''",
    'truncate helmward.change',
    'create table helmward.own (a int)',
    'alter table helmward.version disable row level security',
    'set role helmward_owner',
  ]) {
    await expect(runtime.query(sql), sql).rejects.toThrow(/permission denied|must be owner|does not exist/)
  }
})

test('the tables that the writer touches were never empty when their statements are planned', async () => {
  const { rows } = await owner.query(`select relname from pg_class
    where oid = any(array['helmward.change', 'helmward.version', 'helmward.head',
      'helmward.idempotency', 'helmward.errand']::regclass[]) and reltuples < 500`)
  expect(rows).toEqual([])
})

test('migrating again does nothing, also from two processes at once', async () => {
  const both = await Promise.all([again(), again()])
  expect(both).toEqual([[], []])
})

test('a database of a newer release is refused, and so is a step that was edited after its release', async () => {
  await expect(again([])).rejects.toMatchObject({ code: 'storage.newerSchema' })
  const edited = MIGRATIONS.map((step) => ({ ...step, sql: `${step.sql} -- edited` }))
  await expect(again(edited)).rejects.toMatchObject({ code: 'storage.changedMigration' })
})

test('a step that fails leaves the schema of the step before', async () => {
  const broken = { number: 999, name: 'broken', sql: 'create table helmward.half (a int); select 1 / 0' }
  await expect(again([...MIGRATIONS, broken])).rejects.toThrow('division by zero')
  const { rows } = await owner.query("select to_regclass('helmward.half') as half")
  expect(rows).toEqual([{ half: null }])
})

test('the owner is refused as runtime role, with the SQL that makes a fit one', async () => {
  const url = urlOf(database.owner)
  const refusal = openOwn({ runtime: url, owner: url })
  await expect(refusal).rejects.toMatchObject({ code: 'storage.unsafeRole' })
  await expect(refusal).rejects.toThrow('create role helmward_app login nosuperuser nocreaterole nobypassrls')
  await expect(openOwn({ runtime: url, owner: undefined })).rejects.toMatchObject({
    code: 'storage.ownerMissing',
  })
  const own = await openOwn({ runtime: urlOf(database.runtime), owner: url })
  expect(own.place).toContain('/')
})

function again(migrations = MIGRATIONS): Promise<number[]> {
  return migrate(database.owner, runtime.user ?? '', migrations)
}

async function as(workspace: string, projects: string, sql: string): Promise<Record<string, unknown>[]> {
  await runtime.query('begin')
  try {
    await runtime.query(
      "select set_config('helmward.workspace', $1, true), set_config('helmward.projects', $2, true)",
      [workspace, projects],
    )
    const { rows } = await runtime.query<Record<string, unknown>>(sql)
    await runtime.query('commit')
    return rows
  } catch (cause) {
    await runtime.query('rollback')
    throw cause
  }
}

function insertTask(workspace: string, project: string | null): string {
  const place = project ? `'${project}'` : 'null'
  return `insert into helmward.version (workspace, kind, id, project, from_seq, body, digest)
    values ('${workspace}', 'task', '${randomUUID()}', ${place}, 1, '{}', '')`
}

function urlOf(connection: TestDatabase['owner']): string {
  if ('connectionString' in connection) return connection.connectionString
  const { user, password, host, database: name } = connection
  return `postgres://${user}:${password}@/${name}?host=${encodeURIComponent(host)}`
}
