import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const oracles = '**/*.oracle.test.ts'
const never = ['**/node_modules/**', 'dist/**', '.cache/**', '**/sins/**']

// Four kinds of test. Pure code shares its workers; whatever starts processes gets its own; journeys run one
// after another because each drives a browser; oracles need data that is not in the repository.
const pure = {
  test: {
    name: 'pure',
    include: ['engine', 'kernel', 'drawing', 'exchange', 'paper', 'ui', 'capabilities', 'connectors'].map(
      (folder) => `${folder}/**/*.test.ts`,
    ),
    exclude: [...never, oracles],
    pool: 'threads' as const,
    isolate: false,
    // Generous: a slow machine is no failure, and nothing here waits for anything.
    testTimeout: 60_000,
  },
}

const house = {
  test: {
    name: 'house',
    include: ['apps/**/*.test.ts', 'tests/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: [...never, oracles, 'tests/journeys/**'],
    pool: 'forks' as const,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}

const journeys = {
  test: {
    name: 'journeys',
    include: ['tests/journeys/**/*.test.ts'],
    exclude: [...never, oracles],
    pool: 'forks' as const,
    fileParallelism: false,
    sequence: { groupOrder: 1 },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
}

const outside = {
  test: {
    name: 'oracles',
    include: [oracles],
    exclude: never,
    pool: 'forks' as const,
    sequence: { groupOrder: 2 },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
}

export default defineConfig({
  test: {
    maxWorkers: Math.min(4, availableParallelism()),
    projects: [
      pure,
      house,
      ...(process.env.HELMWARD_BROWSER ? [journeys] : []),
      ...(process.env.HELMWARD_ORACLES ? [outside] : []),
    ],
  },
})
