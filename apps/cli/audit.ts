import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import type { AuditReport } from '../../kernel/ledger/audit.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { ROOMS } from '../rooms.ts'
import { openStorage } from '../server/storage.ts'
import { dataFolders, plateOf, runningServer } from './running-server.ts'
import type { Terminal } from './terminal.ts'

const CHAIN_BROKEN = 1

/**
 * `helmward audit verify`: recomputes the chain of changes, through the running server or on the stopped data. Answers
 * 0 when it holds and 1 with the first bad change.
 */
export async function auditCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, as: { type: 'string' } },
  })
  if (positionals.join(' ') !== 'verify')
    throw new Fault('command.usage', 'Say: helmward audit verify [--json]', {})
  const report = plateOf(process.env)
    ? await throughServer(values.as ?? process.env.HELMWARD_AS)
    : await onStoppedData()
  terminal.print(values.json ? JSON.stringify(report) : sentenceOf(report))
  return report.bad ? CHAIN_BROKEN : 0
}

async function throughServer(as: string | undefined): Promise<AuditReport> {
  const server = await runningServer(process.env, 'cli', as)
  try {
    return (await server.get('/api/audit.verify')).body as AuditReport
  } finally {
    await server.close()
  }
}

async function onStoppedData(): Promise<AuditReport> {
  const hasData =
    process.env.DATABASE_URL !== undefined ||
    dataFolders(process.env).some((folder) => existsSync(join(folder, 'postgres')))
  if (!hasData) throw new Fault('storage.missing', 'There is no data here yet. Start with `npm start`.', {})
  const storage = await openStorage(createRegistry(ROOMS), process.env)
  try {
    return await storage.ledger.verify()
  } finally {
    await storage.close()
  }
}

function sentenceOf({ changes, versions, bad }: AuditReport): string {
  if (bad) return `The chain breaks at change ${bad.seq} of ${changes}: ${bad.why}.`
  return `The chain holds: ${changes} changes, ${versions} versions, nothing altered.`
}
