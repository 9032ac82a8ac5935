import { Button, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { FileRefusal } from '../../../exchange/plan-file.ts'
import { HEADINGS, type PlanColumn } from '../../../exchange/plan-table/columns.ts'
import type { TableReading } from '../../../exchange/plan-table/plan-table.ts'
import type { TableProposal } from '../../../exchange/plan-table/propose.ts'
import { ask, refusalOf } from '../../../ui/house/api.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import { keepReading, keptReading } from './import-memory.ts'
import type { Reading } from './loss-lines.tsx'

/** What the server answers of an uploaded table: no plan yet, but how one would be read from it. */
export type Upload = { fileName: string; source: string; table: string }

type Tried = {
  proposal: TableProposal
  refused?: FileRefusal
  summary?: Reading['summary']
  loss?: Reading['loss']
}

/** A person says what the columns of a table mean, and sees at once what comes of it. */
export function ImportMapping(props: {
  upload: Upload
  onRead: (reading: Reading) => void
  children: ReactNode
}) {
  const { upload, onRead } = props
  const { reading, change, tried, fault } = useTrial(upload)
  if (fault) return <Refusal refusal={{ code: fault.code, sentence: fault.message }} />
  if (!tried) return <p className="hw-dim">Looking at the columns…</p>
  const { proposal, refused, summary, loss } = tried
  const follow = () => {
    if (!summary || !loss) return
    keepReading(proposal, reading)
    onRead({ ...upload, reading, summary, loss })
  }
  return (
    <div className="hw-import">
      <p className="hw-dim">
        {proposal.rowCount} rows below row {proposal.headingRow}. Say what each column means; the rest is left
        out.
      </p>
      <Options reading={reading} proposal={proposal} change={change} />
      <ColumnChoices proposal={proposal} change={(columns) => change({ columns })} />
      <FirstRows proposal={proposal} />
      <Problems proposal={proposal} refused={refused} reading={reading} change={change} />
      <Group justify="flex-end" mt="lg">
        {props.children}
        <Button data-autofocus disabled={!summary} onClick={follow}>
          See what comes over
        </Button>
      </Group>
    </div>
  )
}

/** The reading as it is being said, and what the server makes of it. */
function useTrial(upload: Upload) {
  const [reading, setReading] = useState<TableReading>({})
  const [tried, setTried] = useState<Tried>()
  const [fault, setFault] = useState<ReturnType<typeof refusalOf>>()
  const remembered = useRef(false)
  useEffect(() => {
    const stop = new AbortController()
    ask<Tried>('schedule.readTable', { table: upload.table, reading }, { signal: stop.signal })
      .then((answer) => {
        const before = remembered.current ? undefined : keptReading(answer.proposal)
        remembered.current = true
        if (before) setReading(before)
        else setTried(answer)
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setFault(refusalOf(error))
      })
    return () => stop.abort()
  }, [upload.table, reading])
  const change = (more: TableReading) => setReading((now) => ({ ...now, ...more }))
  return { reading, change, tried, fault }
}

type Changing = { proposal: TableProposal; reading: TableReading; change: (more: TableReading) => void }

const OUTLINES = [
  { value: '', label: 'As found' },
  { value: 'level', label: 'Outline level' },
  { value: 'wbs', label: 'WBS code' },
  { value: 'indentation', label: 'Blanks before the name' },
  { value: 'none', label: 'No outline' },
]
const DAY_ORDERS = [
  { value: 'dayFirst', label: '31/12/2026' },
  { value: 'monthFirst', label: '12/31/2026' },
]

function Options({ proposal, reading, change }: Changing) {
  const { sheets, sheet, headingRow } = proposal
  return (
    <div className="hw-import-options">
      {sheets.length > 1 && (
        <NativeSelect
          label="Sheet"
          data={sheets}
          value={sheet}
          onChange={({ currentTarget }) =>
            change({ sheet: currentTarget.value, headingRow: undefined, columns: undefined })
          }
        />
      )}
      <NumberInput
        label="Headings in row"
        min={1}
        max={200_000}
        value={headingRow}
        onChange={(row) => {
          if (typeof row === 'number' && row >= 1) change({ headingRow: row, columns: undefined })
        }}
      />
      <NativeSelect
        label={proposal.dayOrderInDoubt ? 'Dates (both fit)' : 'Dates'}
        data={DAY_ORDERS}
        value={proposal.dayOrder}
        onChange={({ currentTarget }) =>
          change({ dayOrder: currentTarget.value as 'dayFirst' | 'monthFirst' })
        }
      />
      <NativeSelect
        label="Outline by"
        data={OUTLINES}
        value={reading.outline ?? ''}
        onChange={({ currentTarget }) =>
          change({ outline: (currentTarget.value || undefined) as TableReading['outline'] })
        }
      />
      <TextInput
        label="Project starts on"
        type="date"
        value={reading.start ?? ''}
        onChange={({ currentTarget }) => change({ start: currentTarget.value || undefined })}
      />
    </div>
  )
}

const FIELDS = [
  { value: '', label: 'Not read' },
  ...Object.entries(HEADINGS).map(([value, [label = value]]) => ({ value, label })),
]

function ColumnChoices(props: {
  proposal: TableProposal
  change: (columns: NonNullable<TableReading['columns']>) => void
}) {
  const { columns } = props.proposal
  const choose = (place: number, field: string) => {
    const chosen: Record<string, number | null> = {}
    for (const name of Object.keys(HEADINGS)) chosen[name] = null
    for (const column of columns)
      if (column.takenFor !== undefined && column.place !== place) chosen[column.takenFor] = column.place
    if (field !== '') chosen[field] = place
    props.change(chosen)
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="hw-import-columns" tabIndex={0} aria-label="Columns of the table">
      {columns.map(({ place, letter, heading, samples, takenFor }) => (
        <div key={place}>
          <span className="hw-import-column">
            <b>
              <span className="hw-faint">{letter}</span> {heading || 'no heading'}
            </b>
            <span className="hw-faint hw-small">{samples.join(' · ') || 'empty'}</span>
          </span>
          <NativeSelect
            aria-label={`Column ${letter} ${heading} is`}
            data={FIELDS}
            value={takenFor ?? ''}
            onChange={({ currentTarget }) => choose(place, currentTarget.value)}
          />
        </div>
      ))}
    </section>
  )
}

/** The first rows under our own names, as far as they are read. */
function FirstRows({ proposal: { columns, firstRows } }: { proposal: TableProposal }) {
  const read = columns.filter(({ takenFor }) => takenFor !== undefined)
  if (read.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="hw-import-rows" tabIndex={0} aria-label="First rows">
      <table>
        <thead>
          <tr>
            <th scope="col">Row</th>
            {read.map(({ place, takenFor }) => (
              <th key={place} scope="col">
                {labelOf(takenFor)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {firstRows.map(({ row, cells }) => (
            <tr key={row}>
              <td className="hw-faint">{row}</td>
              {read.map(({ place }) => (
                <td key={place}>{cells[place - 1]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function labelOf(column: PlanColumn | undefined): string {
  return column === undefined ? '' : (HEADINGS[column][0] ?? column)
}

function Problems(props: Changing & { refused: FileRefusal | undefined }) {
  const { proposal, refused, reading, change } = props
  const { problems, problemCount } = proposal
  const isLeftOut = reading.badCells === 'leaveOut'
  if (problemCount === 0)
    return (
      <p className="hw-import-verdict" role="status">
        {refused ? refused.sentence : 'Every cell can be read.'}
      </p>
    )
  return (
    <>
      <p className="hw-import-verdict" role="status">
        {problemCount === 1 ? 'One cell cannot be read. ' : `${problemCount} cells cannot be read. `}
        {isLeftOut && !refused ? (problemCount === 1 ? 'It is left out. ' : 'They are left out. ') : ''}
        {refused && isLeftOut ? refused.sentence : ''}
        <button
          type="button"
          className="hw-link"
          onClick={() => change({ badCells: isLeftOut ? 'refuse' : 'leaveOut' })}
        >
          {isLeftOut ? 'Stop at such cells' : problemCount === 1 ? 'Leave it out' : 'Leave them out'}
        </button>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul className="hw-import-lines" tabIndex={0} aria-label="Cells that cannot be read">
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
          <li key={index}>
            <span>{problem.text}</span>
            <span className="hw-faint hw-small">
              row {problem.row}
              {problem.column === undefined ? '' : ` · column ${problem.column}`}
            </span>
          </li>
        ))}
        {problemCount > problems.length && (
          <li className="hw-dim">… and {problemCount - problems.length} more</li>
        )}
      </ul>
    </>
  )
}
