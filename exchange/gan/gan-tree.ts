import { SaxesParser } from 'saxes'
import type { FileLimits } from '../file-limits.ts'
import type { FileRefusal } from '../plan-file.ts'

/** One element of the file with its attributes. */
export type GanNode = {
  name: string
  attributes: Readonly<Record<string, string>>
  text: string
  children: GanNode[]
  line: number
}

class Stop extends Error {
  refusal: FileRefusal
  constructor(code: string, sentence: string, line: number) {
    super(code)
    this.refusal = { code, sentence, facts: { line } }
  }
}

/**
 * Reads the elements of a GanttProject file. Refuses `file.entities` (a document type is never opened), `file.tooDeep`,
 * `file.tooLarge` and `file.notXml`.
 */
export function readGanTree(text: string, limits: FileLimits): GanNode | { refused: FileRefusal } {
  const parser = new SaxesParser({ xmlns: false })
  const open: GanNode[] = []
  let root: GanNode | undefined
  let count = 0
  const stop = (code: string, sentence: string): never => {
    throw new Stop(code, sentence, parser.line)
  }
  const takeText = (piece: string) => {
    const node = open.at(-1)
    if (!node) return
    if (node.text.length + piece.length > limits.textLength)
      stop('file.tooLarge', `A text is longer than ${limits.textLength} characters.`)
    node.text += piece
  }
  parser.on('doctype', () =>
    stop('file.entities', 'The file declares a document type, which is never opened here.'),
  )
  parser.on('error', ({ message }) => {
    const reason = message.replace(/^(?:[^:]*:)?\d+:\d+:\s*/, '').slice(0, 200)
    stop(
      /undefined entity/i.test(reason) ? 'file.entities' : 'file.notXml',
      `The file is not well-formed XML: line ${parser.line}, ${reason}`,
    )
  })
  parser.on('opentag', ({ name, attributes }) => {
    count += 1
    if (count > limits.nodes) stop('file.tooLarge', 'The file holds more elements than are read.')
    if (open.length >= limits.depth)
      stop('file.tooDeep', `Elements are nested more than ${limits.depth} deep.`)
    if (Object.keys(attributes).length > limits.attributesOfOneElement)
      stop('file.tooLarge', 'An element has too many attributes.')
    const node: GanNode = { name, attributes, text: '', children: [], line: parser.line }
    open.at(-1)?.children.push(node)
    root ??= node
    open.push(node)
  })
  parser.on('text', takeText)
  parser.on('cdata', takeText)
  parser.on('closetag', () => {
    open.pop()
  })
  try {
    parser.write(text).close()
  } catch (error) {
    if (error instanceof Stop) return { refused: error.refusal }
    throw error
  }
  if (root !== undefined) return root
  return { refused: { code: 'file.notXml', sentence: 'The file holds no element.', facts: {} } }
}

/** All children of a name, in their order. */
export function childrenOf(node: GanNode | undefined, name: string): GanNode[] {
  return node?.children.filter((child) => child.name === name) ?? []
}

export function childOf(node: GanNode | undefined, name: string): GanNode | undefined {
  return node?.children.find((child) => child.name === name)
}
