import { useRef } from 'react'

/** The edge between table and chart: drag it, or move it with the arrow keys. */
export function Splitter(props: {
  widthPx: number
  minPx: number
  maxPx: number
  onChange: (widthPx: number) => void
}) {
  const { widthPx, minPx, maxPx, onChange } = props
  const from = useRef<{ x: number; widthPx: number } | undefined>(undefined)
  const set = (next: number) => onChange(Math.min(Math.max(Math.round(next), minPx), maxPx))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is not a horizontal rule
    <div
      role="separator"
      className="hw-splitter"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the table"
      aria-valuenow={Math.round(widthPx)}
      aria-valuemin={minPx}
      aria-valuemax={Math.max(maxPx, minPx)}
      onPointerDown={(event) => {
        from.current = { x: event.clientX, widthPx }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (from.current) set(from.current.widthPx + event.clientX - from.current.x)
      }}
      onPointerUp={() => {
        from.current = undefined
      }}
      onPointerCancel={() => {
        from.current = undefined
      }}
      onKeyDown={(event) => {
        const step = event.shiftKey ? 80 : 16
        if (event.key === 'ArrowLeft') set(widthPx - step)
        else if (event.key === 'ArrowRight') set(widthPx + step)
        else if (event.key === 'Home') set(minPx)
        else if (event.key === 'End') set(maxPx)
        else return
        event.preventDefault()
      }}
    />
  )
}
