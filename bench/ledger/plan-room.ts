import { z } from 'zod'
import { action } from '../../kernel/action.ts'
import { line, localTime, record, ref } from '../../kernel/record.ts'
import type { Room } from '../../kernel/registry.ts'

const Plan = record('plan', { name: line('Name') }, { title: 'Plan' })

const Task = record(
  'task',
  {
    name: line('Name'),
    uid: z.int().optional(),
    parent: ref('task', 'Summary task').optional(),
    rank: z.string().optional(),
    mode: z.enum(['auto', 'manual']).default('auto'),
    durationMinutes: z.int().nonnegative(),
    workMinutes: z.int().nonnegative().default(0),
    priority: z.int().min(0).max(1000).default(500),
    percentComplete: z.int().min(0).max(100).default(0),
    actualStart: localTime('Actual start').optional(),
    notes: z.string().optional(),
  },
  { title: 'Task', index: ['parent'] },
)

const Link = record(
  'link',
  {
    predecessor: ref('task', 'Predecessor'),
    successor: ref('task', 'Successor'),
    type: z.enum(['fs', 'ss', 'ff', 'sf']).default('fs'),
    lagMinutes: z.int().default(0),
  },
  { title: 'Link', index: ['predecessor', 'successor'] },
)

const Assignment = record(
  'assignment',
  {
    task: ref('task', 'Task'),
    resource: z.string(),
    units: z.number().positive(),
    workMinutes: z.int().nonnegative(),
    contour: z.string().default('flat'),
  },
  { title: 'Assignment', index: ['task'] },
)

const id = z.uuid()

/** A room of the size of a real plan, for measuring: the same columns, references and indexes. */
export const PLAN_ROOM: Room = {
  name: 'plan',
  title: 'Plan',
  records: [Plan, Task, Link, Assignment],
  actions: [
    action('plan.begin', {
      title: 'Begin a plan',
      about: 'Makes an empty plan.',
      allow: 'plan.write',
      input: z.strictObject({ id, name: z.string() }),
      run: async (tx, { id: project, name }) => tx.put(Plan, { id: project, project, name }),
    }),
    action('plan.addTask', {
      title: 'Add a task',
      about: 'Adds one task.',
      allow: 'plan.write',
      input: z.strictObject({ id, project: id, name: z.string(), durationMinutes: z.int() }),
      run: async (tx, task) => tx.put(Task, task),
    }),
    action('plan.changeTask', {
      title: 'Change a task',
      about: 'Reads one task and gives it a duration.',
      allow: 'plan.write',
      input: z.strictObject({ id, durationMinutes: z.int() }),
      run: async (tx, { id: task, durationMinutes }) =>
        tx.change(Task, await tx.get(Task, task), { durationMinutes }),
    }),
    action('plan.changeAll', {
      title: 'Change all tasks',
      about: 'Makes each task longer.',
      allow: 'plan.write',
      input: z.strictObject({ project: id, byMinutes: z.int() }),
      run: async (tx, { project, byMinutes }) => {
        const tasks = await tx.all(Task, { project })
        const changes = tasks.map((row) => ({
          row,
          patch: { durationMinutes: row.durationMinutes + byMinutes },
        }))
        await tx.changeAll(Task, changes)
      },
    }),
    action('plan.import', {
      title: 'Import a plan',
      about:
        'Adds a plan with all its rows; the input names only how many, as a file would be named by its digest.',
      allow: 'plan.write',
      input: z.strictObject({ project: id, seed: z.string(), tasks: z.int() }),
      run: async (tx, { project, seed, tasks }) => {
        const rows = rowsOf(project, seed, tasks)
        await tx.put(Plan, { id: project, project, name: 'Imported plan' })
        await tx.putAll(Task, rows.tasks)
        await tx.putAll(Link, rows.links)
        await tx.putAll(Assignment, rows.assignments)
      },
    }),
  ],
  queries: [],
}

/** The input that imports a plan with so many tasks, as many links and as many assignments. */
export function planOf(project: string, tasks: number): { project: string; seed: string; tasks: number } {
  return { project, seed: project.slice(0, 18), tasks }
}

function rowsOf(project: string, seed: string, count: number) {
  const name = (group: string, index: number) => `${seed}-${group}-${index.toString(16).padStart(12, '0')}`
  const task = (index: number) => name('8001', index)
  const each = Array.from({ length: count }, (_, index) => index)
  return {
    tasks: each.map((index) => ({
      id: task(index),
      project,
      uid: index,
      name: `Interface ${index} of the claims system: build and test`,
      rank: index.toString(36).padStart(6, '0'),
      durationMinutes: 480 * (1 + (index % 20)),
      workMinutes: 480 * (1 + (index % 20)),
      ...(index % 25 === 0 ? {} : { parent: task(index - (index % 25)) }),
      ...(index % 7 === 0 ? { notes: 'Depends on the delivery of the test environment by the vendor.' } : {}),
    })),
    links: each.map((index) => ({
      id: name('8002', index),
      project,
      predecessor: task(index),
      successor: task((index + 1) % count),
    })),
    assignments: each.map((index) => ({
      id: name('8003', index),
      project,
      task: task(index),
      resource: `Analyst ${index % 40}`,
      units: 1,
      workMinutes: 480 * (1 + (index % 20)),
    })),
  }
}
