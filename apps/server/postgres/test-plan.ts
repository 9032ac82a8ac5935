import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { action } from '../../../kernel/action.ts'
import { uuidV7 } from '../../../kernel/id.ts'
import { createLedger, type Ledger } from '../../../kernel/ledger/ledger.ts'
import type { Store } from '../../../kernel/ledger/store.ts'
import { line, record, ref } from '../../../kernel/record.ts'
import { createRegistry, type Room } from '../../../kernel/registry.ts'

const Task = record('task', { name: line('Name'), minutes: z.int() }, { title: 'Task' })
const Link = record(
  'link',
  { from: ref('task', 'Predecessor'), to: ref('task', 'Successor') },
  { title: 'Link' },
)
const id = z.uuid()

/** A plan of two nouns: adding a step writes three rows that belong together. */
const PLAN: Room = {
  name: 'plan',
  title: 'Plan',
  records: [Task, Link],
  actions: [
    action('plan.addStep', {
      title: 'Add a step',
      about: 'Adds two tasks and the link between them.',
      allow: 'plan.write',
      input: z.strictObject({ project: id, first: id, second: id, link: id, name: z.string() }),
      run: async (tx, { project, first, second, link, name }) => {
        await tx.put(Task, { id: first, project, name: `${name}: design`, minutes: 480 })
        await tx.put(Task, { id: second, project, name: `${name}: build`, minutes: 960 })
        await tx.put(Link, { id: link, project, from: first, to: second })
      },
    }),
    action('plan.lengthen', {
      title: 'Lengthen a task',
      about: 'Reads a task and adds minutes to it.',
      allow: 'plan.write',
      input: z.strictObject({ id, byMinutes: z.int() }),
      run: async (tx, { id: task, byMinutes }) => {
        const row = await tx.get(Task, task)
        await tx.change(Task, row, { minutes: row.minutes + byMinutes })
      },
    }),
    action('plan.import', {
      title: 'Import tasks',
      about: 'Adds many tasks at once.',
      allow: 'plan.write',
      input: z.strictObject({ project: id, ids: z.array(id) }),
      run: async (tx, { project, ids }) =>
        tx.putAll(
          Task,
          ids.map((task, index) => ({ id: task, project, name: `Task ${index}`, minutes: index })),
        ),
    }),
  ],
  queries: [],
}

/** A ledger of that plan over a store. */
export function planLedger(store: Store): Ledger {
  const hashBytes = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
  return createLedger({
    registry: createRegistry([PLAN]),
    store,
    hash: hashBytes,
    hashBytes,
    clock: Date.now,
    newId,
    salt: () => randomBytes(16).toString('hex'),
  })
}

export function newId(): string {
  return uuidV7(Date.now(), randomBytes(10))
}
