import { Button } from '@mantine/core'
import { IconKey, IconPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { Chip } from '../../../ui/chips.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { refusalOf } from '../../../ui/house/api.ts'
import { useCommands } from '../../../ui/house/commands.ts'
import { useWhere } from '../../../ui/house/where.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { RegisterTable, type RegisterTableColumn } from '../../../ui/table/register-table.tsx'
import { NewPerson } from './new-person.tsx'
import { type Somebody, usePeople } from './people-data.ts'
import { PersonDialog } from './person-dialog.tsx'

/** Who works here and what they may do, for whoever administers the workspace. */
export function PeoplePage() {
  const { people, roles, error } = usePeople()
  const [isAdding, setAdding] = useState(false)
  const [opened, setOpened] = useState<string | undefined>(undefined)
  useWhere({ crumbs: [{ label: 'People' }] })
  const add = () => setAdding(true)
  usePageKeys('People', [{ keys: 'c', does: 'new person', run: add }])
  useCommands(() => [
    {
      id: 'person.add',
      title: 'Add a person',
      group: 'Do',
      icon: IconPlus,
      keys: 'c',
      hint: 'person.add',
      run: add,
    },
  ])
  if (error) {
    const { code, message } = refusalOf(error)
    return (
      <div className="hw-page">
        <Refusal refusal={{ code, sentence: message }} />
      </div>
    )
  }
  if (!people || !roles) return null
  const person = people.find(({ id }) => id === opened)
  return (
    <div className="hw-register-page">
      <h1 className="hw-hidden">People</h1>
      <RegisterTable
        label="People"
        columns={columns(setOpened)}
        source={{ rows: people }}
        rowId={({ id }) => id}
        onOpen={({ id }) => setOpened(id)}
        onCreate={add}
        tools={
          <Button
            size="xs"
            leftSection={<IconPlus size={16} stroke={1.8} />}
            rightSection={<kbd>c</kbd>}
            onClick={add}
          >
            Person
          </Button>
        }
        empty={
          <Empty
            icon={<IconUsers size={24} stroke={1.4} />}
            title="Nobody yet"
            sentence="Here stands who works with you and what they may do."
            action={{ label: 'Add a person', keyName: 'c', run: add }}
          />
        }
      />
      {isAdding && (
        <NewPerson
          roles={roles}
          onClose={() => setAdding(false)}
          onAdded={(id) => {
            setAdding(false)
            setOpened(id)
          }}
        />
      )}
      {person && <PersonDialog person={person} roles={roles} onClose={() => setOpened(undefined)} />}
    </div>
  )
}

function columns(open: (id: string) => void): readonly RegisterTableColumn<Somebody>[] {
  return [
    {
      key: 'name',
      title: 'Name',
      widthPx: 200,
      text: ({ name }) => name,
      sort: ({ name }) => name,
      show: ({ name }) => <b>{name}</b>,
    },
    {
      key: 'email',
      title: 'E-mail',
      widthPx: 240,
      text: ({ email }) => email ?? '',
      sort: ({ email }) => email ?? null,
    },
    {
      key: 'function',
      title: 'Function',
      widthPx: 160,
      text: (person) => person.function ?? '',
      sort: (person) => person.function ?? null,
    },
    {
      key: 'roles',
      title: 'Roles',
      widthPx: 220,
      text: ({ held }) => held.map(({ role }) => role).join(', '),
      show: ({ held, left }) => (
        <span className="hw-chips">
          {left && <Chip tone="amber">has left</Chip>}
          {held.map(({ id, role, projectName }) => (
            <Chip key={id}>{projectName ? `${role}, ${projectName}` : role}</Chip>
          ))}
        </span>
      ),
    },
    {
      key: 'link',
      title: 'Sign-in',
      widthPx: 110,
      text: () => '',
      show: ({ id, name }) => (
        <Button
          size="xs"
          variant="subtle"
          h={22}
          leftSection={<IconKey size={14} stroke={1.6} />}
          aria-label={`Sign-in link for ${name}`}
          onClick={(event) => {
            event.stopPropagation()
            open(id)
          }}
        >
          Link
        </Button>
      ),
    },
  ]
}
