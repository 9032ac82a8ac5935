import { type Network, STATE } from './network/network.ts'
import type { PlanAssignment, PlanTask } from './plan.ts'

/** Work in tenths of a minute: of each task itself, and with everything below it. */
export type Work = {
  readonly own: Float64Array
  readonly total: Float64Array
  /** Resources that do no work: material and cost. */
  readonly idle: ReadonlySet<string>
}

/** Work of the people on each task, added up through the summary tasks. */
export function workOf(network: Network): Work {
  const { order, taskCount: n, parent, plan, state, summary } = network
  const idle = new Set<string>()
  for (const resource of plan.resources)
    if (resource.type === 'material' || resource.type === 'cost') idle.add(resource.id)
  const own = new Float64Array(n)
  for (let i = 0; i < n; i++) own[i] = ownWork(network, i, idle)
  const total = own.slice()
  for (let k = 0; k < order.length && order.length > n; k++) {
    const node = order[k] as number
    const i = node < n ? node : node - n
    if (node < n && summary[i]) continue
    const above = parent[i] as number
    if (above >= 0 && state[i] !== STATE.inactive)
      total[above] = (total[above] as number) + (total[i] as number)
  }
  return { own, total, idle }
}

/** After a task or its assignments have changed: its work and that of the summary tasks above; names each that differs. */
export function refreshWork(network: Network, work: Work, task: number, differs: (i: number) => void): void {
  const made = ownWork(network, task, work.idle)
  const more = made - (work.own[task] as number)
  if (more === 0) return
  work.own[task] = made
  for (let i = task; i >= 0; i = network.parent[i] as number) {
    work.total[i] = (work.total[i] as number) + more
    differs(i)
    if (network.state[i] === STATE.inactive) return
  }
}

/** The work of a task's assignments; without any the task's own, which a summary task does not have. */
function ownWork(network: Network, i: number, idle: ReadonlySet<string>): number {
  const { plan } = network
  const { start, item } = network.assigned
  const end = start[i + 1] as number
  let work = 0
  let isAssigned = false
  for (let k = start[i] as number; k < end; k++) {
    const { resource, workMinutes } = plan.assignments[item[k] as number] as PlanAssignment
    if (resource === null || (idle.size > 0 && idle.has(resource))) continue
    isAssigned = true
    work += Math.round((workMinutes ?? 0) * 10)
  }
  if (isAssigned || network.summary[i]) return work
  return Math.round(((plan.tasks[i] as PlanTask).workMinutes ?? 0) * 10)
}
