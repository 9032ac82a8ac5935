/** A room's word in the forms that its files need. */
export type RoomWords = {
  name: string
  constant: string
  type: string
  verb: string
  noun: string
  /** with its article */
  one: string
  title: string
}

/** The files of a new room, by name: one noun that can be added, closed and listed, and the sentence that proves it. */
export function roomFiles(words: RoomWords): Record<string, string> {
  const { name } = words
  return {
    'README.md': readme(words),
    [`${name}.model.ts`]: model(words),
    [`${name}.rules.ts`]: rules(words),
    [`${name}.actions.ts`]: actions(words),
    [`${name}.room.ts`]: room(words),
    [`${name}.test.ts`]: story(words),
  }
}

function readme({ name, noun, one }: RoomWords) {
  return `# ${name}

What a project manager uses ${one} for, in one sentence.

- **${noun}**: belongs to a project; open until it is closed on a day.

Always true: a closed ${noun} is not closed again.
`
}

function model({ name, type, title, one }: RoomWords) {
  return `import { day, line, record } from '../../kernel/record.ts'

/** ${capital(one)} of a project; open until it is closed on a day. */
export const ${type} = record(
  '${name}',
  { name: line('Name', 200), closedOn: day('Closed on').optional() },
  { title: '${title}' },
)
`
}

function rules({ name, type, one }: RoomWords) {
  return `import type { Fields } from '../../kernel/record.ts'
import type { ${type} } from './${name}.model.ts'

/** ${capital(one)} is open as long as nobody has closed it. */
export function isOpen(row: Pick<Fields<typeof ${type}>, 'closedOn'>): boolean {
  return row.closedOn === undefined
}
`
}

function actions({ name, type, verb, title, noun, one }: RoomWords) {
  return `import { z } from 'zod'
import { action, query } from '../../kernel/action.ts'
import { Fault } from '../../kernel/fault.ts'
import { day, line, ref } from '../../kernel/record.ts'
import { ${type} } from './${name}.model.ts'
import { isOpen } from './${name}.rules.ts'

const id = z.uuid().meta({ title: 'Id', description: 'Made by the caller, so that asking again does nothing twice.' })

export const add${type} = action('${name}.add', {
  title: 'Add ${one}',
  about: 'Adds an open ${noun} to a project.',
  allow: '${name}.write',
  input: z.strictObject({ id, project: ref('project', 'Project'), name: line('Name', 200) }),
  run: async (tx, input) => tx.put(${type}, input),
})

export const close${type} = action('${name}.close', {
  title: 'Close ${one}',
  about: 'Closes an open ${noun} on a day. Refused when it is closed already.',
  allow: '${name}.write',
  input: z.strictObject({ id, closedOn: day('Closed on') }),
  run: async (tx, input) => {
    const ${verb} = await tx.get(${type}, input.id)
    if (!isOpen(${verb})) {
      throw new Fault('${name}.closed', 'This ${noun} is closed already.', { id: input.id, closedOn: ${verb}.closedOn })
    }
    await tx.change(${type}, ${verb}, { closedOn: input.closedOn })
  },
})

export const list${type} = query('${name}.list', {
  title: '${title}: all of a project',
  about: 'Lists what a project has, open ones first.',
  allow: '${name}.read',
  input: z.strictObject({ project: ref('project', 'Project') }),
  run: async (read, { project }) => {
    const rows = await read.all(${type}, { project })
    return [...rows.filter(isOpen), ...rows.filter((row) => !isOpen(row))]
  },
})
`
}

function room({ name, constant, type, title }: RoomWords) {
  return `import type { Room } from '../../kernel/registry.ts'
import { add${type}, close${type}, list${type} } from './${name}.actions.ts'
import { ${type} } from './${name}.model.ts'

export const ${constant}: Room = {
  name: '${name}',
  title: '${title}',
  records: [${type}],
  actions: [add${type}, close${type}],
  queries: [list${type}],
}
`
}

function story({ name, constant, noun }: RoomWords) {
  return `import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { SYSTEM } from '../../kernel/access.ts'
import { countedIds } from '../../kernel/id.ts'
import { createLedger } from '../../kernel/ledger/ledger.ts'
import { memoryStore } from '../../kernel/ledger/memory.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { ${constant} } from './${name}.room.ts'

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
const newId = countedIds(1)
const project = newId()

function emptyLedger() {
  return createLedger({
    registry: createRegistry([${constant}]),
    store: memoryStore(sha256),
    hash: sha256,
    hashBytes: sha256,
    clock: () => Date.UTC(2026, 10, 20, 16),
    newId,
    salt: () => '00'.repeat(16),
  })
}

test('a closed ${noun} is listed last and not closed again', async () => {
  const ledger = emptyLedger()
  const perform = (action: string, input: object) => ledger.perform({ actor: SYSTEM, via: 'test', action, input })
  const [first, second] = [newId(), newId()]
  await perform('${name}.add', { id: first, project, name: 'Interface package' })
  await perform('${name}.add', { id: second, project, name: 'Data migration' })
  await perform('${name}.close', { id: first, closedOn: '2026-11-20' })

  expect(await ledger.ask(SYSTEM, '${name}.list', { project })).toMatchObject([
    { id: second, name: 'Data migration' },
    { id: first, closedOn: '2026-11-20' },
  ])
  await expect(perform('${name}.close', { id: first, closedOn: '2026-11-21' })).rejects.toMatchObject({
    code: '${name}.closed',
  })
})
`
}

function capital(text: string) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
