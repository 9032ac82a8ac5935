import { createHash, randomBytes } from 'node:crypto'
import type { Print } from '../../kernel/action.ts'
import { uuidV7 } from '../../kernel/id.ts'
import { createLedger, type Ledger } from '../../kernel/ledger/ledger.ts'
import { textHash } from '../../kernel/ledger/memory.ts'
import type { Store } from '../../kernel/ledger/store.ts'
import type { Registry } from '../../kernel/registry.ts'

/** Clock and chance of this machine: the one place where the server side takes them from. */
export const machine = {
  clock: () => Date.now(),
  newId: () => uuidV7(Date.now(), randomBytes(10)),
  salt: () => randomBytes(16).toString('hex'),
  hashBytes: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex'),
}

/** A ledger of this machine over a store; with a printer, it can publish. */
export function ledgerOver(registry: Registry, store: Store, print?: Print): Ledger {
  const printing = print === undefined ? {} : { print }
  return createLedger({ registry, store, hash: textHash(machine.hashBytes), ...machine, ...printing })
}
