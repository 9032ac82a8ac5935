import { END_DAY, FIRST_DAY } from '../calendar/civil.ts'
import type { Facts, Plan, PlanTask, RefusalCode, Refused } from '../plan.ts'

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
export function faultOfPlan(plan: Plan, index: ReadonlyMap<string, number>): Refused | undefined {
  return (
    faultOfProject(plan) ??
    faultOfTasks(plan, index) ??
    faultOfLinks(plan, index) ??
    faultOfAssignments(plan, index)
  )
}

function faultOfProject(plan: Plan): Refused | undefined {
  const { project } = plan
  const anchor = project.scheduleFrom === 'finish' ? project.finishMinute : project.startMinute
  if (anchor === null || anchor === undefined)
    return refuse('schedule.noProjectDate', { scheduleFrom: project.scheduleFrom ?? 'start' })
  for (const field of ['startMinute', 'finishMinute', 'statusMinute'] as const)
    if (!isDate(project[field])) return outOfRange({ field, minute: factOf(project[field]) })
  return undefined
}

function faultOfTasks(plan: Plan, index: ReadonlyMap<string, number>): Refused | undefined {
  if (index.size !== plan.tasks.length) {
    const seen = new Set<string>()
    for (const { id } of plan.tasks) {
      if (seen.has(id)) return refuse('schedule.duplicateId', { kind: 'task', id })
      seen.add(id)
    }
  }
  for (const task of plan.tasks) {
    const fault = faultOfTask(task)
    if (fault) return fault
    if (task.parent && !index.has(task.parent))
      return refuse('schedule.unknownTask', { task: task.parent, parentOf: task.id })
  }
  return undefined
}

function faultOfTask(task: PlanTask): Refused | undefined {
  for (const field of AMOUNT_FIELDS) {
    const amount = task[field]
    if (amount === null || amount === undefined) continue
    if (!Number.isFinite(amount)) return refuse('schedule.badNumber', { task: task.id, field })
    if (amount < 0) return refuse('schedule.negativeDuration', { task: task.id, field, minutes: amount })
  }
  for (const field of MINUTE_FIELDS)
    if (!isDate(task[field])) return outOfRange({ task: task.id, field, minute: factOf(task[field]) })
  const { constraint, levelingDelayMinutes } = task
  if (levelingDelayMinutes && !Number.isFinite(levelingDelayMinutes))
    return refuse('schedule.badNumber', { task: task.id, field: 'levelingDelayMinutes' })
  const needsDate = constraint && constraint !== 'asap' && constraint !== 'alap'
  if (needsDate && (task.constraintMinute === null || task.constraintMinute === undefined))
    return refuse('schedule.noConstraintDate', { task: task.id, constraint })
  return undefined
}

function faultOfLinks(plan: Plan, index: ReadonlyMap<string, number>): Refused | undefined {
  const seen = new Set<number>()
  const count = plan.tasks.length
  for (const link of plan.links) {
    const from = index.get(link.predecessor)
    const to = index.get(link.successor)
    if (from === undefined) return refuse('schedule.unknownTask', { task: link.predecessor, link: link.id })
    if (to === undefined) return refuse('schedule.unknownTask', { task: link.successor, link: link.id })
    if (from === to) return refuse('schedule.selfLink', { task: link.successor, link: link.id })
    const key = (from * count + to) * 4 + TYPE_NUMBER[link.type]
    if (seen.has(key))
      return refuse('schedule.duplicateLink', {
        link: link.id,
        predecessor: link.predecessor,
        successor: link.successor,
        type: link.type,
      })
    seen.add(key)
    const { lag } = link
    if (lag && !Number.isFinite('percent' in lag ? lag.percent : lag.minutes))
      return refuse('schedule.badNumber', { link: link.id, field: 'lag' })
  }
  return undefined
}

export const TYPE_NUMBER = { fs: 0, ss: 1, ff: 2, sf: 3 } as const

function faultOfAssignments(plan: Plan, index: ReadonlyMap<string, number>): Refused | undefined {
  if (plan.assignments.length === 0) return undefined
  const resources = new Set(plan.resources.map((resource) => resource.id))
  for (const assignment of plan.assignments) {
    const { id, task, resource } = assignment
    if (!index.has(task)) return refuse('schedule.unknownTask', { task, assignment: id })
    if (resource !== null && !resources.has(resource))
      return refuse('schedule.unknownResource', { resource, assignment: id })
    for (const field of ASSIGNMENT_AMOUNTS) {
      const amount = assignment[field]
      if (typeof amount === 'number' && !(Number.isFinite(amount) && amount >= 0))
        return refuse('schedule.badNumber', { assignment: id, field })
    }
    for (const field of ['actualStartMinute', 'actualFinishMinute'] as const)
      if (!isDate(assignment[field]))
        return outOfRange({ assignment: id, field, minute: factOf(assignment[field]) })
  }
  return undefined
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
