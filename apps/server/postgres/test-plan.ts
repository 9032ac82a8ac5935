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
const Person = record(
  'person',
  { code: line('Code'), name: line('Name').meta({ title: 'Name', personal: true }).optional() },
  { title: 'Person', plural: 'People', scope: 'workspace', unique: ['code'] },
)
const id = z.uuid()

/** A plan and its people: adding a step writes three rows that belong together; a name can be forgotten. */
const PLAN: Room = {
  name: 'plan',
  title: 'Plan',
  records: [Task, Link, Person],
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
    action('plan.hire', {
      title: 'Hire a person',
      about: 'Adds a person, and tells the people office.',
      allow: 'plan.write',
      input: z.strictObject({ id, code: z.string(), name: Person.schema.shape.name }),
      run: async (tx, { id: person, ...fields }) => {
        tx.errand('letter', { code: fields.code }, { outward: true })
        await tx.put(Person, { id: person, project: null, ...fields })
      },
    }),
    action('plan.forget', {
      title: 'Forget a person',
      about: 'Erases the name everywhere.',
      allow: 'plan.write',
      final: 'what is erased cannot come back',
      input: z.strictObject({ id }),
      run: async (tx, { id: person }) => {
        await tx.change(Person, await tx.get(Person, person), { name: undefined })
        await tx.erasePersonal(Person, [person])
      },
    }),
    action('plan.drop', {
      title: 'Drop a link',
      about: 'Removes a link.',
      allow: 'plan.write',
      input: z.strictObject({ id }),
      run: async (tx, { id: link }) => tx.remove(Link, [link]),
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
