import type { Seq, StoreReader, Version } from '../../../kernel/ledger/store.ts'

/**
 * Remembers, within one writing transaction, what was read: under the write lock nothing changes until we write,
 * so the actions of a group need not ask again for what one of them has seen.
 */
export function remembering(
  reader: StoreReader,
  holds: () => boolean,
): Pick<StoreReader, 'get' | 'lastTouch'> {
  const touches = new Map<string, Promise<Seq>>()
  const rows = new Map<string, Version | undefined>()
  return {
    lastTouch: (kinds, project) => {
      if (!holds()) return reader.lastTouch(kinds, project)
      const key = JSON.stringify([kinds, project ?? null, project === undefined])
      const answer = touches.get(key) ?? reader.lastTouch(kinds, project)
      touches.set(key, answer)
      return answer
    },
    get: async (kind, ids, at) => {
      if (at !== undefined || !holds()) return reader.get(kind, ids, at)
      const unknown = ids.filter((id) => !rows.has(`${kind}/${id}`))
      if (unknown.length) {
        const found = new Map((await reader.get(kind, unknown)).map((version) => [version.id, version]))
        for (const id of unknown) rows.set(`${kind}/${id}`, found.get(id))
      }
      return ids.flatMap((id) => rows.get(`${kind}/${id}`) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1))
    },
  }
}
