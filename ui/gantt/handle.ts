import type { RefObject } from 'react'
import { beginEdit, type Control } from './control.ts'
import type { GanttHandle } from './gantt-props.ts'
import { rowPx } from './use-plan-control.ts'

/** What a screen may ask of the plan on the page. */
export function handleOf(
  control: Control,
  reveal: (id: string) => void,
  scroller: RefObject<HTMLElement | null>,
  bodyPx: number,
): GanttHandle {
  const isInSight = (id: string) => {
    const row = control.visible[placeOf(control, id)]?.row
    const { placeOf: xOf } = control.axis
    return [row?.startMinute, row?.finishMinute].some((at) => typeof at === 'number' && xOf(at) !== undefined)
  }
  const show = (id: string, inTime = true) => {
    const index = control.layout.indexOf.get(id)
    const row = index === undefined ? undefined : control.visible[index]?.row
    if (index === undefined || !row) return
    if (scroller.current) scroller.current.scrollTop = index * rowPx - bodyPx / 3
    reveal(id)
    if (row.startMinute !== null && inTime) control.axis.scrollTo(row.startMinute)
  }
  return {
    scrollToTask: (id: string) => show(id),
    scrollToDate: (minute: number) => control.axis.scrollTo(minute),
    fit: () => control.axis.fit(),
    select: (ids: readonly string[]) => {
      const shown = ids.filter((id) => control.layout.indexOf.has(id))
      control.select(new Set(shown))
      const first = shown.toSorted((a, b) => placeOf(control, a) - placeOf(control, b))[0]
      // Whoever looks at a place in time stays there as long as something of the selection is seen.
      if (first !== undefined) show(first, !shown.some(isInSight))
    },
    edit: (id: string, columnKey: string) => {
      const cell = { id, columnKey }
      control.setActive(cell)
      beginEdit({ ...control, active: cell })
    },
    focus: (id?: string) => {
      const wanted = id ?? control.active?.id
      if (wanted !== undefined)
        control.setActive({ id: wanted, columnKey: control.active?.columnKey ?? 'name' })
    },
  }
}

function placeOf({ layout }: Control, id: string): number {
  return layout.indexOf.get(id) ?? 0
}
