import { IconAlertTriangle, IconCircleCheck, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'

/**
 * What happened and what it did to the plan. `keep` stays until seen (offline, conflicts); others leave after 8 s,
 * the time standing still while pointer or focus rest on them.
 */
export type Toast = {
  lead: string
  effect?: string
  action?: { label: string; keyName?: string; run: () => void }
  tone?: 'done' | 'warning'
  keep?: boolean
}

type Shown = Toast & { id: number }

const shownMilliseconds = 8000
let shown: readonly Shown[] = []
let nextId = 1
const listeners = new Set<() => void>()

function publish(toasts: readonly Shown[]): void {
  shown = toasts
  for (const listener of listeners) listener()
}

/** Shows a toast at the bottom left; answers how to take it away. At most three stand at once. */
export function showToast(toast: Toast): () => void {
  const id = nextId
  nextId += 1
  const kept =
    shown.length < 3
      ? shown
      : shown.toSpliced(
          Math.max(
            shown.findIndex(({ keep }) => !keep),
            0,
          ),
          1,
        )
  publish([...kept, { ...toast, id }])
  return () => publish(shown.filter((one) => one.id !== id))
}

/** The corner where toasts stand; once per page. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => shown)
  return (
    <section className="hw-toasts" aria-label="Messages" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function ToastCard({ toast }: { toast: Shown }) {
  const [isHeld, setHeld] = useState(false)
  const remaining = useRef(shownMilliseconds)
  const { id, keep } = toast
  useEffect(() => {
    if (keep || isHeld) return
    const startedAt = performance.now()
    const timer = setTimeout(() => publish(shown.filter((one) => one.id !== id)), remaining.current)
    return () => {
      clearTimeout(timer)
      remaining.current = Math.max(remaining.current - (performance.now() - startedAt), 500)
    }
  }, [id, keep, isHeld])
  const close = () => publish(shown.filter((one) => one.id !== id))
  const Icon = toast.tone === 'warning' ? IconAlertTriangle : IconCircleCheck
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only holds the clock, the buttons inside act
    <div
      className="hw-toast"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={16} stroke={1.6} aria-hidden />
      <span>
        <b>{toast.lead}</b> {toast.effect}
      </span>
      {toast.action && (
        <button
          type="button"
          className="hw-link"
          onClick={() => {
            close()
            toast.action?.run()
          }}
        >
          {toast.action.label} {toast.action.keyName && <kbd>{toast.action.keyName}</kbd>}
        </button>
      )}
      <button type="button" className="hw-link hw-faint" aria-label="Dismiss" onClick={close}>
        <IconX size={14} stroke={1.6} aria-hidden />
      </button>
    </div>
  )
}
