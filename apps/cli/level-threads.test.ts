import { expect, test } from 'vitest'
import type { LevellingProblem } from '../../engine/levelling/problem.ts'
import { levelOnThreads } from './level-threads.ts'

/** Forty jobs of a team of four, in chains that cross, between a first and a last job without work. */
function crowdedTeam(): LevellingProblem {
  const inner = Array.from({ length: 40 }, (_, index) => ({
    duration: 1 + ((index * 7) % 9),
    demands: [1 + ((index * 5) % 3)],
    successors: index + 7 <= 40 ? [index + 7 - ((index % 3) % 2)] : [41],
  }))
  const first = { duration: 0, demands: [0], successors: Array.from({ length: 40 }, (_, index) => index + 1) }
  return { capacities: [4], jobs: [first, ...inner, { duration: 0, demands: [0], successors: [] }] }
}

test('threads share the schedules out, and the same seed on as many threads gives the same answer', async () => {
  const budget = { seed: 7, schedules: 901, seconds: undefined }
  const [one, again] = [
    await levelOnThreads(crowdedTeam(), budget, 2),
    await levelOnThreads(crowdedTeam(), budget, 2),
  ]
  expect(again).toEqual(one)
  if ('refused' in one) throw new Error(one.refused.code)
  expect(one.schedules).toBeLessThanOrEqual(901)
  const alone = await levelOnThreads(crowdedTeam(), { ...budget, schedules: 451 }, 1)
  if ('refused' in alone) throw new Error(alone.refused.code)
  expect(one.makespan).toBeLessThanOrEqual(alone.makespan)
  expect(one.lowerBound).toBeLessThanOrEqual(one.makespan)
})

test('what cannot be levelled is refused by threads as by one', async () => {
  const problem = { capacities: [1], jobs: [{ duration: 3, demands: [2], successors: [] }] }
  const budget = { seed: 1, schedules: 10, seconds: undefined }
  const refusals = [await levelOnThreads(problem, budget, 1), await levelOnThreads(problem, budget, 3)]
  for (const answer of refusals) expect(answer).toMatchObject({ refused: { code: 'level.tooMuchDemand' } })
})

test('who looks on hears of shorter schedules with the bound, and may end the search with the best so far', async () => {
  const heard: { makespan: number; lowerBound: number }[] = []
  const enough = new AbortController()
  const answer = await levelOnThreads(
    crowdedTeam(),
    { seed: 3, schedules: 500_000_000, seconds: undefined },
    2,
    {
      onProgress: (progress) => {
        heard.push(progress)
        enough.abort()
      },
      signal: enough.signal,
    },
  )
  if ('refused' in answer) throw new Error(answer.refused.code)
  expect(heard.length).toBeGreaterThan(0)
  expect(answer.makespan).toBeLessThanOrEqual(heard.at(-1)?.makespan ?? 0)
  expect(answer.schedules).toBeLessThan(500_000_000)
})
