import { Group, SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { LossLine, LossReport } from '../../../exchange/plan-file.ts'
import type { TableReading } from '../../../exchange/plan-table/plan-table.ts'

/** What the server says of a plan file that it has read and not yet imported. */
export type Reading = {
  fileName: string
  source: string
  /** SHA-256 of the plan as read; of a table, the table and how it is read stand instead. */
  plan?: string
  table?: string
  reading?: TableReading
  summary: Readonly<Record<string, unknown>>
  loss: LossReport
}

const levels = [
  {
    level: 'left out',
    title: 'Left out',
    means: 'Not in Helmward’s model. Kept with the file where possible, and written back on export.',
  },
  { level: 'changed', title: 'Changed', means: 'Taken in another form than the file said it.' },
  { level: 'taken', title: 'Taken', means: 'Taken over as it stands.' },
] as const

const mostLines = 300

/** The honest report before an import: how much comes, and line by line what is changed or left out. */
export function LossLines({ reading, children }: { reading: Reading; children: ReactNode }) {
  const { lines, counts } = reading.loss
  const countOf = { taken: counts.taken, changed: counts.changed, 'left out': counts.leftOut }
  const first = levels.find(({ level }) => lines.some((line) => line.level === level))?.level ?? 'taken'
  const [shown, setShown] = useState<LossLine['level']>(first)
  const chosen = lines.filter(({ level }) => level === shown)
  return (
    <div className="hw-import">
      <p className="hw-import-name">{String(reading.summary.name ?? '')}</p>
      <dl className="hw-import-facts">
        {factsOf(reading.summary).map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <SegmentedControl
        fullWidth
        aria-label="Part of the report"
        value={shown}
        onChange={(value) => setShown(value as LossLine['level'])}
        data={levels.map(({ level, title }) => ({ value: level, label: `${title} ${countOf[level]}` }))}
      />
      <p className="hw-dim hw-small">{levels.find(({ level }) => level === shown)?.means}</p>
      {chosen.length === 0 ? (
        <p className="hw-import-none">
          {shown === 'taken' ? 'Everything else in the file.' : 'Nothing. '}
          {shown !== 'taken' && 'Everything of this kind came over.'}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <ul className="hw-import-lines" tabIndex={0} aria-label={`${shown}, ${chosen.length} lines`}>
          {chosen.slice(0, mostLines).map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
            <li key={index}>
              <span>{line.text}</span>
              <span className="hw-faint hw-small">{placeOf(line)}</span>
            </li>
          ))}
          {chosen.length > mostLines && <li className="hw-dim">… and {chosen.length - mostLines} more</li>}
        </ul>
      )}
      <Group justify="flex-end" mt="lg">
        {children}
      </Group>
    </div>
  )
}

function placeOf({ where, field, line }: LossLine): string {
  const subject = where.kind === 'file' ? '' : [where.kind, where.name ?? where.uid].filter(Boolean).join(' ')
  return [subject, field, line === undefined ? '' : `line ${line}`].filter(Boolean).join(' · ')
}

const words: Record<string, string> = {
  tasks: 'Tasks',
  links: 'Links',
  resources: 'Resources',
  assignments: 'Assignments',
  calendars: 'Calendars',
  baselines: 'Baselines',
}

function factsOf(summary: Readonly<Record<string, unknown>>): { label: string; value: string }[] {
  return Object.entries(summary).flatMap(([key, value]) => {
    const label = words[key]
    if (!label || value === null || typeof value === 'object') return []
    return [{ label, value: String(value) }]
  })
}
