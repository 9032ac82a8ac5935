import { refuse } from './network/check.ts'
import type { Refused } from './plan.ts'

/** Duration, work and units of a task and of the people on it; minutes, 1 unit = 100 %. */
export type Triangle = {
  readonly type: 'fixedUnits' | 'fixedDuration' | 'fixedWork'
  /** The work stays when people join or leave; a task of fixed work is always so. */
  readonly effortDriven: boolean
  readonly durationMinutes: number
  readonly people: readonly Share[]
}

export type Share = { readonly assignment: string; readonly units: number; readonly workMinutes: number }

export type TriangleEdit =
  | { readonly kind: 'duration'; readonly minutes: number }
  | { readonly kind: 'work'; readonly minutes: number }
  | { readonly kind: 'units'; readonly assignment: string; readonly units: number }
  | { readonly kind: 'join'; readonly assignment: string; readonly units: number }
  | { readonly kind: 'leave'; readonly assignment: string }

/**
 * Duration × units = work: what follows when one of the three is changed ("How Project schedules tasks: task types and
 * effort-driven scheduling", Microsoft Project). The type names what is kept when another is edited; when the fixed one
 * itself is edited, units are kept before work and work before duration. All of the flat, undelayed work; the task lasts
 * as long as the person who needs longest. Refuses numbers that are not finite or below zero (`schedule.badNumber`).
 */
export function retime(triangle: Triangle, edit: TriangleEdit): Triangle | Refused {
  const amount = 'minutes' in edit ? edit.minutes : 'units' in edit ? edit.units : 0
  const isGood = Number.isFinite(amount) && amount >= 0 && !('units' in edit && amount === 0)
  if (!isGood) return refuse('schedule.badNumber', { field: edit.kind })
  if (edit.kind === 'duration') return withDuration(triangle, edit.minutes)
  if (edit.kind === 'work') return withWork(triangle, edit.minutes)
  if (edit.kind === 'units') return withUnits(triangle, edit.assignment, edit.units)
  return edit.kind === 'join' ? joined(triangle, edit) : left(triangle, edit.assignment)
}

function withDuration(triangle: Triangle, durationMinutes: number): Triangle {
  if (triangle.type === 'fixedWork' && durationMinutes > 0)
    return {
      ...triangle,
      durationMinutes,
      people: triangle.people.map((one) => ({ ...one, units: one.workMinutes / durationMinutes })),
    }
  const people = triangle.people.map((one) => ({ ...one, workMinutes: durationMinutes * one.units }))
  return { ...triangle, durationMinutes, people }
}

/** The work is shared out as it was; work where there was none, by units. */
function withWork(triangle: Triangle, workMinutes: number): Triangle {
  const before = totalWork(triangle.people)
  const units = totalUnits(triangle.people)
  const shareOf = (one: Share) => (before > 0 ? one.workMinutes / before : one.units / units)
  return settled(
    triangle,
    triangle.people.map((one) => ({ ...one, workMinutes: workMinutes * shareOf(one) })),
  )
}

/** New work with the old units (the duration follows), or in the old duration (the units follow). */
function settled(triangle: Triangle, people: readonly Share[]): Triangle {
  if (triangle.type !== 'fixedDuration' || triangle.durationMinutes === 0)
    return { ...triangle, people, durationMinutes: longest(people, triangle.durationMinutes) }
  const { durationMinutes } = triangle
  return { ...triangle, people: people.map((one) => ({ ...one, units: one.workMinutes / durationMinutes })) }
}

function withUnits(triangle: Triangle, assignment: string, units: number): Triangle {
  const keepsDuration = triangle.type === 'fixedDuration'
  const people = triangle.people.map((one) => {
    if (one.assignment !== assignment) return one
    return { ...one, units, workMinutes: keepsDuration ? triangle.durationMinutes * units : one.workMinutes }
  })
  const durationMinutes = keepsDuration ? triangle.durationMinutes : longest(people, triangle.durationMinutes)
  return { ...triangle, people, durationMinutes }
}

/** The first person brings the work; another one shares it (effort-driven) or brings more of it. */
function joined(triangle: Triangle, { assignment, units }: { assignment: string; units: number }): Triangle {
  const own = { assignment, units, workMinutes: triangle.durationMinutes * units }
  const isShared = triangle.people.length > 0 && isEffortDriven(triangle)
  const people = [...triangle.people, own]
  return isShared ? sharedOut(triangle, people, totalWork(triangle.people)) : { ...triangle, people }
}

/** Who leaves takes the work along, or leaves it to the others (effort-driven). */
function left(triangle: Triangle, assignment: string): Triangle {
  const people = triangle.people.filter((one) => one.assignment !== assignment)
  if (people.length === 0 || people.length === triangle.people.length) return { ...triangle, people }
  return isEffortDriven(triangle)
    ? sharedOut(triangle, people, totalWork(triangle.people))
    : { ...triangle, people }
}

function isEffortDriven(triangle: Triangle): boolean {
  return triangle.effortDriven || triangle.type === 'fixedWork'
}

function sharedOut(triangle: Triangle, people: readonly Share[], workMinutes: number): Triangle {
  const units = totalUnits(people)
  return settled(
    triangle,
    people.map((one) => ({ ...one, workMinutes: (workMinutes * one.units) / units })),
  )
}

function longest(people: readonly Share[], otherwise: number): number {
  if (people.length === 0) return otherwise
  return people.reduce((most, one) => Math.max(most, one.workMinutes / one.units), 0)
}

function totalWork(people: readonly Share[]): number {
  return people.reduce((sum, one) => sum + one.workMinutes, 0)
}

function totalUnits(people: readonly Share[]): number {
  return people.reduce((sum, one) => sum + one.units, 0)
}
