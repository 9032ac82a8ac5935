import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { dayWords } from './top-bar.tsx'

/** Says that what is shown is past and cannot be changed, and leads back. */
export function PastBar({ day }: { day: string }) {
  const navigate = useNavigate()
  return (
    <output className="hw-past">
      <IconHistory size={16} stroke={1.6} aria-hidden />
      <span>
        You see everything as it stood on <b>{dayWords(day)}</b>, and cannot change it.
      </span>
      <Button
        size="xs"
        variant="default"
        onClick={() => void navigate({ to: '.', search: { asOf: undefined } as never })}
      >
        Back to today
      </Button>
    </output>
  )
}
