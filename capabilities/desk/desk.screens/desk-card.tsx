import { Button, TextInput } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDay } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { Offer } from '../../../kernel/part.ts'
import { Chip, LateChip } from '../../../ui/chips.tsx'
import { act, tellRefusal, tellStep, undoLast } from '../../../ui/house/changes.ts'
import type { showDesk } from '../desk.queries.ts'

export type Item = Awaited<ReturnType<typeof showDesk.run>>['items'][number]

/** Does what an item offers; the toast says so and takes it back. */
export async function take(item: Item, offer: Offer | undefined, said?: string): Promise<void> {
  if (!offer) return
  if (offer.asks !== undefined && !said) return
  const input = offer.asks === undefined ? offer.input : { ...offer.input, [offer.asks]: said }
  try {
    await act(offer.action, input, { words: `${offer.label}: ${item.title}.` })
    tellStep({
      lead: `${offer.label}.`,
      effect: item.title,
      action: { label: 'Undo', keyName: 'Ctrl Z', run: () => void undoLast() },
    })
  } catch (error) {
    tellRefusal(error)
  }
}

/** One thing that waits: what, why, until when, and what can be done at once. */
export function DeskCard(props: { item: Item; day: string; isChosen: boolean; onChoose: () => void }) {
  const { item, day, isChosen, onChoose } = props
  const [asking, setAsking] = useState<Offer | undefined>(undefined)
  return (
    <li className="hw-desk-card" data-chosen={isChosen || undefined} onFocus={onChoose}>
      <div className="hw-desk-title">
        {item.projectName && <span className="hw-faint">{item.projectName}</span>}
        <Link to={item.href as string}>{item.title}</Link>
        {item.due !== null && <Due due={item.due} day={day} />}
      </div>
      <p className="hw-dim">{item.why}</p>
      {item.offers.length > 0 && !asking && (
        <div className="hw-desk-offers">
          {item.offers.map((offer, index) => (
            <Button
              key={offer.label}
              size="xs"
              variant={index === 0 && isChosen ? 'filled' : 'default'}
              rightSection={index === 0 && isChosen && offer.asks === undefined ? <kbd>a</kbd> : undefined}
              onClick={() => (offer.asks === undefined ? void take(item, offer) : setAsking(offer))}
            >
              {offer.label}
            </Button>
          ))}
        </div>
      )}
      {asking && <Reply item={item} offer={asking} onClose={() => setAsking(undefined)} />}
    </li>
  )
}

function Due({ due, day }: { due: string; day: string }) {
  const text = due === day ? 'Today' : formatDay(minuteOf(`${due}T00:00:00`))
  if (due < day) return <LateChip>{text}</LateChip>
  return (
    <Chip tone={due === day ? 'amber' : 'grey'} icon={<IconClock size={14} stroke={1.6} aria-hidden />}>
      {text}
    </Chip>
  )
}

/** Asks for the words that an offer needs. */
function Reply({ item, offer, onClose }: { item: Item; offer: Offer; onClose: () => void }) {
  const [words, setWords] = useState('')
  return (
    <form
      className="hw-desk-offers"
      onSubmit={(event) => {
        event.preventDefault()
        void take(item, offer, words.trim()).then(onClose)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <TextInput
        size="xs"
        aria-label={`${offer.label}: ${offer.asks}`}
        placeholder={offer.asks === 'conditions' ? 'Which conditions?' : 'The reason'}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
        data-autofocus
        autoFocus
      />
      <Button size="xs" type="submit" disabled={words.trim() === ''}>
        {offer.label}
      </Button>
      <Button size="xs" variant="subtle" onClick={onClose}>
        Back
      </Button>
    </form>
  )
}
