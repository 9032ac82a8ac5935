import { formatDuration } from '../../../drawing/format.ts'
import type { GanttLink } from '../../../drawing/gantt/layout.ts'
import { type ZoomKey, zooms } from '../../../drawing/gantt/scale.ts'
import type { Span } from '../../../drawing/gantt/view.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { PlanRow } from '../../../ui/gantt/outline.ts'
import type { PlanStyle } from '../../../ui/gantt/plan-columns.ts'
import type { showSchedule } from '../schedule.queries.ts'

/** The whole plan as the server shows it. */
export type Shown = Awaited<ReturnType<typeof showSchedule.run>>
export type ShownTask = Shown['tasks'][number]
export type ShownLink = Shown['links'][number]

/** How the plan counts; `todayMinute` is the wall clock of the reader or the evening of the day that is shown. */
export function styleOf({ project }: Shown, todayMinute: number): PlanStyle {
  return {
    todayMinute,
    minutesPerDay: project.minutesPerDay,
    minutesPerWeek: project.minutesPerWeek,
    daysPerMonth: 20,
    dayStartMinute: project.defaultStartMinute,
    dayFinishMinute: project.defaultFinishMinute,
  }
}

/** Rows of the plan control from the server's answer, with baseline dates and slip where a baseline is shown. */
export function planRows(shown: Shown, time: WorkDays): PlanRow[] {
  const baseline = new Map(shown.baseline?.tasks.map((task) => [task.id, task]))
  const minute = minuteReader()
  return shown.tasks.map((task): PlanRow => {
    const held = baseline.get(task.id)
    const finishMinute = task.blank ? null : minute(task.finish)
    const baselineFinish = held?.finish ? minute(held.finish) : null
    const slip =
      baselineFinish === null || finishMinute === null ? null : time.between(baselineFinish, finishMinute)
    return {
      id: task.id,
      name: task.name,
      depth: task.level - 1,
      number: task.row,
      wbs: task.wbs,
      startMinute: task.blank ? null : minute(task.start),
      finishMinute,
      summary: task.summary,
      // An empty row says nothing in any column, its share done included.
      milestone: task.milestone || task.blank,
      percentComplete: task.percentComplete,
      critical: task.critical,
      durationMinutes: task.blank ? null : task.durationMinutes,
      durationElapsed: task.durationElapsed,
      estimated: task.estimated,
      totalSlackMinutes: task.blank ? null : task.totalSlackMinutes,
      label: task.resources,
      manual: task.mode === 'manual',
      inactive: !task.active,
      deadlineMinute: task.deadline === null ? null : minute(task.deadline),
      ...(held ? { baselineStartMinute: held.start ? minute(held.start) : null } : {}),
      ...(held ? { baselineFinishMinute: baselineFinish, slipMinutes: slip } : {}),
    }
  })
}

export function planLinks({ links }: Shown): GanttLink[] {
  return links.map(({ id, predecessor, successor, type }) => ({ id, from: predecessor, to: successor, type }))
}

// The same times recur all over a plan.
function minuteReader(): (time: string) => number {
  const known = new Map<string, number>()
  return (time) => {
    const found = known.get(time)
    if (found !== undefined) return found
    const read = minuteOf(time)
    known.set(time, read)
    return read
  }
}

/** The finest zoom at which a plan still fits about three widths of the chart. */
export function openingZoom({ project }: Shown): ZoomKey {
  const minutes = minuteOf(project.finish) - minuteOf(project.start)
  return (
    zooms.find(({ key, minutesPerPixel }) => key !== 'hour' && minutes / minutesPerPixel <= 2200)?.key ??
    'year'
  )
}

/** Working time by days, near enough for pictures and slips; dates themselves always come from the engine. */
export type WorkDays = {
  between: (fromMinute: number, toMinute: number) => number
  restIn: (span: Span) => Span[]
}

