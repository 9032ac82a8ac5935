import './project.css'
import { Button } from '@mantine/core'
import { IconBriefcase, IconFileImport, IconPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDay } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { Empty } from '../../../ui/empty.tsx'
import { refusalOf } from '../../../ui/house/api.ts'
import { useCommands } from '../../../ui/house/commands.ts'
import { useAsk, useMay } from '../../../ui/house/data.ts'
import { fileChooser } from '../../../ui/house/files.ts'
import { useWhere } from '../../../ui/house/where.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { RegisterTable, type RegisterTableColumn } from '../../../ui/table/register-table.tsx'
import type { listProjects } from '../project.actions.ts'
import { NewProject } from './new-project.tsx'

type Project = Awaited<ReturnType<typeof listProjects.run>>[number]

const methods: Record<string, string> = {
  waterfall: 'Waterfall',
  scrum: 'Scrum',
  kanban: 'Kanban',
  hybrid: 'Hybrid',
  pm2: 'PM²',
}

function dayText(time: string | null): string {
  return time === null ? '' : formatDay(minuteOf(time), { year: 'always' })
}

const columns: readonly RegisterTableColumn<Project>[] = [
  { key: 'code', title: 'Code', widthPx: 70, text: ({ code }) => code ?? '', sort: ({ code }) => code },
  {
    key: 'name',
    title: 'Project',
    widthPx: 300,
    text: ({ name }) => name,
    sort: ({ name }) => name,
    show: ({ name }) => <b>{name}</b>,
  },
  {
    key: 'manager',
    title: 'Manager',
    widthPx: 150,
    text: ({ manager }) => manager ?? '',
    sort: ({ manager }) => manager,
  },
  {
    key: 'method',
    title: 'Method',
    widthPx: 100,
    text: ({ method }) => (method ? (methods[method] ?? method) : ''),
    sort: ({ method }) => method,
  },
  {
    key: 'imported',
    title: 'Imported from',
    widthPx: 200,
    text: ({ imported }) => imported ?? '',
    sort: ({ imported }) => imported,
  },
  {
    key: 'start',
    title: 'Start',
    widthPx: 110,
    isNumber: true,
    text: ({ start }) => dayText(start),
    sort: ({ start }) => start,
  },
  {
    key: 'statusDate',
    title: 'Status date',
    widthPx: 110,
    isNumber: true,
    text: ({ statusDate }) => dayText(statusDate),
    sort: ({ statusDate }) => statusDate,
  },
]

/** All projects the reader may see; the place to begin one or to bring one from a file. */
export function ProjectList() {
  const { data: projects, error } = useAsk<readonly Project[]>('project.list', {})
  const navigate = useNavigate()
  const may = useMay()
  const [isCreating, setCreating] = useState(false)
  useWhere({ crumbs: [{ label: 'Projects' }] })
  const mayCreate = may('project.create')
  const create = () => setCreating(true)
  usePageKeys('Projects', mayCreate ? [{ keys: 'c', does: 'new project', run: create }] : [])
  useCommands(() =>
    mayCreate
      ? [
          {
            id: 'project.create',
            title: 'New project',
            group: 'Do',
            icon: IconPlus,
            keys: 'c',
            hint: 'project.create',
            run: create,
          },
        ]
      : [],
  )
  const open = ({ id }: { id: string }) =>
    void navigate({ to: '/projects/$project/plan' as string, params: { project: id } as never })
  if (error) {
    const { code, message } = refusalOf(error)
    return (
      <div className="hw-page">
        <Refusal refusal={{ code, sentence: message }} />
      </div>
    )
  }
  if (!projects) return null
  return (
    <div className="hw-projects">
      <h1 className="hw-hidden">Projects</h1>
      {projects.length === 0 ? (
        <NoProject mayCreate={mayCreate} onCreate={create} />
      ) : (
        <RegisterTable
          label="Projects"
          columns={columns}
          source={{ rows: projects }}
          rowId={({ id }) => id}
          onOpen={open}
          {...(mayCreate ? { onCreate: create } : {})}
          tools={mayCreate && <Tools onCreate={create} />}
        />
      )}
      {isCreating && <NewProject onClose={() => setCreating(false)} onMade={(id) => open({ id })} />}
    </div>
  )
}

function Tools({ onCreate }: { onCreate: () => void }) {
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFileImport size={16} stroke={1.6} />}
        onClick={() => fileChooser.get()?.()}
      >
        Import a plan
      </Button>
      <Button
        size="xs"
        leftSection={<IconPlus size={16} stroke={1.8} />}
        rightSection={<kbd>c</kbd>}
        onClick={onCreate}
      >
        Project
      </Button>
    </>
  )
}

function NoProject({ mayCreate, onCreate }: { mayCreate: boolean; onCreate: () => void }) {
  if (!mayCreate) {
    return (
      <Empty
        icon={<IconBriefcase size={24} stroke={1.4} />}
        title="No project is open to you"
        sentence="Projects appear here as soon as somebody gives you a role in them."
      />
    )
  }
  return (
    <div className="hw-first">
      <Empty
        icon={<IconFileImport size={28} stroke={1.4} />}
        title="Drop a Microsoft Project XML file anywhere on this window"
        sentence="You get the dates that Microsoft Project shows, a plan to edit, and a line for everything that could not be taken over."
        action={{ label: 'Choose a file', run: () => fileChooser.get()?.() }}
      />
      <p className="hw-dim">
        Or{' '}
        <button type="button" className="hw-link" onClick={onCreate}>
          begin with an empty project
        </button>{' '}
        <kbd>c</kbd>
      </p>
    </div>
  )
}
