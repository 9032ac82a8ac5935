import { Button, Group, Modal, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formatDay } from '../../drawing/format.ts'
import type { LinkType } from '../../drawing/gantt/layout.ts'
import { readDay } from '../../drawing/read.ts'
import type { Control, PlanDialog } from './control.ts'
import type { PlanRow } from './outline.ts'

/** What the menu asks further: the day to move to, the task to link to. */
export function PlanDialogs({ control, dialog }: { control: Control; dialog: PlanDialog | undefined }) {
  const row = dialog && control.visible.find((line) => line.row.id === dialog.ids[0])?.row
  if (!dialog || !row) return null
  const close = () => control.openDialog(undefined)
  const others = dialog.ids.length - 1
  const name = others > 0 ? `${row.name} and ${others} more` : row.name
  return dialog.kind === 'moveTo' ? (
    <Modal opened onClose={close} title={`Move ${name}`}>
      <MoveTo control={control} row={row} ids={dialog.ids} close={close} />
    </Modal>
  ) : (
    <Modal opened onClose={close} title={`Link ${row.name} to`}>
      <LinkTo control={control} row={row} close={close} />
    </Modal>
  )
}

function MoveTo(props: { control: Control; row: PlanRow; ids: readonly string[]; close: () => void }) {
  const { control, row } = props
  const { plan } = control.props
  const startMinute = row.startMinute ?? plan.todayMinute
  const [typed, setTyped] = useState(() => formatDay(startMinute, { year: 'always' }))
  const [error, setError] = useState<string | undefined>(undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const timeOfDayMinute = ((startMinute % 1440) + 1440) % 1440
    const minute = readDay(typed, { todayMinute: plan.todayMinute, timeOfDayMinute })
    if (minute === undefined) return setError('Type a date like 9 Dec, 9 Dec 2026 or +7 from today.')
    props.close()
    if (minute !== row.startMinute) control.props.onMove?.(props.ids, minute)
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        data-autofocus
        label="Start"
        description="A task in automatic mode will start no earlier than this."
        value={typed}
        error={error}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.close}>
          Cancel
        </Button>
        <Button type="submit">Move</Button>
      </Group>
    </form>
  )
}

const linkWords: { value: LinkType; label: string }[] = [
  { value: 'fs', label: 'Finish to start: that task starts after this one ends' },
  { value: 'ss', label: 'Start to start: that task starts after this one starts' },
  { value: 'ff', label: 'Finish to finish: that task ends after this one ends' },
  { value: 'sf', label: 'Start to finish: that task ends after this one starts' },
]

function LinkTo({ control, row, close }: { control: Control; row: PlanRow; close: () => void }) {
  const [to, setTo] = useState<string | null>(null)
  const [type, setType] = useState<LinkType>('fs')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (to === null) return
    close()
    control.props.onLink?.(row.id, to, type)
  }
  const tasks = control.props.rows
    .filter(({ id }) => id !== row.id)
    .map((one) => ({ value: one.id, label: [one.wbs, one.name].filter(Boolean).join(' ') }))
  return (
    <form onSubmit={submit}>
      <Select
        data-autofocus
        searchable
        comboboxProps={{ withinPortal: false }}
        limit={30}
        label="Task that depends on it"
        placeholder="Type its number or name"
        nothingFoundMessage="No task of that name"
        data={tasks}
        value={to}
        onChange={setTo}
      />
      <Select
        mt="md"
        label="How"
        comboboxProps={{ withinPortal: false }}
        allowDeselect={false}
        data={linkWords}
        value={type}
        onChange={(value) => setType(linkWords.find((one) => one.value === value)?.value ?? 'fs')}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" disabled={to === null}>
          Link
        </Button>
      </Group>
    </form>
  )
}
