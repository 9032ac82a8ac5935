import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconKey,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconLogout,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { send } from '../../../ui/house/api.ts'
import { tellRefusal } from '../../../ui/house/changes.ts'
import { useAsk, useMay, useMe } from '../../../ui/house/data.ts'
import { useStore } from '../../../ui/house/store.ts'
import { nameBeside, where } from '../../../ui/house/where.ts'
import { screens } from '../rooms.ts'
import { PasswordDialog } from '../sign-in/password-dialog.tsx'
import { Helm } from './helm.tsx'

type Listed = { id: string; code: string | null; name: string }

/** The way to everything: pages of the house, the projects, and who is signed in. */
export function Navigation({ isRail, onToggle }: { isRail: boolean; onToggle: () => void }) {
  const { data: me } = useMe()
  const { data: projects } = useAsk<readonly Listed[]>('project.list', {})
  const { project } = useStore(where)
  const may = useMay()
  const pages = screens.filter(({ place, allow }) => place === 'navigation' && (!allow || may(allow)))
  const Toggle = isRail ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <nav className="hw-nav" aria-label="Main">
      <div className="hw-nav-head">
        <Link to={'/projects' as string} className="hw-brand">
          <Helm />
          <span className={isRail ? 'hw-hidden' : undefined}>{me?.workspace.name ?? 'Helmward'}</span>
          <span className="hw-hidden">, all projects</span>
        </Link>
      </div>
      <div className="hw-nav-list">
        {pages.map(({ path, title, icon: Icon }) => (
          <Labelled key={path} isRail={isRail} label={title}>
            <Link to={path as string} className="hw-nav-line" activeOptions={{ exact: true }}>
              <Icon size={18} stroke={1.6} />
              <span className={isRail ? 'hw-hidden' : undefined}>{title}</span>
            </Link>
          </Labelled>
        ))}
        {projects && projects.length > 0 && (isRail ? <hr /> : <p className="hw-nav-title">Projects</p>)}
        {projects?.slice(0, 14).map((one) => (
          <Labelled key={one.id} isRail={isRail} label={one.name}>
            <Link
              to={'/projects/$project/plan' as string}
              params={{ project: one.id } as never}
              className="hw-nav-line hw-nav-project"
              data-here={project === one.id || undefined}
            >
              <b>{shortName(one)}</b>
              <span className={isRail ? 'hw-hidden' : undefined}> {nameBeside(one)}</span>
            </Link>
          </Labelled>
        ))}
      </div>
      <div className="hw-nav-foot">
        <Account isRail={isRail} />
        <Tooltip
          label={
            <>
              Navigation <kbd>[</kbd>
            </>
          }
          position="right"
        >
          <ActionIcon
            aria-label={isRail ? 'Widen the navigation' : 'Narrow the navigation'}
            onClick={onToggle}
          >
            <Toggle size={18} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
    </nav>
  )
}

/** What a project is called where there is little room: its code, or the first letters of its words. */
function shortName({ code, name }: Listed): string {
  if (code) return code
  const letters = name
    .split(/[\s_-]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase())
  return letters.length > 1 ? letters.slice(0, 3).join('') : name.slice(0, 3).toUpperCase()
}

function Labelled({ isRail, label, children }: { isRail: boolean; label: string; children: ReactNode }) {
  return (
    <Tooltip label={label} position="right" disabled={!isRail}>
      <div>{children}</div>
    </Tooltip>
  )
}

function Account({ isRail }: { isRail: boolean }) {
  const { data: me } = useMe()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [isChoosing, setChoosing] = useState(false)
  const name = me?.actor.name ?? ''
  const signOut = async () => {
    try {
      await send('/api/sign-out', {})
      client.clear()
      await navigate({ to: '/sign-in' })
    } catch (error) {
      tellRefusal(error)
    }
  }
  return (
    <>
      <Menu position="right-end" width={220}>
        <Menu.Target>
          <button type="button" className="hw-account">
            <span className="hw-face" aria-hidden>
              {initials(name)}
            </span>
            <span className="hw-hidden">Account of </span>
            <span className={isRail ? 'hw-hidden' : 'hw-account-name'}>{name}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{name}</Menu.Label>
          <Menu.Item leftSection={<IconKey size={16} stroke={1.6} />} onClick={() => setChoosing(true)}>
            Set my password
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PasswordDialog isOpen={isChoosing} onClose={() => setChoosing(false)} />
    </>
  )
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return `${words[0]?.charAt(0) ?? ''}${words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : ''}`.toUpperCase()
}
