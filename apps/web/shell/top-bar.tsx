import { ActionIcon, Menu, Popover, Tooltip, useMantineColorScheme } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronRight,
  IconDeviceDesktop,
  IconHistory,
  IconKeyboard,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { redoLast, steps, undoLast } from '../../../ui/house/changes.ts'
import { localDay } from '../../../ui/house/clock.ts'
import { commandBarOpen } from '../../../ui/house/commands.ts'
import { liveState, useAsOf } from '../../../ui/house/data.ts'
import { useStore } from '../../../ui/house/store.ts'
import { topBarActions, where } from '../../../ui/house/where.ts'

/** Where am I, the command bar, the day that is shown, undo, what the page offers, light and dark. */
export function TopBar() {
  const { crumbs } = useStore(where)
  const actions = useStore(topBarActions)
  return (
    <section className="hw-top" aria-label="Top bar">
      <nav className="hw-crumbs" aria-label="Where am I">
        {crumbs.map(({ label, code, to }, index) => (
          <Fragment key={label}>
            {index > 0 && <IconChevronRight size={14} stroke={1.6} aria-hidden />}
            {to ? (
              <Link to={to as string}>
                {code && <b>{code}</b>} {label}
              </Link>
            ) : (
              <span aria-current="page">{label}</span>
            )}
          </Fragment>
        ))}
      </nav>
      <LiveSign />
      <button
        type="button"
        className="hw-search"
        title="Search or run a command"
        onClick={() => commandBarOpen.set(true)}
      >
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span>Search or run a command</span>
        <kbd>Ctrl K</kbd>
      </button>
      <AsOf />
      <UndoRedo />
      {actions.map(({ label, icon: Icon, run }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon aria-label={label} onClick={run}>
            <Icon size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      ))}
      <Ground />
    </section>
  )
}

function LiveSign() {
  const state = useStore(liveState)
  if (state === 'open') return null
  return (
    <output className="hw-live-sign" data-lost={state === 'lost' || undefined}>
      {state === 'lost' ? 'Not connected, trying again' : ''}
    </output>
  )
}

function UndoRedo() {
  const { undo, redo } = useStore(steps)
  const last = undo.at(-1)
  return (
    <>
      <Tooltip label={last ? `Undo: ${last.words}` : 'Nothing to undo'}>
        <ActionIcon aria-label="Undo" onClick={() => void undoLast()} aria-disabled={!last}>
          <IconArrowBackUp size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      {redo.length > 0 && (
        <Tooltip label={`Redo: ${redo.at(-1)?.words ?? ''}`}>
          <ActionIcon aria-label="Redo" onClick={() => void redoLast()}>
            <IconArrowForwardUp size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  )
}

/** The time machine: sets everything that is shown back to the evening of a day. */
function AsOf() {
  const asOf = useAsOf()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const today = localDay()
  const choose = (day: string | undefined) => {
    setOpen(false)
    const search = { asOf: day === today ? undefined : day }
    void navigate({ to: '.', search: search as never })
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={260} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className="hw-asof"
          title={asOf === undefined ? 'As of today' : `As of ${dayWords(asOf)}`}
          data-past={asOf !== undefined || undefined}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconHistory size={16} stroke={1.6} aria-hidden />
          <span>{asOf === undefined ? 'As of today' : `As of ${dayWords(asOf)}`}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const day = new FormData(event.currentTarget).get('day')
            choose(typeof day === 'string' && day !== '' ? day : undefined)
          }}
        >
          <label className="hw-field">
            Show everything as it stood at the end of
            <input name="day" type="date" max={today} defaultValue={asOf ?? today} data-autofocus />
          </label>
          <div className="hw-asof-days">
            <button type="submit" className="hw-button" data-filled>
              Show
            </button>
            <button type="button" className="hw-button" onClick={() => choose(localDay(-1))}>
              Yesterday
            </button>
            <button type="button" className="hw-button" onClick={() => choose(undefined)}>
              Today
            </button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

export function dayWords(day: string): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
}

const grounds = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the machine', icon: IconDeviceDesktop },
] as const

function Ground() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Shown = grounds.find(({ value }) => value === colorScheme)?.icon ?? IconDeviceDesktop
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon aria-label="Light or dark">
          <Shown size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {grounds.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} stroke={1.6} />}
            aria-current={colorScheme === value}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconKeyboard size={16} stroke={1.6} />}
          rightSection={<kbd>?</kbd>}
          onClick={() => document.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))}
        >
          Keys of this page
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
