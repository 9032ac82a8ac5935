import { type Load, loadOf, type ResourceLoad } from '../../../engine/load/load.ts'
import type { Plan } from '../../../engine/plan.ts'
import { addDays, type Day, dayNumber, dayOfMinute, weekday } from '../../../kernel/day.ts'
import { Fault } from '../../../kernel/fault.ts'
import type { Read } from '../../../kernel/ledger/tx.ts'
import { Assignment } from '../schedule.model.ts'
import { refusalFault } from './plan.ts'
import { type Computed, computePlan } from './view.ts'

export type LoadPeriod = 'day' | 'week' | 'month'

/** What is asked: periods that cover `from` to `to`, and whose load. */
export type LoadAsked = {
  readonly by: LoadPeriod
  /** Default: the days of the plan. */
  readonly from?: Day | undefined
  readonly to?: Day | undefined
  readonly resource?: string | undefined
  readonly group?: string | undefined
  /** Without them only peaks are answered. */
  readonly figures: boolean
  readonly offset: number
  readonly limit: number
}

/** The load of one person, a figure a period: work here and in other plans, room, share of it in percent. */
export type PersonLoad = {
  readonly resource: string
  readonly name: string
  readonly group: string | null
  /** 1 is one whole person. */
  readonly maxUnits: number
  readonly workMinutes: readonly number[]
  readonly otherMinutes: readonly number[]
  readonly capacityMinutes: readonly number[]
  /** null: work where nobody has time. */
  readonly percent: readonly (number | null)[]
  /** The most that is asked at one moment of the period; more than `maxUnits` is too much even where the period is not. */
  readonly peakUnits: readonly number[]
  /** The highest share of a period from the status date on, and the first day of that period. */
  readonly peakPercent: number | null
  readonly peakOn: Day
  /** How many periods from the status date on hold more than there is room for. */
  readonly overPeriods: number
  /** Only for one person that was asked for by name. */
  readonly tasks?: readonly { task: string; name: string; workMinutes: readonly number[] }[]
}

export const MOST_PERIODS = 4_000
const MOST_FIGURES = 400_000
/** Shares are rounded to tenths of a percent; what is over by less is not over. */
const OVER_PERCENT = 100.05

/**
 * Who is busy when: the people of a plan, most overloaded first, a page at a time. Refuses `resource.missing` and
 * `schedule.loadTooLong`.
 */
export function loadAnswer(computed: Computed, others: readonly Plan[], asked: LoadAsked) {
  const { rows } = computed
  const days = periodsOf(computed, asked)
  if (asked.resource !== undefined && !rows.resources.some(({ id }) => id === asked.resource))
    throw new Fault(
      'resource.missing',
      'Resource not found. It may have been removed, or you may not see it.',
      {
        ids: [asked.resource],
      },
    )
  const people = rows.resources.filter(
    ({ id, type, group }) =>
      type === 'work' &&
      (asked.resource === undefined || id === asked.resource) &&
      (asked.group === undefined || group === asked.group),
  )
  const load = loadOf(computed.plan, {
    edgeMinutes: days.map((day) => dayNumber(day) * 1440),
    resources: new Set(people.map(({ id }) => id)),
    byTask: asked.resource !== undefined,
    others,
  })
  if ('refused' in load) throw refusalFault(load.refused, rows.tasks)
  const ranked = personLoads(computed, load, days)
  const page = ranked.slice(asked.offset, asked.offset + asked.limit)
  return {
    by: asked.by,
    /** The first day of each period, and the day after the last one. */
    days,
    people: asked.figures ? page : page.map(peakOf),
    /** All of them together, not only this page. */
    total: asked.figures ? totalOf(ranked, days.length - 1) : null,
    count: ranked.length,
    overCount: ranked.filter(({ overPeriods }) => overPeriods > 0).length,
    groups: [...new Set(rows.resources.flatMap(({ group }) => group ?? []))].sort(),
    otherPlans: others.length,
  }
}

function totalOf(people: readonly PersonLoad[], periods: number) {
  const sum = (field: 'workMinutes' | 'otherMinutes' | 'capacityMinutes') =>
    Array.from({ length: periods }, (_, p) =>
      people.reduce((all, person) => Math.round((all + (person[field][p] ?? 0)) * 10) / 10, 0),
    )
  const [workMinutes, otherMinutes, capacityMinutes] = [
    sum('workMinutes'),
    sum('otherMinutes'),
    sum('capacityMinutes'),
  ]
  const percent = workMinutes.map((minutes, p) =>
    shareOf(minutes + (otherMinutes[p] ?? 0), capacityMinutes[p] ?? 0),
  )
  return { workMinutes, otherMinutes, capacityMinutes, percent }
}

function peakOf(load: PersonLoad): PersonLoad {
  const none = { workMinutes: [], otherMinutes: [], capacityMinutes: [], percent: [], peakUnits: [] }
  return { ...load, ...none }
}

