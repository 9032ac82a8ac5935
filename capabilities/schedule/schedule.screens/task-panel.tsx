import { CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { read } from '../../../ui/house/api.ts'
import { askKey, instantOf, useAsOf } from '../../../ui/house/data.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import type { PlanEdits } from './plan-edits.ts'
import type { Shown } from './plan-rows.ts'
import { Assignments } from './task-panel-assignments.tsx'
import { Constraint } from './task-panel-constraint.tsx'
import { General, Notes, ProgressFields } from './task-panel-fields.tsx'
import { Links } from './task-panel-links.tsx'
import type { Part, StoredTask } from './task-part.ts'

/** Everything of one task beside the plan: open with Enter, closed with Esc, each field saved as it is left. */
export function TaskPanel(props: {
  shown: Shown
  id: string
  step: PlanEdits['step']
  rights: { write: boolean; progress: boolean }
  onOpen: (id: string) => void
  onClose: () => void
}) {
  const { shown, id, onClose } = props
  const asOf = useAsOf()
  const { data: stored } = useQuery({
    queryKey: askKey('records/task', id, asOf),
    queryFn: ({ signal }) => {
      const moment = instantOf(asOf)
      return read<StoredTask>(
        `/api/records/task/${id}${moment ? `?asOf=${encodeURIComponent(moment)}` : ''}`,
        signal,
      )
    },
    retry: false,
  })
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus({ preventScroll: true }), [])
  usePageKeys('Task', [{ keys: 'Esc', does: 'close the task', run: onClose }])
  const task = shown.tasks.find((one) => one.id === id)
  if (!task) return null
  const part: Part = { ...props, task, stored }
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="hw-panel"
      aria-label={`Task ${task.name}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <header>
        <span className="hw-faint">{task.wbs}</span>
        <h2>{task.name}</h2>
        <CloseButton aria-label="Close the task" title="Close  Esc" onClick={onClose} />
      </header>
      <div className="hw-panel-body">
        <General {...part} />
        {!task.summary && (
          <>
            <Section title="Progress">
              <ProgressFields {...part} />
            </Section>
            <Section title="Constraint and deadline">
              <Constraint {...part} />
            </Section>
          </>
        )}
        <Section title="Waits for">
          <Links {...part} side="predecessor" />
        </Section>
        <Section title="Lets go">
          <Links {...part} side="successor" />
        </Section>
        {!task.summary && (
          <Section title="Who does it">
            <Assignments {...part} />
          </Section>
        )}
        <Section title="Notes">
          <Notes key={stored?.seq} {...part} />
        </Section>
      </div>
    </aside>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
