import { Checkbox } from '@mantine/core'
import { HealthChip } from '../../../ui/chips.tsx'
import { PlanLink } from './health-plan-link.tsx'
import { dayWords } from './health-words.ts'
import { forecastBefore, type Milestone, slipWords, stateOf, type Trend } from './trend-lines.ts'

type Given = {
  project: string
  trend: Trend
  shown: ReadonlySet<string>
  selected: string | undefined
  onShow: (id: string, isShown: boolean) => void
  onSelect: (id: string | undefined) => void
  onWhy: (milestone: Milestone, anchor: DOMRect) => void
}

/** The chart as a table: what was agreed, what was forecast at first, four weeks ago and now. */
export function TrendTable(given: Given) {
  return (
    <section className="hw-card hw-health-table" aria-label="Milestones">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="hw-hidden">In the chart</span>
            </th>
            <th scope="col">Milestone</th>
            <th scope="col" className="hw-num hw-wide-only">
              Baseline
            </th>
            <th scope="col" className="hw-num hw-wide-only">
              Forecast at first
            </th>
            <th scope="col" className="hw-num hw-wide-only">
              Four weeks ago
            </th>
            <th scope="col" className="hw-num">
              Now
            </th>
            <th scope="col" className="hw-num">
              Slip, d
            </th>
            <th scope="col" className="hw-num hw-wide-only">
              Moved, d
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {given.trend.milestones.map((milestone) => (
            <Row key={milestone.id} {...given} milestone={milestone} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row(props: Given & { milestone: Milestone }) {
  const { project, trend, shown, selected, onShow, onSelect, onWhy, milestone } = props
  const { id, name, wbs, isEnd, baseline, forecasts, forecast, slipMinutes, movedMinutes } = milestone
  const first = forecasts.find((each) => each !== null) ?? null
  const before = forecastBefore(trend, milestone, 28)
  return (
    <tr
      {...(id === selected ? { 'data-selected': true } : {})}
      onMouseEnter={() => onSelect(id)}
      onMouseLeave={() => onSelect(undefined)}
      onFocus={() => onSelect(id)}
    >
      <td>
        <Checkbox
          size="xs"
          aria-label={`${name} in the chart`}
          checked={shown.has(id)}
          onChange={(event) => onShow(id, event.currentTarget.checked)}
        />
      </td>
      <th scope="row">
        {isEnd ? (
          <b>{name}</b>
        ) : (
          <>
            <span className="hw-faint">{wbs}</span>{' '}
            <PlanLink project={project} task={id}>
              {name}
            </PlanLink>
          </>
        )}
      </th>
      <td className="hw-num hw-dim hw-wide-only">{baseline === null ? '–' : dayWords(baseline)}</td>
      <td className="hw-num hw-dim hw-wide-only">{first === null ? '–' : dayWords(first)}</td>
      <td className="hw-num hw-dim hw-wide-only">{before === null ? '–' : dayWords(before)}</td>
      <td className="hw-num">
        <button
          type="button"
          className="hw-health-value"
          aria-label={`${dayWords(forecast)}: what it rests on`}
          onClick={(event) => onWhy(milestone, event.currentTarget.getBoundingClientRect())}
        >
          {dayWords(forecast)}
        </button>
      </td>
      <td className={`hw-num${(slipMinutes ?? 0) > 0 && !milestone.done ? ' hw-late' : ''}`}>
        {slipWords(slipMinutes, trend.minutesPerDay)}
      </td>
      <td className="hw-num hw-dim hw-wide-only">{slipWords(movedMinutes, trend.minutesPerDay)}</td>
      <td>
        <HealthChip {...stateOf(milestone)} />
      </td>
    </tr>
  )
}
