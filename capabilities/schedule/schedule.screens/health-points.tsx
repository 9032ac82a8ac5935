import { HealthChip } from '../../../ui/chips.tsx'
import { type Checked, figureText, limitText, type Point, resultOf } from './health-words.ts'

/** The fourteen points as a table; a row opens its point beside it. */
export function PointTable(props: {
  checked: Checked
  opened: number | undefined
  onOpen: (number: number) => void
  onWhy: (point: Point, anchor: DOMRect) => void
}) {
  const { checked, opened, onOpen, onWhy } = props
  return (
    <section className="hw-card hw-health-table" aria-label="Fourteen points">
      <table>
        <thead>
          <tr>
            <th scope="col" className="hw-num">
              No.
            </th>
            <th scope="col">Point</th>
            <th scope="col" className="hw-num">
              Value
            </th>
            <th scope="col" className="hw-num hw-wide-only">
              Limit
            </th>
            <th scope="col" className="hw-num hw-wide-only">
              Counted
            </th>
            <th scope="col">Result</th>
            <th scope="col" className="hw-num">
              Offenders
            </th>
          </tr>
        </thead>
        <tbody>
          {checked.points.map((point) => (
            <tr key={point.number} {...(point.number === opened ? { 'data-selected': true } : {})}>
              <td className="hw-num hw-faint">{point.number}</td>
              <th scope="row">
                <button
                  type="button"
                  className="hw-health-name"
                  aria-expanded={point.number === opened}
                  onClick={() => onOpen(point.number)}
                >
                  {point.name}
                </button>
                <p className="hw-dim hw-small hw-wide-only">{point.about}</p>
              </th>
              <td className="hw-num">
                <button
                  type="button"
                  className="hw-health-value"
                  aria-label={`${figureText(point.value, point.unit)}: what it rests on`}
                  onClick={(event) => onWhy(point, event.currentTarget.getBoundingClientRect())}
                >
                  {figureText(point.value, point.unit)}
                </button>
              </td>
              <td className="hw-num hw-dim hw-wide-only">{limitText(point)}</td>
              <td className="hw-num hw-dim hw-wide-only">
                {point.count === undefined ? '' : `${point.count} of ${point.of ?? 0}`}
              </td>
              <td>
                <HealthChip {...resultOf(point)} />
              </td>
              <td className="hw-num">
                {point.offenders.length > 0 && (
                  <button
                    type="button"
                    className="hw-link"
                    aria-label={`${point.offenders.length} offenders of ${point.name}`}
                    onClick={() => onOpen(point.number)}
                  >
                    {point.offenders.length}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
