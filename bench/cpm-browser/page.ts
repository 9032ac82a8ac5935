import { editSchedule, type KeptSchedule, keepSchedule } from '../../engine/kept.ts'
import type { Refused } from '../../engine/plan.ts'
import { newColumnTable, putColumns, resultColumns } from '../../engine/result-columns.ts'
import { nextEdit } from '../cpm/edits.ts'
import { seeded, seededPlan } from '../cpm/seeded-plan.ts'
import type { Answer, Question } from './messages.ts'

export type BrowserRow = {
  readonly edited: 'any' | 'critical'
  readonly openMs: number
  readonly tookMs: readonly number[]
  readonly engineMs: readonly number[]
  readonly changed: readonly number[]
  readonly isSame: boolean
}

const WARM_UPS = 70
const EDITS = 210

Object.assign(globalThis, { measureEdits })

/**
 * Opens a plan of so many tasks in a worker, posts one edit after another, each in a frame of its own, and takes the
 * time until the page holds the answer. At the end the page's results are compared with a calculation as a whole.
 */
async function measureEdits(taskCount: number, edited: BrowserRow['edited']): Promise<BrowserRow> {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' })
  const plan = seededPlan(taskCount, 'full')
  // The page follows with an engine of its own, outside the measured time, to know what to edit next.
  let mirror = sound(keepSchedule(plan))
  const results = newColumnTable(taskCount)
  const openMs = (await ask(worker, { plan }, results)).tookMs
  const random = seeded(7)
  const tookMs: number[] = []
  const engineMs: number[] = []
  const changed: number[] = []
  for (let count = 0; count < WARM_UPS + EDITS; count++) {
    const edits = [nextEdit(mirror, count, random, edited === 'critical')]
    await nextFrame()
    const { answer, tookMs: took } = await ask(worker, { edits }, results)
    mirror = sound(editSchedule(mirror, edits))
    if (count < WARM_UPS) continue
    tookMs.push(took)
    engineMs.push(answer.engineMs)
    changed.push(answer.columns.places.length)
  }
  worker.terminate()
  const whole = sound(keepSchedule(mirror.plan))
  const { values } = resultColumns(whole.schedule, whole.changed)
  const isSame = values.length === results.length && values.every((value, k) => value === results[k])
  return { edited, openMs, tookMs, engineMs, changed, isSame }
}

/** Posts a question and puts the answer into the page's results, as a screen would. */
function ask(
  worker: Worker,
  question: Question,
  results: Float64Array,
): Promise<{ answer: Answer; tookMs: number }> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    worker.onmessage = ({ data }: MessageEvent<Answer | Refused | undefined>) => {
      if (!data || 'refused' in data) return reject(new Error(JSON.stringify(data)))
      putColumns(results, data.columns)
      resolve({ answer: data, tookMs: performance.now() - begun })
    }
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(question)
  })
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve))
}

function sound(made: KeptSchedule | Refused): KeptSchedule {
  if ('refused' in made) throw new Error(JSON.stringify(made.refused))
  return made
}
