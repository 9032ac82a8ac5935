import { expect, test } from 'vitest'
import { type Colour, coloursOf, type Ground } from './colours.ts'

// WCAG 2.2, success criterion 1.4.3: relative luminance and contrast ratio.
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(ground: Ground, front: Colour, back: Colour): number {
  const colours = coloursOf(ground)
  const [high = 0, low = 0] = [luminance(colours[front]), luminance(colours[back])].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const texts: [Colour, Colour][] = [
  ['ink', 'bg'],
  ['ink-2', 'bg'],
  ['ink-3', 'bg'],
  ['ink-3', 'sel'],
  ['ink-3', 'hover'],
  ['accent', 'bg'],
  ['accent', 'accent-soft'],
  ['accent-on', 'accent-solid'],
  ['g', 'g-soft'],
  ['a', 'a-soft'],
  ['r', 'r-soft'],
  ['r', 'sel'],
]

test.each(['light', 'dark', 'print'] as const)('every text can be read on its ground: %s', (ground) => {
  for (const [front, back] of texts) {
    expect(contrast(ground, front, back), `${front} on ${back}`).toBeGreaterThanOrEqual(4.5)
  }
})

test.each(['light', 'dark'] as const)('what a bar says stands out from its ground: %s', (ground) => {
  for (const colour of ['bar-done', 'crit-done', 'base', 'sum'] as const) {
    expect(contrast(ground, colour, 'bg'), colour).toBeGreaterThanOrEqual(3)
  }
})

test('every colour is written in full', () => {
  for (const ground of ['light', 'dark', 'print'] as const) {
    for (const value of Object.values(coloursOf(ground))) expect(value).toMatch(/^#[0-9a-f]{6}$/)
  }
})
