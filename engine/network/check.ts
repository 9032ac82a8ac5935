import { END_DAY, FIRST_DAY } from '../calendar/civil.ts'
import { isClockSound } from '../calendar/clock.ts'
import type {
  Facts,
  Lag,
  Maybe,
  Plan,
  PlanAssignment,
  PlanLink,
  PlanTask,
  RefusalCode,
  Refused,
} from '../plan.ts'

const MINUTE_FIELDS = [
  'constraintMinute',
  'deadlineMinute',
  'actualStartMinute',
  'actualFinishMinute',
  'stopMinute',
  'resumeMinute',
  'manualStartMinute',
  'manualFinishMinute',
] as const

const AMOUNT_FIELDS = [
  'durationMinutes',
  'actualDurationMinutes',
  'remainingDurationMinutes',
  'workMinutes',
] as const

const ASSIGNMENT_AMOUNTS = [
  'units',
  'workMinutes',
  'actualWorkMinutes',
  'remainingWorkMinutes',
  'overtimeWorkMinutes',
] as const

export function refuse(code: RefusalCode, facts: Facts): Refused {
  return { refused: { code, facts } }
}

/** What is wrong with the plan before anything is calculated: unknown ids, outline circles, links, numbers, dates. */
export function faultOfPlan(plan: Plan, places: Places): Refused | undefined {
  return (
    faultOfProject(plan) ??
    faultOfTasks(plan, places) ??
    faultOfLinks(plan, places) ??
    faultOfAssignments(plan, places)
  )
}

/** Every id of the plan looked up once: the places of tasks, -1 where there is none. */
export type Places = {
  readonly ids: readonly string[]
  readonly index: ReadonlyMap<string, number>
  readonly parent: Int32Array
  readonly linkFrom: Int32Array
  readonly linkTo: Int32Array
  readonly linkType: Uint8Array
  readonly lagKind: Uint8Array
  /** Tenths of a minute, or percent. */
  readonly lag: Float64Array
  readonly assignmentTask: Int32Array
}

export function placesOf(plan: Plan): Places {
  const { tasks, assignments } = plan
  const index = new Map<string, number>()
  const ids: string[] = []
  const parent = new Int32Array(tasks.length).fill(-1)
  for (let i = 0; i < tasks.length; i++) {
    const { id } = tasks[i] as PlanTask
    index.set(id, i)
    ids.push(id)
  }
  for (let i = 0; i < tasks.length; i++) {
    const above = (tasks[i] as PlanTask).parent
    if (above) parent[i] = index.get(above) ?? -2
  }
  const assignmentTask = new Int32Array(assignments.length)
  for (let k = 0; k < assignments.length; k++)
    assignmentTask[k] = index.get((assignments[k] as PlanAssignment).task) ?? -1
  return { ids, index, parent, ...linkRows(plan, index), assignmentTask }
}

function linkRows({ links }: Plan, index: ReadonlyMap<string, number>) {
  const linkFrom = new Int32Array(links.length)
  const linkTo = new Int32Array(links.length)
  const linkType = new Uint8Array(links.length)
  const lags = { lagKind: new Uint8Array(links.length), lag: new Float64Array(links.length) }
  for (let k = 0; k < links.length; k++) {
    const link = links[k] as PlanLink
    linkType[k] = TYPE_NUMBER[link.type]
    linkFrom[k] = index.get(link.predecessor) ?? -1
    linkTo[k] = index.get(link.successor) ?? -1
    if (link.lag) setLag(lags, k, link.lag)
  }
  return { linkFrom, linkTo, linkType, ...lags }
}

/** Writes one link's lag; none is 0. */
export function setLag(rows: { lagKind: Uint8Array; lag: Float64Array }, k: number, given: Maybe<Lag>): void {
  rows.lagKind[k] = given ? LAG[given.kind] : LAG.working
  // Asking for the kind is many times faster than asking whether a field is there.
  rows.lag[k] = given ? (isPercent(given) ? given.percent : Math.round(given.minutes * 10)) : 0
}

type PercentLag = Extract<Lag, { percent: number }>

function isPercent(lag: Lag): lag is PercentLag {
  return lag.kind === 'percent' || lag.kind === 'elapsedPercent'
}

