import {
  addTenths,
  elapsedTime,
  newShapeTable,
  tenthsBetween,
  type WorkingTime,
} from '../calendar/working-time.ts'
import { type Network, STATE } from '../network/network.ts'
import { rowsByOwner } from '../network/order.ts'
import type { Solution } from '../network/solve.ts'
import { plainAmount, type Span } from '../network/spans.ts'
import type { PlanAssignment, PlanTask, WorkPiece } from '../plan.ts'
import { contourParts } from './contour.ts'

/** Work at an even pace over the working time of a calendar; moments and work in tenths of a minute. */
export type Stretch = {
  readonly from: number
  readonly to: number
  readonly calendar: WorkingTime
  readonly work: number
  /** How much of the person it takes while it lasts; 1 is one whole person. */
  readonly units: number
  /** Done already, and where it was done. */
  readonly done: boolean
}

export type AssignedStretches = {
  readonly assignment: PlanAssignment
  /** The place of its task in the plan. */
  readonly task: number
  readonly stretches: readonly Stretch[]
}

/**
 * When the people of a plan work on what, as it is calculated: what is done where it was done, the rest where the
 * schedule puts it, by calendar, delay, contour and stated pieces. What an assignment's stretches hold adds up to its
 * actual and remaining work; where none is said, its units count as long as the task lasts. Inactive tasks, material, costs and work of nobody load nobody.
 */
export function assignedStretches({ network, dates }: Solution): AssignedStretches[] {
  const { plan, taskCount, assignmentTask, spans, state } = network
  const people = new Set(plan.resources.filter(({ type }) => (type ?? 'work') === 'work').map(({ id }) => id))
  const rows = rowsByOwner(assignmentTask, taskCount)
  const found: AssignedStretches[] = []
  for (let i = 0; i < taskCount; i++) {
    if (state[i] === STATE.inactive) continue
    const left = [...(spans[i] ?? [])]
    for (let k = rows.start[i] as number; k < (rows.start[i + 1] as number); k++) {
      const assignment = plan.assignments[rows.item[k] as number] as PlanAssignment
      if (assignment.resource === null || !people.has(assignment.resource)) continue
      const at = left.findIndex(({ resource }) => resource === assignment.resource)
      const span = at >= 0 ? left.splice(at, 1)[0] : undefined
      const stretches = stretchesOf({ network, dates }, i, assignment, span)
      if (stretches.length > 0) found.push({ assignment, task: i, stretches })
    }
  }
  return found
}

type Solved = Pick<Solution, 'network' | 'dates'>

function stretchesOf(
  solution: Solved,
  i: number,
  assignment: PlanAssignment,
  span: Span | undefined,
): Stretch[] {
  const { network, dates } = solution
  const calendar = span?.calendar ?? (network.workCalendar[i] as WorkingTime)
  const done = tenthsOf(assignment.actualWorkMinutes)
  const start = dates.start[i] as number
  const finish = dates.finish[i] as number
  const state = network.state[i]
  const work = tenthsOf(assignment.workMinutes ?? unsaidWork(assignment, network, i, { start, finish }))
  const rest = Math.max(work - done, tenthsOf(assignment.remainingWorkMinutes), 0)
  if (done + rest === 0) return []
  const given = { assignment, calendar, done, rest, stated: state === STATE.stated }
  if (state === STATE.open && !network.summary[i]) {
    const from = span ? addTenths(calendar, start, span.delay) : start
    return parted(given, { from, amount: amountOf(network, i, assignment, span) })
  }
  if (state === STATE.started && !network.summary[i]) return startedStretches(solution, i, given, span)
  const from = momentOf(assignment.actualStartMinute) ?? start
  const to = Math.max(from, momentOf(assignment.actualFinishMinute) ?? finish)
  return parted(given, { from, amount: tenthsBetween(calendar, from, to), to })
}

/** Where no work is said, as much as the units do while the task lasts. */
function unsaidWork(
  { units }: PlanAssignment,
  network: Network,
  i: number,
  { start, finish }: { start: number; finish: number },
): number {
  const lasts = network.state[i] === STATE.open || network.state[i] === STATE.started
  const calendar = network.workCalendar[i] as WorkingTime
  const tenths =
    lasts && !network.summary[i] ? (network.duration[i] as number) : tenthsBetween(calendar, start, finish)
  return ((units ?? 1) * tenths) / 10
}

type Given = {
  readonly assignment: PlanAssignment
  readonly calendar: WorkingTime
  readonly done: number
  readonly rest: number
  readonly stated: boolean
}

/** What is done begins where it began; the rest goes on where the schedule resumes the task. */
function startedStretches(
  { network, dates }: Solved,
  i: number,
  given: Given,
  span: Span | undefined,
): Stretch[] {
  const { assignment, done, rest } = given
  const amount = amountOf(network, i, assignment, span)
  const remaining = Math.min(span ? span.remaining : (network.remaining[i] as number), amount)
  const worked = amount - remaining
  const share = amount > 0 ? worked / amount : 0
  const began = momentOf(assignment.actualStartMinute) ?? (dates.start[i] as number)
  const before =
    pieces(given, true) ??
    laid(given, { from: began, amount: worked, work: done, parts: [0, share], done: true })
  const from = Math.max(dates.start[i] as number, dates.resumed[i] as number)
  const after =
    pieces(given, false, from) ??
    laid(given, { from, amount: remaining, work: rest, parts: [share, 1], done: false })
  return [...before, ...after]
}

