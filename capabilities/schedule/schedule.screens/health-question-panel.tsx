import { Button, Radio, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { HealthChip } from '../../../ui/chips.tsx'
import type { HealthEdits } from './health-edits.ts'
import { HealthPanel } from './health-panel.tsx'
import { PlanLink } from './health-plan-link.tsx'
import {
  basisOf,
  dayWords,
  GRADE_CHOICES,
  GRADE_WORDS,
  type Grade,
  gradeChip,
  type Question,
} from './health-words.ts'

/** One question: its answer, what that rests on, who said it when, and what was said before. */
export function QuestionPanel(props: {
  project: string
  question: Question
  practice: string
  seq: number
  onAnswer?: HealthEdits['answer']
  onClose: () => void
}) {
  const { project, question, practice, onAnswer, onClose } = props
  return (
    <HealthPanel number={question.key} title={practice} onClose={onClose}>
      <p>{question.text}</p>
      <p className="hw-line">
        <HealthChip {...gradeChip(question.grade)} />
      </p>
      <p className="hw-dim">{basisOf(question)}</p>
      {question.stale && (
        <p className="hw-late">The plan has changed since this was answered. Is it still true?</p>
      )}
      {question.by === 'plan' ? (
        <PlanOffenders project={project} question={question} />
      ) : (
        onAnswer && <AnswerForm key={question.said?.at ?? ''} question={question} onAnswer={onAnswer} />
      )}
      <History question={question} />
      <p className="hw-faint hw-tiny">schedule.practices, change {props.seq}</p>
    </HealthPanel>
  )
}

const MOST_SHOWN = 100

function PlanOffenders({ project, question }: { project: string; question: Question }) {
  const { offenders } = question
  if (offenders.length === 0) return null
  return (
    <section aria-label="What stands against it">
      <h3>What stands against it</h3>
      <ul className="hw-health-offenders">
        {offenders.slice(0, MOST_SHOWN).map(({ id, name, why }) => (
          <li key={id}>
            <div>
              <PlanLink project={project} task={id}>
                {name}
              </PlanLink>
              <p className="hw-dim hw-small">{why}</p>
            </div>
          </li>
        ))}
      </ul>
      {offenders.length > MOST_SHOWN && <p className="hw-dim">and {offenders.length - MOST_SHOWN} more</p>}
    </section>
  )
}

function AnswerForm({ question, onAnswer }: { question: Question; onAnswer: HealthEdits['answer'] }) {
  const [grade, setGrade] = useState<string>(question.grade ?? '')
  const [evidence, setEvidence] = useState(question.evidence ?? '')
  const isSame = grade === (question.grade ?? '') && evidence === (question.evidence ?? '')
  return (
    <section aria-label="Your answer">
      <h3>Your answer</h3>
      <Stack gap="sm">
        <Radio.Group value={grade} onChange={setGrade} aria-label="How far is it so?">
          <Stack gap={6}>
            {GRADE_CHOICES.map(({ value, label }) => (
              <Radio key={value} size="sm" value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label="Evidence"
          description="What the answer rests on: words, or the address of a page"
          autosize
          minRows={3}
          maxRows={10}
          maxLength={10_000}
          value={evidence}
          onChange={(event) => setEvidence(event.currentTarget.value)}
        />
        <div className="hw-line">
          <Button
            size="xs"
            disabled={grade === '' || (isSame && !question.stale)}
            onClick={() => void onAnswer(question.key, grade as Grade, evidence)}
          >
            {isSame && question.stale ? 'Still so' : 'Save the answer'}
          </Button>
          {question.said && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              onClick={() => void onAnswer(question.key, null, '')}
            >
              Withdraw
            </Button>
          )}
        </div>
      </Stack>
    </section>
  )
}

function History({ question }: { question: Question }) {
  if (question.before.length === 0) return null
  return (
    <section aria-label="Answers before">
      <h3>Answers before</h3>
      <ul className="hw-health-offenders">
        {question.before.map(({ grade, evidence, by, at }) => (
          <li key={at}>
            <div>
              <b>{GRADE_WORDS[grade]}</b>{' '}
              <span className="hw-dim hw-small">
                {by ?? 'Somebody'}, {dayWords(at)}
              </span>
              {evidence !== null && <p className="hw-dim hw-small">{evidence}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
