import type { PlanTask, ScheduleWarning } from '../plan.ts'
import { limitOfLink } from './forward.ts'
import { CONSTRAINT, LINK, type Network, NONE, STATE } from './network.ts'
import type { Solution } from './solve.ts'

/** What the schedule cannot keep: links a hard constraint or a stated date breaks, deadlines missed, negative slack. */
export function warningsOf(solution: Solution): ScheduleWarning[] {
  const { network, dates, slack } = solution
  const warnings: ScheduleWarning[] = []
  for (let i = 0; i < network.taskCount; i++) {
    const state = network.state[i]
    if (state === STATE.inactive) continue
    const task = network.plan.tasks[i] as PlanTask
    if (network.summary[i]) {
      summaryWarnings(network, i, task, warnings)
      continue
    }
    const overruled = dates.overruled[i] as number
    if (overruled > NONE && overruled > (dates.start[i] as number))
      warnings.push({
        code: 'schedule.constraintConflict',
        task: task.id,
        facts: {
          constraint: task.constraint ?? 'asap',
          constraintMinute: task.constraintMinute ?? null,
          neededStartMinute: overruled / 10,
          startMinute: (dates.start[i] as number) / 10,
        },
      })
    if (state === STATE.stated) manualWarning(solution, i, warnings)
    const deadline = network.deadline[i] as number
    if (deadline > NONE && (dates.finish[i] as number) > deadline)
      warnings.push({
        code: 'schedule.deadlineMissed',
        task: task.id,
        facts: { deadlineMinute: deadline / 10, finishMinute: (dates.finish[i] as number) / 10 },
      })
    if ((slack.total[i] as number) < 0)
      warnings.push({
        code: 'schedule.negativeSlack',
        task: task.id,
        facts: { totalSlackMinutes: (slack.total[i] as number) / 10 },
      })
  }
  return warnings
}

/** Microsoft Project knows only "not earlier than" starts and "not later than" finishes on summary tasks. */
function summaryWarnings(network: Network, i: number, task: PlanTask, warnings: ScheduleWarning[]): void {
  const constraint = network.constraint[i] as number
  const known =
    constraint <= CONSTRAINT.alap || constraint === CONSTRAINT.snet || constraint === CONSTRAINT.fnlt
  if (!known)
    warnings.push({
      code: 'schedule.summaryConstraint',
      task: task.id,
      facts: { constraint: task.constraint ?? 'asap' },
    })
  for (let k = network.inStart[i] as number; k < (network.inStart[i + 1] as number); k++) {
    const link = network.inLink[k] as number
    const type = network.linkType[link]
    if (type === LINK.fs || type === LINK.ss) continue
    const given = network.plan.links[network.linkPlace[link] as number]
    warnings.push({
      code: 'schedule.summaryLinkIgnored',
      task: task.id,
      facts: { link: given?.id ?? '', predecessor: given?.predecessor ?? '', type: given?.type ?? '' },
    })
  }
}

function manualWarning({ network, dates }: Solution, i: number, warnings: ScheduleWarning[]): void {
  for (let k = network.inStart[i] as number; k < (network.inStart[i + 1] as number); k++) {
    const link = network.inLink[k] as number
    const type = network.linkType[link]
    const at = limitOfLink(network, dates, link)
    const stands = (type === LINK.fs || type === LINK.ss ? dates.start[i] : dates.finish[i]) as number
    if (stands >= at) continue
    const given = network.plan.links[network.linkPlace[link] as number]
    warnings.push({
      code: 'schedule.manualConflict',
      task: network.ids[i] as string,
      facts: { predecessor: given?.predecessor ?? '', neededMinute: at / 10, minute: stands / 10 },
    })
    return
  }
}
