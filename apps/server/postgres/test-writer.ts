import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { SYSTEM } from '../../../kernel/access.ts'
import type { Connection } from './database.ts'
import { startEmbedded } from './embedded.ts'
import { postgresStore } from './store.ts'
import { newId, planLedger } from './test-plan.ts'

// A process that writes until it is killed, keeping its own account of what it asked and what was acknowledged:
//   node test-writer.ts '{"folder": …} or {"runtime": …}, with "workspace", "project", "account", "endWithOwner"'
export type WriterOrders = {
  readonly folder?: string
  readonly runtime?: Connection
  readonly workspace: string
  readonly project: string
  readonly account: string
  readonly endWithOwner: boolean
}

const WRITERS = 4

async function write(orders: WriterOrders): Promise<void> {
  const { workspace, project, endWithOwner, folder } = orders
  const database = folder ? await startEmbedded({ folder, endWithOwner }) : undefined
  const runtime = database?.runtime ?? orders.runtime
  if (!runtime) throw new Error('neither a folder nor a database was named')
  const ledger = planLedger(postgresStore({ runtime, workspace }))
  const file = openSync(orders.account, 'a')
  process.on('exit', () => closeSync(file))
  const note = (line: string) => {
    writeSync(file, `${line}\n`)
    fsyncSync(file)
  }
  const state = { acknowledged: false }
  const writer = async (): Promise<never> => {
    for (;;) {
      const [first, second, link] = [newId(), newId(), newId()]
      note(`asked ${first} ${second} ${link}`)
      const input = { project, first, second, link, name: `Step ${first.slice(-4)}` }
      const step = await ledger.perform({ actor: SYSTEM, via: 'test', action: 'plan.addStep', input })
      note(`done ${step.seq} ${first}`)
      if (!state.acknowledged) console.log('acknowledged')
      state.acknowledged = true
      const more = { id: first, byMinutes: 60 }
      const longer = await ledger.perform({
        actor: SYSTEM,
        via: 'test',
        action: 'plan.lengthen',
        input: more,
      })
      note(`longer ${longer.seq} ${first}`)
    }
  }
  console.log(database?.adopted ? 'writing on an adopted server' : 'writing')
  await Promise.all(Array.from({ length: WRITERS }, writer))
}

await write(JSON.parse(process.argv[2] ?? '{}') as WriterOrders)
