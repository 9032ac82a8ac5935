import { z } from 'zod'
import { action, query } from '../../kernel/action.ts'
import { Fault } from '../../kernel/fault.ts'
import type { Tx } from '../../kernel/ledger/tx.ts'
import { applied, type Fields, patchShape, ref } from '../../kernel/record.ts'
import { Calendar, Membership, Person, Role } from '../people/people.model.ts'
import { FIRST_ROLES, STANDARD_WEEK } from '../people/people.rules.ts'
import { Gate, Phase, Project } from './project.model.ts'
import { isZone } from './project.rules.ts'

const id = z
  .uuid()
  .meta({ title: 'Id', description: 'Made by the caller, so that asking again does nothing twice.' })
const project = ref('project', 'Project')

/** What a plan is reckoned with unless somebody says otherwise (Microsoft Project's defaults). */
export const USUAL_RECKONING = {
  scheduleFrom: 'start',
  minutesPerDay: 480,
  minutesPerWeek: 2400,
  daysPerMonth: 20,
  defaultStartMinute: 480,
  defaultFinishMinute: 1020,
  honorConstraints: true,
  criticalSlackLimitMinutes: 0,
} as const satisfies Partial<Fields<typeof Project>>

export const createProject = action('project.create', {
  title: 'Create a project',
  about: 'Makes a project with a calendar of its own; whoever makes it becomes its manager.',
  allow: 'project.create',
  alsoWrites: ['calendar', 'membership'],
  input: z.strictObject({
    id,
    name: Project.schema.shape.name,
    start: Project.schema.shape.start.unwrap(),
    code: Project.schema.shape.code,
    programme: Project.schema.shape.programme,
    method: Project.schema.shape.method,
    zone: Project.schema.shape.zone,
    currency: Project.schema.shape.currency,
    purpose: Project.schema.shape.purpose,
  }),
  run: async (tx, { id: key, ...fields }) => {
    const calendar = tx.newId()
    const manager = tx.actor.kind === 'person' ? tx.actor.id : undefined
    await tx.put(Project, { ...USUAL_RECKONING, ...fields, calendar, manager, id: key, project: key })
    await tx.put(Calendar, { id: calendar, project: key, name: 'Standard', week: [...STANDARD_WEEK] })
    await joinAsManager(tx, key)
    return { project: key, calendar }
  },
})

/** Gives the actor the manager's role in a project that they have just made. */
export async function joinAsManager(tx: Tx, projectId: string): Promise<void> {
  if (tx.actor.kind !== 'person') return
  const role = (await tx.all(Role)).find((row) => row.name === FIRST_ROLES.manager.name)
  if (!role || !(await tx.find(Person, tx.actor.id))) return
  await tx.put(Membership, {
    id: tx.newId(),
    project: projectId,
    person: tx.actor.id,
    role: role.id,
    in: projectId,
  })
}

export const editProject = action('project.edit', {
  title: 'Edit a project',
  about: 'Changes name, dates, calendar, status date and how the plan is reckoned.',
  allow: 'project.write',
  input: z.strictObject({ project, ...withoutImport(patchShape(Project)) }),
  run: async (tx, { project: key, ...patch }) => {
    const before = await tx.get(Project, key)
    const fields = applied(patch)
    const { elapsedAcrossDst, zone } = { ...before, ...fields }
    if (elapsedAcrossDst === 'real' && !(zone && isZone(zone)))
      throw new Fault(
        'project.noZone',
        'Real hours over a change of the clock need a time zone that is known, such as Europe/Warsaw.',
        { project: key, zone: zone ?? null },
      )
    return tx.change(Project, before, fields)
  },
})

function withoutImport({
  imported: _imported,
  ...shape
}: ReturnType<typeof patchShape<typeof Project.schema.shape>>) {
  return shape
}

export const addPhase = action('phase.add', {
  title: 'Add a phase',
  about: 'Adds a stretch of the life cycle.',
  allow: 'project.write',
  input: z.strictObject({ id, in: project, ...Phase.schema.shape }),
  run: async (tx, { id: key, in: owner, ...fields }) => tx.put(Phase, { id: key, project: owner, ...fields }),
})

export const removePhase = action('phase.remove', {
  title: 'Remove a phase',
  about: 'Removes a phase that no gate ends.',
  allow: 'project.write',
  input: z.strictObject({ id: ref('phase', 'Phase') }),
  run: async (tx, { id: key }) => tx.remove(Phase, [key]),
})

export const addGate = action('gate.add', {
  title: 'Add a gate',
  about: 'Adds a decision point.',
  allow: 'project.write',
  input: z.strictObject({
    id,
    in: project,
    ...Gate.schema.pick({ name: true, phase: true, on: true }).shape,
  }),
  run: async (tx, { id: key, in: owner, ...fields }) =>
    tx.put(Gate, { id: key, project: owner, state: 'open', ...fields }),
})

export const decideGate = action('gate.decide', {
  title: 'Decide at a gate',
  about: 'Passes, passes with conditions, or rejects. Conditions must be said.',
  allow: 'project.write',
  input: z.strictObject({
    id: ref('gate', 'Gate'),
    decision: z.enum(['passed', 'passedWithConditions', 'rejected']).meta({ title: 'Decision' }),
    on: Gate.schema.shape.decidedOn.unwrap(),
    conditions: Gate.schema.shape.conditions,
  }),
  run: async (tx, { id: key, decision, on, conditions }) => {
    const gate = await tx.get(Gate, key)
    if (gate.state === 'passed')
      throw new Fault('gate.closed', 'This gate has been passed already.', { gate: key })
    if (decision === 'passedWithConditions' && !conditions) {
      throw new Fault('gate.noConditions', 'Say which conditions.', { gate: key })
    }
    const decidedBy = tx.actor.kind === 'person' ? tx.actor.id : undefined
    await tx.change(Gate, gate, { state: decision, decidedOn: on, decidedBy, conditions })
  },
})

export const listProjects = query('project.list', {
  title: 'Projects',
  about: 'The projects that one may see, with manager and programme.',
  allow: 'project.read',
  input: z.strictObject({}),
  run: async (read) => {
    const [projects, persons] = await Promise.all([read.all(Project), read.all(Person)])
    const nameOf = new Map(persons.map((person) => [person.id, person.name]))
    return projects
      .map((row) => ({
        id: row.id,
        seq: row.seq,
        name: row.name,
        code: row.code ?? null,
        programme: row.programme ?? null,
        method: row.method ?? null,
        start: row.start ?? null,
        statusDate: row.statusDate ?? null,
        manager: (row.manager && nameOf.get(row.manager)) ?? null,
        imported: row.imported?.fileName ?? null,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  },
})
