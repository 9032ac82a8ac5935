import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Fault } from '../../kernel/fault.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { ROOMS } from '../rooms.ts'
import { type Administrator, firstAdministrator, setUpWorkspace } from './first-start.ts'
import { createJobs } from './jobs/jobs.ts'
import { createPrinter, type Printer, printOf } from './printer.ts'
import type { House } from './rest/doors.ts'
import { readUploadedPlan } from './rest/plan-intake.ts'
import { problemOf } from './rest/problem.ts'
import { createServer } from './rest/server.ts'
import { betterAuthSignIn } from './sign-in/better-auth.ts'
import { directoryOf } from './sign-in/directory.ts'
import { localDoor } from './sign-in/local-door.ts'
import { openStorage, type Storage } from './storage.ts'
import { machine } from './world.ts'

export type ServeOptions = {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** 7373 and, when that is taken, the next free one; a port that was asked for is taken or refused. */
  readonly port?: number
  readonly host: string
  /** Starts without the demo. */
  readonly empty: boolean
  readonly log: (line: string) => void
}

/** A server that answers. */
export type Running = {
  readonly address: string
  readonly place: string
  readonly administrator: Administrator
  /** Signs the administrator in once, within 15 minutes; made when it is asked for. */
  signInLink(): Promise<string>
  onLost(notice: () => void): void
  stop(): Promise<void>
}

const FIRST_PORT = 7373
const PORTS_TRIED = 40
const FIRST_EMAIL = 'administrator@helmward.local'

/** Opens the data, lets the server listen, and says where. Faults: those of the storage, and `serve.portTaken`. */
export async function serve(options: ServeOptions): Promise<Running> {
  const { environment, log } = options
  let site = environment.HELMWARD_URL
  const printer = createPrinter(() => site)
  const storage = await openStorage(createRegistry(ROOMS), environment, printOf(printer))
  try {
    const administrator = await populated(storage, options)
    const publicUrl = environment.HELMWARD_URL
    const house = houseOver({ storage, printer }, publicUrl, log)
    const server = await createServer(house, { loopback: isLoopback(options.host) })
    const address = await listen(server, options)
    site ??= address
    storage.database.announce(address)
    house.local.hang(address)
    return {
      address,
      place: storage.database.place,
      administrator,
      signInLink: async () => {
        const { token } = await house.signIn.issueLink(administrator.id)
        return `${publicUrl ?? address}/sign-in?token=${token}`
      },
      onLost: (notice) => storage.database.onLost(notice),
      stop: once(async () => {
        await server.close()
        await house.jobs.close()
        await house.printer.close()
        await house.signIn.close()
        house.local.close()
        await storage.close()
      }),
    }
  } catch (cause) {
    await storage.close()
    throw cause
  }
}

/** However often it is asked for, it happens once, and everybody waits for that. */
function once(work: () => Promise<void>): () => Promise<void> {
  let begun: Promise<void> | undefined
  return () => {
    begun ??= work()
    return begun
  }
}

function houseOver(
  { storage, printer }: { storage: Storage; printer: Printer },
  publicUrl: string | undefined,
  log: (line: string) => void,
) {
  const { ledger } = storage
  const directory = directoryOf(ledger)
  const secureCookies = publicUrl?.startsWith('https:') ?? false
  return {
    ledger,
    directory,
    printer,
    signIn: betterAuthSignIn(directory, () => storage.keepSignIn({ secureCookies, log })),
    jobs: createJobs({ ...machine, problem: (error) => problemOf(error, log).body }),
    local: localDoor(storage.folder),
    projectText: storage.store.projectText,
    readPlan: readUploadedPlan,
    log,
    ...machine,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...pagesBuilt(),
  } satisfies House & Record<string, unknown>
}

/** The workspace with its people: the demo's or a bare one on first start, else as it stands. */
async function populated(
  { ledger, store }: Storage,
  { environment, empty }: ServeOptions,
): Promise<Administrator> {
  if ((await ledger.head()) === 0 && !empty) {
    const { loadDemo } = await import('../demo/demo.ts')
    await loadDemo(store, { today: new Date(machine.clock()).toISOString().slice(0, 10) })
  }
  const found = await firstAdministrator(ledger)
  if (found) return found
  await setUpWorkspace(ledger, environment.HELMWARD_ADMIN_EMAIL ?? FIRST_EMAIL)
  const made = await firstAdministrator(ledger)
  if (!made) throw new Fault('people.noAdministrator', 'Nobody in this workspace may administer it.', {})
  return made
}

function pagesBuilt(): { pages?: string } {
  const folder = join(import.meta.dirname, '..', '..', 'dist', 'web')
  return existsSync(folder) ? { pages: folder } : {}
}

async function listen(server: FastifyInstance, { port, host }: ServeOptions): Promise<string> {
  const first = port ?? FIRST_PORT
  const most = port === undefined ? PORTS_TRIED : 1
  for (let tried = first; tried < first + most; tried += 1) {
    try {
      await server.listen({ port: tried, host })
      return addressOf(server, host)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    }
  }
  const sentence =
    port === undefined
      ? `The ports ${first} to ${first + most - 1} are all taken. Choose one with --port.`
      : `Port ${port} is taken. Choose another with --port.`
  throw new Fault('serve.portTaken', sentence, { port: first })
}

function addressOf(server: FastifyInstance, host: string): string {
  const bound = server.server.address()
  const port = typeof bound === 'object' && bound ? bound.port : FIRST_PORT
  const name = isLoopback(host) || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${name}:${port}`
}

function isLoopback(host: string): boolean {
  return ['localhost', '127.0.0.1', '::1'].includes(host)
}
