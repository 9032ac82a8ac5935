import type { Action, Query } from '../../kernel/action.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { ROOMS } from '../rooms.ts'
import { doorCommand, kebab, usageOf } from './doors.ts'
import { FILE_VERBS } from './file-verbs.ts'
import { type Terminal, written } from './terminal.ts'

const HOUSE_VERBS: readonly (readonly [usage: string, about: string])[] = [
  ['serve [--port N] [--host NAME] [--empty]', 'start the server and print where it is'],
  ['mcp --as E-MAIL', 'answer a language model on stdin and stdout (Model Context Protocol)'],
  ['audit verify [--json]', 'verify the chain of changes; names the first bad one'],
  ['change undo --seq N', 'undo a change, as long as nobody has built on it'],
  ['version', 'which release this is'],
  ['help [ROOM | NOUN VERB]', 'what there is, and what it takes'],
]

/** `helmward help`, `helmward help schedule`, `helmward help task edit`. */
export function help(words: readonly string[], terminal: Terminal): string {
  const registry = createRegistry(ROOMS)
  const [noun, verb] = words
  const command = noun && verb ? doorCommand(registry, noun, verb) : undefined
  if (command) return usageOf(command)
  const bold = (text: string) => written(terminal, 'bold', text)
  const rooms = noun === undefined ? ROOMS : ROOMS.filter(({ name }) => name === noun)
  const lines = rooms.flatMap((room) => {
    const verbs = [...(room.actions ?? []), ...(room.queries ?? [])] as readonly (Action | Query)[]
    const lists = (room.records ?? []).flatMap(({ kind, plural }) =>
      verbs.some(({ name }) => name === `${kind}.list`)
        ? []
        : [row(`${kebab(kind)} list`, `the register: ${plural}`)],
    )
    const doors = verbs.map(({ name, title }) => row(name.split('.').map(kebab).join(' '), title))
    return [bold(room.title), ...doors, ...lists, '']
  })
  const house = noun === undefined ? [...houseLines(bold), ''] : []
  const foot =
    'Add --help to a command for what it takes, --json for one JSON document. Refusals: `code: sentence`, exit 2.'
  return [...house, ...lines, foot].join('\n')
}

function houseLines(bold: (text: string) => string): string[] {
  return [
    `${bold('helmward')} plans, watches, reports, and proves every number, on your own machine.`,
    '',
    bold('The house'),
    ...HOUSE_VERBS.map(([usage, about]) => row(usage, about)),
    '',
    bold('Files, without a server'),
    ...Object.values(FILE_VERBS).map(({ usage, about }) => row(usage, about)),
    '',
    'The rest speaks to the running server, as the administrator or --as E-MAIL.',
  ]
}

function row(usage: string, about: string): string {
  return `  ${usage.padEnd(44)} ${about}`
}
