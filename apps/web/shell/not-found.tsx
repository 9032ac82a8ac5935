import { IconCompass } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { Empty } from '../../../ui/empty.tsx'

/** An address that leads nowhere. */
export function NotFound() {
  const navigate = useNavigate()
  return (
    <main className="hw-page">
      <Empty
        icon={<IconCompass size={24} stroke={1.4} />}
        title="There is nothing at this address"
        sentence="The page may have moved, or the project may have been removed."
        action={{ label: 'All projects', run: () => void navigate({ to: '/projects' as string }) }}
      />
    </main>
  )
}
