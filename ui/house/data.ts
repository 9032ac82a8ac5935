import { type QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { type LiveState, openLive } from '../live.ts'
import { ask, read } from './api.ts'
import { isOwnChange, onOwnChange, onStale, type Refresh } from './changes.ts'
import { createStore } from './store.ts'

/** Who is signed in, what they may do and where. */
export type Me = {
  actor: { kind: string; id: string; name: string }
  rights: Record<string, { shared: boolean; projects: 'all' | string[] }>
  workspace: { name: string }
  seq: number
}

/** A change somebody made, as the live line tells it. */
export type ChangeNews = {
  seq: number
  action: string
  actor: { id: string; name: string }
  touched: readonly { kind: string; id: string; project: string | null }[]
}

export type News = {
  seq: number
  changes: readonly ChangeNews[]
  rows: readonly { kind: string; row: { id: string; name?: string } }[]
  reload: boolean
  reset: boolean
}

/** The day to which everything shown is set back; undefined is today. It stands in the address: `?asOf=2026-11-20`. */
export function useAsOf(): string | undefined {
  const { asOf } = useSearch({ strict: false }) as { asOf?: string }
  return asOf
}

/** A query of the server, kept and read anew when something changed; past days are read once. */
export function useAsk<Answer>(
  query: string,
  input: unknown,
  options: { enabled?: boolean } = {},
): UseQueryResult<Answer> {
  const asOf = useAsOf()
  return useQuery({
    queryKey: askKey(query, input, asOf),
    queryFn: ({ signal }) => ask<Answer>(query, input, { asOf: instantOf(asOf), signal }),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
  })
}

export function askKey(query: string, input: unknown, asOf: string | undefined): readonly unknown[] {
  return ['ask', query, input, asOf ?? 'now']
}

/** The last instant of a day where the reader is. */
export function instantOf(day: string | undefined): string | undefined {
  return day === undefined ? undefined : new Date(`${day}T23:59:59.999`).toISOString()
}

export function useMe(): UseQueryResult<Me> {
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => read<Me>('/api/me', signal), retry: false })
}

/** Whether the reader holds a permission; in a project when one is named, else for what all share. Never in the past. */
export function useMay(): (permission: string, project?: string) => boolean {
  const { data } = useMe()
  const asOf = useAsOf()
  return useCallback(
    (permission, project) => {
      const held = data?.rights[permission]
      if (!held) return false
      if (asOf !== undefined && !permission.endsWith('.read')) return false
      if (project === undefined) return held.shared
      return held.projects === 'all' || held.projects.includes(project)
    },
    [data, asOf],
  )
}

export const liveState = createStore<LiveState>('connecting')
/** Changes of others, newest last, for those who show them. */
const listeners = new Set<(news: News, foreign: readonly ChangeNews[]) => void>()

export function useNews(listener: (news: News, foreign: readonly ChangeNews[]) => void): void {
  useEffect(() => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [listener])
}

/** Keeps everything on the page up to date: own changes at once, those of others as the live line tells them. */
export function useUpToDate(): void {
  const client = useQueryClient()
  useEffect(() => {
    const refresh = refresher(client)
    const stopOwn = onOwnChange(refresh)
    const stopStale = onStale(() => void client.invalidateQueries())
    let wasLost = false
    const stopLive = openLive({
      url: '/api/live',
      events: ['hello', 'news', 'job', 'signedOut'],
      onState: (state) => {
        liveState.set(state)
        // What was missed while the line was down is not known here: everything is read again.
        if (state === 'open' && wasLost) void client.invalidateQueries()
        wasLost = state === 'lost' || (wasLost && state !== 'open')
      },
      onMessage: ({ event, data }) => {
        if (event === 'signedOut') void client.invalidateQueries({ queryKey: ['me'] })
        if (event === 'news') void take(client, refresh, JSON.parse(data) as News)
      },
    })
    return () => {
      stopOwn()
      stopStale()
      stopLive()
    }
  }, [client])
}

async function take(client: QueryClient, refresh: Refresh, news: News): Promise<void> {
  if (news.reset || news.reload) void client.invalidateQueries()
  else refresh(news.seq, new Set(news.changes.flatMap(({ touched }) => touched.map(({ kind }) => kind))))
  const foreign: ChangeNews[] = []
  for (const change of news.changes) if (!(await isOwnChange(change.seq))) foreign.push(change)
  for (const listener of listeners) listener(news, foreign)
}

/** Lists that stand on every page and need not be read again after each edit of a plan. */
const restsOn: Readonly<Record<string, readonly string[]>> = {
  'project.list': ['project', 'person', 'membership', 'role'],
}

// An own change and the live line tell the same number: what rests on it is read once.
function refresher(client: QueryClient): Refresh {
  let readTo = 0
  return (seq, kinds) => {
    const isNew = seq > readTo
    readTo = Math.max(readTo, seq)
    void client.invalidateQueries({
      predicate: ({ queryKey, state }) => {
        if (queryKey[0] !== 'ask' || queryKey[3] !== 'now') return false
        const needed = restsOn[String(queryKey[1])]
        if (needed) return needed.some((kind) => kinds.has(kind))
        const known = (state.data as { seq?: number } | undefined)?.seq
        return isNew && (known === undefined || known < seq)
      },
    })
  }
}
