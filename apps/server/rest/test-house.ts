import type { FastifyInstance } from 'fastify'
import { type Actor, SYSTEM } from '../../../kernel/access.ts'
import type { Ledger } from '../../../kernel/ledger/ledger.ts'
import { memoryStore } from '../../../kernel/ledger/memory.ts'
import type { Store } from '../../../kernel/ledger/store.ts'
import { createRegistry, type Room } from '../../../kernel/registry.ts'
import { ROOMS } from '../../rooms.ts'
import { createJobs } from '../jobs/jobs.ts'
import { createPrinter, printOf } from '../printer.ts'
import { betterAuthSignIn } from '../sign-in/better-auth.ts'
import { directoryOf } from '../sign-in/directory.ts'
import { keepInMemory } from '../sign-in/keeping.ts'
import { ledgerOver, machine } from '../world.ts'
import type { House } from './doors.ts'
import { problemOf } from './problem.ts'
import { createServer } from './server.ts'

/** A whole server on a memory store, with people of every role, for the tests of its doors. */
export async function testHouse(
  rooms: readonly Room[] = ROOMS,
  more: Partial<House> = {},
  below: { store?: Store; wrapped?: (ledger: Ledger) => Ledger } = {},
) {
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const printer = createPrinter()
  const store = below.store ?? memoryStore(machine.hashBytes)
  const bare = ledgerOver(createRegistry(rooms), store, printOf(printer))
  const ledger = below.wrapped?.(bare) ?? bare
  const directory = directoryOf(ledger)
  const signIn = betterAuthSignIn(directory, () => keepInMemory({ secureCookies: false, log }))
  const problem = (error: unknown) => problemOf(error, log).body
  const jobs = createJobs({ ...machine, problem })
  const house: House = { ledger, directory, signIn, jobs, printer, log, ...machine, ...more }
  const server = await createServer(house, { loopback: true })
  const system = (action: string, input: unknown) =>
    ledger.perform({ actor: SYSTEM, action, input, via: 'test' })
  const administrator: Actor = { kind: 'person', id: machine.newId(), name: 'Ada Wolff' }
  const set = await system('people.setUp', {
    organisation: 'Harborline Mutual',
    person: administrator.id,
    name: administrator.name,
    email: 'ada@harborline.example',
  })
  const { roles } = set.output as { roles: Record<string, string> }
  return {
    house,
    server,
    lines,
    roles,
    administrator,
    system,
    as: async (person: Actor) => caller(server, await cookieOf(house, person)),
    anybody: caller(server, undefined),
    /** Adds a person with a role in a project, everywhere, or with none. */
    async person(name: string, role?: string, project?: string): Promise<Actor> {
      const id = machine.newId()
      await system('person.add', {
        id,
        name,
        email: `${name.split(' ')[0]?.toLowerCase()}@harborline.example`,
      })
      if (role !== undefined)
        await system('role.grant', {
          id: machine.newId(),
          person: id,
          role: roles[role],
          ...(project === undefined ? {} : { in: project }),
        })
      return { kind: 'person', id, name }
    },
    /** Founds a project with two tasks, as the administrator. */
    async project(name: string): Promise<{ id: string; tasks: readonly [string, string] }> {
      const [id, first, second] = [machine.newId(), machine.newId(), machine.newId()]
      await system('project.create', { id, name, start: '2026-01-05T08:00:00' })
      await system('task.create', {
        id: first,
        project: id,
        name: `${name}: analysis`,
        durationMinutes: 2400,
      })
      await system('task.create', { id: second, project: id, name: `${name}: build`, durationMinutes: 4800 })
      return { id, tasks: [first, second] }
    },
    async close() {
      await server.close()
      await jobs.close()
      await ledger.close()
    },
  }
}

export type TestHouse = Awaited<ReturnType<typeof testHouse>>

/** The cookie of a session that a person opened by a one-time link. */
export async function cookieOf(house: House, person: Actor): Promise<string> {
  const { token } = await house.signIn.issueLink(person.id)
  return pairsOf(await house.signIn.withLink(token))
}

export function pairsOf(cookies: readonly string[]): string {
  return cookies.map((line) => line.split(';')[0]).join('; ')
}

export type Headers = Readonly<Record<string, string>>

/** Speaks to a server as the holder of a cookie; answers are parsed when they are JSON. */
function caller(server: FastifyInstance, cookie: string | undefined) {
  const send = async (
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Headers = {},
  ) => {
    const answer = await server.inject({
      method,
      url,
      headers: { host: 'localhost:7373', ...(cookie === undefined ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const isJson = /json/.test(String(answer.headers['content-type']))
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      json: isJson && answer.body !== '' ? JSON.parse(answer.body) : undefined,
    }
  }
  return {
    get: (url: string, headers?: Headers) => send('GET', url, undefined, headers),
    post: (url: string, body: unknown, headers?: Headers) => send('POST', url, body, headers),
    delete: (url: string, headers?: Headers) => send('DELETE', url, undefined, headers),
  }
}
