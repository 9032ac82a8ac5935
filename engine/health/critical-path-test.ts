import { workingBetween } from '../calendar/calendar.ts'
import type { Plan, PlanTask, Schedule } from '../plan.ts'
import { schedule } from '../schedule.ts'
import { type HealthFacts, type HealthPoint, type Leaf, notApplicable, rounded } from './facts.ts'

/**
 * 12 Critical path test: the first critical task is made 600 working days longer, and the project's finish must move as
 * far as the task's own finish does (a working day less is let pass: calendars differ). Where it does not, a
 * constraint, a date typed by hand or a missing link breaks the path. The task is tried without its people, so that
 * only the network answers. Value: working days of the project calendar by which the project's finish moved.
 */
export function criticalPathTest(facts: HealthFacts): HealthPoint {
  const { settings, open, minutesPerDay, time } = facts
  const head = {
    number: 12,
    name: 'Critical path test',
    threshold: settings.testDelayDays,
    better: 'more' as const,
  }
  if (open.length === 0) return notApplicable(head, 'days', 'noTasks')
  const tried = firstCritical(open)
  if (!tried) return { ...head, unit: 'days', value: 0, pass: false, offenders: [] }
  const before = tryPlan(facts, tried, 0)
  const after = tryPlan(facts, tried, settings.testDelayDays * minutesPerDay)
  if (!before || !after) return notApplicable(head, 'days', 'untestable')
  const moved = (of: (answer: Schedule) => number) =>
    workingBetween(time, of(before), of(after)) / minutesPerDay
  const index = facts.plan.tasks.indexOf(tried.task)
  const taskDays = moved((answer) => answer.tasks[index]?.finishMinute ?? answer.finishMinute)
  const projectDays = moved((answer) => answer.finishMinute)
  const pass = taskDays > 0 && projectDays >= taskDays - 1
  return {
    ...head,
    unit: 'days',
    value: rounded(projectDays, 2),
    pass,
    offenders: pass ? [] : heldBack(facts, before, after, tried.task.id),
  }
}

/** Tasks that stayed although what they wait for moved; the tried task itself where no such one is found. */
function heldBack(
  { plan, allLinks }: HealthFacts,
  before: Schedule,
  after: Schedule,
  tried: string,
): string[] {
  const moved = new Set<string>()
  for (const [index, { id }] of plan.tasks.entries())
    if (before.tasks[index]?.finishMinute !== after.tasks[index]?.finishMinute) moved.add(id)
  const held = new Set<string>()
  for (const { predecessor, successor } of allLinks)
    if (moved.has(predecessor) && !moved.has(successor)) held.add(successor)
  return held.size === 0 ? [tried] : plan.tasks.filter(({ id }) => held.has(id)).map(({ id }) => id)
}

/** Of the critical tasks that can grow the one that starts first; scheduled by the engine before typed by hand. */
function firstCritical(open: readonly Leaf[]): Leaf | undefined {
  const critical = open.filter(({ dates }) => dates.critical)
  const rank = ({ task, dates }: Leaf) => (task.mode === 'manual' ? 2 : 0) + (dates.milestone ? 1 : 0)
  let first: Leaf | undefined
  for (const leaf of critical) {
    const order = first && (rank(leaf) - rank(first) || leaf.dates.startMinute - first.dates.startMinute)
    if (order === undefined || order < 0) first = leaf
  }
  return first
}

function tryPlan({ plan }: HealthFacts, leaf: Leaf, moreMinutes: number): Schedule | undefined {
  const answer = schedule({
    ...plan,
    tasks: plan.tasks.map((each) => (each === leaf.task ? longer(leaf, moreMinutes, plan) : each)),
    assignments: plan.assignments.filter((assignment) => assignment.task !== leaf.task.id),
  })
  return 'refused' in answer ? undefined : answer
}

function longer({ task, dates }: Leaf, moreMinutes: number, plan: Plan): PlanTask {
  // A day by the clock has 1440 minutes; the test still asks for working days, five in seven.
  const clock = task.durationElapsed ? (1440 * 7) / ((plan.project.minutesPerDay || 480) * 5) : 1
  const more = Math.round(moreMinutes * clock)
  const left = task.remainingDurationMinutes ?? 0
  const isLeftSaid = left > 0 || (task.actualDurationMinutes ?? 0) > 0
  return {
    ...task,
    milestone: false,
    durationMinutes: dates.durationMinutes + more,
    ...(isLeftSaid ? { remainingDurationMinutes: left + more } : {}),
  }
}
