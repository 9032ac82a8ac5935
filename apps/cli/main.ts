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

async function run(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const [verb, ...rest] = args
  if (verb === 'serve') return (await import('./serve.ts')).serveCommand(rest, terminal)
  throw new Fault('command.unknown', `There is no command "${verb}". Run helmward help.`, {})
}

/** One line of a refusal, in the words of the fault; what is not ours is named without its inside. */
export function refusalLine(error: unknown): string {
  if (error instanceof Fault) return `${error.code}: ${error.message}`
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  if (code?.startsWith('ERR_PARSE_ARGS')) return `input.invalid: ${String(message).split('. To specify')[0]}`
  return `command.failed: ${String(message ?? error).split('\n')[0]}`
}
