import { minuteOf } from '../../kernel/day.ts'
import { Fault } from '../../kernel/fault.ts'
import type { Read } from '../../kernel/ledger/tx.ts'
import type { Stored } from '../../kernel/record.ts'
import { Baseline, type BaselineLine } from '../schedule/schedule.model.ts'
import { readBaseline } from '../schedule/schedule.rules/baseline.ts'
import { changesBetween, comparedFromNow } from '../schedule/schedule.rules/compare.ts'
import { projectTime, workingMinutesBetween } from '../schedule/schedule.rules/plan-words.ts'
import { type Computed, computePlan, type TaskView, taskViews } from '../schedule/schedule.rules/view.ts'
import { Report } from './report.model.ts'
import {
  type EarnedTask,
  type Rated,
  rateOverall,
  rateSchedule,
  spiByTime,
  withHysteresis,
} from './report.rules.ts'

/** A milestone as agreed and as forecast now. */
export type MilestoneFact = {
  readonly id: string
  readonly wbs: string
  readonly name: string
  readonly baseline: string | null
  readonly forecast: string
  readonly slipMinutes: number | null
  readonly done: boolean
  readonly critical: boolean
}

/** Everything computed that a status report says. */
export type ReportFacts = Awaited<ReturnType<typeof reportFacts>>

/** Which part of the plan a report looks at. */
export type ReportScope = {
  readonly project: string
  readonly to: string
  readonly baseline?: number | undefined
  /** The report before it, published. */
  readonly last?: Stored<typeof Report> | undefined
}

/** Computes what a status report of one period says, from the plan at the moment of reading. */
export async function reportFacts(read: Read, scope: ReportScope) {
  const computed = await computePlan(read, scope.project)
  const { project } = computed.rows
  const number = scope.baseline ?? (await latestBaseline(read, scope.project))
  const lines = number === undefined ? undefined : await readBaseline(read, scope.project, number)
  const lineOf = new Map((lines?.tasks ?? []).map((line) => [line.id, line]))
  const views = taskViews(computed).filter((task) => !task.blank && task.active)
  const time = projectTime(computed.rows)
  const working = (from: number, to: number) => workingMinutesBetween(time, from, to)
  const statusDate = `${scope.to}T17:00:00`
  const milestones = milestoneFacts(views, lineOf, working)
  const leaves = views.filter((task) => !task.summary)
  const rated = rate({ read, computed, milestones, leaves, lineOf, statusDate, working })
  const overall = rateOverall({ schedule: rated.rating })
  const reported = withHysteresis(overall, scope.last?.published)
  return {
    seq: read.seq,
    at: read.at,
    project: {
      id: project.id,
      name: project.name,
      code: project.code ?? null,
      minutesPerDay: project.minutesPerDay,
    },
    statusDate,
    baseline: number ?? null,
    start: views[0] ? timeOfFirst(views) : null,
    finish: finishFact(views, lineOf, working),
    percentComplete: share(leaves),
    schedule: rated,
    overall: { calculated: overall, reported: reported.rating, rule: reported.rule },
    milestones,
    late: lateTasks(leaves, lineOf, statusDate, working),
    critical: criticalTasks(leaves),
    changes: await changesSince(read, scope, computed),
  }
}

async function latestBaseline(read: Read, project: string): Promise<number | undefined> {
  const taken = await read.all(Baseline, { project })
  return taken.sort((a, b) => a.takenAt.localeCompare(b.takenAt) || a.number - b.number).at(-1)?.number
}

type Working = (from: number, to: number) => number

function milestoneFacts(
  views: readonly TaskView[],
  lineOf: ReadonlyMap<string, BaselineLine>,
  working: Working,
): MilestoneFact[] {
  return views
    .filter((task) => task.milestone && !task.summary)
    .map((task) => {
      const baseline = lineOf.get(task.id)?.finish ?? null
      return {
        id: task.id,
        wbs: task.wbs,
        name: task.name,
        baseline,
        forecast: task.finish,
        slipMinutes: baseline === null ? null : working(minuteOf(baseline), minuteOf(task.finish)),
        done: task.actualFinish !== null || task.percentComplete >= 100,
        critical: task.critical,
      }
    })
    .sort((a, b) => a.forecast.localeCompare(b.forecast))
}

