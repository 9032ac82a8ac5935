import type { LossReport, PlanFile } from '../../../exchange/plan-file.ts'
import { Fault } from '../../../kernel/fault.ts'
import { readPlan } from '../intake/read-plan.ts'
import type { ReadPlan } from './doors.ts'

/** What a plan file holds, in numbers, to be shown before it is imported. */
export type PlanSummary = {
  readonly name: string
  readonly format: PlanFile['format']
  readonly tasks: number
  readonly links: number
  readonly resources: number
  readonly assignments: number
  readonly calendars: number
  readonly baselines: number
}

/**
 * Reads an uploaded plan in a process of its own; its refusal becomes the door's, but for a table: that comes back
 * without a plan, for somebody to say what its columns mean.
 */
export const readUploadedPlan: ReadPlan = async (bytes, { fileName, signal, onProgress }) => {
  const reading = await readPlan(bytes, {
    fileName,
    signal,
    onProgress: (share) => onProgress(share, 'reading the file'),
  })
  const table = reading.table === undefined ? {} : { table: reading.table }
  if ('refused' in reading) {
    if (reading.table !== undefined) return table
    const { code, sentence, facts } = reading.refused
    throw new Fault(code, sentence, facts)
  }
  const { file, loss } = reading
  return { ...table, read: { plan: file, summary: summaryOf(file), loss: loss satisfies LossReport } }
}

function summaryOf(file: PlanFile): PlanSummary {
  return {
    name: file.project.title ?? file.project.name,
    format: file.format,
    tasks: file.tasks.length,
    links: file.links.length,
    resources: file.resources.length,
    assignments: file.assignments.length,
    calendars: file.calendars.length,
    baselines: file.baselines.length,
  }
}
