import { Button, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { useState } from 'react'
import type { HealthEdits, LimitLevel } from './health-edits.ts'
import type { Limit } from './health-words.ts'

/** The limits of one point, changed in place: for this project or, by those who may, for all. */
export function HealthLimits(props: {
  limits: readonly Limit[]
  rights: { write: boolean; share: boolean }
  onSet: HealthEdits['setLimit']
}) {
  const { limits, rights, onSet } = props
  const [level, setLevel] = useState<LimitLevel>('project')
  return (
    <div className="hw-health-limits">
      {rights.write && rights.share && (
        <SegmentedControl
          size="xs"
          aria-label="Whom a new limit is for"
          data={[
            { value: 'project', label: 'This project' },
            { value: 'workspace', label: 'All projects' },
          ]}
          value={level}
          onChange={(value) => setLevel(value as LimitLevel)}
        />
      )}
      {limits.map((limit) => (
        <LimitLine
          key={`${limit.name}/${level}`}
          limit={limit}
          level={level}
          mayWrite={rights.write}
          onSet={onSet}
        />
      ))}
    </div>
  )
}

type Line = { limit: Limit; level: LimitLevel; mayWrite: boolean; onSet: HealthEdits['setLimit'] }

function LimitLine({ limit, level, mayWrite, onSet }: Line) {
  const said = limit[level]
  return (
    <div className="hw-health-limit">
      {mayWrite ? (
        <LimitInput limit={limit} level={level} onSet={onSet} />
      ) : (
        <p>
          {limit.title}: <b>{shown(limit.value, limit)}</b>
        </p>
      )}
      <p className="hw-dim hw-small">
        {originOf(limit)}
        {mayWrite && said !== null && (
          <>
            {' '}
            <Button size="compact-xs" variant="subtle" onClick={() => void onSet(limit, null, level)}>
              {level === 'project' ? 'Follow the others again' : 'Back to the usual'}
            </Button>
          </>
        )}
      </p>
    </div>
  )
}

function LimitInput({ limit, level, onSet }: Omit<Line, 'mayWrite'>) {
  const now = limit[level] ?? limit.value
  const [typed, setTyped] = useState<number | string>(now)
  if (limit.name === 'logicOf') {
    return (
      <Select
        size="xs"
        label={limit.title}
        allowDeselect={false}
        data={[
          { value: 'incomplete', label: 'unfinished tasks' },
          { value: 'all', label: 'all tasks' },
        ]}
        value={String(now)}
        onChange={(value) => value !== null && value !== now && void onSet(limit, value, level)}
      />
    )
  }
  const save = () => {
    if (typeof typed === 'number' && typed !== now) void onSet(limit, typed, level)
  }
  return (
    <NumberInput
      size="xs"
      label={`${limit.title}${limit.unit ? ` (${limit.unit})` : ''}`}
      min={0}
      max={limit.unit === '%' ? 100 : limit.unit === null ? 10 : 100_000}
      step={limit.unit === null ? 0.05 : 1}
      value={typed}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        if (event.key !== 'Escape' || typed === now) return
        // The first Esc takes the typing back, the next closes the panel.
        event.preventDefault()
        event.stopPropagation()
        setTyped(now)
      }}
    />
  )
}

function originOf(limit: Limit): string {
  const usual = `usual ${shown(limit.usual, limit)}`
  if (limit.project !== null) {
    const others =
      limit.workspace === null ? usual : `all projects ${shown(limit.workspace, limit)}, ${usual}`
    return `Said for this project; ${others}.`
  }
  if (limit.workspace !== null) return `Said for all projects; ${usual}.`
  return 'The usual limit of the DCMA.'
}

function shown(value: number | string, { unit, name }: Limit): string {
  if (name === 'logicOf') return value === 'all' ? 'all tasks' : 'unfinished tasks'
  return `${value}${unit === '%' ? ' %' : unit === null ? '' : ' d'}`
}
