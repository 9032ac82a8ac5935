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

test('a fork remembers its own past: rows that it changed later stand there as they were', async () => {
  const { ledger, perform } = await setUp(
    { store: memoryStore(sha256), tamper: async () => undefined },
    sha256,
  )
  for (const [n, name] of ['North', 'South', 'West'].entries())
    await perform(ANNA, 'pier.build', { harbour: BREST, id: id(10 + n), name, lengthMetres: 100 })
  const fork = await ledger.fork()
  const lengthen = (n: number) =>
    fork.perform({ actor: ANNA, via: 'test', action: 'pier.lengthen', input: { id: id(n), byMetres: 5 } })
  const first = await lengthen(10)
  const deeper = await fork.fork()
  await lengthen(11)
  await fork.perform({ actor: ANNA, via: 'test', action: 'pier.remove', input: { id: id(12) } })
  const lengths = async (of: typeof fork, moment?: { seq: number }) => {
    const piers = await of.ask(ANNA, 'pier.list', { harbour: BREST }, moment)
    return (piers as { lengthMetres: number }[]).map(({ lengthMetres }) => lengthMetres)
  }
  expect(await lengths(fork)).toEqual([105, 105])
  expect(await lengths(fork, { seq: first.seq })).toEqual([105, 100, 100])
  expect(await lengths(deeper)).toEqual([105, 100, 100])
  expect(await lengths(ledger)).toEqual([100, 100, 100])
  const past = await fork.read(ANNA, (read) => read.history(read.record('pier'), id(11)))
  expect(past.map(({ row }) => row.seq).length).toBe(2)
})
