import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Action, Query } from '../kernel/action.ts'
import { createRegistry, type Registry } from '../kernel/registry.ts'
import { ROOMS } from './rooms.ts'
import { mcpTools } from './server/mcp/tools.ts'
import { AUDIT_PERMISSION } from './server/rest/audit.ts'
import { fieldsOf, typesOf } from './server/rest/input.ts'
import { openApi } from './server/rest/openapi.ts'
import { statusOf } from './server/rest/problem.ts'

const ROOT = join(import.meta.dirname, '..')
// Where refusals are thrown; tests and fixtures throw none of ours.
const SOURCES = ['kernel', 'engine', 'exchange', 'paper', 'drawing', 'capabilities', 'connectors', 'apps']

/** The pages that are made from the sources; `npm run check` refuses a stored one that is stale. */
export const generators: readonly { path: string; make: () => string }[] = [
  { path: 'docs/api/openapi.json', make: () => `${JSON.stringify(openApi(registry()), null, 2)}\n` },
  { path: 'docs/api/actions.md', make: () => actionsPage(registry()) },
  { path: 'docs/api/permissions.md', make: () => permissionsPage(registry()) },
  { path: 'docs/api/faults.md', make: () => faultsPage(faultsIn(ROOT)) },
  { path: 'docs/api/mcp-tools.json', make: () => `${JSON.stringify(mcpTools(registry()), null, 2)}\n` },
]

const MADE = 'Made by `npm run generate`; not edited by hand.'

function registry(): Registry {
  return createRegistry(ROOMS)
}

/** All verbs and questions, room by room. */
export function actionsPage({ rooms }: Registry): string {
  const lines = ['# Actions and questions', '', MADE, '']
  lines.push(
    'An action is `POST /api/<name>` with its input as JSON; a question is `GET /api/<name>?field=value`.',
    'On the command line both are `helmward <room> <verb> --field value`. Fields marked `*` are needed.',
    '',
  )
  for (const room of rooms) {
    const actions = (room.actions ?? []) as readonly Action[]
    const queries = (room.queries ?? []) as readonly Query[]
    if (actions.length + queries.length === 0) continue
    lines.push(`## ${room.title}`, '')
    for (const action of actions) {
      const undo = action.final === undefined ? 'can be undone' : `final: ${action.final}`
      lines.push(...entry(action, `action · needs \`${action.allow}\` · ${undo}`))
    }
    for (const query of queries) lines.push(...entry(query, `question · needs \`${query.allow}\``))
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function entry({ name, title, about, input }: Action | Query, what: string): string[] {
  const { properties, required } = fieldsOf(input)
  const fields = Object.entries(properties).map(([field, schema]) => {
    const type = schema.enum ? schema.enum.map(String).join(' / ') : [...typesOf(schema)].join(' or ')
    return `\`${field}${required.includes(field) ? '*' : ''}\` ${schema.format ?? type}`.trimEnd()
  })
  const given = fields.length > 0 ? fields.join(', ') : 'nothing'
  return [`### ${name}`, '', `${title}. ${about}`, '', `- ${what}`, `- takes ${given}`, '']
}

/** What each permission opens, and which actions and questions ask for it. */
export function permissionsPage({ permissions, actions, queries }: Registry): string {
  const askedBy = (permission: string) =>
    [...actions, ...queries].filter(({ allow }) => allow === permission).map(({ name }) => `\`${name}\``)
  const all = { ...permissions, [AUDIT_PERMISSION]: 'Verify the chain of changes' }
  const rows = Object.entries(all).map(
    ([permission, opens]) => `| \`${permission}\` | ${opens} | ${askedBy(permission).join(', ') || '-'} |`,
  )
  return `${[
    '# Permissions',
    '',
    MADE,
    '',
    'Roles are data: a role lists permissions (`schedule.write`, `schedule.*`, `*`), a membership gives it to a person in',
    'one project or everywhere. `.rates`, `.internal` and `.personal` open guarded fields.',
    '',
    '| permission | opens | asked by |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n')}\n`
}

type FoundFault = { readonly code: string; readonly sentence: string; readonly file: string }

/** Every refusal in the sources, by code. */
export function faultsPage(faults: readonly FoundFault[]): string {
  const codes = [...new Set(faults.map(({ code }) => code))].sort()
  const rows = codes.map((code) => {
    const places = faults.filter((fault) => fault.code === code)
    const sentence = places.find((place) => place.sentence !== '')?.sentence ?? ''
    const files = [...new Set(places.map(({ file }) => file))].join(', ')
    return `| \`${code}\` | ${statusOf(code)} | ${sentence.replaceAll('|', '\\|')} | ${files} |`
  })
  return `${[
    '# Refusals',
    '',
    MADE,
    '',
    'Every refusal has a stable code, a sentence and facts. `…` stands for what is put in.',
    '',
    '| code | HTTP | sentence | thrown in |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')}\n`
}

// `new Fault('code', 'sentence'`, or the engine's and the readers' `refuse('code', …)` and `code: 'room.reason'`.
const CODE = '([a-z][A-Za-z]*\\.[a-zA-Z]+|\\$\\{[\\w.]+\\}\\.[a-zA-Z]+)'
const THROWN = new RegExp(
  `(?:new Fault\\(|refuse(?:d|Input)?\\(|refused: \\{ code: |code: )\\s*['\`]${CODE}['\`],?\\s*(?:sentence: )?(?:'((?:[^'\\\\]|\\\\.)*)'|\`((?:[^\`\\\\]|\\\\.)*)\`)?`,
  'g',
)

/** Scans the sources for refusals. */
export function faultsIn(root: string): FoundFault[] {
  const files = SOURCES.flatMap((folder) => sourcesUnder(root, folder)).sort()
  return files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(THROWN)].map(([, code = '', plain, built]) => ({
      code: code.replace(/\$\{[\w.]+\}/, '<kind>'),
      sentence: (plain ?? built ?? '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…').replaceAll("\\'", "'"),
      file,
    })),
  )
}

function sourcesUnder(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(
        (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|(^|\/)(test-|contract|fixtures|cases)/.test(name),
      )
      .map((name) => `${folder}/${name}`)
  } catch (cause) {
    // A part of the house that is not built yet has no refusals.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw cause
  }
}
