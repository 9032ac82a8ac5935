import { decodeText } from './decode-text.ts'
import { type ReadOptions, readMspdi } from './mspdi/reader.ts'
import type { FileRefusal, LossReport, PlanFile } from './plan-file.ts'
import { refuseForeignFile } from './recognise-file.ts'

export type PlanReading = { file: PlanFile; loss: LossReport } | { refused: FileRefusal }

/**
 * Reads a plan from the bytes of a file: recognises what it is, decodes its text, reads it whole or not at all.
 * The bytes are a stranger's: call this in a process that may die (the server's intake does).
 * Refusals: those of `refuseForeignFile`, `decodeText` and `readMspdi`.
 */
export function readPlanBytes(bytes: Uint8Array, options: ReadOptions = {}): PlanReading {
  const foreign = refuseForeignFile(bytes)
  if (foreign !== undefined) return { refused: foreign }
  const decoded = decodeText(bytes)
  if ('refused' in decoded) return decoded
  const reading = readMspdi(decoded.text, options)
  if (decoded.contradicts === undefined || 'refused' in reading) return reading
  const text = `the file says it is written in ${decoded.contradicts} but is ${decoded.encoding}; the bytes are believed`
  return {
    file: reading.file,
    loss: {
      lines: [{ level: 'changed', where: { kind: 'file' }, text, line: 1 }, ...reading.loss.lines],
      counts: { ...reading.loss.counts, changed: reading.loss.counts.changed + 1 },
    },
  }
}
