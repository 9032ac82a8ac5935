import './plan.css'
import { IconFileExport, IconTimeline } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { formatDay, formatSlip } from '../../../drawing/format.ts'
import type { ZoomKey } from '../../../drawing/gantt/scale.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { Empty } from '../../../ui/empty.tsx'
import { Gantt } from '../../../ui/gantt/gantt.tsx'
import { planKeySheet } from '../../../ui/gantt/gantt-keys.ts'
import type { GanttHandle } from '../../../ui/gantt/gantt-props.ts'
import { type PlanColumn, usualColumns } from '../../../ui/gantt/plan-columns.ts'
import { ask, refusalOf } from '../../../ui/house/api.ts'
import { wallMinuteNow } from '../../../ui/house/clock.ts'
import { askKey, instantOf, useAsOf, useMay } from '../../../ui/house/data.ts'
import { nameBeside, useTabFigures, useTopBarActions, useWhere } from '../../../ui/house/where.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { type Asked, ExplainPopover } from './explain-popover.tsx'
import { exportPlan } from './export-plan.ts'
import { PlanBar } from './plan-bar.tsx'
import { usePlanCommands } from './plan-commands.ts'
import { usePlanEdits } from './plan-edits.ts'
import { useEffects } from './plan-effects.ts'
import { useMade } from './plan-made.ts'
import { useOthersHere } from './plan-others.ts'
import {
  latestBaseline,
  openingZoom,
  opensWithoutFinished,
  pathThrough,
  planLinks,
  planRows,
  type Shown,
  styleOf,
  unfinishedRows,
  workDays,
} from './plan-rows.ts'
import { type PlanView, usePlanView } from './plan-view.ts'
import { TaskPanel } from './task-panel.tsx'

/** The plan of a project: table and bars as one, every date editable, explainable, undoable. */
export function PlanPage() {
  const { project } = useParams({ strict: false }) as { project: string }
  return <PlanOf key={project} project={project} />
}

function PlanOf({ project }: { project: string }) {
  const view = usePlanView()
  const { shown, error } = useShown(project, view)
  useWhere({
    project,
    crumbs: [
      {
        label: shown ? nameBeside(shown.project) : '',
        ...(shown?.project.code ? { code: shown.project.code } : {}),
        to: '/projects',
      },
      { label: 'Plan' },
    ],
  })
  if (error) {
    const { code, message } = refusalOf(error)
    return (
      <div className="hw-page">
        <Refusal
          refusal={{
            code,
            sentence: message,
            ...(code === 'project.missing'
              ? { next: 'It may not have existed yet on the day that is shown.' }
              : {}),
          }}
        />
      </div>
    )
  }
  if (!shown || shown.project.id !== project) return null
  return <Plan project={project} shown={shown} view={view} />
}

function useShown(project: string, { chosen }: PlanView) {
  const asOf = useAsOf()
  const [usual, setUsual] = useState<number | undefined>(undefined)
  const baseline = chosen === 'usual' ? usual : chosen === 'none' ? undefined : chosen
  const input = baseline === undefined ? { project } : { project, baseline }
  const { data: shown, error } = useQuery({
    queryKey: askKey('schedule.show', input, asOf),
    queryFn: ({ signal }) => ask<Shown>('schedule.show', input, { asOf: instantOf(asOf), signal }),
    // While the baseline comes, the plan without it stays in sight.
    placeholderData: keepPreviousData,
    retry: false,
  })
  const latest = shown?.project.id === project ? latestBaseline(shown) : undefined
  useEffect(() => setUsual(latest), [latest])
  return { shown, error }
}

// Dates leave room for the mark that asks why.
const comparedColumns: readonly PlanColumn[] = usualColumns.map((column) =>
  column.key === 'start' || column.key === 'finish' ? { ...column, widthPx: 92 } : column,
)
const plainColumns = comparedColumns.filter(({ key }) => key !== 'slip')

// On a phone name and finish stay whole; the bars are a swipe away.
const phoneTablePx = 292
const isPhone = () => window.innerWidth < 640

type Given = { project: string; shown: Shown; view: PlanView }
type Desk = ReturnType<typeof useDesk>

function Plan(given: Given) {
  const { shown, view } = given
  const desk = useDesk(given)
  const others = useOthersHere(given.project)
  const [opening] = useState(() => openingZoom(shown))
  const zoom = view.zoom ?? opening
  const [opensShort] = useState(() => opensWithoutFinished(shown))
  const hidesFinished = view.hidesFinished ?? opensShort
  return (
    <div className="hw-plan-page">
      <h1 className="hw-hidden">Plan of {shown.project.name}</h1>
      <PlanBar
        {...desk}
        shown={shown}
        view={view}
        zoom={zoom}
        hidesFinished={hidesFinished}
        others={others}
      />
      <div className="hw-plan-body">
        <Chart {...given} desk={desk} zoom={zoom} hidesFinished={hidesFinished} />
        <OpenTask shown={shown} desk={desk} />
      </div>
      <ExplainPopover
        asked={desk.asked}
        shown={shown}
        onFollow={(task, anchor) => {
          desk.goTo(task)
          desk.setAsked({ task, anchor })
        }}
        onTrace={(task) => {
          desk.setTraced(task)
          desk.setAsked(undefined)
        }}
        onClose={() => desk.setAsked(undefined)}
      />
    </div>
  )
}

