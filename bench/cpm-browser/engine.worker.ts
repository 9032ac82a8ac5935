import { editSchedule, type KeptSchedule, keepSchedule } from '../../engine/kept.ts'
import type { Refused, TaskSchedule } from '../../engine/plan.ts'
import type { Answer, Question } from './messages.ts'

// The plan stays here; the page gets what has changed.
let kept: KeptSchedule | undefined

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const before = kept
  const begun = performance.now()
  const made = 'plan' in data ? keepSchedule(data.plan) : before && editSchedule(before, data.edits)
  const engineMs = performance.now() - begun
  postMessage(answerTo(before, made, engineMs))
})

function answerTo(
  before: KeptSchedule | undefined,
  made: KeptSchedule | Refused | undefined,
  engineMs: number,
): Answer | Refused | undefined {
  if (!made || 'refused' in made) return made
  kept = made
  const { schedule, changed, calculated } = made
  const { startMinute, finishMinute, tasks, warnings } = schedule
  const answer: Answer = {
    startMinute,
    finishMinute,
    places: changed,
    tasks: changed.map((place) => tasks[place] as TaskSchedule),
    calculated,
    engineMs,
  }
  return JSON.stringify(before?.schedule.warnings) === JSON.stringify(warnings)
    ? answer
    : { ...answer, warnings }
}
