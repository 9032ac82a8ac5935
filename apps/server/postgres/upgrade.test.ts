import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { dumpOf, restore, unpack } from './fixtures/dump.ts'
import { BOOK, MIGRATIONS, migrate } from './migrate.ts'
import { runtimeRole } from './open.ts'
import { postgresStore } from './store.ts'
import { openEmptyDatabase } from './test-cluster.ts'
import { planLedger } from './test-plan.ts'

const folder = join(import.meta.dirname, 'fixtures')
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.json.gz'))

test('a database of every released schema is kept as a fixture', () => {
  expect(fixtures).toHaveLength(MIGRATIONS.length)
})

test.each(fixtures)(
  "%s comes to today's schema with all that people said, and its chain holds",
  async (name) => {
    const dump = unpack(readFileSync(join(folder, name)))
    const database = await openEmptyDatabase()
    const owner = new pg.Client(database.owner)
    await owner.connect()
    await restore(owner, BOOK, dump)
    const performed = await migrate(database.owner, await runtimeRole(database))
    expect(performed).toEqual(MIGRATIONS.map(({ number }) => number).filter((number) => number > dump.schema))
    const store = postgresStore({ runtime: database.runtime, workspace: dump.workspace })
    const ledger = planLedger(store)
    const audit = await ledger.verify()
    expect(audit).toMatchObject({
      changes: dump.tables.change?.length,
      versions: dump.tables.version?.length,
    })
    expect(audit.bad).toBeUndefined()
    const after = await dumpOf(owner, dump.workspace, [])
    expect(said(after.tables.version)).toEqual(said(dump.tables.version))
    expect(said(after.tables.blob)).toEqual(said(dump.tables.blob))
    expect(JSON.stringify(after)).not.toContain('Bruno Castell')
    await owner.end()
    await ledger.close()
    await database.end()
  },
)

/** What people said, whatever columns a later schema adds. */
function said(rows: readonly Record<string, unknown>[] = []): unknown[] {
  return rows
    .map(({ kind, id, project, from_seq, to_seq, body, bytes }) =>
      JSON.stringify({ kind, id, project, from_seq, to_seq, body, bytes }),
    )
    .sort()
}
