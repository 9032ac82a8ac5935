import { Button, Menu, TextInput, Tooltip } from '@mantine/core'
import {
  IconArrowsHorizontal,
  IconChevronDown,
  IconFilter,
  IconPlus,
  IconRoute,
  IconSearch,
  IconStack2,
  IconUsers,
  IconZoomIn,
} from '@tabler/icons-react'
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { type ZoomKey, zooms } from '../../../drawing/gantt/scale.ts'
import { Chip } from '../../../ui/chips.tsx'
import type { GanttHandle } from '../../../ui/gantt/gantt-props.ts'
import { newId } from '../../../ui/house/api.ts'
import { tellRefusal } from '../../../ui/house/changes.ts'
import { type Command, useCommands } from '../../../ui/house/commands.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import { LevelButton } from './level-plan-button.tsx'
import type { PlanEdits } from './plan-edits.ts'
import type { Other } from './plan-others.ts'
import type { PlanPanel } from './plan-panel.ts'
import { planPanels } from './plan-panels.ts'
import { finishedCount, type Shown } from './plan-rows.ts'
import type { PlanView } from './plan-view.ts'

type Given = {
  shown: Shown
  view: PlanView
  zoom: ZoomKey
  hidesFinished: boolean
  edits: PlanEdits
  rights: { write: boolean; progress: boolean }
  others: readonly Other[]
  handle: RefObject<GanttHandle | null>
  goTo: (id: string) => void
  /** The panel that stands beside the plan. */
  panel: string | undefined
  beside: (next: { panel?: string }) => void
}

/** What the tool bar does, by name in the command bar too. */
function useBarCommands({ view, zoom, hidesFinished, handle }: Given): void {
  const line = (id: string, title: string, run: () => void, keys?: string): Command => ({
    id: `plan ${id}`,
    title,
    group: 'Do',
    hint: 'this plan',
    ...(keys ? { keys } : {}),
    run,
  })
  useCommands((words) => [
    line('critical', view.showCritical ? 'Hide the critical path' : 'Show the critical path', () =>
      view.setCritical(!view.showCritical),
    ),
    line('finished', hidesFinished ? 'Show finished tasks' : 'Hide finished tasks', () =>
      view.setHidesFinished(!hidesFinished),
    ),
    line(
      'load',
      view.showLoad ? 'Hide who is busy when' : 'Show who is busy when',
      () => view.setLoad(!view.showLoad),
      'Shift l',
    ),
    line('fit', 'Fit the plan into the window', () => handle.current?.fit(), '0'),
    ...zooms
      .filter(({ key }) => key !== zoom && words !== '')
      .map(({ key, title }) =>
        line(`zoom ${key}`, `Zoom to ${title.toLowerCase()}`, () => view.setZoom(key)),
      ),
  ])
}

/** What is shown of the plan and how, what it warns of, who else is at work, and the one button that adds to it. */
export function PlanBar(props: Given) {
  const { view, edits, rights, others, handle } = props
  const { onCreate } = edits.callbacks
  useBarCommands(props)
  return (
    <div className="hw-plan-bar" role="toolbar" aria-label="Plan">
      <Find shown={props.shown} goTo={props.goTo} />
      <span className="hw-plan-rule" />
      <Finished {...props} />
      <Button
        size="xs"
        variant={view.showCritical ? 'light' : 'default'}
        aria-pressed={view.showCritical}
        aria-label="Critical path"
        leftSection={<IconRoute size={16} stroke={1.6} />}
        onClick={() => view.setCritical(!view.showCritical)}
      >
        <span className="hw-wide-only">Critical path</span>
      </Button>
      <Baselines {...props} />
      <LevelButton project={props.shown.project.id} />
      <Load {...props} />
      {planPanels.map((offered) => (
        <PanelButton key={offered.key} {...props} offered={offered} />
      ))}
      <span className="hw-grow" />
      {others.map(({ id, name, did }) => (
        <Tooltip key={id} label={`${name} ${did}`}>
          <span>
            <Chip tone="accent">{name}</Chip>
          </span>
        </Tooltip>
      ))}
      {!rights.write && <Chip>Read only</Chip>}
      <Zoom zoom={props.zoom} view={view} handle={handle} />
      {onCreate && (
        <Button
          size="xs"
          leftSection={<IconPlus size={16} stroke={1.8} />}
          rightSection={<kbd>c</kbd>}
          onClick={() => onCreate(props.shown.tasks.at(-1)?.id)}
        >
          Task
        </Button>
      )}
    </div>
  )
}

function Finished({ shown, view, hidesFinished }: Given) {
  const count = finishedCount(shown)
  if (count === 0) return null
  const words = hidesFinished ? `Finished hidden, ${count} of ${shown.tasks.length}` : 'Hide finished'
  return (
    <Button
      size="xs"
      aria-label={words}
      variant={hidesFinished ? 'light' : 'default'}
      aria-pressed={hidesFinished}
      leftSection={<IconFilter size={16} stroke={1.6} />}
      onClick={() => view.setHidesFinished(!hidesFinished)}
    >
      <span className="hw-wide-only">{words}</span>
    </Button>
  )
}

