import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'

export type LongWork = {
  title: string
  /** 0 to 1; absent while unknown. */
  share?: number | undefined
  /** `best so far +4 d` */
  best?: string | undefined
  /** `about 3 s left; proven within 1.8 %` */
  detail?: string | undefined
  onUseNow?: (() => void) | undefined
  onCancel?: (() => void) | undefined
}

/** Work that takes a while: nothing before 300 ms, then its share, the best result so far and a way out. */
export function Progress({ work }: { work: LongWork }) {
  const isDue = useAfter(300)
  if (!isDue) return null
  const percent = work.share === undefined ? undefined : Math.round(work.share * 100)
  return (
    <section aria-label={work.title}>
      <div className="hw-line">
        <b>{work.title}</b>
        <span className="hw-grow" />
        {work.best && <span className="hw-dim hw-small">{work.best}</span>}
      </div>
      <div
        className="hw-progress"
        role="progressbar"
        aria-label={work.title}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === undefined ? {} : { 'aria-valuenow': percent })}
      >
        <i style={{ width: `${percent ?? 100}%`, opacity: percent === undefined ? 0.35 : 1 }} />
      </div>
      <div className="hw-line hw-dim hw-small">
        <span>
          {[percent === undefined ? undefined : `${percent} %`, work.detail].filter(Boolean).join(', ')}
        </span>
        <span className="hw-grow" />
        {work.onUseNow && (
          <Button size="xs" variant="default" onClick={work.onUseNow}>
            Use this now
          </Button>
        )}
        {work.onCancel && (
          <Button size="xs" variant="subtle" color="gray" onClick={work.onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </section>
  )
}

function useAfter(milliseconds: number): boolean {
  const [isDue, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), milliseconds)
    return () => clearTimeout(timer)
  }, [milliseconds])
  return isDue
}
