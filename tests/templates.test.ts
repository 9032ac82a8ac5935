import { beforeAll, describe, expect, test } from 'vitest'
import { ROOMS } from '../apps/rooms.ts'
import { machine } from '../apps/server/world.ts'
import { STANDARD_TEMPLATES } from '../capabilities/library/library.templates/standard.ts'
import { type Actor, SYSTEM } from '../kernel/access.ts'
import { countedIds } from '../kernel/id.ts'
import { createLedger } from '../kernel/ledger/ledger.ts'
import { memoryStore, textHash } from '../kernel/ledger/memory.ts'
import { createRegistry } from '../kernel/registry.ts'

const newId = countedIds(1)
const ledger = createLedger({
  registry: createRegistry(ROOMS),
  store: memoryStore(machine.hashBytes),
  hash: textHash(machine.hashBytes),
  hashBytes: machine.hashBytes,
  clock: () => Date.UTC(2026, 10, 20, 9),
  newId,
  salt: countedIds(2),
})
const perform = (actor: Actor, action: string, input: object) =>
  ledger.perform({ actor, via: 'test', action, input })
const ada: Actor = { kind: 'person', id: newId(), name: 'Ada Wolff' }
const manu: Actor = { kind: 'person', id: newId(), name: 'Manu Ortega' }
const templates = new Map<string, string>()

beforeAll(async () => {
  const own = { organisation: 'Harborline Mutual', email: 'ada@harborline.example' }
  const { output } = await perform(SYSTEM, 'people.setUp', { ...own, person: ada.id, name: ada.name })
  const { roles } = output as { roles: Record<string, string> }
  await perform(SYSTEM, 'library.setUp', {})
  const rows = await ledger.read(SYSTEM, (read) => read.all(read.record('template')))
  for (const row of rows) templates.set((row as unknown as { name: string }).name, row.id)
  // Somebody who manages one project may found others, and nothing more.
  const first = newId()
  await perform(SYSTEM, 'project.create', { id: first, name: 'First', start: '2026-11-23T08:00:00' })
  await perform(ada, 'person.add', { id: manu.id, name: manu.name, email: 'manu@harborline.example' })
  await perform(ada, 'role.grant', { id: newId(), person: manu.id, role: roles.manager, in: first })
})

type Shown = {
  tasks: {
    name: string
    level: number
    start: string
    finish: string
    milestone: boolean
    resources: string
  }[]
  warnings: unknown[]
}
const show = (project: string) => ledger.ask(ada, 'schedule.show', { project }) as Promise<Shown>
const shape = ({ tasks }: Shown) =>
  tasks.map(({ name, level, start, finish, milestone, resources }) => ({
    name,
    level,
    start,
    finish,
    milestone,
    resources,
  }))

async function started(name: string): Promise<{ project: string; seq: number }> {
  const project = newId()
  const input = {
    id: project,
    template: templates.get(name),
    name: `Our ${name}`,
    start: '2026-12-01T08:00:00',
  }
  const { seq } = await perform(manu, 'template.use', input)
  return { project, seq }
}

describe.each(STANDARD_TEMPLATES.map(({ name, method }) => ({ name, method })))(
  '$name',
  ({ name, method }) => {
    test('makes a plan with sound logic, in one change that one undo takes back', async () => {
      const { project, seq } = await started(name)
      const { tasks, warnings } = await show(project)
      expect(tasks.length).toBeGreaterThan(20)
      expect(warnings).toEqual([])
      expect(tasks.filter(({ milestone }) => milestone).length).toBeGreaterThan(2)
      const row = await ledger.read(ada, (read) => read.get(read.record('project'), project))
      expect(row).toMatchObject({ method, manager: manu.id })
      const { points } = (await ledger.ask(ada, 'schedule.health', { project })) as {
        points: { name: string; count: number; pass: boolean | null }[]
      }
      const logic = points.find((point) => point.name === 'Logic')
      expect(logic?.count).toBeLessThanOrEqual(2)
      await ledger.undo({ actor: manu, via: 'test', seq })
      await expect(show(project)).rejects.toMatchObject({ code: 'project.missing' })
    })

    test('says beforehand what it would make', async () => {
      const shown = (await ledger.ask(manu, 'template.show', { template: templates.get(name) })) as {
        steps: { title: string; name: string | null }[]
      }
      expect(shown.steps).toContainEqual(expect.objectContaining({ title: 'Add a gate' }))
    })
  },
)

test('a project saved as template makes the same plan again, with roles instead of people', async () => {
  const { project } = await started('Software delivery in phases')
  const template = newId()
  const saved = { id: template, project, name: 'Our way of delivery', about: 'As in the claims project.' }
  await perform(manu, 'template.save', saved)
  const copy = newId()
  await perform(manu, 'template.use', { id: copy, template, name: 'Copy', start: '2026-12-01T08:00:00' })
  expect(shape(await show(copy))).toEqual(shape(await show(project)))
})

test('a step that could not be performed is refused when the template is written down', async () => {
  const add = (action: string, input: object) =>
    perform(ada, 'template.add', { id: newId(), name: 'Odd', about: 'Odd.', steps: [{ action, input }] })
  await expect(add('task.explode', {})).rejects.toMatchObject({ code: 'action.unknown' })
  await expect(add('task.create', { name: 'No project' })).rejects.toMatchObject({ code: 'input.invalid' })
  await expect(add('person.erase', { id: '$new:somebody' })).rejects.toMatchObject({ code: 'template.final' })
})

test('a template opens nothing that its user may not do', async () => {
  const template = newId()
  const steps = [{ action: 'person.add', input: { id: '$new:x', name: 'Somebody' } }]
  await perform(ada, 'template.add', { id: template, name: 'With a person', about: 'Adds a person.', steps })
  const use = perform(manu, 'template.use', {
    id: newId(),
    template,
    name: 'Mine',
    start: '2026-12-01T08:00:00',
  })
  await expect(use).rejects.toMatchObject({ code: 'access.denied' })
})
