import { Button } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'

/** The way from the plan to its levelling. */
export function LevelButton({ project }: { project: string }) {
  const navigate = useNavigate()
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconScale size={16} stroke={1.6} />}
      aria-label="Levelling"
      onClick={() =>
        void navigate({ to: '/projects/$project/levelling' as string, params: { project } as never })
      }
    >
      <span className="hw-wide-only">Levelling</span>
    </Button>
  )
}
