import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fault } from '../../../kernel/fault.ts'
import { startEmbedded } from './embedded.ts'
import { placesIn } from './folders.ts'
import { isAlive, readPidFile } from './living.ts'
import { openDatabase } from './open.ts'
import { temporaryFolder } from './test-cluster.ts'

const { folder, remove } = temporaryFolder()
const base = join(folder, 'data')
const places = placesIn(base)
const starter = join(import.meta.dirname, 'test-owner.ts')
const children: ChildProcess[] = []

beforeAll(async () => {
  const database = await startEmbedded({ folder: base })
  await runSql(database.owner, 'create table kept (word text)')
  await runSql(database.owner, "insert into kept values ('first')")
  await database.stop()
})

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  const left = readPidFile(places.data)
  if (left && isAlive(left.pid)) process.kill(left.pid, 'SIGQUIT')
  remove()
})

test('a second start finds the data of the first, well below a second', async () => {
  const startsMs: number[] = []
  for (let start = 0; start < 3; start += 1) {
    const begun = performance.now()
    const database = await startEmbedded({ folder: base })
    startsMs.push(performance.now() - begun)
    expect(await runSql(database.owner, 'select word from kept')).toEqual([{ word: 'first' }])
    await database.stop()
  }
  // The best of three, since other tests run beside this one.
  expect(Math.min(...startsMs)).toBeLessThan(1_000)
  expect(existsSync(join(places.data, 'postmaster.pid'))).toBe(false)
})

test('the environment names the folder, and the schema is there when it opens', async () => {
  const database = await openDatabase({ HELMWARD_DATA: base })
  expect(database.place).toBe(base)
  expect(await runSql(database.runtime, 'select number from helmward.migration limit 1')).toEqual([
    { number: 1 },
  ])
  await database.stop()
})

test('only its account may read the data, only we the secret, and no port is opened', async () => {
  expect(statSync(places.data).mode & 0o777).toBe(0o700)
  expect(statSync(places.secret).mode & 0o777).toBe(0o600)
  expect(statSync(places.lock).mode & 0o777).toBe(0o600)
  const database = await startEmbedded({ folder: base })
  const shown = await runSql(
    database.runtime,
    "select current_setting('listen_addresses') as listening, " +
      "current_setting('fsync') as fsync, (select rolsuper from pg_roles where rolname = current_user) as super",
  )
  expect(shown).toEqual([{ listening: '', fsync: 'on', super: false }])
  await expect(runSql({ ...database.runtime, password: 'wrong' }, 'select 1')).rejects.toThrow('password')
  await database.stop()
})

test('a second process on the folder is refused with the address of the first', async () => {
  const owner = await ownerProcess()
  const refusal = await startEmbedded({ folder: base }).catch((fault: Fault) => fault)
  expect(refusal).toMatchObject({
    code: 'storage.inUse',
    facts: { address: 'http://127.0.0.1:7373', process: owner.pid },
  })
  expect((refusal as Fault).message).toContain('http://127.0.0.1:7373')
  owner.kill('SIGTERM')
  await once(owner, 'exit')
  const database = await startEmbedded({ folder: base })
  expect(database.adopted).toBe(false)
  await database.stop()
})

test('a server whose owner was killed is adopted, its old sessions ended, its data kept', async () => {
  const owner = await ownerProcess()
  const server = serverPid()
  await killed(owner)
  const database = await startEmbedded({ folder: base })
  expect(database.adopted).toBe(true)
  expect(readPidFile(places.data)?.pid).toBe(server)
  expect(await runSql(database.owner, 'select word from kept')).toEqual([{ word: 'first' }])
  await database.stop()
})

test('after the death of owner and server the next start recovers', async () => {
  const owner = await ownerProcess()
  const server = serverPid()
  await killed(owner)
  process.kill(server, 'SIGKILL')
  const database = await startEmbedded({ folder: base })
  expect(database.adopted).toBe(false)
  expect(await runSql(database.owner, 'select word from kept')).toEqual([{ word: 'first' }])
  await database.stop()
})

