import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isRefused, type LossReport, type PlanFile } from '../../exchange/plan-file.ts'
import type { TableReading } from '../../exchange/plan-table/plan-table.ts'
import { SYSTEM } from '../../kernel/access.ts'
import type { Print } from '../../kernel/action.ts'
import { Fault } from '../../kernel/fault.ts'
import type { Ledger } from '../../kernel/ledger/ledger.ts'
import { memoryStore } from '../../kernel/ledger/memory.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { ROOMS } from '../rooms.ts'
import { readPlan } from '../server/intake/read-plan.ts'
import { ledgerOver, machine } from '../server/world.ts'

/** A plan file imported into a ledger in memory: the same road as through the server. */
export type PlanOnFile = {
  readonly ledger: Ledger
  readonly project: string
  readonly file: PlanFile
  readonly loss: LossReport
}

/** Reads and imports a plan file; `table` says how to read one that is a table. Refuses what the reader and `schedule.import` refuse. */
export async function openPlan(path: string, table: TableReading = {}): Promise<PlanOnFile> {
  const reading = await readPlan(path, { fileName: basename(path), table })
  if (isRefused(reading)) {
    const { code, sentence, facts } = reading.refused
    throw new Fault(code, sentence, facts)
  }
  const { file, loss } = reading
  return { ...(await importPlan(file, basename(path), await readFile(path))), loss }
}

/** Imports a plan that was read into a fresh ledger in memory. */
export async function importPlan(
  file: PlanFile,
  fileName: string,
  bytes?: Uint8Array,
  print?: Print,
): Promise<Omit<PlanOnFile, 'loss'>> {
  const ledger = ledgerOver(createRegistry(ROOMS), memoryStore(machine.hashBytes), print)
  const plan = await ledger.keep(new TextEncoder().encode(JSON.stringify(file)))
  const source = bytes === undefined ? {} : { source: await ledger.keep(bytes) }
  const project = machine.newId()
  const input = { id: project, fileName, plan, ...source }
  await ledger.perform({ actor: SYSTEM, via: 'cli', action: 'schedule.import', input })
  return { ledger, project, file }
}

/** Sets the day (its end) or moment up to which progress is known. */
export async function setStatusDate({ ledger, project }: PlanOnFile, day: string): Promise<void> {
  const statusDate = day.includes('T') ? day : `${day}T17:00:00`
  await ledger.perform({ actor: SYSTEM, via: 'cli', action: 'project.edit', input: { project, statusDate } })
}
