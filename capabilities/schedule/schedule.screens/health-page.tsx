import './health.css'
import { IconDownload, IconHeartbeat } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Empty } from '../../../ui/empty.tsx'
import { refusalOf } from '../../../ui/house/api.ts'
import { useAsk, useMay } from '../../../ui/house/data.ts'
import { nameBeside, useTopBarActions, useWhere } from '../../../ui/house/where.ts'
import { usePageKeys } from '../../../ui/keys.tsx'
import { type Why, WhyPopover } from '../../../ui/popover-why.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { type HealthEdits, healthEdits } from './health-edits.ts'
import { pointsTable, practicesTable, saveTable } from './health-export.ts'
import { type HealthRights, PointPanel } from './health-point-panel.tsx'
import { PointTable } from './health-points.tsx'
import { PracticeTable } from './health-practices.tsx'
import { QuestionPanel } from './health-question-panel.tsx'
import { ScoreCards } from './health-score.tsx'
import { whyPoint, whyScore } from './health-why.tsx'
import type { Checked, Practices } from './health-words.ts'

/** Whether the plan can be believed: fourteen points that are counted, ten practices that are asked. */
export function HealthPage() {
  const { project } = useParams({ strict: false }) as { project: string }
  return <HealthOf key={project} project={project} />
}

type Named = { id: string; name: string; code: string | null }
type View = 'points' | 'practices'

function HealthOf({ project }: { project: string }) {
  const { data: projects } = useAsk<readonly Named[]>('project.list', {})
  const { data: checked, error } = useAsk<Checked>('schedule.health', { project })
  const { data: practices } = useAsk<Practices>('schedule.practices', { project })
  const [view, setView] = useState<View>('points')
  const name = projects?.find(({ id }) => id === project) ?? { name: '', code: null }
  useWhere({
    project,
    crumbs: [
      { label: nameBeside(name), ...(name.code ? { code: name.code } : {}), to: '/projects' },
      { label: 'Schedule health' },
    ],
  })
  const may = useMay()
  const edits = useMemo(() => healthEdits(project), [project])
  const rights = { write: may('schedule.write', project), share: may('schedule.write') }
  usePageKeys('Schedule health', [
    { keys: '1', does: 'fourteen points', run: () => setView('points') },
    { keys: '2', does: 'ten practices', run: () => setView('practices') },
  ])
  const save = () => {
    if (view === 'points' && checked) saveTable(`${name.name} schedule health`, pointsTable(checked))
    if (view === 'practices' && practices) saveTable(`${name.name} practices`, practicesTable(practices))
  }
  useTopBarActions([{ label: 'Export as CSV', icon: IconDownload, run: save }])
  if (error) {
    const { code, message } = refusalOf(error)
    return (
      <div className="hw-page">
        <Refusal refusal={{ code, sentence: message }} />
      </div>
    )
  }
  if (!checked) return null
  const hands = { project, edits, rights }
  return (
    <div className="hw-health-page">
      <h1 className="hw-hidden">Schedule health of {name.name}</h1>
      <ViewBar view={view} onView={setView} />
      {view === 'points' ? (
        <Points {...hands} checked={checked} />
      ) : (
        practices && <Asked {...hands} practices={practices} />
      )}
    </div>
  )
}

const VIEWS: readonly { view: View; label: string; keyName: string }[] = [
  { view: 'points', label: 'Fourteen points', keyName: '1' },
  { view: 'practices', label: 'Ten practices', keyName: '2' },
]

function ViewBar({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <div className="hw-health-bar" role="toolbar" aria-label="Schedule health">
      {VIEWS.map((each) => (
        <button
          key={each.view}
          type="button"
          className="hw-health-view"
          aria-pressed={each.view === view}
          onClick={() => onView(each.view)}
        >
          {each.label} <kbd>{each.keyName}</kbd>
        </button>
      ))}
    </div>
  )
}

type Hands = { project: string; edits: HealthEdits; rights: HealthRights }

function Points({ project, checked, edits, rights }: Hands & { checked: Checked }) {
  const [opened, setOpened] = useState<number | undefined>(undefined)
  const [asked, setAsked] = useState<{ why: 'score' | number; anchor: DOMRect } | undefined>(undefined)
  const point = checked.points.find(({ number }) => number === opened)
  if (checked.points.every(({ pass }) => pass === null)) {
    return (
      <Empty
        icon={<IconHeartbeat size={26} stroke={1.4} />}
        title="Nothing to judge yet"
        sentence="As soon as the plan has tasks and links, fourteen counts say whether its dates can be believed, who offends and what would mend it."
      />
    )
  }
  return (
    <div className="hw-health-body">
      <div className="hw-health-main">
        <ScoreCards
          project={project}
          checked={checked}
          onWhy={(anchor) => setAsked({ why: 'score', anchor })}
        />
        <PointTable
          checked={checked}
          opened={opened}
          onOpen={(number) => setOpened(number === opened ? undefined : number)}
          onWhy={({ number }, anchor) => setAsked({ why: number, anchor })}
        />
      </div>
      {point && (
        <PointPanel
          key={point.number}
          project={project}
          checked={checked}
          point={point}
          edits={edits}
          rights={rights}
          onClose={() => setOpened(undefined)}
        />
      )}
      <WhyPopover
        why={asked && whyOf(checked, asked.why)}
        anchor={asked?.anchor}
        onClose={() => setAsked(undefined)}
      />
    </div>
  )
}

function whyOf(checked: Checked, asked: 'score' | number): Why | undefined {
  if (asked === 'score') return whyScore(checked)
  const point = checked.points.find(({ number }) => number === asked)
  return point && whyPoint(checked, point)
}

function Asked({ project, practices, edits, rights }: Hands & { practices: Practices }) {
  const [opened, setOpened] = useState<string | undefined>(undefined)
  const practice = practices.practices.find(({ questions }) => questions.some(({ key }) => key === opened))
  const question = practice?.questions.find(({ key }) => key === opened)
  return (
    <div className="hw-health-body">
      <div className="hw-health-main">
        <PracticeTable
          practices={practices}
          opened={opened}
          onOpen={(key) => setOpened(key === opened ? undefined : key)}
        />
      </div>
      {question && practice && (
        <QuestionPanel
          key={question.key}
          project={project}
          question={question}
          practice={practice.name}
          seq={practices.seq}
          {...(rights.write ? { onAnswer: edits.answer } : {})}
          onClose={() => setOpened(undefined)}
        />
      )}
    </div>
  )
}
