import { Modal } from '@mantine/core'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { keyName, sequenceName } from './key-names.ts'

/** A key of the page: its name (`c`, `Ctrl Z`, `g p`), what it does, and what happens. Without `run` it is only listed. */
export type PageKey = { keys: string; does: string; run?: () => void }

type Group = { title: string; keys: readonly PageKey[] }
let groups: readonly Group[] = []
const listeners = new Set<() => void>()

function publish(next: readonly Group[]): void {
  groups = next
  for (const listener of listeners) listener()
}

/** Makes keys of a screen or control known to the sheet behind `?`, and lets them act while it is on the page. */
export function usePageKeys(title: string, keys: readonly PageKey[]): void {
  const latest = useRef(keys)
  latest.current = keys
  const names = keys.map(({ keys: name, does }) => `${name}\n${does}`).join('\n\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: listed anew when a name or a word changes, not on every render
  useEffect(() => {
    const listed = latest.current.map((key, index) => ({
      ...key,
      ...(key.run ? { run: () => latest.current[index]?.run?.() } : {}),
    }))
    const group = { title, keys: listed }
    publish([...groups, group])
    return () => publish(groups.filter((one) => one !== group))
  }, [title, names])
}

/** Listens for the page's keys and shows all of them on `?`. Once per page. Keys typed into a field stay there. */
export function KeySheet() {
  const [isOpen, setOpen] = useState(false)
  const shown = useSyncExternalStore(subscribe, () => groups)
  const earlier = useRef<{ name: string; atMilliseconds: number } | undefined>(undefined)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return
      const now = { name: keyName(event), atMilliseconds: event.timeStamp }
      const found = keyNamed(sequenceName(earlier.current, now)) ?? keyNamed(now.name)
      earlier.current = now
      if (now.name === '?') setOpen((open) => !open)
      else if (!found?.run) return
      else found.run()
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Modal opened={isOpen} onClose={() => setOpen(false)} title="Keys of this page" size="md">
      {shown.map((group) => (
        <section key={group.title} style={{ marginBottom: 14 }}>
          <h3 style={{ margin: '0 0 8px', fontSize: 13 }}>{group.title}</h3>
          <dl className="hw-keys">
            {group.keys.map((key) => (
              <KeyLine key={key.keys + key.does} pageKey={key} />
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  )
}

function KeyLine({ pageKey }: { pageKey: PageKey }) {
  return (
    <>
      <dt>
        {pageKey.keys.split(' ').map((part) => (
          <kbd key={part}>{part}</kbd>
        ))}
      </dt>
      <dd>{pageKey.does}</dd>
    </>
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

// The control on top of the page comes first: it was put there last.
function keyNamed(name: string): PageKey | undefined {
  return groups
    .toReversed()
    .flatMap(({ keys }) => keys)
    .find((key) => key.run && key.keys === name)
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}
