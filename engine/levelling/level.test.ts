import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lawRuns } from '../cases/law-runs.ts'
import { faultOfSchedule } from './check-schedule.ts'
import { joinAnswers, type LevelAnswer, level } from './level.ts'
import { compileProblem, type LevellingJob, type LevellingProblem, startsOfAll } from './problem.ts'
import { proveLeast } from './prove.ts'

function job(duration: number, demands: number[], successors: number[] = []): LevellingJob {
  return { duration, demands, successors }
}

function answerOf(problem: LevellingProblem, schedules = 200, seed = 1): LevelAnswer {
  const answer = level(problem, { seed, schedules })
  if ('refused' in answer) throw new Error(JSON.stringify(answer.refused))
  return answer
}

test('three jobs for one machine take the sum of their days, and that is proved', () => {
  const problem = {
    capacities: [1],
    jobs: [job(3, [1]), job(4, [1]), job(5, [1])],
  }
  expect(answerOf(problem)).toMatchObject({
    makespan: 12,
    criticalPathLength: 5,
    lowerBound: 12,
    proven: true,
  })
})

test('a start and an end that take no time stand before all and after all', () => {
  const problem = {
    capacities: [2],
    jobs: [job(0, [0], [1, 2]), job(2, [1], [3]), job(3, [1], [3]), job(0, [0])],
  }
  const answer = answerOf(problem)
  expect(answer.starts).toEqual([0, 0, 0, 3])
  expect(answer.makespan).toBe(3)
})

test('a milestone between two jobs waits for the first and holds back the second', () => {
  const problem = {
    capacities: [1],
    jobs: [job(2, [1], [1]), job(0, [0], [2]), job(2, [1])],
  }
  expect(answerOf(problem).starts).toEqual([0, 2, 2])
})

test('resources too many for one machine word are kept all the same', () => {
  const capacities = [100, 90, 80, 70, 60, 50]
  const jobs = capacities.flatMap((_, r) => {
    const demands = capacities.map((capacity, k) => (k === r ? capacity - 10 : 5))
    return [job(2, demands), job(3, demands)]
  })
  const answer = answerOf({ capacities, jobs })
  expect(faultOfSchedule({ capacities, jobs }, answer.starts, answer.makespan)).toBeUndefined()
})

test('nothing to do is done at once', () => {
  expect(answerOf({ capacities: [1], jobs: [] })).toMatchObject({
    makespan: 0,
    proven: true,
    starts: [],
  })
  expect(answerOf({ capacities: [1], jobs: [job(0, [1])] })).toMatchObject({
    makespan: 0,
    starts: [0],
  })
})

test('the budget of schedules is kept to, also a budget of one', () => {
  for (const schedules of [1, 2, 7, 100]) {
    const answer = answerOf(hardProblem(), schedules)
    expect(answer.schedules).toBeLessThanOrEqual(schedules)
    expect(faultOfSchedule(hardProblem(), answer.starts, answer.makespan)).toBeUndefined()
  }
})

test('the same seed gives the same schedule, more schedules never a longer one', () => {
  expect(answerOf(hardProblem(), 500)).toEqual(answerOf(hardProblem(), 500))
  expect(answerOf(hardProblem(), 3_000).makespan).toBeLessThanOrEqual(answerOf(hardProblem(), 30).makespan)
})

test('a search tells of every better schedule and stops when it is told to', () => {
  const told: number[] = []
  let asked = 0
  const answer = level(hardProblem(), {
    seed: 1,
    schedules: 1_000_000,
    onProgress: ({ makespan }) => told.push(makespan),
    shouldStop: () => ++asked > 3,
  })
  if ('refused' in answer) throw new Error(answer.refused.code)
  expect(told).toEqual([...told].sort((a, b) => b - a))
  expect(told.at(-1)).toBe(answer.makespan)
  expect(answer.schedules).toBeLessThan(1_000)
})

test('two searches side by side know the shorter schedule and the better bound', () => {
  const found = {
    makespan: 60,
    criticalPathLength: 40,
    lowerBound: 50,
    proven: false,
    starts: [0],
    schedules: 100,
  }
  const bound = { ...found, makespan: 62, lowerBound: 60, starts: [2] }
  expect(joinAnswers([bound, found])).toEqual({ ...found, lowerBound: 60, proven: true, schedules: 200 })
  expect(joinAnswers([])).toBeUndefined()
})

test('a search limited in time asks the clock it is given', () => {
  let seconds = 0
  const elapsedSeconds = () => (seconds += 0.1)
  const answer = level(hardProblem(), { seed: 1, seconds: 1, elapsedSeconds })
  expect('refused' in answer ? answer : answer.schedules).toBeLessThan(2_000)
})

