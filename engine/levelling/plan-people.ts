import type { Plan } from '../plan.ts'
import { type LevelRefused, refuse } from './problem.ts'

/** Units are counted in thousandths, so that halves and thirds add up. */
export const UNIT = 1_000

export type SharedResource = { readonly id: string; readonly capacity: number }

/** A plan, and which person stands behind its resources: the same person is there only once, in whatever plan. */
export type PeopledPlan = {
  readonly plan: Plan
  /** Person by resource. */
  readonly personOf?: ReadonlyMap<string, string> | undefined
  /** Resources that are never short. */
  readonly unlimited?: ReadonlySet<string> | undefined
}

/** What each resource's work takes up: the resource itself and, of somebody known under several, the person. */
export type Places = ReadonlyMap<string, readonly number[]>

/**
 * Everybody there is, over all plans. A resource of the same id is the same everywhere; resources of one person are one
 * more limit together: what they offer added up, but not more than a whole person or the largest of them. Refuses
 * `level.resourceDiffers` and `level.badNumber`, with the offender.
 */
export function poolOf(
  plans: readonly PeopledPlan[],
): { resources: SharedResource[]; places: Places } | LevelRefused {
  const resources: SharedResource[] = []
  const places = new Map<string, number[]>()
  const known = new Map<string, number>()
  const byPerson = new Map<string, string[]>()
  for (const { plan, personOf, unlimited } of plans)
    for (const { id, maxUnits, type } of plan.resources) {
      if ((type ?? 'work') !== 'work' || unlimited?.has(id)) continue
      const capacity = Math.round((maxUnits ?? 1) * UNIT)
      if (!(capacity >= 0)) return refuse('level.badNumber', { resource: id, maxUnits: maxUnits ?? null })
      const before = known.get(id)
      if (before !== undefined && before !== capacity)
        return refuse('level.resourceDiffers', { resource: id })
      if (before !== undefined) continue
      known.set(id, capacity)
      places.set(id, [resources.length])
      resources.push({ id, capacity })
      const person = personOf?.get(id)
      if (person !== undefined) byPerson.set(person, [...(byPerson.get(person) ?? []), id])
    }
  for (const ids of byPerson.values()) {
    if (ids.length < 2) continue
    const capacity = jointCapacity(ids.map((id) => known.get(id) ?? 0))
    const together = resources.length
    resources.push({ id: ids[0] ?? '', capacity })
    // A limit of one's own that is no tighter than that of the person says nothing.
    for (const id of ids)
      places.set(id, (known.get(id) ?? 0) < capacity ? [...(places.get(id) ?? []), together] : [together])
  }
  return { resources, places }
}

function jointCapacity(capacities: readonly number[]): number {
  const sum = capacities.reduce((total, capacity) => total + capacity, 0)
  return Math.min(sum, Math.max(UNIT, ...capacities))
}
