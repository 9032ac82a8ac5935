import { Button } from '@mantine/core'
import { IconListTree, IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { ask, refusalOf } from '../../../ui/house/api.ts'
import { askKey, instantOf, useAsOf } from '../../../ui/house/data.ts'
import { type Why, WhyPopover } from '../../../ui/popover-why.tsx'
import type { Explained } from '../schedule.rules/explain.ts'
import { afterName, capital, roomText } from './explain-words.tsx'
import type { Shown } from './plan-rows.ts'

/** The task whose date is asked about, and where on the screen. */
export type Asked = { task: string; anchor: DOMRect }

const mostSteps = 3

/** Why a date is as it is: what sets it, what set that, and so on; each step can be followed. */
export function ExplainPopover(props: {
  asked: Asked | undefined
  shown: Shown
  onFollow: (task: string, anchor: DOMRect) => void
  onTrace: (task: string) => void
  onWhole: (task: string) => void
  onClose: () => void
}) {
  const { asked, shown } = props
  const asOf = useAsOf()
  const input = { project: shown.project.id, task: asked?.task ?? '' }
  const { data, error } = useQuery({
    queryKey: askKey('schedule.explain', input, asOf),
    queryFn: ({ signal }) =>
      ask<Explained & { seq: number }>('schedule.explain', input, { asOf: instantOf(asOf), signal }),
    enabled: asked !== undefined,
    retry: false,
  })
  const why = asked && (error ? refused(error) : data && whyOf(data, shown, asked, props))
  return <WhyPopover why={why || undefined} anchor={asked?.anchor} onClose={props.onClose} />
}

function refused(error: unknown): Why {
  const { code, message } = refusalOf(error)
  return { title: 'This cannot be explained', lead: message, inputs: [], source: code }
}

function whyOf(
  explained: Explained & { seq: number },
  shown: Shown,
  asked: Asked,
  act: {
    onFollow: (task: string, anchor: DOMRect) => void
    onTrace: (task: string) => void
    onWhole: (task: string) => void
  },
): Why {
  const task = shown.tasks.find(({ id }) => id === explained.task)
  const [first, ...rest] = explained.chain
  const follow = (id: string, label: string) => (
    <button type="button" className="hw-link" onClick={() => act.onFollow(id, asked.anchor)}>
      {label}
    </button>
  )
  const next = explained.nextLimit
  return {
    title: explained.title,
    lead: [task?.wbs, task?.resources].filter(Boolean).join(' · '),
    inputs: [
      { label: 'Sets it', main: true, value: first?.sentence ?? explained.sentence },
      ...(rest.length === 0
        ? []
        : [
            {
              label: 'And that',
              value: (
                <ol className="hw-chain">
                  {rest.slice(0, mostSteps).map((step) => (
                    <li key={step.task}>
                      {follow(step.task, step.name)} <span>{afterName(step.sentence, step.name)}</span>
                    </li>
                  ))}
                  {rest.length > mostSteps && (
                    <li className="hw-more">… and {rest.length - mostSteps} more before it</li>
                  )}
                </ol>
              ),
            },
          ]),
      {
        label: 'Next limit',
        value: next ? (
          <>
            {capital(next.text)}
            {next.task !== null && <> {follow(next.task, 'Show')}</>}
          </>
        ) : (
          'None: nothing else holds it.'
        ),
      },
    ],
    message: roomText(explained, shown.project.minutesPerDay),
    actions: (
      <Actions onTrace={() => act.onTrace(explained.task)} onWhole={() => act.onWhole(explained.task)} />
    ),
    source: `schedule.explain, change ${explained.seq}`,
  }
}

function Actions({ onTrace, onWhole }: { onTrace: () => void; onWhole: () => void }) {
  return (
    <>
      <Button variant="default" leftSection={<IconListTree size={16} stroke={1.6} />} onClick={onWhole}>
        Whole chain
      </Button>
      <Button
        variant="default"
        leftSection={<IconRoute size={16} stroke={1.6} />}
        rightSection={<kbd>t</kbd>}
        onClick={onTrace}
      >
        Trace path
      </Button>
    </>
  )
}
