import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance } from 'fastify'
import { jobDoor } from '../jobs/door.ts'
import { liveDoor } from '../live/live.ts'
import { mcpDoor } from '../mcp/door.ts'
import { signInDoor } from '../sign-in/door.ts'
import { whoAsks } from '../sign-in/who.ts'
import { actionDoor } from './actions.ts'
import { auditDoor } from './audit.ts'
import { documentDoor } from './documents.ts'
import type { Door, House } from './doors.ts'
import { fileDoor } from './files.ts'
import { openApiDoor } from './openapi-door.ts'
import { guardOrigin } from './origin.ts'
import { servePages } from './pages.ts'
import { problemOf, sendProblem } from './problem.ts'
import { projectRowsDoor } from './project-rows.ts'
import { queryDoor } from './queries.ts'
import { recordDoor } from './records.ts'
import { whatIfDoor } from './what-if.ts'

const DOORS: readonly Door[] = [
  signInDoor,
  actionDoor,
  queryDoor,
  recordDoor,
  projectRowsDoor,
  jobDoor,
  fileDoor,
  documentDoor,
  liveDoor,
  auditDoor,
  openApiDoor,
  whatIfDoor,
  mcpDoor,
]

const MOST_BODY_BYTES = 8 * 1024 * 1024
const REQUESTS_A_MINUTE = 6_000

/**
 * The server with all its doors, not yet listening. `loopback` says that only this machine reaches it, so that other
 * host names are refused.
 */
export async function createServer(house: House, options: { loopback: boolean }): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: MOST_BODY_BYTES,
    // Open requests are answered before the server ends; only idle connections are cut.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    // The proxy itself and nobody before it: what a caller writes into X-Forwarded-For may not choose its address.
    trustProxy: house.publicUrl !== undefined && ((_address, hop) => hop === 0),
  })
  server.setErrorHandler((error, _request, reply) => sendProblem(reply, problemOf(error, house.log)))
  await server.register(helmet, helmetOptions(house))
  await server.register(rateLimit, { max: REQUESTS_A_MINUTE, timeWindow: 60_000 })
  await server.register(compress, { encodings: ['gzip', 'deflate'], zlibOptions: { level: 1 } })
  guardOrigin(server, {
    loopback: options.loopback,
    ...(house.publicUrl ? { publicUrl: house.publicUrl } : {}),
  })
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'private, no-cache')
  })
  server.addHook('onRequest', async (request) => {
    // Packing for a browser on this very machine takes longer than handing it over.
    const isNear = /^(127\.|::1$|::ffff:127\.)/.test(request.ip) && !request.headers['x-forwarded-for']
    if (isNear) request.headers['x-no-compression'] = 'near'
  })
  const who = whoAsks(house)
  for (const door of DOORS) door(server, house, who)
  await servePages(server, house.pages)
  return server
}

/** Scripts come from our own files alone. Styles may stand in the page: the controls set their variables there. */
function helmetOptions(house: House) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
      },
    },
    frameguard: false,
    // A server on one's own machine speaks plain HTTP; a promise of HTTPS would lock its users out.
    hsts: house.publicUrl?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' as const },
  }
}