/** The first days of the periods from `from` to `to`, and the day after the last. Refuses `schedule.loadTooLong`. */
function periodsOf({ result }: Computed, asked: LoadAsked): Day[] {
  const from = asked.from ?? dayOfMinute(result.startMinute)
  const last = asked.to ?? dayOfMinute(result.finishMinute)
  const to = last < from ? from : last
  const roughly = (dayNumber(to) - dayNumber(from)) / PERIOD_DAYS[asked.by]
  if (roughly > MOST_PERIODS || (asked.figures && roughly * asked.limit > MOST_FIGURES))
    throw new Fault(
      'schedule.loadTooLong',
      'That is more load than one answer holds; ask for fewer days, longer periods or fewer people.',
      { from, to, by: asked.by, mostPeriods: MOST_PERIODS },
    )
  const days: Day[] = []
  for (let day = periodStart(from, asked.by); ; day = nextPeriod(day, asked.by)) {
    days.push(day)
    if (day > to) return days
  }
}

const PERIOD_DAYS: Readonly<Record<LoadPeriod, number>> = { day: 1, week: 7, month: 30 }

/** Weeks begin on Monday, months on their first. */
function periodStart(day: Day, by: LoadPeriod): Day {
  if (by === 'month') return `${day.slice(0, 7)}-01`
  return by === 'week' ? addDays(day, -((weekday(day) + 6) % 7)) : day
}

function nextPeriod(day: Day, by: LoadPeriod): Day {
  if (by === 'month') return periodStart(addDays(day, 31), 'month')
  return addDays(day, PERIOD_DAYS[by])
}

function personLoads(computed: Computed, { resources }: Load, days: readonly Day[]): PersonLoad[] {
  const { rows } = computed
  const rowOf = new Map(rows.resources.map((row) => [row.id, row]))
  const nameOf = new Map(rows.tasks.map(({ id, name }) => [id, name]))
  const status = rows.project.statusDate?.slice(0, 10)
  const first = status === undefined ? 0 : days.findIndex((_, p) => (days[p + 1] ?? '') > status)
  const people = resources.map((load): PersonLoad => {
    const row = rowOf.get(load.resource)
    const { tasks, ...figures } = load
    return {
      ...figures,
      name: row?.name ?? '',
      group: row?.group ?? null,
      ...peaksOf(load, days, first < 0 ? 0 : first),
      ...(tasks ? { tasks: tasks.map((one) => ({ ...one, name: nameOf.get(one.task) ?? '' })) } : {}),
    }
  })
  return people
    .filter(({ workMinutes }) => workMinutes.some((minutes) => minutes > 0))
    .sort((a, b) => rankOf(b) - rankOf(a) || b.overPeriods - a.overPeriods || (a.name < b.name ? -1 : 1))
}

function peaksOf(load: ResourceLoad, days: readonly Day[], first: number) {
  const percent = load.workMinutes.map((minutes, p) =>
    shareOf(minutes + (load.otherMinutes[p] ?? 0), load.capacityMinutes[p] ?? 0),
  )
  let peak = first
  let overPeriods = 0
  for (let p = first; p < percent.length; p++) {
    if (heightOf(percent[p]) > OVER_PERCENT) overPeriods++
    if (heightOf(percent[p]) > heightOf(percent[peak])) peak = p
  }
  return { percent, peakPercent: percent[peak] ?? null, peakOn: days[peak] ?? days[0] ?? '', overPeriods }
}

function shareOf(workMinutes: number, capacityMinutes: number): number | null {
  if (capacityMinutes > 0) return Math.round((1000 * workMinutes) / capacityMinutes) / 10
  return workMinutes > 0 ? null : 0
}

function heightOf(percent: number | null | undefined): number {
  return percent === null ? Number.POSITIVE_INFINITY : (percent ?? 0)
}

function rankOf({ peakPercent }: PersonLoad): number {
  return Math.min(heightOf(peakPercent), Number.MAX_SAFE_INTEGER)
}

/** The other plans, as far as the actor may read them, in which people of this plan work. */
export async function plansSharing(read: Read, { rows }: Computed): Promise<Plan[]> {
  const shared = rows.resources.filter(({ project, type }) => project === null && type === 'work')
  const used = new Set(rows.assignments.map(({ resource }) => resource))
  const values = shared.flatMap(({ id }) => (used.has(id) ? [id] : []))
  if (values.length === 0) return []
  const elsewhere = await read.all(Assignment, { field: { name: 'resource', values } })
  const projects = new Set(elsewhere.flatMap(({ project }) => project ?? []))
  projects.delete(rows.project.id)
  const plans: Plan[] = []
  for (const project of [...projects].sort()) {
    if (read.allows('schedule.read', project)) plans.push((await computePlan(read, project)).plan)
  }
  return plans
}
