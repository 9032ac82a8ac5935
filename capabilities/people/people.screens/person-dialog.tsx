import { ActionIcon, Button, CopyButton, Group, Modal, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Fault } from '../../../kernel/fault.ts'
import { newId, refusalOf, send } from '../../../ui/house/api.ts'
import { act } from '../../../ui/house/changes.ts'
import { useAsk } from '../../../ui/house/data.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import type { Role, Somebody } from './people-data.ts'

/** The roles of somebody, and a link with which they come in and set their own password. */
export function PersonDialog({
  person,
  roles,
  onClose,
}: {
  person: Somebody
  roles: readonly Role[]
  onClose: () => void
}) {
  const [refusal, setRefusal] = useState<Fault | undefined>(undefined)
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      setRefusal(undefined)
      await work()
    } catch (error) {
      setRefusal(refusalOf(error))
    }
  }
  return (
    <Modal opened onClose={onClose} title={person.name}>
      <p className="hw-dim">
        {[person.email ?? 'No e-mail address: cannot sign in', person.function].filter(Boolean).join(' · ')}
      </p>
      <h3 className="hw-section">Roles</h3>
      {person.held.map(({ id, role, projectName }) => (
        <div key={id} className="hw-line">
          <span className="hw-grow">
            {role} <span className="hw-dim">{projectName ? `in ${projectName}` : 'everywhere'}</span>
          </span>
          <ActionIcon
            size={24}
            aria-label={`Take the role ${role} back`}
            onClick={() =>
              void attempt(() => act('role.withdraw', { id }, { words: `Role ${role} taken back.` }))
            }
          >
            <IconX size={14} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {person.held.length === 0 && <p className="hw-dim">None yet: sees nothing.</p>}
      <GiveRole
        roles={roles}
        give={(role, project) =>
          attempt(() =>
            act(
              'role.grant',
              { id: newId(), person: person.id, role, ...(project === null ? {} : { in: project }) },
              { words: `${person.name} given a role.` },
            ),
          )
        }
      />
      <h3 className="hw-section">Sign-in</h3>
      <SignInLink person={person} attempt={attempt} />
      {refusal && <Refusal refusal={{ code: refusal.code, sentence: refusal.message }} />}
    </Modal>
  )
}

function GiveRole(props: {
  roles: readonly Role[]
  give: (role: string, project: string | null) => Promise<void>
}) {
  const { data: projects } = useAsk<readonly { id: string; name: string }[]>('project.list', {})
  const [role, setRole] = useState<string | null>(null)
  const [project, setProject] = useState<string | null>(null)
  return (
    <Group align="end" gap="sm" mt="sm">
      <Select
        size="xs"
        label="Role"
        flex={1}
        data={props.roles.map(({ id, name }) => ({ value: id, label: name }))}
        value={role}
        onChange={setRole}
      />
      <Select
        size="xs"
        label="In"
        flex={1}
        placeholder="All projects"
        clearable
        searchable
        data={(projects ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={project}
        onChange={setProject}
      />
      <Button
        size="xs"
        variant="default"
        disabled={role === null}
        onClick={() => role !== null && void props.give(role, project)}
      >
        Give
      </Button>
    </Group>
  )
}

function SignInLink({
  person,
  attempt,
}: {
  person: Somebody
  attempt: (work: () => Promise<unknown>) => Promise<void>
}) {
  const [link, setLink] = useState<string | undefined>(undefined)
  const make = () =>
    attempt(async () => {
      const { path } = await send<{ path: string }>('/api/sign-in/link-for', { person: person.id })
      setLink(new URL(path, location.origin).href)
    })
  if (link === undefined) {
    return (
      <>
        <p className="hw-dim">
          A link lets {person.name} in once, within 15 minutes, to set a password of their own.
        </p>
        <Button variant="default" disabled={!person.email} onClick={() => void make()}>
          Make a sign-in link
        </Button>
      </>
    )
  }
  return (
    <Group align="end" gap="sm">
      <TextInput
        label="Hand this link over; it works once, within 15 minutes"
        readOnly
        flex={1}
        value={link}
      />
      <CopyButton value={link}>
        {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
      </CopyButton>
    </Group>
  )
}
