import { createHash } from 'node:crypto'
import pg from 'pg'
import { Fault } from '../../../kernel/fault.ts'
import type { Connection } from './database.ts'
import { ledger } from './migrations/0001-ledger.ts'
import type { Migration } from './migrations/migration.ts'

/** All steps, in order; a new one is one file in `migrations/` and one line here. */
export const MIGRATIONS: readonly Migration[] = [ledger]

// Any number, as long as no other lock of Helmward uses it; held by a migrating process until it is done.
const MIGRATING = 7_373_000_001n

/**
 * Brings the database to this release's schema, as its owner, and gives the runtime role what it needs.
 * Each step is one transaction: a process killed in the middle leaves the step before. Safe to call from many
 * processes at once. Returns the numbers of the steps performed.
 * Faults: `storage.newerSchema`, `storage.changedMigration`.
 */
export async function migrate(
  owner: Connection,
  runtimeRole: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number[]> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATING])
    await client.query(BOOK)
    const done = await client.query<Done>(
      'select number, name, checksum from helmward.migration order by number',
    )
    refuseForeign(done.rows, migrations)
    const open = migrations.filter((step) => !done.rows.some((row) => row.number === step.number))
    for (const step of open) await perform(client, step)
    await client.query(grantsFor(runtimeRole))
    if (open.length) await client.query(ANALYSE)
    return open.map((step) => step.number)
  } finally {
    await client.end()
  }
}

type Done = { number: number; name: string; checksum: string }

/** The table of steps performed, made before the first. */
export const BOOK = `create schema if not exists helmward;
create table if not exists helmward.migration (
  number integer primary key, name text not null, checksum text not null, at timestamptz not null default now());
alter table helmward.migration enable row level security;
alter table helmward.migration force row level security;
do $$ begin
  if not exists (select 1 from pg_policy where polrelid = 'helmward.migration'::regclass) then
    create policy book on helmward.migration using (true) with check (true);
  end if;
end $$;`

const ANALYSE =
  'analyze helmward.change, helmward.version, helmward.head, helmward.idempotency, helmward.errand, helmward.latest'

async function perform(client: pg.Client, step: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(step.sql)
    await client.query('insert into helmward.migration (number, name, checksum) values ($1, $2, $3)', [
      step.number,
      step.name,
      checksumOf(step),
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw cause
  }
}

function refuseForeign(done: readonly Done[], migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.number ?? 0
  const newer = done.find((row) => row.number > newest)
  if (newer) {
    throw new Fault(
      'storage.newerSchema',
      `This database was written by a newer Helmward (schema ${done.at(-1)?.number}; this one knows ${newest}). ` +
        'Start that release or a later one, or restore a backup made by this one.',
      { database: done.at(-1)?.number ?? null, known: newest },
    )
  }
  for (const row of done) {
    const step = migrations.find((each) => each.number === row.number)
    if (step && checksumOf(step) === row.checksum) continue
    throw new Fault(
      'storage.changedMigration',
      `Step ${row.number} (${row.name}) of the schema is not the one that this database was made with.`,
      { number: row.number, name: row.name },
    )
  }
}

function checksumOf(step: Migration): string {
  return createHash('sha256').update(step.sql).digest('hex')
}

/**
 * What the runtime role may do. The past is nearly out of its reach: changes and versions cannot be deleted;
 * of them only the end of a version and what an erasure empties can be written again.
 */
function grantsFor(role: string): string {
  const who = pg.escapeIdentifier(role)
  return `grant usage on schema helmward to ${who};
grant select on all tables in schema helmward to ${who};
grant insert on helmward.change, helmward.version, helmward.head, helmward.latest, helmward.blob,
  helmward.errand, helmward.idempotency, helmward.erasure to ${who};
grant update (input, input_seal) on helmward.change to ${who};
grant update (to_seq, body, seal, unique_key) on helmward.version to ${who};
grant update (seq) on helmward.head to ${who};
grant update (seq, hash, at) on helmward.latest to ${who};
grant update (state) on helmward.errand to ${who};
grant delete on helmward.idempotency to ${who};`
}
