import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../../kernel/access.ts'
import type { Job } from '../jobs/jobs.ts'
import type { Door, House, Who } from '../rest/doors.ts'

const HEARTBEAT_MS = 15_000
const MOST_STREAMS_A_PERSON = 8
const MOST_UNREAD_BYTES = 8 * 1024 * 1024

/** One open stream of one browser. */
type Stream = {
  readonly actor: Actor
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** The last change that this browser knows of. */
  seq: number
  /** A change came in while news was being read; read once more. */
  behind: boolean
  busy: boolean
}

/**
 * `GET /api/live`: Server-Sent Events. After each commit `news` (what the actor may see of it; its id is the number of
 * the last change, by which a reconnecting browser goes on), `job` for the actor's own long work, a heartbeat, and
 * `signedOut` when the session has ended.
 */
export const liveDoor: Door = (server, house, who) => {
  const streams = new Set<Stream>()
  const stopNews = house.ledger.onCommit(() => {
    for (const stream of streams) void tell(house, who, streams, stream)
  })
  const stopJobs = house.jobs.onChange((owner, job) => {
    for (const stream of streams) if (stream.actor.id === owner) sendJob(stream, job)
  })
  const heartbeat = setInterval(() => {
    for (const stream of streams) void beat(who, streams, stream)
  }, HEARTBEAT_MS)
  heartbeat.unref()
  server.addHook('preClose', async () => {
    stopNews()
    stopJobs()
    clearInterval(heartbeat)
    for (const stream of streams) stream.reply.raw.end()
  })
  server.get('/api/live', async (request, reply) => {
    const actor = await who(request)
    const head = await house.ledger.head()
    const seq = Math.min(knownSeq(request) ?? head, head)
    reply.hijack()
    reply.raw.writeHead(200, {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    } as Record<string, string>)
    const stream: Stream = { actor, request, reply, seq, behind: false, busy: false }
    closeOldest(streams, actor)
    streams.add(stream)
    request.raw.once('close', () => streams.delete(stream))
    write(stream, `retry: 2000\nevent: hello\ndata: ${JSON.stringify({ seq })}\n\n`)
    await tell(house, who, streams, stream)
  })
}

function knownSeq(request: FastifyRequest): number | undefined {
  const { since, lastEventId } = request.query as { since?: string; lastEventId?: string }
  const said = request.headers['last-event-id'] ?? lastEventId ?? since
  return typeof said === 'string' && /^\d{1,15}$/.test(said) ? Number(said) : undefined
}

/** Reads and sends what is new; changes that come meanwhile are taken together into the next reading. */
async function tell(house: House, who: Who, streams: Set<Stream>, stream: Stream): Promise<void> {
  stream.behind = true
  if (stream.busy) return
  stream.busy = true
  try {
    while (stream.behind && streams.has(stream)) {
      stream.behind = false
      if (!(await stillSignedIn(who, streams, stream))) return
      const news = await house.ledger.since(stream.actor, stream.seq)
      const isNew = news.seq > stream.seq
      stream.seq = news.seq
      const tells = news.changes.length + news.rows.length + news.removed.length > 0
      if (isNew && (tells || news.reload || news.reset))
        write(stream, `id: ${news.seq}\nevent: news\ndata: ${JSON.stringify(news)}\n\n`)
    }
  } catch (error) {
    // The browser reconnects and goes on from the last id that it has.
    house.log(`live: ${error instanceof Error ? error.message : String(error)}`)
    end(streams, stream)
  } finally {
    stream.busy = false
  }
}

async function beat(who: Who, streams: Set<Stream>, stream: Stream): Promise<void> {
  if (await stillSignedIn(who, streams, stream)) write(stream, ': alive\n\n')
}

async function stillSignedIn(who: Who, streams: Set<Stream>, stream: Stream): Promise<boolean> {
  try {
    const actor = await who(stream.request)
    if (actor.id === stream.actor.id) return true
  } catch {
    // Told below in either case: signed out, or somebody else under the same cookie.
  }
  write(stream, 'event: signedOut\ndata: {}\n\n')
  end(streams, stream)
  return false
}

function closeOldest(streams: Set<Stream>, actor: Actor): void {
  const own = [...streams].filter((stream) => stream.actor.id === actor.id)
  const [oldest] = own
  if (oldest && own.length >= MOST_STREAMS_A_PERSON) end(streams, oldest)
}

function sendJob(stream: Stream, { outcome: _large, ...job }: Job): void {
  write(stream, `event: job\ndata: ${JSON.stringify(job)}\n\n`)
}

function write({ reply: { raw } }: Stream, text: string): void {
  if (raw.writableEnded) return
  // Who does not read is cut off; the browser comes back and goes on from its last id.
  if (raw.writableLength > MOST_UNREAD_BYTES) raw.destroy()
  else raw.write(text)
}

function end(streams: Set<Stream>, stream: Stream): void {
  streams.delete(stream)
  stream.reply.raw.end()
}
