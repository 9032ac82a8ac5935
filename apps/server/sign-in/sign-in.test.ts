import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { pairsOf, type TestHouse, testHouse } from '../rest/test-house.ts'
import { machine } from '../world.ts'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse()
})
afterAll(() => house.close())

const cookiesOf = (headers: Record<string, unknown>) => pairsOf([headers['set-cookie']].flat().map(String))

test('a one-time link signs its holder in once, also when it is opened twice at the same time', async () => {
  const { token } = await house.house.signIn.issueLink(house.administrator.id)
  expect(token.length).toBeGreaterThanOrEqual(32)
  const answers = await Promise.all([1, 2, 3].map(() => house.anybody.post('/api/sign-in/link', { token })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401])
  const cookie = String(answers.find(({ status }) => status === 200)?.headers['set-cookie'])
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Lax/)
  const late = await house.anybody.post('/api/sign-in/link', { token })
  expect(late.json.code).toBe('signIn.linkSpent')
})

test('a link is dead after fifteen minutes', async () => {
  const { token } = await house.house.signIn.issueLink(house.administrator.id)
  vi.useFakeTimers({ now: Date.now() + 15 * 60_000 + 1000, toFake: ['Date'] })
  const late = await house.anybody.post('/api/sign-in/link', { token })
  vi.useRealTimers()
  expect(late.status).toBe(401)
})

test('whoever came by link chooses a password, signs in with it, and other sessions end', async () => {
  const petra = await house.person('Petra Novak', 'member')
  const other = await house.as(petra)
  const here = await house.as(petra)
  expect((await here.post('/api/me/password', { password: 'short' })).json.code).toBe('password.tooShort')
  expect((await here.post('/api/me/password', { password: 'twelve harbour cranes' })).status).toBe(200)
  expect((await other.get('/api/me')).status).toBe(401)
  expect((await here.get('/api/me')).status).toBe(200)
  const signed = await house.anybody.post('/api/sign-in', {
    email: 'Petra@Harborline.example',
    password: 'twelve harbour cranes',
  })
  expect(signed.status).toBe(200)
  const byPassword = await house.server.inject({
    method: 'POST',
    url: '/api/me/password',
    headers: { host: 'localhost', cookie: cookiesOf(signed.headers) },
    payload: { password: 'another long phrase' },
  })
  expect(byPassword.statusCode).toBe(401)
})

test('a wrong password and an unknown address get the same answer', async () => {
  const ask = (email: string) => house.anybody.post('/api/sign-in', { email, password: 'wrong wrong wrong' })
  const answers = await Promise.all([
    ask('ada@harborline.example'),
    ask('nobody@harborline.example'),
    ask('no address'),
  ])
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
  expect(answers[0]?.json.code).toBe('signIn.wrong')
})

test('a person who has left is signed out at once', async () => {
  const olaf = await house.person('Olaf Berg', 'member')
  const caller = await house.as(olaf)
  expect((await caller.get('/api/me')).status).toBe(200)
  await house.system('person.edit', { id: olaf.id, left: true })
  expect((await caller.get('/api/me')).json.code).toBe('signIn.needed')
  await expect(house.house.signIn.issueLink(olaf.id)).rejects.toMatchObject({ code: 'person.missing' })
})

test('an erased person leaves no account behind', async () => {
  const ines = await house.person('Ines Duarte', 'member')
  const caller = await house.as(ines)
  await caller.post('/api/me/password', { password: 'twelve harbour cranes' })
  const ada = await house.as(house.administrator)
  expect((await ada.post('/api/person.erase', { id: ines.id })).status).toBe(200)
  expect((await caller.get('/api/me')).status).toBe(401)
  // Even an account found by its old address must not come back with the next person of that address.
  await house.system('person.add', {
    id: machine.newId(),
    name: 'Ines Ochoa',
    email: 'ines@harborline.example',
  })
  const late = { email: 'ines@harborline.example', password: 'twelve harbour cranes' }
  expect((await house.anybody.post('/api/sign-in', late)).status).toBe(401)
})

test('signing out ends the session on the server too', async () => {
  const caller = await house.as(house.administrator)
  expect((await caller.post('/api/sign-out', {})).status).toBe(200)
  expect((await caller.get('/api/me')).status).toBe(401)
})

test('who I am comes with my rights, the workspace and its last change', async () => {
  const me = (await (await house.as(house.administrator)).get('/api/me')).json
  expect(me).toMatchObject({
    actor: { kind: 'person', name: 'Ada Wolff' },
    workspace: { name: 'Harborline Mutual' },
    seq: await house.house.ledger.head(),
  })
  expect(me.rights['people.admin']).toEqual({ shared: true, projects: 'all' })
})

test('only an administrator makes a link for somebody else', async () => {
  const vera = await house.person('Vera Lind', 'viewer')
  const asked = await (await house.as(vera)).post('/api/sign-in/link-for', { person: house.administrator.id })
  expect(asked.json.code).toBe('access.denied')
  const made = await (await house.as(house.administrator)).post('/api/sign-in/link-for', { person: vera.id })
  expect(made.json.path).toMatch(/^\/sign-in\?token=[\w-]{32}$/)
})

test('a change that another site makes a browser send is refused', async () => {
  const caller = await house.as(house.administrator)
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { host: 'evil.example:7373' },
  ]) {
    const refused = await caller.post('/api/sign-out', {}, headers as Record<string, string>)
    expect(refused.status).toBe(403)
    expect(refused.json.code).toBe('origin.foreign')
  }
  expect((await caller.post('/api/people.setUp', {}, { origin: 'http://localhost:7373' })).status).toBe(400)
})

test('behind a proxy guessing is slowed down whatever address the guesser claims to come from', async () => {
  const behind = await testHouse(undefined, { publicUrl: 'https://plans.example.org' })
  const statuses: number[] = []
  for (let count = 0; count < 25; count += 1) {
    const headers = { host: 'plans.example.org', 'x-forwarded-for': `198.51.100.${count}, 203.0.113.9` }
    const guess = { email: 'a@b.example', password: 'x' }
    statuses.push((await behind.anybody.post('/api/sign-in', guess, headers)).status)
  }
  await behind.close()
  expect(statuses.at(-1)).toBe(429)
})

test('guessing passwords is slowed down', async () => {
  const statuses: number[] = []
  for (let count = 0; count < 25; count += 1) {
    statuses.push((await house.anybody.post('/api/sign-in', { email: 'a@b.example', password: 'x' })).status)
  }
  expect(statuses.at(-1)).toBe(429)
})
