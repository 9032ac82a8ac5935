import { Button, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Fault } from '../../../kernel/fault.ts'
import { type Health, HealthChip } from '../../../ui/chips.tsx'
import { refusalOf } from '../../../ui/house/api.ts'
import { act } from '../../../ui/house/changes.ts'
import { Refusal } from '../../../ui/refusal.tsx'
import type { ReportFacts } from '../report.facts.ts'

export type StoredReport = {
  id: string
  seq: number
  number: number
  state: 'draft' | 'published'
  from: string
  to: string
  words: Words
}

type Words = {
  summary?: string
  outlook?: string
  rating?: { reported: 'green' | 'amber' | 'red'; reason: string }
}

const healths: Record<string, { health: Health; word: string }> = {
  green: { health: 'green', word: 'Green' },
  amber: { health: 'amber', word: 'Amber' },
  red: { health: 'red', word: 'Red' },
  notMeasured: { health: 'grey', word: 'Not measured' },
}

/** Beside the page: how the rating came about, and what the author says in their own words. */
export function ReportSide({
  report,
  facts,
  mayWrite,
}: {
  report: StoredReport
  facts: ReportFacts | undefined
  mayWrite: boolean
}) {
  return (
    <aside className="hw-report-side" aria-label="About this report">
      {facts && <Ratings facts={facts} />}
      <section>
        <h2>In your own words</h2>
        {report.state === 'draft' && mayWrite ? (
          <WordsForm report={report} />
        ) : (
          <p className="hw-dim">{report.words.summary ?? 'Nothing was added.'}</p>
        )}
      </section>
      {facts && (
        <p className="hw-faint hw-small">
          Figures from report.status after change {facts.seq}. Each figure on the page leads to where it comes
          from.
        </p>
      )}
    </aside>
  )
}

function Ratings({ facts }: { facts: ReportFacts }) {
  const overall = healths[facts.overall.reported] ?? healths.notMeasured
  const schedule = healths[facts.schedule.rating] ?? healths.notMeasured
  return (
    <section>
      <h2>Health</h2>
      <dl className="hw-ratings">
        <dt>Overall</dt>
        <dd>{overall && <HealthChip {...overall} />}</dd>
        <dt>Schedule</dt>
        <dd>
          {schedule && <HealthChip {...schedule} />}
          <p className="hw-dim hw-small">{facts.schedule.rule}</p>
        </dd>
      </dl>
    </section>
  )
}

function WordsForm({ report }: { report: StoredReport }) {
  const [words, setWords] = useState<Words>(report.words)
  const [refusal, setRefusal] = useState<Fault | undefined>(undefined)
  const isSame = JSON.stringify(words) === JSON.stringify(report.words)
  const said = (key: 'summary' | 'outlook') => ({
    value: words[key] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setWords(({ [key]: _before, ...rest }) => (value === '' ? rest : { ...rest, [key]: value }))
    },
  })
  const save = async () => {
    try {
      setRefusal(undefined)
      await act('report.write', { report: report.id, words }, { words: 'Words of the report saved.' })
    } catch (error) {
      setRefusal(refusalOf(error))
    }
  }
  return (
    <div className="hw-report-words">
      <Textarea label="Summary" autosize minRows={4} maxRows={12} {...said('summary')} />
      <Textarea label="Next period" autosize minRows={3} maxRows={12} {...said('outlook')} />
      <Select
        label="Rating"
        description="As computed unless you give another with its reason"
        placeholder="As computed"
        clearable
        data={[
          { value: 'green', label: 'Green' },
          { value: 'amber', label: 'Amber' },
          { value: 'red', label: 'Red' },
        ]}
        value={words.rating?.reported ?? null}
        onChange={(reported) =>
          setWords(({ rating, ...rest }) =>
            reported === null
              ? rest
              : { ...rest, rating: { reported: reported as 'red', reason: rating?.reason ?? '' } },
          )
        }
      />
      {words.rating && (
        <Textarea
          label="Reason"
          autosize
          minRows={2}
          value={words.rating.reason}
          onChange={(event) => {
            const reason = event.currentTarget.value
            setWords((before) =>
              before.rating ? { ...before, rating: { ...before.rating, reason } } : before,
            )
          }}
        />
      )}
      {refusal && <Refusal refusal={{ code: refusal.code, sentence: refusal.message }} />}
      <Button variant="default" disabled={isSame} onClick={() => void save()}>
        Save the words
      </Button>
    </div>
  )
}
