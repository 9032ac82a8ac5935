/** The part of a JSON schema that says what is written. */
type Node = {
  type?: string | readonly string[]
  format?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Node[]
  oneOf?: readonly Node[]
  items?: Node
  properties?: Readonly<Record<string, Node>>
  required?: readonly string[]
}

const longest = 180
const deepest = 3

/** A JSON schema in one short line for whoever writes the JSON: `[{ task: id, percentComplete: number, name?: text }]`. */
export function shapeOf(schema: object): string {
  const line = said(schema as Node, 0)
  return line.length <= longest ? line : `${line.slice(0, longest - 2).trimEnd()} …`
}

function said(node: Node, depth: number): string {
  if (depth > deepest) return '…'
  if (node.const !== undefined) return JSON.stringify(node.const)
  if (node.enum) return node.enum.map((each) => JSON.stringify(each)).join(' | ')
  const kinds = node.anyOf ?? node.oneOf
  if (kinds) return [...new Set(kinds.map((each) => said(each, depth)))].join(' | ')
  if (node.type === 'array') return `[${node.items ? said(node.items, depth + 1) : '…'}]`
  if (node.type === 'object') return objectSaid(node, depth)
  if (node.type === 'string') return node.format === 'uuid' ? 'id' : 'text'
  if (node.type === 'integer') return 'number'
  if (node.type === 'boolean') return 'true | false'
  return typeof node.type === 'string' ? node.type : 'anything'
}

// What must be said stands first, so that a line cut short still tells it.
function objectSaid({ properties = {}, required = [] }: Node, depth: number): string {
  const fields = Object.entries(properties)
    .map(([name, node]) => ({ isNeeded: required.includes(name), name, node }))
    .toSorted((one, other) => Number(other.isNeeded) - Number(one.isNeeded))
    .map(({ isNeeded, name, node }) => `${name}${isNeeded ? '' : '?'}: ${said(node, depth + 1)}`)
  return fields.length === 0 ? '{…}' : `{ ${fields.join(', ')} }`
}
