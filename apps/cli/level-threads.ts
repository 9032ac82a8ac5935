import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { joinAnswers, type LevelAnswer, type LevelOptions, level } from '../../engine/levelling/level.ts'

// Searches of one problem side by side: this file is both sides, the one that asks and the one that searches.

const job = 'helmward/level'

type Problem = Parameters<typeof level>[0]
type Answer = ReturnType<typeof level>
type Order = { readonly job: typeof job; readonly problem: Problem; readonly budget: LevelBudget }

export type LevelBudget = {
  readonly seed: number
  readonly schedules: number | undefined
  /** Of the whole process, its own start included. */
  readonly seconds: number | undefined
}

/**
 * The best of so many searches, each in a thread of its own with a seed of its own; the schedules are shared out among
 * them. With a number of schedules the answer depends on the seed and the number of threads alone.
 */
export async function levelOnThreads(
  problem: Problem,
  budget: LevelBudget,
  threads: number,
): Promise<Answer> {
  if (threads === 1) return searched(problem, budget)
  const answers = await Promise.all(
    Array.from({ length: threads }, (_, index) => onThread(problem, shareOf(budget, index, threads))),
  )
  const refused = answers.find((answer) => 'refused' in answer)
  return refused ?? joinAnswers(answers as LevelAnswer[]) ?? searched(problem, budget)
}

function shareOf({ seed, schedules, seconds }: LevelBudget, index: number, threads: number): LevelBudget {
  const share =
    schedules === undefined
      ? undefined
      : Math.floor(schedules / threads) + (index < schedules % threads ? 1 : 0)
  // Seeds of neighbours would meet those of the next run's threads.
  return { seed: seed + index * 1_000_003, schedules: share, seconds }
}

function onThread(problem: Problem, budget: LevelBudget): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const order: Order = { job, problem, budget }
    const thread = new Worker(new URL(import.meta.url), { workerData: order })
    thread.once('message', resolve)
    thread.once('error', reject)
  })
}

function searched(problem: Problem, { seed, schedules, seconds }: LevelBudget): Answer {
  const options: LevelOptions = {
    seed,
    ...(schedules === undefined ? {} : { schedules }),
    ...(seconds === undefined ? {} : { seconds, elapsedSeconds: () => process.uptime() }),
  }
  return level(problem, options)
}

const order = workerData as Order | null
if (!isMainThread && order?.job === job) parentPort?.postMessage(searched(order.problem, order.budget))
