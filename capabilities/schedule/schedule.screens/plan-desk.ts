import { IconFileExport } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { formatDay, formatSlip } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { planKeySheet } from '../../../ui/gantt/gantt-keys.ts'
import type { GanttHandle } from '../../../ui/gantt/gantt-props.ts'
import { wallMinuteNow } from '../../../ui/house/clock.ts'
import { useAsOf, useMay } from '../../../ui/house/data.ts'
import { useTabFigures, useTopBarActions } from '../../../ui/house/where.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import type { Asked } from './explain-popover.tsx'
import { exportPlan } from './export-plan.ts'
import { usePlanCommands } from './plan-commands.ts'
import { usePlanEdits } from './plan-edits.ts'
import { useEffects } from './plan-effects.ts'
import { useMade } from './plan-made.ts'
import { type Shown, styleOf, workDays } from './plan-rows.ts'
import type { PlanView } from './plan-view.ts'

type Given = { project: string; shown: Shown; view: PlanView }
export type Desk = ReturnType<typeof useDesk>

/** What lies on the desk while a plan is open: the task that is opened, asked about or traced, and the hands to edit. */
export function useDesk({ project, shown, view }: Given) {
  const asOf = useAsOf()
  const may = useMay()
  const handle = useRef<GanttHandle>(null)
  const [asked, setAsked] = useState<Asked | undefined>(undefined)
  const [traced, setTraced] = useState<string | undefined>(undefined)
  const standing = useBeside()
  const todayMinute = useToday(asOf)
  const plan = useMemo(() => styleOf(shown, todayMinute), [shown, todayMinute])
  const time = useMemo(() => workDays(shown), [shown])
  const effects = useEffects(shown, plan)
  const made = useMade(shown, handle)
  const rights = { write: may('schedule.write', project), progress: may('schedule.progress', project) }
  const edits = usePlanEdits({ shown, may: rights, onDone: effects, onMade: made })
  useShellFigures(shown, time, plan.minutesPerDay)
  usePageKeys('Plan', planKeySheet)
  const reveal = useReveal(shown, view)
  const goTo = useCallback(
    (id: string) =>
      reveal([id], () => {
        handle.current?.scrollToTask(id)
        handle.current?.focus(id)
      }),
    [reveal],
  )
  const select = useCallback(
    (ids: readonly string[]) => reveal(ids, () => handle.current?.select(ids)),
    [reveal],
  )
  useNamedTask(goTo)
  const takeHome = (format: 'mspdi' | 'xlsx' = 'mspdi') => void exportPlan(project, asOf, format)
  usePlanCommands({
    shown,
    goTo,
    open: (id) => standing.beside({ opened: id }),
    callbacks: edits.callbacks,
    exportPlan: takeHome,
  })
  useTopBarActions([{ label: 'Export as Microsoft Project XML', icon: IconFileExport, run: takeHome }])
  const navigate = useNavigate()
  const level = () =>
    void navigate({ to: '/projects/$project/levelling' as string, params: { project } as never })
  return {
    handle,
    plan,
    time,
    rights,
    edits,
    goTo,
    select,
    todayMinute,
    ...standing,
    level,
    asked,
    setAsked,
    traced,
    setTraced,
  }
}

/** What stands beside the plan, one thing at a time: a task, an explanation, or a panel by its key. */
function useBeside() {
  const [standing, beside] = useState<{ opened?: string; explained?: string; panel?: string }>({})
  const { opened, explained, panel } = standing
  return { opened, explained, panel, beside }
}

/** Brings rows onto the page that are folded away or hidden as finished, and then does something with them. */
function useReveal(shown: Shown, view: PlanView): (ids: readonly string[], then: () => void) => void {
  const { setHidesFinished, setCollapsed, collapsed } = view
  return useCallback(
    (ids, then) => {
      const wanted = new Set(ids)
      const rows = shown.tasks.filter(({ id }) => wanted.has(id))
      if (rows.some((task) => task.percentComplete === 100)) setHidesFinished(false)
      const parents = new Map(shown.tasks.map(({ id, parent }) => [id, parent]))
      const open = new Set(collapsed)
      for (const { parent } of rows)
        for (let at = parent; at !== null; at = parents.get(at) ?? null) open.delete(at)
      if (open.size < collapsed.size) setCollapsed(open)
      // What was hidden is on the page after the next frame.
      requestAnimationFrame(then)
    },
    [shown, setHidesFinished, setCollapsed, collapsed],
  )
}

/** A link that names a task leads to its row. */
function useNamedTask(goTo: (id: string) => void): void {
  const { task } = useSearch({ strict: false }) as { task?: string }
  const latest = useRef(goTo)
  latest.current = goTo
  useEffect(() => {
    if (task !== undefined) latest.current(task)
  }, [task])
}

/** The wall clock of the reader, or the evening of the day that is shown. */
function useToday(asOf: string | undefined): number {
  return useMemo(() => (asOf === undefined ? wallMinuteNow() : minuteOf(`${asOf}T17:00:00`)), [asOf])
}

function useShellFigures(
  shown: Shown,
  time: { between: (from: number, to: number) => number },
  minutesPerDay: number,
): void {
  const finish = minuteOf(shown.project.finish)
  const held = shown.baseline?.tasks
    .map((task) => task.finish ?? '')
    .toSorted()
    .at(-1)
  const slip = held ? time.between(minuteOf(held), finish) : 0
  const critical = shown.tasks.filter((task) => task.critical && !task.summary).length
  useTabFigures([
    { label: 'Finish', value: formatDay(finish, { year: 'always' }) },
    ...(held && shown.baseline
      ? [
          {
            label: `Against baseline ${shown.baseline.number}`,
            value: `${formatSlip(slip, minutesPerDay)} d`,
            ...(slip > 0 ? { tone: 'late' as const } : slip < 0 ? { tone: 'better' as const } : {}),
          },
        ]
      : []),
    { label: 'Critical tasks', value: String(critical) },
  ])
}
