import type { ExtraElement } from '../plan-file.ts'
import { type EntityName, elementPosition } from './element-order.ts'
import type { Codec } from './values.ts'
import type { XmlNode } from './xml-tree.ts'

export type Patch<Owner> = { [Key in keyof Owner]?: Owner[Key] | undefined }

/** One element of an entity and the field it fills. */
export type Field<Owner> = {
  element: string
  /** Undefined: the text is no such value. */
  read: (text: string) => Patch<Owner> | undefined
  /** Undefined: nothing to write. */
  write: (owner: Owner) => string | undefined
  /** A wrong value would make wrong dates, so the file is refused; otherwise it is left out and said. */
  vital: boolean
}

/** A field that holds what one element says. */
export function field<Owner, Key extends keyof Owner & string>(
  element: string,
  key: Key,
  codec: Codec<Exclude<Owner[Key], null | undefined>>,
  importance: 'vital' | 'plain' = 'plain',
): Field<Owner> {
  return {
    element,
    vital: importance === 'vital',
    read(text) {
      const value = codec.read(text)
      return value === undefined ? undefined : ({ [key]: value } as unknown as Patch<Owner>)
    },
    write(owner) {
      const value = owner[key]
      return value === undefined || value === null
        ? undefined
        : codec.write(value as Exclude<Owner[Key], null | undefined>)
    },
  }
}

export type BadValue = {
  field: string
  value: string
  line: number
  vital: boolean
  why: 'value' | 'twice' | 'zone'
}

export type FieldsRead<Owner> = {
  said: Partial<Owner>
  /** Elements that no field took, repeated ones and those with children included. */
  rest: XmlNode[]
  bad: BadValue[]
}

/** What some programs append to a date although the format knows no zones. */
const zone = /(?<=T\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?:Z|[+-]\d\d:\d\d)$/

/** Reads what a table of fields knows of an entity. An empty element says nothing. */
export function readFields<Owner>(
  node: XmlNode,
  fields: ReadonlyMap<string, Field<Owner>>,
): FieldsRead<Owner> {
  const said: Record<string, unknown> = {}
  const rest: XmlNode[] = []
  const bad: BadValue[] = []
  const seen = new Set<string>()
  for (const child of node.children) {
    const known = fields.get(child.name)
    if (known === undefined) {
      rest.push(child)
      continue
    }
    const where = { field: child.name, value: child.text.slice(0, 60), line: child.line, vital: known.vital }
    if (seen.has(child.name)) {
      bad.push({ ...where, why: 'twice' })
      continue
    }
    seen.add(child.name)
    const patch = child.children.length > 0 ? undefined : known.read(child.text)
    const zoneless = patch === undefined ? known.read(child.text.trim().replace(zone, '')) : undefined
    if (patch !== undefined) apply(said, patch)
    else if (zoneless !== undefined && zone.test(child.text.trim()) && child.children.length === 0) {
      apply(said, zoneless)
      bad.push({ ...where, why: 'zone' })
    } else if (child.children.length > 0 || child.text.trim() !== '') bad.push({ ...where, why: 'value' })
  }
  return { said: said as Partial<Owner>, rest, bad }
}

function apply<Owner>(said: Record<string, unknown>, patch: Patch<Owner>): void {
  for (const key in patch) if (patch[key] !== undefined) said[key] = patch[key]
}

/**
 * What an entity's `extra` must hold beside its rest: the source text of each field that would be written
 * differently ("1.00" for 1), so that an untouched value goes back letter for letter.
 */
export function unusualTexts<Owner>(
  node: XmlNode,
  owner: Owner,
  fields: ReadonlyMap<string, Field<Owner>>,
): XmlNode[] {
  const seen = new Set<string>()
  return node.children.filter((child) => {
    const known = fields.get(child.name)
    if (known === undefined || seen.has(child.name) || child.children.length > 0) return false
    seen.add(child.name)
    if (child.text.trim() === '') return known.write(owner) === undefined
    return known.write(owner) !== child.text && says(known, child.text, owner)
  })
}

/** The text of a field: as the source had it while it still says the same, else in the usual form. */
export function fieldText<Owner>(
  known: Field<Owner>,
  owner: Owner,
  source: string | undefined,
): string | undefined {
  const usual = known.write(owner)
  if (source === undefined) return usual
  if (source.trim() === '') return usual === undefined ? source : usual
  return says(known, source, owner) ? source : usual
}

/** Whether a source text still stands for what its owner holds. */
export function isCurrent<Owner>(known: Field<Owner>, source: string, owner: Owner): boolean {
  return source.trim() === '' ? known.write(owner) === undefined : says(known, source, owner)
}

function says<Owner>(known: Field<Owner>, text: string, owner: Owner): boolean {
  const patch = known.read(text)
  if (patch === undefined) return false
  for (const key in patch) if (patch[key] !== owner[key]) return false
  return true
}

export function fieldMap<Owner>(fields: Field<Owner>[]): ReadonlyMap<string, Field<Owner>> {
  return new Map(fields.map((known) => [known.element, remembering(known)]))
}

/**
 * Plans repeat a few hundred texts ("0", "PT8H0M0S") in each field: what they say is found once. Only texts of up
 * to 12 characters are remembered: longer ones are slices that would keep the whole file in memory.
 */
function remembering<Owner>(known: Field<Owner>): Field<Owner> {
  const said = new Map<string, Patch<Owner>>()
  return {
    ...known,
    read(text) {
      const before = said.get(text)
      if (before !== undefined) return before
      const patch = known.read(text)
      if (patch !== undefined && text.length <= 12 && said.size < 500) said.set(text, Object.freeze(patch))
      return patch
    },
  }
}

/** Puts elements into the order of the schema, as plain data. */
export function toExtra(entity: EntityName, nodes: XmlNode[]): ExtraElement[] {
  return nodes
    .map((node, at) => ({ node, at, position: elementPosition(entity, node.name) }))
    .sort((a, b) => a.position - b.position || a.at - b.at)
    .map(({ node }) => copyNode(node))
}

/** Recursion is safe: the reader has refused anything deeper than its limit. */
export function copyNode(node: XmlNode): ExtraElement {
  return node.children.length === 0
    ? { name: node.name, text: node.text }
    : { name: node.name, children: node.children.map(copyNode) }
}
