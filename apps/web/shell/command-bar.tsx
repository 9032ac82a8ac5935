import { Modal } from '@mantine/core'
import { IconCornerDownLeft, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { redoLast, undoLast } from '../../../ui/house/changes.ts'
import { type Command, commandBarOpen, commandSources, fitOf } from '../../../ui/house/commands.ts'
import { useAsk, useMay } from '../../../ui/house/data.ts'
import { useStore } from '../../../ui/house/store.ts'
import { where } from '../../../ui/house/where.ts'
import { actionAsked, useActions } from '../action-form/actions.ts'
import { screens } from '../rooms.ts'

const mostPerGroup = 8
const mostWhenAsked = 20
const groups = ['Do', 'Records', 'Go to'] as const

// The controls of forms come with the first form that is opened.
const ActionDialog = lazy(async () => ({
  default: (await import('../action-form/action-dialog.tsx')).ActionDialog,
}))

/** Ctrl K: every action, record and page by a few letters; what was used last stands first. */
export function CommandBar() {
  const isOpen = useStore(commandBarOpen)
  const asked = useStore(actionAsked)
  const close = () => commandBarOpen.set(false)
  return (
    <>
      <Modal.Root
        opened={isOpen}
        onClose={close}
        size={720}
        yOffset="11vh"
        classNames={{ content: 'hw-bar-content' }}
      >
        <Modal.Overlay />
        <Modal.Content radius={12} aria-label="Command bar">
          {isOpen && <Bar close={close} />}
        </Modal.Content>
      </Modal.Root>
      <Suspense>
        {asked && <ActionDialog key={asked.name} action={asked} close={() => actionAsked.set(undefined)} />}
      </Suspense>
    </>
  )
}

function Bar({ close }: { close: () => void }) {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const listed = useListed(words)
  const active = Math.min(at, listed.length - 1)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const run = (command: Command | undefined) => {
    if (!command) return
    close()
    remember(command.id)
    // The bar gives the focus back first, so that what the command opens may take it.
    setTimeout(command.run, 0)
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setAt((active + step + listed.length) % Math.max(listed.length, 1))
    else if (event.key === 'Enter') run(listed[active])
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="hw-bar-head">
        <IconSearch size={20} stroke={1.6} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="hw-bar-list"
          aria-activedescendant={listed[active] ? `hw-bar-${active}` : undefined}
          aria-label="Search or run a command"
          placeholder="Search or run a command"
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKey}
        />
        <kbd>Esc</kbd>
      </div>
      <div
        className="hw-bar-list"
        id="hw-bar-list"
        role="listbox"
        aria-label="Commands"
        ref={list}
        tabIndex={-1}
      >
        {listed.map((command, index) => (
          <Line
            key={command.id}
            command={command}
            index={index}
            isActive={index === active}
            head={listed[index - 1]?.group === command.group ? undefined : command.group}
            run={() => run(command)}
            hover={() => setAt(index)}
          />
        ))}
        {listed.length === 0 && (
          <p className="hw-dim hw-bar-none">Nothing of that name. Try a task, a project or a verb.</p>
        )}
      </div>
      <footer className="hw-bar-foot">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>
            <IconCornerDownLeft size={11} aria-label="Enter" />
          </kbd>{' '}
          open
        </span>
        <span className="hw-grow" />
        <span>{listed.length} found</span>
      </footer>
    </>
  )
}

