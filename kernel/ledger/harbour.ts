import { z } from 'zod'
import type { Actor } from '../access.ts'
import { action, query } from '../action.ts'
import type { Json } from '../canonical.ts'
import { countedIds } from '../id.ts'
import { line, record, ref, type Stored } from '../record.ts'
import { createRegistry, type Room } from '../registry.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { Store } from './store.ts'

/** A store under test, empty, with a way to change one stored body behind the ledger's back. */
export type OpenStore = {
  readonly store: Store
  readonly tamper: (kind: string, id: string, body: Record<string, Json>) => Promise<void>
}

/** A harbour with piers and ships: small nouns with a reference, a unique key, a personal and a guarded field. */
const Harbour = record('harbour', { name: line('Name') }, { title: 'Harbour', founds: true })
const Pier = record(
  'pier',
  { name: line('Name'), lengthMetres: z.int().meta({ title: 'Length' }) },
  { title: 'Pier', unique: ['name'] },
)
const Ship = record(
  'ship',
  {
    name: line('Name'),
    pier: ref('pier', 'Pier').optional(),
    master: line('Master').meta({ title: 'Master', personal: true, visible: 'personal' }).optional(),
    feeCents: z.int().meta({ title: 'Fee', visible: 'rates' }).optional(),
  },
  { title: 'Ship', index: ['pier'], unique: ['name', 'master'] },
)
const Pass = record(
  'pass',
  { holder: z.string(), name: z.string(), opens: z.array(z.string()), harbour: z.uuid().optional() },
  { title: 'Pass', plural: 'Passes', scope: 'workspace' },
)

const own = { harbour: z.uuid(), id: z.uuid() }
const HARBOUR: Room = {
  name: 'harbour',
  title: 'Harbour',
  records: [Harbour, Pier, Ship, Pass],
  permissions: {
    'harbour.found': 'Found harbours',
    'harbour.rates': 'See fees',
    'harbour.personal': 'See masters',
  },
  access: {
    kinds: ['pass'],
    book: (rows) => ({
      grantsOf: (actor) =>
        (rows('pass') as unknown as Stored<typeof Pass>[])
          .filter((pass) => pass.holder === actor.id)
          .map((pass) => ({
            permissions: pass.opens,
            reach: pass.harbour ? { project: pass.harbour } : 'workspace',
          })),
      nameOf: (id) =>
        (rows('pass') as unknown as Stored<typeof Pass>[]).find((pass) => pass.holder === id)?.name,
    }),
  },
  actions: [
    action('harbour.found', {
      title: 'Found a harbour',
      about: 'Makes a harbour.',
      allow: 'harbour.found',
      input: z.strictObject({ id: z.uuid(), name: line('Name') }),
      run: async (tx, { id, name }) => tx.put(Harbour, { id, project: id, name }),
    }),
    action('pass.give', {
      title: 'Give a pass',
      about: 'Lets someone in.',
      allow: 'harbour.admin',
      input: z.strictObject({
        id: z.uuid(),
        holder: z.string(),
        name: z.string(),
        opens: z.array(z.string()),
        harbour: z.uuid().optional(),
      }),
      run: async (tx, { id, ...pass }) => tx.put(Pass, { id, project: null, ...pass }),
    }),
    action('pier.build', {
      title: 'Build a pier',
      about: 'Adds a pier.',
      allow: 'harbour.write',
      input: z.strictObject({ ...own, name: line('Name'), lengthMetres: z.int() }),
      run: async (tx, { harbour, ...pier }) => tx.put(Pier, { project: harbour, ...pier }),
    }),
    action('pier.lengthen', {
      title: 'Lengthen a pier',
      about: 'Makes it longer.',
      allow: 'harbour.write',
      input: z.strictObject({ id: z.uuid(), byMetres: z.int() }),
      run: async (tx, { id, byMetres }) => {
        const pier = await tx.get(Pier, id)
        await tx.change(Pier, pier, { lengthMetres: pier.lengthMetres + byMetres })
        return { lengthMetres: pier.lengthMetres + byMetres }
      },
    }),
    action('pier.remove', {
      title: 'Remove a pier',
      about: 'Takes it away.',
      allow: 'harbour.write',
      input: z.strictObject({ id: z.uuid() }),
      run: async (tx, { id }) => tx.remove(Pier, [id]),
    }),
    action('ship.moor', {
      title: 'Moor a ship',
      about: 'A ship comes in and the press is told.',
      allow: 'harbour.write',
      input: z.strictObject({
        ...own,
        name: line('Name'),
        pier: z.uuid().optional(),
        master: Ship.schema.shape.master,
        feeCents: z.int().optional(),
      }),
      run: async (tx, { harbour, ...ship }) => {
        tx.errand('press', { ship: ship.name }, { outward: true })
        await tx.put(Ship, { project: harbour, ...ship })
      },
    }),
    action('ship.rename', {
      title: 'Rename a ship',
      about: 'Gives it a new name.',
      allow: 'harbour.write',
      input: z.strictObject({ id: z.uuid(), name: line('Name') }),
      run: async (tx, { id, name }) => tx.change(Ship, await tx.get(Ship, id), { name }),
    }),
    action('ship.charge', {
      title: 'Charge a ship',
      about: 'Sets its fee.',
      allow: 'harbour.write',
      input: z.strictObject({ id: z.uuid(), feeCents: z.int() }),
      run: async (tx, { id, feeCents }) => tx.change(Ship, await tx.get(Ship, id), { feeCents }),
    }),
    action('ship.scrap', {
      title: 'Scrap a ship',
      about: 'It is gone for good.',
      allow: 'harbour.write',
      final: 'scrap cannot be rebuilt',
      input: z.strictObject({ id: z.uuid() }),
      run: async (tx, { id }) => tx.remove(Ship, [id]),
    }),
    action('ship.forgetMaster', {
      title: 'Forget a master',
      about: 'Erases the name.',
      allow: 'harbour.write',
      final: 'erased',
      input: z.strictObject({ id: z.uuid() }),
      run: async (tx, { id }) => {
        await tx.change(Ship, await tx.get(Ship, id), { master: undefined })
        await tx.erasePersonal(Ship, [id])
      },
    }),
    action('works.order', {
      title: 'Order works',
      about: 'Does several things at once, as one change.',
      allow: 'harbour.write',
      input: z.strictObject({ works: z.array(z.strictObject({ action: z.string(), input: z.json() })) }),
      prepare: async (_read, { works }, preparing) => {
        const prepared: unknown[] = []
        for (const work of works) prepared.push(await preparing.prepare(work.action, work.input))
        return prepared
      },
      run: async (tx, { works }, prepared) => {
        const outputs: unknown[] = []
        for (const [index, work] of works.entries())
          outputs.push(await tx.perform(work.action, work.input, prepared[index]))
        return { outputs }
      },
    }),
    action('works.hurry', {
      title: 'Hurry works',
      about: 'Does one thing without preparing it.',
      allow: 'harbour.write',
      input: z.strictObject({ action: z.string(), input: z.json() }),
      run: async (tx, work) => tx.perform(work.action, work.input),
    }),
    action('pier.evenOut', {
      title: 'Even out piers',
      about: 'All piers get the mean length.',
      allow: 'harbour.write',
      input: z.strictObject({ harbour: z.uuid() }),
      prepare: async (read, { harbour }, { progress, signal }) => {
        const piers = await read.all(Pier, { project: harbour })
        progress(0.5, 'measuring')
        await between.readAndWrite?.()
        signal.throwIfAborted()
        return Math.round(piers.reduce((sum, pier) => sum + pier.lengthMetres, 0) / Math.max(1, piers.length))
      },
      run: async (tx, { harbour }, meanMetres) => {
        const piers = await tx.all(Pier, { project: harbour })
        await tx.changeAll(
          Pier,
          piers.map((row) => ({ row, patch: { lengthMetres: meanMetres } })),
        )
        return { meanMetres }
      },
    }),
  ],
  queries: [
    query('ship.list', {
      title: 'Ships',
      about: 'All ships.',
      allow: 'harbour.read',
      input: z.strictObject({ harbour: z.uuid() }),
      run: (read, { harbour }) => read.all(Ship, { project: harbour }),
    }),
    query('pier.list', {
      title: 'Piers',
      about: 'All piers.',
      allow: 'harbour.read',
      input: z.strictObject({ harbour: z.uuid() }),
      run: (read, { harbour }) => read.all(Pier, { project: harbour }),
    }),
  ],
}

