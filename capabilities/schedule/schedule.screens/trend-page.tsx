import './health.css'
import { Select } from '@mantine/core'
import { IconDownload, IconTrendingUp } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { drawTrend } from '../../../drawing/trend/trend.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { Empty } from '../../../ui/empty.tsx'
import { ask, refusalOf } from '../../../ui/house/api.ts'
import { wallMinuteNow } from '../../../ui/house/clock.ts'
import { askKey, instantOf, useAsk, useAsOf } from '../../../ui/house/data.ts'
import { nameBeside, useTopBarActions, useWhere } from '../../../ui/house/where.ts'
import { type Why, WhyPopover } from '../../../ui/popover-why.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { openingLines, trendLine } from '../schedule.rules/trend-lines.ts'
import { saveTable, trendTable } from './health-export.ts'
import { stepWords } from './health-score.tsx'
import { dayWords } from './health-words.ts'
import { type Milestone, slipWords, type Trend } from './trend-lines.ts'
import { PictureSvg } from './trend-picture.tsx'
import { TrendTable } from './trend-table.tsx'
import { useWidth } from './trend-width.ts'

/** How the forecast of each milestone has moved from reporting day to reporting day. */
export function TrendPage() {
  const { project } = useParams({ strict: false }) as { project: string }
  return <TrendOf key={project} project={project} />
}

type Named = { id: string; name: string; code: string | null }

function TrendOf({ project }: { project: string }) {
  const { data: projects } = useAsk<readonly Named[]>('project.list', {})
  const [everyWeeks, setEveryWeeks] = useState(1)
  const { data: trend, error } = useTrend(project, everyWeeks)
  const name = projects?.find(({ id }) => id === project) ?? { name: '', code: null }
  useWhere({
    project,
    crumbs: [
      { label: nameBeside(name), ...(name.code ? { code: name.code } : {}), to: '/projects' },
      { label: 'Milestones' },
    ],
  })
  const save = () => trend && saveTable(`${name.name} milestone trend`, trendTable(trend))
  useTopBarActions([{ label: 'Export as CSV', icon: IconDownload, run: () => void save() }])
  if (error) {
    const { code, message } = refusalOf(error)
    return (
      <div className="hw-page">
        <Refusal refusal={{ code, sentence: message }} />
      </div>
    )
  }
  return (
    <div className="hw-health-page">
      <h1 className="hw-hidden">Milestone trend of {name.name}</h1>
      <div className="hw-health-bar" role="toolbar" aria-label="Milestone trend">
        <Select
          size="xs"
          w={150}
          aria-label="Reporting days"
          allowDeselect={false}
          data={STEPS}
          value={String(everyWeeks)}
          onChange={(value) => value !== null && setEveryWeeks(Number(value))}
        />
        {trend && <span className="hw-dim hw-small">{daysWords(trend)}</span>}
      </div>
      {trend ? (
        <Open key={trend.baseline} project={project} trend={trend} />
      ) : (
        <div className="hw-page">
          <Progress work={{ title: 'Calculating the plan as it was on each reporting day' }} />
        </div>
      )}
    </div>
  )
}

const STEPS = [
  { value: '1', label: 'Every week' },
  { value: '2', label: 'Every two weeks' },
  { value: '4', label: 'Every four weeks' },
]

