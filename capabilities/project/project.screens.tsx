import { IconBriefcase } from '@tabler/icons-react'
import { lazy } from 'react'
import type { RoomScreens } from '../../ui/house/screen.ts'

export const room: RoomScreens = {
  screens: [
    {
      path: '/projects',
      title: 'Projects',
      icon: IconBriefcase,
      component: lazy(async () => {
        const { ProjectList } = await import('./project.screens/project-list.tsx')
        return { default: ProjectList }
      }),
      place: 'navigation',
      order: 10,
      keys: 'g m',
    },
  ],
}
