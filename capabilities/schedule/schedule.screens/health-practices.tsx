import { IconHistoryToggle } from '@tabler/icons-react'
import { Chip, HealthChip } from '../../../ui/chips.tsx'
import { basisOf, gradeChip, type Practice, type Practices, type Question, sumChip } from './health-words.ts'

type Opens = { opened: string | undefined; onOpen: (key: string) => void }

/** The ten practices as questions: what the plan answers by itself, what people answered, what is open. */
export function PracticeTable({ practices, opened, onOpen }: { practices: Practices } & Opens) {
  return (
    <>
      <PracticeScores practices={practices} />
      {practices.practices.map((practice) => (
        <PracticeCard key={practice.number} practice={practice} opened={opened} onOpen={onOpen} />
      ))}
    </>
  )
}

function PracticeScores({ practices }: { practices: Practices }) {
  const { score, answered, questions, stale, characteristics } = practices
  return (
    <section className="hw-card hw-health-scores" aria-label="Scores of the practices">
      <div>
        <span className="hw-dim hw-small">All ten practices</span>
        <b className="hw-health-figure">
          {score === null ? '–' : score.toFixed(1)}
          <small> of 5{practices.open > 0 && ' so far'}</small>
        </b>
        <HealthChip {...sumChip(practices)} />
      </div>
      {characteristics.map((each) => (
        <div key={each.name}>
          <span className="hw-dim hw-small">{each.name}</span>
          <b>{each.score === null ? '–' : each.score.toFixed(1)}</b>
          <HealthChip {...sumChip(each)} />
        </div>
      ))}
      <p className="hw-dim hw-small">
        {answered} of {questions} questions have an answer
        {stale > 0 && `; for ${stale} of them the plan has changed since`}. A score is the mean of the answers
        there are so far, 5 met to 1 not met, after the Schedule Assessment Guide (GAO-16-89G); questions in
        our own words.
      </p>
    </section>
  )
}

function PracticeCard({ practice, opened, onOpen }: { practice: Practice } & Opens) {
  const { number, name, characteristic, score, questions } = practice
  return (
    <section className="hw-card hw-health-practice" aria-label={`Practice ${number}`}>
      <header>
        <span className="hw-faint">{number}</span>
        <h2>{name}</h2>
        <span className="hw-wide-only">
          <Chip>{characteristic}</Chip>
        </span>
        <span className="hw-grow" />
        <span className="hw-dim hw-small">{score === null ? '' : score.toFixed(1)}</span>
        <HealthChip {...sumChip(practice)} />
      </header>
      <ul>
        {questions.map((question) => (
          <QuestionLine
            key={question.key}
            question={question}
            isOpen={question.key === opened}
            onOpen={() => onOpen(question.key)}
          />
        ))}
      </ul>
    </section>
  )
}

function QuestionLine(props: { question: Question; isOpen: boolean; onOpen: () => void }) {
  const { question, isOpen, onOpen } = props
  return (
    <li {...(isOpen ? { 'data-selected': true } : {})}>
      <span className="hw-faint">{question.key}</span>
      <div>
        <button type="button" className="hw-health-name" aria-expanded={isOpen} onClick={onOpen}>
          {question.text}
        </button>
        <p className="hw-dim hw-small">{basisOf(question)}</p>
      </div>
      <span className="hw-health-marks">
        {question.stale && (
          <Chip tone="amber" icon={<IconHistoryToggle size={14} stroke={1.6} aria-hidden />}>
            plan changed since
          </Chip>
        )}
        <HealthChip {...gradeChip(question.grade)} />
      </span>
    </li>
  )
}
