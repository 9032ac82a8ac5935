import { readFileSync } from 'node:fs'

/** Examples before laws: an example fails faster. */
class ExamplesFirst {
  shard(files) {
    return files
  }
  sort(files) {
    const rank = ({ moduleId }) => (readFileSync(moduleId, 'utf8').includes("'fast-check'") ? 1 : 0)
    return [...files].sort((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}

// biome-ignore lint/style/noDefaultExport: vitest wants it.
export default {
  test: {
    include: (process.env.HELMWARD_MUTATED_TESTS ?? 'engine/**/*.test.ts').split(','),
    exclude: ['**/*.oracle.test.ts'],
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    sequence: { sequencer: ExamplesFirst },
  },
}
