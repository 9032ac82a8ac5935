import { useEffect, useRef } from 'react'

/** The field inside a cell: Enter and Tab keep, Escape leaves as it was, going elsewhere keeps. */
export function CellEditor(props: {
  typed: string
  label: string
  isRefused: boolean
  onType: (typed: string) => void
  onCommit: () => void
  onAbandon: () => void
}) {
  const field = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
  }, [])
  const finish = (end: () => void) => {
    isDone.current = true
    end()
  }
  return (
    <input
      ref={field}
      className="hw-editor"
      value={props.typed}
      aria-label={props.label}
      aria-invalid={props.isRefused}
      onChange={(event) => {
        isDone.current = false
        props.onType(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' || event.key === 'Tab') {
          event.preventDefault()
          finish(props.onCommit)
        }
        if (event.key === 'Escape') {
          event.preventDefault()
          finish(props.onAbandon)
        }
      }}
      onBlur={() => {
        if (!isDone.current) finish(props.onCommit)
      }}
    />
  )
}
