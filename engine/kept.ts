import { BeyondCalendar } from './calendar/working-time.ts'
import { applyEdit, type Editable, type EditedPlaces } from './network/edit.ts'
import { type Marks, mark, newMarks, visitMarked } from './network/marks.ts'
import { CONSTRAINT, type Network } from './network/network.ts'
import { topologicalOrder } from './network/order.ts'
import { refreshProgress, scheduledBackwards } from './network/slack.ts'
import type { Solution } from './network/solve.ts'
import { solveTouched, type Touched, touchAfter, touchBefore } from './network/touch.ts'
import { warningsOf } from './network/warnings.ts'
import type { Driver, Plan, Refused, Schedule, TaskSchedule } from './plan.ts'
import { editedPlan, type PlanEdit } from './plan-edit.ts'
import { answerOf, isInRange, solved, taskSchedule } from './schedule.ts'
import { refreshWork, type Work, workOf } from './work.ts'

/** A calculated plan that answers edits. Plan and schedule are plain data and never change once they are given out. */
export type KeptSchedule = {
  readonly plan: Plan
  readonly schedule: Schedule
  /** Places, in the order of the plan, of the tasks whose results are new or other than those before the edits. */
  readonly changed: readonly number[]
  /** Whether only what the edits touch was calculated, or everything. */
  readonly calculated: 'touched' | 'whole'
  /** The engine's own: network and dates as arrays, brought up to date in place. */
  readonly working: Working
}

type Working = {
  solution: Solution
  touched: Touched
  readonly work: Work
  /** The kept schedule these arrays belong to; an older one is calculated as a whole when it is edited again. */
  newest: KeptSchedule | undefined
}

/** Calculates a plan as `schedule` does, and keeps what its edits need. Refuses what `schedule` refuses. */
export function keepSchedule(plan: Plan): KeptSchedule | Refused {
  const solution = solved(plan)
  if ('refused' in solution) return solution
  const work = workOf(solution.network)
  const schedule = answerOf(solution, work)
  const working: Working = { solution, touched: newTouched(solution.network), work, newest: undefined }
  const changed = schedule.tasks.map((_, i) => i)
  return settled({ plan, schedule, changed, calculated: 'whole', working })
}

function settled(kept: KeptSchedule): KeptSchedule {
  kept.working.newest = kept
  return kept
}

/**
 * The answer after edits: the same as `schedule(editedPlan(kept.plan, edits))` in every field, drivers and warnings
 * included, and which tasks' results have changed. Only what the edits touch is calculated again: forward from the
 * edited tasks as long as values change, backward likewise, then slack, work and summary tasks of those.
 *
 * Everything is calculated when structure demands it: tasks added, removed, moved in the outline or made (in)active,
 * another plan altogether, plans scheduled from the finish or with tasks as late as possible, links in plans with
 * inactive tasks that have links, and edits of a kept schedule that another edit has left behind.
 * Refuses what `schedule` refuses; `kept` stays valid then, and whatever happens.
 */
export function editSchedule(kept: KeptSchedule, edits: readonly PlanEdit[]): KeptSchedule | Refused {
  return editTouched(kept, edits) ?? editWhole(kept, edits)
}

function editWhole(kept: KeptSchedule, edits: readonly PlanEdit[]): KeptSchedule | Refused {
  const whole = keepSchedule(editedPlan(kept.plan, edits))
  if ('refused' in whole) return whole
  const before = new Map(kept.schedule.tasks.map((task) => [task.id, task]))
  const changed: number[] = []
  const tasks = whole.schedule.tasks.map((task, i) => {
    const old = before.get(task.id)
    if (old && isSameResult(old, task)) return old
    changed.push(i)
    return task
  })
  return settled({ ...whole, schedule: { ...whole.schedule, tasks }, changed })
}

function editTouched(kept: KeptSchedule, edits: readonly PlanEdit[]): KeptSchedule | undefined {
  const { working } = kept
  if (working.newest !== kept || !isKeepable(working.solution.network)) return undefined
  // Until the edits are through, the arrays belong to no answer.
  working.newest = undefined
  try {
    if (!touch(working, edits)) return undefined
    working.solution = solveTouched(working.solution, working.touched)
    return answerTouched(kept)
  } catch (error) {
    if (error instanceof BeyondCalendar) return undefined
    throw error
  }
}

/** From the finish, and with tasks as late as possible, early dates rest on late ones: nothing stays untouched. */
function isKeepable(network: Network): boolean {
  return !scheduledBackwards(network) && !network.constraint.includes(CONSTRAINT.alap)
}

