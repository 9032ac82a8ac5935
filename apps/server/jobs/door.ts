import type { Door } from '../rest/doors.ts'

/** `GET /api/jobs/<id>` says how far long work has come; `DELETE` gives it up. */
export const jobDoor: Door = (server, house, who) => {
  server.get<{ Params: { id: string } }>('/api/jobs/:id', async (request, reply) => {
    const job = house.jobs.find(await who(request), request.params.id)
    return reply.header('cache-control', 'no-store').send(job)
  })
  server.delete<{ Params: { id: string } }>('/api/jobs/:id', async (request) =>
    house.jobs.cancel(await who(request), request.params.id),
  )
}
