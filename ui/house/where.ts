import { useEffect, useRef } from 'react'
import type { IconType } from './screen.ts'
import { createStore } from './store.ts'

/** Where the reader is, for the top bar and the window's title. */
export type Where = {
  crumbs: readonly { label: string; code?: string; to?: string }[]
  /** The project that is open, for tabs, keys and commands. */
  project?: string
}

export const where = createStore<Where>({ crumbs: [] })

/** Says where the reader is, for as long as the screen stands. */
export function useWhere(next: Where): void {
  const words = JSON.stringify(next)
  useEffect(() => {
    const said = JSON.parse(words) as Where
    where.set(said)
    document.title = [...said.crumbs.map(({ code, label }) => code ?? label).reverse(), 'Helmward'].join(
      ' · ',
    )
  }, [words])
}

/** What the page offers in the top bar: export, a report of this view. */
export type TopBarAction = { label: string; icon: IconType; run: () => void }

export const topBarActions = createStore<readonly TopBarAction[]>([])

export function useTopBarActions(actions: readonly TopBarAction[]): void {
  const latest = useRef(actions)
  latest.current = actions
  const labels = actions.map(({ label }) => label).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: offered anew when a word changes, not on every render
  useEffect(() => {
    topBarActions.set(
      latest.current.map((action, index) => ({ ...action, run: () => latest.current[index]?.run() })),
    )
    return () => topBarActions.set([])
  }, [labels])
}

/** Key figures of the open project, at the right of its tabs. */
export type TabFigure = { label: string; value: string; tone?: 'late' | 'better' }

export const tabFigures = createStore<readonly TabFigure[]>([])

export function useTabFigures(figures: readonly TabFigure[]): void {
  const words = JSON.stringify(figures)
  useEffect(() => {
    tabFigures.set(JSON.parse(words) as TabFigure[])
    return () => tabFigures.set([])
  }, [words])
}

/** A name to stand beside its code, which many people write into the name as well: `ERP`, `finance to a cloud suite`. */
export function nameBeside({ name, code }: { name: string; code: string | null }): string {
  if (!code || !name.toLowerCase().startsWith(code.toLowerCase())) return name
  const rest = name.slice(code.length).replace(/^[\s:,–-]+/, '')
  return rest === '' ? name : rest
}
