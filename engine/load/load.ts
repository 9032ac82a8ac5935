import { compileWorkingTime } from '../calendar/calendar.ts'
import { shiftsBetween } from '../calendar/shifts.ts'
import { BeyondCalendar, TENTHS_PER_DAY, tenthsBetween, type WorkingTime } from '../calendar/working-time.ts'
import { refuse } from '../network/check.ts'
import type { Solution } from '../network/solve.ts'
import type { Plan, PlanResource, Refused } from '../plan.ts'
import { solvedOnce } from '../solved-once.ts'
import { assignedStretches, type Stretch } from './stretches.ts'

/** What is asked: the edges of the periods in order, n + 1 for n periods; whose load; and whether by task. */
export type LoadQuestion = {
  readonly edgeMinutes: readonly number[]
  /** Default: all people of the plan. */
  readonly resources?: ReadonlySet<string>
  readonly byTask?: boolean
  /** Other plans in which the same people work: what they ask of them counts as `otherMinutes`. */
  readonly others?: readonly Plan[]
}

/** Work and room of one person, a figure a period. */
export type ResourceLoad = {
  readonly resource: string
  readonly maxUnits: number
  readonly workMinutes: readonly number[]
  /** Work in the other plans. */
  readonly otherMinutes: readonly number[]
  /** Working time of the person's calendar × their units. */
  readonly capacityMinutes: readonly number[]
  /** The most that is asked of the person at one moment; 1 is one whole person. */
  readonly peakUnits: readonly number[]
  /** Work by task, in the order of the plan; only tasks with work in these periods. */
  readonly tasks?: readonly TaskLoad[]
}

export type TaskLoad = { readonly task: string; readonly workMinutes: readonly number[] }

export type Load = { readonly resources: readonly ResourceLoad[] }

/**
 * How much everybody has to do in each period and how much they could: the calculated assignments spread over time
 * ("time-phased work", Microsoft Project). The work in all periods of an assignment is its actual and remaining work.
 * Refuses what `schedule` refuses.
 */
export function loadOf(plan: Plan, question: LoadQuestion): Load | Refused {
  try {
    return readLoad(plan, question)
  } catch (error) {
    if (!(error instanceof BeyondCalendar)) throw error
    return error.empty
      ? refuse('schedule.noWorkingTime', { calendar: error.calendar })
      : refuse('schedule.dateOutOfRange', { calendar: error.calendar })
  }
}

function readLoad(plan: Plan, question: LoadQuestion): Load | Refused {
  const solution = solvedOnce(plan)
  if ('refused' in solution) return solution
  const edges = question.edgeMinutes.map((minute) => Math.round(minute * 10))
  const calendars = compileWorkingTime(plan.calendars, yearOf(edges[0] ?? 0))
  if ('refused' in calendars) return calendars
  const asked = (id: string) => !question.resources || question.resources.has(id)
  const rows = new Map<string, Row>()
  for (const resource of plan.resources)
    if ((resource.type ?? 'work') === 'work' && asked(resource.id))
      rows.set(resource.id, newRow(resource, edges.length - 1))
  spread(solution, rows, edges, (row, task) => ({
    sum: row.work,
    own: question.byTask ? taskRow(row, task, edges.length - 1) : undefined,
  }))
  for (const other of question.others ?? []) {
    const elsewhere = solvedOnce(other)
    // A plan that makes no sense asks nothing of anybody.
    if (!('refused' in elsewhere))
      spread(elsewhere, rows, edges, (row) => ({ sum: row.other, own: undefined }))
  }
  const resources = [...rows.values()].map((row) => {
    const time = calendars.byId.get(row.resource.calendar ?? plan.project.calendar)
    return answerOf(plan, row, edges, time)
  })
  return { resources }
}

/** Lays the work of one plan into the rows of those who do it. */
function spread(
  solution: Solution,
  rows: ReadonlyMap<string, Row>,
  edges: readonly number[],
  into: (row: Row, task: number) => { sum: Float64Array; own: Float64Array | undefined },
): void {
  for (const { assignment, task, stretches } of assignedStretches(solution)) {
    const row = rows.get(assignment.resource ?? '')
    for (const stretch of row ? stretches : []) {
      if (!row || !reaches(stretch, edges)) continue
      const { sum, own } = into(row, task)
      addWork(stretch, edges, sum, own)
      row.stretches.push(stretch)
    }
  }
}

