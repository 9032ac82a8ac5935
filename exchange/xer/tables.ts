import type { FileLimits } from '../file-limits.ts'
import type { FileRefusal } from '../plan-file.ts'

/** One table of the file: the names of its columns and its rows. */
export type XerTable = { name: string; columns: Map<string, number>; rows: XerRow[] }

export type XerRow = { table: XerTable; cells: string[]; line: number }

export type XerTables = {
  /** The head line: version, day of the export, user, …, base currency. */
  head: string[]
  tables: Map<string, XerTable>
  /** What is odd about the file as a whole, each with its line. */
  oddities: { text: string; line: number }[]
}

/**
 * Splits a Primavera exchange file (XER) into tables. Lines begin with ERMHDR (head), %T (a table), %F (its columns),
 * %R (a row) or %E (the end), cells are separated by tabs; a line that begins otherwise goes on with the last cell of
 * the row before. Refuses `file.badTable` (rows without columns) and `file.tooLarge`.
 */
export function readTables(
  text: string,
  limits: FileLimits,
  onProgress?: (share: number) => void,
): XerTables | { refused: FileRefusal } {
  const found: XerTables = { head: [], tables: new Map(), oddities: [] }
  let table: XerTable | undefined
  let line = 0
  let rows = 0
  let ended = false
  for (let at = 0; at < text.length && !ended; ) {
    const next = text.indexOf('\n', at)
    const end = next < 0 ? text.length : next
    if (end - at > limits.textLength)
      return tooLarge(`Line ${line + 1} is longer than ${limits.textLength} characters.`)
    const said = text.slice(at, text[end - 1] === '\r' ? end - 1 : end)
    at = end + 1
    line += 1
    if (line % 20_000 === 0) onProgress?.(at / text.length)
    const mark = said.slice(0, 2)
    if (mark === '%E') ended = true
    else if (mark === '%T') table = openTable(found, said.slice(3).trim(), line)
    else if (mark === '%F' && table) table.columns = columnsOf(said)
    else if (mark === '%R' && table) {
      rows += 1
      if (rows > limits.nodes) return tooLarge(`The file holds more than ${limits.nodes} rows.`)
      if (table.columns.size === 0) return noColumns(table.name, line)
      table.rows.push({ table, cells: said.split('\t').slice(1), line })
    } else if (said.startsWith('ERMHDR')) found.head = said.split('\t').slice(1)
    else if (said.trim() !== '') goOn(found, table, said, line, limits)
  }
  if (!ended) found.oddities.push({ text: 'the end mark is missing; the file may be cut off', line })
  return found
}

/** The text of a cell, without blanks around it; empty where the row or the table does not have it. */
export function cell(row: XerRow, column: string): string {
  const at = row.table.columns.get(column)
  return at === undefined ? '' : (row.cells[at] ?? '').trim()
}

function openTable(found: XerTables, name: string, line: number): XerTable {
  const known = found.tables.get(name)
  if (known) {
    found.oddities.push({ text: `a second table ${name.slice(0, 40)} is added to the first`, line })
    return known
  }
  const table: XerTable = { name, columns: new Map(), rows: [] }
  found.tables.set(name, table)
  return table
}

function columnsOf(said: string): Map<string, number> {
  const names = said.split('\t').slice(1)
  return new Map(names.map((name, index) => [name.trim(), index]))
}

/** A line break inside a text. */
function goOn(
  found: XerTables,
  table: XerTable | undefined,
  said: string,
  line: number,
  limits: FileLimits,
): void {
  const row = table?.rows.at(-1)
  const last = row?.cells.at(-1)
  if (!row || last === undefined || last.length + said.length > limits.textLength) {
    if (found.oddities.length < 100)
      found.oddities.push({
        text: `a line that belongs to no table is left out: "${said.slice(0, 40)}"`,
        line,
      })
    return
  }
  const [first = '', ...rest] = said.split('\t')
  row.cells[row.cells.length - 1] = `${last}\n${first}`
  row.cells.push(...rest)
}

function tooLarge(sentence: string): { refused: FileRefusal } {
  return { refused: { code: 'file.tooLarge', sentence, facts: {} } }
}

function noColumns(table: string, line: number): { refused: FileRefusal } {
  const sentence = `The table ${table.slice(0, 40)} has rows but does not name its columns (line ${line}).`
  return { refused: { code: 'file.badTable', sentence, facts: { table: table.slice(0, 200), line } } }
}
