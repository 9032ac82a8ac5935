import { fileLimits } from '../file-limits.ts'
import { openLossLog } from '../loss-log.ts'
import { sayTaken } from '../mspdi/normalise.ts'
import { type ReadContext, refuseOffenders } from '../mspdi/read-context.ts'
import type { ReadOptions } from '../mspdi/reader.ts'
import type { FileRefusal, LossReport, PlanCalculated, PlanFile } from '../plan-file.ts'
import { settlePlan } from '../settle-plan.ts'
import { planSchema } from './schema.ts'

/**
 * Writes a plan in Helmward's own neutral form: JSON, every field of `plan-file.ts` by its name, nothing lost.
 * `schedule`: the dates that hold now; absent: those the file came with.
 */
export function writePlanJson(
  file: PlanFile,
  options: { schedule?: PlanCalculated } = {},
): { text: string; loss: LossReport } {
  const loss = openLossLog()
  loss.note({ level: 'taken', where: { kind: 'file' }, text: 'the whole plan, in neutral form' })
  const plan = { helmwardPlan: 1, ...file, calculated: options.schedule ?? file.calculated }
  return { text: `${JSON.stringify(plan, null, 1)}\n`, loss: loss.report() }
}

/**
 * Reads a plan in neutral form, whole or not at all. Refusals: `file.notAPlan` (no JSON, another version), `file.badValue`
 * (with the path of the field), `file.duplicateUid`, `file.calendarBase`, `file.calendarCycle`, `file.tooLarge`.
 */
export function readPlanJson(
  text: string,
  options: ReadOptions = {},
): { file: PlanFile; loss: LossReport } | { refused: FileRefusal } {
  const limits = options.limits ?? fileLimits
  let said: unknown
  try {
    said = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return refuse('file.notAPlan', 'The file begins as a plan in neutral form but is no JSON.', {})
  }
  const checked = checkedPlan(said, limits)
  if ('refused' in checked) return checked
  const { helmwardPlan: _version, ...file } = checked
  const loss = openLossLog(limits.lossLines)
  const context: ReadContext = { limits, loss, offenders: [], extra: file.extra, keptFields: new Map() }
  settlePlan(file, context)
  const refusal = refuseOffenders(context)
  if (refusal !== undefined) return { refused: refusal }
  sayTaken(file, context)
  return { file, loss: loss.report() }
}

function checkedPlan(
  said: unknown,
  limits: typeof fileLimits,
): (PlanFile & { helmwardPlan: 1 }) | { refused: FileRefusal } {
  try {
    const parsed = planSchema(limits).safeParse(said)
    // Absent and undefined are one in JSON, so the parsed value is the type of plan-file.ts.
    if (parsed.success) return parsed.data as PlanFile & { helmwardPlan: 1 }
    const [issue] = parsed.error.issues
    const path = issue?.path.map(String).join('.').slice(0, 200) ?? ''
    if (path === 'helmwardPlan')
      return refuse('file.notAPlan', 'The plan is in a later neutral form than is read here.', { path })
    const code = issue?.code === 'too_big' && issue.origin === 'array' ? 'file.tooLarge' : 'file.badValue'
    return refuse(code, `The plan says something at "${path}" that cannot be read: ${issue?.message}.`, {
      path,
    })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return refuse('file.tooDeep', 'The plan is nested deeper than is read.', { limit: limits.depth })
  }
}

function refuse(code: string, sentence: string, facts: Record<string, unknown>): { refused: FileRefusal } {
  return { refused: { code, sentence, facts } }
}
