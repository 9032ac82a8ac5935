import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieOf, type TestHouse, testHouse } from '../rest/test-house.ts'

let house: TestHouse
let address: string
let open: { close: () => void }[] = []
beforeAll(async () => {
  house = await testHouse()
  address = await house.server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  for (const stream of open) stream.close()
  open = []
  await house.close()
})

type Event = { event: string; id?: string; data: Record<string, unknown> }

/** Opens a live stream as a person and gathers what it tells. */
async function listen(cookie: string, headers: Record<string, string> = {}) {
  const stop = new AbortController()
  const response = await fetch(`${address}/api/live`, {
    headers: { cookie, ...headers },
    signal: stop.signal,
  })
  const events: Event[] = []
  let ended = false
  const reading = (async () => {
    let rest = ''
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      rest += piece
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
        const event = field('event')
        const id = field('id')
        if (event) events.push({ event, ...(id ? { id } : {}), data: JSON.parse(field('data') ?? '{}') })
      }
    }
  })()
  void reading.then(
    () => {
      ended = true
    },
    () => {
      ended = true
    },
  )
  const stream = { response, events, isEnded: () => ended, close: () => stop.abort() }
  open.push(stream)
  return stream
}

test('a second browser hears of an edit with its author, and nothing of what it may not see', async () => {
  const erp = await house.project('ERP replacement')
  const secret = await house.project('Merger with Northwind')
  const vera = await house.person('Vera Lind', 'viewer', erp.id)
  const stream = await listen(await cookieOf(house.house, vera))
  expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(stream.response.headers.get('x-accel-buffering')).toBe('no')
  await expect.poll(() => stream.events[0]?.event).toBe('hello')
  const ada = await house.as(house.administrator)
  await ada.post('/api/task.edit', { tasks: [{ id: secret.tasks[0], name: 'Talk to the Northwind board' }] })
  const edited = await ada.post('/api/task.edit', {
    tasks: [{ id: erp.tasks[0], name: 'Analysis of interfaces' }],
  })
  await expect
    .poll(() => stream.events.at(-1))
    .toMatchObject({
      event: 'news',
      id: String(edited.json.seq),
      data: {
        changes: [{ actor: { name: 'Ada Wolff' }, action: 'task.edit' }],
        rows: [{ kind: 'task', row: { id: erp.tasks[0], name: 'Analysis of interfaces' } }],
      },
    })
  expect(JSON.stringify(stream.events)).not.toContain('Northwind')
})

test('a browser that was away goes on from the last change it knows', async () => {
  const plan = await house.project('Data centre move')
  const ada = await house.as(house.administrator)
  const before = await house.house.ledger.head()
  await ada.post('/api/task.edit', { tasks: [{ id: plan.tasks[0], name: 'Survey the racks' }] })
  const cookie = await cookieOf(house.house, house.administrator)
  const stream = await listen(cookie, { 'last-event-id': String(before) })
  await expect.poll(() => stream.events.map(({ event }) => event)).toEqual(['hello', 'news'])
  expect(JSON.stringify(stream.events[1])).toContain('Survey the racks')
})

test('a stream ends when its session does', async () => {
  const olaf = await house.person('Olaf Berg', 'member')
  const cookie = await cookieOf(house.house, olaf)
  const stream = await listen(cookie)
  await expect.poll(() => stream.events.length).toBe(1)
  await house.system('person.edit', { id: olaf.id, left: true })
  await expect.poll(() => stream.events.at(-1)?.event).toBe('signedOut')
  await expect.poll(stream.isEnded).toBe(true)
})

test('long work tells its owner, and nobody else, how far it is', async () => {
  const petra = await house.person('Petra Novak', 'manager')
  const mine = await listen(await cookieOf(house.house, petra))
  const others = await listen(await cookieOf(house.house, house.administrator))
  const job = house.house.jobs.start(petra, 'schedule.import', async ({ progress }) => {
    progress(0.6, 'writing the plan')
    return { seq: 1, output: null, wrote: [], repeated: false }
  })
  const heard = () => mine.events.filter(({ event }) => event === 'job').map(({ data }) => data)
  await expect.poll(heard).toMatchObject([
    { id: job.id, state: 'running', share: 0.6, phrase: 'writing the plan' },
    { id: job.id, state: 'done', share: 1 },
  ])
  expect(others.events.map(({ event }) => event)).not.toContain('job')
})

test('nobody listens without being signed in', async () => {
  const stream = await listen('')
  expect(stream.response.status).toBe(401)
})
