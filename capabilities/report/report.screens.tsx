import { IconReport } from '@tabler/icons-react'
import { lazy } from 'react'
import type { RoomScreens } from '../../ui/house/screen.ts'

export const room: RoomScreens = {
  screens: [
    {
      path: '/projects/$project/report',
      title: 'Status report',
      icon: IconReport,
      component: lazy(async () => {
        const { ReportPage } = await import('./report.screens/report-page.tsx')
        return { default: ReportPage }
      }),
      place: 'project',
      order: 60,
      allow: 'report.read',
      keys: 'g s',
    },
  ],
}