function rate(here: {
  read: Read
  computed: Computed
  milestones: readonly MilestoneFact[]
  leaves: readonly TaskView[]
  lineOf: ReadonlyMap<string, BaselineLine>
  statusDate: string
  working: Working
}): Rated {
  const { read, computed, milestones, leaves, lineOf, statusDate, working } = here
  const { minutesPerDay } = computed.rows.project
  const open = milestones.filter(({ done, slipMinutes }) => !done && slipMinutes !== null)
  const worst = open.toSorted((a, b) => (b.slipMinutes ?? 0) - (a.slipMinutes ?? 0))[0]
  const status = minuteOf(statusDate)
  const earned = leaves.flatMap((task): EarnedTask[] => {
    const line = lineOf.get(task.id)
    if (line?.start === undefined || line.finish === undefined) return []
    const [startMinute, finishMinute] = [minuteOf(line.start), minuteOf(line.finish)]
    return [
      {
        startMinute,
        finishMinute,
        weightMinutes: line.durationMinutes ?? 0,
        percentComplete: task.percentComplete,
      },
    ]
  })
  const leastSlack = Math.min(
    0,
    ...leaves.filter((task) => task.percentComplete < 100).map((task) => task.totalSlackMinutes),
  )
  return rateSchedule({
    worstMilestone: worst && { name: worst.name, slipDays: inDays(worst.slipMinutes ?? 0, minutesPerDay) },
    remainingDays: Math.max(0, inDays(working(status, computed.result.finishMinute), minutesPerDay)),
    spit: earned.length === 0 ? undefined : spiByTime(earned, status, working),
    endSlackDays: inDays(leastSlack, minutesPerDay),
    dataAgeDays: Math.floor((Date.parse(read.at) - Date.parse(`${statusDate}Z`)) / 86_400_000),
  })
}

function inDays(minutes: number, minutesPerDay: number): number {
  return Math.round((minutes / minutesPerDay) * 10) / 10
}

function timeOfFirst(views: readonly TaskView[]): string {
  return views.reduce((first, task) => (task.start < first ? task.start : first), views[0]?.start ?? '')
}

function finishFact(views: readonly TaskView[], lineOf: ReadonlyMap<string, BaselineLine>, working: Working) {
  const forecast = views.reduce((last, task) => (task.finish > last ? task.finish : last), '')
  const agreed = [...lineOf.values()].reduce(
    (last, { finish }) => (finish !== undefined && finish > last ? finish : last),
    '',
  )
  const slipMinutes = forecast === '' || agreed === '' ? null : working(minuteOf(agreed), minuteOf(forecast))
  return { forecast: forecast || null, baseline: agreed || null, slipMinutes }
}

function share(leaves: readonly TaskView[]): number {
  const whole = leaves.reduce((sum, task) => sum + task.durationMinutes, 0)
  const done = leaves.reduce((sum, task) => sum + (task.durationMinutes * task.percentComplete) / 100, 0)
  return whole > 0 ? Math.round((done / whole) * 100) : 0
}

const MOST_LISTED = 12

/** Open tasks that should have been finished by the status date, the latest first. */
function lateTasks(
  leaves: readonly TaskView[],
  lineOf: ReadonlyMap<string, BaselineLine>,
  statusDate: string,
  working: Working,
) {
  const late = leaves.flatMap((task) => {
    const agreed = lineOf.get(task.id)?.finish
    if (task.percentComplete >= 100 || task.milestone || agreed === undefined || agreed >= statusDate)
      return []
    const slipMinutes = working(minuteOf(agreed), minuteOf(task.finish))
    return slipMinutes > 0 ? [{ ...named(task), baseline: agreed, forecast: task.finish, slipMinutes }] : []
  })
  const sorted = late.sort((a, b) => b.slipMinutes - a.slipMinutes)
  return { count: late.length, tasks: sorted.slice(0, MOST_LISTED) }
}

/** Open critical tasks in order of start. */
function criticalTasks(leaves: readonly TaskView[]) {
  const critical = leaves.filter((task) => task.critical && task.percentComplete < 100)
  const sorted = critical.toSorted((a, b) => a.start.localeCompare(b.start) || a.row - b.row)
  return {
    count: critical.length,
    tasks: sorted
      .slice(0, MOST_LISTED)
      .map((task) => ({ ...named(task), start: task.start, finish: task.finish })),
  }
}

function named({ id, wbs, name, resources, percentComplete }: TaskView) {
  return { id, wbs, name, resources, percentComplete }
}

/** What moved since the report before; nothing for the first one. */
async function changesSince(read: Read, { project, last }: ReportScope, computed: Computed) {
  const since = last?.published?.seq
  if (last === undefined || since === undefined) return null
  const before = comparedFromNow(await computePlan(await read.asOf(since), project))
  const { finish, changed, added, removed } = changesBetween(
    computed,
    before,
    comparedFromNow(computed),
    minuteOf,
  )
  const moved = changed.filter(({ finishSlipMinutes }) => finishSlipMinutes !== 0)
  return {
    number: last.number,
    seq: since,
    finish,
    milestones: moved.filter(({ milestone }) => milestone),
    moved: moved.length,
    added: added.length,
    removed: removed.length,
  }
}

/** The last published report before a number. */
export async function lastPublished(
  read: Read,
  project: string,
  before: number,
): Promise<Stored<typeof Report> | undefined> {
  const reports = await read.all(Report, { project })
  return reports
    .filter((report) => report.state === 'published' && report.number < before)
    .sort((a, b) => a.number - b.number)
    .at(-1)
}

/** The facts of one report as it stands. Refuses `report.missing`. */
export async function factsOfReport(read: Read, report: Stored<typeof Report>): Promise<ReportFacts> {
  const project = report.project
  if (project === null) throw new Fault('report.missing', 'Status report not found.', { ids: [report.id] })
  const last = await lastPublished(read, project, report.number)
  return reportFacts(read, { project, to: report.to, baseline: report.baseline, last })
}
