import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../../../kernel/access.ts'
import type { NewId } from '../../../kernel/id.ts'
import type { Ledger } from '../../../kernel/ledger/ledger.ts'
import type { Scope } from '../../../kernel/ledger/store.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Printer } from '../printer.ts'
import type { Directory } from '../sign-in/directory.ts'
import type { LocalDoor } from '../sign-in/local-door.ts'
import type { SignIn } from '../sign-in/sign-in.ts'

/** What all doors stand on. */
export type House = {
  readonly ledger: Ledger
  readonly signIn: SignIn
  readonly directory: Directory
  readonly jobs: Jobs
  readonly newId: NewId
  readonly clock: () => number
  readonly log: (line: string) => void
  /** Lets in whoever owns the data folder; absent where there is none. */
  readonly local?: LocalDoor
  /** Reads a plan file in a child process; absent where files are not taken. */
  readonly readPlan?: ReadPlan
  /** A project's rows as text straight from the database; absent where there is none. */
  readonly projectText?: (
    scope: Scope,
    wanted: { project: string; kinds: readonly string[] },
  ) => Promise<{ seq: number; text: string }>
  /** Prints composed documents. */
  readonly printer: Printer
  /** The folder of the built web app; absent where none was built. */
  readonly pages?: string
  /** The address under which people reach a server behind a proxy, `https://plans.example.org`. */
  readonly publicUrl?: string
}

export type ReadPlan = (
  bytes: Uint8Array,
  options: {
    fileName: string
    signal: AbortSignal
    onProgress: (share: number, phrase: string) => void
  },
) => Promise<UploadedPlan>

/** A plan that was read, a table whose columns somebody has to explain, or both. */
export type UploadedPlan = {
  readonly read?: { readonly plan: unknown; readonly summary: unknown; readonly loss: unknown }
  readonly table?: unknown
}

/** A door registers its routes. */
export type Door = (server: FastifyInstance, house: House, who: Who) => void

/** Who is asking; refuses `signIn.needed`. */
export type Who = (request: FastifyRequest) => Promise<Actor>

/** Where a request came from, as the ledger notes it. */
export function viaOf(request: FastifyRequest): string {
  const said = String(request.headers['helmward-via'] ?? '')
  if (said === 'cli' || said === 'mcp') return said
  return request.headers.cookie === undefined ? 'rest' : 'web'
}
