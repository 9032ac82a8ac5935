import { writeMpx } from '../../../exchange/mpx/writer.ts'
import { writeMspdi } from '../../../exchange/mspdi/writer.ts'
import type { LossReport } from '../../../exchange/plan-file.ts'
import { writePlanJson } from '../../../exchange/plan-json/plan-json.ts'
import { writePlanCsv, writePlanWorkbook } from '../../../exchange/plan-table/writer.ts'
import type { FileOfPlan } from './to-file.ts'

/** The formats in which a plan goes out, by the words of callers. */
export const WRITTEN_FORMATS = ['mspdi', 'csv', 'xlsx', 'mpx', 'json'] as const
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number]

export type WrittenPlan = {
  ending: string
  mediaType: string
  /** The file; in base64 where it is no text. */
  text: string
  base64?: true
  loss: LossReport
}

/** Writes a plan in a format. */
export async function writtenPlan(plan: FileOfPlan, format: WrittenFormat): Promise<WrittenPlan> {
  const { file, schedule, edited } = plan
  if (format === 'csv') return { ending: 'csv', mediaType: 'text/csv', ...writePlanCsv(file, { schedule }) }
  if (format === 'mpx')
    return { ending: 'mpx', mediaType: 'application/x-project', ...writeMpx(file, { schedule }) }
  if (format === 'json')
    return { ending: 'json', mediaType: 'application/json', ...writePlanJson(file, { schedule }) }
  if (format === 'mspdi')
    return { ending: 'xml', mediaType: 'application/xml', ...writeMspdi(file, { schedule, edited }) }
  const { bytes, loss } = await writePlanWorkbook(file, { schedule })
  const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { ending: 'xlsx', mediaType, text: base64Of(bytes), base64: true, loss }
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}
