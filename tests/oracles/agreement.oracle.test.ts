import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { importPlan } from '../../apps/cli/plan-on-file.ts'
import { SYSTEM } from '../../kernel/access.ts'
import {
  type Agreement,
  agreementOf,
  largePlans,
  projectFiles,
  readFileOfPlan,
  type Shown,
} from './agreement.ts'

const oracles = process.env.HELMWARD_ORACLES ?? ''

test('plans come out with the dates that Microsoft Project calculated', async () => {
  const rows: { name: string; tier: string; agreement: Agreement }[] = []
  for (const { name, tier, path } of projectFiles(oracles)) {
    const file = readFileOfPlan(path)
    const { ledger, project } = await importPlan(file, name)
    const shown = (await ledger.ask(SYSTEM, 'schedule.show', { project })) as Shown
    rows.push({ name, tier, agreement: agreementOf(file, shown) })
  }
  print(rows)
  expect(rows.length).toBeGreaterThan(20)
  const share = (tier: string, field: Field) =>
    meanShare(
      rows.filter((row) => row.tier === tier),
      field,
    )
  // One file of tier A waits for a task of another file that is not there; what else misses stands in docs/engine.md.
  expect(share('A', 'startFinish')).toBeGreaterThanOrEqual(14 / 15)
  expect(share('B', 'startFinish')).toBe(1)
  expect(share('C', 'startFinish')).toBe(1)
  expect(share('A', 'allFieldsByDays')).toBeGreaterThanOrEqual(14 / 15)
  expect(share('B', 'allFields')).toBeGreaterThan(0.93)
  expect(share('C', 'allFieldsByDays')).toBeGreaterThan(0.97)
})

const large = largePlans(oracles)
afterAll(() => {
  if ('folder' in large) rmSync(large.folder, { recursive: true })
})
if ('missing' in large) console.error(`LARGE PLANS NOT RUN: ${large.missing}`)

test.skipIf('missing' in large)(
  'the eleven large plans come out in every field as Microsoft Project has them',
  async () => {
    const rows: Row[] = []
    for (const path of 'paths' in large ? large.paths : []) {
      const name = basename(path)
      const file = readFileOfPlan(path)
      const { ledger, project } = await importPlan(file, name)
      const shown = (await ledger.ask(SYSTEM, 'schedule.show', { project })) as Shown
      rows.push({ name, tier: 'L', agreement: agreementOf(file, shown) })
    }
    print(rows)
    expect(rows).toHaveLength(11)
    for (const { name, agreement } of rows) {
      const { leaves, startFinish, allFields } = agreement
      expect({ name, startFinish, allFields }).toEqual({ name, startFinish: leaves, allFields: leaves })
    }
  },
)

type Field = 'startFinish' | 'allFields' | 'allFieldsByDays'
type Row = { name: string; tier: string; agreement: Agreement }

function print(rows: readonly Row[]): void {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8)
  const lines = rows.map(({ name, tier, agreement }) => {
    const { leaves, startFinish, allFields, allFieldsByDays } = agreement
    return `${tier}  ${name.padEnd(48)} ${String(leaves).padStart(5)} ${percent(startFinish / leaves)} ${percent(allFields / leaves)} ${percent(allFieldsByDays / leaves)}`
  })
  for (const tier of new Set(rows.map((row) => row.tier))) {
    const own = rows.filter((row) => row.tier === tier)
    lines.push(
      `${tier}  ${'mean over files'.padEnd(48)} ${String(own.length).padStart(5)} ${percent(meanShare(own, 'startFinish'))} ${percent(meanShare(own, 'allFields'))} ${percent(meanShare(own, 'allFieldsByDays'))}`,
    )
  }
  const misses = rows.flatMap(({ name, agreement }) => agreement.misses.map((miss) => `   ${name}: ${miss}`))
  console.log(
    [
      'tier file, leaf tasks, start and finish, all eight fields, slack in days of eight hours too',
      ...lines,
      ...misses.slice(0, 40),
    ].join('\n'),
  )
}

function meanShare(rows: readonly Row[], field: Field): number {
  return (
    rows.reduce((sum, { agreement }) => sum + agreement[field] / Math.max(1, agreement.leaves), 0) /
    Math.max(1, rows.length)
  )
}
