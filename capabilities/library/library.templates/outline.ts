import type { Step } from '../library.model.ts'

/** A task of an outline; without `after` it follows the gate (or end) of the stage before. */
export type Piece = {
  readonly key: string
  readonly name: string
  /** Working days; absent for a milestone. */
  readonly days?: number
  readonly after?: readonly string[]
  /** The role that does it. */
  readonly by?: string
}

/** A phase with its tasks and the gate that ends it. */
export type Stage = { readonly name: string; readonly gate: string; readonly tasks: readonly Piece[] }

const MINUTES_A_DAY = 480

/**
 * The steps of a template from an outline: roles, then for each stage its phase, gate, summary task, tasks, links and a
 * milestone for the gate, which waits for every task of the stage that nothing else waits for.
 */
export function stepsOf(outline: {
  readonly roles: readonly string[]
  readonly stages: readonly Stage[]
}): Step[] {
  const steps: Step[] = outline.roles.map((role) => ({
    action: 'resource.add',
    input: { id: roleId(role), in: '$project', name: role, type: 'work', generic: true },
  }))
  let before: string | undefined
  for (const [index, stage] of outline.stages.entries()) {
    steps.push(...stageSteps(stage, index, before))
    before = gateKey(index)
  }
  return steps
}

function stageSteps(stage: Stage, index: number, before: string | undefined): Step[] {
  const [phase, summary, gate] = [`phase-${index}`, `stage-${index}`, gateKey(index)]
  const waitedFor = new Set(stage.tasks.flatMap(({ after }) => after ?? []))
  const last = stage.tasks.filter(({ key }) => !waitedFor.has(key)).map(({ key }) => key)
  const tasks: Piece[] = [...stage.tasks, { key: gate, name: stage.gate, after: last }]
  return [
    {
      action: 'phase.add',
      input: { id: `$new:${phase}`, in: '$project', name: stage.name, rank: String.fromCharCode(97 + index) },
    },
    {
      action: 'gate.add',
      input: { id: `$new:at-${gate}`, in: '$project', name: stage.gate, phase: `$new:${phase}` },
    },
    { action: 'task.create', input: { id: taskId(summary), project: '$project', name: stage.name } },
    ...tasks.map((piece) => taskStep(piece, summary)),
    linkStep(tasks, before),
    ...assignSteps(tasks),
  ]
}

function taskStep({ key, name, days }: Piece, summary: string): Step {
  const size = days === undefined ? { milestone: true } : { durationMinutes: days * MINUTES_A_DAY }
  return {
    action: 'task.create',
    input: { id: taskId(key), project: '$project', parent: taskId(summary), name, ...size },
  }
}

function linkStep(tasks: readonly Piece[], before: string | undefined): Step {
  const links = tasks.flatMap(({ key, after }) =>
    (after ?? (before === undefined ? [] : [before])).map((predecessor) => ({
      id: `$new:link-${predecessor}-${key}`,
      predecessor: taskId(predecessor),
      successor: taskId(key),
    })),
  )
  return { action: 'task.link', input: { links } }
}

function assignSteps(tasks: readonly Piece[]): Step[] {
  const assignments = tasks.flatMap(({ key, by }) =>
    by === undefined ? [] : [{ id: `$new:work-${key}`, task: taskId(key), resource: roleId(by), units: 1 }],
  )
  return assignments.length === 0 ? [] : [{ action: 'task.assign', input: { assignments } }]
}

const gateKey = (index: number) => `gate-${index}`
const taskId = (key: string) => `$new:task-${key}`
const roleId = (role: string) => `$new:role-${role}`
