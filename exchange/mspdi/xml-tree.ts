import { SaxesParser } from 'saxes'
import type { FileLimits } from '../file-limits.ts'
import type { FileRefusal } from '../plan-file.ts'

/** One element of the file; `text` counts only where there are no children. */
export type XmlNode = { name: string; line: number; text: string; children: XmlNode[] }

export type XmlVisitor = {
  /** The outermost element, before anything inside it. A refusal stops the reading. */
  root: (name: string, attributes: Record<string, string>) => FileRefusal | undefined
  /** An element directly below the root, complete, unless its children are handed out one by one. */
  part: (node: XmlNode) => FileRefusal | undefined
  /** One child of a part that `isContainer`. */
  entity: (container: string, node: XmlNode) => FileRefusal | undefined
  containerEnd: (container: string) => FileRefusal | undefined
  isContainer: (name: string) => boolean
  /** Text beside children, attributes: things the format has no place for. */
  oddity: (text: string, element: string, line: number) => void
}

class Stop extends Error {
  refusal: FileRefusal
  constructor(refusal: FileRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

const chunkLength = 65_536

/**
 * Streams an XML document and hands out entities one at a time, without recursion, so that neither depth nor
 * size of the input decides how much memory is held. Document type declarations are refused (`file.entities`);
 * depth, element count, text and name lengths are limited (`file.tooDeep`, `file.tooLarge`); what is not XML is
 * refused with its line (`file.notXml`).
 */
export function streamXml(
  source: string,
  visitor: XmlVisitor,
  limits: FileLimits,
  onProgress?: (share: number) => void,
): FileRefusal | undefined {
  const parser = new SaxesParser({ xmlns: false })
  listen(parser, visitor, limits)
  try {
    for (let at = 0; at < source.length; at += chunkLength) {
      parser.write(source.slice(at, at + chunkLength))
      onProgress?.(at / source.length)
    }
    parser.close()
    return undefined
  } catch (stop) {
    if (stop instanceof Stop) return stop.refusal
    throw stop
  }
}

type Reading = {
  visitor: XmlVisitor
  limits: FileLimits
  /** Elements that are open, the root first. */
  open: XmlNode[]
  /** The part below the root whose children are handed out one by one. */
  container: string | undefined
  prefix: string
  nodes: number
  entityNodes: number
  intern: (word: string) => string
  line: () => number
}

function listen(parser: SaxesParser<{ xmlns: false }>, visitor: XmlVisitor, limits: FileLimits): void {
  const reading: Reading = {
    visitor,
    limits,
    open: [],
    container: undefined,
    prefix: '',
    nodes: 0,
    entityNodes: 0,
    intern: interner(),
    line: () => parser.line,
  }
  parser.on('error', (error) => stopIf(xmlFault(error.message, parser.line)))
  parser.on('doctype', () => {
    const sentence = 'The file declares a document type with entities, which is never opened here.'
    refuse(reading, 'file.entities', sentence)
  })
  parser.on('opentag', (tag) => openElement(reading, tag.name, tag.attributes))
  parser.on('text', (piece) => takeText(reading, piece))
  parser.on('cdata', (piece) => takeText(reading, piece))
  parser.on('closetag', () => closeElement(reading))
}

function stopIf(refusal: FileRefusal | undefined): void {
  if (refusal !== undefined) throw new Stop(refusal)
}

function refuse(
  reading: Reading,
  code: string,
  sentence: string,
  facts: Record<string, unknown> = {},
): never {
  throw new Stop({ code, sentence, facts: { line: reading.line(), ...facts } })
}

function openElement(reading: Reading, fullName: string, attributes: Record<string, string>): void {
  const { open, limits, visitor } = reading
  if (open.length === 0) reading.prefix = /^[^:]+:/.exec(fullName)?.[0] ?? ''
  const isPrefixed = reading.prefix !== '' && fullName.startsWith(reading.prefix)
  const name = reading.intern(isPrefixed ? fullName.slice(reading.prefix.length) : fullName)
  if (open.length === 0) stopIf(visitor.root(name, attributes))
  if (open.length >= limits.depth) {
    refuse(reading, 'file.tooDeep', `Elements are nested more than ${limits.depth} deep.`, {
      limit: limits.depth,
    })
  }
  reading.nodes += 1
  reading.entityNodes = open.length <= 2 ? 1 : reading.entityNodes + 1
  if (reading.nodes > limits.nodes || reading.entityNodes > limits.nodesOfOneEntity) {
    refuse(reading, 'file.tooLarge', 'The file holds more elements than are read.', { limit: limits.nodes })
  }
  checkTag(reading, fullName, attributes)
  const node: XmlNode = { name, line: reading.line(), text: '', children: [] }
  if (open.length === 1) reading.container = visitor.isContainer(name) ? name : undefined
  const isHandedOut = open.length === 1 || (open.length === 2 && reading.container !== undefined)
  const isForeign = name.includes(':')
  if (isForeign) visitor.oddity('an element of another namespace is left out', name, node.line)
  if (!isHandedOut && !isForeign) open.at(-1)?.children.push(node)
  open.push(node)
}

function takeText(reading: Reading, piece: string): void {
  const node = reading.open.at(-1)
  if (node === undefined) return
  const { textLength } = reading.limits
  if (node.text.length + piece.length > textLength) {
    refuse(reading, 'file.tooLarge', `A text is longer than ${textLength} characters.`, {
      element: node.name,
    })
  }
  node.text = node.text === '' && piece.length < 32 ? reading.intern(piece) : node.text + piece
}

function closeElement(reading: Reading): void {
  const { open, visitor, container } = reading
  const node = open.pop()
  if (node === undefined) return
  if (node.children.length > 0) {
    if (node.text.trim() !== '') visitor.oddity('text beside elements is not kept', node.name, node.line)
    node.text = ''
  }
  if (open.length === 1) {
    reading.container = undefined
    if (container !== undefined) stopIf(visitor.containerEnd(container))
    else if (!node.name.includes(':')) stopIf(visitor.part(node))
  } else if (open.length === 2 && container !== undefined && !node.name.includes(':')) {
    stopIf(visitor.entity(container, node))
  }
}

function checkTag(reading: Reading, name: string, attributes: Record<string, string>): void {
  const { limits, visitor, open } = reading
  if (name.length > limits.elementNameLength) {
    const sentence = `An element name is longer than ${limits.elementNameLength} characters.`
    refuse(reading, 'file.tooLarge', sentence)
  }
  let count = 0
  for (const attribute in attributes) {
    count += 1
    const isNamespace = attribute.startsWith('xmlns') || attribute.startsWith('xsi:')
    if (!(open.length === 0 && isNamespace)) {
      visitor.oddity(`attribute ${attribute.slice(0, 60)} is not kept`, name, reading.line())
    }
    if (count > limits.attributesOfOneElement) {
      const sentence = `An element has more than ${limits.attributesOfOneElement} attributes.`
      refuse(reading, 'file.tooLarge', sentence)
    }
  }
}

function xmlFault(message: string, line: number): FileRefusal {
  const reason = message.replace(/^(?:[^:]*:)?\d+:\d+:\s*/, '').slice(0, 200)
  if (/undefined entity/i.test(reason)) {
    const sentence = `The file uses an entity that XML does not define (line ${line}); entities are never expanded.`
    return { code: 'file.entities', sentence, facts: { line, reason } }
  }
  const sentence = `The file is not well-formed XML: line ${line}, ${reason}`
  return { code: 'file.notXml', sentence, facts: { line, reason } }
}

/** One copy of each short text: a plan repeats "0" and "Cost" a million times. */
function interner(): (word: string) => string {
  const known = new Map<string, string>()
  return (word) => {
    const found = known.get(word)
    if (found !== undefined) return found
    if (known.size < 100_000) known.set(word, word)
    return word
  }
}
