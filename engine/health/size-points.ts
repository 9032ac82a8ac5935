import { workingBetween } from '../calendar/calendar.ts'
import { type HealthFacts, type HealthPoint, idsOf, type Leaf, notApplicable, sharePoint } from './facts.ts'

/** 6 High float: unfinished tasks whose total slack is above 44 working days ÷ unfinished tasks, without milestones. */
export function highFloat(facts: HealthFacts): HealthPoint {
  const { settings, minutesPerDay } = facts
  const head = { number: 6, name: 'High float', threshold: settings.highFloatPercent }
  const limitMinutes = settings.highFloatDays * minutesPerDay
  return workPoint(facts, head, ({ dates }) => dates.totalSlackMinutes > limitMinutes)
}

/** 7 Negative float: unfinished tasks whose total slack is below zero ÷ unfinished tasks, without milestones. */
export function negativeFloat(facts: HealthFacts): HealthPoint {
  const head = { number: 7, name: 'Negative float', threshold: facts.settings.negativeFloatPercent }
  return workPoint(facts, head, ({ dates }) => dates.totalSlackMinutes < 0)
}

/**
 * 8 High duration: unfinished tasks that last more than 44 working days in the baseline ÷ unfinished tasks, without
 * milestones. A task that the baseline does not know is taken with the duration it has now.
 */
export function highDuration(facts: HealthFacts): HealthPoint {
  const { settings, minutesPerDay } = facts
  const head = { number: 8, name: 'High duration', threshold: settings.highDurationPercent }
  const limitMinutes = settings.highDurationDays * minutesPerDay
  return workPoint(facts, head, (leaf) => agreedMinutes(facts, leaf) > limitMinutes)
}

/** 10 Resources: unfinished tasks of a day or more with neither resource nor cost ÷ unfinished tasks of a day or more. */
export function withoutResources(facts: HealthFacts): HealthPoint {
  const { open, plan, costed, minutesPerDay, settings } = facts
  const head = { number: 10, name: 'Resources', threshold: settings.withoutResourcePercent }
  const staffed = new Set(
    plan.assignments.filter(({ resource }) => resource !== null).map(({ task }) => task),
  )
  const long = open.filter((leaf) => !leaf.dates.milestone && plannedMinutes(facts, leaf) >= minutesPerDay)
  if (long.length === 0) return notApplicable(head, '%', 'noTasks')
  const bare = long.filter(({ task }) => !staffed.has(task.id) && !costed.has(task.id))
  return sharePoint(head, idsOf(bare), long.length)
}

function workPoint(
  { open }: HealthFacts,
  head: Pick<HealthPoint, 'number' | 'name' | 'threshold'>,
  isAtFault: (leaf: Leaf) => boolean,
): HealthPoint {
  const work = open.filter(({ dates }) => !dates.milestone)
  if (work.length === 0) return notApplicable(head, '%', 'noTasks')
  return sharePoint(head, idsOf(work.filter(isAtFault)), work.length)
}

function agreedMinutes(facts: HealthFacts, leaf: Leaf): number {
  const agreed = facts.baseline?.get(leaf.task.id)
  if (agreed?.durationMinutes !== undefined && !leaf.task.durationElapsed) return agreed.durationMinutes
  if (agreed?.startMinute !== undefined && agreed.finishMinute !== undefined)
    return workingBetween(facts.time, agreed.startMinute, agreed.finishMinute)
  return plannedMinutes(facts, leaf)
}

/** Working minutes; a duration by the clock is counted in the project calendar. */
function plannedMinutes({ time }: HealthFacts, { task, dates }: Leaf): number {
  return task.durationElapsed
    ? workingBetween(time, dates.startMinute, dates.finishMinute)
    : dates.durationMinutes
}
