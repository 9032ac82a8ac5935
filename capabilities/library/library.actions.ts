import { z } from 'zod'
import { action, query } from '../../kernel/action.ts'
import { Fault } from '../../kernel/fault.ts'
import type { Read } from '../../kernel/ledger/tx.ts'
import { line, localTime, ref } from '../../kernel/record.ts'
import { type Step, Template } from './library.model.ts'
import { checkedAt, filled } from './library.rules.ts'
import { STANDARD_TEMPLATES } from './library.templates/standard.ts'

const id = z
  .uuid()
  .meta({ title: 'Id', description: 'Made by the caller, so that asking again does nothing twice.' })
const template = ref('template', 'Template')

export const addStandardTemplates = action('library.setUp', {
  title: 'Add the standard templates',
  about: 'Adds the templates that come with Helmward and are not there yet: waterfall, Scrum, hybrid, PM².',
  allow: 'library.write',
  input: z.strictObject({}),
  run: async (tx) => {
    const known = new Set((await tx.all(Template)).map(({ name }) => name.toLowerCase()))
    const missing = STANDARD_TEMPLATES.filter(({ name }) => !known.has(name.toLowerCase()))
    await tx.putAll(
      Template,
      missing.map((row) => ({ id: tx.newId(), project: null, ...row, standard: true as const })),
    )
    return { added: missing.length }
  },
})

export const addTemplate = action('template.add', {
  title: 'Add a template',
  about: 'Keeps a list of actions from which projects are made. Every step is checked before it is kept.',
  allow: 'library.write',
  input: z.strictObject({ id, ...Template.schema.omit({ standard: true }).shape }),
  run: async (tx, { id: key, ...fields }) => {
    demandUsable(tx, fields.steps)
    await tx.put(Template, { id: key, project: null, ...fields })
  },
})

export const saveAsTemplate = action('template.save', {
  title: 'Save a project as template',
  about:
    'Makes a template of the phases, gates, roles, tasks and links of a project, without people and dates.',
  allow: 'library.write',
  input: z.strictObject({
    id,
    project: ref('project', 'Project'),
    ...Template.schema.pick({ name: true, about: true, method: true }).shape,
  }),
  run: async (tx, { id: key, project, ...fields }) => {
    if (!tx.allows('project.read', project))
      throw new Fault(
        'project.missing',
        'Project not found. It may have been removed, or you may not see it.',
        {
          kind: 'project',
          ids: [project],
        },
      )
    const parts = await tx.collect('template', { project })
    const steps = parts.flatMap(({ answer }) => answer as Step[])
    if (steps.length === 0)
      throw new Fault('template.empty', 'There is nothing in this project to make a template of.', {
        project,
      })
    demandUsable(tx, steps)
    await tx.put(Template, { id: key, project: null, ...fields, steps })
    return { steps: steps.length }
  },
})

export const removeTemplate = action('template.remove', {
  title: 'Remove a template',
  about: 'Takes a template out of the library; projects made from it stay.',
  allow: 'library.write',
  input: z.strictObject({ id: template }),
  run: async (tx, { id: key }) => tx.remove(Template, [key]),
})

export const useTemplate = action('template.use', {
  title: 'Start a project from a template',
  about: 'Founds a project and performs every step of the template in it, as one change.',
  allow: 'project.create',
  input: z.strictObject({
    id: z.uuid().meta({ title: 'Id of the new project' }),
    template,
    name: line('Name', 255),
    start: localTime('Start'),
  }),
  run: async (tx, { id: project, template: key, name, start }) => {
    const { steps, method } = await tx.get(Template, key)
    await tx.perform('project.create', { id: project, name, start, ...(method ? { method } : {}) })
    const context = { project, name, start, newId: keyed(tx.newId) }
    for (const step of steps) await tx.perform(step.action, filled(step.input, context))
    return { project, steps: steps.length }
  },
})

/** What a template would make, in words. */
export const showTemplate = query('template.show', {
  title: 'Show a template',
  about: 'The steps of a template, each with the title of its action and the name of what it makes.',
  allow: 'library.read',
  input: z.strictObject({ template }),
  run: async (read, { template: key }) => {
    const { name, about, method, steps, standard } = await read.get(Template, key)
    const lines = steps.map((step) => {
      const { title } = read.intent(step.action, checkedAt(step.input))
      const made = step.input.name
      return { action: step.action, title, name: typeof made === 'string' ? made : null }
    })
    return { id: key, name, about, method: method ?? null, standard: standard ?? false, steps: lines }
  },
})

/** The same id each time a key is named. */
function keyed(newId: () => string): (key: string) => string {
  const ids = new Map<string, string>()
  return (key) => {
    const id = ids.get(key) ?? newId()
    ids.set(key, id)
    return id
  }
}

function demandUsable(read: Read, steps: readonly Step[]): void {
  for (const [index, step] of steps.entries()) {
    const { title, final } = read.intent(step.action, checkedAt(step.input))
    if (final !== undefined)
      throw new Fault(
        'template.final',
        `Step ${index + 1}, "${title}", cannot be undone: not in a template.`,
        {
          step: index + 1,
        },
      )
  }
}