function Zoom(props: { zoom: ZoomKey; view: PlanView; handle: RefObject<GanttHandle | null> }) {
  const { view, handle } = props
  const { title } = zooms.find(({ key }) => key === props.zoom) ?? zooms[2]
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconZoomIn size={16} stroke={1.6} />}>
          {title}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {zooms.map((zoom) => (
          <Menu.Item
            key={zoom.key}
            aria-current={zoom.key === props.zoom}
            onClick={() => view.setZoom(zoom.key)}
          >
            {zoom.title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconArrowsHorizontal size={16} stroke={1.6} />}
          rightSection={<kbd>0</kbd>}
          onClick={() => handle.current?.fit()}
        >
          Fit the plan
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Baselines({ shown, view, edits, rights }: Given) {
  const number = shown.baseline?.number
  const taken = shown.baselines
  const free = Array.from({ length: 11 }, (_, place) => place).find(
    (one) => !taken.some((baseline) => baseline.number === one),
  )
  const take = async (taken: number, replace: boolean) => {
    const refusal = await edits.step({
      action: 'baseline.take',
      input: { id: newId(), project: shown.project.id, number: taken, replace },
      words: `Baseline ${taken} taken.`,
    })
    if (refusal) tellRefusal(Object.assign(new Error(refusal.sentence), { code: refusal.code }))
    else view.setBaseline(taken)
  }
  useCommands(() =>
    rights.write && free !== undefined
      ? [
          {
            id: 'baseline.take',
            title: `Take baseline ${free} of the plan as it is`,
            group: 'Do',
            icon: IconStack2,
            hint: 'baseline.take',
            run: () => void take(free, false),
          },
        ]
      : [],
  )
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <Button
          size="xs"
          aria-label={number === undefined ? 'Baseline' : `Baseline ${number}`}
          variant={number === undefined ? 'default' : 'light'}
          leftSection={<IconStack2 size={16} stroke={1.6} />}
          rightSection={<IconChevronDown size={14} stroke={1.6} />}
        >
          <span className="hw-wide-only">{number === undefined ? 'Baseline' : `Baseline ${number}`}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item aria-current={number === undefined} onClick={() => view.setBaseline('none')}>
          No baseline bars
        </Menu.Item>
        {taken.map(({ number: one, name, takenAt }) => (
          <Menu.Item
            key={one}
            aria-current={number === one}
            rightSection={<span className="hw-faint hw-small">{takenAt.slice(0, 10)}</span>}
            onClick={() => view.setBaseline(one)}
          >
            {name ?? `Baseline ${one}`}
          </Menu.Item>
        ))}
        {rights.write && (
          <>
            <Menu.Divider />
            {free !== undefined && (
              <Menu.Item onClick={() => void take(free, false)}>
                Take baseline {free} of the plan as it is
              </Menu.Item>
            )}
            {number !== undefined && (
              <Menu.Item onClick={() => void take(number, true)}>Take baseline {number} anew</Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function Load({ view }: Given) {
  usePageKeys('Load', [
    { keys: 'Shift l', does: 'who is busy when', run: () => view.setLoad(!view.showLoad) },
  ])
  return (
    <Button
      size="xs"
      variant={view.showLoad ? 'light' : 'default'}
      aria-pressed={view.showLoad}
      aria-label="Load"
      title="Who is busy when  Shift L"
      leftSection={<IconUsers size={16} stroke={1.6} />}
      onClick={() => view.setLoad(!view.showLoad)}
    >
      <span className="hw-wide-only">Load</span>
    </Button>
  )
}

/** The button of a panel, with its figure. */
function PanelButton({ offered, shown, panel, beside }: Given & { offered: PlanPanel }) {
  const { key, title, keys, icon: Icon } = offered
  const count = offered.useCount?.(shown)
  const isOpen = panel === key
  const toggle = () => beside(isOpen ? {} : { panel: key })
  usePageKeys(title, [{ keys, does: title.toLowerCase(), run: toggle }])
  useCommands(() => [
    {
      id: `plan panel ${key}`,
      title: isOpen ? `Close ${title.toLowerCase()}` : title,
      group: 'Do',
      icon: Icon,
      keys,
      hint: 'this plan',
      run: toggle,
    },
  ])
  return (
    <Button
      size="xs"
      variant={isOpen ? 'light' : 'default'}
      aria-pressed={isOpen}
      aria-label={count ? `${title} ${count}` : title}
      leftSection={<Icon size={16} stroke={1.6} />}
      onClick={toggle}
    >
      <span className="hw-wide-only">{title} </span>
      {count !== undefined && count > 0 && <span className="hw-badge">{count}</span>}
    </Button>
  )
}

/** Finds tasks by the words of their name; Enter goes to the next one. */
function Find({ shown, goTo }: { shown: Shown; goTo: (id: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  usePageKeys('Find', [{ keys: 'f', does: 'find a task', run: () => input.current?.focus() }])
  const sought = words.trim().toLowerCase()
  const found = sought === '' ? [] : shown.tasks.filter(({ name }) => name.toLowerCase().includes(sought))
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      setWords('')
      input.current?.blur()
    }
    if (event.key !== 'Enter' || found.length === 0) return
    event.preventDefault()
    const task = found[at % found.length]
    setAt(at + (event.shiftKey ? found.length - 1 : 1))
    if (task) goTo(task.id)
    // The plan took the focus; the next Enter shall find on.
    requestAnimationFrame(() => input.current?.focus())
  }
  return (
    <div className="hw-find">
      <TextInput
        ref={input}
        size="xs"
        aria-label="Find a task"
        placeholder="Find a task"
        leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
        rightSection={words === '' ? <kbd>f</kbd> : undefined}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <output className="hw-faint hw-small">
        {sought === ''
          ? `${shown.tasks.length} tasks`
          : `${found.length === 0 ? 0 : (at % found.length) + 1} of ${found.length}`}
      </output>
    </div>
  )
}
