import { createHash } from 'node:crypto'
import type pg from 'pg'
import { Fault } from '../../../kernel/fault.ts'
import type { Filter, Head, Seq, StoreReader, Version } from '../../../kernel/ledger/store.ts'
import {
  CHANGE,
  type ChangeRow,
  changeOf,
  type ErrandRow,
  errandOf,
  instantText,
  VERSION,
  type VersionRow,
  versionOf,
} from './rows.ts'

/** Asks one statement, prepared on its connection the first time; its text is its identity. */
export type Ask = <T extends pg.QueryResultRow>(sql: string, values: readonly unknown[]) => Promise<T[]>

export const BEGINNING: Head = { seq: 0, hash: '', at: '1970-01-01T00:00:00.000Z' }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** True for what the database takes as an id; anything else names no row. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** Reads of one workspace inside a transaction. Statements name no two tables, so that no plan can go astray. */
export function readerOver(ask: Ask, workspace: string): StoreReader {
  const versions = async (sql: string, values: readonly unknown[]) =>
    (await ask<VersionRow>(sql, [workspace, ...values])).map(versionOf)
  const edge = (column: 'from_seq' | 'to_seq', after: Seq, until: Seq, limit: number | undefined) =>
    versions(
      `select ${VERSION} from helmward.version where workspace = $1 and ${column} > $2 and ${column} <= $3
        order by ${column}, kind, id limit $4`,
      [after, until, limit ?? null],
    )
  return {
    head: async () => (await ask<HeadRow>(HEAD, [workspace])).map(headOf)[0] ?? BEGINNING,
    get: async (kind, ids, at) => {
      const known = ids.filter(isUuid)
      return known.length ? versions(...standing(kind, at, ['id = any($3::uuid[])'], [known])) : []
    },
    list: async (kind, filter, at) => versions(...standing(kind, at, ...conditions(filter))),
    byUniqueKeys: async (kind, keys) => {
      const wanted = new Set(keys)
      const rows = await versions(
        `select ${VERSION} from helmward.version where workspace = $1 and kind = $2 and to_seq is null
          and unique_digest = any(array(select md5(key)::uuid from unnest($3::text[]) key))`,
        [kind, keys],
      )
      return rows.filter(({ uniqueKey }) => uniqueKey !== null && wanted.has(uniqueKey))
    },
    lastTouch: (kinds, project) => lastTouch(ask, workspace, kinds, project),
    written: async (after, until, limit) => ({
      began: await edge('from_seq', after, until, limit),
      ended: await edge('to_seq', after, until, limit),
    }),
    changes: async (after, limit, until) =>
      (
        await ask<ChangeRow>(
          `select ${CHANGE} from helmward.change where workspace = $1 and seq > $2 and seq <= $3
            order by seq limit $4`,
          [workspace, after, until ?? Number.MAX_SAFE_INTEGER, limit],
        )
      ).map(changeOf),
    seqAt: async (instant) =>
      numberOf(
        await ask<{ seq: string }>(
          `select seq from helmward.change where workspace = $1 and at <= $2::timestamptz
            order by at desc, seq desc limit 1`,
          [workspace, instantOf(instant)],
        ),
      ),
    history: async (kind, id) =>
      isUuid(id)
        ? versions(
            `select ${VERSION} from helmward.version where workspace = $1 and kind = $2 and id = $3
              order by from_seq`,
            [kind, id],
          )
        : [],
    errands: async (state) => (await ask<ErrandRow>(...errands(workspace, state))).map(errandOf),
    blob: async (hash) => {
      const asked = 'select bytes from helmward.blob where workspace = $1 and hash = $2'
      const bytes = (await ask<{ bytes: Buffer }>(asked, [workspace, hash]))[0]?.bytes
      return bytes && asKept(bytes, hash)
    },
  }
}

/** Records name files by their SHA-256, so that the chain vouches for those too, as long as somebody compares. */
function asKept(bytes: Buffer, hash: string): Buffer {
  if (createHash('sha256').update(bytes).digest('hex') === hash) return bytes
  throw new Fault('storage.fileDamaged', 'A kept file is not what was stored under its hash.', { hash })
}

type HeadRow = { seq: string; hash: string; at: string }

export const HEAD = `select seq, hash, ${instantText('at')} from helmward.latest where workspace = $1`

export function headOf({ seq, hash, at }: HeadRow): Head {
  return { seq: Number(seq), hash, at }
}

/**
 * The statement for what stands now, or stood right after change `at`; a past moment is two ranges, each with
 * an index of its own: what still stands and began by then, and what ended later.
 */
function standing(
  kind: string,
  at: Seq | undefined,
  where: readonly string[],
  values: readonly unknown[],
): [string, unknown[]] {
  const from = `select ${VERSION} from helmward.version`
  const base = ['workspace = $1', 'kind = $2', ...where]
  if (at === undefined) {
    return [`${from} where ${[...base, 'to_seq is null'].join(' and ')} order by id`, [kind, ...values]]
  }
  const moment = `$${values.length + 3}::bigint`
  const began = [...base, `from_seq <= ${moment}`]
  const still = `${from} where ${[...began, 'to_seq is null'].join(' and ')}`
  const ended = `${from} where ${[...began, `to_seq > ${moment}`].join(' and ')}`
  return [`${still} union all ${ended} order by id`, [kind, ...values, at]]
}

function conditions(filter: Filter): [string[], unknown[]] {
  const where: string[] = []
  const values: unknown[] = []
  const place = (value: unknown) => `$${values.push(value) + 2}`
  if (filter.project === null) where.push('project is null')
  else if (filter.project !== undefined) where.push(`project = ${place(filter.project)}::uuid`)
  if (filter.projects && filter.projects !== 'all') {
    const list = place([...filter.projects].filter(isUuid))
    where.push(`(project is null or project in (select unnest(${list}::uuid[])))`)
  }
  if (filter.index) where.push(`key${filter.index.slot} = any(${place([...filter.index.values])}::text[])`)
  return [where, values]
}

async function lastTouch(
  ask: Ask,
  workspace: string,
  kinds: readonly string[],
  project: string | null | undefined,
): Promise<Seq> {
  const touched = 'select max(seq) as seq from helmward.head where workspace = $1 and kind = any($2::text[])'
  if (project === undefined) return numberOf(await ask<{ seq: string }>(touched, [workspace, kinds]))
  if (project === null) {
    return numberOf(await ask<{ seq: string }>(`${touched} and project is null`, [workspace, kinds]))
  }
  if (!isUuid(project)) return 0
  return numberOf(await ask<{ seq: string }>(`${touched} and project = $3`, [workspace, kinds, project]))
}

function errands(workspace: string, state: string | undefined): [string, unknown[]] {
  const all = `select id, seq, kind, payload, outward, state from helmward.errand where workspace = $1`
  if (state === undefined) return [`${all} order by seq, id`, [workspace]]
  return [`${all} and state = $2 order by seq, id`, [workspace, state]]
}

function instantOf(text: string): string {
  if (!Number.isNaN(Date.parse(text))) return text
  throw new Fault('instant.invalid', 'This is not an instant such as 2026-11-20T08:00:00Z.', {
    instant: text,
  })
}

function numberOf(rows: readonly { seq: string | null }[]): number {
  return Number(rows[0]?.seq ?? 0)
}

export function projectsOf(versions: readonly Version[]): string[] {
  return [...new Set(versions.flatMap(({ project }) => (project === null ? [] : [project])))]
}
