import type { FileLimits } from '../file-limits.ts'
import type { FileRefusal } from '../plan-file.ts'

/** One record of the file: its number, its fields, its line. */
export type MpxRecord = { number: number; fields: string[]; line: number }

/** Stands for a line break inside a text. */
const LINE_BREAK = '\u007f'

/**
 * Takes an MPX file (Microsoft Project Exchange, 4.0) apart: records by lines, fields by the sign that follows `MPX` in
 * the first one, quoted where needed. Refuses `file.notAPlan` and `file.tooLarge`.
 */
export function readRecords(
  text: string,
  limits: FileLimits,
): { records: MpxRecord[]; separator: string } | { refused: FileRefusal } {
  const head = /^\ufeff?MPX([^\p{L}\p{N}])/u.exec(text)
  const separator = head?.[1]
  if (separator === undefined || separator === '"' || separator === '\n' || separator === '\r')
    return refuse('file.notAPlan', 'The file does not begin as an MPX file does.', { line: 1 })
  const records: MpxRecord[] = []
  let line = 0
  let fieldCount = 0
  for (const row of text.split(/\r\n|\n|\r/)) {
    line += 1
    if (line === 1 || row.trim() === '') continue
    const fields = fieldsOf(row, separator)
    fieldCount += fields.length
    if (fieldCount > limits.nodes)
      return refuse('file.tooLarge', 'The file holds more fields than are read.', { limit: limits.nodes })
    const number = Number(fields[0])
    // 0 begins a comment; what is no number is the rest of a text that somebody broke.
    if (Number.isInteger(number) && number > 0) records.push({ number, fields: fields.slice(1), line })
  }
  return { records, separator }
}

function fieldsOf(row: string, separator: string): string[] {
  const fields: string[] = []
  let at = 0
  while (at <= row.length) {
    if (row[at] === '"') {
      const end = closingQuote(row, at + 1)
      fields.push(
        row
          .slice(at + 1, end)
          .replaceAll('""', '"')
          .replaceAll(LINE_BREAK, '\n'),
      )
      const next = row.indexOf(separator, end + 1)
      at = next < 0 ? row.length + 1 : next + 1
    } else {
      const next = row.indexOf(separator, at)
      const end = next < 0 ? row.length : next
      fields.push(row.slice(at, end).replaceAll(LINE_BREAK, '\n'))
      at = end + 1
    }
  }
  return fields
}

function closingQuote(row: string, from: number): number {
  let at = from
  for (;;) {
    const quote = row.indexOf('"', at)
    if (quote < 0) return row.length
    if (row[quote + 1] !== '"') return quote
    at = quote + 2
  }
}

/** Writes one record, without the empty fields at its end. */
export function recordText(number: number, fields: readonly (string | number | undefined)[]): string {
  const texts = fields.map((field) => fieldText(field === undefined ? '' : String(field)))
  while (texts.at(-1) === '') texts.pop()
  return [String(number), ...texts].join(',')
}

function fieldText(text: string): string {
  const plain = text.replace(/\r\n|\r|\n/g, LINE_BREAK)
  return /[",]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

export function refuse(
  code: string,
  sentence: string,
  facts: Record<string, unknown>,
): { refused: FileRefusal } {
  return { refused: { code, sentence, facts } }
}
