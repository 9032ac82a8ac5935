import { IconTimeline } from '@tabler/icons-react'
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
  ],
  always: lazy(async () => {
    const { ImportByDrop } = await import('./schedule.screens/import-by-drop.tsx')
    return { default: ImportByDrop }
  }),
}
