import { IconUsers } from '@tabler/icons-react'
import { lazy } from 'react'
import type { RoomScreens } from '../../ui/house/screen.ts'

export const room: RoomScreens = {
  screens: [
    {
      path: '/people',
      title: 'People',
      icon: IconUsers,
      component: lazy(async () => {
        const { PeoplePage } = await import('./people.screens/people-page.tsx')
        return { default: PeoplePage }
      }),
      place: 'navigation',
      order: 80,
      allow: 'people.admin',
      keys: 'g u',
    },
  ],
}
