import { formatNumber } from '../../../drawing/format.ts'
import { isOver, type LoadBars, loadPercent } from '../../../drawing/load/load.ts'
import type { LoadPeriod } from '../schedule.rules/load.ts'
import { periodText } from './load-data.ts'

const mostRows = 400

/** The picture in words, for people who do not see it: one sentence and a row a period that holds work. */
export function LoadTable({
  bars,
  by,
  todayMinute,
}: {
  bars: LoadBars
  by: LoadPeriod
  todayMinute: number
}) {
  const busy = bars.workMinutes.flatMap((minutes, p) =>
    minutes > 0 || (bars.otherMinutes[p] ?? 0) > 0 ? [p] : [],
  )
  const over = busy.filter((p) => isOver(bars, p))
  const hours = (minutes: number | undefined) => formatNumber((minutes ?? 0) / 60, 1)
  const nameOf = (p: number) => periodText(by, bars.edges[p] ?? 0, todayMinute)
  const share = (p: number) => {
    const percent = loadPercent(bars, p)
    return percent === undefined ? 'no room' : `${formatNumber(percent, 0)} %`
  }
  return (
    <div className="hw-hidden">
      <table>
        <caption>
          {bars.name} works in {busy.length} of {bars.workMinutes.length} periods
          {over.length === 0
            ? ' and has nowhere too much to do.'
            : `; ${over.length} hold more than there is room for.`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Period</th>
            <th scope="col">This project, hours</th>
            <th scope="col">Other projects, hours</th>
            <th scope="col">Room, hours</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {busy.slice(0, mostRows).map((p) => (
            <tr key={bars.edges[p]}>
              <th scope="row">{nameOf(p)}</th>
              <td>{hours(bars.workMinutes[p])}</td>
              <td>{hours(bars.otherMinutes[p])}</td>
              <td>{hours(bars.capacityMinutes[p])}</td>
              <td>{isOver(bars, p) ? `${share(p)}, too much` : share(p)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
