import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { Fault, faultData } from '../../../kernel/fault.ts'
import type { NewId } from '../../../kernel/id.ts'
import type { Registry } from '../../../kernel/registry.ts'
import { VERSION } from '../../version.ts'
import type { Ask } from './asking.ts'
import { compact } from './compact.ts'
import { mcpTools, type Powers } from './tools.ts'
import { wishOf } from './wish.ts'

/** What a server of the Model Context Protocol stands on. */
export type McpHouse = {
  readonly registry: Registry
  readonly powers: Powers
  readonly ask: Ask
  readonly newId: NewId
  readonly log: (line: string) => void
}

/** The Model Context Protocol server: one tool a room. */
export function mcpServer(house: McpHouse): Server {
  const { registry, powers, ask, newId } = house
  const server = new Server(
    { name: 'helmward', version: VERSION },
    {
      capabilities: { tools: {} },
      instructions:
        'Plans, people and projects of a Helmward workspace. Cite the sequence number of the answers you use.',
    },
  )
  const tools = mcpTools(registry, powers)
  server.setRequestHandler(
    ListToolsRequestSchema,
    async () => ({ tools: tools.map((tool) => ({ ...tool })) }) as never,
  )
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    try {
      const call = { tool: params.name, given: params.arguments ?? {}, newId }
      const { seq, answer } = await ask(wishOf(registry, powers, call))
      return { content: [{ type: 'text', text: JSON.stringify({ seq, ...compact(answer) }) }] }
    } catch (error) {
      return { isError: true, content: [{ type: 'text', text: JSON.stringify(refusalOf(error, house.log)) }] }
    }
  })
  return server
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
