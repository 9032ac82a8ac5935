import { formatDays, formatDuration } from '../../../drawing/format.ts'
import {
  type Explanation,
  type ExplanationStep,
  explain,
  type Lever,
  leversOf,
} from '../../../engine/explain.ts'
import type { Driver, DriverKind } from '../../../engine/plan.ts'
import { Fault } from '../../../kernel/fault.ts'
import { waitOf } from './level-critical.ts'
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
  /** What sort of limit set the date, and the link if it is one. */
  readonly by: { readonly kind: DriverKind; readonly link: string | null } | null
  /** Who holds it up when it was delayed by levelling. */
  readonly waitsFor: ReturnType<typeof waitOf> | null
  /** The other limits, nearest first, with the working minutes until each would set the date. */
  readonly others: readonly Limit[]
}

export type Limit = { readonly text: string; readonly task: string | null; readonly slackMinutes: number }

/** Why a task stands where it stands, as sentences that can be followed task by task. */
export type Explained = {
  readonly task: string
  readonly title: string
  /** The answer in one sentence. */
  readonly sentence: string
  readonly chain: readonly ExplainedStep[]
  /** What decides next when the driver gives way, and how far the date could move until then. */
  readonly nextLimit: Limit | null
  /** What it would take to finish earlier. */
  readonly earlier: {
    readonly sentence: string
    readonly levers: readonly {
      readonly task: string
      readonly name: string
      readonly kind: Lever['kind']
      readonly text: string
      /** It helps by so much at most; null: as far as one likes. */
      readonly gainMinutes: number | null
    }[]
  }
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
    ...delayedBy(computed, step, wording),
    by: step.drivers[0] ? { kind: step.drivers[0].kind, link: step.drivers[0].link ?? null } : null,
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
    earlier: earlierOf(computed, answer, wording),
    totalSlackMinutes: dates.totalSlackMinutes,
    critical: dates.critical,
  }
}

/** What levelling has delayed names the person it waits for. */
function delayedBy(computed: Computed, step: ExplanationStep, wording: Wording) {
  const sentence = stepSentence(step, wording)
  const delayed = step.drivers.some(({ kind }) => kind === 'levelingDelay')
  const waitsFor = (delayed && waitOf(computed, step.task)) || null
  return { sentence: waitsFor ? `${sentence} ${waitsFor.text}` : sentence, waitsFor }
}

const MOST_LEVERS = 50

/** What would have to give way for the task to finish earlier, the greatest gain first in the sentence. */
function earlierOf({ plan }: Computed, explanation: Explanation, wording: Wording): Explained['earlier'] {
  const levers = leversOf(plan, explanation)
    .slice(0, MOST_LEVERS)
    .map(({ task, kind, driver, gainMinutes }) => {
      const most = gainMinutes === null ? '' : `, up to ${lengthText(gainMinutes, wording)}`
      const text =
        kind === 'duration'
          ? `Each day less of it is a day won${most}.`
          : `It ${driver ? driverText(driver, wording) : 'was decided'}; without that${most || ', as early as the rest allows'}.`
      return { task, name: wording.taskName(task), kind, text, gainMinutes }
    })
  return { sentence: earlierSentence(levers, explanation, wording), levers }
}

function earlierSentence(
  levers: Explained['earlier']['levers'],
  { steps, task }: Explanation,
  wording: Wording,
): string {
  const others = levers.filter((lever) => lever.task !== task)
  const tied = steps.find(({ drivers }) => drivers.length > 1 && drivers[1]?.kind === 'link')
  if (others.length === 0) {
    const decided = levers.find(({ kind }) => kind === 'decision')
    if (decided)
      return levers.length > 1
        ? 'It could be shorter, or what was decided for it lifted.'
        : 'What was decided for it could be lifted.'
    if (levers.length > 0) return 'Only its own duration could be shortened.'
    return 'Nothing can give way: its dates are facts.'
  }
  const best = others.toSorted((a, b) => (b.gainMinutes ?? Infinity) - (a.gainMinutes ?? Infinity))[0]
  const gain = best?.gainMinutes ?? null
  const most = gain === null ? '' : `, up to ${lengthText(gain, wording)}`
  const held = tied ? ` Behind "${wording.taskName(tied.task)}" two limits hold alike.` : ''
  return `Most can be won at "${best?.name}"${most}; then something else decides.${held}`
}

function lengthText(minutes: number, { minutesPerDay }: Wording): string {
  return minutes < minutesPerDay
    ? formatDuration(minutes, { minutesPerDay })
    : `${formatDays(minutes, minutesPerDay)} d`
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

function limitOf(driver: Driver, wording: Wording): Limit {
  const slackMinutes = driver.slackMinutes ?? 0
  const earlier = `${lengthText(slackMinutes, wording)} earlier`
  // Some limits name their date themselves.
  const isDated = driver.kind === 'projectStart' || driver.kind === 'constraint'
  const allowed = driver.minute === undefined ? '' : `would allow ${momentText(driver.minute)}, `
  const at = slackMinutes > 0 ? ` (${isDated ? '' : allowed}${earlier})` : ''
  return { text: `${driverText(driver, wording)}${at}`, task: driver.task ?? null, slackMinutes }
}
