import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SYSTEM } from '../../../kernel/access.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Ledger } from '../../../kernel/ledger/ledger.ts'
import type { Seq, Store } from '../../../kernel/ledger/store.ts'
import { APPEND } from './append.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { type PostgresStore, postgresStore } from './store.ts'
import { newWorkspace, openTestDatabase, type TestDatabase, temporaryFolder } from './test-cluster.ts'
import { newId, planLedger } from './test-plan.ts'

let database: TestDatabase
const open: Ledger[] = []

beforeAll(async () => {
  database = await openTestDatabase()
})

afterAll(async () => {
  for (const ledger of open) await ledger.close()
  await database.end()
})

test('two processes on one workspace number their changes without gap or double', async () => {
  const workspace = newWorkspace()
  const [here, there] = [ledgerOn(workspace), ledgerOn(workspace)]
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, index) => addStep(index % 2 ? here : there, newId())),
  )
  const seqs = outcomes.map(({ seq }) => seq).sort((a, b) => a - b)
  expect(seqs).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
  expect((await here.verify()).bad).toBeUndefined()
})

test('a process hears the commits of another, also those made while its line was cut', async () => {
  const workspace = newWorkspace()
  const [writer, listener] = [ledgerOn(workspace), ledgerOn(workspace)]
  const heard: Seq[] = []
  const stop = listener.onCommit((seq) => heard.push(seq))
  await expect.poll(() => listeningBackends(), { timeout: 20_000 }).toBeGreaterThan(0)
  const first = await addStep(writer, newId())
  await expect.poll(() => heard.at(-1), { timeout: 20_000 }).toBe(first.seq)
  await endBackends("query like 'listen%'")
  const second = await addStep(writer, newId())
  await expect.poll(() => heard.at(-1), { timeout: 20_000 }).toBe(second.seq)
  expect(heard).toEqual([...new Set(heard)].sort((a, b) => a - b))
  stop()
})

test('a reader of one project gets no row and no change of another', async () => {
  const { ledger, store } = pairOn(newWorkspace())
  const [mine, other] = [newId(), newId()]
  const kept = await addStep(ledger, mine)
  await addStep(ledger, other)
  await ledger.perform(said('plan.hire', { id: newId(), code: 'P-001', name: 'Ana Pereira' }))
  const scope = { projects: new Set([mine]) }
  await store.read(scope, async (reader) => {
    expect((await reader.list('task', {})).map(({ project }) => project)).toEqual([mine, mine])
    expect(await reader.list('task', { project: other })).toEqual([])
    expect(await reader.list('person', {})).toHaveLength(1)
    expect((await reader.changes(0, 100)).map(({ seq }) => seq)).toEqual([kept.seq, kept.seq + 2])
    expect((await reader.written(0, 100)).began.filter(({ project }) => project === other)).toEqual([])
    expect((await reader.head()).seq).toBe(kept.seq + 2)
  })
  await store.read({ projects: new Set() }, async (reader) => {
    expect(await reader.list('task', {})).toEqual([])
  })
})

test('a project as text says what its rows say', async () => {
  const { ledger, store } = pairOn(newWorkspace())
  const project = newId()
  for (let step = 0; step < 5; step += 1) await addStep(ledger, project)
  await addStep(ledger, newId())
  await ledger.perform(said('plan.hire', { id: newId(), code: 'P-001', name: 'Ana "Bo" Pereira' }))
  const wanted = { project, kinds: ['task', 'link', 'absence'], shared: ['person'] }
  const { seq, text } = await store.projectText({ projects: new Set([project]) }, wanted)
  const parsed = JSON.parse(text) as Record<string, Record<string, unknown>[]>
  expect(seq).toBe(await ledger.head())
  expect(Object.keys(parsed)).toEqual(['task', 'link', 'absence', 'person'])
  const tasks = await store.read({ projects: 'all' }, (reader) => reader.list('task', { project }))
  expect(parsed.task).toEqual(tasks.map(({ body, id, fromSeq }) => ({ ...body, id, project, seq: fromSeq })))
  expect(parsed.absence).toEqual([])
  expect(parsed.person?.[0]).toMatchObject({ name: 'Ana "Bo" Pereira', project: null })
})

test('a connection that breaks before the commit costs a repetition, not a change', async () => {
  const { store } = pairOn(newWorkspace())
  const state = { broken: 0 }
  const breaking: Store = {
    ...store,
    transact: (work) =>
      store.transact(async (session, head) => {
        const result = await work(session, head)
        state.broken += 1
        if (state.broken === 1) await endBackends("query like 'with ended%'")
        return result
      }),
  }
  const ledger = planLedger(breaking)
  const outcomes = await Promise.all([addStep(ledger, newId()), addStep(ledger, newId())])
  expect(outcomes.map(({ seq }) => seq)).toEqual([1, 2])
  expect(state.broken).toBe(2)
})

