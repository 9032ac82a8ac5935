import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPlanBytes } from '../read-plan.ts'
import { readMspdi } from './reader.ts'
import { writeMspdi } from './writer.ts'

const source = readFileSync(new URL('./fixtures/clinic-move.xml', import.meta.url), 'utf8')
const elements = [...source.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map((match) => ({
  from: match.index,
  to: match.index + match[0].length,
  name: match[1] ?? '',
  text: match[2] ?? '',
}))
const runs = Number(process.env.FUZZ_RUNS ?? 300)
const seed = Number(process.env.FUZZ_SEED ?? 20_260_302)

const oddTexts = fc.constantFrom(
  ...['', '0', '-1', '1', '2', '5', '7', '10', '19', '53', '99', '1,5', '1e308', 'NaN', 'true', 'x'],
  ...['PT0H0M0S', '-PT8H0M0S', 'PT1H30M7.5S', 'P1DT2H', 'PT9999999H0M0S', '2026-02-29T08:00:00'],
  ...['2028-02-29T23:59:59', '2026-03-09T08:00:00Z', '1899-12-31T00:00:00', '00:00:00', '23:59:59', '-65535'],
  ...['__proto__', ' ', '&amp;&lt;', '&#13;\n', '2147483647', '1.00', '+5', '.5', '-0'],
)

type Edit = { at: number; kind: 'text' | 'delete' | 'repeat' | 'swap'; text: string; other: number }
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(elements.length - 1),
  kind: fc.constantFrom('text', 'delete', 'repeat', 'swap'),
  text: oddTexts,
  other: fc.nat(elements.length - 1),
})

function apply(edits: Edit[]): string {
  let text = source
  const places = new Set<number>()
  const sorted = [...edits].sort((a, b) => b.at - a.at).filter(({ at }) => !places.has(at) && places.add(at))
  for (const { at, kind, text: odd, other } of sorted) {
    const place = elements[at]
    if (place === undefined) continue
    const whole = source.slice(place.from, place.to)
    const replacement = {
      text: `<${place.name}>${odd}</${place.name}>`,
      delete: '',
      repeat: whole + whole,
      swap: `<${place.name}>${elements[other]?.text ?? ''}</${place.name}>`,
    }[kind]
    text = text.slice(0, place.from) + replacement + text.slice(place.to)
  }
  return text
}

test('however a plan is bent, it is refused with a code or goes out and comes back the same', () => {
  let readings = 0
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      const first = readMspdi(apply(edits))
      if ('refused' in first) {
        expect(first.refused.code).toMatch(/^file\.\w+$/)
        return
      }
      readings += 1
      const written = writeMspdi(first.file)
      const second = readMspdi(written.text)
      if ('refused' in second) throw new Error(JSON.stringify(second.refused))
      expect(second.file).toEqual(first.file)
    }),
    { numRuns: runs, seed },
  )
  expect(readings).toBeGreaterThan(runs / 10)
})

test('however the bytes are broken, the answer is a plan or a refusal', () => {
  const bytes = new TextEncoder().encode(source)
  const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(flips, fc.nat(bytes.length), (changes, length) => {
      const broken = bytes.slice(0, length % 3 === 0 ? length : bytes.length)
      for (const [at, byte] of changes) if (at < broken.length) broken[at] = byte
      const reading = readPlanBytes(broken)
      if ('refused' in reading) expect(reading.refused.sentence.length).toBeGreaterThan(10)
    }),
    { numRuns: runs, seed },
  )
})
