import { formatDay, formatSlip } from '../../../drawing/format.ts'
import { minuteOf, timeOf } from '../../../kernel/day.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import { Baseline } from '../schedule.model.ts'
import { readBaseline } from './baseline.ts'
import { checkHealth } from './health-check.ts'
import { projectTime, workingMinutesBetween } from './plan-words.ts'
import { overDays, reportingDays } from './trend-days.ts'
import { type Computed, computePlan, taskViews } from './view.ts'

/** A milestone over the reporting days: what was forecast on each, and what was agreed. */
export type MilestoneTrend = {
  readonly id: string
  readonly wbs: string
  readonly name: string
  /** The end of the plan itself. */
  readonly isEnd: boolean
  readonly baseline: string | null
  /** One for each reporting day; null where the milestone did not stand in the plan. */
  readonly forecasts: readonly (string | null)[]
  readonly forecast: string
  readonly done: boolean
  readonly critical: boolean
  /** Working time after the baseline. */
  readonly slipMinutes: number | null
  /** Working time after the first forecast. */
  readonly movedMinutes: number
}

type Seen = { readonly finish: string; readonly done: boolean }

/** What is remembered of one reporting day. */
type DayFigures = {
  readonly seq: number
  readonly statusDate: string | null
  readonly begun: boolean
  readonly finish: string
  readonly milestones: ReadonlyMap<string, Seen>
}

/** What was forecast on past reporting days: open milestones by date, the end of the plan, those reached. */
export async function milestoneTrend(
  read: Read,
  asked: { project: string; everyWeeks: number; baseline?: number | undefined },
) {
  const { project } = asked
  const { days, everyWeeks } = await reportingDays(read, project, asked.everyWeeks)
  const seen = await overDays(read, { key: 'milestones', project, days }, (then, computed) =>
    dayFigures(then, computed),
  )
  const from = firstReported(seen)
  const figures = seen.slice(from)
  const now = await computePlan(read, project)
  const number = asked.baseline ?? (await latestBaseline(read, project))
  const agreed = number === undefined ? undefined : await agreedFinishes(read, project, number)
  const milestones = trendsOf(now, figures, agreed)
  return {
    seq: read.seq,
    minutesPerDay: now.rows.project.minutesPerDay,
    everyWeeks,
    baseline: number ?? null,
    days: days.slice(from).map(({ day }, index) => ({
      day,
      seq: figures[index]?.seq ?? 0,
      statusDate: figures[index]?.statusDate ?? null,
    })),
    milestones,
    text: trendText(milestones, days[from]?.day, number, now.rows.project.minutesPerDay),
  }
}

/** The score of the health check on past reporting days, by the limits that held on each. */
export async function healthTrend(read: Read, asked: { project: string; everyWeeks: number }) {
  const { project } = asked
  const { days, everyWeeks } = await reportingDays(read, project, asked.everyWeeks)
  const scores = await overDays(read, { key: 'health', project, days }, async (then) => {
    const { score, points, baseline, statusDate } = await checkHealth(then, { project })
    const failed = points.flatMap(({ number, pass }) => (pass === false ? [number] : []))
    return { score, failed, begun: baseline !== null || statusDate !== null }
  })
  const from = firstReported(scores)
  return {
    seq: read.seq,
    everyWeeks,
    days: days.slice(from).map(({ day, read: then }, index) => ({
      day,
      seq: then.seq,
      score: scores[from + index]?.score ?? null,
      failed: scores[from + index]?.failed ?? [],
    })),
  }
}

/** A plan that has neither baseline nor status date is still being drawn up: its dates were never said to anybody. */
function firstReported(days: readonly { readonly begun: boolean }[]): number {
  return Math.max(
    0,
    days.findIndex(({ begun }) => begun),
  )
}

async function dayFigures(then: Read, computed: Computed): Promise<DayFigures> {
  const milestones = new Map<string, Seen>()
  for (const { id, finish, actualFinish, percentComplete } of milestonesOf(computed)) {
    milestones.set(id, { finish, done: actualFinish !== null || percentComplete >= 100 })
  }
  const { statusDate = null, id: project } = computed.rows.project
  return {
    seq: then.seq,
    statusDate,
    begun: statusDate !== null || (await then.all(Baseline, { project })).length > 0,
    finish: timeOf(computed.result.finishMinute),
    milestones,
  }
}