function faultOfProject(plan: Plan): Refused | undefined {
  const { project } = plan
  const anchor = project.scheduleFrom === 'finish' ? project.finishMinute : project.startMinute
  if (anchor === null || anchor === undefined)
    return refuse('schedule.noProjectDate', { scheduleFrom: project.scheduleFrom ?? 'start' })
  for (const field of ['startMinute', 'finishMinute', 'statusMinute'] as const)
    if (!isDate(project[field])) return outOfRange({ field, minute: factOf(project[field]) })
  if (!isClockSound(project.clockChanges ?? []))
    return refuse('schedule.badNumber', { field: 'clockChanges' })
  return undefined
}

function faultOfTasks(plan: Plan, { index, parent }: Places): Refused | undefined {
  if (index.size !== plan.tasks.length) {
    const seen = new Set<string>()
    for (const { id } of plan.tasks) {
      if (seen.has(id)) return refuse('schedule.duplicateId', { kind: 'task', id })
      seen.add(id)
    }
  }
  for (let i = 0; i < plan.tasks.length; i++) {
    const task = plan.tasks[i] as PlanTask
    const fault = faultOfTask(task)
    if (fault) return fault
    if (parent[i] === -2)
      return refuse('schedule.unknownTask', { task: task.parent ?? '', parentOf: task.id })
  }
  return undefined
}

export function faultOfTask(task: PlanTask): Refused | undefined {
  if (!isSound(task))
    for (const field of AMOUNT_FIELDS) {
      const amount = task[field]
      if (amount === null || amount === undefined) continue
      if (!Number.isFinite(amount)) return refuse('schedule.badNumber', { task: task.id, field })
      if (amount < 0) return refuse('schedule.negativeDuration', { task: task.id, field, minutes: amount })
    }
  if (!isDated(task))
    for (const field of MINUTE_FIELDS)
      if (!isDate(task[field])) return outOfRange({ task: task.id, field, minute: factOf(task[field]) })
  const { constraint, levelingDelayMinutes } = task
  if (typeof levelingDelayMinutes === 'number' && !Number.isFinite(levelingDelayMinutes))
    return refuse('schedule.badNumber', { task: task.id, field: 'levelingDelayMinutes' })
  const needsDate = constraint && constraint !== 'asap' && constraint !== 'alap'
  if (needsDate && (task.constraintMinute === null || task.constraintMinute === undefined))
    return refuse('schedule.noConstraintDate', { task: task.id, constraint })
  return undefined
}

/** All amounts at once, as nearly every task is sound; which one is not is asked by name afterwards. */
function isSound(task: PlanTask): boolean {
  return (
    isAmount(task.durationMinutes) &&
    isAmount(task.actualDurationMinutes) &&
    isAmount(task.remainingDurationMinutes) &&
    isAmount(task.workMinutes)
  )
}

function isAmount(minutes: Maybe<number>): boolean {
  return minutes === null || minutes === undefined || (minutes >= 0 && minutes < Number.POSITIVE_INFINITY)
}

function isDated(task: PlanTask): boolean {
  return (
    isDate(task.constraintMinute) &&
    isDate(task.deadlineMinute) &&
    isDate(task.actualStartMinute) &&
    isDate(task.actualFinishMinute) &&
    isDate(task.stopMinute) &&
    isDate(task.resumeMinute) &&
    isDate(task.manualStartMinute) &&
    isDate(task.manualFinishMinute)
  )
}

function faultOfLinks(plan: Plan, { linkFrom, linkTo, lag }: Places): Refused | undefined {
  for (let k = 0; k < plan.links.length; k++) {
    const from = linkFrom[k] as number
    const to = linkTo[k] as number
    // The link itself is looked at again only when something is wrong with it.
    if (from >= 0 && to >= 0 && from !== to && Number.isFinite(lag[k])) continue
    const fault = faultOfLink(plan.links[k] as PlanLink, from, to)
    if (fault) return fault
  }
  return undefined
}

/** `from` and `to` are the places of the link's tasks, -1 where there is none. */
export function faultOfLink(link: PlanLink, from: number, to: number): Refused | undefined {
  if (from < 0) return refuse('schedule.unknownTask', { task: link.predecessor, link: link.id })
  if (to < 0) return refuse('schedule.unknownTask', { task: link.successor, link: link.id })
  if (from === to) return refuse('schedule.selfLink', { task: link.successor, link: link.id })
  const { lag } = link
  if (lag && !Number.isFinite('percent' in lag ? lag.percent : lag.minutes))
    return refuse('schedule.badNumber', { link: link.id, field: 'lag' })
  return undefined
}

