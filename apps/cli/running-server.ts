import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '../../kernel/fault.ts'
import { shortDigest } from '../server/postgres/folders.ts'
import type { Running } from '../server/serve.ts'
import { type DoorPlate, readPlate } from '../server/sign-in/local-door.ts'
import { ownFolder } from '../server/storage.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Speaks to the server that runs on this machine's data, as a person whom the owner of the data names. */
export type RunningServer = {
  readonly address: string
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** Ends what was started for this caller alone; the user's own server runs on. */
  close(): Promise<void>
}

/** What the server answered, and after which change that stands. */
export type Answer = { readonly body: unknown; readonly seq: number; readonly text: string }

/**
 * Finds the server that runs on the data folder of this clone (or of `HELMWARD_DATA`). With `DATABASE_URL` the data need
 * no server of this machine: one is opened on them for this caller alone.
 * Faults: `server.notRunning` with how to start it; whatever the server refuses.
 */
export async function runningServer(
  environment: Environment,
  via: 'cli' | 'mcp',
  as: string | undefined,
): Promise<RunningServer> {
  const found = plateOf(environment)
  const own = !found && environment.DATABASE_URL ? await openOwn(environment) : undefined
  const plate = found ?? plateOf(environment)
  if (!plate) throw notRunning()
  const { address, secret } = plate
  const headers = {
    authorization: `Bearer ${secret}`,
    'helmward-via': via,
    ...(as === undefined ? {} : { 'helmward-as': as }),
  }
  const ask = async (path: string, init: RequestInit) => answerOf(await reached(`${address}${path}`, init))
  return {
    address,
    get: (path, query = {}) => ask(`${path}${searchOf(query)}`, { headers }),
    post: (path, body, more = {}) =>
      ask(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', ...more },
        body: JSON.stringify(body),
      }),
    close: async () => own?.stop(),
  }
}

async function openOwn(environment: Environment): Promise<Running> {
  const { serve } = await import('../server/serve.ts')
  const log = (line: string) => void process.stderr.write(`${line}\n`)
  return serve({ environment, host: '127.0.0.1', port: 0, empty: true, log })
}

/** The plate of a server that is alive; one left behind by a killed server counts as none. */
export function plateOf(environment: Environment): DoorPlate | undefined {
  const folder = dataFolders(environment).find((each) => existsSync(join(each, 'door.json')))
  const plate = folder === undefined ? undefined : readPlate(folder)
  return plate && lives(plate.pid) ? plate : undefined
}

/** Where the data of this clone may lie: the wanted folder, or its substitute where that cannot be reached. */
export function dataFolders(environment: Environment): readonly string[] {
  const wanted = ownFolder(environment)
  return [wanted, join('/var/lib/helmward', shortDigest(wanted))]
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function reached(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch {
    throw notRunning()
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : text
  if (response.ok) return { body, text, seq: Number(response.headers.get('helmward-seq') ?? 0) }
  const { code, sentence, facts } = body as {
    code?: string
    sentence?: string
    facts?: Record<string, unknown>
  }
  throw new Fault(code ?? 'server.failed', sentence ?? `The server answered ${response.status}.`, facts ?? {})
}

function searchOf(query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString()
  return search === '' ? '' : `?${search}`
}

function notRunning(): Fault {
  return new Fault(
    'server.notRunning',
    'No server runs on this data. Start it with `npm start` (or `helmward serve`) and try again.',
    {},
  )
}
