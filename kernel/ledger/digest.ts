import type { z } from 'zod'
import { canonical, type Json } from '../canonical.ts'
import { fieldMeta } from '../record.ts'
import type { Change, Seal, Version } from './store.ts'

/** SHA-256 of a text as hex on servers and in tests; null in the browser, which has none that answers at once. */
export type Hash = ((text: string) => string) | null

type Sealable = Readonly<Record<string, Json>>

/**
 * Digest of a version. Personal fields enter as leaves `hash(salt of field, value)`, so that value and salt can go
 * and the digest stays; all other fields enter as they are.
 */
export function versionDigest(
  hash: Hash,
  version: Omit<Version, 'digest' | 'fromSeq' | 'toSeq' | 'uniqueKey' | 'indexKeys'>,
): string {
  if (!hash) return ''
  const { kind, id, project, body, seal } = version
  if (!seal) return hash(canonical({ kind, id, project, body }))
  return hash(
    canonical({ kind, id, project, body: plainFields(body, seal), leaves: leaves(hash, body, seal) }),
  )
}

/** Digest of a change's input, personal paths as leaves. */
export function inputDigest(hash: Hash, input: Json, seal: Seal | null): string {
  if (!hash) return ''
  if (!seal) return hash(canonical(input))
  const values = Object.fromEntries(seal.fields.map((path) => [path, valueAt(input, path) ?? null]))
  return hash(canonical({ plain: withoutPaths(input, seal.fields), leaves: leaves(hash, values, seal) }))
}

/** The leaves of a seal, field by field: the kept one where the value was erased, else computed. */
export function leaves(hash: (text: string) => string, values: Sealable, seal: Seal): Record<string, string> {
  return Object.fromEntries(
    seal.fields.map((field) => {
      const kept = seal.erased[field]
      if (kept !== undefined) return [field, kept]
      const salt = hash(`${seal.salt ?? ''}/${field}`)
      return [field, hash(`${salt}/${canonical(values[field] ?? null)}`)]
    }),
  )
}

/** Hash of a change: over the hash before it, what was done, and all versions that it began and ended. */
export function changeHash(
  hash: Hash,
  change: Omit<Change, 'hash'>,
  began: readonly Pick<Version, 'kind' | 'id' | 'digest'>[],
  ended: readonly Pick<Version, 'kind' | 'id' | 'fromSeq'>[],
): string {
  if (!hash) return ''
  const { seq, at, actor, via, action, undoes, prevHash, input, inputSeal } = change
  const wrote = began.map(({ kind, id, digest }) => `${kind}/${id}/${digest}`).sort()
  const closed = ended.map(({ kind, id, fromSeq }) => `${kind}/${id}/${fromSeq}`).sort()
  const inputs = inputDigest(hash, input, inputSeal)
  return hash(canonical({ seq, at, actor, via, action, undoes, prevHash, input: inputs, wrote, closed }))
}

/** Erases the personal values of a version or input: value and salt go, leaves stay. */
export function erased(
  hash: (text: string) => string,
  values: Sealable,
  seal: Seal,
): { values: Sealable; seal: Seal } {
  return {
    values: plainFields(values, seal),
    seal: { salt: null, fields: seal.fields, erased: leaves(hash, values, seal) },
  }
}

/** The same for a change's input, whose personal values lie at paths. */
export function erasedInput(
  hash: (text: string) => string,
  input: Json,
  seal: Seal,
): { input: Json; seal: Seal } {
  const values = Object.fromEntries(seal.fields.map((path) => [path, valueAt(input, path) ?? null]))
  return {
    input: withoutPaths(input, seal.fields),
    seal: { salt: null, fields: seal.fields, erased: leaves(hash, values, seal) },
  }
}

/** True when a value stands beside the leaf that its erasure left: somebody put it back. */
export function putBack(values: Json, seal: Seal | null): boolean {
  return seal !== null && Object.keys(seal.erased).some((path) => valueAt(values, path) !== undefined)
}

function plainFields(body: Sealable, seal: Seal): Sealable {
  return Object.fromEntries(Object.entries(body).filter(([field]) => !seal.fields.includes(field)))
}

/** Paths (`name`, `rows.0.email`) of an input at which its schema marks a personal value. */
export function personalPaths(schema: z.ZodType, value: unknown, path = ''): string[] {
  if (value === undefined || value === null) return []
  if (fieldMeta(schema).personal) return [path]
  const def = (schema as { def?: SchemaParts }).def
  if (!def) return []
  const inner = def.innerType ?? def.in
  if (inner) return personalPaths(inner, value, path)
  const under = (key: string) => (path === '' ? key : `${path}.${key}`)
  if (def.element && Array.isArray(value)) {
    const { element } = def
    return value.flatMap((item, index) => personalPaths(element, item, under(String(index))))
  }
  if (def.shape && typeof value === 'object') {
    return Object.entries(def.shape).flatMap(([key, type]) =>
      personalPaths(type, (value as Record<string, unknown>)[key], under(key)),
    )
  }
  if (def.options) return [...new Set(def.options.flatMap((option) => personalPaths(option, value, path)))]
  return []
}

type SchemaParts = {
  innerType?: z.ZodType
  in?: z.ZodType
  element?: z.ZodType
  shape?: Record<string, z.ZodType>
  options?: z.ZodType[]
}

function valueAt(value: Json, path: string): Json | undefined {
  let here: Json | undefined = value
  for (const key of path.split('.')) {
    if (here === null || typeof here !== 'object') return undefined
    here = (here as Readonly<Record<string, Json>>)[key]
  }
  return here
}

function withoutPaths(value: Json, paths: readonly string[]): Json {
  if (paths.length === 0 || value === null || typeof value !== 'object') return value
  const rest = (key: string) =>
    paths.flatMap((path) => (path.startsWith(`${key}.`) ? [path.slice(key.length + 1)] : []))
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      paths.includes(String(index)) ? null : withoutPaths(item, rest(String(index))),
    )
  }
  const kept = Object.entries(value as Record<string, Json>).filter(([key]) => !paths.includes(key))
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutPaths(item, rest(key))]))
}