/** An assignment in one run from its begin: by its pieces where the file states them, else by its contour. */
function parted(given: Given, run: { from: number; amount: number; to?: number }): Stretch[] {
  const { done, rest } = given
  const past = done > 0 ? pieces(given, true) : []
  const ahead = rest > 0 ? pieces(given, false, done > 0 ? undefined : run.from, run.amount) : []
  if (past && ahead) return [...past, ...ahead]
  // Whoever worked outside all working time worked all the same, and nobody's working time is asked for.
  if (run.to !== undefined && run.amount === 0 && run.to > run.from) {
    const { from, to } = run
    return [{ from, to, calendar: ALWAYS, work: done + rest, units: 0, done: rest === 0 }]
  }
  const { from, amount } = run
  return laid(given, { from, amount, work: done + rest, parts: [0, 1], done: rest === 0 })
}

/** Work laid over an amount of working time from a moment on, shaped as that part of the contour. */
function laid(
  given: Given,
  run: {
    from: number
    amount: number
    work: number
    parts: readonly [number, number]
    done: boolean
  },
): Stretch[] {
  const { assignment, calendar } = given
  if (run.work <= 0) return []
  const [first, last] = run.parts
  const amount = run.amount > 0 ? run.amount : Math.round(run.work / Math.max(assignment.units ?? 1, 0.01))
  const contour = run.amount > 0 ? (assignment.contour ?? 'flat') : 'flat'
  const wide = last - first || 1
  const offset = (x: number) => Math.round(((x - first) / wide) * amount)
  return contourParts(contour, first, last).map(({ from, to, share }) => {
    const begin = addTenths(calendar, run.from, offset(from))
    const end = addTenths(calendar, run.from, contour === 'flat' ? amount : offset(to))
    return paced(given, begin, end, { work: run.work * share, done: run.done })
  })
}

/**
 * Units are shown in whole percent: work ÷ time may miss the stated units by that rounding. Dates that somebody stated
 * change no units, as in levelling, however little time they leave; overtime is on top of them ("Overtime work",
 * Microsoft Project).
 */
function paced(
  { assignment, calendar, stated }: Given,
  from: number,
  to: number,
  { work, done }: { work: number; done: boolean },
): Stretch {
  const said = assignment.units ?? 1
  const whole = tenthsBetween(calendar, from, to)
  const overtime = tenthsOf(assignment.overtimeWorkMinutes) / Math.max(tenthsOf(assignment.workMinutes), 1)
  const pace = whole > 0 ? (work * (1 - Math.min(overtime, 1))) / whole : said
  const units = stated || Math.abs(pace - said) <= 0.005 + said * 0.02 ? said : pace
  return { from, to, calendar, work, units, done }
}

/**
 * The stated pieces, what is done or what is left, made to add up to the work. What is left moves along with the task:
 * each piece keeps its working time after the first one. Undefined when nothing is stated.
 */
function pieces(given: Given, actual: boolean, from?: number, amount?: number): Stretch[] | undefined {
  const { assignment, calendar } = given
  const work = actual ? given.done : given.rest
  const own = (assignment.pieces ?? []).filter((piece) => (piece.actual === true) === actual)
  const sum = own.reduce((all, { workMinutes }) => all + tenthsOf(workMinutes), 0)
  if (work <= 0) return []
  const [first] = own
  const last = own[own.length - 1]
  if (sum <= 0 || !first || !last) return undefined
  const origin = tenthsOf(first.startMinute)
  const extent = tenthsBetween(calendar, origin, tenthsOf(last.finishMinute))
  const moves = from !== undefined && extent > 0
  const stretch = moves && amount !== undefined && amount > 0 ? amount / extent : 1
  const moved = (minute: number) =>
    moves
      ? addTenths(calendar, from, Math.round(tenthsBetween(calendar, origin, tenthsOf(minute)) * stretch))
      : tenthsOf(minute)
  return own.flatMap((piece: WorkPiece) => {
    const share = (tenthsOf(piece.workMinutes) * work) / sum
    if (share <= 0) return []
    return paced(given, moved(piece.startMinute), moved(piece.finishMinute), { work: share, done: actual })
  })
}

/** The working time one person takes: as long as the task, or less when their work is done earlier. */
function amountOf(network: Network, i: number, assignment: PlanAssignment, span: Span | undefined): number {
  if (span) return span.amount
  const duration = network.duration[i] as number
  const own = plainAmount(network.plan.tasks[i] as PlanTask, assignment)
  return own > 0 && own < duration ? own : duration
}

const ALWAYS = elapsedTime(newShapeTable())

function tenthsOf(minutes: number | null | undefined): number {
  return Math.round((minutes ?? 0) * 10)
}

function momentOf(minute: number | null | undefined): number | undefined {
  return minute === null || minute === undefined ? undefined : Math.round(minute * 10)
}
