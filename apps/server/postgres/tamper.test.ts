import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMIN, ANNA, BREST, id, type Stage, setUp } from '../../../kernel/ledger/harbour.ts'
import { postgresStore } from './store.ts'
import { newWorkspace, openTestDatabase, type TestDatabase } from './test-cluster.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const workspace = newWorkspace()
let database: TestDatabase
let owner: pg.Client
let stage: Stage
let built: number
let lengthened: number

beforeAll(async () => {
  database = await openTestDatabase()
  const store = postgresStore({ runtime: database.runtime, owner: database.owner, workspace })
  stage = await setUp({ store, tamper: async () => undefined }, sha256)
  const north = { harbour: BREST, id: id(10), name: 'North', lengthMetres: 120 }
  built = (await stage.perform(ANNA, 'pier.build', north)).seq
  lengthened = (await stage.perform(ANNA, 'pier.lengthen', { id: id(10), byMetres: 30 })).seq
  const tanker = { harbour: BREST, id: id(20), name: 'Tanker', master: 'Olga Petrova', feeCents: 990_000 }
  await stage.perform(ADMIN, 'ship.moor', tanker)
  await stage.perform(ADMIN, 'ship.forgetMaster', { id: id(20) })
  await stage.ledger.undo({ actor: ANNA, via: 'test', seq: lengthened })
  owner = new pg.Client(database.owner)
  await owner.connect()
})

afterAll(async () => {
  await owner.end()
  await stage.ledger.close()
  await database.end()
})

/** Does something with the owner's password, asks the audit, and puts everything back. */
async function badAfter(sql: string): Promise<number | undefined> {
  const mine = `set_config('helmward.workspace', '${workspace}', true), set_config('helmward.projects', '*', true)`
  const kept = ['change', 'version', 'latest']
  await owner.query(
    `begin; select ${mine}; ${kept.map((t) => `create temp table ${t}_kept as select * from helmward.${t} where workspace = '${workspace}'`).join('; ')}; ${sql}; commit`,
  )
  const { bad } = await stage.ledger.verify()
  const columns = async (table: string) =>
    (
      await owner.query(`select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
      where table_schema = 'helmward' and table_name = '${table}' and is_generated = 'NEVER'`)
    ).rows[0]?.names
  await owner.query(`begin; select ${mine}`)
  for (const table of kept) {
    const names = await columns(table)
    await owner.query(`delete from helmward.${table} where workspace = '${workspace}';
      insert into helmward.${table} (${names}) select ${names} from ${table}_kept; drop table ${table}_kept`)
  }
  await owner.query('commit')
  expect((await stage.ledger.verify()).bad).toBeUndefined()
  return bad?.seq
}

const here = `workspace = '${workspace}'`
const change = (set: string) => `update helmward.change set ${set} where ${here} and seq = `
const version = (set: string) =>
  `update helmward.version set ${set} where ${here} and kind = 'pier' and from_seq = `

test.each([
  ['its door', change(`via = 'cli'`)],
  ['its author', change(`actor = '{"kind": "person", "id": "${ADMIN.id}"}'`)],
  ['its verb', change(`action = 'pier.remove'`)],
  ['its instant', change(`at = at + interval '1 ms'`)],
  ['its input', change(`input = input || '{"lengthMetres": 1}'`)],
  ['what it undoes', change('undoes = 1')],
  ['its hash', change(`hash = 'f' || substr(hash, 2)`)],
  ['the body of a row it wrote', version(`body = body || '{"lengthMetres": 1}'`)],
  ['the project of a row it wrote', version(`project = '${id(2)}'`)],
  ['the kind of a row it wrote', version(`kind = 'ship'`)],
  ['the id of a row it wrote', version(`id = '${id(99)}'`)],
  ['the digest of a row it wrote', version(`digest = ''`)],
  ['a seal on a row without personal fields', version(`seal = '{"salt": "x", "fields": [], "erased": {}}'`)],
  [
    'a row that it wrote, gone',
    `delete from helmward.version where ${here} and kind = 'pier' and from_seq = `,
  ],
])('the audit names the change whose part was altered: %s', async (_what, sql) => {
  expect(await badAfter(`${sql} ${built}`)).toBe(built)
})

test('the audit names changes that ended a row too late, a change that is gone, and a false head', async () => {
  expect(await badAfter(`${version('to_seq = to_seq + 1')} ${built}`)).toBe(lengthened)
  expect(await badAfter(`delete from helmward.change where ${here} and seq = ${built}`)).toBe(built)
  const head = await stage.ledger.head()
  expect(await badAfter(`update helmward.latest set hash = 'f' where ${here}`)).toBe(head)
})

test('an erased name that is put back is named', async () => {
  const back = `update helmward.version set body = body || '{"master": "Olga Petrova"}'
    where ${here} and kind = 'ship' and to_seq is not null`
  expect(await badAfter(back)).toBeGreaterThan(lengthened)
})

test('of an erased name nothing is left in any column', async () => {
  await owner.query(`begin; select set_config('helmward.workspace', '${workspace}', true),
    set_config('helmward.projects', '*', true)`)
  for (const table of ['change', 'version', 'head', 'errand', 'idempotency', 'erasure']) {
    const { rows } = await owner.query(`select t::text as text from helmward.${table} t where ${here}
      and t::text ilike '%olga%'`)
    expect(rows, table).toEqual([])
  }
  await owner.query('commit')
})

test('a kept file that was altered is not given out', async () => {
  const hash = await stage.ledger.keep(new TextEncoder().encode('Berth plan'))
  await owner.query(`begin; select set_config('helmward.workspace', '${workspace}', true);
    update helmward.blob set bytes = 'Other plan' where ${here} and hash = '${hash}'; commit`)
  const read = stage.ledger.read(ADMIN, (reading) => reading.blob(hash))
  await expect(read).rejects.toMatchObject({ code: 'storage.fileDamaged' })
})
