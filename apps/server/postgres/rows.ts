import type { Json } from '../../../kernel/canonical.ts'
import type { Change, Errand, Receipt, Seal, Version } from '../../../kernel/ledger/store.ts'

/** Columns of a version, in the shape that `versionOf` reads. */
export const VERSION = `kind, id, project, from_seq, to_seq, body, digest, seal, unique_key, key0, key1, key2`

/** Columns of a change; instants as the ISO text that was written. */
export const CHANGE = `seq, ${instantText('at')}, actor, via, action, input, input_seal, undoes, prev_hash, hash`

export function instantText(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${column}`
}

export type VersionRow = {
  kind: string
  id: string
  project: string | null
  from_seq: string
  to_seq: string | null
  body: Version['body']
  digest: string
  seal: Seal | null
  unique_key: string | null
  key0: string | null
  key1: string | null
  key2: string | null
}

export function versionOf(row: VersionRow): Version {
  return {
    kind: row.kind,
    id: row.id,
    project: row.project,
    fromSeq: Number(row.from_seq),
    toSeq: row.to_seq === null ? null : Number(row.to_seq),
    body: row.body,
    digest: row.digest,
    seal: row.seal,
    uniqueKey: row.unique_key,
    indexKeys: [row.key0, row.key1, row.key2],
  }
}

export type ChangeRow = {
  seq: string
  at: string
  actor: Change['actor']
  via: string
  action: string
  input: Json
  input_seal: Seal | null
  undoes: string | null
  prev_hash: string
  hash: string
}

export function changeOf(row: ChangeRow): Change {
  return {
    seq: Number(row.seq),
    at: row.at,
    actor: row.actor,
    via: row.via,
    action: row.action,
    input: row.input,
    inputSeal: row.input_seal,
    undoes: row.undoes === null ? null : Number(row.undoes),
    prevHash: row.prev_hash,
    hash: row.hash,
  }
}

export type ErrandRow = Omit<Errand, 'seq'> & { seq: string }

export function errandOf(row: ErrandRow): Errand {
  return { ...row, seq: Number(row.seq) }
}

export type ReceiptRow = {
  actor: string
  key: string
  action: string
  input_digest: string
  seq: string
  output: Json
}

export function receiptOf({ input_digest, seq, ...row }: ReceiptRow): Receipt {
  return { ...row, inputDigest: input_digest, seq: Number(seq) }
}
