import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { architectureRules, judgeArchitecture } from '../../tools/architecture.ts'

const house = fileURLToPath(new URL('../..', import.meta.url))
const sins = fileURLToPath(new URL('sins', import.meta.url))
const committed = readdirSync(sins).sort()

test.each(committed)('%s refuses its sin, and no other rule does', async (rule) => {
  const { modules, violations } = await judgeArchitecture(`${sins}/${rule}`)
  expect(modules).toBeGreaterThan(0)
  expect([...new Set(violations.map((violation) => violation.rule))]).toEqual([rule])
})

test('every rule has a sin that proves it', () => {
  const rules = (architectureRules().forbidden ?? []).map(({ name }) => name)
  expect([...new Set([...rules, 'ladder'])].sort()).toEqual(committed)
})

test('the check looks at the whole house', { timeout: 120_000 }, async () => {
  const { modules } = await judgeArchitecture(house)
  expect(modules).toBeGreaterThan(30)
})
