import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { ROOMS } from '../../apps/rooms.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { Fault } from '../../kernel/fault.ts'
import { fieldMeta } from '../../kernel/record.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { alike, openTour, rowsNow } from './tour.ts'

const registry = createRegistry(ROOMS)

describe('every action and question', () => {
  const verbs = [...registry.actions, ...registry.queries]

  test.each(verbs.map((verb) => [verb.name, verb] as const))(
    '%s says what it is and what it needs',
    (_name, verb) => {
      expect(verb.title.length).toBeGreaterThan(3)
      expect(verb.about).toMatch(/\.$/)
      expect(Object.keys(registry.permissions)).toContain(verb.allow)
      expect(undocumented(verb.input)).toEqual([])
    },
  )

  test('what cannot be undone is a short, known list', () => {
    const final = registry.actions.filter((action) => action.final).map((action) => action.name)
    expect(final.sort()).toEqual([
      'people.setUp',
      'person.erase',
      'report.publish',
      'token.add',
      'token.revoke',
    ])
  })
})

describe('the whole registry on one ledger', () => {
  let tour: Awaited<ReturnType<typeof openTour>>
  beforeAll(async () => {
    tour = await openTour()
  })
  afterAll(() => tour.close())

  test('the tour leaves no action out', () => {
    const taken = new Set(tour.steps.map(({ action }) => action))
    expect(registry.actions.map(({ name }) => name).filter((name) => !taken.has(name))).toEqual([])
  })

  test('undo restores what was or is refused, redo does it again, and a fork performs the same', async () => {
    const { ledger, steps } = tour
    for (const { action, input, by = SYSTEM } of steps) {
      const before = await rowsNow(ledger)
      const fork = await ledger.fork()
      const done = await ledger.perform({ actor: by, via: 'test', action, input })
      const after = await rowsNow(ledger)
      expect(after, `${action} does something`).not.toBe(before)
      const there = await fork.perform({ actor: by, via: 'test', action, input })
      expect(there.wrote.length, `${action} on a fork`).toBe(done.wrote.length)
      expect(alike(await rowsNow(fork)), `${action} on a fork`).toBe(alike(after))
      if (registry.action(action).final) {
        await expect(ledger.undo({ actor: SYSTEM, via: 'test', seq: done.seq })).rejects.toBeInstanceOf(Fault)
        continue
      }
      const undone = await ledger.undo({ actor: SYSTEM, via: 'test', seq: done.seq })
      expect(await rowsNow(ledger), `undo of ${action}`).toBe(before)
      await ledger.undo({ actor: SYSTEM, via: 'test', seq: undone.seq })
      expect(await rowsNow(ledger), `redo of ${action}`).toBe(after)
    }
    expect((await ledger.verify()).bad).toBeUndefined()
    const history = await ledger.read(SYSTEM, async (read) =>
      JSON.stringify(await Promise.all(registry.records.map((record) => read.all(record)))),
    )
    expect(history).not.toContain('lars@brightwater.example')
  })
})

/** Fields of an input that carry no title, by path. */
function undocumented(schema: z.ZodType, path = ''): string[] {
  const def = (schema as { def?: Parts }).def ?? {}
  if (def.shape) {
    return Object.entries(def.shape).flatMap(([name, type]) => {
      const here = path === '' ? name : `${path}.${name}`
      const untitled = fieldMeta(type).title === undefined && isLeaf(type) ? [here] : []
      return [...untitled, ...undocumented(type, here)]
    })
  }
  const inner = def.element ?? def.innerType
  if (inner) return undocumented(inner, path)
  return (def.options ?? []).flatMap((option) => undocumented(option, path))
}

type Parts = {
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  options?: z.ZodType[]
}

/** Lists and objects say what they hold in their own fields. */
function isLeaf(type: z.ZodType): boolean {
  const def = (type as { def?: Parts }).def ?? {}
  if (def.innerType) return isLeaf(def.innerType)
  return !def.shape && !def.element && !def.options
}
