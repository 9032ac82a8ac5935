import { useCallback, useEffect, useRef, useState } from 'react'
import { ask, refusalOf } from '../../../ui/house/api.ts'
import { onOwnChange } from '../../../ui/house/changes.ts'
import { runningMilliseconds } from '../../../ui/house/clock.ts'
import { instantOf, useAsOf, useNews } from '../../../ui/house/data.ts'
import type { previewLevelling } from '../schedule.actions/level.ts'

export type Preview = Awaited<ReturnType<typeof previewLevelling.run>>
export type Move = Preview['moves'][number]

/** How the reader wants it levelled. */
export type LevelWish = {
  readonly project: string
  readonly with: readonly string[]
  readonly room: 'extend' | 'withinSlack'
  readonly splitting: boolean
  readonly order: 'priority' | 'standard' | 'plan'
  readonly from: string
  readonly to: string
  readonly seconds: number
}

/** The input of preview and action; how long to search is the window's own matter. */
export function inputOf(wish: LevelWish): Record<string, unknown> {
  const { project, room, splitting, order, from, to } = wish
  return {
    project,
    room,
    splitting,
    order,
    ...(wish.with.length > 0 ? { with: wish.with } : {}),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
  }
}

type State = {
  readonly preview?: Preview
  readonly refusal?: { readonly code: string; readonly sentence: string }
  /** The part of the time that has passed; absent when nothing is searched for. */
  readonly share?: number
  readonly isCancelled?: boolean
}

/** A search that shows the best so far and goes on until the time is up, it cannot become better, or it is left. */
export type LevelSearch = State & {
  /** Stops and keeps the best so far. */
  readonly useNow: () => void
  /** Stops and shows nothing. */
  readonly cancel: () => void
  /** Begins anew, or goes on where the last search ended. */
  readonly goOn: () => void
}

/**
 * Asks for the same levelling with ever more schedules. The server keeps the search, so each question goes on where
 * the last one ended, and others are served in between.
 */
export function useLevelSearch(wish: LevelWish): LevelSearch {
  const [state, setState] = useState<State>({ share: 0 })
  const [run, setRun] = useState({ number: 0, tried: 0 })
  const stop = useRef<AbortController | undefined>(undefined)
  const moment = instantOf(useAsOf())
  const words = JSON.stringify(inputOf(wish))
  const { seconds } = wish
  useEffect(() => {
    const own = new AbortController()
    stop.current = own
    void search({ words, seconds, moment, tried: run.tried, signal: own.signal, show: setState })
    return () => own.abort()
  }, [words, seconds, moment, run])
  const again = useCallback(() => setRun(({ number }) => ({ number: number + 1, tried: 0 })), [])
  useAnew(again)
  return {
    ...state,
    useNow: () => {
      stop.current?.abort()
      setState(({ preview }) => (preview ? { preview } : { isCancelled: true }))
    },
    cancel: () => {
      stop.current?.abort()
      setState({ isCancelled: true })
    },
    goOn: () => setRun(({ number }) => ({ number: number + 1, tried: state.preview?.triedNext ?? 0 })),
  }
}

/** Whatever changes in plans or people may change the answer. */
function useAnew(again: () => void): void {
  useEffect(() => onOwnChange(() => again()), [again])
  useNews(
    useCallback((_news: unknown, foreign: readonly unknown[]) => foreign.length > 0 && again(), [again]),
  )
}

async function search(given: {
  words: string
  seconds: number
  moment: string | undefined
  tried: number
  signal: AbortSignal
  show: (state: State | ((before: State) => State)) => void
}): Promise<void> {
  const { signal, show, seconds } = given
  const input = JSON.parse(given.words) as object
  const begunAt = runningMilliseconds()
  const share = () => Math.min(1, (runningMilliseconds() - begunAt) / (seconds * 1000))
  show(({ preview }) => (preview ? { preview, share: 0 } : { share: 0 }))
  let schedules: number | null = given.tried
  try {
    while (schedules !== null && !signal.aborted) {
      const asked: Preview = await ask<Preview>(
        'schedule.levelPreview',
        { ...input, schedules },
        { asOf: given.moment, signal },
      )
      if (signal.aborted) return
      schedules = share() < 1 ? asked.triedNext : null
      show(schedules === null ? { preview: asked } : { preview: asked, share: share() })
    }
  } catch (error) {
    if (signal.aborted) return
    const { code, message } = refusalOf(error)
    show({ refusal: { code, sentence: message } })
  }
}
