import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stalePages } from '../tools/generate.ts'
import { purityFaults } from '../tools/limits.ts'

const taken = (line: string) => purityFaults('engine/network/passes.ts', line)

test.each([
  ['const today = new Date()', 'the time'],
  ['const now = Date.now', 'the time'],
  ['const text = Date()', 'the time'],
  ['const began = performance.now()', 'the time'],
  ['const chance = Math.random()', 'chance'],
  ['const id = globalThis.crypto.randomUUID()', 'chance'],
  ['const rates = await fetch(address)', 'the network'],
])('in a pure part `%s` takes %s by itself', (line, what) => {
  expect(taken(line)).toEqual([`engine/network/passes.ts:1 takes ${what} by itself: make it an argument.`])
})

test.each([
  'const day = new Date(Date.UTC(2026, 10, 20))',
  'const { now, random, fetch } = world',
  '// Date.now() is what the server passes in',
  "const sentence = 'Math.random() is refused'",
])('in a pure part `%s` takes nothing', (line) => {
  expect(taken(line)).toEqual([])
})

test('the server, the tests and the PDF renderer may look at the clock', () => {
  for (const file of ['apps/server/serve.ts', 'engine/network/passes.test.ts', 'paper/pdf.ts']) {
    expect(purityFaults(file, 'const now = Date.now()')).toEqual([])
  }
  expect(purityFaults('paper/blocks.ts', 'const now = Date.now()')).toHaveLength(1)
})

test('a generated page is stale when it is missing or says something else', async () => {
  const tree = `${mkdtempSync(join(tmpdir(), 'helmward-pages-'))}/`
  writeFileSync(`${tree}faults.md`, '# Faults\n')
  writeFileSync(`${tree}actions.md`, '# Actions of yesterday\n')
  const page = (path: string, text: string) => ({ path, make: async () => text })
  const pages = [
    page('faults.md', '# Faults\n'),
    page('actions.md', '# Actions\n'),
    page('openapi.json', '{}\n'),
  ]
  expect(await stalePages(tree, pages)).toEqual(['actions.md', 'openapi.json'])
  rmSync(tree, { recursive: true })
})
