import { matches } from './memory.ts'
import type { Filter, StoreReader, Version } from './store.ts'

/** What has been written above a reader but not yet below it: per kind the row that holds now, null when removed. */
export type Layer = Map<string, Map<string, Version | null>>

/** The part of a reader that sees the present. */
export type Present = Pick<StoreReader, 'get' | 'list' | 'byUniqueKeys'>

/** A reader of the present through layers, the last one on top. */
export function through(below: Present, layers: readonly Layer[]): Present {
  const seen = (kind: string, id: string): Version | null | undefined => {
    for (let index = layers.length - 1; index >= 0; index -= 1) {
      const version = layers[index]?.get(kind)?.get(id)
      if (version !== undefined) return version
    }
    return undefined
  }
  const touched = (kind: string) => layers.some((layer) => layer.get(kind)?.size)
  return {
    async get(kind, ids) {
      if (!touched(kind)) return below.get(kind, ids)
      const unknown = ids.filter((id) => seen(kind, id) === undefined)
      const under = unknown.length ? await below.get(kind, unknown) : []
      return [...under, ...ids.flatMap((id) => seen(kind, id) ?? [])]
    },
    async list(kind, filter) {
      const under = await below.list(kind, filter)
      if (!touched(kind)) return under
      return [
        ...under.filter((version) => seen(kind, version.id) === undefined),
        ...above(layers, kind, filter),
      ]
    },
    async byUniqueKeys(kind, keys) {
      const under = await below.byUniqueKeys(kind, keys)
      if (!touched(kind)) return under
      const wanted = new Set(keys)
      const mine = above(layers, kind, {}).filter(
        ({ uniqueKey }) => uniqueKey !== null && wanted.has(uniqueKey),
      )
      return [...under.filter((version) => seen(kind, version.id) === undefined), ...mine]
    },
  }
}

function above(layers: readonly Layer[], kind: string, filter: Filter): Version[] {
  const rows = new Map<string, Version | null>()
  for (const layer of layers) for (const [id, version] of layer.get(kind) ?? []) rows.set(id, version)
  return [...rows.values()].filter(
    (version): version is Version => version !== null && matches(version, filter),
  )
}

/** Writes into a layer. */
export function lay(layer: Layer, kind: string, id: string, version: Version | null): void {
  const rows = layer.get(kind) ?? new Map<string, Version | null>()
  layer.set(kind, rows)
  rows.set(id, version)
}
