import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export type Health = 'red' | 'amber' | 'green' | 'grey'

const letters: Record<Health, string> = { red: 'R', amber: 'A', green: 'G', grey: '–' }
const words: Record<Health, string> = { red: 'Red', amber: 'Amber', green: 'Green', grey: 'New' }

/** The health of something: always its letter, with its word where there is room. Colour never speaks alone. */
export function HealthChip({ health, word, narrow }: { health: Health; word?: string; narrow?: boolean }) {
  const said = word ?? words[health]
  if (narrow) {
    return (
      <span className="hw-health" data-tone={health} data-narrow role="img" aria-label={said} title={said}>
        <b aria-hidden>{letters[health]}</b>
      </span>
    )
  }
  return (
    <span className="hw-health" data-tone={health}>
      {health !== 'grey' && <b aria-hidden>{letters[health]}</b>}
      <span>{said}</span>
    </span>
  )
}

export type Tone = Health | 'accent'

/** A small fact beside a name; grey unless it asks for attention. */
export function Chip({
  tone = 'grey',
  icon,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
}) {
  return (
    <span className="hw-chip" data-tone={tone}>
      {icon}
      {children}
    </span>
  )
}

/** Something is late: a sign, a number, the word. */
export function LateChip({ children }: { children: ReactNode }) {
  return (
    <Chip tone="red" icon={<IconAlertTriangle size={14} stroke={1.6} aria-hidden />}>
      {children}
    </Chip>
  )
}
