import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

// Small rules of STYLE.md that neither the formatter nor the architecture rules know.

const house = fileURLToPath(new URL('..', import.meta.url))
const PARTS = 'engine,kernel,drawing,exchange,paper,ui,capabilities,connectors,apps,tests,bench,tools'
const PURE = /^(engine|kernel|drawing|exchange|capabilities)\/|^paper\/blocks/
const TEST = /(\.test|\.arbitrary|\/contract)\.tsx?$/
const BIN = /^(utils?|helpers?|types?|common|misc|shared|manager|service)$/
const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/

/** The step of `npm run check`: one sentence per offence in a tree, with the place. */
export function limitFaults(tree: string): string[] {
  const files = globSync(`{${PARTS}}/**/*.{ts,tsx}`, { cwd: tree }).filter((file) => !/\/sins\//.test(file))
  if (files.length === 0) return ['No file was looked at: the check itself is broken.']
  return [
    ...files.flatMap(nameFaults),
    ...files.flatMap((file) => purityFaults(file, readFileSync(`${tree}/${file}`, 'utf8'))),
    ...roomFaults(tree),
  ]
}

/** Clock, chance and the network are arguments in the pure parts; answers where a text takes them by itself. */
export function purityFaults(file: string, text: string): string[] {
  if (!PURE.test(file) || TEST.test(file)) return []
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const faults: string[] = []
  const visit = (node: ts.Node): void => {
    const taken = takenFromTheWorld(node)
    if (taken) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      faults.push(`${file}:${line + 1} takes ${taken} by itself: make it an argument.`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return faults
}

const TAKEN = new Map([
  ['Date.now', 'the time'],
  ['performance.now', 'the time'],
  ['Temporal.Now', 'the time'],
  ['Math.random', 'chance'],
  ['crypto.randomUUID', 'chance'],
  ['crypto.getRandomValues', 'chance'],
])

function takenFromTheWorld(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    return TAKEN.get(node.getText().replace(/^globalThis\./, ''))
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) {
    return 'the time'
  }
  if (ts.isCallExpression(node)) {
    const name = node.expression.getText()
    if (name === 'fetch' || name === 'globalThis.fetch') return 'the network'
    if (name === 'Date') return 'the time'
  }
  return undefined
}

function nameFaults(file: string): string[] {
  const name = basename(file)
  return [
    ...(FILE_NAME.test(name) ? [] : [`${file} is not named in kebab-case.`]),
    ...(BIN.test(name.split('.')[0] ?? '') ? [`${file} is a bin: name it after what it holds.`] : []),
  ]
}

/** Every room has its ten lines of README and stands on the ladder. */
function roomFaults(tree: string): string[] {
  const ladder = existsSync(`${tree}/apps/rooms.ts`) ? readFileSync(`${tree}/apps/rooms.ts`, 'utf8') : ''
  const rooms = new Set(
    globSync('capabilities/*/*.ts', { cwd: tree }).map((file) => file.split('/')[1] ?? ''),
  )
  return [...rooms]
    .sort()
    .flatMap((room) => [
      ...(existsSync(`${tree}/capabilities/${room}/README.md`)
        ? []
        : [`capabilities/${room} has no README.md.`]),
      ...(ladder.includes(`/capabilities/${room}/`)
        ? []
        : [`capabilities/${room} is missing in apps/rooms.ts.`]),
    ])
}

if (import.meta.main) {
  const faults = limitFaults(house)
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
}
