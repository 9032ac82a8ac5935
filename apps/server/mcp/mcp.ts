import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { Fault, faultData } from '../../../kernel/fault.ts'
import type { Registry } from '../../../kernel/registry.ts'
import { VERSION } from '../../version.ts'
import { compact } from './compact.ts'
import { type Asking, askable, mcpTools } from './tools.ts'

/** Asks as the person for whom the server was started; answers with the change after which the answer stands. */
export type Ask = (
  asking: Asking,
  input: Readonly<Record<string, unknown>>,
  asOf: string | undefined,
) => Promise<{ readonly seq: number; readonly answer: unknown }>

/** The Model Context Protocol server: read-only, one tool a room. */
export function mcpServer(registry: Registry, ask: Ask, log: (line: string) => void): Server {
  const server = new Server(
    { name: 'helmward', version: VERSION },
    {
      capabilities: { tools: {} },
      instructions:
        'Reads plans, people and projects of a Helmward workspace. Cite the sequence number of the answers you use.',
    },
  )
  const tools = mcpTools(registry)
  server.setRequestHandler(
    ListToolsRequestSchema,
    async () => ({ tools: tools.map((tool) => ({ ...tool })) }) as never,
  )
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    try {
      const { asking, input, asOf } = wishOf(registry, params.name, params.arguments ?? {})
      const { seq, answer } = await ask(asking, input, asOf)
      return { content: [{ type: 'text', text: JSON.stringify({ seq, ...compact(answer) }) }] }
    } catch (error) {
      return { isError: true, content: [{ type: 'text', text: JSON.stringify(refusalOf(error, log)) }] }
    }
  })
  return server
}

function wishOf(registry: Registry, tool: string, given: Readonly<Record<string, unknown>>) {
  const room = registry.rooms.find(({ name }) => name === tool)
  const asking = room && askable(room).get(String(given.ask))
  if (!asking)
    throw new Fault('query.unknown', 'There is no such question; see the description of the tool.', {})
  const { input = {}, asOf } = given
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new Fault('input.invalid', 'input is an object.', {})
  return {
    asking,
    input: input as Readonly<Record<string, unknown>>,
    asOf: asOf === undefined ? undefined : String(asOf),
  }
}

function refusalOf(error: unknown, log: (line: string) => void) {
  if (error instanceof Fault) return faultData(error)
  log(`mcp: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return {
    code: 'server.failed',
    sentence: 'Something went wrong in Helmward; nothing was changed.',
    facts: {},
  }
}