function useTrend(project: string, everyWeeks: number) {
  const asOf = useAsOf()
  const input = { project, everyWeeks }
  return useQuery({
    queryKey: askKey('schedule.trend', input, asOf),
    queryFn: ({ signal }) => ask<Trend>('schedule.trend', input, { asOf: instantOf(asOf), signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

function daysWords({ days, everyWeeks }: Trend): string {
  const first = days[0]
  if (!first) return ''
  const from =
    days.length === 1 ? dayWords(first.day) : `${days.length} reporting days since ${dayWords(first.day)}`
  return everyWeeks > 4 ? `${from}, ${stepWords(everyWeeks)}` : from
}

function Open({ project, trend }: { project: string; trend: Trend }) {
  const [shown, setShown] = useState(() => openingLines(trend))
  const [selected, setSelected] = useState<string | undefined>(undefined)
  const [asked, setAsked] = useState<{ id: string; anchor: DOMRect } | undefined>(undefined)
  const why = trend.milestones.find(({ id }) => id === asked?.id)
  if (trend.milestones.length === 1) {
    return (
      <Empty
        icon={<IconTrendingUp size={26} stroke={1.4} />}
        title="No milestones yet"
        sentence="A milestone is a task without duration. From week to week you see here what was forecast for each: a level line keeps its date, a rising one slips."
      />
    )
  }
  const show = (id: string, isShown: boolean) =>
    setShown((before) => new Set(isShown ? [...before, id] : [...before].filter((each) => each !== id)))
  return (
    <div className="hw-health-main">
      <Chart trend={trend} shown={shown} selected={selected} />
      <TrendTable
        project={project}
        trend={trend}
        shown={shown}
        selected={selected}
        onShow={show}
        onSelect={setSelected}
        onWhy={({ id }, anchor) => setAsked({ id, anchor })}
      />
      <WhyPopover
        why={why && whyForecast(trend, why)}
        anchor={asked?.anchor}
        onClose={() => setAsked(undefined)}
      />
    </div>
  )
}

const CHART_PX = { wide: 400, narrow: 300 }

function Chart(props: { trend: Trend; shown: ReadonlySet<string>; selected: string | undefined }) {
  const { trend, shown, selected } = props
  const asOf = useAsOf()
  const [box, widthPx] = useWidth<HTMLDivElement>()
  const todayMinute = useMemo(
    () => (asOf === undefined ? wallMinuteNow() : minuteOf(`${asOf}T17:00:00`)),
    [asOf],
  )
  const picture = useMemo(() => {
    const lines = trend.milestones.filter(({ id }) => shown.has(id)).map((each) => trendLine(trend, each))
    const isShown = selected !== undefined && shown.has(selected)
    return drawTrend({
      lines,
      widthPx,
      heightPx: widthPx < 640 ? CHART_PX.narrow : CHART_PX.wide,
      minutesPerDay: trend.minutesPerDay,
      todayMinute,
      ...(isShown ? { selectedId: selected } : {}),
    })
  }, [trend, shown, selected, widthPx, todayMinute])
  return (
    <section className="hw-card" aria-label="Milestone trend chart">
      <header>
        Milestone trend
        <span className="hw-dim hw-small hw-wide-only">
          right: day of the report · up: date forecast on it · dashed: reached
        </span>
      </header>
      <div className="hw-health-trend" ref={box}>
        <p className="hw-trend-text">{trend.text}</p>
        {widthPx > 0 && <PictureSvg picture={picture} label={`Milestone trend chart. ${trend.text}`} />}
      </div>
    </section>
  )
}

function whyForecast(trend: Trend, milestone: Milestone): Why {
  const { name, forecast, baseline, forecasts, slipMinutes, movedMinutes } = milestone
  const moves = trend.days.flatMap(({ day, seq }, index) => {
    const [before, now] = [forecasts[index - 1] ?? null, forecasts[index] ?? null]
    return before === null || now === null || before === now ? [] : [{ day, seq, now }]
  })
  return {
    title: name,
    value: dayWords(forecast),
    lead: 'Calculated from the plan as it stood at the end of each reporting day.',
    inputs: [
      {
        label: 'Baseline',
        value: baseline === null ? 'none' : `${dayWords(baseline)} (no. ${trend.baseline})`,
      },
      {
        label: 'Slip',
        main: (slipMinutes ?? 0) > 0,
        value: `${slipWords(slipMinutes, trend.minutesPerDay)} working days`,
      },
      { label: 'Moved', value: `${slipWords(movedMinutes, trend.minutesPerDay)} d since the first report` },
      ...moves.slice(-4).map(({ day, seq, now }) => ({
        label: dayWords(day),
        value: `became ${dayWords(now)}, at change ${seq}`,
      })),
    ],
    source: `schedule.trend, change ${trend.seq}`,
  }
}
