import { formatDay, formatDuration } from '../../../drawing/format.ts'
import {
  type ResourceCritical,
  type ResourceWait,
  resourceCritical,
} from '../../../engine/levelling/plan-critical.ts'
import { timeOf } from '../../../kernel/day.ts'
import { refusalFault } from './plan.ts'
import { planWording } from './plan-words.ts'
import type { Computed } from './view.ts'
import type { Wording } from './words.ts'

const known = new WeakMap<Computed, ResourceCritical>()

/** Computed once for each state of a plan. Refuses plans scheduled from the finish. */
function criticalOf(computed: Computed): ResourceCritical {
  const before = known.get(computed)
  if (before) return before
  const answer = resourceCritical(computed.plan)
  if ('refused' in answer) throw refusalFault(answer.refused, computed.rows.tasks)
  known.set(computed, answer)
  return answer
}

/** Slack and the critical path with people counted in, as plain data. */
export function resourceCriticalAnswer(computed: Computed) {
  const { finishMinute, tasks, chain } = criticalOf(computed)
  const wording = planWording(computed)
  return {
    finish: timeOf(finishMinute),
    tasks: tasks.map(({ id, lateStartMinute, lateFinishMinute, waitsFor, ...slack }) => ({
      task: id,
      name: wording.taskName(id),
      lateStart: timeOf(lateStartMinute),
      lateFinish: timeOf(lateFinishMinute),
      ...slack,
      waitsFor: waitsFor ? waitView(waitsFor, wording) : null,
    })),
    chain: chain.map(({ task, resource }) => ({
      task,
      name: wording.taskName(task),
      resource: resource ?? null,
      resourceName: resource === undefined ? null : wording.resourceName(resource),
    })),
  }
}

/** Whom a task waits for, or undefined when nobody holds it up or the plan is scheduled from the finish. */
export function waitOf(computed: Computed, task: string) {
  if (computed.rows.project.scheduleFrom === 'finish') return undefined
  const wait = criticalOf(computed).tasks.find(({ id }) => id === task)?.waitsFor
  return wait && waitView(wait, planWording(computed))
}

function waitView(wait: ResourceWait, wording: Wording) {
  return {
    resource: wait.resource,
    resourceName: wording.resourceName(wait.resource),
    task: wait.task,
    taskName: wording.taskName(wait.task),
    freeAt: timeOf(wait.freeAtMinute),
    couldStart: timeOf(wait.couldStartMinute),
    soonerMinutes: wait.soonerMinutes,
    text: waitText(wait, wording),
  }
}

/** "Waits for DBA, held by "Load test" until Thu 14 May 2026; without that it could begin 6 d earlier." */
function waitText({ resource, task, freeAtMinute, soonerMinutes }: ResourceWait, wording: Wording): string {
  const who = wording.resourceName(resource)
  const until = formatDay(freeAtMinute, { weekday: true, year: 'always' })
  const sooner = formatDuration(soonerMinutes, { minutesPerDay: wording.minutesPerDay })
  return `Waits for ${who}, held by "${wording.taskName(task)}" until ${until}; without that it could begin ${sooner} earlier.`
}
