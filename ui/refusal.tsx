import { IconAlertTriangle } from '@tabler/icons-react'

/** What a refused action tells: a stable code, a sentence, and what to do next. */
export type RefusalFacts = { code: string; sentence: string; next?: string }

/** A refusal in place, announced at once: the sentence, what to do next, and the code for whoever asks for help. */
export function Refusal({
  refusal,
  action,
}: {
  refusal: RefusalFacts
  action?: { label: string; run: () => void }
}) {
  return (
    <div className="hw-refusal" role="alert">
      <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
      <div>
        <p>
          <b>{refusal.sentence}</b>
        </p>
        {refusal.next && <p className="hw-next">{refusal.next}</p>}
        <p>
          <code>{refusal.code}</code>{' '}
          {action && (
            <button type="button" className="hw-link" onClick={action.run}>
              {action.label}
            </button>
          )}
        </p>
      </div>
    </div>
  )
}
