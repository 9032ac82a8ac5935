import { z } from 'zod'

/** Who may see a field: those with the `…rates`, `…internal` or `…personal` permission of its room. */
export type Visibility = 'rates' | 'internal' | 'personal'

/** What a field says of itself beside its type; becomes column heads, form labels, API text. */
export type FieldMeta = {
  title?: string
  description?: string
  unit?: string
  /** The kind of record that this field names by id. */
  ref?: string
  /** 'everyone' opens a personal field to all who may read the row. */
  visible?: Visibility | 'everyone'
  /** Enters digests as a salted leaf, so that it can be erased. Implies `visible: 'personal'` unless said. */
  personal?: boolean
}

export type Shape = Readonly<Record<string, z.ZodType>>

/** A noun, described once. */
export type RecordType<S extends Shape = Shape> = {
  readonly kind: string
  readonly title: string
  readonly plural: string
  readonly schema: z.ZodObject<S>
  /** 'project': rows belong to a project; 'workspace': shared by all projects; 'either': as each row says. */
  readonly scope: 'project' | 'workspace' | 'either'
  /** Fields that together occur once among the current rows (of the project, for project rows). */
  readonly unique: readonly string[]
  /** At most three fields by whose value rows can be listed without reading them all. */
  readonly index: readonly string[]
  /** field → kind it refers to */
  readonly refs: Readonly<Record<string, string>>
  readonly personal: readonly string[]
  readonly visible: Readonly<Record<string, Visibility>>
  /** Fields that may refer to a row of another project. */
  readonly crossProject: readonly string[]
  /** A new row opens a project, whose id it bears. */
  readonly founds: boolean
}

export type Fields<R extends RecordType> = z.output<R['schema']>
/** A stored row: what was said, its identity, and the number of the change that wrote it. */
export type Stored<R extends RecordType> = Readonly<
  Fields<R> & { id: string; project: string | null; seq: number }
>
/** A row to be written. */
export type Draft<R extends RecordType> = z.input<R['schema']> & { id: string; project: string | null }

export type RecordOptions = {
  title: string
  plural?: string
  scope?: 'project' | 'workspace' | 'either'
  unique?: readonly string[]
  index?: readonly string[]
  crossProject?: readonly string[]
  founds?: boolean
}

/** Describes a noun. Fields are zod types; `.meta({ title, unit, ref, visible, personal })` says the rest. */
export function record<S extends Shape>(kind: string, fields: S, options: RecordOptions): RecordType<S> {
  const metas = Object.entries(fields).map(([name, type]) => [name, fieldMeta(type)] as const)
  return {
    kind,
    title: options.title,
    plural: options.plural ?? `${options.title}s`,
    schema: z.strictObject(fields),
    scope: options.scope ?? 'project',
    unique: options.unique ?? [],
    index: options.index ?? [],
    refs: Object.fromEntries(metas.flatMap(([name, meta]) => (meta.ref ? [[name, meta.ref]] : []))),
    personal: metas.flatMap(([name, meta]) => (meta.personal ? [name] : [])),
    visible: Object.fromEntries(
      metas.flatMap(([name, meta]) => {
        const visibility = meta.visible ?? (meta.personal ? 'personal' : undefined)
        return visibility && visibility !== 'everyone' ? [[name, visibility]] : []
      }),
    ),
    crossProject: options.crossProject ?? [],
    founds: options.founds ?? false,
  }
}

/** What a field says of itself, looked up through optional and default wrappers. */
export function fieldMeta(type: z.ZodType): FieldMeta {
  const own = type.meta() as FieldMeta | undefined
  if (own) return own
  const inner = (type as { def?: { innerType?: z.ZodType } }).def?.innerType
  return inner ? fieldMeta(inner) : {}
}

/** A short line of text: trimmed, at most 500 characters, without control characters. */
export function line(title: string, maxLength = 500) {
  return z
    .string()
    .trim()
    .min(1, `${title} is empty.`)
    .max(maxLength, `${title} is longer than ${maxLength} characters.`)
    .meta({ title })
}

/** The id of another record. */
export function ref(kind: string, title: string) {
  return z.uuid(`${title} is not the id of a ${kind}.`).meta({ title, ref: kind })
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const LOCAL_TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/

/** A day of the project's wall clock, `2026-11-20`, from 1900 to 2200. */
export function day(title: string) {
  return z
    .string()
    .regex(DAY, `${title} is not a day such as 2026-11-20.`)
    .refine(existsBetween1900And2200, {
      message: `${title} is not a day between 1900 and 2200.`,
    })
    .meta({ title })
}

/** A time of the project's wall clock, `2026-11-20T08:00:00`, from 1900 to 2200. */
export function localTime(title: string) {
  return z
    .string()
    .regex(LOCAL_TIME, `${title} is not a time such as 2026-11-20T08:00:00.`)
    .refine((text) => existsBetween1900And2200(text.slice(0, 10)), {
      message: `${title} is not a time between 1900 and 2200.`,
    })
    .meta({ title })
}

function existsBetween1900And2200(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) return false
  return text >= '1900-01-01' && text <= '2200-12-31'
}

/**
 * The fields of a record as a patch: each may be left out (stays), and each optional one may be null (is removed).
 * Use with `applied`.
 */
export function patchShape<S extends Shape>(
  record: RecordType<S>,
): { [F in keyof S]: z.ZodOptional<z.ZodNullable<S[F]>> } {
  const fields = Object.entries(record.schema.shape).map(([name, type]) => {
    const field = type as z.ZodType
    return [
      name,
      (field.safeParse(undefined).success ? field.nullable() : field).optional().meta(fieldMeta(field)),
    ]
  })
  return Object.fromEntries(fields)
}

/** A patch as the ledger takes it: null becomes "remove this field". */
export function applied<P extends Readonly<Record<string, unknown>>>(
  patch: P,
): { [F in keyof P]: Exclude<P[F], null> | undefined } {
  const fields = Object.entries(patch).map(([name, value]) => [name, value === null ? undefined : value])
  return Object.fromEntries(fields) as { [F in keyof P]: Exclude<P[F], null> | undefined }
}
