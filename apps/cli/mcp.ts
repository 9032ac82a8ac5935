import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { ROOMS } from '../rooms.ts'
import type { Ask } from '../server/mcp/mcp.ts'
import { type RunningServer, runningServer } from './running-server.ts'
import type { Terminal } from './terminal.ts'

/** `helmward mcp --as <e-mail>`: speaks the Model Context Protocol on stdin and stdout until the other side hangs up. */
export async function mcpCommand(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const { values } = parseArgs({ args: [...args], options: { as: { type: 'string' } } })
  const as = values.as ?? process.env.HELMWARD_AS
  if (as === undefined)
    throw new Fault(
      'input.invalid',
      'Say for whom: helmward mcp --as <e-mail>; it reads with their rights.',
      {},
    )
  const running = await runningServer(process.env, 'mcp', as)
  await running.get('/api/me').catch(async (refusal) => {
    await running.close()
    throw refusal
  })
  const [{ mcpServer }, { StdioServerTransport }] = await Promise.all([
    import('../server/mcp/mcp.ts'),
    import('@modelcontextprotocol/sdk/server/stdio.js'),
  ])
  const server = mcpServer(createRegistry(ROOMS), askThrough(running), (line) => terminal.error(line))
  await server.connect(new StdioServerTransport())
  process.stdin.on('end', () => {
    void running.close().finally(() => process.exit(0))
  })
  return undefined
}

/** Asks the running server, so that rights, reading and wording are those of its own doors. */
export function askThrough(running: Pick<RunningServer, 'get'>): Ask {
  return async (asking, input, asOf) => {
    const moment: Record<string, string> = asOf === undefined ? {} : { asOf }
    if ('query' in asking) {
      const { seq, body } = await running.get(`/api/${asking.query}`, {
        input: JSON.stringify(input),
        ...moment,
      })
      return { seq, answer: body }
    }
    const base = `/api/records/${asking.kind}`
    if (asking.what === 'list') {
      const { seq, body } = await running.get(base, { size: '500', ...texts(input), ...moment })
      return { seq, answer: body }
    }
    const path = `${base}/${encodeURIComponent(String(input.id))}${asking.what === 'history' ? '/history' : ''}`
    const { seq, body } = await running.get(path, moment)
    return { seq, answer: body }
  }
}

function texts(input: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]))
}
