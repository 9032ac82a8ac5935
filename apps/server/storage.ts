import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Print } from '../../kernel/action.ts'
import type { Ledger } from '../../kernel/ledger/ledger.ts'
import type { Registry } from '../../kernel/registry.ts'
import type { Database } from './postgres/database.ts'
import { wantedFolder } from './postgres/folders.ts'
import { openDatabase, runtimeRole } from './postgres/open.ts'
import { type PostgresStore, postgresStore } from './postgres/store.ts'
import type { Keeping } from './sign-in/better-auth.ts'
import { keepInPostgres } from './sign-in/keeping.ts'
import { ledgerOver } from './world.ts'

/** One installation keeps one workspace; the number is the same everywhere, so that a backup fits any other. */
const WORKSPACE = '00000000-0000-7000-8000-000000000001'

type Environment = Readonly<Record<string, string | undefined>>

/** An opened data folder or database, with the ledger that lives in it. */
export type Storage = {
  readonly database: Database
  readonly store: PostgresStore
  readonly ledger: Ledger
  /** Where the door plate of a running server hangs. */
  readonly folder: string
  keepSignIn(wanted: { secureCookies: boolean; log: (line: string) => void }): Promise<Keeping>
  close(): Promise<void>
}

/** Opens what the environment names (see `openDatabase`) and puts the ledger of the workspace over it. */
export async function openStorage(
  registry: Registry,
  environment: Environment,
  print?: Print,
): Promise<Storage> {
  const database = await openDatabase({ ...environment })
  const { runtime, owner } = database
  const store = postgresStore({ runtime, owner, workspace: WORKSPACE })
  const ledger = ledgerOver(registry, store, print)
  return {
    database,
    store,
    ledger,
    folder: environment.DATABASE_URL ? madeFolder(environment) : database.place,
    keepSignIn: async (wanted) => keepInPostgres({ owner, runtime }, await runtimeRole(database), wanted),
    close: async () => {
      await ledger.close()
      await database.stop()
    },
  }
}

/** The folder that belongs to this clone or to `HELMWARD_DATA`, where an embedded database would lie. */
export function ownFolder(environment: Environment): string {
  return wantedFolder({ ...environment }, dirname(dirname(import.meta.dirname)))
}

function madeFolder(environment: Environment): string {
  const folder = ownFolder(environment)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
