import { formatDay, formatDays, formatDuration } from '../../../drawing/format.ts'
import type { BaselineDates, HealthPoint } from '../../../engine/health/facts.ts'
import { minuteOf } from '../../../kernel/day.ts'
import type { Computed } from './view.ts'
import { CONSTRAINT_PHRASES, LINK_WORDS } from './words.ts'

type Baseline = ReadonlyMap<string, BaselineDates> | undefined

/** Says in a few words what each offender of a point did: "nothing waits for it", "61 d of slack". */
export function offenceTeller(computed: Computed, baseline: Baseline) {
  const byPoint = new Map<number, (task: string) => string>()
  return (point: HealthPoint, task: string): string => {
    const known = byPoint.get(point.number)
    const tell = known ?? tellerOf(computed, baseline, point)
    byPoint.set(point.number, tell)
    return tell(task)
  }
}

function tellerOf(computed: Computed, baseline: Baseline, point: HealthPoint): (task: string) => string {
  if (point.links !== undefined) return linkTeller(computed, point)
  if (point.number === 1) return logicTeller(computed)
  if (point.number >= 11 || point.number === 8) return baselineTeller(computed, baseline, point)
  return taskTeller(computed, point)
}

function logicTeller({ rows }: Computed): (task: string) => string {
  const active = new Set(rows.tasks.filter((task) => !task.inactive).map(({ id }) => id))
  const links = rows.links.filter((link) => active.has(link.predecessor) && active.has(link.successor))
  const waits = new Set(links.map(({ successor }) => successor))
  const leads = new Set(links.map(({ predecessor }) => predecessor))
  return (task) => {
    if (waits.has(task)) return 'nothing waits for it'
    return leads.has(task) ? 'waits for nothing' : 'waits for nothing, and nothing waits for it'
  }
}

function linkTeller({ rows }: Computed, { number, links = [] }: HealthPoint): (task: string) => string {
  const faults = new Set(links)
  const nameOf = new Map(rows.tasks.map(({ id, name }) => [id, name]))
  const said = new Map<string, string[]>()
  for (const { id, predecessor, successor, type, lag } of rows.links) {
    if (!faults.has(id)) continue
    const after = `after "${nameOf.get(predecessor) ?? ''}"`
    const words = number === 4 ? `${LINK_WORDS[type]} ${after}` : `${lagWords(lag, rows)} ${after}`
    said.set(successor, [...(said.get(successor) ?? []), words])
  }
  return (task) => (said.get(task) ?? []).join(', ')
}

function lagWords(lag: Computed['rows']['links'][number]['lag'], { project }: Computed['rows']): string {
  if (!lag) return ''
  const size =
    'percent' in lag
      ? `${Math.abs(lag.percent)} %`
      : formatDuration(Math.abs(lag.minutes), {
          minutesPerDay: project.minutesPerDay,
          elapsed: lag.kind === 'elapsed',
        })
  return `${size} ${('percent' in lag ? lag.percent : lag.minutes) < 0 ? 'lead' : 'lag'}`
}

/** Points 5, 6, 7, 9, 10: what the task itself says. */
function taskTeller({ rows, scheduleOf, plan }: Computed, { number }: HealthPoint): (task: string) => string {
  const rowOf = new Map(rows.tasks.map((task) => [task.id, task]))
  const { minutesPerDay } = rows.project
  return (id) => {
    const row = rowOf.get(id)
    const dates = scheduleOf.get(id)
    if (!row || !dates) return ''
    if (number === 5) {
      const at = row.constraintAt === undefined ? '' : ` ${dayWords(minuteOf(row.constraintAt))}`
      return `${CONSTRAINT_PHRASES[row.constraint ?? ''] ?? 'is held at'}${at}`
    }
    if (number === 6) return `${formatDays(dates.totalSlackMinutes, minutesPerDay)} d of slack`
    if (number === 7) return `${formatDays(-dates.totalSlackMinutes, minutesPerDay)} d later than allowed`
    if (number === 10)
      return `${formatDays(dates.durationMinutes, minutesPerDay)} d, nobody assigned, no cost`
    const status = plan.project.statusMinute ?? undefined
    const isFuture = [row.actualStart, row.actualFinish].some(
      (time) => time !== undefined && status !== undefined && minuteOf(time) > status,
    )
    if (isFuture) return 'said to have happened after the status date'
    return row.actualStart === undefined
      ? `not begun, forecast for ${dayWords(dates.startMinute)}`
      : `not finished, forecast for ${dayWords(dates.finishMinute)}`
  }
}

/** Points 8 and 11 to 14: what was agreed, and what it has come to. */
function baselineTeller(
  { scheduleOf, rows }: Computed,
  baseline: Baseline,
  { number }: HealthPoint,
): (task: string) => string {
  const rowOf = new Map(rows.tasks.map((task) => [task.id, task]))
  const { minutesPerDay } = rows.project
  return (id) => {
    const dates = scheduleOf.get(id)
    const agreed = baseline?.get(id)
    if (!dates) return ''
    if (number === 8) {
      const minutes = agreed?.durationMinutes ?? dates.durationMinutes
      return `${formatDays(minutes, minutesPerDay)} d${agreed?.durationMinutes === undefined ? '' : ' agreed'}`
    }
    if (number === 12) return 'a delay before it does not arrive at the end'
    if (agreed?.finishMinute === undefined) return 'not in the baseline'
    const due = `due ${dayWords(agreed.finishMinute)}`
    if (number === 13) return `${due}, ends ${dayWords(dates.finishMinute)}`
    const finished = rowOf.get(id)?.actualFinish
    return finished === undefined ? `${due}, still open` : `${due}, finished ${dayWords(minuteOf(finished))}`
  }
}

function dayWords(minute: number): string {
  return formatDay(minute, { year: 'always' })
}
