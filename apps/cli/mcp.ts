import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { ROOMS } from '../rooms.ts'
import { askThrough } from '../server/mcp/asking.ts'
import { READS_ONLY } from '../server/mcp/tools.ts'
import { machine } from '../server/world.ts'
import { runningServer } from './running-server.ts'
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
  const server = mcpServer({
    registry: createRegistry(ROOMS),
    powers: READS_ONLY,
    ask: askThrough(running),
    newId: machine.newId,
    log: (line) => terminal.error(line),
  })
  await server.connect(new StdioServerTransport())
  process.stdin.on('end', () => {
    void running.close().finally(() => process.exit(0))
  })
  return undefined
}
