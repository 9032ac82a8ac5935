import { ActionIcon, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { formatNumber } from '../../../drawing/format.ts'
import { newId } from '../../../ui/house/api.ts'
import { asRefusal, act as perform } from '../../../ui/house/changes.ts'
import { SavedField } from './task-field.tsx'
import type { Part } from './task-part.ts'

const newName = 'new:'

/** Who does the task and with how much of their time; a person not yet in the plan is added by name. */
export function Assignments(part: Part) {
  const { shown, task, step, rights } = part
  const [error, setError] = useState<string | undefined>(undefined)
  const [words, setWords] = useState('')
  const own = shown.assignments.filter(
    (assignment) => assignment.task === task.id && assignment.resource !== null,
  )
  const nameOf = new Map(shown.resources.map(({ id, name }) => [id, name]))
  const act = async (action: string, input: unknown, said: string) => {
    const sentence = (await step({ action, input, words: said }))?.sentence
    setError(sentence)
    return sentence
  }
  const assign = async (chosen: string) => {
    try {
      const resource = chosen.startsWith(newName)
        ? await added(chosen.slice(newName.length), shown.project.id)
        : chosen
      await act('task.assign', { assignments: [{ id: newId(), task: task.id, resource }] }, 'Assigned.')
    } catch (fault) {
      setError(asRefusal(fault).sentence)
    }
  }
  const free = shown.resources.filter(({ id }) => !own.some(({ resource }) => resource === id))
  const known = free.map(({ id, name }) => ({ value: id, label: name }))
  const typed = words.trim()
  const isNew =
    typed !== '' && !shown.resources.some(({ name }) => name.toLowerCase() === typed.toLowerCase())
  return (
    <div className="hw-lines">
      {own.map((assignment) => (
        <AssignmentLine
          key={assignment.id}
          assignment={assignment}
          name={nameOf.get(assignment.resource ?? '') ?? ''}
          mayWrite={rights.write}
          act={act}
        />
      ))}
      {rights.write && (
        <Select
          size="xs"
          searchable
          aria-label="Assign somebody"
          placeholder="Add by name"
          data={
            isNew ? [...known, { value: `${newName}${typed}`, label: `Add ${typed} to the plan` }] : known
          }
          filter={({ options }) =>
            options.filter(
              (option) =>
                'value' in option &&
                (option.value.startsWith(newName) ||
                  option.label.toLowerCase().includes(typed.toLowerCase())),
            )
          }
          searchValue={words}
          onSearchChange={setWords}
          value={null}
          error={error}
          onChange={(chosen) => chosen !== null && void assign(chosen)}
        />
      )}
    </div>
  )
}

function AssignmentLine(props: {
  assignment: Part['shown']['assignments'][number]
  name: string
  mayWrite: boolean
  act: (action: string, input: unknown, said: string) => Promise<string | undefined>
}) {
  const { assignment, name, mayWrite, act } = props
  const { id, units } = assignment
  return (
    <div className="hw-line">
      <span className="hw-grow hw-ellipsis">{name}</span>
      <div className="hw-units">
        <SavedField
          label={`Units of ${name}, %`}
          value={formatNumber(units * 100, 0)}
          isReadOnly={!mayWrite}
          save={async (said) => {
            const percent = Number(said.replace('%', '').trim())
            if (!(percent > 0)) return 'More than 0.'
            return act('assignment.edit', { assignments: [{ id, units: percent / 100 }] }, 'Units changed.')
          }}
        />
      </div>
      {mayWrite && (
        <ActionIcon
          size={24}
          aria-label={`Take ${name} off the task`}
          onClick={() => void act('task.unassign', { assignments: [id] }, 'Taken off the task.')}
        >
          <IconX size={14} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  )
}

async function added(name: string, project: string): Promise<string> {
  const id = newId()
  await perform(
    'resource.add',
    { id, in: project, name, type: 'work' },
    { words: `${name} added to the plan.` },
  )
  return id
}
