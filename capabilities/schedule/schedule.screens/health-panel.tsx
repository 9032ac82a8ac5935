import { CloseButton } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { usePageKeys } from '../../../ui/keys.tsx'

/** What stands beside the table: opened with Enter, closed with Esc. */
export function HealthPanel(props: {
  number: string
  title: string
  onClose: () => void
  children: ReactNode
}) {
  const { number, title, onClose } = props
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus({ preventScroll: true }), [])
  usePageKeys('Beside the table', [{ keys: 'Esc', does: 'close what is open', run: onClose }])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="hw-health-panel"
      aria-label={`${number} ${title}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <header>
        <span className="hw-faint">{number}</span>
        <h2>{title}</h2>
        <CloseButton aria-label="Close" title="Close  Esc" onClick={onClose} />
      </header>
      <div className="hw-health-panel-body">{props.children}</div>
    </aside>
  )
}
