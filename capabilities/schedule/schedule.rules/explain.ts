import { formatDuration } from '../../../drawing/format.ts'
import type { ExplanationStep } from '../../../engine/explain.ts'
import { explain } from '../../../engine/explain.ts'
import type { Driver } from '../../../engine/plan.ts'
import { Fault } from '../../../kernel/fault.ts'
import { refusalFault } from './plan.ts'
import { planWording } from './plan-words.ts'
import { type Computed, timeWriter } from './view.ts'
import { dayText, driverText, momentText, type Wording } from './words.ts'

/** One link of the chain: a task, its dates, what set them, in words. */
export type ExplainedStep = {
  readonly task: string
  readonly name: string
  readonly start: string
  readonly finish: string
  readonly sentence: string
  /** The other limits with the working minutes until each would set the date. */
  readonly others: readonly {
    readonly text: string
    readonly task: string | null
    readonly slackMinutes: number
  }[]
}

/** Why a task stands where it stands, as sentences that can be followed task by task. */
export type Explained = {
  readonly task: string
  readonly title: string
  /** The answer in one sentence. */
  readonly sentence: string
  readonly chain: readonly ExplainedStep[]
  /** What decides next when the driver gives way, and how far the date could move until then. */
  readonly nextLimit: {
    readonly text: string
    readonly task: string | null
    readonly slackMinutes: number
  } | null
  readonly totalSlackMinutes: number
  readonly critical: boolean
}

/** Explains a task's dates. Refuses `task.missing`. */
export function explainTask(computed: Computed, taskId: string): Explained {
  const { rows, result, scheduleOf } = computed
  const dates = scheduleOf.get(taskId)
  if (!dates)
    throw new Fault('task.missing', 'Task not found. It may have been removed, or you may not see it.', {
      ids: [taskId],
    })
  const answer = explain(computed.plan, result, taskId)
  if ('refused' in answer) throw refusalFault(answer.refused, rows.tasks)
  const wording = planWording(computed)
  const time = timeWriter()
  const chain = answer.steps.map((step) => ({
    task: step.task,
    name: wording.taskName(step.task),
    start: time(step.startMinute),
    finish: time(step.finishMinute),
    sentence: stepSentence(step, wording),
    others: step.others.map((driver) => limitOf(driver, wording)),
  }))
  const first = answer.steps[0]
  const name = wording.taskName(taskId)
  return {
    task: taskId,
    title: `Why does "${name}" start on ${dayText(dates.startMinute)}?`,
    sentence: chain[0]?.sentence ?? '',
    chain,
    nextLimit: first?.next ? limitOf(first.next, wording) : null,
    totalSlackMinutes: dates.totalSlackMinutes,
    critical: dates.critical,
  }
}

function stepSentence(step: ExplanationStep, wording: Wording): string {
  const name = `"${wording.taskName(step.task)}"`
  const drivers = step.drivers.map((driver) => driverText(driver, wording))
  if (step.role === 'limits') return `${name} hands its own limit down: it ${said(drivers)}.`
  const own = step.drivers[0]
  if (own?.kind === 'summary' && own.task !== undefined && isChild(step)) {
    return `${name} runs from ${dayText(step.startMinute)} to ${dayText(step.finishMinute)} because its tasks do; "${wording.taskName(own.task)}" finishes last.`
  }
  if (drivers.length === 0) return `${name} starts on ${momentText(step.startMinute)}.`
  return `${name} starts on ${momentText(step.startMinute)} because it ${said(drivers)}.`
}

/** A summary task is explained by its children, whose limits are finishes. */
function isChild(step: ExplanationStep): boolean {
  return (
    step.drivers.every((driver) => driver.kind === 'summary') &&
    step.role === 'dates' &&
    step.drivers.some(({ minute }) => minute === step.finishMinute)
  )
}

function said(drivers: readonly string[]): string {
  const shown = drivers.slice(0, 3)
  if (shown.length < 2) return shown[0] ?? 'has no other limit'
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

function limitOf(driver: Driver, wording: Wording) {
  const slackMinutes = driver.slackMinutes ?? 0
  const at =
    driver.minute === undefined
      ? ''
      : ` (would allow ${momentText(driver.minute)}, ${formatDuration(slackMinutes, { minutesPerDay: wording.minutesPerDay })} earlier)`
  return { text: `${driverText(driver, wording)}${at}`, task: driver.task ?? null, slackMinutes }
}
