import { expect, test } from 'vitest'
import { nextSlots } from './row-slots.ts'

test('rows that stay keep their place and new ones take the places left', () => {
  const first = nextSlots(new Map(), ['a', 'b', 'c'])
  expect([...first]).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ])
  const scrolled = nextSlots(first, ['b', 'c', 'd'])
  expect([scrolled.get('b'), scrolled.get('c'), scrolled.get('d')]).toEqual([1, 2, 0])
})

test('no two rows ever share a place', () => {
  let slots = nextSlots(new Map(), ['a', 'b', 'c', 'd'])
  for (const ids of [['c', 'd', 'e', 'f', 'g'], ['g'], ['g', 'a', 'b', 'x', 'y', 'z'], ['z', 'q', 'g']]) {
    slots = nextSlots(slots, ids)
    expect(new Set(slots.values()).size).toBe(ids.length)
    expect([...slots.keys()].sort()).toEqual([...ids].sort())
    expect(Math.max(...slots.values())).toBeLessThan(12)
  }
})
