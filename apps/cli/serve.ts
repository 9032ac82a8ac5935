import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import type { Running } from '../server/serve.ts'
import { type Terminal, written } from './terminal.ts'

/** `helmward serve`: answers nothing and keeps running until it is told to stop. */
export async function serveCommand(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const { port, host, empty } = optionsOf(args)
  const { serve } = await import('../server/serve.ts')
  const running = await serve({
    environment: process.env,
    host,
    empty,
    log: (line) => terminal.error(line),
    ...(port === undefined ? {} : { port }),
  })
  const isStopping = stopWhenTold(running, terminal)
  try {
    terminal.print(greeting(running, await running.signInLink(), terminal))
  } catch (cause) {
    await running.stop()
    // Told to stop before the greeting was out: not a refusal.
    if (!isStopping()) throw cause
  }
  return undefined
}

function optionsOf(args: readonly string[]): { port?: number; host: string; empty: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      empty: { type: 'boolean', default: false },
    },
  })
  if (values.port === undefined) return { host: values.host, empty: values.empty }
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(port <= 65_535)) throw new Fault('input.invalid', '--port is a number up to 65535.', {})
  return { port, host: values.host, empty: values.empty }
}

function greeting({ address, place, administrator }: Running, link: string, terminal: Terminal): string {
  const faint = (text: string) => written(terminal, 'faint', text)
  return [
    '',
    `  ${written(terminal, 'bold', 'Helmward')} is ready.`,
    '',
    `  ${faint('Open')}     ${address}`,
    `  ${faint('Sign in')}  ${written(terminal, 'link', link)}`,
    `           ${faint(`as ${administrator.name}; works once, within 15 minutes`)}`,
    `  ${faint('Data')}     ${place}`,
    '',
    `  ${faint('Stop with Ctrl+C.')}`,
    '',
  ].join('\n')
}

/** Answers whether it has been told. */
function stopWhenTold(running: Running, terminal: Terminal): () => boolean {
  let isStopping = false
  const stop = (code: number) => {
    // A second signal does not wait for open work.
    if (isStopping) process.exit(1)
    isStopping = true
    running.stop().then(
      () => process.exit(code),
      (cause) => {
        terminal.error(`server.failed: ${cause instanceof Error ? cause.message : String(cause)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', () => stop(0))
  process.on('SIGTERM', () => stop(0))
  running.onLost(() => {
    terminal.error('storage.lost: The database ended without having been asked to. Start Helmward again.')
    stop(1)
  })
  return () => isStopping
}
