import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Fault } from '../../../kernel/fault.ts'
import { newId, refusalOf } from '../../../ui/house/api.ts'
import { act } from '../../../ui/house/changes.ts'
import { localDay } from '../../../ui/house/clock.ts'
import { Refusal } from '../../../ui/refusal.tsx'

const methods = [
  { value: 'waterfall', label: 'Waterfall' },
  { value: 'scrum', label: 'Scrum' },
  { value: 'kanban', label: 'Kanban' },
  { value: 'hybrid', label: 'Hybrid' },
  { value: 'pm2', label: 'PM²' },
]

/** Begins a project: a name and a first day are enough. */
export function NewProject({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const [method, setMethod] = useState<string | null>('waterfall')
  const [refusal, setRefusal] = useState<Fault | undefined>(undefined)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const said = new FormData(event.currentTarget)
    const text = (name: string) => String(said.get(name) ?? '').trim()
    const id = newId()
    const code = text('code')
    try {
      await act(
        'project.create',
        {
          id,
          name: text('name'),
          start: `${text('start')}T08:00:00`,
          ...(code === '' ? {} : { code }),
          ...(method === null ? {} : { method }),
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        },
        { words: `Project ${text('name')} made.` },
      )
      onClose()
      onMade(id)
    } catch (error) {
      setRefusal(refusalOf(error))
    }
  }
  return (
    <Modal opened onClose={onClose} title="New project">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <TextInput name="name" label="Name" required withAsterisk={false} maxLength={255} data-autofocus />
          <Group grow align="start">
            <TextInput
              name="code"
              label="Code"
              placeholder="ERP"
              description="Short, for lists"
              maxLength={20}
            />
            <TextInput
              name="start"
              label="Start"
              type="date"
              description="First working day"
              required
              withAsterisk={false}
              defaultValue={localDay()}
            />
          </Group>
          <Select label="Method" data={methods} value={method} onChange={setMethod} clearable />
          {refusal && <Refusal refusal={{ code: refusal.code, sentence: refusal.message }} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">Create</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
