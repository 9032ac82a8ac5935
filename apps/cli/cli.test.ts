import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../server/postgres/database.ts'
import { openTestDatabase, temporaryFolder } from '../server/postgres/test-cluster.ts'

const root = join(import.meta.dirname, '..', '..')
const bin = join(root, 'bin', 'helmward.js')
const fixture = join(root, 'exchange/mspdi/fixtures/clinic-move.xml')
const { folder, remove } = temporaryFolder()
// The house's own variables must not send a test to somebody's real data.
const environment = { PATH: process.env.PATH ?? '', HELMWARD_DATA: join(folder, 'data') }

type Ended = { code: number | null; out: string; refusal: string }

/** Runs one command to its end. */
function helmward(...args: string[]): Promise<Ended> {
  return runIn(environment, ...args)
}

async function runIn(env: Record<string, string>, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...args], { env, cwd: folder })
  const texts = { out: '', refusal: '' }
  child.stdout.on('data', (piece: Buffer) => {
    texts.out += piece
  })
  child.stderr.on('data', (piece: Buffer) => {
    texts.refusal += piece
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...texts }
}

/** Starts a server and waits for what it prints. */
async function start(
  ...args: string[]
): Promise<{ child: ChildProcess; greeting: string; address: string; link: string }> {
  const child = spawn(process.execPath, [bin, 'serve', '--empty', ...args], { env: environment, cwd: folder })
  let text = ''
  for await (const piece of child.stdout) {
    text += piece
    if (text.includes('Ctrl+C')) break
  }
  const address = /http:\/\/localhost:\d+/.exec(text)?.[0] ?? ''
  return { child, greeting: text, address, link: /http\S+token=\S+/.exec(text)?.[0] ?? '' }
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM')
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}

let server: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  server = await start('--port', '0')
})
afterAll(async () => {
  if (server.child.exitCode === null) server.child.kill('SIGKILL')
  remove()
})

const json = async (...args: string[]) => JSON.parse((await helmward(...args, '--json')).out)

