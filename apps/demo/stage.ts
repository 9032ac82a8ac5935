import { createHash } from 'node:crypto'
import type { showSchedule } from '../../capabilities/schedule/schedule.queries.ts'
import { type Actor, SYSTEM } from '../../kernel/access.ts'
import type { Day } from '../../kernel/day.ts'
import { countedIds } from '../../kernel/id.ts'
import { createLedger } from '../../kernel/ledger/ledger.ts'
import { memoryStore, textHash } from '../../kernel/ledger/memory.ts'
import type { Store } from '../../kernel/ledger/store.ts'
import type { Registry } from '../../kernel/registry.ts'
import { PEOPLE } from './company.ts'
import type { Shift } from './days.ts'

/** The plan as it stands on a day of the story. */
export type Plan = Awaited<ReturnType<typeof showSchedule.run>>

/** Where the story is performed: a ledger in memory whose clock the story sets. */
export type Stage = {
  readonly store: Store
  readonly shift: Shift
  readonly project: string
  /** The id of what the authored texts call by a key; the same on every run. */
  readonly id: (kind: string, key: string) => string
  /** Sets the clock to an authored day and a time (UTC); it moves on a little with every action. */
  readonly at: (day: Day, clock: string) => void
  readonly perform: (who: string, action: string, input: unknown) => Promise<void>
  readonly plan: () => Promise<Plan>
}

const SECONDS_PER_ACTION = 40

/** Chance has no place in the demo: all ids are counted, so that the same day gives the same rows. */
export function openStage(registry: Registry, shift: Shift): Stage {
  const store = memoryStore(sha256)
  let nowMs = 0
  const ledger = createLedger({
    registry,
    store,
    hash: textHash(sha256),
    hashBytes: sha256,
    clock: () => nowMs,
    newId: countedIds(0xde01),
    salt: () => sha256(new TextEncoder().encode(salts())).slice(0, 32),
  })
  const salts = countedIds(0xde02)
  const id = keyedIds()
  const project = id('project', 'erp')
  const actors = new Map(PEOPLE.map(({ key, name }) => [key, person(id('person', key), name)]))
  return {
    store,
    shift,
    project,
    id,
    at: (day, clock) => {
      nowMs = shift.instant(day, clock)
    },
    perform: async (who, action, input) => {
      await ledger.perform({ actor: actors.get(who) ?? SYSTEM, action, input, via: 'demo' })
      nowMs += SECONDS_PER_ACTION * 1000
    },
    plan: async () => (await ledger.ask(SYSTEM, 'schedule.show', { project })) as Plan,
  }
}

function person(id: string, name: string): Actor {
  return { kind: 'person', id, name }
}

function keyedIds(): Stage['id'] {
  const next = countedIds(0xde00)
  const known = new Map<string, string>()
  return (kind, key) => {
    const name = `${kind}/${key}`
    const found = known.get(name) ?? next()
    known.set(name, found)
    return found
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
