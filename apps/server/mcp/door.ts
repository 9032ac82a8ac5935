import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { FastifyInstance } from 'fastify'
import type { Actor, Rights } from '../../../kernel/access.ts'
import { Fault } from '../../../kernel/fault.ts'
import { holdsSomewhere } from '../../../kernel/ledger/read.ts'
import type { Registry } from '../../../kernel/registry.ts'
import type { Door } from '../rest/doors.ts'
import { askThrough, type Doors } from './asking.ts'
import { mcpServer } from './mcp.ts'
import type { Powers } from './tools.ts'

/**
 * `POST /mcp`: the Model Context Protocol over HTTP, without sessions, for the holder of a token
 * (`Authorization: Bearer hw_…`), who reads, acts or suggests as far as the token says.
 */
export const mcpDoor: Door = (server, house, who) => {
  const { ledger, newId, log } = house
  server.post('/mcp', async (request, reply) => {
    const actor = await who(request)
    if (request.headers.cookie !== undefined && actor.kind === 'person')
      throw new Fault('signIn.needed', 'Programs come with a token, not with the session of a person.')
    const powers = powersOf(ledger.registry, actor, await ledger.rights(actor))
    const ask = askThrough(inner(server, request.headers))
    const mcp = mcpServer({ registry: ledger.registry, powers, ask, newId, log })
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    reply.hijack()
    reply.raw.once('close', () => void mcp.close())
    await mcp.connect(transport as never)
    await transport.handleRequest(request.raw, reply.raw, request.body)
  })
}

function powersOf(registry: Registry, actor: Actor, rights: Rights): Powers {
  const holds = (permission: string) => holdsSomewhere(rights, permission)
  const acts = registry.actions.filter(({ allow }) => !allow.endsWith('.read') && holds(allow))
  return { acts: acts.map(({ name }) => name), suggests: actor.kind === 'token' && holds('suggestion.write') }
}

/** The doors of this very server, entered with the caller's own key. */
function inner(server: FastifyInstance, from: Readonly<Record<string, unknown>>): Doors {
  const { authorization, host } = from as { authorization?: string; host?: string }
  const headers = {
    'helmward-via': 'mcp',
    ...(authorization === undefined ? {} : { authorization }),
    ...(host === undefined ? {} : { host }),
  }
  const heard = (answer: {
    statusCode: number
    body: string
    headers: Readonly<Record<string, unknown>>
  }) => {
    const body: unknown = JSON.parse(answer.body)
    if (answer.statusCode < 400) return { seq: Number(answer.headers['helmward-seq'] ?? 0), body }
    const { code, sentence, facts } = body as {
      code: string
      sentence: string
      facts: Record<string, unknown>
    }
    throw new Fault(code, sentence, facts)
  }
  return {
    get: async (path, query = {}) => heard(await server.inject({ method: 'GET', url: path, query, headers })),
    post: async (path, body) =>
      heard(await server.inject({ method: 'POST', url: path, headers, payload: body as object })),
  }
}
