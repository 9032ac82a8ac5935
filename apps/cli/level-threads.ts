import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import {
  joinAnswers,
  type LevelAnswer,
  type LevelOptions,
  type LevelProgress,
  level,
} from '../../engine/levelling/level.ts'

// Searches of one problem side by side: this file is both sides, the one that asks and the one that searches.

const job = 'helmward/level'

type Problem = Parameters<typeof level>[0]
type Answer = ReturnType<typeof level>
type Order = {
  readonly job: typeof job
  readonly problem: Problem
  readonly budget: LevelBudget
  /** Not zero once somebody has seen enough. */
  readonly enough: Int32Array
}
type Said = { readonly progress: LevelProgress } | { readonly answer: Answer }

export type LevelBudget = {
  readonly seed: number
  readonly schedules: number | undefined
  /** Of the whole process, its own start included. */
  readonly seconds: number | undefined
}

/** Who looks on: hears of every better schedule, and may say that it is good enough. */
export type Onlooker = {
  readonly onProgress: (progress: LevelProgress) => void
  readonly signal: AbortSignal
}

/**
 * The best of so many searches, each in a thread of its own with a seed of its own; the schedules are shared out among
 * them. With a number of schedules the answer depends on the seed and the number of threads alone.
 */
export async function levelOnThreads(
  problem: Problem,
  budget: LevelBudget,
  threads: number,
  onlooker?: Onlooker,
): Promise<Answer> {
  // Alone and unwatched it searches right here.
  if (threads === 1 && !onlooker) return searched(problem, budget)
  const enough = new Int32Array(new SharedArrayBuffer(4))
  onlooker?.signal.addEventListener('abort', () => Atomics.store(enough, 0, 1))
  const told = together(onlooker?.onProgress)
  const answers = await Promise.all(
    Array.from({ length: threads }, (_, index) =>
      onThread({ job, problem, budget: shareOf(budget, index, threads), enough }, told(index)),
    ),
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

/** What the searches know together, told whenever one of them finds something shorter than any before. */
function together(onProgress: Onlooker['onProgress'] | undefined) {
  const counts = new Map<number, number>()
  let best = Number.POSITIVE_INFINITY
  return (index: number) => (progress: LevelProgress) => {
    counts.set(index, progress.schedules)
    if (progress.makespan >= best) return
    best = progress.makespan
    const schedules = [...counts.values()].reduce((sum, count) => sum + count, 0)
    onProgress?.({ ...progress, schedules })
  }
}

function onThread(order: Order, onProgress: Onlooker['onProgress']): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: order })
    thread.on('message', (said: Said) => {
      if ('answer' in said) resolve(said.answer)
      else onProgress(said.progress)
    })
    thread.once('error', reject)
  })
}

type Watching = Pick<LevelOptions, 'onProgress' | 'shouldStop'>

function searched(
  problem: Problem,
  { seed, schedules, seconds }: LevelBudget,
  watching: Watching = {},
): Answer {
  const options: LevelOptions = {
    seed,
    ...watching,
    ...(schedules === undefined ? {} : { schedules }),
    ...(seconds === undefined ? {} : { seconds, elapsedSeconds: () => process.uptime() }),
  }
  return level(problem, options)
}

const order = workerData as Order | null
if (!isMainThread && order?.job === job) {
  const tell = (said: Said) => parentPort?.postMessage(said)
  const answer = searched(order.problem, order.budget, {
    onProgress: (progress) => tell({ progress }),
    shouldStop: () => Atomics.load(order.enough, 0) !== 0,
  })
  tell({ answer })
}
