/**
 * One cell of a sheet, as data: a text, a number, a yes or no, a moment of the wall clock or a day, a length of time in minutes
 * (Excel's `[h]:mm`), a share (Excel's `40%` is 0.4), or nothing.
 */
export type Cell =
  | string
  | number
  | boolean
  | { instant: string }
  | { day: string }
  | { minutes: number }
  | { share: number }
  | null

/** A table of cells; rows may have different lengths. Row 1 of the sheet is `rows[0]`. */
export type Sheet = { name: string; rows: Cell[][]; hidden: boolean }

export type Workbook = { sheets: Sheet[]; dateSystem: '1900' | '1904' }

/** What a column holds when it is written: it decides the format in which the cells are shown. */
export type CellKind = 'text' | 'longText' | 'number' | 'whole' | 'share' | 'day' | 'instant' | 'minutes'

export type ColumnToWrite = {
  title: string
  kind: CellKind
  /** In characters; absent: by what the column holds, 6 to 60. */
  width?: number
}

export type SheetToWrite = { name: string; columns: ColumnToWrite[]; rows: Cell[][] }

/** The place of a cell as people say it: column 0, row 1 is `A1`. */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row}`
}

/** `A` … `Z`, `AA` …: column 0 is `A`. */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last
}
