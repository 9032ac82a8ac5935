import { useCallback, useState } from 'react'
import type { ZoomKey } from '../../../drawing/gantt/scale.ts'

export type PlanView = ReturnType<typeof usePlanView>

/** How the reader looks at the plan. */
export function usePlanView() {
  // `usual` until the reader chooses: the baseline that was taken last, once it is known which.
  const [chosen, setBaseline] = useState<number | 'none' | 'usual'>('usual')
  const [showCritical, setCritical] = useState(true)
  const [zoom, setZoom] = useState<ZoomKey | undefined>(undefined)
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [showLoad, setLoad] = useState(remembersLoad)
  const rememberLoad = useCallback((shows: boolean) => {
    localStorage.setItem('hw-plan-load', String(shows))
    setLoad(shows)
  }, [])
  const [hidesFinished, setHidesFinished] = useState<boolean | undefined>(undefined)
  return {
    hidesFinished,
    setHidesFinished,
    chosen,
    setBaseline,
    showLoad,
    setLoad: rememberLoad,
    showCritical,
    setCritical,
    zoom,
    setZoom,
    collapsed,
    setCollapsed,
  }
}

function remembersLoad(): boolean {
  return localStorage.getItem('hw-plan-load') === 'true'
}
