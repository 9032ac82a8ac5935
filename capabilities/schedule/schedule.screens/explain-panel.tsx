import './panels.css'
import { Button, CloseButton } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { formatDay, formatDays } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { ask, refusalOf } from '../../../ui/house/api.ts'
import { askKey, instantOf, useAsOf } from '../../../ui/house/data.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import type { Explained, ExplainedStep } from '../schedule.rules/explain.ts'
import { afterName, capital, roomText } from './explain-words.tsx'
import type { Shown } from './plan-rows.ts'

type Given = {
  shown: Shown
  task: string
  goTo: (task: string) => void
  onTrace: (task: string) => void
  /** Explains another task instead. */
  onAsk: (task: string) => void
  onClose: () => void
}

/** Why a task stands where it stands, whole: the chain from its beginning, the next limit, and what could give way. */
export function ExplainPanel(given: Given) {
  const { shown, task, onClose } = given
  const asOf = useAsOf()
  const input = { project: shown.project.id, task }
  const { data, error } = useQuery({
    queryKey: askKey('schedule.explain', input, asOf),
    queryFn: ({ signal }) => ask<Explained>('schedule.explain', input, { asOf: instantOf(asOf), signal }),
    retry: false,
  })
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus({ preventScroll: true }), [])
  const name = shown.tasks.find(({ id }) => id === task)?.name ?? ''
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="hw-panel"
      aria-label={`Why ${name} has its dates`}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <header>
        <h2>{data?.title ?? `Why “${name}”?`}</h2>
        <CloseButton aria-label="Close the explanation" title="Close  Esc" onClick={onClose} />
      </header>
      <div className="hw-panel-body">
        {error && <Refusal refusal={{ code: refusalOf(error).code, sentence: refusalOf(error).message }} />}
        {data && <Answer key={task} {...given} explained={data} />}
      </div>
    </aside>
  )
}

function Answer(given: Given & { explained: Explained }) {
  const { explained, shown, task, goTo, onTrace, onAsk } = given
  const { nextLimit, earlier } = explained
  const days = (minutes: number) => `${formatDays(minutes, shown.project.minutesPerDay)} d`
  return (
    <>
      <p className="hw-message">{roomText(explained, shown.project.minutesPerDay)}</p>
      <Button
        size="xs"
        mt={10}
        variant="default"
        leftSection={<IconRoute size={16} stroke={1.6} />}
        rightSection={<kbd>t</kbd>}
        onClick={() => onTrace(task)}
      >
        Trace path
      </Button>
      <section aria-label="The chain">
        <h3>How it comes to its date</h3>
        <Chain {...given} />
      </section>
      <section aria-label="Next limit">
        <h3>Next limit</h3>
        {nextLimit ? (
          <p>
            {capital(nextLimit.text)}.{' '}
            {nextLimit.task !== null && <Follow id={nextLimit.task} name="Show" goTo={goTo} />}
          </p>
        ) : (
          <p>None: nothing else holds it.</p>
        )}
      </section>
      <section aria-label="To finish earlier">
        <h3>To finish earlier</h3>
        <p>{earlier.sentence}</p>
        <ul className="hw-levers">
          {earlier.levers.map(({ task: id, name, text, gainMinutes }) => (
            <li key={`${id} ${text}`}>
              <button type="button" className="hw-link" onClick={() => onAsk(id)}>
                {name}
              </button>
              <b>{gainMinutes === null ? '' : days(gainMinutes)}</b>
              <span className="hw-dim hw-small">{text}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

const mostEnds = 6

/** From what begins the chain down to the task; of a long one both ends until one asks for what lies between. */
function Chain({ explained, shown, goTo, onAsk }: Given & { explained: Explained }) {
  const [isWhole, setWhole] = useState(false)
  const steps = explained.chain.toReversed()
  const isCut = !isWhole && steps.length > 2 * mostEnds + 1
  const first = isCut ? steps.slice(0, mostEnds) : steps
  const last = isCut ? steps.slice(-mostEnds) : []
  const line = (step: ExplainedStep) => (
    <Step key={`${step.task} ${step.sentence}`} {...{ step, shown, goTo, onAsk }} />
  )
  return (
    <ol className="hw-steps">
      {first.map(line)}
      {isCut && (
        <li className="hw-more">
          <button type="button" className="hw-link" onClick={() => setWhole(true)}>
            Show {steps.length - 2 * mostEnds} steps between
          </button>
        </li>
      )}
      {last.map(line)}
    </ol>
  )
}

function Step(props: {
  step: ExplainedStep
  shown: Shown
  goTo: (task: string) => void
  onAsk: (task: string) => void
}) {
  const { step, shown, goTo, onAsk } = props
  const row = shown.tasks.find(({ id }) => id === step.task)
  return (
    <li>
      <time dateTime={step.start}>{formatDay(minuteOf(step.start), { weekday: true, year: 'always' })}</time>
      <div>
        <Follow id={step.task} {...(row ? { wbs: row.wbs } : {})} name={step.name} goTo={goTo} />
        <p className="hw-dim hw-small">{capital(afterName(step.sentence, step.name))}</p>
        {step.others[0] && step.others[0].task !== null && (
          <button type="button" className="hw-link hw-faint hw-small" onClick={() => onAsk(step.task)}>
            {step.others.length === 1 ? 'One more limit' : `${step.others.length} more limits`}
          </button>
        )}
      </div>
    </li>
  )
}

function Follow(props: { id: string; wbs?: string; name: string; goTo: (task: string) => void }) {
  const { id, wbs, name, goTo } = props
  return (
    <button type="button" className="hw-link" onClick={() => goTo(id)}>
      {wbs && <span className="hw-dim">{wbs} </span>}
      {name}
    </button>
  )
}
