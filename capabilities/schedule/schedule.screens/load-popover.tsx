import { Button } from '@mantine/core'
import { formatNumber } from '../../../drawing/format.ts'
import { isOver, loadPercent } from '../../../drawing/load/load.ts'
import { type Why, WhyPopover } from '../../../ui/popover-why.tsx'
import { periodText } from './load-data.ts'
import type { LoadAsked } from './load-strip.tsx'

const mostTasks = 8

/** What makes up a person's load in one period, task by task, and where it is too much the way to levelling. */
export function LoadPopover(props: {
  asked: LoadAsked | undefined
  todayMinute: number
  goTo: (task: string) => void
  onLevel: () => void
  onClose: () => void
}) {
  const { asked } = props
  return <WhyPopover why={asked && whyOf(asked, props)} anchor={asked?.anchor} onClose={props.onClose} />
}

function whyOf(
  { bars, by, period }: LoadAsked,
  given: {
    todayMinute: number
    goTo: (task: string) => void
    onLevel: () => void
    onClose: () => void
  },
): Why {
  const hours = (minutes: number | undefined) => `${formatNumber((minutes ?? 0) / 60, 1)} h`
  const tasks = bars.tasks
    .filter(({ workMinutes }) => (workMinutes[period] ?? 0) > 0)
    .toSorted((a, b) => (b.workMinutes[period] ?? 0) - (a.workMinutes[period] ?? 0))
  const percent = loadPercent(bars, period)
  const isTooMuch = isOver(bars, period)
  const other = bars.otherMinutes[period] ?? 0
  const asked = (bars.workMinutes[period] ?? 0) + other
  const when = periodText(by, bars.edges[period] ?? 0, given.todayMinute)
  const { onLevel } = given
  return {
    title: `${bars.name}, ${when}`,
    value: percent === undefined ? 'no room' : `${formatNumber(percent, 0)} %`,
    lead: `${hours(asked)} asked for, room for ${hours(bars.capacityMinutes[period])}`,
    inputs: [
      {
        label: 'Asked by',
        main: true,
        value: (
          <ul className="hw-load-parts">
            {tasks.slice(0, mostTasks).map(({ task, name, workMinutes }) => (
              <li key={task}>
                <button type="button" className="hw-link" onClick={() => given.goTo(task)}>
                  {name}
                </button>
                <b>{hours(workMinutes[period])}</b>
              </li>
            ))}
            {tasks.length > mostTasks && <li className="hw-dim">and {tasks.length - mostTasks} more</li>}
            {other > 0 && (
              <li>
                <span>Other projects</span>
                <b>{hours(other)}</b>
              </li>
            )}
          </ul>
        ),
      },
    ],
    message:
      isTooMuch && tasks.length > 0
        ? 'These tasks are selected in the plan. Later, longer or by somebody else: then it fits.'
        : 'These tasks are selected in the plan.',
    actions: isTooMuch && (
      <Button
        onClick={() => {
          given.onClose()
          onLevel()
        }}
      >
        Level…
      </Button>
    ),
    source: 'schedule.load',
  }
}
