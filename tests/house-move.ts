import { createHash } from 'node:crypto'
import { ROOMS } from '../apps/rooms.ts'
import type { showSchedule } from '../capabilities/schedule/schedule.queries.ts'
import { type Actor, SYSTEM } from '../kernel/access.ts'
import { countedIds } from '../kernel/id.ts'
import { createLedger, type Request } from '../kernel/ledger/ledger.ts'
import { memoryStore, textHash } from '../kernel/ledger/memory.ts'
import { createRegistry } from '../kernel/registry.ts'

type Shown = Awaited<ReturnType<typeof showSchedule.run>>

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
export const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const PROJECT = id(1)

/** A house move planned from Monday 5 January 2026: pack (3 d), drive (1 d), unpack (2 d). */
export async function houseMove() {
  const newId = countedIds(5)
  const ledger = createLedger({
    registry: createRegistry(ROOMS),
    store: memoryStore(sha256),
    hash: textHash(sha256),
    hashBytes: sha256,
    clock: () => Date.UTC(2026, 0, 2, 9),
    newId,
    salt: countedIds(6),
  })
  const perform = (
    action: string,
    input: unknown,
    actor: Actor = SYSTEM,
    more: Pick<Request, 'progress'> = {},
  ) => ledger.perform({ actor, action, input, via: 'test', ...more })
  await perform('project.create', { id: PROJECT, name: 'House move', start: '2026-01-05T08:00:00' })
  const add = (n: number, name: string, days: number, after?: number) =>
    perform('task.create', {
      id: id(n),
      project: PROJECT,
      name,
      durationMinutes: days * 480,
      ...(after ? { after: id(after) } : {}),
    })
  await add(10, 'Pack', 3)
  await add(11, 'Drive', 1, 10)
  await add(12, 'Unpack', 2, 11)
  await perform('task.link', { links: [link(20, 10, 11), link(21, 11, 12)] })
  const show = async (more = {}) =>
    (await ledger.ask(SYSTEM, 'schedule.show', { project: PROJECT, ...more })) as Shown
  const dates = async () =>
    Object.fromEntries(
      (await show()).tasks.map((task) => [
        task.name,
        `${task.start.slice(5, 10)} ${task.finish.slice(5, 10)}`,
      ]),
    )
  return { ledger, perform, show, dates }
}

export const link = (n: number, predecessor: number, successor: number, more = {}) => ({
  id: id(n),
  predecessor: id(predecessor),
  successor: id(successor),
  ...more,
})
