import { z } from 'zod'
import { Fault } from '../../../kernel/fault.ts'

/** Texts by name as a query string or a command line gives them. */
export type Texts = Readonly<Record<string, string | readonly string[] | undefined>>

/** What a JSON schema says of one field, as far as doors look at it. */
export type FieldSchema = {
  readonly type?: string | readonly string[]
  readonly anyOf?: readonly FieldSchema[]
  readonly oneOf?: readonly FieldSchema[]
  readonly items?: FieldSchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly format?: string
  readonly title?: string
  readonly description?: string
}

export type ObjectSchema = {
  readonly properties: Readonly<Record<string, FieldSchema>>
  readonly required: readonly string[]
}

const known = new WeakMap<z.ZodType, ObjectSchema>()

/** The fields of an input as JSON schema; no fields when the input is not an object. */
export function fieldsOf(schema: z.ZodType): ObjectSchema {
  const kept = known.get(schema)
  if (kept) return kept
  const fields = merged(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described)
  known.set(schema, fields)
  return fields
}

type Described = Partial<ObjectSchema> & { readonly anyOf?: readonly Described[] }

/** Of an input with alternatives: the fields of all, and what every one of them needs. */
function merged({ properties = {}, required = [], anyOf }: Described): ObjectSchema {
  const others = (anyOf ?? []).map(merged)
  if (others.length === 0) return { properties, required }
  const needed = others.map((other) => other.required)
  return {
    properties: Object.assign({}, properties, ...others.map((other) => other.properties)),
    required: (needed[0] ?? []).filter((name) => needed.every((names) => names.includes(name))),
  }
}

/**
 * An input from texts, by what the schema says of each field: numbers and truths are read, lists take every occurrence,
 * anything deeper is JSON. `input` (a JSON text) stands for the whole. What cannot be read stays a text, so that the
 * schema refuses it by name. Faults: `input.malformed`.
 */
export function inputFromTexts(schema: z.ZodType, texts: Texts): unknown {
  const whole = texts.input
  if (whole !== undefined) return parsedJson('input', String(whole))
  const { properties } = fieldsOf(schema)
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, readAs(name, properties[name] ?? {}, text)]],
    ),
  )
}

function readAs(name: string, field: FieldSchema, text: string | readonly string[]): unknown {
  const types = typesOf(field)
  if (types.has('array')) {
    const list = itemsOf(field)
    const [first] = [text].flat()
    if (typeof text === 'string' && first?.startsWith('[')) return parsedJson(name, text)
    return [text].flat().map((item) => readAs(name, list, item))
  }
  if (typeof text !== 'string') return text.length === 1 ? readAs(name, field, text[0] ?? '') : text
  if (types.has('null') && text === 'null') return null
  if ((types.has('number') || types.has('integer')) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (types.has('object') && text.startsWith('{')) return parsedJson(name, text)
  return text
}

/** The JSON types that a field may have. */
export function typesOf(field: FieldSchema): ReadonlySet<string> {
  const own = field.type === undefined ? [] : [field.type].flat()
  const inner = [...(field.anyOf ?? []), ...(field.oneOf ?? [])].flatMap((each) => [...typesOf(each)])
  return new Set([...own, ...inner])
}

function itemsOf(field: FieldSchema): FieldSchema {
  if (field.items) return field.items
  const list = [...(field.anyOf ?? []), ...(field.oneOf ?? [])].find((each) => each.items)
  return list?.items ?? {}
}

function parsedJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Fault('input.malformed', `"${name}" is not JSON.`, { name })
  }
}
