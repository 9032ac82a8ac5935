import { type DecodedText, decodeTableText, decodeText } from './decode-text.ts'
import { type ReadOptions, readMspdi } from './mspdi/reader.ts'
import { readPlanCsv } from './plan-csv/reader.ts'
import type { FileRefusal, LossReport, PlanFile } from './plan-file.ts'
import { isPlanTable, isXer, refuseForeignFile } from './recognise-file.ts'
import { readXer } from './xer/reader.ts'

export type PlanReading = { file: PlanFile; loss: LossReport } | { refused: FileRefusal }

/**
 * Reads a plan from the bytes of a file: recognises what it is, decodes its text, reads it whole or not at all.
 * The bytes are a stranger's: call this in a process that may die (the server's intake does).
 * Refusals: those of `refuseForeignFile`, `decodeText`, `readMspdi`, `readXer` and
 * `readPlanCsv`.
 */
export function readPlanBytes(bytes: Uint8Array, options: ReadOptions = {}): PlanReading {
  const foreign = refuseForeignFile(bytes)
  if (foreign !== undefined) return { refused: foreign }
  if (isXer(bytes)) return readTable(bytes, (text) => readXer(text, options))
  if (isPlanTable(bytes)) return readTable(bytes, (text) => readPlanCsv(text, options))
  const decoded = decodeText(bytes)
  if ('refused' in decoded) return decoded
  const reading = readMspdi(decoded.text, options)
  if (decoded.contradicts === undefined) return reading
  const text = `the file says it is written in ${decoded.contradicts} but is ${decoded.encoding}; the bytes are believed`
  return withFirstLine(reading, text)
}

/** A file that declares no encoding: which one was taken is said unless it is the usual one. */
function readTable(bytes: Uint8Array, read: (text: string) => PlanReading): PlanReading {
  const decoded: DecodedText | { refused: FileRefusal } = decodeTableText(bytes)
  if ('refused' in decoded) return decoded
  const hasZeros = decoded.text.includes('\0')
  const plain = read(hasZeros ? decoded.text.replaceAll('\0', ' ') : decoded.text)
  const reading = hasZeros ? withFirstLine(plain, 'zero characters inside texts are taken as blanks') : plain
  if (decoded.encoding !== 'windows-1252') return reading
  return withFirstLine(reading, 'the file does not say its encoding and is no UTF-8; windows-1252 is taken')
}

function withFirstLine(reading: PlanReading, text: string): PlanReading {
  if ('refused' in reading) return reading
  const { file, loss } = reading
  return {
    file,
    loss: {
      lines: [{ level: 'changed', where: { kind: 'file' }, text, line: 1 }, ...loss.lines],
      counts: { ...loss.counts, changed: loss.counts.changed + 1 },
    },
  }
}
