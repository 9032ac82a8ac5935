import { editSchedule, type KeptSchedule, keepSchedule } from '../../engine/kept.ts'
import type { Refused } from '../../engine/plan.ts'
import { resultColumns } from '../../engine/result-columns.ts'
import type { Answer, Question } from './messages.ts'

// The plan stays here; the page gets what has changed.
let kept: KeptSchedule | undefined

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  const before = kept
  const begun = performance.now()
  const made = 'plan' in data ? keepSchedule(data.plan) : before && editSchedule(before, data.edits)
  const engineMs = performance.now() - begun
  const answer = answerTo(before, made, engineMs)
  const moved =
    answer && 'columns' in answer ? [answer.columns.places.buffer, answer.columns.values.buffer] : []
  postMessage(answer, { transfer: moved })
})

function answerTo(
  before: KeptSchedule | undefined,
  made: KeptSchedule | Refused | undefined,
  engineMs: number,
): Answer | Refused | undefined {
  if (!made || 'refused' in made) return made
  kept = made
  const { schedule, changed, calculated } = made
  const { startMinute, finishMinute, warnings } = schedule
  const answer: Answer = {
    startMinute,
    finishMinute,
    columns: resultColumns(schedule, changed),
    calculated,
    engineMs,
  }
  return JSON.stringify(before?.schedule.warnings) === JSON.stringify(warnings)
    ? answer
    : { ...answer, warnings }
}