/** The second of two links of one type between the same tasks; each predecessor's links stand together in `out`. */
export function duplicateLink(
  plan: Plan,
  linkTo: Int32Array,
  linkType: Uint8Array,
  out: { start: Int32Array; item: Int32Array },
): Refused | undefined {
  const seenBy = new Int32Array(plan.tasks.length).fill(-1)
  const types = new Uint8Array(plan.tasks.length)
  for (let from = 0; from < plan.tasks.length; from++) {
    const first = out.start[from] as number
    const end = out.start[from + 1] as number
    if (end - first < 2) continue
    for (let r = first; r < end; r++) {
      const k = out.item[r] as number
      const to = linkTo[k] as number
      const bit = 1 << (linkType[k] as number)
      if (seenBy[to] !== from) {
        seenBy[to] = from
        types[to] = bit
      } else if ((types[to] as number) & bit) {
        const { id, predecessor, successor, type } = plan.links[k] as PlanLink
        return refuse('schedule.duplicateLink', { link: id, predecessor, successor, type })
      } else types[to] = (types[to] as number) | bit
    }
  }
  return undefined
}

export const TYPE_NUMBER = { fs: 0, ss: 1, ff: 2, sf: 3 } as const
export const LAG = { working: 0, elapsed: 1, percent: 2, elapsedPercent: 3 } as const

function faultOfAssignments(plan: Plan, { assignmentTask }: Places): Refused | undefined {
  if (plan.assignments.length === 0) return undefined
  const resources = new Set(plan.resources.map((resource) => resource.id))
  for (let k = 0; k < plan.assignments.length; k++) {
    const fault = faultOfAssignment(
      plan.assignments[k] as PlanAssignment,
      assignmentTask[k] as number,
      resources,
    )
    if (fault) return fault
  }
  return undefined
}

/** `at` is the place of the assignment's task, -1 where there is none. */
export function faultOfAssignment(
  assignment: PlanAssignment,
  at: number,
  resources: { has(id: string): boolean },
): Refused | undefined {
  const { id, task, resource } = assignment
  if (at < 0) return refuse('schedule.unknownTask', { task, assignment: id })
  if (resource !== null && !resources.has(resource))
    return refuse('schedule.unknownResource', { resource, assignment: id })
  if (!isSoundAssignment(assignment))
    for (const field of ASSIGNMENT_AMOUNTS)
      if (!isAmount(assignment[field])) return refuse('schedule.badNumber', { assignment: id, field })
  const { actualStartMinute, actualFinishMinute } = assignment
  if (!isDate(actualStartMinute))
    return outOfRange({ assignment: id, field: 'actualStartMinute', minute: factOf(actualStartMinute) })
  if (!isDate(actualFinishMinute))
    return outOfRange({ assignment: id, field: 'actualFinishMinute', minute: factOf(actualFinishMinute) })
  if (!isAmount(assignment.delayMinutes) || !isAmount(assignment.levelingDelayMinutes))
    return refuse('schedule.badNumber', { assignment: id, field: 'delayMinutes' })
  for (const piece of assignment.pieces ?? [])
    if (!isDate(piece.startMinute) || !isDate(piece.finishMinute))
      return outOfRange({ assignment: id, field: 'pieces', minute: factOf(piece.startMinute) })
  return undefined
}

function isSoundAssignment(assignment: PlanAssignment): boolean {
  return (
    isAmount(assignment.units) &&
    isAmount(assignment.workMinutes) &&
    isAmount(assignment.actualWorkMinutes) &&
    isAmount(assignment.remainingWorkMinutes) &&
    isAmount(assignment.overtimeWorkMinutes)
  )
}

function isDate(minute: number | null | undefined): boolean {
  if (minute === null || minute === undefined) return true
  return minute >= FIRST_DAY * 1440 && minute < END_DAY * 1440
}

function outOfRange(facts: Facts): Refused {
  return refuse('schedule.dateOutOfRange', facts)
}

/** NaN and infinity have no place in facts that travel as JSON. */
function factOf(minute: number | null | undefined): number | string | null {
  if (minute === null || minute === undefined) return null
  return Number.isFinite(minute) ? minute : String(minute)
}
