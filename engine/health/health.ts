import { compileWorkingTime } from '../calendar/calendar.ts'
import { civilDay } from '../calendar/civil.ts'
import { refuse } from '../network/check.ts'
import type { Plan, PlanTask, Refused, Schedule } from '../plan.ts'
import { criticalPathTest } from './critical-path-test.ts'
import { baselineExecutionIndex, criticalPathLengthIndex, invalidDates, missedTasks } from './date-points.ts'
import type { HealthFacts, HealthInput, HealthPoint, Leaf } from './facts.ts'
import { hardConstraints, lags, leads, logic, relationshipTypes } from './network-points.ts'
import { USUAL_HEALTH } from './settings.ts'
import { highDuration, highFloat, negativeFloat, withoutResources } from './size-points.ts'

export type Health = {
  /** 0..100; null when not one point applies. */
  readonly score: number | null
  readonly points: readonly HealthPoint[]
}

/**
 * The 14-point schedule check (DCMA 14-Point Assessment, 2005). It says whether the network can be believed, not whether
 * its dates are right. Population: active tasks of this plan that are no summaries; points 1 to 8 and 10 look at those
 * not finished, 6 to 8 and 10 leave milestones out. Refuses a plan whose project calendar makes no sense.
 */
export function scheduleHealth(input: HealthInput): Health | Refused {
  const facts = factsOf(input)
  if ('refused' in facts) return facts
  const points = [
    logic(facts),
    leads(facts),
    lags(facts),
    relationshipTypes(facts),
    hardConstraints(facts),
    highFloat(facts),
    negativeFloat(facts),
    highDuration(facts),
    invalidDates(facts),
    withoutResources(facts),
    missedTasks(facts),
    criticalPathTest(facts),
    criticalPathLengthIndex(facts),
    baselineExecutionIndex(facts),
  ]
  return { score: scoreOf(points, facts.settings.weights), points }
}

/** 100 × weight of the points that pass ÷ weight of those that apply, to one decimal. */
export function scoreOf(
  points: readonly HealthPoint[],
  weights: Readonly<Record<number, number>>,
): number | null {
  let passed = 0
  let applied = 0
  for (const { number, pass } of points) {
    if (pass === null) continue
    const weight = weights[number] ?? 1
    applied += weight
    if (pass) passed += weight
  }
  return applied === 0 ? null : Math.round((1000 * passed) / applied) / 10
}

function factsOf(input: HealthInput): HealthFacts | Refused {
  const { plan, schedule } = input
  const { year } = civilDay(Math.floor(schedule.startMinute / 1440))
  const compiled = compileWorkingTime(plan.calendars, year)
  if ('refused' in compiled) return compiled
  const time = compiled.byId.get(plan.project.calendar)
  if (!time) return refuse('schedule.unknownCalendar', { calendar: plan.project.calendar })
  const leaves = leavesOf(plan, schedule)
  const active = new Set(plan.tasks.filter((task) => task.active !== false).map(({ id }) => id))
  const finished = new Set(leaves.filter(({ complete }) => complete).map(({ task }) => task.id))
  const allLinks = plan.links.filter((link) => active.has(link.predecessor) && active.has(link.successor))
  return {
    plan,
    schedule,
    settings: { ...USUAL_HEALTH, ...input.settings },
    leaves,
    open: leaves.filter(({ complete }) => !complete),
    links: allLinks.filter(({ successor }) => !finished.has(successor)),
    allLinks,
    baseline: input.baseline,
    statusMinute: input.statusMinute ?? plan.project.statusMinute ?? undefined,
    costed: input.costed ?? new Set(),
    minutesPerDay: plan.project.minutesPerDay || 480,
    time,
  }
}

function leavesOf(plan: Plan, schedule: Schedule): Leaf[] {
  return plan.tasks.flatMap((task, index) => {
    const dates = schedule.tasks[index]
    if (!dates || dates.summary || task.active === false || task.external === true) return []
    return [{ task, dates, complete: isComplete(task) }]
  })
}

function isComplete({ actualFinishMinute, percentComplete }: PlanTask): boolean {
  return (actualFinishMinute !== undefined && actualFinishMinute !== null) || (percentComplete ?? 0) >= 100
}
