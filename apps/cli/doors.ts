import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Action, Query } from '../../kernel/action.ts'
import { Fault } from '../../kernel/fault.ts'
import type { Registry } from '../../kernel/registry.ts'
import { type FieldSchema, fieldsOf, inputFromTexts, typesOf } from '../server/rest/input.ts'
import { machine } from '../server/world.ts'
import { type RunningServer, runningServer } from './running-server.ts'
import { table } from './table.ts'
import type { Terminal } from './terminal.ts'

/** One command of the registry: a verb, a question, or the register of a noun. */
export type DoorCommand =
  | { readonly action: Verb }
  | { readonly query: Query }
  | { readonly register: string }

type Verb = Pick<Action, 'name' | 'title' | 'about' | 'input'>

/** The one verb that no room describes: it belongs to all of them. */
export const UNDO: Verb = {
  name: 'change.undo',
  title: 'Undo a change',
  about: 'Puts back what stood before a change, as a new change. Refused when somebody has changed it since.',
  input: z.strictObject({ seq: z.int().positive().meta({ title: 'Number of the change' }) }),
}

/** The command of two words (`task edit`, `schedule show`, `task list`); undefined when the registry has none. */
export function doorCommand(registry: Registry, noun: string, verb: string): DoorCommand | undefined {
  const name = `${camel(noun)}.${camel(verb)}`
  const action = [UNDO, ...registry.actions].find((each) => each.name === name)
  if (action) return { action }
  const query = registry.queries.find((each) => each.name === name)
  if (query) return { query }
  const record = registry.records.find((each) => each.kind === camel(noun))
  return record && verb === 'list' ? { register: record.kind } : undefined
}

type Flags = { fields: Record<string, string | string[]>; own: Partial<Record<OwnFlag, string>> }
type OwnFlag = 'json' | 'as' | 'as-of' | 'key' | 'if-match' | 'help'

/** Performs or asks through the running server, with the rights of `--as` (else the administrator). */
export async function runDoor(
  command: DoorCommand,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const flags = flagsOf(command, args)
  if (flags.own.help !== undefined) {
    terminal.print(usageOf(command))
    return 0
  }
  const server = await runningServer(process.env, 'cli', flags.own.as ?? process.env.HELMWARD_AS)
  const answer = await answered(command, flags, server).finally(() => server.close())
  terminal.print(flags.own.json === undefined ? forPeople(command, answer) : JSON.stringify(answer))
  return 0
}

async function answered(
  command: DoorCommand,
  { fields, own }: Flags,
  server: RunningServer,
): Promise<unknown> {
  const moment: Record<string, string> = own['as-of'] === undefined ? {} : { asOf: own['as-of'] }
  if ('action' in command) {
    const { action } = command
    const input = withNewId(action, inputFromTexts(action.input, contentOf(fields)))
    const headers = {
      ...(own.key === undefined ? {} : { 'idempotency-key': own.key }),
      ...(own['if-match'] === undefined ? {} : { 'if-match': own['if-match'] }),
    }
    return (await server.post(`/api/${action.name}`, input, headers)).body
  }
  if ('query' in command) {
    const input = JSON.stringify(inputFromTexts(command.query.input, contentOf(fields)))
    return (await server.get(`/api/${command.query.name}`, { input, ...moment })).body
  }
  const search = Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, String(text)]))
  return (await server.get(`/api/records/${command.register}`, { ...search, ...moment })).body
}

/** `--input @file.json` reads the whole input from a file, `@-` from stdin. */
function contentOf(fields: Flags['fields']): Flags['fields'] {
  const { input } = fields
  if (typeof input !== 'string' || !input.startsWith('@')) return fields
  try {
    return { ...fields, input: readFileSync(input === '@-' ? 0 : input.slice(1), 'utf8') }
  } catch {
    throw new Fault('file.missing', `There is no file "${input.slice(1)}".`, {})
  }
}

/** Ids of new rows come in the input; whoever types a command need not think of one. */
function withNewId(action: Verb, input: unknown): unknown {
  const { properties, required } = fieldsOf(action.input)
  const isNew = required.includes('id') && (properties.id as { ref?: string } | undefined)?.ref === undefined
  if (!isNew || typeof input !== 'object' || input === null || 'id' in input) return input
  return { id: machine.newId(), ...input }
}

