import type { PlanLevelOptions } from '../../../engine/levelling/plan.ts'
import { type LevelStep, levellingSteps } from '../../../engine/levelling/plan.ts'
import type { LevelProject } from '../../../engine/levelling/plan-levelling.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import { Task } from '../schedule.model.ts'
import { refusalFault } from './plan.ts'
import { type Computed, computePlan } from './view.ts'

/** How plans are to be levelled; the same settings give the same answer. */
export type LevelSettings = {
  readonly room: 'extend' | 'withinSlack'
  readonly splitting: boolean
  readonly order: 'priority' | 'standard' | 'plan'
  /** Days; only tasks with work from the first to the last of them move. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly schedules: number
  readonly seed: number
}

/** No search tries more; whoever asks for less gets the best of the first of the same search. */
export const MOST_SCHEDULES = 100_000

/** A search that can be gone on with: the best after each of its steps so far. */
type Search = {
  readonly others: readonly Computed[]
  readonly going: Iterator<
    LevelStep | { refused: { code: string; facts: Readonly<Record<string, unknown>> } }
  >
  readonly steps: LevelStep[]
}

/**
 * Searches kept by the plan they are about: asking for more goes on where the last question ended, and accepting what
 * was shown searches nothing anew. A plan that changes is another plan, and its searches are forgotten with it.
 */
const searches = new WeakMap<Computed, Map<string, Search>>()
const MOST_KEPT_A_PLAN = 4

/** Reads and computes the plans to be levelled together. Refuses what `computePlan` refuses. */
export async function plansOf(read: Read, projects: readonly string[]): Promise<Computed[]> {
  const plans: Computed[] = []
  for (const project of new Set(projects)) plans.push(await computePlan(read, project))
  return plans
}

/**
 * The best levelling after the wanted number of schedules (or a few more: the search goes in steps). Between two steps
 * others are served; `onStep` may report, or throw to give up. Refuses what the engine refuses, by names.
 */
export async function searchLevelling(
  read: Read,
  plans: readonly Computed[],
  settings: LevelSettings,
  onStep: (step: LevelStep) => void = () => undefined,
): Promise<LevelStep> {
  const search = searchOf(plans, settings)
  for (;;) {
    const reached = search.steps.find(({ tried }) => tried >= settings.schedules) ?? search.steps.at(-1)
    if (reached && (reached.tried >= settings.schedules || reached.triedNext === undefined)) return reached
    const { value } = search.going.next()
    if (value && 'refused' in value) throw refused(value.refused, plans)
    if (!value && reached) return reached
    if (value) {
      search.steps.push(value)
      onStep(value)
    }
    // A question to the store lets other work of this process go on.
    await read.lastTouch([Task], plans[0]?.rows.project.id ?? null)
  }
}

function refused(
  refusal: { code: string; facts: Readonly<Record<string, unknown>> },
  plans: readonly Computed[],
) {
  return refusalFault(
    refusal,
    plans.flatMap(({ rows }) => rows.tasks),
  )
}

function searchOf(plans: readonly Computed[], settings: LevelSettings): Search {
  const [first, ...others] = plans as [Computed, ...Computed[]]
  const { schedules: _wanted, ...how } = settings
  const key = JSON.stringify(how) + others.length
  const kept = searches.get(first) ?? new Map<string, Search>()
  searches.set(first, kept)
  const known = kept.get(key)
  if (known?.others.every((other, k) => other === others[k])) return known
  const search: Search = {
    others,
    going: levellingSteps(plans.map(levelProject), optionsOf(settings)),
    steps: [],
  }
  kept.delete(key)
  kept.set(key, search)
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT_A_PLAN) break
    kept.delete(oldest)
  }
  return search
}

function optionsOf({ room, splitting, order, from, to, seed }: LevelSettings): PlanLevelOptions {
  return {
    room,
    splitting,
    order,
    seed,
    schedules: MOST_SCHEDULES,
    fromMinute: from === undefined ? undefined : minuteOf(`${from}T00:00:00`),
    toMinute: to === undefined ? undefined : minuteOf(`${to}T00:00:00`) + 1440,
  }
}

/** People are matched by their person, whatever each project calls them; those not to be levelled are never short. */
function levelProject({ plan, rows }: Computed): LevelProject {
  const personOf = new Map<string, string>()
  const unlimited = new Set<string>()
  for (const { id, person, canLevel } of rows.resources) {
    if (person !== undefined) personOf.set(id, person)
    if (canLevel === false) unlimited.add(id)
  }
  return { id: rows.project.id, plan, personOf, unlimited }
}
