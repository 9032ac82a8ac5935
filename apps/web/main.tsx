import './shell/shell.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { HelmwardTheme } from '../../ui/theme.tsx'
import { queries } from './queries.ts'
import { router } from './router.tsx'

const element = document.getElementById('page')
if (element) {
  createRoot(element).render(
    <StrictMode>
      <HelmwardTheme>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </HelmwardTheme>
    </StrictMode>,
  )
}
