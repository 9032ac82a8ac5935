import './load.css'
import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react'
import { type RefObject, useCallback, useMemo, useState } from 'react'
import type { ZoomKey } from '../../../drawing/gantt/scale.ts'
import { drawLoad, isOver, type LoadBars, loadPeriodAt } from '../../../drawing/load/load.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { GanttHandle, GanttStrip } from '../../../ui/gantt/gantt-props.ts'
import type { StripView } from '../../../ui/gantt/stage.ts'
import type { LoadPeriod, PersonLoad } from '../schedule.rules/load.ts'
import {
  barsOf,
  peakText,
  periodOf,
  periodText,
  type ShownLoad,
  totalBarsOf,
  useLoad,
  wholeText,
} from './load-data.ts'
import { LoadTable } from './load-table.tsx'
import type { Shown } from './plan-rows.ts'

/** A period of a person's load that is asked about, and where on the screen. */
export type LoadAsked = {
  readonly bars: LoadBars
  readonly by: LoadPeriod
  readonly period: number
  readonly anchor: DOMRect
}

type Given = {
  shown: Shown
  isOn: boolean
  zoom: ZoomKey
  todayMinute: number
  handle: RefObject<GanttHandle | null>
  select: (tasks: readonly string[]) => void
  onAsk: (asked: LoadAsked) => void
  onLevel: () => void
}

const heightPx = 128
const everybody = 'everybody'
const mostPeople = 200

/** Who is busy when, below the chart: the most overloaded people first, the bars of the one that is chosen. */
export function useLoadStrip(given: Given): GanttStrip | undefined {
  const { shown, isOn, zoom, todayMinute, select, onAsk } = given
  const by = periodOf(zoom)
  const [group, setGroup] = useState('')
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const project = shown.project.id
  const inGroup = group === '' ? {} : { group }
  const list = useLoad({ project, by, ...inGroup, figures: false, limit: mostPeople }, { enabled: isOn })
  const isTotal = chosen === everybody
  const person = list?.people.find(({ resource }) => resource === chosen) ?? list?.people[0]
  const asked = isTotal ? inGroup : { resource: person?.resource }
  const load = useLoad({ project, by, ...asked, limit: 1 }, { enabled: isOn && person !== undefined })
  const bars = useMemo(() => {
    if (load && isTotal) return totalBarsOf(load, group === '' ? 'Everybody' : group)
    const [own] = load?.people ?? []
    return load && own ? barsOf(load, own) : undefined
  }, [load, isTotal, group])
  const ownName = shown.project.code ?? 'This project'
  const draw = useCallback(
    (view: StripView) =>
      bars && load
        ? drawLoad(bars, { ...view, ownName, wholeText: wholeText(load.by, bars) })
        : { widthPx: view.widthPx, heightPx: view.heightPx, marks: [] },
    [bars, load, ownName],
  )
  if (!isOn) return undefined
  const ask = (period: number, anchor: DOMRect) => {
    if (!bars || !load) return
    const tasks = bars.tasks.filter(({ workMinutes }) => (workMinutes[period] ?? 0) > 0)
    if (tasks.length === 0) return
    select(tasks.map(({ task }) => task))
    onAsk({ bars, by: load.by, period, anchor })
  }
  return {
    heightPx,
    draw,
    onPress: (minute, anchor) => {
      const period = bars && loadPeriodAt(bars, { originMinute: minute, minutesPerPixel: 1 }, 0)
      if (period !== undefined) ask(period, anchor)
    },
    side: (
      <Side
        {...{ list, by, group, setGroup, bars, todayMinute, ask, setChosen }}
        chosen={isTotal ? everybody : person?.resource}
        onLevel={given.onLevel}
        show={(minute) => given.handle.current?.scrollToDate(minute)}
      />
    ),
  }
}

type SideProps = {
  list: ShownLoad | undefined
  by: LoadPeriod
  group: string
  setGroup: (group: string) => void
  chosen: string | undefined
  setChosen: (resource: string) => void
  bars: LoadBars | undefined
  todayMinute: number
  ask: (period: number, anchor: DOMRect) => void
  show: (minute: number) => void
  onLevel: () => void
}

