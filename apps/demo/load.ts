import { Fault } from '../../kernel/fault.ts'
import type { Batch, Store, Version, Write } from '../../kernel/ledger/store.ts'

/**
 * Carries a whole history into an empty store in one transaction: the same changes at the same instants by the same
 * people, so that the chain of hashes holds there too. `files` are the hashes of kept bytes that rows name.
 * Faults: `demo.notEmpty` when the store has changes already.
 */
export async function carryHistory(from: Store, to: Store, files: readonly string[]): Promise<void> {
  const { batch, bytes } = await from.read({ projects: 'all' }, async (reader) => {
    const { seq } = await reader.head()
    const changes = await reader.changes(0, seq)
    const { began, ended } = await reader.written(0, seq)
    const kept = await Promise.all(files.map((hash) => reader.blob(hash)))
    return { batch: { ...NOTHING_SENT, changes, writes: writesOf(began, ended) }, bytes: kept }
  })
  for (const file of bytes) if (file) await to.keep(file)
  await to.transact(async (session, head) => {
    if (head.seq > 0) throw new Fault('demo.notEmpty', 'The demo is loaded into an empty workspace only.', {})
    await session.append(batch)
  })
}

/** Messages of the story were never meant for anybody. */
const NOTHING_SENT: Pick<Batch, 'errands' | 'receipts' | 'cancelErrandsOf'> = {
  errands: [],
  receipts: [],
  cancelErrandsOf: [],
}

/** Versions in the order of their changes, each with the number of the change that ended it. */
function writesOf(began: readonly Version[], ended: readonly Version[]): Write[] {
  const endOf = new Map(ended.map((version) => [`${version.kind}/${version.id}/${version.fromSeq}`, version]))
  return began.map((version) => ({
    put: endOf.get(`${version.kind}/${version.id}/${version.fromSeq}`) ?? version,
  }))
}