function Line(props: {
  command: Command
  index: number
  isActive: boolean
  head: string | undefined
  run: () => void
  hover: () => void
}) {
  const { command, index } = props
  const Icon = command.icon
  return (
    <>
      {props.head && (
        <div className="hw-bar-group" role="presentation">
          {props.head}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the keyboard and runs the line on Enter */}
      <div
        role="option"
        tabIndex={-1}
        id={`hw-bar-${index}`}
        data-index={index}
        aria-selected={props.isActive}
        className="hw-bar-line"
        onClick={props.run}
        onMouseMove={props.isActive ? undefined : props.hover}
      >
        {Icon ? <Icon size={16} stroke={1.6} /> : <span style={{ width: 16 }} />}
        <span className="hw-bar-title">{command.title}</span>
        {command.hint && <span className="hw-faint hw-small">{command.hint}</span>}
        {command.keys?.split(' ').map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </div>
    </>
  )
}

function useListed(words: string): readonly Command[] {
  const sources = useStore(commandSources)
  const house = useHouseCommands()
  const actions = useActionCommands()
  return useMemo(() => {
    const recent = readRecent()
    const offered = withActions([...sources.flatMap((source) => source(words)), ...house], actions)
    const seen = new Set<string>()
    const most = words.trim() === '' ? mostPerGroup : mostWhenAsked
    const fitting = offered
      .map(({ command, alias }) => ({
        command,
        fit: fitOf([command.title, command.hint, alias].filter(Boolean).join(' '), words),
      }))
      .filter(({ command, fit }) => fit > 0 && !seen.has(command.id) && seen.add(command.id))
      .map(({ command, fit }) => ({ command, fit: fit + (recent.indexOf(command.id) >= 0 ? 3 : 0) }))
    return groups.flatMap((group) =>
      fitting
        .filter(({ command }) => command.group === group)
        .toSorted((one, other) => other.fit - one.fit)
        .slice(0, most)
        .map(({ command }) => command),
    )
  }, [sources, house, actions, words])
}

/** What a screen does in its own way stands once, and is found by the action's title too. */
function withActions(
  offered: readonly Command[],
  actions: readonly Command[],
): { command: Command; alias?: string }[] {
  const titles = new Map(actions.map(({ hint, title }) => [hint, title]))
  const names = new Set(offered.map(({ hint }) => hint))
  return [
    ...offered.map((command) => {
      const alias = titles.get(command.hint)
      return alias ? { command, alias } : { command }
    }),
    ...actions.filter(({ hint }) => !names.has(hint)).map((command) => ({ command })),
  ]
}

/** Every action of the house that the reader may perform here, by its own form. */
function useActionCommands(): readonly Command[] {
  const actions = useActions()
  const { project } = useStore(where)
  const may = useMay()
  return useMemo(
    () =>
      actions
        .filter(({ allow }) => may(allow) || (project !== undefined && may(allow, project)))
        .map(
          (action): Command => ({
            id: `action ${action.name}`,
            title: action.title,
            group: 'Do',
            hint: action.name,
            run: () => actionAsked.set(action),
          }),
        ),
    [actions, may, project],
  )
}

type Listed = { id: string; code: string | null; name: string }

function useHouseCommands(): readonly Command[] {
  const navigate = useNavigate()
  const { project } = useStore(where)
  const { data: projects } = useAsk<readonly Listed[]>('project.list', {})
  const may = useMay()
  return useMemo(() => {
    const pages = screens
      .filter(
        ({ place, allow }) =>
          place !== 'link' && (place !== 'project' || project) && (!allow || may(allow, project)),
      )
      .map(
        ({ path, title, icon, keys }): Command => ({
          id: `page ${path}`,
          title,
          group: 'Go to',
          icon,
          ...(keys ? { keys } : {}),
          run: () => void navigate({ to: path as string, params: { project } as never }),
        }),
      )
    const opened = (projects ?? []).map(
      (one): Command => ({
        id: `project ${one.id}`,
        title: one.code ? `${one.code} ${one.name}` : one.name,
        group: 'Records',
        hint: 'project',
        run: () =>
          void navigate({ to: '/projects/$project/plan' as string, params: { project: one.id } as never }),
      }),
    )
    return [
      { id: 'undo', title: 'Undo my last change', group: 'Do', keys: 'Ctrl Z', run: () => void undoLast() },
      { id: 'redo', title: 'Redo', group: 'Do', keys: 'Ctrl Shift Z', run: () => void redoLast() },
      ...pages,
      ...opened,
    ] as Command[]
  }, [navigate, project, projects, may])
}

function readRecent(): string[] {
  try {
    return JSON.parse(localStorage.getItem('hw-recent') ?? '[]') as string[]
  } catch {
    return []
  }
}

function remember(id: string): void {
  const next = [id, ...readRecent().filter((one) => one !== id)].slice(0, 12)
  localStorage.setItem('hw-recent', JSON.stringify(next))
}
