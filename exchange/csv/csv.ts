import type { FileRefusal } from '../plan-file.ts'

export type CsvCell = string | number | boolean | null | undefined

const csvLimits = { cells: 1_000_000, cellLength: 1_000_000 }

/**
 * Writes a table as CSV (RFC 4180: CR LF, quotes where needed, quotes doubled) that a spreadsheet opens as data:
 * a text that a spreadsheet would run as a formula (beginning with = + - @, tab or CR) gets a leading apostrophe
 * (OWASP, CSV injection); texts that are plain numbers do not.
 */
export function writeCsv(columns: string[], rows: CsvCell[][]): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

function csvCell(value: CsvCell): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? defuse(value) : String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function defuse(text: string): string {
  const isNumber = /^[+-]?\d+([.,]\d+)?$/.test(text)
  return /^[=+\-@\t\r]/.test(text) && !isNumber ? `'${text}` : text
}

export type CsvTable = { columns: string[]; rows: string[][] }

/**
 * Reads CSV (RFC 4180; CR LF, LF or CR, with or without a byte order mark). The apostrophe that `writeCsv` puts
 * before a formula is taken off again. Cells are separated by commas, or by the sign that is given. Every row has as many cells as there are columns.
 * Rows without any text are dropped, or kept so that rows can be counted as people see them.
 * Refuses `csv.quote` (a quote left open or followed by text), `csv.width` (a row of another width) with the
 * row's line, and `csv.tooLarge`.
 */
export function readCsv(
  source: string,
  separator: ',' | ';' | '\t' = ',',
  mostCells: number = csvLimits.cells,
  emptyRows: 'dropped' | 'kept' = 'dropped',
): CsvTable | { refused: FileRefusal } {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source
  const table: CsvTable = { columns: [], rows: [] }
  let at = 0
  let cells = 0
  for (let line = 1; at < text.length; line++) {
    const row = readRow(text, at, separator)
    if ('fault' in row) return refuse('csv.quote', `Line ${line}: ${row.fault}`, line)
    at = row.next
    cells += row.cells.length
    if (cells > mostCells) return refuse('csv.tooLarge', `More than ${mostCells} cells.`, line)
    if (line === 1) table.columns = row.cells
    else if (row.cells.length === table.columns.length) table.rows.push(row.cells)
    else if (row.cells.length !== 1 || row.cells[0] !== '') {
      const sentence = `Row ${line} has ${row.cells.length} cells, the heading has ${table.columns.length}.`
      return refuse('csv.width', sentence, line)
    } else if (emptyRows === 'kept') table.rows.push([])
  }
  return table
}

function refuse(code: string, sentence: string, row: number): { refused: FileRefusal } {
  return { refused: { code, sentence, facts: { row } } }
}

function readRow(
  text: string,
  start: number,
  separator: string,
): { cells: string[]; next: number } | { fault: string } {
  const cells: string[] = []
  for (let at = start; ; at += 1) {
    const cell = text[at] === '"' ? quotedCell(text, at, separator) : plainCell(text, at, separator)
    if ('fault' in cell) return cell
    if (cell.text.length > csvLimits.cellLength)
      return { fault: 'a cell is longer than a million characters' }
    cells.push(cell.text.replace(/^'(?=[=+\-@\t\r])/, ''))
    at = cell.next
    if (text[at] === separator) continue
    if (text[at] === '\r' && text[at + 1] === '\n') return { cells, next: at + 2 }
    return { cells, next: at + 1 }
  }
}

function plainCell(text: string, start: number, separator: string): { text: string; next: number } {
  const end = separator === ',' ? /[,\r\n]/g : separator === ';' ? /[;\r\n]/g : /[\t\r\n]/g
  end.lastIndex = start
  const next = end.exec(text)?.index ?? text.length
  return { text: text.slice(start, next), next }
}

function quotedCell(
  text: string,
  start: number,
  separator: string,
): { text: string; next: number } | { fault: string } {
  let from = start + 1
  let value = ''
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return { fault: 'a quote is not closed' }
    value += text.slice(from, quote)
    const after = text[quote + 1]
    if (after !== '"') {
      const isEnd = after === undefined || after === separator || after === '\r' || after === '\n'
      return isEnd ? { text: value, next: quote + 1 } : { fault: 'text follows a closed quote' }
    }
    value += '"'
    from = quote + 2
  }
}
