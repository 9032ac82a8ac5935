import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Fault } from '../../../kernel/fault.ts'

/**
 * Serves the built web app: hashed assets for ever, everything else asked again each time; a page that only the browser
 * knows (`/plan/…`) gets index.html. Without a built app every page says how to build it.
 */
export async function servePages(server: FastifyInstance, folder: string | undefined): Promise<void> {
  const index = folder === undefined ? undefined : join(folder, 'index.html')
  if (folder !== undefined && index !== undefined && existsSync(index)) {
    await server.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = /[/\\]assets[/\\]/.test(path)
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  server.setNotFoundHandler((request, reply) => {
    const [pathname = ''] = request.url.split('?')
    const isPage = request.method === 'GET' && !pathname.startsWith('/api/') && !/\.\w{1,8}$/.test(pathname)
    if (!isPage) throw new Fault('route.missing', 'There is nothing at this address.', {})
    if (index === undefined || !existsSync(index))
      throw new Fault(
        'web.missing',
        'The web app is not built. Start with `npm start`, or run `npx vite build`.',
        {},
      )
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(readFileSync(index))
  })
}
