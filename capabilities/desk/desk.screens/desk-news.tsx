import { useEffect, useState } from 'react'
import { localDay } from '../../../ui/house/clock.ts'
import { useAsk, useMe } from '../../../ui/house/data.ts'
import type { newsForMe } from '../desk.queries.ts'

type News = Awaited<ReturnType<typeof newsForMe.run>>

/** Below this many changes back a first look begins. */
const FIRST_LOOK = 200

/** What others changed since the reader last looked, by this browser's memory. */
export function DeskNews() {
  const { data: me } = useMe()
  const key = me && `hw-desk-seen/${me.actor.id}`
  const [after, setAfter] = useState<number | undefined>(undefined)
  useEffect(() => {
    if (!me || !key || after !== undefined) return
    const seen = Number(localStorage.getItem(key) ?? Number.NaN)
    setAfter(Number.isSafeInteger(seen) ? seen : Math.max(0, me.seq - FIRST_LOOK))
  }, [me, key, after])
  const { data: news } = useAsk<News>('desk.news', { after: after ?? 0 }, { enabled: after !== undefined })
  if (!news || !key) return null
  const seen = () => {
    localStorage.setItem(key, String(news.seq))
    setAfter(news.seq)
  }
  return (
    <section className="hw-desk-news" aria-label="What changed">
      <h2>
        Changed since you looked <span className="hw-faint">{news.lines.length}</span>
        {news.lines.length > 0 && (
          <button type="button" className="hw-link" onClick={seen}>
            Seen
          </button>
        )}
      </h2>
      {news.lines.length === 0 ? (
        <p className="hw-dim">Nobody else has changed anything.</p>
      ) : (
        <ol>
          {news.lines.map(({ seq, at, actor, title, projectName, times }) => (
            <li key={seq}>
              <span>
                {title}
                {times > 1 && <span className="hw-faint"> × {times}</span>}
                <span className="hw-desk-by">
                  {actor}
                  {projectName && `, ${projectName}`}
                </span>
              </span>
              <time className="hw-faint" dateTime={at}>
                {timeText(at)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** The clock of today, else the day, where the reader is. */
function timeText(at: string): string {
  const then = new Date(at)
  const isToday = then.toLocaleDateString('sv-SE') === localDay()
  return isToday
    ? then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
    : then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
}
