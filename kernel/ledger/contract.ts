import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../access.ts'
import { Fault } from '../fault.ts'
import {
  ADMIN,
  ANNA,
  BOB,
  BREST,
  between,
  id,
  type OpenStore,
  type Stage,
  SYSTEM_ACTOR,
  setUp,
  VARNA,
} from './harbour.ts'
import { sentencesOfWorks } from './works/contract.ts'

/** The one contract: whatever keeps a ledger behaves like this. `open` gives an empty store each time. */
export function ledgerContract(
  title: string,
  open: () => Promise<OpenStore>,
  hashBytes: (bytes: Uint8Array) => string,
): void {
  describe(`ledger contract: ${title}`, () => {
    let stage: Stage
    beforeAll(async () => {
      stage = await setUp(await open(), hashBytes)
    })
    afterAll(() => stage.ledger.close())

    test('an action is performed whole, and now shows it', async () => {
      const outcome = await stage.perform(ANNA, 'pier.build', {
        harbour: BREST,
        id: id(10),
        name: 'North',
        lengthMetres: 120,
      })
      expect(outcome.wrote).toEqual([{ kind: 'pier', id: id(10), removed: false }])
      expect(await stage.piers()).toContainEqual({
        id: id(10),
        project: BREST,
        seq: outcome.seq,
        name: 'North',
        lengthMetres: 120,
      })
    })

    test('a refused action writes nothing and disturbs no neighbour', async () => {
      const before = await stage.ledger.head()
      const settled = await Promise.allSettled([
        stage.perform(ANNA, 'pier.build', { harbour: BREST, id: id(11), name: 'East', lengthMetres: 80 }),
        stage.perform(ANNA, 'pier.build', { harbour: BREST, id: id(12), name: 'north', lengthMetres: 5 }),
        stage.perform(ANNA, 'pier.build', { harbour: BREST, id: id(13), name: 'West', lengthMetres: 90 }),
      ])
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((settled[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'pier.taken' })
      expect(await stage.ledger.head()).toBe(before + 2)
      expect((await stage.piers()).map(({ name }) => name).sort()).toEqual(['East', 'North', 'West'])
    })

    test('what is made, changed and removed in one breath is gone, and the chain holds', async () => {
      await Promise.all([
        stage.perform(ANNA, 'pier.build', { harbour: BREST, id: id(19), name: 'Brief', lengthMetres: 5 }),
        stage.perform(ANNA, 'pier.lengthen', { id: id(19), byMetres: 1 }),
        stage.perform(ANNA, 'pier.remove', { id: id(19) }),
      ])
      expect((await stage.piers()).some((pier) => pier.id === id(19))).toBe(false)
      expect((await stage.ledger.verify()).bad).toBeUndefined()
    })

    test('input that is not as described is refused with each place', async () => {
      const refusal = stage.perform(ANNA, 'pier.build', {
        harbour: BREST,
        id: id(14),
        name: '',
        lengthMetres: 1.5,
        depth: 3,
      })
      await expect(refusal).rejects.toMatchObject({ code: 'input.invalid' })
      await expect(
        stage.perform(ANNA, 'pier.build', { harbour: BREST, id: id(14), name: 'a\u0000b', lengthMetres: 1 }),
      ).rejects.toMatchObject({ code: 'text.invalid' })
    })

    test('the past is read as of a change and as of an instant', async () => {
      const at = await stage.ledger.head()
      const instant = stage.now()
      stage.tick(60_000)
      await stage.perform(ANNA, 'pier.lengthen', { id: id(10), byMetres: 30 })
      expect(await stage.lengthOf(id(10))).toBe(150)
      expect(await stage.lengthOf(id(10), { seq: at })).toBe(120)
      expect(await stage.lengthOf(id(10), { instant })).toBe(120)
    })

    test('undo puts back what stood before, and undoing that does it again', async () => {
      const { seq } = await stage.perform(ANNA, 'pier.lengthen', { id: id(10), byMetres: 7 })
      const undone = await stage.ledger.undo({ actor: ANNA, via: 'test', seq })
      expect(await stage.lengthOf(id(10))).toBe(150)
      await stage.ledger.undo({ actor: ANNA, via: 'test', seq: undone.seq })
      expect(await stage.lengthOf(id(10))).toBe(157)
    })

    test('undo is refused when somebody has changed it since, and for what is final', async () => {
      const { seq } = await stage.perform(ANNA, 'pier.lengthen', { id: id(10), byMetres: 1 })
      const later = await stage.perform(BOB, 'pier.lengthen', { id: id(10), byMetres: 1 })
      await expect(stage.ledger.undo({ actor: ANNA, via: 'test', seq })).rejects.toMatchObject({
        code: 'change.overtaken',
        facts: { by: 'Bob', since: later.seq },
      })
      await stage.perform(ANNA, 'ship.moor', { harbour: BREST, id: id(20), name: 'Oldtimer' })
      const scrapped = await stage.perform(ANNA, 'ship.scrap', { id: id(20) })
      await expect(stage.ledger.undo({ actor: ANNA, via: 'test', seq: scrapped.seq })).rejects.toMatchObject({
        code: 'change.final',
      })
    })

    sentencesOfWorks(() => stage)

    test('undo of a making is refused while something refers to it', async () => {
      const made = await stage.perform(ANNA, 'pier.build', {
        harbour: BREST,
        id: id(15),
        name: 'South',
        lengthMetres: 60,
      })
      await stage.perform(ANNA, 'ship.moor', { harbour: BREST, id: id(21), name: 'Amelia', pier: id(15) })
      await expect(stage.ledger.undo({ actor: ANNA, via: 'test', seq: made.seq })).rejects.toMatchObject({
        code: 'pier.inUse',
      })
    })

    test('references name what exists in the same place', async () => {
      const moor = (pier: string) =>
        stage.perform(ADMIN, 'ship.moor', { harbour: BREST, id: id(22), name: 'Lost', pier })
      await expect(moor(id(404))).rejects.toMatchObject({ code: 'reference.missing' })
      await stage.perform(ADMIN, 'pier.build', {
        harbour: VARNA,
        id: id(16),
        name: 'North',
        lengthMetres: 40,
      })
      await expect(moor(id(16))).rejects.toMatchObject({ code: 'reference.missing' })
      await expect(stage.perform(ANNA, 'pier.remove', { id: id(15) })).rejects.toMatchObject({
        code: 'pier.inUse',
      })
    })

    test('a stale write is refused with what changed and by whom', async () => {
      const [pier] = (await stage.piers()).filter((row) => row.id === id(10))
      await stage.perform(BOB, 'pier.lengthen', { id: id(10), byMetres: 1 })
      const expected = [{ kind: 'pier', id: id(10), seq: pier?.seq ?? 0 }]
      const refusal = stage.ledger.perform({
        actor: ANNA,
        via: 'test',
        action: 'pier.lengthen',
        input: { id: id(10), byMetres: 5 },
        expected,
      })
      await expect(refusal).rejects.toMatchObject({
        code: 'change.stale',
        facts: { by: 'Bob', fields: { lengthMetres: { was: 159, is: 160 } } },
      })
    })

    test('an idempotency key does a thing once, also when asked fifty times at once', async () => {
      const ask = () =>
        stage.ledger.perform({
          actor: ANNA,
          via: 'test',
          action: 'pier.lengthen',
          input: { id: id(11), byMetres: 2 },
          key: 'once',
        })
      const answers = await Promise.all(Array.from({ length: 50 }, ask))
      expect(new Set(answers.map(({ seq }) => seq)).size).toBe(1)
      expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
      expect(await stage.lengthOf(id(11))).toBe(82)
      const other = {
        actor: ANNA,
        via: 'test',
        action: 'pier.lengthen',
        input: { id: id(11), byMetres: 3 },
        key: 'once',
      }
      await expect(stage.ledger.perform(other)).rejects.toMatchObject({ code: 'key.reused' })
    })

    test('rights are judged at the stored and at the target place', async () => {
      await expect(
        stage.perform(BOB, 'pier.build', { harbour: VARNA, id: id(17), name: 'Far', lengthMetres: 9 }),
      ).rejects.toMatchObject({ code: 'access.denied' })
      await expect(stage.perform(BOB, 'pier.lengthen', { id: id(16), byMetres: 9 })).rejects.toMatchObject({
        code: 'pier.missing',
      })
      await expect(stage.perform(ANNA, 'harbour.found', { id: id(3), name: 'Own' })).rejects.toMatchObject({
        code: 'access.denied',
      })
      expect(await stage.ledger.ask(BOB, 'pier.list', { harbour: VARNA })).toEqual([])
    })

    test('a guarded field leaves the ledger only for those who may see it, and is kept when others write', async () => {
      await stage.perform(ADMIN, 'ship.moor', {
        harbour: BREST,
        id: id(23),
        name: 'Tanker',
        feeCents: 990_000,
        master: 'Olga Petrova',
      })
      await stage.perform(ANNA, 'ship.rename', { id: id(23), name: 'Tanker II' })
      const seen = async (actor: Actor) =>
        ((await stage.ledger.ask(actor, 'ship.list', { harbour: BREST })) as { id: string }[]).find(
          (ship) => ship.id === id(23),
        )
      expect(await seen(ANNA)).not.toHaveProperty('feeCents')
      expect(await seen(ADMIN)).toMatchObject({
        name: 'Tanker II',
        feeCents: 990_000,
        master: 'Olga Petrova',
      })
      const news = await stage.ledger.since(ANNA, (await stage.ledger.head()) - 1)
      expect(JSON.stringify(news)).not.toContain('990000')
    })

    test('who may not see a guarded field cannot put its old value back by undoing', async () => {
      const { seq } = await stage.perform(ADMIN, 'ship.charge', { id: id(23), feeCents: 1_200_000 })
      await expect(stage.ledger.undo({ actor: ANNA, via: 'test', seq })).rejects.toMatchObject({
        code: 'access.denied',
        facts: { permission: 'harbour.rates' },
      })
      await stage.ledger.undo({ actor: ADMIN, via: 'test', seq })
    })

    test('an id that is taken is refused; asking for the very same again changes nothing', async () => {
      const berth = { harbour: BREST, id: id(30), name: 'Fish quay', lengthMetres: 45 }
      await stage.perform(ANNA, 'pier.build', berth)
      expect((await stage.perform(ANNA, 'pier.build', berth)).wrote).toEqual([])
      await stage.perform(BOB, 'pier.lengthen', { id: id(30), byMetres: 5 })
      for (const harbour of [BREST, VARNA]) {
        const again = stage.perform(ADMIN, 'pier.build', { ...berth, harbour })
        await expect(again).rejects.toMatchObject({ code: 'pier.taken', facts: { id: id(30) } })
      }
      expect(await stage.lengthOf(id(30))).toBe(50)
    })

    test('only a row that founds a project opens it: no other gets in under its id', async () => {
      const clerk = { ...BOB, id: id(950) }
      const pass = { id: id(806), holder: clerk.id, name: 'Clerk', opens: ['harbour.write', 'harbour.found'] }
      await stage.perform(SYSTEM_ACTOR, 'pass.give', pass)
      const pier = { harbour: BREST, id: BREST, name: 'Smuggled', lengthMetres: 1 }
      await expect(stage.perform(clerk, 'pier.build', pier)).rejects.toMatchObject({ code: 'access.denied' })
      expect(await stage.perform(clerk, 'harbour.found', { id: id(4), name: 'Kiel' })).toMatchObject({
        wrote: [{ kind: 'harbour', id: id(4) }],
      })
    })

    test('since tells what changed, what is gone, and nothing from elsewhere', async () => {
      const seq = await stage.ledger.head()
      await stage.perform(ANNA, 'pier.build', { harbour: BREST, id: id(18), name: 'Short', lengthMetres: 10 })
      await stage.perform(ANNA, 'pier.lengthen', { id: id(18), byMetres: 1 })
      await stage.perform(ANNA, 'pier.remove', { id: id(13) })
      await stage.perform(ADMIN, 'pier.lengthen', { id: id(16), byMetres: 1 })
      const news = await stage.ledger.since(BOB, seq)
      expect(news.rows.map(({ row }) => (row as { id: string }).id)).toEqual([id(18)])
      expect(news.removed).toEqual([{ kind: 'pier', id: id(13) }])
      expect(news.changes.map((change) => [change.actor.name, change.action])).toEqual([
        ['Anna', 'pier.build'],
        ['Anna', 'pier.lengthen'],
        ['Anna', 'pier.remove'],
      ])
      expect(news).toMatchObject({ seq: seq + 4, reload: false, reset: false })
    })

    test('a change of rights says reset', async () => {
      const seq = await stage.ledger.head()
      await stage.perform(SYSTEM_ACTOR, 'pass.give', {
        id: id(805),
        holder: id(999),
        name: 'New',
        opens: ['harbour.read'],
        harbour: BREST,
      })
      expect(await stage.ledger.since(BOB, seq)).toMatchObject({ reset: true, rows: [] })
    })

    test('a fork performs like the ledger and leaves it alone', async () => {
      const fork = await stage.ledger.fork()
      const head = await stage.ledger.head()
      const input = { id: id(10), byMetres: 40 }
      const there = await fork.perform({ actor: ANNA, via: 'test', action: 'pier.lengthen', input })
      expect(await stage.ledger.head()).toBe(head)
      const here = await stage.perform(ANNA, 'pier.lengthen', input)
      expect(there.output).toEqual(here.output)
      expect(await fork.ask(ANNA, 'pier.list', { harbour: BREST })).toEqual(await stage.piers())
      const lengthened = await fork.undo({ actor: ANNA, via: 'test', seq: there.seq })
      const before = (await stage.lengthOf(id(10))) ?? 0
      const inFork = (await fork.ask(ANNA, 'pier.list', { harbour: BREST })) as { id: string }[]
      expect(inFork.find((pier) => pier.id === id(10))).toMatchObject({ lengthMetres: before - 40 })
      expect((await fork.verify()).bad).toBeUndefined()
      await fork.undo({ actor: ANNA, via: 'test', seq: lengthened.seq })
      const earlier = (await stage.ledger.read(ANNA, (read) => read.changes(0))).findLast(
        ({ action }) => action === 'pier.build',
      )
      await expect(fork.undo({ actor: ANNA, via: 'test', seq: earlier?.seq ?? 0 })).rejects.toMatchObject({
        code: 'change.overtaken',
      })
      await fork.perform({ actor: ANNA, via: 'test', action: 'pier.remove', input: { id: id(18) } })
      expect((await stage.piers()).some((pier) => pier.id === id(18))).toBe(true)
    })

    test('errands wait in the same transaction and an undo cancels those not sent', async () => {
      const moored = await stage.perform(ANNA, 'ship.moor', { harbour: BREST, id: id(24), name: 'Herald' })
      const states = async () =>
        stage.store.read({ projects: 'all' }, async (reader) =>
          (await reader.errands()).filter((errand) => errand.seq === moored.seq),
        )
      expect(await states()).toMatchObject([
        { kind: 'press', state: 'toApprove', outward: true, payload: { ship: 'Herald' } },
      ])
      await stage.ledger.undo({ actor: ANNA, via: 'test', seq: moored.seq })
      expect(await states()).toMatchObject([{ state: 'cancelled' }])
    })

    test('prepared work runs again when what it rests on has moved, and can be cancelled', async () => {
      let runs = 0
      between.readAndWrite = async () => {
        runs += 1
        if (runs === 1) await stage.perform(BOB, 'pier.lengthen', { id: id(11), byMetres: 100 })
      }
      const seen: number[] = []
      const outcome = await stage.ledger.perform({
        actor: ANNA,
        via: 'test',
        action: 'pier.evenOut',
        input: { harbour: BREST },
        progress: (share) => seen.push(share),
      })
      const lengths = (await stage.piers()).map((pier) => pier.lengthMetres)
      expect(new Set(lengths)).toEqual(new Set([(outcome.output as { meanMetres: number }).meanMetres]))
      expect([runs, seen]).toEqual([2, [0.5, 0.5]])
      runs = 0
      const twice = {
        actor: ANNA,
        via: 'test',
        action: 'pier.evenOut',
        input: { harbour: BREST },
        key: 'even',
      }
      const first = await stage.ledger.perform(twice)
      const prepared = runs
      const { seq, output, repeated } = await stage.ledger.perform(twice)
      expect([seq, output, repeated, runs]).toEqual([first.seq, first.output, true, prepared])
      const head = await stage.ledger.head()
      const cancelling = new AbortController()
      between.readAndWrite = async () =>
        cancelling.abort(new Fault('work.cancelled', 'Cancelled; nothing was changed.'))
      const request = {
        actor: ANNA,
        via: 'test',
        action: 'pier.evenOut',
        input: { harbour: BREST },
        signal: cancelling.signal,
      }
      await expect(stage.ledger.perform(request)).rejects.toMatchObject({ code: 'work.cancelled' })
      expect(await stage.ledger.head()).toBe(head)
      between.readAndWrite = undefined
    })

    test('erasing a person leaves the chain valid and no trace of the value', async () => {
      await stage.perform(ADMIN, 'ship.forgetMaster', { id: id(23) })
      expect((await stage.ledger.verify()).bad).toBeUndefined()
      const everything = await stage.store.read({ projects: 'all' }, async (reader) => ({
        versions: await reader.written(0, await stage.ledger.head()),
        changes: await reader.changes(0, 10_000),
      }))
      // Also not in a unique key, which is kept in small letters.
      expect(JSON.stringify(everything).toLowerCase()).not.toContain('olga petrova')
    })

    test('the audit names the first change whose content was edited below the ledger', async () => {
      expect(await stage.ledger.verify()).toMatchObject({ changes: await stage.ledger.head() })
      const ship = await stage.perform(ADMIN, 'ship.moor', {
        harbour: BREST,
        id: id(25),
        name: 'True',
        feeCents: 100,
      })
      await stage.perform(ANNA, 'pier.lengthen', { id: id(10), byMetres: 1 })
      await stage.tamper('ship', id(25), { name: 'True', feeCents: 1 })
      expect((await stage.ledger.verify()).bad).toMatchObject({ seq: ship.seq })
    })
  })
}
