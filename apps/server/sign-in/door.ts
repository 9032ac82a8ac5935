import { z } from 'zod'
import { Organisation, Person } from '../../../capabilities/people/people.model.ts'
import type { Rights } from '../../../kernel/access.ts'
import { checked, denied } from '../../../kernel/ledger/read.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import type { Registry } from '../../../kernel/registry.ts'
import type { Door } from '../rest/doors.ts'

const WithPassword = z.strictObject({ email: z.string().max(254), password: z.string().max(1000) })
const WithLink = z.strictObject({ token: z.string().max(200) })
const NewPassword = z.strictObject({
  password: z.string().max(1000),
  present: z.string().max(1000).optional(),
})
const LinkFor = z.strictObject({ person: z.uuid() })

// Few enough that guessing is hopeless, enough for a house full of people behind one address on a Monday morning.
const tries = { config: { rateLimit: { max: 20, timeWindow: 5 * 60_000, groupId: 'sign-in' } } }

/** Sign-in, sign-out, password, one-time links, and `GET /api/me`. */
export const signInDoor: Door = (server, house, who) => {
  const { signIn, ledger } = house
  server.post('/api/sign-in', tries, async (request, reply) => {
    const { email, password } = checked(WithPassword, request.body, 'sign-in')
    return reply
      .header('set-cookie', [...(await signIn.withPassword(email, password))])
      .send({ signedIn: true })
  })
  server.post('/api/sign-in/link', tries, async (request, reply) => {
    const { token } = checked(WithLink, request.body, 'sign-in.link')
    return reply.header('set-cookie', [...(await signIn.withLink(token))]).send({ signedIn: true })
  })
  server.post('/api/sign-out', async (request, reply) =>
    reply.header('set-cookie', [...(await signIn.signOut(request.headers.cookie))]).send({ signedIn: false }),
  )
  server.post('/api/me/password', tries, async (request) => {
    const { password, present } = checked(NewPassword, request.body, 'me.password')
    await signIn.setPassword(request.headers.cookie, password, present)
    return { set: true }
  })
  server.post('/api/sign-in/link-for', async (request) => {
    const actor = await who(request)
    // For the workspace, not for some project: a link opens everything that its holder may do.
    demandForAll(await ledger.rights(actor), 'people.admin')
    const { person } = checked(LinkFor, request.body, 'sign-in.link-for')
    const { token, expiresAt } = await signIn.issueLink(person)
    return { path: `/sign-in?token=${token}`, expiresAt }
  })
  server.get('/api/me', async (request, reply) => {
    const actor = await who(request)
    const rights = await ledger.rights(actor)
    const { person, workspace } = await ledger.read(actor, async (read) => ({
      person: await read.find(Person, actor.id),
      workspace: await workspaceName(read),
    }))
    return reply.header('cache-control', 'no-store').send({
      actor: { kind: actor.kind, id: actor.id, name: person?.name ?? actor.name },
      rights: rightsSummary(ledger.registry, rights),
      workspace,
      seq: await ledger.head(),
    })
  })
}

/** Refuses `access.denied` to who holds a permission only in some project. */
export function demandForAll(rights: Rights, permission: string): void {
  if (!rights.allows(permission, null)) throw denied(permission)
}

/** A workspace is called after the organisation whose it is. */
async function workspaceName(read: Read): Promise<{ name: string }> {
  const own = (await read.all(Organisation)).find((organisation) => organisation.type === 'own')
  return { name: own?.name ?? 'Helmward' }
}

/** Where the actor holds each permission that they hold at all. */
export function rightsSummary(registry: Registry, rights: Rights) {
  const summary: Record<string, { shared: boolean; projects: 'all' | string[] }> = {}
  for (const permission of Object.keys(registry.permissions)) {
    const projects = rights.projects(permission)
    const shared = rights.allows(permission, null)
    if (shared || projects === 'all' || projects.size > 0) {
      summary[permission] = { shared, projects: projects === 'all' ? 'all' : [...projects].sort() }
    }
  }
  return summary
}
