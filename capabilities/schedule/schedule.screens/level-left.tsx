import { IconAlertTriangle, IconUser } from '@tabler/icons-react'
import { useAsk } from '../../../ui/house/data.ts'
import type { resourceCriticalPath } from '../schedule.actions/level.ts'
import { PlanLink } from './health-plan-link.tsx'
import type { Preview } from './level-search.ts'
import { shortDayOf } from './level-words.ts'

const MOST_LINES = 60

/** What stays over-allocated, and what keeps each of its tasks where it is. */
export function LeftOver({ preview }: { preview: Preview }) {
  const { overloads, unlevelled } = preview
  const told = new Set(overloads.flatMap(({ held }) => held.filter(({ why }) => why).map(({ task }) => task)))
  const alone = unlevelled.filter(({ task }) => !told.has(task))
  if (overloads.length === 0 && alone.length === 0) return null
  return (
    <section className="hw-card hw-level-left">
      <header>
        <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
        <h2>Cannot be levelled</h2>
      </header>
      <ul>
        {overloads.slice(0, MOST_LINES).map(({ resource, name, from, to, held }) => (
          <li key={`${resource} ${from}`}>
            <p>
              <b>{name}</b> stays over-allocated, {daysText(from, to)}
            </p>
            {held.map(({ project, task, name: taskName, why }) => (
              <p key={task} className="hw-dim hw-small">
                <PlanLink project={project} task={task}>
                  {taskName}
                </PlanLink>{' '}
                {why ?? 'may move, and finds no other place'}
              </p>
            ))}
          </li>
        ))}
        {alone.slice(0, MOST_LINES).map(({ project, task, name, text }) => (
          <li key={`${task} ${text}`}>
            <p>
              <PlanLink project={project} task={task}>
                {name}
              </PlanLink>{' '}
              {text}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function daysText(from: string, to: string): string {
  const [first, last] = [shortDayOf(from), shortDayOf(to)]
  return first === last ? first : `${first} – ${last}`
}

type Critical = Awaited<ReturnType<typeof resourceCriticalPath.run>>

/** What sets the finish as the plan stands now, people counted in: task by task, and who goes from one to the next. */
export function FinishChain({ project }: { project: string }) {
  const { data } = useAsk<Critical>('schedule.resourceCritical', { project })
  if (!data || data.chain.length === 0) return null
  const people = new Set(data.chain.flatMap(({ resourceName }) => resourceName ?? []))
  const waits = new Map(data.tasks.map(({ task, waitsFor }) => [task, waitsFor?.text]))
  return (
    <section className="hw-card hw-level-left">
      <header>
        <IconUser size={16} stroke={1.6} aria-hidden />
        <h2>What sets the finish now</h2>
        <span className="hw-dim hw-small">
          {people.size === 0 ? 'links alone' : `held up by ${[...people].slice(0, 3).join(', ')}`}
        </span>
      </header>
      <ol className="hw-level-chain">
        {data.chain.slice(0, MOST_LINES).map(({ task, name, resourceName }) => (
          <li key={task}>
            {resourceName && <span className="hw-level-person">{resourceName}</span>}
            <span>
              <PlanLink project={project} task={task}>
                {name}
              </PlanLink>
              {resourceName && <span className="hw-dim hw-small"> {waits.get(task)}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
