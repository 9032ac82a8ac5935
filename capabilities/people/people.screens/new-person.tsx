import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Fault } from '../../../kernel/fault.ts'
import { newId, refusalOf } from '../../../ui/house/api.ts'
import { act } from '../../../ui/house/changes.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import type { Role } from './people-data.ts'

/** Adds somebody with a role everywhere; then their sign-in link can be handed over. */
export function NewPerson(props: {
  roles: readonly Role[]
  onClose: () => void
  onAdded: (id: string) => void
}) {
  const { roles } = props
  const usual = roles.find(({ name }) => name === 'Member') ?? roles[0]
  const [role, setRole] = useState<string | null>(usual?.id ?? null)
  const [refusal, setRefusal] = useState<Fault | undefined>(undefined)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const said = new FormData(event.currentTarget)
    const text = (name: string) => String(said.get(name) ?? '').trim()
    const id = newId()
    const optional = Object.fromEntries(
      ['email', 'function'].flatMap((name) => (text(name) === '' ? [] : [[name, text(name)]])),
    )
    try {
      await act('person.add', { id, name: text('name'), ...optional }, { words: `${text('name')} added.` })
      if (role !== null)
        await act('role.grant', { id: newId(), person: id, role }, { words: `${text('name')} given a role.` })
      props.onAdded(id)
    } catch (error) {
      setRefusal(refusalOf(error))
    }
  }
  return (
    <Modal opened onClose={props.onClose} title="New person">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <TextInput name="name" label="Name" required withAsterisk={false} data-autofocus />
          <TextInput name="email" type="email" label="E-mail" description="They sign in with it" />
          <TextInput name="function" label="Function" placeholder="Test manager" />
          <Select
            label="Role in all projects"
            data={roles.map(({ id, name }) => ({ value: id, label: name }))}
            value={role}
            onChange={setRole}
            clearable
          />
          {refusal && <Refusal refusal={{ code: refusal.code, sentence: refusal.message }} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button type="submit">Add</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
