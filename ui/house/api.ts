import { Fault } from '../../kernel/fault.ts'
import { uuidV7 } from '../../kernel/id.ts'

/** A row that a screen has seen; an action that names it is refused when it has changed since. */
export type SeenRow = { kind: string; id: string; seq: number }

/** What an action answers: the number of its change, its output, and the rows it wrote. */
export type Done<Output = unknown> = {
  seq: number
  output: Output
  wrote: readonly { kind: string; id: string; removed: boolean }[]
  repeated: boolean
}

/** A new identity, made here so that asking again does nothing twice. */
export function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}

/** Asks a query of the server, now or at a past instant. Throws the server's refusal as a Fault. */
export async function ask<Answer>(
  query: string,
  input: unknown,
  options: { asOf?: string | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Answer> {
  const search = new URLSearchParams({ input: JSON.stringify(input) })
  if (options.asOf !== undefined) search.set('asOf', options.asOf)
  return answerOf(
    await reached(`/api/${query}?${search}`, options.signal ? { signal: options.signal } : {}),
  ) as Promise<Answer>
}

/** Reads any other door of the server. */
export async function read<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return answerOf(await reached(path, signal ? { signal } : {})) as Promise<Answer>
}

/** Sends JSON to a door that is no action: sign-in, password. */
export async function send<Answer>(path: string, body: unknown): Promise<Answer> {
  return answerOf(await reached(path, posted(body))) as Promise<Answer>
}

/** Performs an action under a key of its own, so that a repeated sending does nothing twice. */
export async function perform<Output>(
  action: string,
  input: unknown,
  options: { expected?: readonly SeenRow[] } = {},
): Promise<Done<Output>> {
  const seen = (options.expected ?? []).map(({ kind, id, seq }) => `"${kind}/${id}/${seq}"`)
  const init = posted(input, {
    'idempotency-key': newId(),
    ...(seen.length === 0 ? {} : { 'if-match': seen.join(', ') }),
  })
  return answerOf(await reached(`/api/${action}`, init)) as Promise<Done<Output>>
}

/** Sends a file as it is. */
export async function sendFile<Answer>(path: string, file: Blob, signal: AbortSignal): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream' }
  return answerOf(await reached(path, { method: 'POST', headers, body: file, signal })) as Promise<Answer>
}

function posted(body: unknown, more: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...more },
    body: JSON.stringify(body),
  }
}

async function reached(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new Fault('server.unreachable', 'Helmward does not answer. Is it still running?', {})
  }
}

async function answerOf(response: Response): Promise<unknown> {
  const isJson = response.headers.get('content-type')?.includes('json') === true
  const body: unknown = isJson ? await response.json() : await response.text()
  if (response.ok) return body
  const { code, sentence, facts } = (isJson ? body : {}) as {
    code?: string
    sentence?: string
    facts?: Record<string, unknown>
  }
  throw new Fault(code ?? 'server.failed', sentence ?? `The server answered ${response.status}.`, facts ?? {})
}

/** A refusal for the person who asked: whatever went wrong as code and sentence. */
export function refusalOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  return new Fault('page.failed', error instanceof Error ? error.message : String(error), {})
}
