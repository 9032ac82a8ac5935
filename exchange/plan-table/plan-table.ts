import { readCsv } from '../csv/csv.ts'
import type { FileRefusal } from '../plan-file.ts'
import type { Cell, Workbook } from '../xlsx/workbook.ts'
import { areHeadings, type ColumnMapping, separatorOf } from './columns.ts'

/** A table as a file holds it, before anybody has said what its columns mean: texts, in rows as people count them. */
export type PlanTable = {
  format: 'csv' | 'xlsx'
  /** Row 1 of a sheet is `rows[0]`; a CSV file is one sheet without a name. */
  sheets: { name: string; rows: string[][] }[]
}

/** How a table is to be read as a plan; everything that is not said is found in the table itself. */
export type TableReading = {
  /** Name of the sheet; absent: the first that looks like a plan. */
  sheet?: string | undefined
  /** The row of the headings, counted from 1; absent: the first of the first twenty that looks like one. */
  headingRow?: number | undefined
  columns?: ColumnMapping | undefined
  /** The order in dates such as 4/3/2026; absent: the one that fits all, else month first. */
  dayOrder?: 'dayFirst' | 'monthFirst' | undefined
  /** The day on which the project begins; absent: the earliest start of a task. */
  start?: string | undefined
  /** What tells the outline; absent: the column of levels, else the WBS code, else the blanks before the name. */
  outline?: 'level' | 'wbs' | 'indentation' | 'none' | undefined
  /** What to do with a cell that cannot be read: refuse the table, or leave the cell out and say so. */
  badCells?: 'refuse' | 'leaveOut' | undefined
}

/** The text of a CSV file as a table. Refuses what `readCsv` refuses. */
export function tableFromCsv(text: string, mostCells?: number): PlanTable | { refused: FileRefusal } {
  const heading = text.slice(0, 20_000).split(/[\r\n]/, 1)[0] ?? ''
  const table = readCsv(text, separatorOf(heading), mostCells, 'kept')
  if ('refused' in table) return table
  return { format: 'csv', sheets: [{ name: '', rows: [table.columns, ...table.rows] }] }
}

/** The visible sheets of a workbook as a table: moments and lengths of time in writings that the reader of cells knows. */
export function tableFromWorkbook(workbook: Workbook): PlanTable {
  const visible = workbook.sheets.filter(({ hidden }) => !hidden)
  const sheets = (visible.length > 0 ? visible : workbook.sheets).map(({ name, rows }) => ({
    name,
    rows: rows.map((row) => row.map(textOf)),
  }))
  return { format: 'xlsx', sheets }
}

function textOf(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No'
  if (typeof cell === 'number') return String(Math.round(cell * 1e9) / 1e9)
  if (typeof cell === 'string') return cell
  if ('day' in cell) return cell.day
  if ('instant' in cell) return cell.instant
  if ('share' in cell) return `${Math.round(cell.share * 1e8) / 1e6}%`
  return `${Math.round(cell.minutes * 10) / 10} min`
}

export type ChosenSheet = { name: string; headingRow: number; headings: string[]; rows: string[][] }

/** The sheet to read and its row of headings. Refuses `file.notAPlan` when the table has no such sheet or row. */
export function chosenSheet(table: PlanTable, reading: TableReading): ChosenSheet | { refused: FileRefusal } {
  const { sheet: wanted, headingRow } = reading
  const sheet =
    wanted === undefined
      ? (table.sheets.find(({ rows }) => headingRowOf(rows) !== undefined) ??
        table.sheets.find(({ rows }) => rows.length > 0))
      : table.sheets.find(({ name }) => name === wanted)
  if (sheet === undefined) {
    const names = table.sheets.map(({ name }) => name).slice(0, 20)
    const sentence =
      wanted === undefined ? 'The table is empty.' : `The workbook has no sheet "${wanted.slice(0, 60)}".`
    return { refused: { code: 'file.notAPlan', sentence, facts: { sheets: names } } }
  }
  const at = headingRow ?? headingRowOf(sheet.rows) ?? sheet.rows.findIndex((row) => filled(row) > 0) + 1
  const headings = sheet.rows[at - 1]
  if (headings !== undefined)
    return { name: sheet.name, headingRow: at, headings, rows: sheet.rows.slice(at) }
  const sentence = `The table has no row ${at} to take the headings from.`
  return { refused: { code: 'file.notAPlan', sentence, facts: { headingRow: at, rows: sheet.rows.length } } }
}

const HEADINGS_WITHIN = 20

function headingRowOf(rows: readonly string[][]): number | undefined {
  const at = rows.slice(0, HEADINGS_WITHIN).findIndex(areHeadings)
  return at < 0 ? undefined : at + 1
}

const filled = (row: readonly string[]) => row.filter((cell) => cell.trim() !== '').length