type Row = {
  readonly resource: PlanResource
  readonly work: Float64Array
  readonly other: Float64Array
  readonly tasks: Map<number, Float64Array>
  readonly stretches: Stretch[]
}

function newRow(resource: PlanResource, periods: number): Row {
  return {
    resource,
    work: new Float64Array(periods),
    other: new Float64Array(periods),
    tasks: new Map(),
    stretches: [],
  }
}

function taskRow({ tasks }: Row, task: number, periods: number): Float64Array {
  const row = tasks.get(task) ?? new Float64Array(periods)
  tasks.set(task, row)
  return row
}

function reaches({ from, to }: Stretch, edges: readonly number[]): boolean {
  return (
    from < (edges[edges.length - 1] ?? 0) &&
    (to > (edges[0] ?? 0) || (to === from && from >= (edges[0] ?? 0)))
  )
}

/** Shares a stretch out among the periods by the working time it has in each. */
function addWork(
  { from, to, calendar, work }: Stretch,
  edges: readonly number[],
  sum: Float64Array,
  own: Float64Array | undefined,
): void {
  const whole = tenthsBetween(calendar, from, to)
  for (let p = periodAt(edges, from); p < sum.length && (edges[p] as number) <= to; p++) {
    const begin = Math.max(from, edges[p] as number)
    const end = Math.min(to, edges[p + 1] as number)
    if (end < begin) continue
    // Work without working time of its own falls into the period it stands in.
    const share =
      whole > 0 ? tenthsBetween(calendar, begin, end) / whole : from === to ? 1 : (end - begin) / (to - from)
    sum[p] = (sum[p] as number) + work * share
    if (own) own[p] = (own[p] as number) + work * share
    if (from === to) return
  }
}

/** The last period that begins at or before a moment; the first when the moment lies before all. */
function periodAt(edges: readonly number[], at: number): number {
  let low = 0
  let high = edges.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((edges[middle] as number) <= at) low = middle
    else high = middle
  }
  return low
}

function answerOf(
  plan: Plan,
  row: Row,
  edges: readonly number[],
  time: WorkingTime | undefined,
): ResourceLoad {
  const { resource, work, other, tasks, stretches } = row
  const maxUnits = resource.maxUnits ?? 1
  const answer = {
    resource: resource.id,
    maxUnits,
    workMinutes: minutesOf(work),
    otherMinutes: minutesOf(other),
    capacityMinutes: edges
      .slice(1)
      .map((edge, p) => (time ? (tenthsBetween(time, edges[p] as number, edge) * maxUnits) / 10 : 0)),
    peakUnits: peaksOf(stretches, edges),
  }
  if (tasks.size === 0) return answer
  return {
    ...answer,
    tasks: [...tasks]
      .sort(([a], [b]) => a - b)
      .map(([task, minutes]) => ({ task: plan.tasks[task]?.id ?? '', workMinutes: minutesOf(minutes) })),
  }
}

/** The most that is asked at one moment of each period, shift by shift: nights between shifts are free. */
export function peaksOf(stretches: readonly Stretch[], edges: readonly number[]): number[] {
  const events: { at: number; units: number }[] = []
  const last = edges[edges.length - 1] ?? 0
  for (const { from, to, calendar, units } of stretches) {
    if (to <= from) continue
    for (const [begin, end] of shiftsBetween(calendar, Math.max(from, edges[0] ?? 0), Math.min(to, last)))
      events.push({ at: begin, units }, { at: end, units: -units })
  }
  events.sort((a, b) => a.at - b.at)
  const peaks = new Array<number>(edges.length - 1).fill(0)
  let period = 0
  let load = 0
  events.forEach(({ at, units }, n) => {
    // Whoever is at work when a period begins is at work in it.
    while (period + 1 < peaks.length && at > (edges[period + 1] as number)) {
      period++
      peaks[period] = load
    }
    load += units
    // What ends and what begins at one moment follow one another.
    if (events[n + 1]?.at === at) return
    if (period + 1 < peaks.length && at === edges[period + 1]) period++
    if (load > (peaks[period] as number)) peaks[period] = load
  })
  return peaks.map((units) => Math.round(units * 1000) / 1000)
}

function minutesOf(tenths: Float64Array): number[] {
  return Array.from(tenths, (value) => Math.round(value) / 10)
}

function yearOf(tenth: number): number {
  return 1970 + Math.floor(tenth / TENTHS_PER_DAY / 365.2425)
}
