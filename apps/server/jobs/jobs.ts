import type { Actor } from '../../../kernel/access.ts'
import { Fault, faultData } from '../../../kernel/fault.ts'
import type { NewId } from '../../../kernel/id.ts'
import type { Outcome } from '../../../kernel/ledger/work.ts'
import { cancelled } from '../rest/headers.ts'

/** Long work as its owner sees it. */
export type Job = {
  readonly id: string
  readonly action: string
  readonly state: 'running' | 'done' | 'refused' | 'cancelled'
  /** From 0 to 1. */
  readonly share: number
  readonly phrase: string
  readonly startedAt: string
  readonly outcome?: Outcome
  readonly fault?: ReturnType<typeof faultData>
}

type Kept = { job: Job; readonly owner: string; readonly stop: AbortController; endedMs?: number }

export type Jobs = {
  /** Starts work and answers at once. Refuses `rate.jobs` when the actor has eight running. */
  start(owner: Actor, action: string, work: (preparing: Preparing) => Promise<Outcome>): Job
  /** The actor's own job; refuses `job.missing`. */
  find(owner: Actor, id: string): Job
  cancel(owner: Actor, id: string): Job
  onChange(listener: (owner: string, job: Job) => void): () => void
  /** Cancels everything and waits until it has ended. */
  close(): Promise<void>
}

type Preparing = { progress: (share: number, phrase: string) => void; signal: AbortSignal }

const MOST_RUNNING_AN_ACTOR = 8
const KEPT_MS = 60 * 60_000

/** The long work of this process; a job lives until an hour after it has ended, and belongs to whoever began it. */
export function createJobs(world: {
  newId: NewId
  clock: () => number
  problem: (error: unknown) => ReturnType<typeof faultData>
}): Jobs {
  const kept = new Map<string, Kept>()
  const running = new Set<Promise<void>>()
  const listeners = new Set<(owner: string, job: Job) => void>()
  const change = (entry: Kept, news: Partial<Job>) => {
    entry.job = { ...entry.job, ...news }
    for (const listener of listeners) listener(entry.owner, entry.job)
  }
  const own = (owner: Actor, id: string): Kept => {
    const entry = kept.get(id)
    if (entry?.owner !== owner.id) throw new Fault('job.missing', 'There is no such job.', { id })
    return entry
  }
  const forgetOld = () => {
    for (const [id, { endedMs }] of kept) {
      if (endedMs !== undefined && world.clock() - endedMs > KEPT_MS) kept.delete(id)
    }
  }
  const run = async (entry: Kept, work: (preparing: Preparing) => Promise<Outcome>) => {
    try {
      const outcome = await work({
        signal: entry.stop.signal,
        progress: (share, phrase) => change(entry, { share, phrase }),
      })
      change(entry, { state: 'done', share: 1, outcome })
    } catch (error) {
      const fault = error instanceof Fault ? faultData(error) : world.problem(error)
      change(entry, { state: fault.code === 'work.cancelled' ? 'cancelled' : 'refused', fault })
    }
    entry.endedMs = world.clock()
  }
  return {
    start(owner, action, work) {
      forgetOld()
      const busy = [...kept.values()].filter((each) => each.owner === owner.id && each.endedMs === undefined)
      if (busy.length >= MOST_RUNNING_AN_ACTOR)
        throw new Fault('rate.jobs', 'You have eight jobs running; wait for one of them.', {})
      const startedAt = new Date(world.clock()).toISOString()
      const job: Job = {
        id: world.newId(),
        action,
        state: 'running',
        share: 0,
        phrase: 'starting',
        startedAt,
      }
      const entry: Kept = { job, owner: owner.id, stop: new AbortController() }
      kept.set(job.id, entry)
      const ended = run(entry, work).finally(() => running.delete(ended))
      running.add(ended)
      return job
    },
    find: (owner, id) => own(owner, id).job,
    cancel(owner, id) {
      const entry = own(owner, id)
      entry.stop.abort(cancelled())
      return entry.job
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      for (const { stop } of kept.values()) stop.abort(cancelled())
      await Promise.all(running)
    },
  }
}
