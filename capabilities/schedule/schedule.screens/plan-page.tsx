import './plan.css'
import { IconTimeline } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense, useEffect, useMemo, useState } from 'react'
import type { ZoomKey } from '../../../drawing/gantt/scale.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { Empty } from '../../../ui/empty.tsx'
import { Gantt } from '../../../ui/gantt/gantt.tsx'
import { type PlanColumn, usualColumns } from '../../../ui/gantt/plan-columns.ts'
import { ask, refusalOf } from '../../../ui/house/api.ts'
import { askKey, instantOf, useAsOf } from '../../../ui/house/data.ts'
import { nameBeside, useWhere } from '../../../ui/house/where.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import { ExplainPanel } from './explain-panel.tsx'
import { ExplainPopover } from './explain-popover.tsx'
import { LoadPopover } from './load-popover.tsx'
import { type LoadAsked, useLoadStrip } from './load-strip.tsx'
import { PlanBar } from './plan-bar.tsx'
import { type Desk, useDesk } from './plan-desk.ts'
import { useOthersHere } from './plan-others.ts'
import type { PlanPanel } from './plan-panel.ts'
import { planPanels } from './plan-panels.ts'
import {
  latestBaseline,
  openingZoom,
  opensWithoutFinished,
  pathThrough,
  planLinks,
  planRows,
  type Shown,
  unfinishedRows,
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

function Plan(given: Given) {
  const { shown, view } = given
  const desk = useDesk(given)
  const others = useOthersHere(given.project)
  const [opening] = useState(() => openingZoom(shown))
  const zoom = view.zoom ?? opening
  const [opensShort] = useState(() => opensWithoutFinished(shown))
  const hidesFinished = view.hidesFinished ?? opensShort
  const [askedLoad, setAskedLoad] = useState<LoadAsked | undefined>(undefined)
  const panel = planPanels.find(({ key }) => key === desk.panel)
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
        {panel?.place === 'instead' ? (
          <OpenPanel panel={panel} shown={shown} desk={desk} />
        ) : (
          <Chart {...given} desk={desk} zoom={zoom} hidesFinished={hidesFinished} onAskLoad={setAskedLoad} />
        )}
        {panel?.place === 'beside' && <OpenPanel panel={panel} shown={shown} desk={desk} />}
        <OpenTask shown={shown} desk={desk} />
        <Explanation shown={shown} desk={desk} />
      </div>
      <Asking shown={shown} desk={desk} />
      <LoadPopover
        asked={askedLoad}
        todayMinute={desk.todayMinute}
        goTo={(task) => {
          setAskedLoad(undefined)
          desk.goTo(task)
        }}
        onLevel={desk.level}
        onClose={() => setAskedLoad(undefined)}
      />
    </div>
  )
}

function OpenPanel({ panel, shown, desk }: { panel: PlanPanel; shown: Shown; desk: Desk }) {
  const { component: Panel } = panel
  return (
    <Suspense fallback={null}>
      <Panel
        shown={shown}
        rights={desk.rights}
        step={desk.edits.step}
        goTo={desk.goTo}
        select={desk.select}
        onLevel={desk.level}
        onClose={() => leave(desk)}
      />
    </Suspense>
  )
}

/** What stood beside the plan is gone, and the keyboard is back in it. */
function leave(desk: Desk): void {
  desk.beside({})
  desk.handle.current?.focus()
}

/** Why a date is as it is, asked at its cell. */
function Asking({ shown, desk }: { shown: Shown; desk: Desk }) {
  return (
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
      onWhole={(task) => {
        desk.beside({ explained: task })
        desk.setAsked(undefined)
      }}
      onClose={() => desk.setAsked(undefined)}
    />
  )
}

function Explanation({ shown, desk }: { shown: Shown; desk: Desk }) {
  const { explained } = desk
  if (explained === undefined || !shown.tasks.some(({ id }) => id === explained)) return null
  return (
    <ExplainPanel
      shown={shown}
      task={explained}
      goTo={desk.goTo}
      onTrace={desk.setTraced}
      onAsk={(task) => {
        desk.goTo(task)
        desk.beside({ explained: task })
      }}
      onClose={() => leave(desk)}
    />
  )
}

type ChartGiven = Given & {
  desk: Desk
  zoom: ZoomKey
  hidesFinished: boolean
  onAskLoad: (asked: LoadAsked) => void
}

function Chart(props: ChartGiven) {
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
  const { handle, select, todayMinute } = desk
  const strip = useLoadStrip({
    shown,
    isOn: view.showLoad,
    zoom,
    todayMinute,
    handle,
    select,
    onAsk: props.onAskLoad,
    onLevel: desk.level,
  })
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
      {...(strip ? { strip } : {})}
      {...edits.callbacks}
      onOpen={(id) => desk.beside({ opened: id })}
      onTrace={desk.setTraced}
      onExplain={(id, _column, anchor) => desk.setAsked({ task: id, anchor })}
      empty={<NoTasks {...(create ? { onCreate: () => create(undefined) } : {})} />}
    />
  )
}

function OpenTask({ shown, desk }: { shown: Shown; desk: Desk }) {
  const { opened, edits, rights, goTo } = desk
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
        desk.beside({ opened: id })
      }}
      onClose={() => leave(desk)}
    />
  )
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