function Side(props: SideProps) {
  const { list, by, bars, todayMinute, chosen, setChosen } = props
  return (
    <section className="hw-load" aria-label={`Load by ${by}`}>
      <header>
        <h2>Load by {by}</h2>
        <span className="hw-faint hw-small hw-ellipsis">{list ? overText(list) : ''}</span>
        <Groups {...props} />
        {list && list.overCount > 0 && (
          <button type="button" className="hw-link" onClick={props.onLevel}>
            Level…
          </button>
        )}
        <NextOverload {...props} />
      </header>
      {list?.count === 0 && (
        <p className="hw-dim hw-small">Nobody is assigned yet: open a task and say who does it.</p>
      )}
      <ul>
        {list?.people.map((person) => (
          <li key={person.resource}>
            <button
              type="button"
              aria-pressed={person.resource === chosen}
              onClick={() => setChosen(person.resource)}
            >
              <span className="hw-ellipsis">{person.name}</span>
              <span className="hw-ellipsis hw-dim">{person.group}</span>
              <Peak person={person} by={by} todayMinute={todayMinute} />
            </button>
          </li>
        ))}
        {list && list.count > 1 && (
          <li>
            <button type="button" aria-pressed={chosen === everybody} onClick={() => setChosen(everybody)}>
              <span className="hw-ellipsis">All {list.count} people together</span>
            </button>
          </li>
        )}
      </ul>
      {list && list.count > list.people.length && (
        <p className="hw-faint hw-small">
          The {list.people.length} busiest of {list.count} people.
        </p>
      )}
      {bars && <LoadTable bars={bars} by={by} todayMinute={todayMinute} />}
    </section>
  )
}

function overText({ count, overCount }: ShownLoad): string {
  if (count === 0) return ''
  return overCount === 0 ? `nobody of ${count} above 100 %` : `${overCount} of ${count} people above 100 %`
}

function Peak({ person, by, todayMinute }: { person: PersonLoad; by: LoadPeriod; todayMinute: number }) {
  const isTooMuch = person.overPeriods > 0
  if (person.peakPercent === 0) return <span className="hw-load-peak">nothing left to do</span>
  return (
    <span className="hw-load-peak" data-over={isTooMuch || undefined}>
      {isTooMuch && <IconAlertTriangle size={14} stroke={1.6} aria-hidden />}
      <b>{peakText(person)}</b>
      <span>{periodText(by, minuteOf(`${person.peakOn}T00:00:00`), todayMinute)}</span>
    </span>
  )
}

function Groups({ list, group, setGroup }: SideProps) {
  if (!list || list.groups.length < 2) return null
  return (
    <NativeSelect
      size="xs"
      aria-label="Group"
      value={group}
      onChange={(event) => setGroup(event.currentTarget.value)}
      data={[{ value: '', label: 'All groups' }, ...list.groups]}
    />
  )
}

/** The way to the overloads by keyboard: each press goes to the next one from today on. */
function NextOverload({ bars, todayMinute, ask, show }: SideProps) {
  const [at, setAt] = useState(-1)
  if (!bars) return null
  const over = bars.workMinutes.flatMap((_, period) => (isOver(bars, period) ? [period] : []))
  if (over.length === 0) return null
  const next = () =>
    over.find((period) => period > at && (at >= 0 || (bars.edges[period + 1] ?? 0) > todayMinute)) ??
    over[0] ??
    0
  return (
    <ActionIcon
      size="sm"
      variant="subtle"
      aria-label={`Next overload of ${bars.name}`}
      title="Next overload"
      onClick={(event) => {
        const period = next()
        setAt(period)
        show(bars.edges[period] ?? 0)
        ask(period, event.currentTarget.getBoundingClientRect())
      }}
    >
      <IconChevronRight size={16} stroke={1.8} aria-hidden />
    </ActionIcon>
  )
}