/** Brings the network up to the edits and marks what they touch. */
function touch(working: Working, edits: readonly PlanEdit[]): boolean {
  const { network, dates, slack } = working.solution
  const edited: EditedPlaces = { tasks: new Set(), from: new Set(), to: new Set() }
  const editable: Editable = network
  for (const edit of edits) if (!applyEdit(editable, dates, edit, edited)) return false
  if (!isKeepable(network) || !reorder(editable, working, edited)) return false
  const { touched } = working
  const { taskCount: n, summary, linkFrom, inStart, inLink } = network
  for (const i of edited.tasks) {
    mark(touched.forward, i)
    mark(touched.backward, i)
    if (summary[i]) {
      mark(touched.forward, n + i)
      mark(touched.backward, n + i)
    }
    touchAfter(network, touched.forward, i)
    touchBefore(network, touched.backward, i)
    for (let k = inStart[i] as number; k < (inStart[i + 1] as number); k++)
      mark(touched.slack, linkFrom[inLink[k] as number] as number)
    refreshWork(network, working.work, i, (differing) => mark(touched.results, differing))
    refreshProgress(network, slack, i, (differing) => mark(touched.slack, differing))
  }
  for (const i of edited.to) mark(touched.forward, i)
  for (const i of edited.from) {
    mark(touched.backward, summary[i] ? n + i : i)
    mark(touched.slack, i)
  }
  return true
}

/** Links that run against the order ask for another one. */
function reorder(network: Editable, working: Working, { from, to }: EditedPlaces): boolean {
  if (from.size === 0 && to.size === 0) return true
  const { taskCount: n, summary, linkFrom, linkTo, inStart, inLink } = network
  const { placeOf } = working.touched.forward
  let isOrdered = true
  for (const i of to)
    for (let k = inStart[i] as number; k < (inStart[i + 1] as number); k++) {
      const link = inLink[k] as number
      const before = linkFrom[link] as number
      const node = summary[before] ? n + before : before
      if ((placeOf[node] as number) > (placeOf[linkTo[link] as number] as number)) isOrdered = false
    }
  if (isOrdered) return true
  const order = topologicalOrder(network)
  if ('refused' in order) return false
  network.order = order
  working.touched = newTouched(network)
  return true
}

function newTouched({ order, taskCount: n }: Network): Touched {
  const places = Int32Array.from({ length: n }, (_, i) => i)
  const slack = newMarks(places, n)
  const results: Marks = { ...slack, marked: new Uint8Array(n) }
  return {
    forward: newMarks(order, 2 * n),
    backward: newMarks(order.toReversed(), 2 * n),
    slack,
    results,
  }
}

/** The answer with the results of the touched tasks put in; undefined when one of them leaves the calendar. */
function answerTouched(kept: KeptSchedule): KeptSchedule | undefined {
  const { working } = kept
  const { solution, touched, work } = working
  const tasks = kept.schedule.tasks.slice()
  const changed: number[] = []
  const common = { projectStart: undefined, links: undefined }
  let isSound = true
  visitMarked(touched.results, (i) => {
    isSound &&= isInRange(solution, i)
    const made = taskSchedule(solution, i, work.total[i] as number, common)
    if (isSameResult(tasks[i] as TaskSchedule, made)) return
    tasks[i] = made
    changed.push(i)
  })
  if (!isSound) return undefined
  const schedule: Schedule = {
    startMinute: solution.start / 10,
    finishMinute: solution.finish / 10,
    tasks,
    warnings: warningsOf(solution),
  }
  return settled({ plan: solution.network.plan, schedule, changed, calculated: 'touched', working })
}

function isSameResult(one: TaskSchedule, other: TaskSchedule): boolean {
  return (
    one.startMinute === other.startMinute &&
    one.finishMinute === other.finishMinute &&
    one.earlyStartMinute === other.earlyStartMinute &&
    one.earlyFinishMinute === other.earlyFinishMinute &&
    one.lateStartMinute === other.lateStartMinute &&
    one.lateFinishMinute === other.lateFinishMinute &&
    one.durationMinutes === other.durationMinutes &&
    one.workMinutes === other.workMinutes &&
    one.freeSlackMinutes === other.freeSlackMinutes &&
    one.totalSlackMinutes === other.totalSlackMinutes &&
    one.startSlackMinutes === other.startSlackMinutes &&
    one.finishSlackMinutes === other.finishSlackMinutes &&
    one.critical === other.critical &&
    one.summary === other.summary &&
    one.milestone === other.milestone &&
    one.drivers.length === other.drivers.length &&
    one.drivers.every((driver, k) => isSameDriver(driver, other.drivers[k] as Driver))
  )
}

function isSameDriver(one: Driver, other: Driver): boolean {
  return (
    one.kind === other.kind &&
    one.minute === other.minute &&
    one.task === other.task &&
    one.link === other.link &&
    one.linkType === other.linkType &&
    one.constraint === other.constraint &&
    isSameLag(one.lag, other.lag)
  )
}

function isSameLag(one: Driver['lag'], other: Driver['lag']): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
