import { tenthsBetween, type WorkingTime } from '../calendar/working-time.ts'
import type { Contour, PlanAssignment, PlanTask, WorkPiece } from '../plan.ts'

/** One person's stretch of a task, in tenths of working time of `calendar`. */
export type Span = {
  readonly calendar: WorkingTime
  readonly resource: string | null
  readonly delay: number
  /** From first to last work, pauses included. */
  readonly amount: number
  /** What is left of it once the task has started; equals `amount` when this person has not begun. */
  readonly remaining: number
  readonly begun: boolean
  readonly actualFinish: number
}

/** The mean rate of each contour ("Work contours", Microsoft Project): the work takes that much longer than flat. */
const MEAN_RATE: Record<Contour, number> = {
  flat: 1,
  backLoaded: 0.6,
  frontLoaded: 0.6,
  doublePeak: 0.5,
  earlyPeak: 0.5,
  latePeak: 0.5,
  bell: 0.5,
  turtle: 0.7,
  contoured: 1,
}

/**
 * How the work of a task is spread over its people. When all of them work in the same calendar, without delay and
 * without pause, the task's duration says it all and `spans` stays undefined; otherwise every assignment has its own
 * span, and the task lasts from the first start to the last finish. Material and cost move no date.
 */
export function spansOfTask(
  task: PlanTask,
  assignments: readonly PlanAssignment[],
  own: WorkingTime,
  calendarOf: (resource: string | null) => WorkingTime | undefined,
): { calendar: WorkingTime; spans: readonly Span[] | undefined; longest: number } {
  const duration = Math.max(0, Math.round((task.durationMinutes ?? 0) * 10))
  const spans: Span[] = []
  let apart = false
  for (const assignment of assignments) {
    const calendar = calendarOf(assignment.resource)
    if (!calendar) continue
    const pieces = assignment.pieces ?? []
    const paused = hasPause(pieces, calendar)
    if (assignment.resource === null && !paused) continue
    const span = spanOf(task, assignment, calendar, paused, duration)
    if (span.amount === 0) continue
    if (paused || span.delay > 0) apart = true
    spans.push(span)
  }
  const first = spans[0]
  if (!first) return { calendar: own, spans: undefined, longest: 0 }
  if (spans.some((span) => span.calendar !== first.calendar)) apart = true
  const longest = spans.reduce((most, span) => Math.max(most, span.amount), 0)
  return { calendar: first.calendar, spans: apart ? spans : undefined, longest }
}

/** One person, at once and without pause: as nearly all are. */
export function isPlain(assignment: PlanAssignment): boolean {
  return !assignment.pieces?.length && !assignment.delayMinutes && !assignment.levelingDelayMinutes
}

/** The working time a plain assignment takes, in tenths. */
export function plainAmount(task: PlanTask, assignment: PlanAssignment): number {
  return amountOf(assignment, Math.max(0, Math.round((task.durationMinutes ?? 0) * 10)))
}

function amountOf(assignment: PlanAssignment, duration: number): number {
  const work = Math.round((assignment.workMinutes ?? 0) * 10)
  const regular = work - Math.round((assignment.overtimeWorkMinutes ?? 0) * 10)
  const rate = (assignment.units ?? 1) * MEAN_RATE[assignment.contour ?? 'flat']
  const flat = rate > 0 ? Math.round(regular / rate) : 0
  return flat > 0 && isNear(flat, duration, rate) ? duration : flat
}

function spanOf(
  task: PlanTask,
  assignment: PlanAssignment,
  calendar: WorkingTime,
  paused: boolean,
  duration: number,
): Span {
  const tenths = (minutes: number | null | undefined) => Math.round((minutes ?? 0) * 10)
  const pieces = assignment.pieces ?? []
  const work = tenths(assignment.workMinutes)
  const amount = paused ? extent(pieces, calendar) : amountOf(assignment, duration)
  const done = tenths(assignment.actualWorkMinutes)
  const begun = done > 0 || (task.actualStartMinute !== undefined && pieces.some((piece) => piece.actual))
  const left = assignment.remainingWorkMinutes
  const share =
    work > 0 ? (left === null || left === undefined ? work - done : tenths(left)) / work : begun ? 0 : 1
  const ahead = pieces.filter((piece) => !piece.actual)
  const remaining = begun ? (paused ? extent(ahead, calendar) : Math.round(amount * share)) : amount
  return {
    calendar,
    resource: assignment.resource,
    delay: tenths(assignment.delayMinutes) + tenths(assignment.levelingDelayMinutes),
    amount,
    remaining,
    begun,
    actualFinish: assignment.actualFinishMinute
      ? tenths(assignment.actualFinishMinute)
      : Number.NEGATIVE_INFINITY,
  }
}

/** Units are shown in whole percent: work ÷ units may miss the duration by that rounding. */
function isNear(flat: number, duration: number, rate: number): boolean {
  return Math.abs(flat - duration) <= 10 + (duration * 0.005) / rate
}

function hasPause(pieces: readonly WorkPiece[], calendar: WorkingTime): boolean {
  for (let k = 0; k < pieces.length; k++) {
    const piece = pieces[k] as WorkPiece
    if (!(piece.workMinutes > 0)) return true
    const next = pieces[k + 1]
    if (next && between(calendar, piece.finishMinute, next.startMinute) > 0) return true
  }
  return false
}

/** Working time from the start of the first piece to the end of the last. */
function extent(pieces: readonly WorkPiece[], calendar: WorkingTime): number {
  const first = pieces[0]
  const last = pieces[pieces.length - 1]
  return first && last ? between(calendar, first.startMinute, last.finishMinute) : 0
}

function between(calendar: WorkingTime, fromMinute: number, toMinute: number): number {
  return tenthsBetween(calendar, Math.round(fromMinute * 10), Math.round(toMinute * 10))
}
