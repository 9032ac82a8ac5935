import { addTenths, tenthsBetween, type WorkingTime } from '../calendar/working-time.ts'
import { type LevelState, type ProjectState, stretchesOf } from './plan-state.ts'

type Demand = { readonly head: number; readonly energy: number }

/**
 * For each project a finish that no plan beats in which nobody has too much to do (tenths): the finish without limits,
 * or the moment at which somebody can be through with all tasks that may not begin before a moment, working at it
 * without a break (the energy bound of RCPSP, counted in the calendar that most of their work follows). What others
 * plan for the same people only makes it later.
 */
export function finishBounds(state: LevelState): number[] {
  return state.projects.map((project) => {
    let bound = project.free.finish
    for (const [resource, { capacity }] of state.resources.entries())
      if (capacity > 0)
        for (const [calendar, demands] of demandsOn(project, resource, capacity))
          bound = Math.max(bound, earliestEnd(calendar, demands, capacity))
    return bound
  })
}

/** The movable tasks' demands on a resource, by the calendar they are worked on in. */
function demandsOn(project: ProjectState, resource: number, capacity: number): Map<WorkingTime, Demand[]> {
  const byCalendar = new Map<WorkingTime, Demand[]>()
  const { network, free, pinned, uses } = project
  for (const [i, row] of uses.entries())
    for (const use of pinned[i] ? [] : row) {
      if (use.resource !== resource || use.amount > capacity) continue
      const calendar = use.span?.calendar ?? network.workCalendar[i]
      const stretches = stretchesOf(project, free.dates, i, use)
      if (!calendar || !stretches[0]) continue
      let worked = 0
      for (const { from, to } of stretches) worked += Math.max(0, tenthsBetween(calendar, from, to))
      const demands = byCalendar.get(calendar) ?? []
      demands.push({ head: stretches[0].from, energy: worked * use.amount })
      byCalendar.set(calendar, demands)
    }
  return byCalendar
}

function earliestEnd(calendar: WorkingTime, demands: readonly Demand[], capacity: number): number {
  const sorted = [...demands].sort((a, b) => b.head - a.head)
  let energy = 0
  let latest = Number.NEGATIVE_INFINITY
  for (const [k, demand] of sorted.entries()) {
    energy += demand.energy
    // Only where a new moment begins: all that may not begin before it are in.
    if (sorted[k + 1]?.head === demand.head || energy === 0) continue
    latest = Math.max(latest, addTenths(calendar, demand.head, Math.ceil(energy / capacity)))
  }
  return latest
}