const refused: [string, LevellingProblem, string][] = [
  ['a demand beyond capacity', { capacities: [2], jobs: [job(1, [3])] }, 'level.tooMuchDemand'],
  ['a circle', { capacities: [2], jobs: [job(1, [1], [1]), job(1, [1], [0])] }, 'level.cycle'],
  ['a successor that is not there', { capacities: [2], jobs: [job(1, [1], [7])] }, 'level.unknownSuccessor'],
  ['half a day', { capacities: [2], jobs: [job(0.5, [1])] }, 'level.badNumber'],
  ['a capacity below zero', { capacities: [-1], jobs: [] }, 'level.badNumber'],
  ['centuries', { capacities: [1], jobs: [job(9_000_000, [1]), job(9_000_000, [1])] }, 'level.tooLong'],
]
for (const [what, problem, code] of refused)
  test(`${what} is refused`, () => {
    expect(level(problem, { seed: 1 })).toMatchObject({ refused: { code } })
  })

/** Sixty jobs, two resources, links that run forward; far from its bounds. */
function hardProblem(): LevellingProblem {
  const jobs = Array.from({ length: 60 }, (_, i) => {
    const successors = [i + 3 + ((i * 5) % 7), i + 6 + ((i * 3) % 11)].filter((k) => k < 60)
    return job(1 + ((i * 7) % 9), [1 + ((i * 3) % 5), 1 + ((i * 11) % 6)], successors)
  })
  return { capacities: [9, 10], jobs }
}

const smallProblems = fc
  .array(
    fc.record({
      duration: fc.integer({ min: 0, max: 4 }),
      demands: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })),
      ahead: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(
    (rows): LevellingProblem => ({
      capacities: [3, 2],
      jobs: rows.map(({ duration, demands, ahead }, i) =>
        job(
          duration,
          [...demands],
          ahead.map((step) => i + step).filter((k) => k < rows.length),
        ),
      ),
    }),
  )

test('on small problems the search finds the optimum and no bound passes it', () => {
  fc.assert(
    fc.property(smallProblems, (problem) => {
      const answer = answerOf(problem, 200)
      const optimum = optimumOf(problem)
      expect(faultOfSchedule(problem, answer.starts, answer.makespan)).toBeUndefined()
      expect(answer.makespan).toBe(optimum)
      expect(answer.lowerBound).toBeLessThanOrEqual(optimum)
    }),
    lawRuns(200),
  )
})

test('with time left the optimum is proved, and no proof is wrong', () => {
  fc.assert(
    fc.property(smallProblems, (problem) => {
      const answer = level(problem, { seed: 1, seconds: 1, elapsedSeconds: () => 0 })
      const optimum = optimumOf(problem)
      expect(answer).toMatchObject({ makespan: optimum, lowerBound: optimum, proven: true })
    }),
    lawRuns(150),
  )
})

test('the proof itself finds the optimum from a poor start', () => {
  fc.assert(
    fc.property(smallProblems, (problem) => {
      const core = compileProblem(problem)
      if ('refused' in core) throw new Error(core.refused.code)
      // All jobs one after another.
      let makespan = 0
      const finish = core.duration.map((duration) => (makespan += duration))
      const found = { makespan, finish, schedules: 0 }
      expect(proveLeast(core, found, () => true)).toBe(true)
      expect(found.makespan).toBe(optimumOf(problem))
      const starts = startsOfAll(
        core,
        found.finish.map((end, i) => end - (core.duration[i] ?? 0)),
      )
      expect(faultOfSchedule(problem, starts, found.makespan)).toBeUndefined()
    }),
    lawRuns(300),
  )
})

/** Every order of the jobs through a plain serial scheme: one of them is optimal (Kolisch 1996). */
function optimumOf({ jobs, capacities }: LevellingProblem): number {
  let best = Number.POSITIVE_INFINITY
  const finish = jobs.map(() => -1)
  const use: number[][] = capacities.map(() => [])
  const shift = (i: number, start: number, sign: number) => {
    const { duration, demands } = jobs[i] as LevellingJob
    for (const [r, row] of use.entries())
      for (let t = start; t < start + duration; t++) row[t] = (row[t] ?? 0) + sign * (demands[r] ?? 0)
  }
  const fits = (i: number, start: number) => {
    const { duration, demands } = jobs[i] as LevellingJob
    for (const [r, row] of use.entries())
      for (let t = start; t < start + duration; t++)
        if ((row[t] ?? 0) + (demands[r] ?? 0) > (capacities[r] ?? 0)) return false
    return true
  }
  const extend = (placed: number, makespan: number) => {
    if (placed === jobs.length) best = Math.min(best, makespan)
    for (const [i, each] of jobs.entries()) {
      const before = jobs.flatMap((other, k) => (other.successors.includes(i) ? [k] : []))
      if ((finish[i] ?? -1) >= 0 || before.some((k) => (finish[k] ?? -1) < 0)) continue
      let start = Math.max(0, ...before.map((k) => finish[k] ?? 0))
      while (!fits(i, start)) start++
      finish[i] = start + each.duration
      shift(i, start, 1)
      extend(placed + 1, Math.max(makespan, start + each.duration))
      shift(i, start, -1)
      finish[i] = -1
    }
  }
  extend(0, 0)
  return best
}
