import { formatNumber } from '../../../drawing/format.ts'
import type { Why } from '../../../ui/popover-why.tsx'
import { type Checked, dayWords, figureText, limitText, type Point, resultOf } from './health-words.ts'

/** What the figure of a point rests on. */
export function whyPoint(checked: Checked, point: Point): Why {
  const limits = checked.limits.filter((limit) => limit.point === point.number)
  const own = limits.some(({ project, workspace }) => project !== null || workspace !== null)
  return {
    title: `${point.number} ${point.name}`,
    value: figureText(point.value, point.unit),
    lead: point.about,
    inputs: [
      ...(point.count === undefined
        ? []
        : [{ label: 'Counted', value: `${point.count} of ${point.of ?? 0}` }]),
      { label: 'Limit', value: `${limitText(point)}${own ? ', said for here' : ', the usual one'}` },
      { label: 'Result', main: point.pass === false, value: resultOf(point).word },
      ...ground(checked),
    ],
    ...(point.notApplicable === null ? {} : { message: point.notApplicable }),
    source: `schedule.health, change ${checked.seq}`,
  }
}

/** What the score rests on. */
export function whyScore(checked: Checked): Why {
  const judged = checked.points.filter(({ pass }) => pass !== null)
  const passed = judged.filter(({ pass }) => pass)
  return {
    title: 'Score of the health check',
    value: checked.score === null ? '–' : formatNumber(checked.score, 1),
    lead: 'A hundred times the points that pass, over the points that can be judged; each counts the same.',
    inputs: [
      { label: 'Pass', value: `${passed.length} of ${judged.length}` },
      { label: 'Not judged', value: String(checked.points.length - judged.length) },
      ...ground(checked),
    ],
    source: `schedule.health, change ${checked.seq}`,
  }
}

function ground({ baseline, statusDate }: Checked) {
  return [
    { label: 'Baseline', value: baseline === null ? 'none taken' : String(baseline) },
    { label: 'Status date', value: statusDate === null ? 'none' : dayWords(statusDate) },
  ]
}
