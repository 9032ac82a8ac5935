import { Select } from '@mantine/core'
import { useState } from 'react'
import { SavedField } from './task-field.tsx'
import { dayTime, editTask, typedTime } from './task-panel-fields.tsx'
import type { Part } from './task-part.ts'

const kinds = [
  { value: 'asap', label: 'As soon as possible' },
  { value: 'alap', label: 'As late as possible' },
  { value: 'snet', label: 'Start no earlier than' },
  { value: 'snlt', label: 'Start no later than' },
  { value: 'fnet', label: 'Finish no earlier than' },
  { value: 'fnlt', label: 'Finish no later than' },
  { value: 'mso', label: 'Must start on' },
  { value: 'mfo', label: 'Must finish on' },
]

/** What holds the task to a date, and the date that must not be missed. */
export function Constraint(part: Part) {
  const { task, step, rights, shown } = part
  const [error, setError] = useState<string | undefined>(undefined)
  const isFree = task.constraint === 'asap' || task.constraint === 'alap'
  const { defaultStartMinute, defaultFinishMinute } = shown.project
  const constrain = async (constraint: string, at: string | undefined) => {
    const refusal = await step({
      action: 'task.constrain',
      input: { tasks: [{ id: task.id, constraint, ...(at === undefined ? {} : { at }) }] },
      words: `Constraint of “${task.name}” changed.`,
    })
    return refusal?.sentence
  }
  const choose = async (kind: string | null) => {
    if (kind === null) return
    const needsDate = kind !== 'asap' && kind !== 'alap'
    const usual = kind.startsWith('s') || kind === 'mso' ? task.start : task.finish
    setError(await constrain(kind, needsDate ? (task.constraintAt ?? usual) : undefined))
  }
  return (
    <div className="hw-fields">
      <Select
        size="xs"
        label="Constraint"
        allowDeselect={false}
        readOnly={!rights.write}
        data={kinds}
        value={task.constraint}
        error={error}
        onChange={(kind) => void choose(kind)}
      />
      <SavedField
        label="Date"
        placeholder={isFree ? 'none needed' : ''}
        value={isFree || !task.constraintAt ? '' : dayTime(task.constraintAt)}
        isReadOnly={!rights.write || isFree}
        save={async (typed) => {
          const time = typedTime(
            typed,
            task.constraint.startsWith('s') ? defaultStartMinute : defaultFinishMinute,
          )
          return time === undefined ? 'Type it like 9 Dec 2026.' : constrain(task.constraint, time)
        }}
      />
      <SavedField
        label="Deadline"
        placeholder="none"
        value={task.deadline ? dayTime(task.deadline) : ''}
        isReadOnly={!rights.write}
        save={async (typed) => {
          if (typed.trim() === '') return editTask(part, { deadline: null })
          const time = typedTime(typed, defaultFinishMinute)
          return time === undefined ? 'Type it like 9 Dec 2026.' : editTask(part, { deadline: time })
        }}
      />
    </div>
  )
}
