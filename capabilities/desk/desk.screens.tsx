import { IconHome } from '@tabler/icons-react'
import { lazy } from 'react'
import type { RoomScreens } from '../../ui/house/screen.ts'

export const room: RoomScreens = {
  screens: [
    {
      path: '/desk',
      title: 'My desk',
      icon: IconHome,
      component: lazy(async () => {
        const { DeskPage } = await import('./desk.screens/desk-page.tsx')
        return { default: DeskPage }
      }),
      place: 'navigation',
      order: 5,
      allow: 'desk.read',
      keys: 'g d',
    },
  ],
}
