import { existsSync } from 'node:fs'
import { Fault } from '../../kernel/fault.ts'
import { processTerminal, type Terminal } from './terminal.ts'

const REFUSED = 2

/**
 * The command line. Answers the exit code, or nothing for a command that keeps running (`serve`, `mcp`). Refusals go to
 * stderr as `code: sentence` with exit code 2; never a stack trace.
 */
export async function main(
  args: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<number | undefined> {
  try {
    return await run(args, terminal)
  } catch (error) {
    terminal.error(refusalLine(error))
    return REFUSED
  }
}

// Each command loads what it needs and no more: a server must not wait for the code of file verbs.
async function run(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const [first = 'help', ...rest] = args
  if (first === 'serve') return (await import('./serve.ts')).serveCommand(rest, terminal)
  if (first === 'mcp') return (await import('./mcp.ts')).mcpCommand(rest, terminal)
  if (first === 'audit') return (await import('./audit.ts')).auditCommand(rest, terminal)
  if (['version', '--version'].includes(first)) {
    terminal.print((await import('../version.ts')).VERSION)
    return 0
  }
  if (['help', '--help', '-h'].includes(first)) {
    terminal.print((await import('./help.ts')).help(rest, terminal))
    return 0
  }
  return (await doorOf(first, rest, terminal)) ?? fileVerb(first, rest, terminal)
}

// `report status PLAN` works on a file; `report status --project ID` asks the running server.
const FILE_REPORTS = new Set(['report status'])

/** A command of two words from the registry, unless the second word is a file (`helmward schedule plan.xml`). */
async function doorOf(
  noun: string,
  [verb, ...rest]: readonly string[],
  terminal: Terminal,
): Promise<number | undefined> {
  if (verb === undefined || verb.startsWith('-') || existsSync(verb)) return undefined
  if (FILE_REPORTS.has(`${noun} ${verb}`) && rest[0] !== undefined && !rest[0].startsWith('-'))
    return undefined
  const [{ doorCommand, runDoor }, { createRegistry }, { ROOMS }] = await Promise.all([
    import('./doors.ts'),
    import('../../kernel/registry.ts'),
    import('../rooms.ts'),
  ])
  const command = doorCommand(createRegistry(ROOMS), noun, verb)
  return command && runDoor(command, rest, terminal)
}

async function fileVerb(verb: string, args: readonly string[], terminal: Terminal): Promise<number> {
  const { FILE_VERBS } = await import('./file-verbs.ts')
  if (verb in FILE_VERBS) return FILE_VERBS[verb as keyof typeof FILE_VERBS].run(args, terminal)
  throw new Fault(
    'command.unknown',
    `There is no command "${[verb, ...args.slice(0, 1)].join(' ')}". Run helmward help.`,
    {},
  )
}

/** One line of a refusal, in the words of the fault; what is not ours is named without its inside. */
export function refusalLine(error: unknown): string {
  if (error instanceof Fault) return `${error.code}: ${error.message}`
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  if (code?.startsWith('ERR_PARSE_ARGS')) return `command.usage: ${String(message).split('. To specify')[0]}`
  return `command.failed: ${String(message ?? error).split('\n')[0]}`
}
