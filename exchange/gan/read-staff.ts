import { leftOut, offend, type ReadContext } from '../mspdi/read-context.ts'
import type { PlanAssignment, PlanResource, PlanTask } from '../plan-file.ts'
import { restingAssignment, restingResource } from '../resting.ts'
import { childOf, childrenOf, type GanNode } from './gan-tree.ts'
import { uidOf } from './read-tasks.ts'

/** People and who works on what; the load is a share of the person in percent. */
export function readStaff(
  root: GanNode,
  tasks: readonly PlanTask[],
  context: ReadContext,
): { resources: PlanResource[]; assignments: PlanAssignment[] } {
  const resources = childrenOf(childOf(root, 'resources'), 'resource').flatMap(
    ({ attributes, line, children }) => {
      const { id = '', name = '', contacts = '' } = attributes
      if (!/^\d{1,9}$/.test(id)) {
        offend(context, 'file.missingUid', { kind: 'resource', name }, { line })
        return []
      }
      if (children.some((child) => child.name === 'rate'))
        leftOut(context, { kind: 'resource', name }, 'the rate of the person', line)
      const resource: PlanResource = {
        ...restingResource,
        uid: Number(id),
        name: name.slice(0, context.limits.nameLength),
      }
      if (contacts !== '') resource.email = contacts.slice(0, 500)
      return [resource]
    },
  )
  return { resources, assignments: readAssignments(childOf(root, 'allocations'), tasks, context) }
}

function readAssignments(
  node: GanNode | undefined,
  tasks: readonly PlanTask[],
  context: ReadContext,
): PlanAssignment[] {
  const taskOf = new Map(tasks.map((task) => [task.uid, task]))
  return childrenOf(node, 'allocation').flatMap(({ attributes, line }, index): PlanAssignment[] => {
    const task = taskOf.get(uidOf(attributes['task-id']) ?? -1)
    const load = Number(attributes.load ?? 100)
    const resource = Number(attributes['resource-id'])
    if (task === undefined || !Number.isInteger(resource) || !(load >= 0 && load <= 1_000_000)) {
      leftOut(
        context,
        { kind: 'assignment' },
        `an assignment to task ${(attributes['task-id'] ?? '?').slice(0, 20)}`,
        line,
      )
      return []
    }
    const units = load / 100
    const workMinutes = Math.round((task.durationMinutes ?? 0) * units)
    const actualWorkMinutes = Math.round((workMinutes * task.percentComplete) / 100)
    return [
      {
        ...restingAssignment,
        uid: index + 1,
        task: task.uid,
        resource,
        units,
        workMinutes,
        actualWorkMinutes,
        remainingWorkMinutes: workMinutes - actualWorkMinutes,
        percentWorkComplete: task.percentComplete,
      },
    ]
  })
}
