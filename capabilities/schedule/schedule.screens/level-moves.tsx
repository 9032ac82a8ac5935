import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { minuteOf, timeOf } from '../../../kernel/day.ts'
import { Chip } from '../../../ui/chips.tsx'
import { PlanLink } from './health-plan-link.tsx'
import type { Move, Preview } from './level-search.ts'
import { partsText, shortDayOf, slipOf, wayOf } from './level-words.ts'

type Given = {
  preview: Preview
  minutesPerDay: number
  dropped: ReadonlySet<string>
  /** Absent for those who may only look. */
  onDropped?: ((dropped: ReadonlySet<string>) => void) | undefined
}

const FIRST_ROWS = 150

/** Each task that would move: from when to when, by how much and why, as a row and as a bar. */
export function MovesTable({ preview, minutesPerDay, dropped, onDropped }: Given) {
  const [showsAll, setShowsAll] = useState(false)
  const { moves, projects } = preview
  const shown = showsAll ? moves : moves.slice(0, FIRST_ROWS)
  const span = spanOf(moves)
  const nameOf = new Map(projects.map(({ project, name }) => [project, name]))
  const toggle = (task: string) => {
    const next = new Set(dropped)
    if (!next.delete(task)) next.add(task)
    onDropped?.(next)
  }
  const isAll = dropped.size === 0
  return (
    <section className="hw-card hw-level-table" aria-label="Tasks that move">
      <table>
        <thead>
          <tr>
            {onDropped && (
              <th>
                <Checkbox
                  size="xs"
                  aria-label="All tasks"
                  checked={isAll}
                  indeterminate={!isAll && dropped.size < moves.length}
                  onChange={() => onDropped(isAll ? new Set(moves.map(({ task }) => task)) : new Set())}
                />
              </th>
            )}
            <th>Task</th>
            <th className="hw-num">From</th>
            <th className="hw-num">To</th>
            <th className="hw-num">Days</th>
            <th>Why</th>
            <th className="hw-level-strip">
              <span className="hw-hidden">As a bar</span>
              <span aria-hidden>
                {shortDayOf(timeOf(span.from))}
                <i />
                {shortDayOf(timeOf(span.to))}
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((move) => (
            <tr key={move.task} data-dropped={dropped.has(move.task) || undefined}>
              {onDropped && (
                <td>
                  <Checkbox
                    size="xs"
                    aria-label={`Accept ${move.name}`}
                    checked={!dropped.has(move.task)}
                    onChange={() => toggle(move.task)}
                  />
                </td>
              )}
              <MoveCells
                move={move}
                minutesPerDay={minutesPerDay}
                project={projects.length > 1 ? nameOf.get(move.project) : undefined}
              />
              <td className="hw-level-strip">
                <Strip move={move} span={span} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < moves.length && (
        <button type="button" className="hw-link hw-level-more" onClick={() => setShowsAll(true)}>
          Show all {moves.length} tasks
        </button>
      )}
    </section>
  )
}

function MoveCells(props: { move: Move; minutesPerDay: number; project: string | undefined }) {
  const { move, minutesPerDay, project } = props
  const way = wayOf(move)
  const parts = partsText(move)
  return (
    <>
      <th scope="row">
        <PlanLink project={move.project} task={move.task}>
          {move.name}
        </PlanLink>{' '}
        {project && <Chip>{project}</Chip>}
      </th>
      <td className="hw-num" title={way.what}>
        {shortDayOf(way.from)}
      </td>
      <td className="hw-num" title={way.what}>
        {shortDayOf(way.to)}
      </td>
      <td
        className={`hw-num ${move.movedMinutes > 0 ? 'hw-late' : move.movedMinutes < 0 ? 'hw-better' : ''}`}
      >
        {slipOf(move, minutesPerDay)}
      </td>
      <td className="hw-level-why">
        {move.why} {parts && <span className="hw-dim">{parts}</span>}
      </td>
    </>
  )
}

type Span = { readonly from: number; readonly to: number }

function spanOf(moves: readonly Move[]): Span {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const move of moves) {
    from = Math.min(from, minuteOf(move.from), minuteOf(move.to))
    to = Math.max(to, minuteOf(move.fromFinish), minuteOf(move.toFinish))
  }
  return { from, to: Math.max(to, from + 1) }
}

/** Where the task was, as a ghost, and above it where it would be, in its parts. The table says the same in words. */
function Strip({ move, span }: { move: Move; span: Span }) {
  const place = (from: string, to: string) => {
    const share = (time: string) => ((minuteOf(time) - span.from) / (span.to - span.from)) * 100
    return { left: `${share(from)}%`, width: `max(3px, ${share(to) - share(from)}%)` }
  }
  const parts = move.parts.length > 0 ? move.parts : [{ from: move.to, to: move.toFinish }]
  return (
    <div className="hw-strip" aria-hidden>
      <i className="hw-strip-ghost" style={place(move.from, move.fromFinish)} />
      {move.parts.length > 0 && <i className="hw-strip-thread" style={place(move.to, move.toFinish)} />}
      {parts.map(({ from, to }) => (
        <i key={from} className="hw-strip-bar" style={place(from, to)} />
      ))}
    </div>
  )
}
