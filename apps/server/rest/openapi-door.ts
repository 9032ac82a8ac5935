import type { Door } from './doors.ts'

/** `GET /api/openapi.json`: this very server, described. */
export const openApiDoor: Door = (server, house) => {
  let text: string | undefined
  server.get('/api/openapi.json', async (_request, reply) => {
    const { openApi } = await import('./openapi.ts')
    text ??= JSON.stringify(openApi(house.ledger.registry))
    return reply.header('content-type', 'application/json; charset=utf-8').send(text)
  })
}
