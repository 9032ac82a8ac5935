import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { decodeText } from '../decode-text.ts'
import { missingElements, unsaidElements } from './compare-mspdi.ts'
import { readMspdi } from './reader.ts'
import { writeMspdi } from './writer.ts'

const oracles = process.env.HELMWARD_ORACLES ?? ''
const unpacked = mkdtempSync(join(tmpdir(), 'mspdi-oracle-'))
execFileSync('tar', ['-xJf', join(oracles, 'mspdi', 'mpsplib-dev.tar.xz'), '-C', unpacked])
afterAll(() => rmSync(unpacked, { recursive: true }))

const files = [join(oracles, 'mspdi'), join(oracles, 'samples', 'msproject'), unpacked].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml'))
    .map((name) => [name, join(folder, name)] as const),
)

test('all public plans are there', () => {
  expect(files.length).toBeGreaterThanOrEqual(41)
})

test.each(files)('%s comes back as it went in', (_name, path) => {
  const decoded = decodeText(readFileSync(path))
  if ('refused' in decoded) throw new Error(decoded.refused.sentence)
  const first = readMspdi(decoded.text)
  if ('refused' in first) throw new Error(first.refused.sentence)
  const written = writeMspdi(first.file)
  expect(written.loss.lines).toEqual([])
  expect(unsaidElements(missingElements(decoded.text, written.text), first.loss)).toEqual([])
  const second = readMspdi(written.text)
  if ('refused' in second) throw new Error(second.refused.sentence)
  expect(second.file).toEqual(first.file)
  expect(writeMspdi(second.file).text).toBe(written.text)
})
