import { IconHeartbeat, IconScale, IconTimeline, IconTrendingUp } from '@tabler/icons-react'
import { lazy } from 'react'
import type { RoomScreens } from '../../ui/house/screen.ts'

export const room: RoomScreens = {
  screens: [
    {
      path: '/projects/$project/plan',
      title: 'Plan',
      icon: IconTimeline,
      component: lazy(async () => {
        const { PlanPage } = await import('./schedule.screens/plan-page.tsx')
        return { default: PlanPage }
      }),
      place: 'project',
      order: 20,
      keys: 'g p',
      wide: true,
    },
    {
      path: '/projects/$project/levelling',
      title: 'Levelling',
      icon: IconScale,
      component: lazy(async () => {
        const { LevelPage } = await import('./schedule.screens/level-page.tsx')
        return { default: LevelPage }
      }),
      place: 'project',
      order: 22,
      keys: 'g l',
    },
    {
      path: '/projects/$project/milestones',
      title: 'Milestones',
      icon: IconTrendingUp,
      component: lazy(async () => {
        const { TrendPage } = await import('./schedule.screens/trend-page.tsx')
        return { default: TrendPage }
      }),
      place: 'project',
      order: 24,
      keys: 'g t',
    },
    {
      path: '/projects/$project/health',
      title: 'Schedule health',
      icon: IconHeartbeat,
      component: lazy(async () => {
        const { HealthPage } = await import('./schedule.screens/health-page.tsx')
        return { default: HealthPage }
      }),
      place: 'project',
      order: 26,
      keys: 'g h',
    },
  ],
  always: lazy(async () => {
    const { ImportByDrop } = await import('./schedule.screens/import-by-drop.tsx')
    return { default: ImportByDrop }
  }),
}