/** What lies on the desk while a plan is open: the task that is opened, asked about or traced, and the hands to edit. */
function useDesk({ project, shown, view }: Given) {
  const asOf = useAsOf()
  const may = useMay()
  const handle = useRef<GanttHandle>(null)
  const [opened, setOpened] = useState<string | undefined>(undefined)
  const [asked, setAsked] = useState<Asked | undefined>(undefined)
  const [traced, setTraced] = useState<string | undefined>(undefined)
  const todayMinute = useToday(asOf)
  const plan = useMemo(() => styleOf(shown, todayMinute), [shown, todayMinute])
  const time = useMemo(() => workDays(shown), [shown])
  const effects = useEffects(shown, plan)
  const made = useMade(shown, handle)
  const rights = { write: may('schedule.write', project), progress: may('schedule.progress', project) }
  const edits = usePlanEdits({ shown, may: rights, onDone: effects, onMade: made })
  useShellFigures(shown, time, plan.minutesPerDay)
  usePageKeys('Plan', planKeySheet)
  const { setHidesFinished } = view
  const goTo = useCallback(
    (id: string) => {
      if (shown.tasks.some((task) => task.id === id && task.percentComplete === 100)) setHidesFinished(false)
      // What was hidden is on the page after the next frame.
      requestAnimationFrame(() => {
        handle.current?.scrollToTask(id)
        handle.current?.focus(id)
      })
    },
    [shown, setHidesFinished],
  )
  const takeHome = () => void exportPlan(project, asOf)
  usePlanCommands({ shown, goTo, open: setOpened, callbacks: edits.callbacks, exportPlan: takeHome })
  useTopBarActions([{ label: 'Export as Microsoft Project XML', icon: IconFileExport, run: takeHome }])
  return { handle, plan, time, rights, edits, goTo, opened, setOpened, asked, setAsked, traced, setTraced }
}

function Chart(props: Given & { desk: Desk; zoom: ZoomKey; hidesFinished: boolean }) {
  const { shown, view, desk, zoom, hidesFinished } = props
  const { plan, time, edits, traced } = desk
  const told = useMemo(() => planRows(shown, time), [shown, time])
  const all = edits.ghosted(told, shown.seq)
  const rows = useMemo(() => (hidesFinished ? unfinishedRows(all) : all), [all, hidesFinished])
  const links = useMemo(() => planLinks(shown), [shown])
  const path = useMemo(
    () => (traced === undefined ? undefined : pathThrough(shown.links, traced)),
    [shown, traced],
  )
  const create = edits.callbacks.onCreate
  return (
    <Gantt
      ref={desk.handle}
      label={`Plan of ${shown.project.name}`}
      rows={rows}
      links={links}
      plan={plan}
      columns={shown.baseline === undefined ? plainColumns : comparedColumns}
      {...(shown.project.statusDate ? { statusMinute: minuteOf(shown.project.statusDate) } : {})}
      nonWorking={time.restIn}
      workingMinutesBetween={(_id, from, to) => time.between(from, to)}
      showCriticalPath={view.showCritical}
      showBaseline={shown.baseline !== undefined}
      {...(isPhone() ? { tableWidthPx: phoneTablePx } : {})}
      zoom={zoom}
      onZoom={view.setZoom}
      collapsed={view.collapsed}
      onCollapse={view.setCollapsed}
      {...(path ? { traced: path } : {})}
      {...edits.callbacks}
      onOpen={desk.setOpened}
      onTrace={desk.setTraced}
      onExplain={(id, _column, anchor) => desk.setAsked({ task: id, anchor })}
      empty={<NoTasks {...(create ? { onCreate: () => create(undefined) } : {})} />}
    />
  )
}

function OpenTask({ shown, desk }: { shown: Shown; desk: Desk }) {
  const { opened, setOpened, edits, rights, goTo, handle } = desk
  if (opened === undefined || !shown.tasks.some(({ id }) => id === opened)) return null
  return (
    <TaskPanel
      key={opened}
      shown={shown}
      id={opened}
      step={edits.step}
      rights={rights}
      onOpen={(id) => {
        goTo(id)
        setOpened(id)
      }}
      onClose={() => {
        setOpened(undefined)
        handle.current?.focus()
      }}
    />
  )
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

function NoTasks({ onCreate }: { onCreate?: () => void }) {
  return (
    <Empty
      icon={<IconTimeline size={26} stroke={1.4} />}
      title="No tasks yet"
      sentence="A plan holds tasks, what they wait for and who does them; its dates follow by themselves."
      {...(onCreate ? { action: { label: 'Add the first task', keyName: 'c', run: onCreate } } : {})}
    />
  )
}
