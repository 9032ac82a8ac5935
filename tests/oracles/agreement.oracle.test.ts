import { expect, test } from 'vitest'
import { importPlan } from '../../apps/cli/plan-on-file.ts'
import { SYSTEM } from '../../kernel/access.ts'
import { type Agreement, agreementOf, projectFiles, readFileOfPlan, type Shown } from './agreement.ts'

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
  expect(
    meanShare(
      rows.filter(({ tier }) => tier === 'A'),
      'startFinish',
    ),
  ).toBeGreaterThanOrEqual(0.9)
})

type Row = { name: string; tier: string; agreement: Agreement }

function print(rows: readonly Row[]): void {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8)
  const lines = rows.map(({ name, tier, agreement }) => {
    const { leaves, startFinish, allFields } = agreement
    return `${tier}  ${name.padEnd(48)} ${String(leaves).padStart(5)} ${percent(startFinish / leaves)} ${percent(allFields / leaves)}`
  })
  for (const tier of ['A', 'B', 'C']) {
    const own = rows.filter((row) => row.tier === tier)
    lines.push(
      `${tier}  ${'mean over files'.padEnd(48)} ${String(own.length).padStart(5)} ${percent(meanShare(own, 'startFinish'))} ${percent(meanShare(own, 'allFields'))}`,
    )
  }
  const misses = rows.flatMap(({ name, agreement }) => agreement.misses.map((miss) => `   ${name}: ${miss}`))
  console.log(
    ['tier file, leaf tasks, start and finish, all eight fields', ...lines, ...misses.slice(0, 40)].join(
      '\n',
    ),
  )
}

function meanShare(rows: readonly Row[], field: 'startFinish' | 'allFields'): number {
  return (
    rows.reduce((sum, { agreement }) => sum + agreement[field] / Math.max(1, agreement.leaves), 0) /
    Math.max(1, rows.length)
  )
}
