const MOST_CHARACTERS = 60_000

/** An answer short enough to be read by a model, and how many items were left out of which list. */
export type Compacted = { readonly answer: unknown; readonly leftOut?: Readonly<Record<string, number>> }

/**
 * Leaves out what is empty, and of too long an answer the tail of its longest list, until the rest fits; says how many
 * items are missing, so that nobody takes a part for the whole.
 */
export function compact(answer: unknown, mostCharacters = MOST_CHARACTERS): Compacted {
  let short = withoutEmpty(answer)
  const leftOut: Record<string, number> = {}
  for (let size = sizeOf(short); size > mostCharacters; size = sizeOf(short)) {
    const longest = longestList(short)
    if (!longest || longest.items.length < 2) {
      return {
        answer: `${JSON.stringify(short).slice(0, mostCharacters)}…`,
        leftOut: { characters: size - mostCharacters },
      }
    }
    const share = Math.max(0.2, Math.min(0.9, mostCharacters / size))
    const kept = Math.max(1, Math.floor(longest.items.length * share))
    const name = longest.path.join('.') || 'rows'
    leftOut[name] = (leftOut[name] ?? 0) + longest.items.length - kept
    short = replaced(short, longest.path, longest.items.slice(0, kept))
  }
  return Object.keys(leftOut).length === 0 ? { answer: short } : { answer: short, leftOut }
}

function sizeOf(value: unknown): number {
  return (JSON.stringify(value) ?? '').length
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(
    ([, each]) => each !== null && each !== undefined && each !== '',
  )
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutEmpty(each)]))
}

type Found = { readonly path: readonly string[]; readonly items: readonly unknown[]; readonly size: number }

/** The list that takes most room, outside other lists. */
function longestList(value: unknown, path: readonly string[] = []): Found | undefined {
  if (Array.isArray(value)) return { path, items: value, size: sizeOf(value) }
  if (typeof value !== 'object' || value === null) return undefined
  const lists = Object.entries(value).flatMap(([name, each]) => longestList(each, [...path, name]) ?? [])
  return lists.sort((a, b) => b.size - a.size)[0]
}

function replaced(value: unknown, [name, ...rest]: readonly string[], list: readonly unknown[]): unknown {
  if (name === undefined) return list
  const entries = value as Readonly<Record<string, unknown>>
  return { ...entries, [name]: replaced(entries[name], rest, list) }
}
