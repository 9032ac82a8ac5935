import { changeHash, type Hash, putBack, versionDigest } from './digest.ts'
import type { Change, Seq, StoreReader, Version } from './store.ts'

export type AuditReport = {
  readonly changes: number
  readonly versions: number
  /** The first change at which the chain does not hold, and why; absent when all is well. */
  readonly bad?: { readonly seq: Seq; readonly why: string }
}

const PAGE = 1000

/**
 * Recomputes every digest and hash from what is stored and compares. Names the first change whose input, versions,
 * endings or place in the chain differ from what its hash says.
 */
export async function verifyChain(
  reader: StoreReader,
  hash: Hash,
  onProgress?: (seq: Seq, of: Seq) => void,
): Promise<AuditReport> {
  const head = await reader.head()
  let versions = 0
  let previous = { seq: 0, hash: '', at: '' }
  for (let after = 0; after < head.seq; after += PAGE) {
    const until = Math.min(after + PAGE, head.seq)
    const changes = await reader.changes(after, PAGE, until)
    const { began, ended } = await reader.written(after, until)
    versions += began.length
    const begins = bySeq(began, (version) => version.fromSeq)
    const ends = bySeq(ended, (version) => version.toSeq ?? 0)
    for (let seq = after + 1; seq <= until; seq += 1) {
      const change = changes[seq - after - 1]
      const why =
        !change || change.seq !== seq
          ? 'the change is missing'
          : flaw(hash, change, begins.get(seq) ?? [], ends.get(seq) ?? [], previous)
      if (why || !change)
        return { changes: head.seq, versions, bad: { seq, why: why ?? 'the change is missing' } }
      previous = change
    }
    onProgress?.(until, head.seq)
  }
  if (head.hash !== previous.hash)
    return {
      changes: head.seq,
      versions,
      bad: { seq: head.seq, why: 'it is not the change noted as the last' },
    }
  const stray = await reader.written(head.seq, Number.MAX_SAFE_INTEGER, 1)
  const loose = stray.began[0]?.fromSeq ?? stray.ended[0]?.toSeq
  if (loose)
    return {
      changes: head.seq,
      versions,
      bad: { seq: loose, why: 'a version names a change that does not exist' },
    }
  return { changes: head.seq, versions }
}

function flaw(
  hash: Hash,
  change: Change,
  began: readonly Version[],
  ended: readonly Version[],
  previous: { hash: string; at: string },
): string | undefined {
  if (change.prevHash !== previous.hash) return 'it does not follow the change before it'
  if (change.at < previous.at) return 'its time lies before that of the change before it'
  if (putBack(change.input, change.inputSeal)) return 'an erased value was put back into its input'
  for (const version of began) {
    if (putBack(version.body, version.seal))
      return `an erased value was put back into ${version.kind} ${version.id}`
    if (version.digest !== versionDigest(hash, version))
      return `${version.kind} ${version.id} is not what was written`
  }
  if (change.hash !== changeHash(hash, change, began, ended)) return 'its content is not what was written'
  return undefined
}

function bySeq(versions: readonly Version[], seqOf: (version: Version) => Seq): Map<Seq, Version[]> {
  const lists = new Map<Seq, Version[]>()
  for (const version of versions) {
    const list = lists.get(seqOf(version))
    if (list) list.push(version)
    else lists.set(seqOf(version), [version])
  }
  return lists
}
