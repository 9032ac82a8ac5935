import { Outlet, useLocation, useMatches, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { refusalOf } from '../../../ui/house/api.ts'
import { redoLast, undoLast } from '../../../ui/house/changes.ts'
import { commandBarOpen } from '../../../ui/house/commands.ts'
import { useAsOf, useMe, useUpToDate } from '../../../ui/house/data.ts'
import { useStore } from '../../../ui/house/store.ts'
import { where } from '../../../ui/house/where.ts'
import { KeySheet, usePageKeys } from '../../../ui/keys.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { Toasts } from '../../../ui/toast.tsx'
import { screens, standingBy } from '../rooms.ts'
import { CommandBar } from './command-bar.tsx'
import { Crash } from './crash.tsx'
import { Navigation } from './navigation.tsx'
import { PastBar } from './past-bar.tsx'
import { PhoneTabs } from './phone-tabs.tsx'
import { Tabs } from './tabs.tsx'
import { TopBar } from './top-bar.tsx'

/** Everything around a page: navigation, top bar, command bar, keys, toasts. Whoever is not signed in is led there. */
export function Shell() {
  const me = useMe()
  const navigate = useNavigate()
  const { href } = useLocation()
  const refusal = me.error && refusalOf(me.error)
  // A server that does not answer has not signed anybody out.
  const isOut = refusal?.code.startsWith('signIn.') === true
  useEffect(() => {
    if (isOut) void navigate({ to: '/sign-in', search: href === '/' ? {} : { to: href }, replace: true })
  }, [isOut, href, navigate])
  if (me.data) return <SignedIn />
  if (!refusal || isOut) return null
  return (
    <main className="hw-page">
      <Refusal
        refusal={{
          code: refusal.code,
          sentence: refusal.message,
          next: 'What you saved is safe. Start it again with npm start.',
        }}
        action={{ label: 'Try again', run: () => void me.refetch() }}
      />
    </main>
  )
}

function SignedIn() {
  useUpToDate()
  const isNarrow = useNarrowNavigation()
  useShellKeys(isNarrow.toggle)
  const asOf = useAsOf()
  return (
    <div
      className="hw-shell"
      data-rail={isNarrow.value || undefined}
      data-past={asOf !== undefined || undefined}
    >
      <a className="hw-skip" href="#hw-main">
        Skip to the page
      </a>
      <Navigation isRail={isNarrow.value} onToggle={isNarrow.toggle} />
      <div className="hw-column">
        <TopBar />
        {asOf !== undefined && <PastBar day={asOf} />}
        <Tabs />
        <main id="hw-main" className="hw-main" tabIndex={-1}>
          <Crash>
            <Suspense fallback={null}>
              <Outlet />
            </Suspense>
          </Crash>
        </main>
      </div>
      <PhoneTabs />
      <CommandBar />
      <KeySheet />
      <Toasts />
      <Suspense fallback={null}>
        {standingBy.map((Part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <Part key={index} />
        ))}
      </Suspense>
    </div>
  )
}

/** The navigation is a rail where the page needs the width, until the reader says otherwise. */
function useNarrowNavigation(): { value: boolean; toggle: () => void } {
  const [said, setSaid] = useState<Record<string, boolean>>(readSaid)
  const path = useMatches().at(-1)?.fullPath
  const isWide = screens.some((screen) => screen.wide && screen.path === path)
  const kind = isWide ? 'wide' : 'usual'
  const value = said[kind] ?? isWide
  const toggle = () => {
    const next = { ...said, [kind]: !value }
    setSaid(next)
    localStorage.setItem('hw-rail', JSON.stringify(next))
  }
  return { value, toggle }
}

function readSaid(): Record<string, boolean> {
  try {
    return JSON.parse(localStorage.getItem('hw-rail') ?? '{}') as Record<string, boolean>
  } catch {
    return {}
  }
}

function useShellKeys(toggleRail: () => void): void {
  const navigate = useNavigate()
  const { project } = useStore(where)
  const pages = screens
    .filter(({ keys, place }) => keys && (place !== 'project' || project))
    .map(({ keys, path, title }) => ({
      keys: keys ?? '',
      does: `go to ${title}`,
      run: () => void navigate({ to: path as string, params: { project } as never }),
    }))
  usePageKeys('Everywhere', [
    { keys: 'Ctrl K', does: 'command bar', run: () => commandBarOpen.set(true) },
    { keys: '/', does: 'command bar', run: () => commandBarOpen.set(true) },
    { keys: '?', does: 'this sheet' },
    { keys: '[', does: 'narrow or wide navigation', run: toggleRail },
    { keys: 'Ctrl Z', does: 'undo my last change', run: () => void undoLast() },
    { keys: 'Ctrl Shift Z', does: 'redo', run: () => void redoLast() },
    ...pages,
  ])
  // In a field, Ctrl K still opens the bar: nothing is typed by it.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k' || event.defaultPrevented)
        return
      event.preventDefault()
      commandBarOpen.set(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
