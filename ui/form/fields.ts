import { z } from 'zod'
import { shapeOf } from './shape.ts'

/** What a form needs to know of a field, read from its schema and its `.meta({ title, description, unit })`. */
export type FormField = {
  name: string
  title: string
  description?: string
  unit?: string
  kind: 'line' | 'text' | 'number' | 'whole' | 'yesNo' | 'choice' | 'day' | 'time' | 'record' | 'json'
  isRequired: boolean
  /** The kind of record that the field names by id. */
  record?: string
  /** Neither yes nor no is an answer too: the field is left as it is. */
  mayBeUnsaid?: boolean
  choices?: readonly { value: string; label: string }[]
  least?: number
  most?: number
}

type Meta = {
  title?: string
  description?: string
  unit?: string
  ref?: string
  choices?: Readonly<Record<string, string>>
}
type Inside = z.ZodType & {
  def: {
    type: string
    innerType?: z.ZodType
    in?: z.ZodType
    entries?: Record<string, string>
    values?: unknown[]
  }
}

// Longer than this, a text wants more than one line to be written in.
const lineLength = 500

export type FieldChoice = {
  hidden?: readonly string[]
  only?: readonly string[]
  /** Lists and nested objects are offered as JSON, and a yes or no that may be left out has three answers. */
  whole?: boolean
}

/**
 * The fields of an object schema that a form can offer, in their order. Lists, money and nested objects are left
 * to the screen unless the `whole` schema is asked for. `hidden` names those the screen fills in itself (ids, the
 * project).
 */
export function fieldsOf(schema: z.ZodObject, options: FieldChoice = {}): FormField[] {
  return Object.entries(schema.shape)
    .filter(([name]) => !options.hidden?.includes(name) && (options.only?.includes(name) ?? true))
    .map(([name, type]) => fieldOf(name, type as z.ZodType, options.whole === true))
    .filter((field) => field !== undefined)
}

function fieldOf(name: string, type: z.ZodType, whole: boolean): FormField | undefined {
  const core = coreOf(type as Inside)
  const meta = metaOf(type as Inside)
  const kind =
    meta.ref && core.def.type === 'string' ? 'record' : (kindOf(core) ?? (whole ? 'json' : undefined))
  if (kind === undefined) return undefined
  const description = [meta.description, kind === 'json' ? `JSON: ${shapeLine(core)}` : undefined]
    .filter(Boolean)
    .join(' ')
  const isRequired = !takesNothing(type)
  const { minValue, maxValue } = core as { minValue?: number | null; maxValue?: number | null }
  return {
    name,
    title: meta.title ?? titleOf(name),
    kind,
    isRequired,
    ...(kind === 'record' && meta.ref ? { record: meta.ref } : {}),
    ...(kind === 'yesNo' && whole && !isRequired ? { mayBeUnsaid: true } : {}),
    ...(description ? { description } : {}),
    ...(meta.unit ? { unit: meta.unit } : {}),
    ...(kind === 'choice' ? { choices: choicesOf(core, meta) } : {}),
    ...(Number.isFinite(minValue) && Number(minValue) > Number.MIN_SAFE_INTEGER
      ? { least: Number(minValue) }
      : {}),
    ...(Number.isFinite(maxValue) && Number(maxValue) < Number.MAX_SAFE_INTEGER
      ? { most: Number(maxValue) }
      : {}),
  }
}

function takesNothing(type: z.ZodType): boolean {
  return type.safeParse(undefined).success || type.safeParse(null).success
}

function shapeLine(core: z.ZodType): string {
  return shapeOf(z.toJSONSchema(core, { io: 'input', unrepresentable: 'any' }))
}

// Optional, nullable, default and the like wrap the type that says what is written.
function coreOf(type: Inside): Inside {
  const inner = type.def.innerType ?? (type.def.type === 'pipe' ? type.def.in : undefined)
  return inner ? coreOf(inner as Inside) : type
}

function metaOf(type: Inside): Meta {
  const own = type.meta() as Meta | undefined
  const inner = type.def.innerType ?? (type.def.type === 'pipe' ? type.def.in : undefined)
  return { ...(inner ? metaOf(inner as Inside) : {}), ...own }
}

function kindOf(core: Inside): FormField['kind'] | undefined {
  if (core.def.type === 'boolean') return 'yesNo'
  if (core.def.type === 'enum') return 'choice'
  if (core.def.type === 'number')
    return core.safeParse(0.5).error?.issues.some(isNotWhole) ? 'whole' : 'number'
  if (core.def.type !== 'string') return undefined
  // A day is what takes days and nothing else: true of the kernel's `day` and of zod's own.
  if (!takes(core, 'x') && takes(core, '2026-11-20') && !takes(core, '2026-13-01')) return 'day'
  if (!takes(core, 'x') && takes(core, '2026-11-20T08:00:00')) return 'time'
  return takes(core, 'a'.repeat(lineLength + 1)) ? 'text' : 'line'
}

function takes(core: z.ZodType, value: string): boolean {
  return core.safeParse(value).success
}

function isNotWhole(issue: { code?: string; expected?: unknown }): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'int'
}

function choicesOf(core: Inside, meta: Meta): { value: string; label: string }[] {
  return Object.values(core.def.entries ?? {}).map((value) => ({
    value,
    label: meta.choices?.[value] ?? titleOf(value),
  }))
}

// `passedWithConditions` is read as "Passed with conditions".
function titleOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What was typed as the schema wants it: empty fields left out (or null where the field may only be emptied), numbers as numbers. */
export function valuesOf(
  fields: readonly FormField[],
  typed: Readonly<Record<string, unknown>>,
  empty: 'leaveOut' | 'null',
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const field of fields) {
    const value = typed[field.name]
    if (value === '' || value === undefined || value === null) {
      if (empty === 'null' && !field.isRequired) values[field.name] = null
    } else values[field.name] = typedAs(field, value)
  }
  return values
}

function typedAs(field: FormField, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (field.kind === 'yesNo') return value === 'true'
  // Browsers leave out seconds that are nought.
  if (field.kind === 'time' && value.length === 16) return `${value}:00`
  if (field.kind !== 'json') return value
  const read = readJson(value)
  return 'value' in read ? read.value : value // what is no JSON is complained of as it was typed
}

function readJson(text: string): { value: unknown } | { why: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}

/** The first complaint of the schema about each field, in its own words. */
export function complaintsOf(
  schema: z.ZodObject,
  fields: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const complaints: Record<string, string> = {}
  for (const field of fields) {
    const type = schema.shape[field.name] as z.ZodType | undefined
    const result = type?.safeParse(values[field.name])
    if (!result || result.success) continue
    const isMissing = values[field.name] === undefined || values[field.name] === null
    complaints[field.name] = isMissing
      ? `${field.title} is needed.`
      : complaintOf(field, values[field.name], result.error)
  }
  return complaints
}

function complaintOf(field: FormField, value: unknown, { issues }: z.ZodError): string {
  const message = issues[0]?.message ?? 'Not allowed.'
  if (field.kind !== 'json') return message
  const read = typeof value === 'string' ? readJson(value) : { value }
  if ('why' in read) return `${field.title} is not JSON: ${read.why}`
  const place = issues[0]?.path.join('.')
  return place ? `At ${place}: ${message}` : message
}
