import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/access.ts'
import { type TestHouse, testHouse } from '../rest/test-house.ts'
import { newTokenSecret } from '../sign-in/tokens.ts'
import { machine } from '../world.ts'

let house: TestHouse
let address: string
let manager: Actor
let erp: { id: string; tasks: readonly [string, string] }
const link = machine.newId()
beforeAll(async () => {
  house = await testHouse()
  address = await house.server.listen({ port: 0, host: '127.0.0.1' })
  erp = await house.project('ERP')
  await house.system('task.link', {
    links: [{ id: link, predecessor: erp.tasks[0], successor: erp.tasks[1] }],
  })
  manager = await house.person('Manu Ortega', 'manager', erp.id)
})
afterAll(() => house.close())

const clients: Client[] = []
afterAll(() => Promise.all(clients.map((client) => client.close())))

/** A program with a token of the manager, connected by the SDK's own client. */
async function program(permissions: readonly string[]) {
  const { secret, hash } = newTokenSecret()
  const input = { id: machine.newId(), name: 'Assistant', permissions, endsOn: '2199-12-31', hash }
  await house.house.ledger.perform({ actor: manager, action: 'token.add', via: 'test', input })
  const client = new Client({ name: 'test', version: '1' })
  clients.push(client)
  const requestInit = { headers: { authorization: `Bearer ${secret}` } }
  const transport = new StreamableHTTPClientTransport(new URL(`${address}/mcp`), { requestInit })
  await client.connect(transport as never)
  return {
    tools: async () => (await client.listTools()).tools,
    call: async (tool: string, args: Record<string, unknown>) => {
      const answer = await client.callTool({ name: tool, arguments: args })
      const [content] = answer.content as [{ text: string }]
      return { isError: answer.isError === true, ...JSON.parse(content.text) }
    },
  }
}

test('without a token nobody is let in', async () => {
  const answer = await fetch(`${address}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  })
  expect(answer.status).toBe(401)
})

test('a reading program sees tools that read and suppose, and nothing that acts', async () => {
  const { tools, call } = await program(['*.read'])
  const offered = await tools()
  expect(offered.map(({ name }) => name)).toEqual(expect.arrayContaining(['people', 'project', 'schedule']))
  expect(offered.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true)
  expect(offered.every(({ inputSchema }) => !('do' in (inputSchema.properties ?? {})))).toBe(true)
  const edit = { tasks: [{ id: erp.tasks[0], name: 'Changed by a model' }] }
  expect(await call('schedule', { do: 'task.edit', input: edit })).toMatchObject({
    isError: true,
    code: 'action.unknown',
  })
})

test('"what slips if the analysis takes two more weeks?" is answered on a copy, and nothing of it stays', async () => {
  const { call } = await program(['*.read'])
  const before = await house.house.ledger.head()
  const shown = await call('schedule', { ask: 'schedule.show', input: { project: erp.id } })
  const [analysis] = shown.answer.tasks
  const answer = await call('schedule', {
    ask: 'schedule.compare',
    input: { project: erp.id, with: { seq: '$before' } },
    suppose: [
      {
        action: 'task.edit',
        input: { tasks: [{ id: analysis.id, durationMinutes: analysis.durationMinutes + 10 * 480 }] },
      },
    ],
  })
  expect(answer.isError).toBe(false)
  expect(answer.seq).toBe(before)
  expect(
    answer.answer.changed.map(({ name, finishSlipMinutes }: Record<string, unknown>) => [
      name,
      finishSlipMinutes,
    ]),
  ).toEqual([
    ['ERP: analysis', 4800],
    ['ERP: build', 4800],
  ])
  expect(await house.house.ledger.head()).toBe(before)
})

test('what is supposed is refused as it would be in earnest', async () => {
  const { call } = await program(['*.read'])
  const suppose = [{ action: 'person.add', input: { id: machine.newId(), name: 'Nobody' } }]
  const answer = await call('schedule', { ask: 'schedule.show', input: { project: erp.id }, suppose })
  expect(answer).toMatchObject({ isError: true, code: 'access.denied' })
})

test('a program that may suggest is heard by a person, who performs it with one word', async () => {
  const { call } = await program(['*.read', 'suggestion.write'])
  const input = { tasks: [{ id: erp.tasks[1], name: 'Build, in two waves' }] }
  const said = await call('schedule', { suggest: 'task.edit', input, why: 'The minutes of 20 November.' })
  expect(said.isError).toBe(false)
  const person = await house.as(manager)
  const waiting = await person.get(`/api/records/suggestion?project=${erp.id}&state=waiting`)
  expect(waiting.json.rows).toMatchObject([{ title: 'Edit tasks', why: 'The minutes of 20 November.' }])
  const accepted = await person.post('/api/suggestion.accept', { suggestion: waiting.json.rows[0].id })
  expect(accepted.status, accepted.text).toBe(200)
  const shown = await person.get(`/api/schedule.show?project=${erp.id}`)
  expect(shown.json.tasks.map(({ name }: { name: string }) => name)).toContain('Build, in two waves')
})

test('a program that may act does so within its token', async () => {
  const { tools, call } = await program(['*.read', 'schedule.write'])
  const schedule = (await tools()).find(({ name }) => name === 'schedule')
  expect(schedule?.inputSchema.properties).toHaveProperty('do')
  const done = await call('schedule', { do: 'link.edit', input: { links: [{ id: link, type: 'ss' }] } })
  expect(done.isError).toBe(false)
  expect(done.seq).toBe(await house.house.ledger.head())
})