function milestonesOf(computed: Computed) {
  return taskViews(computed).filter((task) => task.milestone && !task.summary && task.active && !task.blank)
}

async function latestBaseline(read: Read, project: string): Promise<number | undefined> {
  const taken = await read.all(Baseline, { project })
  return taken.sort((a, b) => a.takenAt.localeCompare(b.takenAt) || a.number - b.number).at(-1)?.number
}

async function agreedFinishes(read: Read, project: string, number: number): Promise<Map<string, string>> {
  const { tasks } = await readBaseline(read, project, number)
  return new Map(tasks.flatMap(({ id, finish }) => (finish === undefined ? [] : [[id, finish]])))
}

function trendsOf(
  now: Computed,
  figures: readonly DayFigures[],
  agreed: ReadonlyMap<string, string> | undefined,
): MilestoneTrend[] {
  const time = projectTime(now.rows)
  const between = (from: string, to: string) => workingMinutesBetween(time, minuteOf(from), minuteOf(to))
  const line = (
    said: Pick<MilestoneTrend, 'id' | 'wbs' | 'name' | 'isEnd' | 'forecast' | 'done' | 'critical'>,
    baseline: string | null,
    forecasts: readonly (string | null)[],
  ): MilestoneTrend => {
    const first = forecasts.find((forecast) => forecast !== null) ?? said.forecast
    return {
      ...said,
      baseline,
      forecasts,
      slipMinutes: baseline === null ? null : between(baseline, said.forecast),
      movedMinutes: between(first, said.forecast),
    }
  }
  const own = milestonesOf(now).map((task) =>
    line(
      {
        id: task.id,
        wbs: task.wbs,
        name: task.name,
        isEnd: false,
        forecast: task.finish,
        done: task.actualFinish !== null || task.percentComplete >= 100,
        critical: task.critical,
      },
      agreed?.get(task.id) ?? null,
      figures.map(({ milestones }) => milestones.get(task.id)?.finish ?? null),
    ),
  )
  const { project } = now.rows
  const agreedEnd = agreed && [...agreed.values()].sort().at(-1)
  const end = line(
    {
      id: project.id,
      wbs: '',
      name: 'End of the plan',
      isEnd: true,
      forecast: timeOf(now.result.finishMinute),
      done: false,
      critical: true,
    },
    agreedEnd ?? null,
    figures.map(({ finish }) => finish),
  )
  own.sort((a, b) => a.forecast.localeCompare(b.forecast))
  return [...own.filter(({ done }) => !done), end, ...own.filter(({ done }) => done)]
}

/** The chart in words: how many are late, and what has become of the end of the plan. */
function trendText(
  milestones: readonly MilestoneTrend[],
  firstDay: string | undefined,
  baseline: number | undefined,
  minutesPerDay: number,
): string {
  const end = milestones.find(({ isEnd }) => isEnd)
  const open = milestones.filter(({ done, isEnd }) => !done && !isEnd)
  const late = open.filter(({ slipMinutes }) => (slipMinutes ?? 0) > 0)
  const worst = late.toSorted((a, b) => (b.slipMinutes ?? 0) - (a.slipMinutes ?? 0))[0]
  const slip = (minutes: number) => `${formatSlip(minutes, minutesPerDay)} d`
  const said = [
    baseline === undefined
      ? 'There is no baseline to be late against.'
      : `${late.length} of ${open.length} open milestones are later than baseline ${baseline}${worst ? `, "${worst.name}" most (${slip(worst.slipMinutes ?? 0)})` : ''}.`,
  ]
  if (end && firstDay !== undefined) {
    const moved =
      end.movedMinutes === 0
        ? 'has not moved'
        : `has moved by ${slip(end.movedMinutes)} to ${dayText(end.forecast)}`
    said.push(`The end of the plan ${moved} since ${dayText(`${firstDay}T00:00:00`)}.`)
  }
  return said.join(' ')
}

function dayText(time: string): string {
  return formatDay(minuteOf(time), { year: 'always' })
}
