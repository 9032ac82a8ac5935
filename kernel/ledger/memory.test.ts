import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ledgerContract } from './contract.ts'
import { ADMIN, ANNA, BREST, id, setUp } from './harbour.ts'
import { memoryStore } from './memory.ts'
import { readBook, rightsOf } from './read.ts'
import { newsSince } from './since.ts'

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

test('news are never read further than they are told, however much was written', async () => {
  const stage = await setUp({ store: memoryStore(sha256), tamper: async () => undefined }, sha256)
  const { registry } = stage.ledger
  const seq = await stage.ledger.head()
  await stage.perform(ANNA, 'pier.build', { harbour: BREST, id: id(10), name: 'North', lengthMetres: 120 })
  const asked: (number | undefined)[] = []
  const news = await stage.store.read({ projects: 'all' }, async (reader) => {
    const written: typeof reader.written = (after, until, limit) => {
      asked.push(limit)
      return reader.written(after, until, limit)
    }
    const book = await readBook(registry, reader)
    const here = {
      registry,
      reader: { ...reader, written },
      book,
      actor: ADMIN,
      rights: rightsOf(book, ADMIN),
    }
    return newsSince(here, seq)
  })
  expect(news.changes.map(({ action }) => action)).toEqual(['pier.build'])
  expect(asked).toEqual([501])
})
