import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser'

const require = createRequire(import.meta.url)
const config = require.resolve('../architecture.cjs')
const house = fileURLToPath(new URL('..', import.meta.url))

/** What the rules say of a tree: how many modules were looked at, and each broken rule with its arrow. */
export type Verdict = {
  modules: number
  violations: { rule: string; from: string; to: string; why: string }[]
}

const folders =
  'engine kernel drawing exchange paper ui capabilities connectors apps tests bench tools bin'.split(' ')

/** Judges the tree in a folder by architecture.cjs. Changes the working folder of the process while it runs. */
export async function judgeArchitecture(tree: string): Promise<Verdict> {
  const before = process.cwd()
  process.chdir(tree) // architecture.cjs reads the ladder from apps/rooms.ts of the tree
  try {
    const { forbidden = [], options = {} } = architectureRules()
    const { output } = await cruise(
      folders.filter((folder) => existsSync(folder)),
      { ...options, baseDir: tree, validate: true, ruleSet: { forbidden } },
      options.enhancedResolveOptions,
    )
    return verdictOf(output as ICruiseResult)
  } finally {
    process.chdir(before)
  }
}

/** The rules of architecture.cjs for the tree in the working folder. */
export function architectureRules(): IConfiguration {
  delete require.cache[config]
  return require(config)
}

function verdictOf({ summary }: ICruiseResult): Verdict {
  const why = new Map(summary.ruleSetUsed?.forbidden?.map(({ name, comment }) => [name, comment ?? '']))
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      from,
      to,
      why: why.get(rule.name) ?? '',
    })),
  }
}

if (import.meta.main) {
  const { modules, violations } = await judgeArchitecture(house)
  for (const { rule, from, to, why } of violations) console.error(`${rule}: ${from} → ${to}\n    ${why}`)
  // TypeScript 7 made dependency-cruiser look at nothing and be content.
  if (modules === 0) console.error('No module was looked at: the check itself is broken.')
  process.exitCode = modules === 0 || violations.length > 0 ? 1 : 0
}
