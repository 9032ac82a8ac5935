import { ActionIcon, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { newId } from '../../../ui/house/api.ts'
import { linkText, type ShownLink } from './plan-rows.ts'
import type { Part } from './task-part.ts'

const types = [
  { value: 'fs', label: 'FS' },
  { value: 'ss', label: 'SS' },
  { value: 'ff', label: 'FF' },
  { value: 'sf', label: 'SF' },
]

/** The tasks on one side of this one, with type and lag; a further one by number or name. */
export function Links(part: Part & { side: 'predecessor' | 'successor' }) {
  const { shown, task, side, step, rights } = part
  const own = side === 'predecessor' ? 'successor' : 'predecessor'
  const links = shown.links.filter((link) => link[own] === task.id)
  const [error, setError] = useState<string | undefined>(undefined)
  const act = async (action: string, input: unknown, words: string) =>
    setError((await step({ action, input, words }))?.sentence)
  return (
    <div className="hw-lines">
      {links.map((link) => (
        <LinkLine key={link.id} {...part} link={link} act={act} />
      ))}
      {links.length === 0 && !rights.write && <p className="hw-dim">Nothing.</p>}
      {rights.write && (
        <TaskChoice
          {...part}
          taken={new Set([task.id, ...links.map((link) => link[side])])}
          error={error}
          onChoose={(other) => {
            const [predecessor, successor] = side === 'predecessor' ? [other, task.id] : [task.id, other]
            void act(
              'task.link',
              { links: [{ id: newId(), predecessor, successor, type: 'fs' }] },
              'Tasks linked.',
            )
          }}
        />
      )}
    </div>
  )
}

function LinkLine(
  props: Part & {
    side: 'predecessor' | 'successor'
    link: ShownLink
    act: (action: string, input: unknown, words: string) => Promise<void>
  },
) {
  const { shown, link, side, rights, act } = props
  const other = shown.tasks.find(({ id }) => id === link[side])
  const { type, lag } = link
  return (
    <div className="hw-line">
      <button type="button" className="hw-link hw-grow hw-ellipsis" onClick={() => props.onOpen(link[side])}>
        {other?.wbs} {other?.name}
      </button>
      {lag && (
        <span className="hw-faint hw-small">
          {linkText({ type: 'fs', lag }, shown.project.minutesPerDay).slice(2)}
        </span>
      )}
      <Select
        size="xs"
        w={62}
        aria-label={`Type of the link with ${other?.name ?? ''}`}
        allowDeselect={false}
        readOnly={!rights.write}
        data={types}
        value={type}
        onChange={(next) => void act('link.edit', { links: [{ id: link.id, type: next }] }, 'Link changed.')}
      />
      {rights.write && (
        <ActionIcon
          size={24}
          aria-label={`Remove the link with ${other?.name ?? ''}`}
          onClick={() => void act('task.unlink', { links: [link.id] }, 'Link removed.')}
        >
          <IconX size={14} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  )
}

function TaskChoice(
  props: Part & { taken: ReadonlySet<string>; error: string | undefined; onChoose: (id: string) => void },
) {
  const { shown, taken } = props
  const data = useMemo(
    () =>
      shown.tasks
        .filter(({ id, blank }) => !blank && !taken.has(id))
        .map(({ id, wbs, name }) => ({ value: id, label: `${wbs} ${name}` })),
    [shown, taken],
  )
  return (
    <Select
      size="xs"
      searchable
      limit={40}
      aria-label="Link with another task"
      placeholder="Add a task by number or name"
      nothingFoundMessage="No task of that name"
      data={data}
      value={null}
      error={props.error}
      onChange={(id) => id !== null && props.onChoose(id)}
    />
  )
}
