import { createHash } from 'node:crypto'
import { ledgerContract } from './contract.ts'
import { memoryStore } from './memory.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

ledgerContract(
  'memory',
  async () => {
    const store = memoryStore(sha256)
    return {
      store,
      // Editing behind the ledger's back: the same stored object, changed in place.
      tamper: async (kind, id, body) => {
        await store.read({ projects: 'all' }, async (reader) => {
          const [version] = await reader.get(kind, [id])
          Object.assign(version?.body ?? {}, body)
        })
      },
    }
  },
  sha256,
)
