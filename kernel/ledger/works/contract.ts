import { expect, test } from 'vitest'
import { ANNA, BOB, BREST, id, type Stage, SYSTEM_ACTOR, VARNA } from '../harbour.ts'

/** The part of the contract about actions that perform others. */
export function sentencesOfWorks(stage: () => Stage): void {
  test('an action performs others: each by its own rights, all of it one change and one undo', async () => {
    const lengths = async () => [await stage().lengthOf(id(40)), await stage().lengthOf(id(41))]
    const build = (n: number, name: string, lengthMetres: number) => ({
      action: 'pier.build',
      input: { harbour: BREST, id: id(n), name, lengthMetres },
    })
    const works = [
      build(40, 'Quay 40', 10),
      build(41, 'Quay 41', 20),
      { action: 'pier.lengthen', input: { id: id(41), byMetres: 5 } },
    ]
    const before = await stage().ledger.head()
    const { seq, output } = await stage().perform(ANNA, 'works.order', { works })
    expect(seq).toBe(before + 1)
    expect(output).toEqual({ outputs: [undefined, undefined, { lengthMetres: 25 }] })
    expect(await lengths()).toEqual([10, 25])
    await stage().ledger.undo({ actor: ANNA, via: 'test', seq })
    expect(await lengths()).toEqual([undefined, undefined])
    expect((await stage().ledger.verify()).bad).toBeUndefined()
  })

  test('whoever may found a harbour builds in it as part of the founding, and not elsewhere', async () => {
    const works = (harbour: string, n: number) => [
      { action: 'harbour.found', input: { id: id(50), name: 'Split' } },
      { action: 'pier.build', input: { harbour, id: id(n), name: 'Quay', lengthMetres: 10 } },
      { action: 'pier.lengthen', input: { id: id(n), byMetres: 5 } },
    ]
    const order = (harbour: string, n: number) =>
      stage().perform(BOB, 'works.order', { works: works(harbour, n) })
    await expect(order(id(50), 51)).rejects.toMatchObject({ code: 'access.denied' })
    const pass = { id: id(804), holder: BOB.id, name: 'Bob', opens: ['harbour.found'] }
    await stage().perform(SYSTEM_ACTOR, 'pass.give', pass)
    await expect(order(VARNA, 51)).rejects.toMatchObject({ code: 'access.denied' })
    const { output } = await order(id(50), 51)
    expect(output).toEqual({ outputs: [undefined, undefined, { lengthMetres: 15 }] })
    const later = stage().perform(BOB, 'pier.lengthen', { id: id(51), byMetres: 1 })
    await expect(later).rejects.toMatchObject({ code: 'pier.missing' })
  })

  test('one refusal among them refuses the whole; long work is prepared, what is final needs a final frame', async () => {
    const before = await stage().ledger.head()
    const order = (...works: { action: string; input: unknown }[]) =>
      stage().perform(ANNA, 'works.order', { works })
    const fine = {
      action: 'pier.build',
      input: { harbour: BREST, id: id(42), name: 'Q', lengthMetres: 1 },
    }
    const abroad = { action: 'pier.build', input: { ...fine.input, harbour: VARNA, id: id(43) } }
    await expect(order(fine, abroad)).rejects.toMatchObject({ code: 'access.denied' })
    await expect(order(fine, { action: 'pier.explode', input: {} })).rejects.toMatchObject({
      code: 'action.unknown',
    })
    await expect(order(fine, { action: 'pier.build', input: {} })).rejects.toMatchObject({
      code: 'input.invalid',
    })
    await expect(
      order(fine, { action: 'pass.give', input: { id: id(44), holder: 'x', name: 'x', opens: ['*'] } }),
    ).rejects.toMatchObject({ code: 'access.denied' })
    await expect(order(fine, { action: 'ship.scrap', input: { id: id(20) } })).rejects.toMatchObject({
      code: 'action.final',
    })
    await expect(
      stage().perform(ANNA, 'works.hurry', { action: 'pier.evenOut', input: { harbour: BREST } }),
    ).rejects.toMatchObject({ code: 'action.needsPreparing' })
    expect(await stage().ledger.head()).toBe(before)
    const { seq } = await order({ action: 'pier.evenOut', input: { harbour: BREST } })
    expect(new Set((await stage().piers()).map(({ lengthMetres }) => lengthMetres)).size).toBe(1)
    await stage().ledger.undo({ actor: ANNA, via: 'test', seq })
  })
}
