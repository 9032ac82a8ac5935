import { expect, test } from 'vitest'
import { importPlan } from '../../apps/cli/plan-on-file.ts'
import type { loadOfSchedule } from '../../capabilities/schedule/schedule.actions/load.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { projectFiles, readFileOfPlan, type Shown } from './agreement.ts'

const oracles = process.env.HELMWARD_ORACLES ?? ''

test('the load of all people by month adds up to the work that Microsoft Project wrote', async () => {
  let busy = 0
  for (const { name, path } of projectFiles(oracles)) {
    const { ledger, project } = await importPlan(readFileOfPlan(path), name)
    const shown = (await ledger.ask(SYSTEM, 'schedule.show', { project })) as Shown
    const load = (await ledger.ask(SYSTEM, 'schedule.load', {
      project,
      by: 'month',
      limit: 500,
    })) as Awaited<ReturnType<typeof loadOfSchedule.run>>
    const people = new Set(shown.resources.filter(({ type }) => type === 'work').map(({ id }) => id))
    for (const { resource, workMinutes } of load.people) {
      const own = shown.assignments.filter((one) => one.resource === resource && people.has(resource))
      const said = own.reduce((sum, one) => sum + one.workMinutes, 0)
      const found = workMinutes.reduce((sum, minutes) => sum + minutes, 0)
      expect({ name, resource, minutes: Math.round(found) }).toEqual({
        name,
        resource,
        minutes: Math.round(said),
      })
      busy += 1
    }
  }
  expect(busy).toBeGreaterThan(50)
})
