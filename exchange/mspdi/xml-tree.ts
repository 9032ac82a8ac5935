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

function listen(parser: SaxesParser<{ xmlns: false }>, visitor: XmlVisitor, limits: FileLimits): void {
  const open: XmlNode[] = []
  const intern = interner()
  let container: string | undefined
  let prefix = ''
  let nodes = 0
  let entityNodes = 0
  const stopIf = (refusal: FileRefusal | undefined): void => {
    if (refusal !== undefined) throw new Stop(refusal)
  }
  const refuse = (code: string, sentence: string, facts: Record<string, unknown> = {}): never => {
    throw new Stop({ code, sentence, facts: { line: parser.line, ...facts } })
  }
  const local = (name: string): string =>
    intern(prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name)

  parser.on('error', (error) => stopIf(xmlFault(error.message, parser.line)))
  parser.on('doctype', () => {
    refuse('file.entities', 'The file declares a document type with entities, which is never opened here.')
  })
  parser.on('opentag', (tag) => {
    const attributes = tag.attributes
    if (open.length === 0) {
      prefix = /^[^:]+:/.exec(tag.name)?.[0] ?? ''
      stopIf(visitor.root(local(tag.name), attributes))
    }
    if (open.length >= limits.depth) {
      refuse('file.tooDeep', `Elements are nested more than ${limits.depth} deep.`, { limit: limits.depth })
    }
    nodes += 1
    entityNodes = open.length <= 2 ? 1 : entityNodes + 1
    if (nodes > limits.nodes || entityNodes > limits.nodesOfOneEntity) {
      refuse('file.tooLarge', 'The file holds more elements than are read.', { limit: limits.nodes })
    }
    checkTag(tag.name, attributes, open.length, limits, visitor, parser.line, refuse)
    const node: XmlNode = { name: local(tag.name), line: parser.line, text: '', children: [] }
    if (open.length === 1) container = visitor.isContainer(node.name) ? node.name : undefined
    const parent = open.at(-1)
    const isHandedOut = open.length === 1 || (open.length === 2 && container !== undefined)
    const isForeign = node.name.includes(':')
    if (isForeign) visitor.oddity('an element of another namespace is left out', node.name, node.line)
    if (parent !== undefined && !isHandedOut && !isForeign) parent.children.push(node)
    open.push(node)
  })
  const take = (piece: string): void => {
    const node = open.at(-1)
    if (node === undefined) return
    if (node.text.length + piece.length > limits.textLength) {
      refuse('file.tooLarge', `A text is longer than ${limits.textLength} characters.`, {
        element: node.name,
      })
    }
    node.text = node.text === '' && piece.length < 32 ? intern(piece) : node.text + piece
  }
  parser.on('text', take)
  parser.on('cdata', take)
  parser.on('closetag', () => {
    const node = open.pop()
    if (node === undefined) return
    if (node.children.length > 0) {
      if (node.text.trim() !== '') visitor.oddity('text beside elements is not kept', node.name, node.line)
      node.text = ''
    }
    if (node.name.includes(':')) return
    if (open.length === 1) {
      stopIf(container === undefined ? visitor.part(node) : visitor.containerEnd(container))
      container = undefined
    } else if (open.length === 2 && container !== undefined) stopIf(visitor.entity(container, node))
  })
}

function checkTag(
  name: string,
  attributes: Record<string, string>,
  depth: number,
  limits: FileLimits,
  visitor: XmlVisitor,
  line: number,
  refuse: (code: string, sentence: string, facts?: Record<string, unknown>) => never,
): void {
  if (name.length > limits.elementNameLength) {
    refuse('file.tooLarge', `An element name is longer than ${limits.elementNameLength} characters.`)
  }
  let count = 0
  for (const attribute in attributes) {
    count += 1
    const isNamespace = attribute.startsWith('xmlns') || attribute.startsWith('xsi:')
    if (!(depth === 0 && isNamespace))
      visitor.oddity(`attribute ${attribute.slice(0, 60)} is not kept`, name, line)
    if (count > limits.attributesOfOneElement) {
      refuse('file.tooLarge', `An element has more than ${limits.attributesOfOneElement} attributes.`)
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
