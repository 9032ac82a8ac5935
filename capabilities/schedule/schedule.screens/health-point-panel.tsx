import { Button } from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import { useState } from 'react'
import { HealthChip } from '../../../ui/chips.tsx'
import type { HealthEdits } from './health-edits.ts'
import { HealthLimits } from './health-limits.tsx'
import { HealthPanel } from './health-panel.tsx'
import { PlanLink } from './health-plan-link.tsx'
import {
  type Checked,
  figureText,
  fixableOf,
  limitText,
  type Offender,
  type Point,
  resultOf,
} from './health-words.ts'

export type HealthRights = { readonly write: boolean; readonly share: boolean }

/** One point: what it asks, the limits it is judged by, and who offends with what would mend it. */
export function PointPanel(props: {
  project: string
  checked: Checked
  point: Point
  edits: HealthEdits
  rights: HealthRights
  onClose: () => void
}) {
  const { project, checked, point, edits, rights, onClose } = props
  return (
    <HealthPanel number={String(point.number)} title={point.name} onClose={onClose}>
      <p>{point.about}</p>
      <p className="hw-line">
        <HealthChip {...resultOf(point)} />
        <b>{figureText(point.value, point.unit)}</b>
        <span className="hw-dim">{limitText(point)}</span>
      </p>
      {point.notApplicable !== null && <p className="hw-dim">{point.notApplicable}</p>}
      <section aria-label="Limits">
        <h3>Limits</h3>
        <HealthLimits
          key={checked.seq}
          limits={checked.limits.filter((limit) => limit.point === point.number)}
          rights={rights}
          onSet={edits.setLimit}
        />
      </section>
      <section aria-label="Offenders">
        <Offenders project={project} point={point} {...(rights.write ? { onFix: edits.fix } : {})} />
      </section>
    </HealthPanel>
  )
}

const FIRST_SHOWN = 50

function Offenders(props: { project: string; point: Point; onFix?: HealthEdits['fix'] }) {
  const { project, point, onFix } = props
  const [shown, setShown] = useState(FIRST_SHOWN)
  const { offenders } = point
  const fixable = fixableOf(point)
  const advice = offenders.find(({ fix }) => fix !== null && !('action' in fix))?.fix
  if (offenders.length === 0)
    return (
      <>
        <h3>Offenders</h3>
        <p className="hw-dim">None.</p>
      </>
    )
  return (
    <>
      <div className="hw-line hw-health-offenders-head">
        <h3>
          {offenders.length} {offenders.length === 1 ? 'offender' : 'offenders'}
        </h3>
        <span className="hw-grow" />
        {onFix && fixable.length > 1 && (
          <Button
            size="xs"
            leftSection={<IconWand size={16} stroke={1.6} />}
            onClick={() => void onFix(point)}
          >
            Fix all {fixable.length}
          </Button>
        )}
      </div>
      {advice && <p className="hw-dim">{advice.title}</p>}
      <ul className="hw-health-offenders">
        {offenders.slice(0, shown).map((offender) => (
          <OffenderLine
            key={offender.id}
            project={project}
            offender={offender}
            {...(onFix ? { onFix: () => void onFix(point, [offender.id]) } : {})}
          />
        ))}
      </ul>
      {offenders.length > shown && (
        <Button size="xs" variant="default" onClick={() => setShown(shown + 200)}>
          Show more of {offenders.length}
        </Button>
      )}
    </>
  )
}

function OffenderLine(props: { project: string; offender: Offender; onFix?: () => void }) {
  const { project, offender, onFix } = props
  const { fix } = offender
  const isReady = fix !== null && 'action' in fix
  return (
    <li>
      <div>
        <PlanLink project={project} task={offender.id}>
          {offender.name}
        </PlanLink>
        {offender.uid !== null && <span className="hw-faint hw-tiny"> {offender.uid}</span>}
        <p className="hw-dim hw-small">{offender.why}</p>
        {isReady && <p className="hw-small">{fix.title}</p>}
      </div>
      {isReady && onFix && (
        <Button size="xs" variant="default" aria-label={`Fix ${offender.name}`} onClick={onFix}>
          Fix
        </Button>
      )}
    </li>
  )
}
