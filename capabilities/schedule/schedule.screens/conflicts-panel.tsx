import './panels.css'
import { Button, CloseButton } from '@mantine/core'
import { Fragment, useEffect, useRef, useState } from 'react'
import { refusalOf } from '../../../ui/house/api.ts'
import { tellRefusal } from '../../../ui/house/changes.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import type { ConflictKind, ConflictView } from '../schedule.rules/conflicts.ts'
import { type ShownConflicts, useConflicts } from './conflicts-count.ts'
import type { PlanPanelProps } from './plan-panel.ts'

const pageSize = 50

/** Everything that conflicts in the plan, by kind: each with its tasks and what would mend it. */
export function ConflictsPanel(props: PlanPanelProps) {
  const { shown, onClose } = props
  const [kind, setKind] = useState<ConflictKind | undefined>(undefined)
  const [limit, setLimit] = useState(pageSize)
  const { data, error } = useConflicts(shown.project.id, { limit, ...(kind ? { kinds: [kind] } : {}) })
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus({ preventScroll: true }), [])
  const choose = (next: ConflictKind | undefined) => {
    setKind(next)
    setLimit(pageSize)
  }
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="hw-panel"
      aria-label="Conflicts"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <header>
        <h2>Conflicts</h2>
        <span className="hw-faint hw-small">{data ? countText(data.count) : ''}</span>
        <CloseButton aria-label="Close the conflicts" title="Close  Esc" onClick={onClose} />
      </header>
      <div className="hw-panel-body">
        {error && <Refusal refusal={{ code: refusalOf(error).code, sentence: refusalOf(error).message }} />}
        {data && data.count > 0 && <Kinds data={data} kind={kind} onChoose={choose} />}
        {data?.count === 0 && (
          <p className="hw-dim">
            Nothing conflicts: all links, constraints and deadlines are kept, and nobody has too much to do.
          </p>
        )}
        {data && <Groups {...props} data={data} />}
        {data && data.matching > data.conflicts.length && (
          <Button size="xs" variant="default" mt={12} onClick={() => setLimit(Math.min(limit * 4, 500))}>
            {data.conflicts.length >= 500
              ? `${data.matching - 500} more: choose a kind, or mend some of these first`
              : `Show more of ${data.matching}`}
          </Button>
        )}
      </div>
    </aside>
  )
}

function countText(count: number): string {
  return count === 0 ? 'none' : String(count)
}

function Kinds(props: {
  data: ShownConflicts
  kind: ConflictKind | undefined
  onChoose: (kind: ConflictKind | undefined) => void
}) {
  const { data, kind, onChoose } = props
  if (data.counts.length < 2) return null
  return (
    <fieldset className="hw-conflict-kinds">
      <legend className="hw-hidden">Kinds of conflicts</legend>
      {data.counts.map((one) => (
        <button
          key={one.kind}
          type="button"
          aria-pressed={kind === one.kind}
          onClick={() => onChoose(kind === one.kind ? undefined : one.kind)}
        >
          {one.title} <b>{one.count}</b>
        </button>
      ))}
    </fieldset>
  )
}

function Groups(props: PlanPanelProps & { data: ShownConflicts }) {
  const { data } = props
  return data.counts.map(({ kind, title }) => {
    const own = data.conflicts.filter((conflict) => conflict.kind === kind)
    if (own.length === 0) return null
    return (
      <section key={kind} aria-label={title}>
        <h3>{title}</h3>
        <ul className="hw-conflicts">
          {own.map((conflict) => (
            <ConflictItem key={conflict.id} {...props} conflict={conflict} />
          ))}
        </ul>
      </section>
    )
  })
}

function ConflictItem(props: PlanPanelProps & { conflict: ConflictView }) {
  const { conflict, select, onClose } = props
  const { sentence, tasks, chain, fixes } = conflict
  return (
    <li>
      <button
        type="button"
        className="hw-conflict-text"
        title="Select these tasks in the plan"
        onClick={() => {
          select(tasks.map(({ id }) => id))
          // Where the panel lies over the plan it steps aside.
          if (window.innerWidth <= 1100) onClose()
        }}
      >
        {sentence}
      </button>
      {chain.length > 1 && <Chain {...props} />}
      <div className="hw-conflict-fixes">
        {fixes.map((fix) => (
          <Fix key={fix.title} {...props} fix={fix} />
        ))}
      </div>
    </li>
  )
}

function Fix({ fix, rights, step, onLevel }: PlanPanelProps & { fix: ConflictView['fixes'][number] }) {
  if (!('action' in fix || 'preview' in fix)) return <span>{fix.title}</span>
  if ('action' in fix && !rights.write) return null
  const mend = async () => {
    if (!('action' in fix)) return onLevel()
    const { action, input, title } = fix
    const refusal = await step({ action, input, words: `${title}: done.` })
    if (refusal) tellRefusal(Object.assign(new Error(refusal.sentence), { code: refusal.code }))
  }
  return (
    <Button size="compact-xs" variant="default" onClick={() => void mend()}>
      {fix.title}
    </Button>
  )
}

const mostShown = 4

/** What leads to the conflict; of a long chain its first and last steps until one asks for all. */
function Chain({ conflict, goTo }: PlanPanelProps & { conflict: ConflictView }) {
  const [isWhole, setWhole] = useState(false)
  const { chain } = conflict
  const isCut = !isWhole && chain.length > mostShown + 1
  const shown = isCut ? [...chain.slice(0, 2), ...chain.slice(-2)] : chain
  return (
    <ol className="hw-conflict-chain">
      {shown.map(({ id, name, sentence }, place) => (
        <Fragment key={id}>
          {isCut && place === 2 && (
            <li>
              <button type="button" className="hw-link hw-faint" onClick={() => setWhole(true)}>
                {chain.length - mostShown} more between
              </button>
            </li>
          )}
          <li>
            <button type="button" className="hw-link" onClick={() => goTo(id)}>
              {name}
            </button>{' '}
            <span className="hw-faint">{sentence}</span>
          </li>
        </Fragment>
      ))}
    </ol>
  )
}