test('the start prints the address and one link, by which the administrator is signed in', async () => {
  expect(server.greeting).toContain('Helmward is ready.')
  expect(server.greeting.match(/token=/g)).toHaveLength(1)
  const token = new URL(server.link).searchParams.get('token')
  const signed = await fetch(`${server.address}/api/sign-in/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  expect(signed.status).toBe(200)
  const cookie = signed.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const me = await (await fetch(`${server.address}/api/me`, { headers: { cookie } })).json()
  expect(me).toMatchObject({ actor: { name: 'Administrator' }, seq: 2 })
})

test('a second server on the same data is refused and told where the first one answers', async () => {
  const second = await helmward('serve', '--empty')
  expect(second.code).toBe(2)
  expect(second.refusal).toBe(
    `storage.inUse: Helmward is running on this data already: ${server.address}. Use that one, or stop it first.\n`,
  )
})

test('actions, questions and registers are commands', async () => {
  const done = await json('project', 'create', '--name', 'ERP replacement', '--start', '2026-01-05T08:00:00')
  const { project } = done.output
  const task = ['--project', project, '--name', 'Analysis', '--duration-minutes', '2400']
  const added = await json('task', 'create', ...task)
  const shown = await json('schedule', 'show', '--project', project)
  expect(shown.tasks).toMatchObject([
    { name: 'Analysis', durationMinutes: 2400, finish: '2026-01-09T17:00:00' },
  ])
  expect((await json('task', 'list', '--project', project)).rows).toMatchObject([{ name: 'Analysis' }])
  expect((await helmward('project', 'list')).out).toMatch(/ERP replacement/)
  const refused = await helmward('task', 'create', '--project', project)
  expect([refused.code, refused.out]).toEqual([2, ''])
  expect(refused.refusal).toMatch(/^input\.invalid: /)
  expect((await json('change', 'undo', '--seq', String(added.seq))).output).toEqual({ undone: added.seq })
  expect((await json('task', 'list', '--project', project)).rows).toEqual([])
})

test('what nobody can do is refused in a sentence, without a stack trace', async () => {
  for (const [args, code] of [
    [['task', 'explode'], 'command.unknown'],
    [['serve', '--colour'], 'command.usage'],
    [['audit'], 'command.usage'],
    [['person', 'list', '--as', 'nobody@harborline.example'], 'person.missing'],
    [['schedule', 'nowhere.xml'], 'file.missing'],
  ] as const) {
    const refused = await helmward(...args)
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.refusal).toMatch(new RegExp(`^${code}: \\S`))
    expect(refused.refusal).not.toMatch(/ {4}at |\.ts:/)
  }
})

test('a reader that stops reading ends nothing badly', async () => {
  const child = spawn(process.execPath, [bin, 'schedule', fixture, '--json'], {
    env: environment,
    cwd: folder,
  })
  child.stdout.destroy()
  let refusal = ''
  child.stderr.on('data', (piece: Buffer) => {
    refusal += piece
  })
  const [code] = await once(child, 'close')
  expect([code, refusal]).toEqual([0, ''])
})

test('a plan file is scheduled without any server', async () => {
  const plan = await json('schedule', fixture)
  expect(plan.tasks.length).toBeGreaterThan(10)
  expect(plan.project.start).toMatch(/^\d{4}-\d\d-\d\dT/)
})

test('a Primavera plan becomes a table, and the table is a plan with the same tasks', async () => {
  const depot = join(root, 'exchange/xer/fixtures/depot.xer')
  const [written, copy] = [join(folder, 'depot.csv'), join(folder, 'depot.xml')]
  const { loss } = await json('convert', depot, written)
  expect(loss.counts.leftOut).toBeGreaterThan(0)
  const names = async (path: string) =>
    (await json('schedule', path)).tasks.map((task: { name: string }) => task.name)
  const before = await names(depot)
  expect(before).toContain('Müllplatz räumen')
  expect(await names(written)).toEqual(before)
  await json('convert', depot, copy)
  const dates = async (path: string) =>
    (await json('schedule', path)).tasks.map(({ name, start, finish }: Record<string, string>) => [
      name,
      start,
      finish,
    ])
  expect(await dates(copy)).toEqual(await dates(depot))
})

test('a plan file is checked by fourteen points without any server', async () => {
  const { score, points } = await json('check', fixture)
  expect(score).toBeGreaterThan(0)
  expect(points.map(({ number }: { number: number }) => number)).toEqual(
    Array.from({ length: 14 }, (_, n) => n + 1),
  )
  for (const { pass, value, offenders } of points) {
    expect(pass === null).toBe(value === null)
    expect(offenders.every((uid: unknown) => Number.isInteger(uid))).toBe(true)
  }
})

test('a language model reads with the rights of the person it was started for, and cites the sequence', async () => {
  const { output } = await json(
    'project',
    'create',
    '--name',
    'Clinic move',
    '--start',
    '2026-03-02T08:00:00',
  )
  await helmward('task', 'create', '--project', output.project, '--name', 'Pack the archive')
  const viewer = await json('person', 'add', '--name', 'Vera Lind', '--email', 'vera@harborline.example')
  expect(viewer.wrote).toHaveLength(1)
  const connect = async (as: string) => {
    const client = new Client({ name: 'test', version: '1' })
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [bin, 'mcp', '--as', as],
        env: environment,
        cwd: folder,
      }),
    )
    return client
  }
  const administrator = await connect('administrator@helmward.local')
  const { tools } = await administrator.listTools()
  expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['people', 'project', 'schedule']))
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true)
  const ask = async (client: Client, tool: string, args: Record<string, unknown>) => {
    const answer = await client.callTool({ name: tool, arguments: args })
    const [content] = answer.content as [{ text: string }]
    return { isError: answer.isError === true, ...JSON.parse(content.text) }
  }
  const input = { project: output.project }
  const seen = await ask(administrator, 'schedule', { ask: 'schedule.show', input })
  expect(seen.answer.tasks).toMatchObject([{ name: 'Pack the archive' }])
  expect(seen.seq).toBeGreaterThan(1)
  const listed = await ask(administrator, 'schedule', { ask: 'task.list', input: { q: 'archive' } })
  expect(listed.answer.rows).toHaveLength(1)
  expect(await ask(administrator, 'schedule', { ask: 'task.edit', input: {} })).toMatchObject({
    isError: true,
    code: 'query.unknown',
  })
  await administrator.close()
  const vera = await connect('vera@harborline.example')
  const refused = await ask(vera, 'schedule', { ask: 'schedule.show', input })
  expect(refused.isError).toBe(true)
  expect(JSON.stringify(refused)).not.toContain('archive')
  await vera.close()
  const nobody = await helmward('mcp', '--as', 'nobody@harborline.example')
  expect(nobody.refusal).toMatch(/^person\.missing: /)
})

test('the chain is verified through the running server and on the stopped data', async () => {
  const running = await json('audit', 'verify')
  expect(running.changes).toBeGreaterThan(3)
  expect(running.bad).toBeUndefined()
  expect(await stop(server.child)).toBe(0)
  expect(await json('audit', 'verify')).toEqual(running)
  const refused = await helmward('project', 'list')
  expect([refused.code, refused.refusal.split(':')[0]]).toEqual([2, 'server.notRunning'])
})

test('a start on existing data takes the next free port when 7373 is taken', async () => {
  const taken = createServer()
  // Somebody else on this machine may have it already: all the same.
  const settled = new Promise((resolve) => taken.once('listening', resolve).once('error', resolve))
  taken.listen(7373, '127.0.0.1')
  await settled
  server = await start()
  expect(Number(new URL(server.address).port)).toBeGreaterThan(7373)
  expect((await helmward('serve', '--port', '7373')).refusal).toMatch(/^storage\.inUse: /)
  expect(await stop(server.child)).toBe(0)
  taken.close()
})

function urlOf(connection: Connection): string {
  if ('connectionString' in connection) return connection.connectionString
  const { host, user, password, database } = connection
  return `postgresql://${user}:${password}@localhost/${database}?host=${encodeURIComponent(host)}`
}

test("on the user's own PostgreSQL commands need no running server, and an edit below the ledger is named", async () => {
  const database = await openTestDatabase()
  const env = {
    PATH: environment.PATH,
    HELMWARD_DATA: join(folder, 'own'),
    DATABASE_URL: urlOf(database.runtime),
    DATABASE_OWNER_URL: urlOf(database.owner),
  }
  const added = await runIn(env, 'person', 'add', '--name', 'Nora Falk', '--json')
  expect([added.refusal, added.code]).toEqual(['', 0])
  const { seq } = JSON.parse(added.out)
  expect(JSON.parse((await runIn(env, 'audit', 'verify', '--json')).out)).toMatchObject({ changes: seq })
  const owner = new pg.Client(database.owner)
  await owner.connect()
  await owner.query(
    "select set_config('helmward.workspace', $1, false), set_config('helmward.projects', '*', false)",
    ['00000000-0000-7000-8000-000000000001'],
  )
  const sql = `update helmward.version set body = jsonb_set(body, '{type}', '"vendor"') where kind = 'organisation'`
  expect((await owner.query(sql)).rowCount).toBe(1)
  await owner.end()
  const verified = await runIn(env, 'audit', 'verify')
  expect([verified.code, verified.out]).toEqual([
    1,
    expect.stringMatching(
      /^The chain breaks at change 1 of 3: organisation \S+ is not what was written\.\n$/,
    ),
  ])
  await database.end()
})
