import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { ledgerContract } from '../../../kernel/ledger/contract.ts'
import { postgresStore } from './store.ts'
import { newWorkspace, openTestDatabase, type TestDatabase } from './test-cluster.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})

afterAll(() => database.end())

ledgerContract(
  'PostgreSQL',
  async () => {
    const workspace = newWorkspace()
    const store = postgresStore({ runtime: database.runtime, owner: database.owner, workspace })
    return { store, tamper: (kind, id, body) => tamper(workspace, kind, id, body) }
  },
  sha256,
)

// As somebody would who has the owner's password.
async function tamper(workspace: string, kind: string, id: string, body: unknown): Promise<void> {
  const client = new pg.Client(database.owner)
  await client.connect()
  await client.query(`begin; select set_config('helmward.workspace', '${workspace}', true),
    set_config('helmward.projects', '*', true)`)
  await client.query(
    'update helmward.version set body = $1 where workspace = $2 and kind = $3 and id = $4 and to_seq is null',
    [JSON.stringify(body), workspace, kind, id],
  )
  await client.query('commit')
  await client.end()
}
