/** Keeps what was computed from rows until those rows are touched. One for each ledger, so that forks never mix. */
export type Memo = <T>(key: string, state: string, compute: () => Promise<T>) => Promise<T>

const MOST_KEPT = 64

/** A memo of the last 64 keys; callers who ask for the same thing at once wait for one computation. */
export function createMemo(): Memo {
  const kept = new Map<string, { state: string; value: Promise<unknown> }>()
  return <T>(key: string, state: string, compute: () => Promise<T>) => {
    const found = kept.get(key)
    if (found?.state === state) return found.value as Promise<T>
    const value = compute()
    kept.delete(key)
    kept.set(key, { state, value })
    value.catch(() => kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break
      kept.delete(oldest)
    }
    return value
  }
}
