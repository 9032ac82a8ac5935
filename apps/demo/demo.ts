import { Baseline } from '../../capabilities/schedule/schedule.model.ts'
import type { Day } from '../../kernel/day.ts'
import type { Store } from '../../kernel/ledger/store.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { ROOMS } from '../rooms.ts'
import { PEOPLE } from './company.ts'
import { shiftTo } from './days.ts'
import { carryHistory } from './load.ts'
import { buildPlan, createProject, DEMO_EMAIL, foundCompany } from './opening.ts'
import { openStage, type Stage } from './stage.ts'
import { liveTheYear } from './year.ts'

/** What was loaded, and who signs in to it first. */
export type LoadedDemo = {
  readonly project: string
  readonly administrator: { readonly id: string; readonly name: string; readonly email: string }
  readonly changes: number
}

/**
 * Fills an empty store with Harborline Mutual and its ERP project: a year of work, performed through the same actions
 * as anybody's, by the people who did it, on the days on which they did it. What was written for one Friday is moved
 * by whole weeks to the last Friday on or before `today`. The same day gives the same rows and ids.
 * Faults: `demo.notEmpty`.
 */
export async function loadDemo(store: Store, { today }: { today: Day }): Promise<LoadedDemo> {
  const stage = openStage(createRegistry(ROOMS), shiftTo(today))
  await foundCompany(stage)
  await createProject(stage, await rolesOf(stage))
  await buildPlan(stage)
  await liveTheYear(stage)
  const files = await rowsOfKind(stage, Baseline.kind)
  await carryHistory(
    stage.store,
    store,
    files.map(({ body }) => String(body.lines)),
  )
  return {
    project: stage.project,
    administrator: { id: stage.id('person', 'maya'), name: PEOPLE[0]?.name ?? '', email: DEMO_EMAIL },
    changes: await stage.store.read({ projects: 'all' }, async (reader) => (await reader.head()).seq),
  }
}

/** The ids of the first roles, by their names in lower case. */
async function rolesOf(stage: Stage): Promise<Record<string, string>> {
  const roles = await rowsOfKind(stage, 'role')
  return Object.fromEntries(roles.map(({ id, body }) => [String(body.name).toLowerCase(), id]))
}

function rowsOfKind({ store }: Stage, kind: string) {
  return store.read({ projects: 'all' }, (reader) => reader.list(kind, {}))
}
