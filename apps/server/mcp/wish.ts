import { Fault } from '../../../kernel/fault.ts'
import type { Registry } from '../../../kernel/registry.ts'
import { type Asking, askable, type Powers } from './tools.ts'

type Fields = Readonly<Record<string, unknown>>
type Supposed = { readonly action: string; readonly input: Fields }

/** What a model wants of a tool. */
export type Wish =
  | (Asking & { readonly input: Fields; readonly asOf: string | undefined })
  | { readonly suppose: readonly Supposed[]; readonly query: string; readonly input: Fields }
  | { readonly action: string; readonly input: Fields }

/** Reads the arguments of a call. Refuses `input.invalid`, `query.unknown`, `action.unknown`. */
export function wishOf(
  registry: Registry,
  powers: Powers,
  call: { readonly tool: string; readonly given: Fields; readonly newId: () => string },
): Wish {
  const { tool, given, newId } = call
  const room = registry.rooms.find(({ name }) => name === tool)
  const { ask, do: deed, suggest, suppose, why, asOf } = given
  const input = fieldsOf('input', given.input ?? {})
  const said = [ask, deed, suggest].filter((each) => each !== undefined)
  if (said.length !== 1) throw invalid('Say one of ask, do or suggest; see the description of the tool.')
  if (ask === undefined) {
    const action = room?.actions?.find(({ name }) => name === (deed ?? suggest))
    if (!action || !(deed === undefined ? powers.suggests : powers.acts.includes(action.name)))
      throw new Fault('action.unknown', 'There is no such action here; see the description of the tool.', {})
    return deed === undefined
      ? suggestion(action.name, input, { why, newId })
      : { action: action.name, input }
  }
  const asking = room && askable(room).get(String(ask))
  if (!asking)
    throw new Fault('query.unknown', 'There is no such question; see the description of the tool.', {})
  if (suppose === undefined) return { ...asking, input, asOf: asOf === undefined ? undefined : String(asOf) }
  if (!('query' in asking)) throw invalid('suppose goes with a question, not with a register.')
  if (!Array.isArray(suppose)) throw invalid('suppose is a list of { action, input }.')
  return { suppose: suppose.map(supposed), query: asking.query, input }
}

function suggestion(
  action: string,
  input: Fields,
  { why, newId }: { why: unknown; newId: () => string },
): Wish {
  const project = input.project ?? input.in
  return {
    action: 'suggestion.add',
    input: { id: newId(), action, input, why, ...(typeof project === 'string' ? { project } : {}) },
  }
}

function supposed(given: unknown): Supposed {
  const { action, input } = fieldsOf('suppose', given)
  return { action: String(action), input: fieldsOf('input', input ?? {}) }
}

function fieldsOf(name: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw invalid(`${name} is an object.`)
}

function invalid(sentence: string): Fault {
  return new Fault('input.invalid', sentence, {})
}
