import { IconAlertTriangle } from '@tabler/icons-react'
import { lazy } from 'react'
import { useConflictCount } from './conflicts-count.ts'
import type { PlanPanel } from './plan-panel.ts'

/** The panels of the plan, in the order of their buttons. A new one is a line here. */
export const planPanels: readonly PlanPanel[] = [
  {
    key: 'conflicts',
    title: 'Conflicts',
    icon: IconAlertTriangle,
    keys: 'Shift c',
    place: 'beside',
    component: lazy(async () => {
      const { ConflictsPanel } = await import('./conflicts-panel.tsx')
      return { default: ConflictsPanel }
    }),
    useCount: useConflictCount,
  },
]
