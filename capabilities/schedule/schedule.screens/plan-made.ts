import { useCallback, useRef } from 'react'
import type { GanttHandle } from '../../../ui/gantt/gantt-props.ts'
import type { Shown } from './plan-rows.ts'

/** A task that was just made is brought into sight and opened for its name, once the plan shows it. */
export function useMade(shown: Shown, handle: { current: GanttHandle | null }): (id: string) => void {
  const wanted = useRef<string | undefined>(undefined)
  const show = useCallback(() => {
    const id = wanted.current
    if (id === undefined) return
    wanted.current = undefined
    requestAnimationFrame(() => {
      handle.current?.scrollToTask(id)
      handle.current?.edit(id, 'name')
    })
  }, [handle])
  if (wanted.current !== undefined && shown.tasks.some(({ id }) => id === wanted.current))
    queueMicrotask(show)
  const known = useRef(shown)
  known.current = shown
  return useCallback(
    (id) => {
      wanted.current = id
      if (known.current.tasks.some((task) => task.id === id)) show()
    },
    [show],
  )
}