/** Something that happens while prepared work is under way. */
export const between: { readAndWrite?: (() => Promise<void>) | undefined } = {}

const person = (n: number): Actor => ({ kind: 'person', id: id(900 + n), name: '' })
export const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const [BREST, VARNA] = [id(1), id(2)]
export const [ADMIN, ANNA, BOB] = [person(0), person(1), person(2)]
export const SYSTEM_ACTOR: Actor = {
  kind: 'system',
  id: id(0).replace('7', '0').replace('8', '0'),
  name: 'Helmward',
}

export type Stage = Awaited<ReturnType<typeof setUp>>

/** A fresh ledger over a store, with two harbours and three people. */
export async function setUp({ store, tamper }: OpenStore, hashBytes: (bytes: Uint8Array) => string) {
  let nowMs = Date.UTC(2026, 10, 20, 8)
  const ledger: Ledger = createLedger({
    registry: createRegistry([HARBOUR]),
    store,
    hash: (text) => hashBytes(new TextEncoder().encode(text)),
    hashBytes,
    clock: () => nowMs,
    newId: countedIds(7),
    salt: countedIds(8),
  })
  const perform = (actor: Actor, name: string, input: unknown) =>
    ledger.perform({ actor, action: name, input, via: 'test' })
  const all = ['harbour.*']
  await perform(SYSTEM_ACTOR, 'harbour.found', { id: BREST, name: 'Brest' })
  await perform(SYSTEM_ACTOR, 'harbour.found', { id: VARNA, name: 'Varna' })
  const members = ['harbour.read', 'harbour.write']
  await perform(SYSTEM_ACTOR, 'pass.give', {
    id: id(800),
    holder: ADMIN.id,
    name: 'Ada',
    opens: all,
    harbour: BREST,
  })
  await perform(SYSTEM_ACTOR, 'pass.give', {
    id: id(801),
    holder: ADMIN.id,
    name: 'Ada',
    opens: all,
    harbour: VARNA,
  })
  await perform(SYSTEM_ACTOR, 'pass.give', {
    id: id(802),
    holder: ANNA.id,
    name: 'Anna',
    opens: members,
    harbour: BREST,
  })
  await perform(SYSTEM_ACTOR, 'pass.give', {
    id: id(803),
    holder: BOB.id,
    name: 'Bob',
    opens: members,
    harbour: BREST,
  })
  const piers = (moment?: Parameters<Ledger['ask']>[3]) =>
    ledger.ask(ADMIN, 'pier.list', { harbour: BREST }, moment) as Promise<Stored<typeof Pier>[]>
  return {
    ledger,
    store,
    perform,
    tamper,
    piers,
    now: () => new Date(nowMs).toISOString(),
    tick: (ms: number) => {
      nowMs += ms
    },
    lengthOf: async (pier: string, moment?: Parameters<Ledger['ask']>[3]) =>
      (await piers(moment)).find((row) => row.id === pier)?.lengthMetres,
  }
}
