import { useCallback, useRef } from 'react'
import type { GanttHandle } from '../../../ui/gantt/gantt-props.ts'
import type { TypedAhead } from '../../../ui/house/type-ahead.ts'
import type { Shown } from './plan-rows.ts'

/** A task that was just made is brought into sight and opened for its name, once the plan shows it. */
export function useMade(
  shown: Shown,
  handle: { current: GanttHandle | null },
  rename: { readonly current: (id: string, name: string) => void },
): (id: string, typedAhead: () => TypedAhead) => void {
  const wanted = useRef<{ id: string; typedAhead: () => TypedAhead } | undefined>(undefined)
  const show = useCallback(() => {
    if (wanted.current === undefined) return
    const { id, typedAhead } = wanted.current
    wanted.current = undefined
    requestAnimationFrame(() => {
      handle.current?.scrollToTask(id)
      const { text, isEnded } = typedAhead()
      handle.current?.focus(id)
      if (isEnded) rename.current(id, text)
      else handle.current?.edit(id, 'name', text === '' ? undefined : text)
    })
  }, [handle, rename])
  if (wanted.current !== undefined && shown.tasks.some(({ id }) => id === wanted.current?.id))
    queueMicrotask(show)
  const known = useRef(shown)
  known.current = shown
  return useCallback(
    (id, typedAhead) => {
      wanted.current = { id, typedAhead }
      if (known.current.tasks.some((task) => task.id === id)) show()
    },
    [show],
  )
}