test('on Linux the server stops cleanly by itself when its owner is killed', async (context) => {
  if (process.platform !== 'linux') context.skip()
  const owner = await ownerProcess('end-with-owner')
  const server = serverPid()
  await killed(owner)
  await expect.poll(() => isAlive(server), { timeout: 10_000 }).toBe(false)
  expect(readFileSync(places.log, 'utf8').trimEnd().split('\n').at(-1)).toContain(
    'database system is shut down',
  )
})

test('of three that start at once on a living orphan one owns the data and two are refused by name', async () => {
  await killed(await ownerProcess())
  const outcomes = await Promise.all([1, 2, 3].map(() => startedOrRefused()))
  expect(outcomes.map(({ said }) => said).sort()).toEqual(['owns', 'storage.inUse', 'storage.inUse'])
  const owner = outcomes.find(({ said }) => said === 'owns')
  owner?.child.kill('SIGTERM')
  if (owner) await once(owner.child, 'exit')
})

test('a postmaster.pid with the number of another living process does not keep the data shut', async () => {
  const line = [process.pid, places.data, 1, 5432, join(base, 'run'), '', '  1  1', 'ready', '']
  writeFileSync(join(places.data, 'postmaster.pid'), line.join('\n'))
  const database = await startEmbedded({ folder: base })
  expect(database.adopted).toBe(false)
  await database.stop()
})

test('the copy of a folder never adopts the server of the original', async () => {
  const owner = await ownerProcess()
  const copy = join(folder, 'copy')
  const stopped = copyOfRunning(copy)
  const database = await startEmbedded({ folder: copy })
  expect(database.adopted).toBe(false)
  expect(readPidFile(placesIn(copy).data)?.pid).not.toBe(stopped)
  expect(isAlive(stopped)).toBe(true)
  await database.stop()
  owner.kill('SIGTERM')
  await once(owner, 'exit')
})

test('a database without its secret is refused rather than made anew', async () => {
  const kept = readFileSync(places.secret)
  rmSync(places.secret)
  await expect(startEmbedded({ folder: base })).rejects.toMatchObject({ code: 'storage.secretLost' })
  writeFileSync(places.secret, kept, { mode: 0o600 })
})

test('a making that was broken off leaves nothing in the way', async () => {
  const fresh = join(folder, 'fresh')
  mkdirSync(join(fresh, 'postgres.draft', 'base'), { recursive: true })
  writeFileSync(join(fresh, 'postgres.draft', 'PG_VERSION'), '18\n')
  chmodSync(fresh, 0o755)
  const database = await startEmbedded({ folder: fresh })
  expect(await runSql(database.runtime, 'select 1 as one')).toEqual([{ one: 1 }])
  await database.stop()
})

async function ownerProcess(mode = 'leave-server'): Promise<ChildProcess> {
  const { child, said } = await startedOrRefused(mode)
  expect(said).toBe('owns')
  return child
}

async function startedOrRefused(mode = 'leave-server'): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [starter, base, mode], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [first]: [Buffer] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: first.toString().trim() }
}

// Never 0, which would mean all of our own process group.
function serverPid(): number {
  const pid = readPidFile(places.data)?.pid
  if (!pid) throw new Error('no server is running')
  return pid
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

// A server writes while it is copied, so its files are settled first.
function copyOfRunning(copy: string): number {
  const server = serverPid()
  process.kill(server, 'SIGSTOP')
  mkdirSync(copy)
  cpSync(places.secret, placesIn(copy).secret)
  cpSync(places.data, placesIn(copy).data, { recursive: true, preserveTimestamps: true })
  process.kill(server, 'SIGCONT')
  giveTo(statSync(places.data), placesIn(copy).data)
  return server
}

function giveTo({ uid, gid }: { uid: number; gid: number }, path: string): void {
  chownSync(path, uid, gid)
  if (!statSync(path).isDirectory()) return
  for (const name of readdirSync(path)) giveTo({ uid, gid }, join(path, name))
}

async function runSql(connection: pg.ClientConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}
