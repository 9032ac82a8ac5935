import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

/** A register with nothing in it yet: what it will hold for you, and the one button that begins it. */
export function Empty(props: {
  icon: ReactNode
  title: string
  sentence: string
  action?: { label: string; keyName?: string; run: () => void }
}) {
  return (
    <div className="hw-empty">
      <span aria-hidden>{props.icon}</span>
      <b>{props.title}</b>
      <p>{props.sentence}</p>
      {props.action && (
        <Button
          onClick={props.action.run}
          rightSection={props.action.keyName && <kbd>{props.action.keyName}</kbd>}
        >
          {props.action.label}
        </Button>
      )}
    </div>
  )
}
