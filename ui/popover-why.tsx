import { CloseButton, Popover } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef } from 'react'

/** What a number or a date rests on: result, one sentence, inputs, the query that answered and when. */
export type Why = {
  title: string
  /** The result at the right of the title, when it is a figure. */
  value?: ReactNode
  lead?: ReactNode
  inputs: readonly { label: string; value: ReactNode; main?: boolean }[]
  message?: ReactNode
  actions?: ReactNode
  /** `schedule.explain, 23 Nov 08:02` */
  source: string
}

// Beside its cell it can slide up and down and always stands whole; below only where there is no room at the side.
const placeBesidePx = 420

/** A popover at a place of the screen. Escape closes it and gives the focus back to where it was. */
export function WhyPopover(props: {
  why: Why | undefined
  anchor: DOMRect | undefined
  onClose: () => void
}) {
  const { why, anchor, onClose } = props
  const titleId = useId()
  const before = useRef<Element | null>(null)
  const isOpen = why !== undefined && anchor !== undefined
  useEffect(() => {
    if (!isOpen) return
    before.current = document.activeElement
    return () => {
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    }
  }, [isOpen])
  if (!why || !anchor) return null
  return (
    <Popover
      opened
      trapFocus
      closeOnEscape
      onDismiss={onClose}
      position={anchor.right + placeBesidePx < window.innerWidth ? 'right-start' : 'bottom-start'}
      width={396}
      radius={10}
      withinPortal
    >
      <Popover.Target>
        <button
          type="button"
          tabIndex={-1}
          className="hw-anchor"
          aria-label={why.title}
          style={{ left: anchor.x, top: anchor.y, width: anchor.width, height: anchor.height }}
        />
      </Popover.Target>
      <Popover.Dropdown className="hw-why" aria-labelledby={titleId} p="12px 14px">
        <div className="hw-line">
          <h2 id={titleId} tabIndex={-1} data-autofocus>
            {why.title}
          </h2>
          {why.value && <b>{why.value}</b>}
          <CloseButton size="sm" aria-label="Close" onClick={onClose} />
        </div>
        {why.lead && <p className="hw-dim hw-small">{why.lead}</p>}
        <dl>
          {why.inputs.map((input) => (
            <div key={input.label} {...(input.main ? { 'data-main': true } : {})}>
              <dt>{input.label}</dt>
              <dd>{input.value}</dd>
            </div>
          ))}
        </dl>
        {why.message && <p className="hw-message">{why.message}</p>}
        <footer>
          {why.actions}
          <span className="hw-faint hw-tiny" style={{ marginLeft: 'auto' }}>
            {why.source}
          </span>
        </footer>
      </Popover.Dropdown>
    </Popover>
  )
}
