import type { z } from 'zod'
import { fieldMeta } from './record.ts'

/** A record that an input names. */
export type Named = { readonly kind: string; readonly id: string }

type Parts = {
  shape?: Readonly<Record<string, z.ZodType>>
  element?: z.ZodType
  innerType?: z.ZodType
  options?: readonly z.ZodType[]
}

/** The records that a checked input names, found by what its schema says of each field. */
export function namedIn(schema: z.ZodType, value: unknown): Named[] {
  const kind = fieldMeta(schema).ref
  if (kind !== undefined && typeof value === 'string') return [{ kind, id: value }]
  const { shape, element, innerType, options } = (schema as { def?: Parts }).def ?? {}
  if (shape && typeof value === 'object' && value !== null) {
    const fields = value as Readonly<Record<string, unknown>>
    return Object.entries(shape).flatMap(([name, type]) => namedIn(type, fields[name]))
  }
  if (element && Array.isArray(value)) return value.flatMap((each) => namedIn(element, each))
  if (innerType) return namedIn(innerType, value)
  const fitting = options?.find((option) => option.safeParse(value).success)
  return fitting ? namedIn(fitting, value) : []
}
