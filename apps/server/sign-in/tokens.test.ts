import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/access.ts'
import { ROOMS } from '../../rooms.ts'
import { type TestHouse, testHouse } from '../rest/test-house.ts'
import { machine } from '../world.ts'
import { newTokenSecret } from './tokens.ts'

let house: TestHouse
let manager: Actor
let erp: { id: string; tasks: readonly [string, string] }
let archive: { id: string }
let nowMs = Date.now()
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
beforeAll(async () => {
  house = await testHouse(ROOMS, { clock: () => nowMs })
  erp = await house.project('ERP')
  archive = await house.project('Archive')
  manager = await house.person('Manu Ortega', 'manager', erp.id)
  await grant(archive.id)
})
afterAll(() => house.close())

const grant = (project: string) =>
  house.system('role.grant', {
    id: machine.newId(),
    person: manager.id,
    role: house.roles.manager,
    in: project,
  })

/** Gives a token as the manager; answers its id and a way to ask with it. */
async function token(more: object) {
  const { secret, hash } = newTokenSecret()
  const id = machine.newId()
  await house.house.ledger.perform({
    actor: manager,
    action: 'token.add',
    via: 'test',
    input: { id, name: 'Assistant', permissions: ['*.read'], endsOn: daysFromNow(7), hash, ...more },
  })
  return { id, secret, hash, ...holder(secret) }
}

function holder(secret: string) {
  const send = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const answer = await house.server.inject({
      method,
      url,
      headers: { host: 'localhost', authorization: `Bearer ${secret}` },
      ...(payload ? { payload } : {}),
    })
    return { status: answer.statusCode, text: answer.body, json: JSON.parse(answer.body) }
  }
  return {
    get: (url: string) => send('GET', url),
    post: (url: string, body: object) => send('POST', url, body),
  }
}

const rename = () => ({ tasks: [{ id: erp.tasks[0], name: 'Analysis of interfaces' }] })

test('a token reads what its owner may read, and writes nothing it was not given', async () => {
  const reader = await token({})
  expect((await reader.get(`/api/schedule.show?project=${erp.id}`)).status).toBe(200)
  expect((await reader.post('/api/task.edit', rename())).json.code).toBe('access.denied')
  const writer = await token({ permissions: ['*.read', 'schedule.write'] })
  expect((await writer.post('/api/task.edit', rename())).status).toBe(200)
})

test('a token opens no more than its owner holds, whatever it names, and only its project', async () => {
  const all = await token({ permissions: ['*'], in: archive.id })
  expect((await all.get(`/api/schedule.show?project=${archive.id}`)).status).toBe(200)
  expect((await all.get(`/api/schedule.show?project=${erp.id}`)).status).toBe(404)
  const person = { id: machine.newId(), name: 'Nora Falk' }
  expect((await all.post('/api/person.add', person)).json.code).toBe('access.denied')
})

test('what was done with a token names the token and its owner', async () => {
  const { id, post } = await token({ name: 'Night job', permissions: ['schedule.write', '*.read'] })
  const { json } = await post('/api/task.edit', {
    tasks: [{ id: erp.tasks[0], name: 'Analysis, second round' }],
  })
  const [note] = await house.house.ledger.read(manager, (read) => read.changes(json.seq - 1, { limit: 1 }))
  expect(note?.actor).toEqual({ kind: 'token', id, name: 'Night job (Manu Ortega)' })
})

test('a token gives no token', async () => {
  const { post } = await token({ permissions: ['*'] })
  const more = {
    id: machine.newId(),
    name: 'Child',
    permissions: ['*'],
    endsOn: daysFromNow(7),
    hash: 'a'.repeat(64),
  }
  expect((await post('/api/token.add', more)).json.code).toBe('token.notAPerson')
})

test('the hash of a secret is shown to administrators alone', async () => {
  const { get, hash } = await token({})
  const { text } = await get('/api/records/token')
  expect(text).toContain('Assistant')
  expect(text).not.toContain(hash)
})

test('a token that was taken back, has ended, or whose owner has left opens nothing', async () => {
  const [revoked, ended, orphan] = [
    await token({}),
    await token({}),
    await token({ endsOn: daysFromNow(38) }),
  ]
  const look = (holder: { get: (url: string) => Promise<{ status: number }> }) =>
    holder.get('/api/project.list').then(({ status }) => status)
  expect(await look(revoked)).toBe(200)
  await house.house.ledger.perform({
    actor: manager,
    action: 'token.revoke',
    via: 'test',
    input: { id: revoked.id },
  })
  expect(await look(revoked)).toBe(401)
  nowMs = Date.now() + 8 * 86_400_000
  expect([await look(ended), await look(orphan)]).toEqual([401, 200])
  await house.system('person.edit', { id: manager.id, left: true })
  expect(await orphan.get(`/api/schedule.show?project=${erp.id}`)).toMatchObject({ status: 403 })
})
