import type { Seq } from './store.ts'

/** Keeps what was computed from rows until those rows are touched. One for each ledger, so that forks never mix. */
export type Memo = <T>(
  key: string,
  state: { readonly text: string; readonly seq: Seq },
  compute: (before: Kept<T> | undefined) => Promise<T>,
) => Promise<T>

/** A value and the change after which it was computed. */
export type Kept<T> = { readonly value: T; readonly seq: Seq }

const MOST_KEPT = 64

/** A memo of the last 64 keys; callers who ask for the same thing at once wait for one computation. */
export function createMemo(): Memo {
  const kept = new Map<string, { text: string; seq: Seq; value: Promise<unknown> }>()
  return <T>(
    key: string,
    { text, seq }: { text: string; seq: Seq },
    compute: (before: Kept<T> | undefined) => Promise<T>,
  ) => {
    const found = kept.get(key)
    if (found?.text === text) return found.value as Promise<T>
    const value = after(found as { seq: Seq; value: Promise<T> } | undefined).then(compute)
    kept.delete(key)
    kept.set(key, { text, seq, value })
    value.catch(() => kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break
      kept.delete(oldest)
    }
    return value
  }
}

/** What was kept, when it was computed well. */
async function after<T>(found: { seq: Seq; value: Promise<T> } | undefined): Promise<Kept<T> | undefined> {
  if (!found) return undefined
  try {
    return { value: await found.value, seq: found.seq }
  } catch {
    return undefined
  }
}
