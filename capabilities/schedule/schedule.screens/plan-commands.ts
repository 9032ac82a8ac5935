import { IconCalendarEvent, IconDiamond, IconFileExport, IconPlus, IconRefresh } from '@tabler/icons-react'
import { formatDay } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { GanttCallbacks } from '../../../ui/gantt/gantt-props.ts'
import { type Command, fitOf, useCommands } from '../../../ui/house/commands.ts'
import type { Shown } from './plan-rows.ts'

type Given = {
  shown: Shown
  goTo: (id: string) => void
  open: (id: string) => void
  callbacks: GanttCallbacks
  exportPlan: (format: 'mspdi' | 'xlsx') => void
}

const mostTasks = 30

/** Offers the tasks of the open plan, and what can be done with it, in the command bar. */
export function usePlanCommands({ shown, goTo, open, callbacks, exportPlan }: Given): void {
  useCommands((words) => {
    const verbs: Command[] = callbacks.onCreate
      ? [
          {
            id: 'task.create',
            title: 'New task',
            group: 'Do',
            icon: IconPlus,
            keys: 'c',
            hint: 'task.create',
            run: () => callbacks.onCreate?.(shown.tasks.at(-1)?.id),
          },
        ]
      : []
    verbs.push({
      id: 'schedule.export',
      title: 'Export as Microsoft Project XML',
      group: 'Do',
      icon: IconFileExport,
      hint: 'schedule.export',
      run: () => exportPlan('mspdi'),
    })
    verbs.push({
      id: 'schedule.export.xlsx',
      title: 'Export as Excel workbook',
      group: 'Do',
      icon: IconFileExport,
      hint: 'schedule.export',
      run: () => exportPlan('xlsx'),
    })
    if (words.trim() === '') return verbs
    const found: Command[] = []
    for (const task of shown.tasks) {
      const title = `${task.wbs} ${task.name}`.trim()
      if (task.blank || fitOf(title, words) === 0) continue
      found.push({
        id: `task ${task.id}`,
        title,
        group: 'Records',
        icon: task.milestone ? IconDiamond : task.summary ? IconRefresh : IconCalendarEvent,
        hint: `${formatDay(minuteOf(task.start), { year: 'always' })}`,
        run: () => {
          goTo(task.id)
          open(task.id)
        },
      })
      if (found.length >= mostTasks) break
    }
    return [...verbs, ...found]
  })
}
