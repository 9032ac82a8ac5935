import type { BaselineDates, HealthPoint } from '../../../engine/health/facts.ts'
import { scheduleHealth } from '../../../engine/health/health.ts'
import type { HealthSettings } from '../../../engine/health/settings.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { BaselineLines } from '../schedule.model.ts'
import { fixFor, type HealthFix } from './health-fixes.ts'
import { offenceTeller } from './health-why.ts'
import { refusalFault } from './plan.ts'
import type { Computed } from './view.ts'

/** One of the fourteen points, with offenders by name. */
export type HealthPointView = Omit<HealthPoint, 'offenders' | 'links' | 'notApplicable'> & {
  /** What the point asks, in a sentence. */
  readonly about: string
  /** Why it cannot be judged; null where it can. */
  readonly notApplicable: string | null
  readonly offenders: readonly {
    readonly id: string
    readonly uid: number | null
    readonly name: string
    /** What it did, in a few words. */
    readonly why: string
    readonly fix: HealthFix | null
  }[]
}

/** The fourteen points for a plan, judged against a baseline where one is given. */
export function healthAnswer(
  computed: Computed,
  baseline: BaselineLines | undefined,
  settings: Partial<HealthSettings>,
): { score: number | null; points: HealthPointView[] } {
  const { rows, plan, result } = computed
  const costed = new Set(rows.tasks.flatMap(({ id, fixedCostCents }) => (fixedCostCents ? [id] : [])))
  const dates = baseline && baselineDates(baseline)
  const health = scheduleHealth({ plan, schedule: result, baseline: dates, costed, settings })
  if ('refused' in health) throw refusalFault(health.refused, rows.tasks)
  const rowOf = new Map(rows.tasks.map((task) => [task.id, task]))
  const why = offenceTeller(computed, dates)
  const points = health.points.map((point) => {
    const { offenders, links: _links, notApplicable, ...said } = point
    return {
      ...said,
      about: ABOUT[point.number] ?? '',
      notApplicable: notApplicable === undefined ? null : (WHY[notApplicable] ?? notApplicable),
      offenders: offenders.map((id) => {
        const row = rowOf.get(id)
        const fix = fixFor(computed, point, id) ?? null
        return { id, uid: row?.uid ?? null, name: row?.name ?? '', why: why(point, id), fix }
      }),
    }
  })
  return { score: health.score, points }
}

function baselineDates({ tasks }: BaselineLines): Map<string, BaselineDates> {
  return new Map(
    tasks.map(({ id, start, finish, durationMinutes }) => [
      id,
      {
        startMinute: start === undefined ? undefined : minuteOf(start),
        finishMinute: finish === undefined ? undefined : minuteOf(finish),
        durationMinutes,
      },
    ]),
  )
}

const ABOUT: Readonly<Record<number, string>> = {
  1: 'Unfinished tasks without a predecessor or without a successor.',
  2: 'Links that let a task begin before what it waits for is done.',
  3: 'Links that wait without saying for what.',
  4: 'Links from finish to start, the kind that everybody understands.',
  5: 'Tasks held by a date, so that delays do not show.',
  6: 'Tasks that could slip by more than two months without consequence: a link is probably missing.',
  7: 'Tasks that are already later than the plan allows.',
  8: 'Tasks agreed to last more than two months, too long to follow.',
  9: 'Forecasts in the past and facts in the future.',
  10: 'Tasks of a day or more that nobody does and nobody pays.',
  11: 'Tasks that should have been finished by the status date and were late or are still open.',
  12: 'Whether a delay of a critical task moves the finish of the project.',
  13: 'How realistic the agreed finish is: length of the critical path and its slack, over its length.',
  14: 'Tasks done for each task that should be done by now.',
}

const WHY: Readonly<Record<string, string>> = {
  noTasks: 'There is no task it could look at.',
  noLinks: 'There is no link it could look at.',
  noBaseline: 'The plan has no baseline to compare with.',
  noStatusDate: 'The plan has no status date.',
  nothingDue: 'Nothing was due by the status date.',
  untestable: 'The plan cannot be calculated with such a delay.',
}
