import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readPlanBytes } from '../../../exchange/read-plan.ts'
import { readPlan } from './read-plan.ts'

const clinic = fileURLToPath(new URL('../../../exchange/mspdi/fixtures/clinic-move.xml', import.meta.url))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const open = '<Project xmlns="http://schemas.microsoft.com/project">'

async function refusal(source: Uint8Array | string, options = {}) {
  const reading = await readPlan(source, options)
  if (!('refused' in reading)) throw new Error('it was read')
  return reading.refused
}

test('a plan read in the child is the plan read here, from its path and from its bytes', async () => {
  const here = readPlanBytes(readFileSync(clinic))
  const shares: number[] = []
  expect(await readPlan(clinic, { onProgress: (share) => shares.push(share) })).toEqual(here)
  expect(await readPlan(readFileSync(clinic))).toEqual(here)
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
})

test('a refusal of the reader comes back with the name of the file', async () => {
  const found = await refusal(utf8('%PDF-1.7'), { fileName: 'plan.xml' })
  expect(found.code).toBe('file.notAPlan')
  expect(found.facts.fileName).toBe('plan.xml')
})

test('a billion laughs expand to nothing', async () => {
  const levels = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`)
  const bomb = `<!DOCTYPE Project [<!ENTITY l0 "ha">${levels.join('')}]>${open}<Name>&l10;</Name></Project>`
  expect((await refusal(utf8(bomb))).code).toBe('file.entities')
})

test('a million nested elements are refused at the limit', async () => {
  const found = await refusal(utf8(`${open}${'<a>'.repeat(1_000_000)}`))
  expect(found).toMatchObject({ code: 'file.tooDeep', facts: { limit: 256 } })
})

test('a million attributes, an endless name, an endless text are refused', async () => {
  const attributes = Array.from({ length: 100_000 }, (_, at) => ` a${at}="1"`).join('')
  expect((await refusal(utf8(`${open}<Task${attributes}/></Project>`))).code).toBe('file.tooLarge')
  expect((await refusal(utf8(`${open}<${'n'.repeat(5000)}/></Project>`))).code).toBe('file.tooLarge')
  expect((await refusal(utf8(`${open}<Name>${'n'.repeat(3_000_000)}</Name></Project>`))).code).toBe(
    'file.tooLarge',
  )
})

test('a million elements in one task are refused', async () => {
  const found = await refusal(
    utf8(`${open}<Tasks><Task>${'<a/>'.repeat(1_100_000)}</Task></Tasks></Project>`),
  )
  expect(found.code).toBe('file.tooLarge')
})

test('too many tasks are refused by their number', async () => {
  const rows = Array.from({ length: 30 }, (_, at) => `<Task><UID>${at + 1}</UID></Task>`).join('')
  const text = `${open}<Tasks>${rows}</Tasks></Project>`
  const found = await refusal(utf8(text), { limits: { tasks: 20 } })
  expect(found).toMatchObject({ code: 'file.tooLarge', facts: { limit: 20, what: 'tasks' } })
})

test('a file over the limit is refused before it is read', async () => {
  expect((await refusal(clinic, { limits: { fileBytes: 1000 } })).sentence).toMatch(/at most 0 MB are read/)
})

test('a file that does not fit into the memory of the child is refused', async () => {
  const rows = Array.from(
    { length: 150_000 },
    (_, at) => `<Task><UID>${at + 1}</UID><X${at}>${at}</X${at}></Task>`,
  )
  const text = `${open}<Tasks>${rows.join('')}</Tasks></Project>`
  const found = await refusal(utf8(text), { limits: { heapMegabytes: 24 } })
  expect(found).toMatchObject({ code: 'file.tooLarge', facts: { megabytes: 24 } })
})

test('a reader that takes too long is stopped', async () => {
  const found = await refusal(clinic, { limits: { wallMilliseconds: 1 } })
  expect(found.code).toBe('file.timeout')
})

test('reading can be cancelled, before and during', async () => {
  expect((await refusal(clinic, { signal: AbortSignal.abort() })).code).toBe('file.cancelled')
  const stop = new AbortController()
  const reading = refusal(clinic, { signal: stop.signal })
  setTimeout(() => stop.abort(), 5)
  expect((await reading).code).toBe('file.cancelled')
})

test('a file that is not there and a folder are named', async () => {
  expect((await refusal('/no/such/plan.xml')).code).toBe('file.missing')
  expect((await refusal(fileURLToPath(new URL('.', import.meta.url)))).code).toBe('file.unreadable')
})
