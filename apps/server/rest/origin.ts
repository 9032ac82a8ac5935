import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '../../../kernel/fault.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])
const OWN_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * Refuses what another site makes a browser send: a change whose Origin is not ours (OWASP CSRF cheat sheet, verifying
 * origin), or, on a server that only this machine reaches, any request under another host's name (DNS rebinding).
 * Fault: `origin.foreign`.
 */
export function guardOrigin(
  server: FastifyInstance,
  options: { publicUrl?: string; loopback: boolean },
): void {
  const publicHost = options.publicUrl === undefined ? undefined : new URL(options.publicUrl).host
  server.addHook('onRequest', async (request) => {
    const host = request.headers.host ?? ''
    if (options.loopback && host !== publicHost && !OWN_MACHINE.test(host)) throw foreign(host)
    if (READING.has(request.method)) return
    const from = foreignSender(request, [host, publicHost ?? host])
    if (from !== undefined) throw foreign(from)
  })
}

/** The origin of a foreign sender; undefined for our own pages and for programs that are no browser. */
function foreignSender(request: FastifyRequest, hosts: readonly string[]): string | undefined {
  const { origin } = request.headers
  if (origin !== undefined) {
    const from = URL.canParse(origin) ? new URL(origin).host : 'nowhere'
    return hosts.includes(from) ? undefined : origin
  }
  const site = request.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none' ? undefined : String(site)
}

function foreign(from: string): Fault {
  return new Fault('origin.foreign', 'This request came from another site and was refused.', {
    from: from.slice(0, 100),
  })
}
