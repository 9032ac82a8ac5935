import {
  type HealthFacts,
  type HealthPoint,
  idsOf,
  type Leaf,
  notApplicable,
  rounded,
  sharePoint,
  workingDays,
} from './facts.ts'

/**
 * 9 Invalid dates: tasks forecast to start or finish before the status date although they have not, or said to have
 * started or finished after it ÷ tasks.
 */
export function invalidDates({ leaves, statusMinute, settings }: HealthFacts): HealthPoint {
  const head = { number: 9, name: 'Invalid dates', threshold: settings.invalidDatesPercent }
  if (statusMinute === undefined) return notApplicable(head, '%', 'noStatusDate')
  if (leaves.length === 0) return notApplicable(head, '%', 'noTasks')
  return sharePoint(head, idsOf(leaves.filter((leaf) => isInvalid(leaf, statusMinute))), leaves.length)
}

/** Whether a task's dates contradict the status date. */
export function isInvalid({ task, dates, complete }: Leaf, statusMinute: number): boolean {
  const { actualStartMinute, actualFinishMinute } = task
  if ((actualStartMinute ?? statusMinute) > statusMinute) return true
  if ((actualFinishMinute ?? statusMinute) > statusMinute) return true
  if (complete) return false
  const hasStarted = actualStartMinute !== undefined && actualStartMinute !== null
  return dates.finishMinute < statusMinute || (!hasStarted && dates.startMinute < statusMinute)
}

/** 11 Missed tasks: due by the status date in the baseline, and finished later than that or still open ÷ due tasks. */
export function missedTasks(facts: HealthFacts): HealthPoint {
  const head = { number: 11, name: 'Missed tasks', threshold: facts.settings.missedTasksPercent }
  const due = dueOf(facts)
  if (typeof due === 'string') return notApplicable(head, '%', due)
  if (due.length === 0) return notApplicable(head, '%', 'nothingDue')
  const missed = due.filter(({ leaf, finishMinute }) => {
    const actual = leaf.task.actualFinishMinute ?? leaf.dates.finishMinute
    return !leaf.complete || actual > finishMinute
  })
  return sharePoint(head, idsOf(missed.map(({ leaf }) => leaf)), due.length)
}

/**
 * 13 Critical path length index: (length + slack) ÷ length, at least 0.95. Length: working days from the status date (or
 * the project's start, if later) to the forecast finish; slack: from there to the baseline finish, negative when late.
 */
export function criticalPathLengthIndex(facts: HealthFacts): HealthPoint {
  const { settings, baseline, schedule, leaves, open, statusMinute } = facts
  const threshold = settings.criticalPathLengthIndex
  const head = { number: 13, name: 'Critical path length index', threshold, better: 'more' as const }
  const agreed = leaves.flatMap(({ task }) => baseline?.get(task.id)?.finishMinute ?? [])
  if (agreed.length === 0) return notApplicable(head, 'index', 'noBaseline')
  const agreedFinish = agreed.reduce((latest, minute) => Math.max(latest, minute), Number.NEGATIVE_INFINITY)
  const from = Math.max(statusMinute ?? schedule.startMinute, schedule.startMinute)
  const lengthDays = workingDays(facts, from, schedule.finishMinute)
  if (open.length === 0 || lengthDays <= 0) return notApplicable(head, 'index', 'noTasks')
  const index = pathLengthIndex(lengthDays, workingDays(facts, schedule.finishMinute, agreedFinish))
  const last = open.filter(({ dates }) => dates.finishMinute > agreedFinish)
  return {
    ...head,
    unit: 'index',
    value: rounded(index, 4),
    pass: index >= threshold,
    offenders: index >= threshold ? [] : idsOf(last),
  }
}

/** (length + slack) ÷ length. */
export function pathLengthIndex(lengthDays: number, slackDays: number): number {
  return (lengthDays + slackDays) / lengthDays
}

/**
 * 14 Baseline execution index: tasks completed ÷ (tasks due by the status date in the baseline + tasks that the baseline
 * does not know), at least 0.95. Above 1: more is done than was due.
 */
export function baselineExecutionIndex(facts: HealthFacts): HealthPoint {
  const threshold = facts.settings.baselineExecutionIndex
  const head = { number: 14, name: 'Baseline execution index', threshold, better: 'more' as const }
  const due = dueOf(facts)
  if (typeof due === 'string') return notApplicable(head, 'index', due)
  const { leaves, baseline } = facts
  const unknown = leaves.filter(({ task }) => baseline?.get(task.id)?.finishMinute === undefined)
  const of = due.length + unknown.length
  if (of === 0) return notApplicable(head, 'index', 'nothingDue')
  const count = leaves.filter(({ complete }) => complete).length
  const index = count / of
  const expected = new Set([...due.map(({ leaf }) => leaf), ...unknown])
  const owing = leaves.filter((leaf) => !leaf.complete && expected.has(leaf))
  return {
    ...head,
    unit: 'index',
    value: rounded(index, 4),
    count,
    of,
    pass: index >= threshold,
    offenders: idsOf(owing),
  }
}

/** Tasks that should be finished by now, with the moment they should have been. */
function dueOf({ baseline, leaves, statusMinute }: HealthFacts) {
  if (!leaves.some(({ task }) => baseline?.get(task.id)?.finishMinute !== undefined)) return 'noBaseline'
  if (statusMinute === undefined) return 'noStatusDate'
  return leaves.flatMap((leaf) => {
    const finishMinute = baseline?.get(leaf.task.id)?.finishMinute
    return finishMinute !== undefined && finishMinute <= statusMinute ? [{ leaf, finishMinute }] : []
  })
}
