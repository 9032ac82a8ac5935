import { type DecodedText, decodeTableText, decodeText } from './decode-text.ts'
import { readGan } from './gan/read-gan.ts'
import { readMpx } from './mpx/reader.ts'
import { type ReadOptions, readMspdi } from './mspdi/reader.ts'
import type { FileRefusal, LossReport, PlanFile } from './plan-file.ts'
import { readPlanJson } from './plan-json/plan-json.ts'
import {
  type PlanTable,
  type TableReading,
  tableFromCsv,
  tableFromWorkbook,
} from './plan-table/plan-table.ts'
import { readPlanTable } from './plan-table/reader.ts'
import {
  isGanttProject,
  isGrid,
  isMpx,
  isPlanJson,
  isPlanTable,
  isWorkbook,
  isXer,
  refuseForeignFile,
} from './recognise-file.ts'
import { readXer } from './xer/reader.ts'
import { readWorkbook } from './xlsx/read-workbook.ts'

export type PlanReading = { file: PlanFile; loss: LossReport } | { refused: FileRefusal }

export type PlanReadOptions = ReadOptions & {
  /** How to read a table (CSV, workbook); other formats say themselves what they mean. */
  table?: TableReading
}

/** A reading, and where the file is a table, the table itself: it can be read again, otherwise, without its file. */
export type PlanFileReading = PlanReading & { table?: PlanTable }

/**
 * Reads a plan from the bytes of a file in any of the formats that are read, workbooks included. The bytes are a
 * stranger's: call this in a process that may die (the server's intake does).
 * Refusals: those of `readPlanBytes`, and `readWorkbook`'s.
 */
export async function readPlanFile(
  bytes: Uint8Array,
  options: PlanReadOptions = {},
): Promise<PlanFileReading> {
  if (isWorkbook(bytes)) {
    const book = await readWorkbook(bytes)
    if ('refused' in book) return book
    const table = tableFromWorkbook(book)
    return { ...readPlanTable(table, options.table, options), table }
  }
  const refused = refuseForeignFile(bytes)
  if (refused !== undefined) return { refused }
  return isTableText(bytes) ? readCsvPlan(bytes, options) : readPlanBytes(bytes, options)
}

/**
 * Reads a plan from the bytes of a text file: recognises what it is, decodes its text, reads it whole or not at all.
 * Refusals: those of `refuseForeignFile`, `decodeText` and of the reader of each format.
 */
export function readPlanBytes(bytes: Uint8Array, options: PlanReadOptions = {}): PlanReading {
  const foreign = refuseForeignFile(bytes)
  if (foreign !== undefined) return { refused: foreign }
  if (isXer(bytes)) return readText(bytes, (text) => readXer(text, options))
  if (isMpx(bytes)) return readText(bytes, (text) => readMpx(text, options))
  if (isPlanJson(bytes)) return readText(bytes, (text) => readPlanJson(text, options))
  if (isTableText(bytes)) {
    const { table: _table, ...reading } = readCsvPlan(bytes, options)
    return reading
  }
  const decoded = decodeText(bytes)
  if ('refused' in decoded) return decoded
  const reading = isGanttProject(decoded.text)
    ? readGan(decoded.text, options)
    : readMspdi(decoded.text, options)
  if (decoded.contradicts === undefined) return reading
  const text = `the file says it is written in ${decoded.contradicts} but is ${decoded.encoding}; the bytes are believed`
  return withFirstLine(reading, text)
}

function isTableText(bytes: Uint8Array): boolean {
  return !isXer(bytes) && !isMpx(bytes) && !isPlanJson(bytes) && (isPlanTable(bytes) || isGrid(bytes))
}

function readCsvPlan(bytes: Uint8Array, options: PlanReadOptions): PlanFileReading {
  let table: PlanTable | undefined
  const reading = readText(bytes, (text) => {
    const found = tableFromCsv(text, options.limits?.nodes)
    if ('refused' in found) return found
    table = found
    return readPlanTable(found, options.table, options)
  })
  return table === undefined ? reading : { ...reading, table }
}

/** A file that declares no encoding: which one was taken is said unless it is the usual one. */
function readText(bytes: Uint8Array, read: (text: string) => PlanReading): PlanReading {
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
