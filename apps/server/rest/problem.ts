import { randomUUID } from 'node:crypto'
import type { FastifyError, FastifyReply } from 'fastify'
import { Fault, faultData } from '../../../kernel/fault.ts'

/** A refusal as a door sends it (RFC 9457 media type, with our own three members). */
export type Problem = {
  readonly status: number
  readonly body: ReturnType<typeof faultData>
  readonly reference?: string
}

// The first pattern that matches a code decides; what matches none is ours and well-formed, hence 422.
const STATUS_BY_CODE: readonly (readonly [RegExp, number])[] = [
  [/^(access\.denied|origin\.foreign)$/, 403],
  [/^signIn\./, 401],
  [/^rate\./, 429],
  [/^change\.stale$/, 412],
  [/^(change\.(overtaken|moved)|key\.reused)$|\.(taken|inUse)$/, 409],
  [/^(input|text|number|value)\.invalid$|^input\.malformed$/, 400],
  [/^file\.tooLarge$/, 413],
  [/\.(missing|unknown)$/, 404],
  [/^storage\./, 503],
]

/** The HTTP status of a refusal, by the family of its code. */
export function statusOf(code: string): number {
  return STATUS_BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? 422
}

/**
 * Any error as a problem. What is not a refusal of ours is answered as 500 without a word of its inside; its text goes
 * to `log` under the reference number that the caller is told.
 */
export function problemOf(error: unknown, log: (line: string) => void): Problem {
  if (error instanceof Fault) return { status: statusOf(error.code), body: faultData(error) }
  const refused = refusalOfServer(error)
  if (refused) return { status: statusOfServer(refused, error), body: faultData(refused) }
  const reference = randomUUID().slice(0, 8)
  log(`error ${reference} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const failed = new Fault(
    'server.failed',
    `Something went wrong in Helmward; nothing was changed. Reference ${reference}.`,
    { reference },
  )
  return { status: 500, body: faultData(failed), reference }
}

/** Sends a refusal as `application/problem+json`. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem.body))
}

/** What the web server itself refuses before a door is reached, in our words. */
function refusalOfServer(error: unknown): Fault | undefined {
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>
  if (statusCode === 429) return new Fault('rate.exceeded', 'Too many requests. Wait a minute and try again.')
  if (statusCode === 413) return new Fault('file.tooLarge', 'What was sent is larger than this door takes.')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new Fault('input.malformed', 'Send JSON (content-type: application/json).')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Fault('input.malformed', 'The request is not well-formed.')
  return undefined
}

function statusOfServer(refused: Fault, error: unknown): number {
  const status = (error as Partial<FastifyError>).statusCode ?? 400
  return refused.code === 'input.malformed' ? status : statusOf(refused.code)
}
