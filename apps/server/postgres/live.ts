import pg from 'pg'
import type { Seq } from '../../../kernel/ledger/store.ts'
import type { Connection } from './database.ts'

/** The channel on which every process tells which workspace has a new change; nothing else is said there. */
export const CHANNEL = 'helmward'

/** News of commits: heard from other processes, told by this one. */
export type Live = {
  listen(listener: (seq: Seq) => void): () => void
  /** A commit of this process. */
  tell(seq: Seq): void
  close(): Promise<void>
}

const LONGEST_PAUSE_MS = 5_000

/**
 * Hears the commits of other processes over one connection that comes back by itself after a break; what
 * was missed meanwhile is asked for by `headNow`. Each number is told once, and numbers only grow.
 */
export function hearCommits(connection: Connection, workspace: string, headNow: () => Promise<Seq>): Live {
  const listeners = new Set<(seq: Seq) => void>()
  const state = { last: 0, closed: false, pauseMs: 50, client: undefined as pg.Client | undefined }
  const tell = (seq: Seq) => {
    if (seq <= state.last) return
    state.last = seq
    // In a turn of their own: what a listener throws is no concern of the commit.
    for (const listener of listeners) queueMicrotask(() => listener(seq))
  }
  const hear = async (): Promise<void> => {
    const client = new pg.Client(connection)
    client.on('error', () => undefined)
    client.on('end', () => state.client === client && again())
    client.on('notification', ({ payload = '' }) => {
      const [whose, seq] = payload.split(' ')
      if (whose === workspace) tell(Number(seq))
    })
    state.client = client
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
      state.pauseMs = 50
      tell(await headNow())
    } catch {
      // The "end" event follows and tries again; nothing is lost, since it asks for the head then.
      await client.end().catch(() => undefined)
    }
  }
  const again = () => {
    if (state.closed) return
    state.pauseMs = Math.min(state.pauseMs * 2, LONGEST_PAUSE_MS)
    setTimeout(() => !state.closed && void hear(), state.pauseMs).unref()
  }
  return {
    tell,
    listen(listener) {
      listeners.add(listener)
      if (!state.client) void hear()
      return () => listeners.delete(listener)
    },
    async close() {
      state.closed = true
      listeners.clear()
      await state.client?.end().catch(() => undefined)
    },
  }
}
