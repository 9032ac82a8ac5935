import { afterAll, beforeAll, expect, test } from 'vitest'
import { importPlan } from '../../apps/cli/plan-on-file.ts'
import { scheduleDocument } from '../../apps/cli/schedule-document.ts'
import { ROOMS } from '../../apps/rooms.ts'
import { postgresStore } from '../../apps/server/postgres/store.ts'
import { newWorkspace, openTestDatabase, type TestDatabase } from '../../apps/server/postgres/test-cluster.ts'
import { ledgerOver, machine } from '../../apps/server/world.ts'
import type { exportSchedule } from '../../capabilities/schedule/schedule.queries.ts'
import type { PlanFile } from '../../exchange/plan-file.ts'
import { readPlanBytes } from '../../exchange/read-plan.ts'
import { SYSTEM } from '../../kernel/access.ts'
import type { Ledger } from '../../kernel/ledger/ledger.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { projectFiles, readFileOfPlan, type Shown } from './agreement.ts'

type Exported = Awaited<ReturnType<typeof exportSchedule.run>>

const files = projectFiles(process.env.HELMWARD_ORACLES ?? '')
let database: TestDatabase
let ledger: Ledger

beforeAll(async () => {
  database = await openTestDatabase()
  const { runtime, owner } = database
  ledger = ledgerOver(createRegistry(ROOMS), postgresStore({ runtime, owner, workspace: newWorkspace() }))
})

afterAll(async () => {
  await ledger.close()
  await database.end()
})

const documentOf = async (from: Ledger, project: string) =>
  scheduleDocument((await from.ask(SYSTEM, 'schedule.show', { project, drivers: true })) as Shown, 0)

test.each(files.map(({ name, path }) => [name, path] as const))(
  '%s comes out the same from the database as from the file, in every field',
  async (name, path) => {
    const file = readFileOfPlan(path)
    const onFile = await importPlan(file, name)
    const plan = await ledger.keep(new TextEncoder().encode(JSON.stringify(file)))
    const project = machine.newId()
    await ledger.perform({
      actor: SYSTEM,
      via: 'test',
      action: 'schedule.import',
      input: { id: project, fileName: name, plan },
    })
    expect(await documentOf(ledger, project)).toEqual(await documentOf(onFile.ledger, onFile.project))
  },
)

test.each(files.map(({ name, path }) => [name, path] as const))(
  '%s goes out as it came in, read again from what was written',
  async (name, path) => {
    const file = readFileOfPlan(path)
    const { ledger: onFile, project } = await importPlan(file, name)
    const { text, loss } = (await onFile.ask(SYSTEM, 'schedule.export', { project })) as Exported
    const again = readPlanBytes(new TextEncoder().encode(text)) as { file: PlanFile }
    // Where dates come out otherwise than in the file, the stop and resume of the work are said to be left out.
    const moved = loss.lines.some(({ level, text: line }) => level === 'left out' && line.includes('Resume'))
    expect(said(again.file, moved)).toEqual(said(file, moved))
  },
)

/** What people said in a file: all but what a program had calculated. */
function said({ calculated: _calculated, extra: _extra, ...rest }: PlanFile, moved: boolean) {
  if (!moved) return rest
  const assignments = rest.assignments.map(({ stop: _stop, resume: _resume, ...kept }) => kept)
  return { ...rest, assignments }
}
