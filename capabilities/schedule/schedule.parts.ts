import { addDays } from '../../kernel/day.ts'
import type { Read } from '../../kernel/ledger/tx.ts'
import { type DeskItem, part } from '../../kernel/part.ts'
import type { Stored } from '../../kernel/record.ts'
import type { Step } from '../library/library.model.ts'
import { Person, Resource } from '../people/people.model.ts'
import { Assignment, type Task } from './schedule.model.ts'
import { outline, type Placed } from './schedule.rules/outline.ts'
import { type PlanRows, readPlan } from './schedule.rules/plan.ts'
import { computePlan, type TaskView, taskViews } from './schedule.rules/view.ts'

/** Roles, tasks, links and who does what, without people, progress and dates. */
export const planPart = part('template', 'schedule.plan', {
  title: 'Tasks, links and roles',
  allow: 'schedule.read',
  run: async (read, { project }: { project: string }): Promise<Step[]> => {
    const rows = await readPlan(read, project)
    const placed = outline(rows.tasks).filter(({ task }) => !task.blank && !task.external)
    const kept = new Set(placed.map(({ task }) => task.id))
    const functions = new Map((await read.all(Person)).map((person) => [person.id, person.function]))
    const roles = rolesOf(rows, functions)
    return [
      ...[...new Set(roles.values())].map(roleStep),
      ...placed.flatMap((each) => taskSteps(each)),
      ...linkSteps(rows, kept),
      ...assignSteps(rows, kept, roles),
    ]
  },
})

/** The role that stands for each resource in use: its own name when it is no person, else what the person does. */
function rolesOf(
  { resources, assignments }: PlanRows,
  functions: ReadonlyMap<string, string | undefined>,
): Map<string, string> {
  const used = new Set(assignments.map(({ resource }) => resource))
  const nameOf = ({ generic, person, name, group }: Stored<typeof Resource>) =>
    generic || person === undefined ? name : (functions.get(person) ?? group ?? 'Team member')
  return new Map(
    resources
      .filter(({ id, type }) => used.has(id) && type === 'work')
      .map((resource) => [resource.id, nameOf(resource)]),
  )
}

function roleStep(name: string): Step {
  return {
    action: 'resource.add',
    input: { id: `$new:role ${name}`, in: '$project', name, type: 'work', generic: true },
  }
}

/** What of a task belongs into a template beside its name, place and duration. */
const KEPT = ['notes', 'type', 'effortDriven', 'priority', 'durationElapsed', 'durationUnit'] as const

function taskSteps({ task, summary }: Placed): Step[] {
  const { name, parent, durationMinutes, milestone } = task
  const id = `$new:${task.id}`
  const size = summary ? {} : { durationMinutes: durationMinutes ?? 0 }
  const create = {
    action: 'task.create',
    input: {
      id,
      project: '$project',
      name,
      ...(parent === undefined ? {} : { parent: `$new:${parent}` }),
      ...size,
      ...(milestone === undefined ? {} : { milestone }),
    },
  }
  const more = Object.fromEntries(
    KEPT.flatMap((field) => {
      const value = (task as Partial<Stored<typeof Task>>)[field]
      return value === undefined ? [] : [[field, value]]
    }),
  )
  const edit = { action: 'task.edit', input: { tasks: [{ id, ...more }] } }
  return Object.keys(more).length > 0 ? [create, edit] : [create]
}

function linkSteps({ links }: PlanRows, kept: ReadonlySet<string>): Step[] {
  const inside = links.filter(({ predecessor, successor }) => kept.has(predecessor) && kept.has(successor))
  if (inside.length === 0) return []
  const rows = inside.map(({ id, predecessor, successor, type, lag }) => ({
    id: `$new:${id}`,
    predecessor: `$new:${predecessor}`,
    successor: `$new:${successor}`,
    type,
    ...(lag === undefined ? {} : { lag }),
  }))
  return [{ action: 'task.link', input: { links: rows } }]
}

function assignSteps(
  { assignments }: PlanRows,
  kept: ReadonlySet<string>,
  roles: ReadonlyMap<string, string>,
): Step[] {
  const rows = new Map<string, Step['input']>()
  for (const { task, resource, units } of assignments) {
    const role = resource === undefined ? undefined : roles.get(resource)
    if (role === undefined || !kept.has(task)) continue
    const key = `work ${task} ${role}`
    const before = rows.get(key)
    const sum = Number(before?.units ?? 0) + (units ?? 1)
    rows.set(key, { id: `$new:${key}`, task: `$new:${task}`, resource: `$new:role ${role}`, units: sum })
  }
  return rows.size === 0 ? [] : [{ action: 'task.assign', input: { assignments: [...rows.values()] } }]
}

/** How far ahead one's own tasks stand on the desk. */
const TASKS_AHEAD_DAYS = 7

/** Whoever reads: their own tasks that are late, under way, or begin soon. */
export const ownTasks = part('desk', 'schedule.own', {
  title: 'My tasks',
  allow: 'schedule.read',
  run: async (read): Promise<DeskItem[]> => {
    const today = read.at.slice(0, 10)
    const items: DeskItem[] = []
    for (const [project, tasks] of await tasksOf(read, read.actor.id)) {
      const mayReport = read.allows('schedule.progress', project)
      const views = taskViews(await computePlan(read, project))
      for (const view of views) {
        if (!tasks.has(view.id) || view.summary || !view.active || view.percentComplete === 100) continue
        const item = deskItem(view, project, today)
        if (!item) continue
        const done = { tasks: [{ id: view.id, percentComplete: 100 }] }
        const offers = mayReport ? [{ label: 'Done', action: 'task.progress', input: done }] : []
        items.push({ ...item, offers })
      }
    }
    return items
  },
})

/** Ids of the tasks that somebody works on, by project. */
async function tasksOf(read: Read, person: string): Promise<Map<string, Set<string>>> {
  const own = (await read.all(Resource)).filter((resource) => resource.person === person).map(({ id }) => id)
  const found = new Map<string, Set<string>>()
  if (own.length === 0) return found
  const assignments = await read.all(Assignment, { field: { name: 'resource', values: own } })
  for (const { task, project } of assignments) {
    if (project === null) continue
    found.set(project, (found.get(project) ?? new Set()).add(task))
  }
  return found
}

function deskItem(view: TaskView, project: string, today: string): Omit<DeskItem, 'offers'> | undefined {
  const [start, finish] = [view.start.slice(0, 10), view.finish.slice(0, 10)]
  if (start > addDays(today, TASKS_AHEAD_DAYS)) return undefined
  const group = finish < today ? 'late' : start <= today ? 'doing' : 'due'
  const done = `${Math.round(view.percentComplete)} % done`
  const why = {
    late: `Was to be finished on ${finish}; ${done}.`,
    doing: `To be finished on ${finish}; ${done}.`,
    due: `Begins on ${start}, to be finished on ${finish}.`,
  }[group]
  return {
    key: `task/${view.id}`,
    group,
    title: view.name,
    why: view.critical && group !== 'due' ? `${why} It is critical.` : why,
    project,
    due: finish,
    href: `/projects/${project}/plan?task=${view.id}`,
  }
}