const OWN: Readonly<Record<OwnFlag, 'text' | 'switch'>> = {
  json: 'switch',
  help: 'switch',
  as: 'text',
  'as-of': 'text',
  key: 'text',
  'if-match': 'text',
}

function flagsOf(command: DoorCommand, args: readonly string[]): Flags {
  const flags: Flags = { fields: {}, own: {} }
  for (let at = 0; at < args.length; at += 1) {
    const given = /^--([^=]+)(?:=(.*))?$/s.exec(args[at] ?? '')
    if (!given?.[1]) throw usage(`"${args[at]}" is not understood.`, command)
    const [, flag, attached] = given
    const isSwitch = flag in OWN ? OWN[flag as OwnFlag] === 'switch' : isTruth(command, camel(flag))
    const next = args[at + 1]
    const text = attached ?? (isSwitch && next !== 'true' && next !== 'false' ? 'true' : next)
    if (text === undefined) throw usage(`--${flag} needs a value.`, command)
    if (attached === undefined && text === next) at += 1
    if (flag in OWN) flags.own[flag as OwnFlag] = text
    else flags.fields[camel(flag)] = joined(flags.fields[camel(flag)], text)
  }
  return flags
}

function isTruth(command: DoorCommand, field: string): boolean {
  if ('register' in command) return false
  const schema = fieldsOf(inputOf(command)).properties[field]
  return schema !== undefined && typesOf(schema).has('boolean')
}

function joined(before: string | string[] | undefined, text: string): string | string[] {
  return before === undefined ? text : [before, text].flat()
}

function inputOf(command: Exclude<DoorCommand, { register: string }>) {
  return 'action' in command ? command.action.input : command.query.input
}

/** What a command does and takes. */
export function usageOf(command: DoorCommand): string {
  if ('register' in command) {
    return [
      `helmward ${kebab(command.register)} list [--project ID] [--sort -start,name] [--q WORDS] [--<field> VALUE]`,
      '  [--page N] [--size N] [--as-of SEQ|INSTANT] [--as E-MAIL] [--json]',
    ].join('\n')
  }
  const { name, title, about, input } = 'action' in command ? command.action : command.query
  const { properties, required } = fieldsOf(input)
  const fields = Object.entries(properties).map(([field, schema]) => {
    const isNeeded = required.includes(field) && field !== 'id'
    return `  --${kebab(field).padEnd(26)} ${isNeeded ? 'needed  ' : '        '}${wordsOf(schema)}`
  })
  return [`helmward ${name.split('.').map(kebab).join(' ')}: ${title}`, about, '', ...fields, ...COMMON].join(
    '\n',
  )
}

const COMMON = [
  '',
  `  --${'input JSON|@FILE|@-'.padEnd(26)}         the whole input at once`,
  `  --${'as E-MAIL'.padEnd(26)}         with the rights of this person`,
  `  --${'json'.padEnd(26)}         one JSON document`,
]

function wordsOf(schema: FieldSchema): string {
  const values = schema.enum?.map(String).join(' | ')
  const types = values ?? schema.format ?? [...typesOf(schema)].join(' or ')
  const said = schema.description ?? schema.title
  return said ? `${said} (${types})` : types
}

function forPeople(command: DoorCommand, answer: unknown): string {
  if ('action' in command) {
    const { seq, output, wrote } = answer as { seq: number; output: unknown; wrote: readonly unknown[] }
    const head = `${command.action.title}: done. Change ${seq}, ${wrote.length} rows.`
    return output === null ? head : `${head}\n${JSON.stringify(output, null, 2)}`
  }
  const rows = 'register' in command ? (answer as { rows: unknown }).rows : answer
  return Array.isArray(rows) ? table(rows) : JSON.stringify(rows, null, 2)
}

function usage(sentence: string, command: DoorCommand): Fault {
  return new Fault('command.usage', `${sentence}\n${usageOf(command)}`, {})
}

function camel(word: string): string {
  return word.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase())
}

/** `statusDate` as it is typed: `status-date`. */
export function kebab(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
