import { fileLimits } from '../file-limits.ts'
import type { LossReport } from '../plan-file.ts'
import { streamXml, type XmlNode } from './xml-tree.ts'

/** Elements of one MSPDI text that another lacks or says differently: `Task 12 Name = "Design"`. */
export function missingElements(source: string, written: string): string[] {
  const have = new Map<string, number>()
  for (const line of listElements(written)) have.set(line, (have.get(line) ?? 0) + 1)
  return listElements(source).filter((line) => {
    const count = have.get(line) ?? 0
    have.set(line, count - 1)
    return count <= 0
  })
}

/** Of the elements that are missing, those that no loss line names by field or text. */
export function unsaidElements(missing: string[], loss: LossReport): string[] {
  const fields = new Set(loss.lines.map((line) => line.field))
  return missing.filter(
    (line) =>
      !line
        .split(' = ')[0]
        ?.split(/[ /]/)
        .some((word) => fields.has(word)),
  )
}

function listElements(text: string): string[] {
  const lines: string[] = []
  const add = (node: XmlNode, path: string): void => {
    if (node.children.length === 0) {
      if (node.text.trim() !== '') lines.push(`${path}${node.name} = ${JSON.stringify(sameMoment(node))}`)
      return
    }
    for (const child of node.children) add(child, `${path}${node.name}/`)
  }
  const containers = new Set(['Calendars', 'Tasks', 'Resources', 'Assignments'])
  const refusal = streamXml(
    text,
    {
      root: () => undefined,
      isContainer: (name) => containers.has(name),
      part(node) {
        add(node, '')
        return undefined
      },
      entity(_container, node) {
        const uid = node.children.find((child) => child.name === 'UID')?.text ?? '?'
        for (const child of node.children) add(child, `${node.name} ${uid} `)
        return undefined
      },
      containerEnd: () => undefined,
      oddity: (oddity, element) => lines.push(`${element}: ${oddity}`),
    },
    fileLimits,
  )
  if (refusal !== undefined) lines.push(`${refusal.code}: ${refusal.sentence}`)
  return lines
}

/** The last moment of a day is 23:59:00 for one program and 23:59:59 for another. */
function sameMoment(node: XmlNode): string {
  return node.name === 'ToDate' ? node.text.replace('T23:59:59', 'T23:59:00') : node.text
}