/** Reckons with whole days off of the project calendar and the usual hours of its days. */
export function workDays({ restSpans, project }: Pick<Shown, 'restSpans' | 'project'>): WorkDays {
  const rest = new Set<number>()
  for (const { fromDay, toDay } of restSpans) for (let day = fromDay; day <= toDay; day += 1) rest.add(day)
  const first = restSpans[0]?.fromDay ?? 0
  const last = restSpans.at(-1)?.toDay ?? -1
  // 1 January 1970 was a Thursday; beyond the known stretch Saturday and Sunday are off.
  const isRest = (day: number) => (day < first || day > last ? (day + 3) % 7 >= 5 : rest.has(day))
  const opens = project.defaultStartMinute
  const open = Math.max(project.defaultFinishMinute - opens, 1)
  const shareOf = (minute: number) => Math.min(Math.max((minute - opens) / open, 0), 1)
  const ahead = (from: number, to: number) => {
    const fromDay = Math.floor(from / 1440)
    const toDay = Math.floor(to / 1440)
    let days = 0
    for (let day = fromDay; day <= toDay; day += 1) if (!isRest(day)) days += 1
    if (!isRest(fromDay)) days -= shareOf(from - fromDay * 1440)
    if (!isRest(toDay)) days -= 1 - shareOf(to - toDay * 1440)
    return Math.round(days * project.minutesPerDay)
  }
  return {
    between: (from, to) => (from <= to ? ahead(from, to) : -ahead(to, from)),
    restIn: (span) =>
      restSpans
        .filter(
          ({ fromDay, toDay }) =>
            toDay * 1440 >= span.startMinute - 1440 && fromDay * 1440 <= span.finishMinute,
        )
        .map(({ fromDay, toDay }) => ({ startMinute: fromDay * 1440, finishMinute: (toDay + 1) * 1440 })),
  }
}

/** A link as planners write it beside the task that waits: `12`, `14SS+2 d`, `9FF−50 %`. */
export function linkText({ type, lag }: Pick<ShownLink, 'type' | 'lag'>, minutesPerDay: number): string {
  const sort = type === 'fs' && !lag ? '' : type.toUpperCase()
  if (!lag) return sort
  const amount = 'percent' in lag ? lag.percent : lag.minutes
  if (amount === 0) return sort
  const sign = amount < 0 ? '−' : '+'
  if ('percent' in lag) return `${sort}${sign}${Math.abs(amount)} %`
  return `${sort}${sign}${formatDuration(Math.abs(amount), { minutesPerDay, elapsed: lag.kind === 'elapsed' })}`
}

/** Everything that a task waits for and everything that waits for it. */
export function pathThrough(links: readonly ShownLink[], id: string): ReadonlySet<string> {
  const path = new Set([id])
  const follow = (from: 'predecessor' | 'successor', to: 'predecessor' | 'successor') => {
    const next = Map.groupBy(links, (link) => link[from])
    const open = [id]
    const seen = new Set(open)
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      path.add(at)
      for (const link of next.get(at) ?? []) {
        if (seen.has(link[to])) continue
        seen.add(link[to])
        open.push(link[to])
      }
    }
  }
  follow('predecessor', 'successor')
  follow('successor', 'predecessor')
  return path
}

const smallPlan = 40

const isFinished = ({ percentComplete, blank }: ShownTask) => percentComplete === 100 && !blank

/** How many tasks are finished, with the summaries in which nothing is left to do. */
export function finishedCount({ tasks }: Shown): number {
  return tasks.filter(isFinished).length
}

/** A long plan that is well under way opens without what is done, so that what is open is in sight. */
export function opensWithoutFinished(shown: Shown): boolean {
  const finished = finishedCount(shown)
  return shown.tasks.length > smallPlan && finished > shown.tasks.length / 4 && finished < shown.tasks.length
}

/** The rows of what is not finished yet. */
export function unfinishedRows(rows: readonly PlanRow[]): readonly PlanRow[] {
  return rows.filter(
    ({ percentComplete, durationMinutes }) => percentComplete < 100 || durationMinutes === null,
  )
}

/** The baseline that was taken last; of those that came with one file the first. */
export function latestBaseline({ baselines }: Shown): number | undefined {
  const byAge = baselines.toSorted((a, b) => b.takenAt.localeCompare(a.takenAt) || a.number - b.number)
  return byAge[0]?.number
}