test('after a commit of unknown outcome nothing is done a second time', async () => {
  const workspace = newWorkspace()
  const { store } = pairOn(workspace)
  const lying: Store = {
    ...store,
    transact: async (work) => {
      await store.transact(work)
      throw new Fault('storage.outcomeUnknown', 'The connection broke.')
    },
  }
  const ledger = planLedger(lying)
  const outcomes = await Promise.allSettled([addStep(ledger, newId()), addStep(ledger, newId())])
  expect(outcomes.map((each) => each.status === 'rejected' && (each.reason as Fault).code)).toEqual([
    'storage.outcomeUnknown',
    'storage.outcomeUnknown',
  ])
  const links = await store.read({ projects: 'all' }, (reader) => reader.list('link', {}))
  expect(links).toHaveLength(2)
})

test('bytes are kept once under their digest, and only in their workspace', async () => {
  const [{ store }, { store: other }] = [pairOn(newWorkspace()), pairOn(newWorkspace())]
  const bytes = new TextEncoder().encode('minutes of the kick-off')
  const hash = await store.keep(bytes)
  expect(await store.keep(bytes)).toBe(hash)
  const found = await store.read({ projects: 'all' }, (reader) => reader.blob(hash))
  expect(new TextDecoder().decode(found)).toBe('minutes of the kick-off')
  expect(await other.read({ projects: 'all' }, (reader) => reader.blob(hash))).toBeUndefined()
})

test('the plan of a write looks rows up by index from the first write on', async () => {
  const client = new pg.Client(database.runtime)
  await client.connect()
  await client.query('set plan_cache_mode = force_generic_plan')
  const types = ['uuid', ...Array.from({ length: 7 }, () => 'jsonb'), 'bigint']
  await client.query(`prepare write_batch (${types.join(', ')}) as ${APPEND}`)
  const values = [`'${newWorkspace()}'`, ...Array.from({ length: 7 }, () => "'[]'"), '1']
  const { rows } = await client.query(`explain execute write_batch (${values.join(', ')})`)
  const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n')
  expect(plan).toContain('Index Scan using version_now on version')
  expect(plan).not.toMatch(/Seq Scan on (version|head|change)/)
  await client.end()
})

test('listeners and writers go on when the server was started again', async () => {
  const { folder, remove } = temporaryFolder()
  const first = await startEmbedded({ folder: join(folder, 'data') })
  await migrate(first.owner, 'helmward_app')
  const store = postgresStore({ runtime: first.runtime, workspace: newWorkspace() })
  const ledger = planLedger(store)
  const heard: Seq[] = []
  ledger.onCommit((seq) => heard.push(seq))
  await addStep(ledger, newId())
  await first.stop()
  await expect(addStep(ledger, newId())).rejects.toMatchObject({ code: 'storage.unreachable' })
  const second = await startEmbedded({ folder: join(folder, 'data') })
  expect((await addStep(ledger, newId())).seq).toBe(2)
  await expect.poll(() => heard, { timeout: 20_000 }).toEqual([1, 2])
  await ledger.close()
  await second.stop()
  remove()
})

function pairOn(workspace: string): { ledger: Ledger; store: PostgresStore } {
  const store = postgresStore({ runtime: database.runtime, owner: database.owner, workspace })
  const ledger = planLedger(store)
  open.push(ledger)
  return { ledger, store }
}

function ledgerOn(workspace: string): Ledger {
  return pairOn(workspace).ledger
}

function addStep(ledger: Ledger, project: string) {
  const input = { project, first: newId(), second: newId(), link: newId(), name: 'Claims interface' }
  return ledger.perform(said('plan.addStep', input))
}

function said(action: string, input: unknown) {
  return { actor: SYSTEM, via: 'test', action, input }
}

async function listeningBackends(): Promise<number> {
  const rows = await askAsRuntime("select 1 from pg_stat_activity where query like 'listen%'")
  return rows.length
}

// A role may end the sessions of its own.
async function endBackends(which: string): Promise<void> {
  await askAsRuntime(`select pg_terminate_backend(pid, 2000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and ${which}`)
}

async function askAsRuntime(sql: string): Promise<unknown[]> {
  const client = new pg.Client(database.runtime)
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}
