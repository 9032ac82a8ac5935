import './desk.css'
import { IconChecks } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDay } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { Empty } from '../../../ui/empty.tsx'
import { refusalOf } from '../../../ui/house/api.ts'
import { useAsk } from '../../../ui/house/data.ts'
import { useWhere } from '../../../ui/house/where.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import type { showDesk } from '../desk.queries.ts'
import { DeskCard, type Item, take } from './desk-card.tsx'
import { DeskNews } from './desk-news.tsx'

type Shown = Awaited<ReturnType<typeof showDesk.run>>

const GROUPS = [
  { group: 'decide', title: 'Decisions waiting' },
  { group: 'late', title: 'Late' },
  { group: 'doing', title: 'Under way' },
  { group: 'due', title: 'Soon' },
] as const

/** What waits for the reader, and what others changed since they last looked. */
export function DeskPage() {
  const { data: desk, error } = useAsk<Shown>('desk.show', {})
  const [at, setAt] = useState(0)
  const navigate = useNavigate()
  useWhere({ crumbs: [{ label: 'My desk' }] })
  const items = desk?.items ?? []
  const chosen = items[Math.min(at, items.length - 1)]
  const open = (item: Item | undefined) => item && void navigate({ href: item.href })
  usePageKeys('My desk', [
    { keys: 'j', does: 'next', run: () => setAt((before) => Math.min(before + 1, items.length - 1)) },
    { keys: 'k', does: 'previous', run: () => setAt((before) => Math.max(before - 1, 0)) },
    { keys: 'Enter', does: 'open', run: () => open(chosen) },
    { keys: 'a', does: 'do what is offered first', run: () => chosen && void take(chosen, chosen.offers[0]) },
  ])
  if (error) {
    const { code, message } = refusalOf(error)
    return (
      <div className="hw-page">
        <Refusal refusal={{ code, sentence: message }} />
      </div>
    )
  }
  if (!desk) return null
  return (
    <div className="hw-page hw-desk">
      <header>
        <h1>{formatDay(minuteOf(`${desk.day}T00:00:00`), { weekday: true, year: 'always' })}</h1>
        <p className="hw-dim">{inWords(desk.counts)}</p>
      </header>
      <div className="hw-desk-columns">
        <div>
          {items.length === 0 && (
            <Empty
              icon={<IconChecks size={24} stroke={1.4} />}
              title="Nothing waits for you"
              sentence="Decisions, late work and what is soon due will stand here, each with what you can do at once."
            />
          )}
          {GROUPS.map(({ group, title }) => {
            const own = items.filter((item) => item.group === group)
            return (
              own.length > 0 && (
                <section key={group} aria-label={title}>
                  <h2>
                    {title} <span className="hw-faint">{desk.counts[group]}</span>
                  </h2>
                  <ol className="hw-desk-cards">
                    {own.map((item) => (
                      <DeskCard
                        key={item.key}
                        item={item}
                        day={desk.day}
                        isChosen={item.key === chosen?.key}
                        onChoose={() => setAt(items.indexOf(item))}
                      />
                    ))}
                  </ol>
                </section>
              )
            )
          })}
        </div>
        <DeskNews />
      </div>
    </div>
  )
}

function inWords({ decide, late, doing, due }: Shown['counts']): string {
  const parts = [
    decide > 0 && `${decide === 1 ? 'one decision waits' : `${decide} decisions wait`} for you`,
    late > 0 && `${late} late`,
    doing > 0 && `${doing} under way`,
    due > 0 && `${due} soon due`,
  ].filter((part) => part !== false)
  if (parts.length === 0) return 'Nothing waits for you today.'
  const sentence = parts.join(', ')
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}
