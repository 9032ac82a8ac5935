import { SegmentedControl, Textarea } from '@mantine/core'
import { useState } from 'react'
import { formatDays, formatDayTime, formatDuration, isoOf } from '../../../drawing/format.ts'
import { readDay, readDuration } from '../../../drawing/read.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { refusalOf } from '../../../ui/house/api.ts'
import { wallMinuteNow } from '../../../ui/house/clock.ts'
import { SavedField } from './task-field.tsx'
import type { Part } from './task-part.ts'

export const dayTime = (time: string) => formatDayTime(minuteOf(time), { year: 'always' })

/** What a typed day means here; undefined when it is none. */
export function typedTime(typed: string, timeOfDayMinute: number): string | undefined {
  const minute = readDay(typed, { todayMinute: wallMinuteNow(), timeOfDayMinute })
  return minute === undefined ? undefined : isoOf(minute)
}

/** Sends a change of the task's own fields; answers the sentence of a refusal. */
export async function editTask(
  { task, step }: Part,
  fields: Record<string, unknown>,
  words = `“${task.name}” edited.`,
): Promise<string | undefined> {
  const refusal = await step({
    action: 'task.edit',
    input: { tasks: [{ id: task.id, ...fields }] },
    words,
    expected: [{ kind: 'task', id: task.id, seq: task.seq }],
  })
  return refusal?.sentence
}

export function General(part: Part) {
  const { task, shown, rights } = part
  const { minutesPerDay, minutesPerWeek } = shown.project
  const isFixed = !rights.write || task.summary
  return (
    <div className="hw-fields">
      <div className="hw-field-wide">
        <SavedField
          label="Name"
          value={task.name}
          isReadOnly={!rights.write}
          save={async (typed) =>
            typed.trim() === '' ? 'A task needs a name.' : editTask(part, { name: typed.trim() })
          }
        />
      </div>
      <SavedField
        label="Duration"
        value={formatDuration(task.durationMinutes, {
          minutesPerDay,
          elapsed: task.durationElapsed,
          estimated: task.estimated,
        })}
        isReadOnly={isFixed}
        save={async (typed) => {
          const found = readDuration(typed, { minutesPerDay, minutesPerWeek, daysPerMonth: 20 })
          if (!found) return 'Type it like 5 d, 4 h, 2 w or 3 ed.'
          return editTask(part, {
            durationMinutes: found.minutes,
            durationElapsed: found.elapsed,
            estimated: found.estimated,
          })
        }}
      />
      <Fact
        label="Slack"
        value={`${formatDays(task.totalSlackMinutes, minutesPerDay)} d${task.critical ? ', critical' : ''}`}
      />
      <SavedField
        label="Start"
        value={dayTime(task.start)}
        isReadOnly={isFixed}
        save={(typed) => saveDate(part, 'start', typed, shown.project.defaultStartMinute)}
      />
      <SavedField
        label="Finish"
        value={dayTime(task.finish)}
        isReadOnly={isFixed}
        save={(typed) => saveDate(part, 'finish', typed, shown.project.defaultFinishMinute)}
      />
      {!task.summary && (
        <div className="hw-field-wide">
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label="How it is scheduled"
            readOnly={!rights.write}
            value={task.mode}
            data={[
              { value: 'auto', label: 'Scheduled automatically' },
              { value: 'manual', label: 'By hand' },
            ]}
            onChange={(mode) => void saveMode(part, mode)}
          />
        </div>
      )}
    </div>
  )
}

async function saveDate(part: Part, key: 'start' | 'finish', typed: string, timeOfDayMinute: number) {
  const time = typedTime(typed, timeOfDayMinute)
  if (time === undefined) return 'Type it like 9 Dec, 9 Dec 2026 or 2026-12-09 13:00.'
  return editTask(part, { [key]: time }, `“${part.task.name}” moved.`)
}

/** A task that becomes scheduled by hand keeps the dates it had. */
async function saveMode(part: Part, mode: string): Promise<void> {
  const { task } = part
  await editTask(part, mode === 'manual' ? { mode, start: task.start, finish: task.finish } : { mode })
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div className="hw-fact">
      <span>{label}</span>
      <b>{value}</b>
    </div>
  )
}

export function ProgressFields(part: Part) {
  const { task, step, rights } = part
  const save = async (fields: Record<string, unknown>) => {
    const refusal = await step({
      action: 'task.progress',
      input: { tasks: [{ id: task.id, ...fields }] },
      words: `Progress of “${task.name}” recorded.`,
    })
    return refusal?.sentence
  }
  const actual = (key: 'actualStart' | 'actualFinish', timeOfDayMinute: number) => async (typed: string) => {
    const time = typedTime(typed, timeOfDayMinute)
    return time === undefined ? 'Type it like 9 Dec 2026.' : save({ [key]: time })
  }
  const { defaultStartMinute, defaultFinishMinute } = part.shown.project
  return (
    <div className="hw-fields">
      <SavedField
        label="Complete, %"
        value={String(task.percentComplete)}
        isReadOnly={!rights.progress}
        save={async (typed) => {
          const percent = Number(typed.replace('%', '').trim())
          if (!(percent >= 0 && percent <= 100) || typed.trim() === '') return 'Between 0 and 100.'
          return save({ percentComplete: percent })
        }}
      />
      <span />
      <SavedField
        label="Actual start"
        placeholder="not started"
        value={task.actualStart ? dayTime(task.actualStart) : ''}
        isReadOnly={!rights.progress}
        save={actual('actualStart', defaultStartMinute)}
      />
      <SavedField
        label="Actual finish"
        placeholder="not finished"
        value={task.actualFinish ? dayTime(task.actualFinish) : ''}
        isReadOnly={!rights.progress}
        save={actual('actualFinish', defaultFinishMinute)}
      />
    </div>
  )
}

export function Notes(part: Part) {
  const { stored, rights } = part
  const held = stored?.notes ?? ''
  const [typed, setTyped] = useState(held)
  const [error, setError] = useState<string | undefined>(undefined)
  const save = async () => {
    if (typed === held) return
    try {
      setError(
        await editTask(part, { notes: typed === '' ? null : typed }, `Notes of “${part.task.name}” changed.`),
      )
    } catch (fault) {
      setError(refusalOf(fault).message)
    }
  }
  return (
    <Textarea
      autosize
      minRows={3}
      maxRows={14}
      aria-label="Notes"
      placeholder={rights.write ? 'What whoever does this should know' : ''}
      readOnly={!rights.write}
      value={typed}
      error={error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => void save()}
    />
  )
}
