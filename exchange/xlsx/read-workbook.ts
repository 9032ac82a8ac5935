import { readXlsx } from 'hucre/xlsx'
import type { FileRefusal } from '../plan-file.ts'
import { broken, packStored, tooLarge, unpack } from './unpack.ts'
import type { Cell, Sheet, Workbook } from './workbook.ts'
import { type XlsxLimits, xlsxLimits } from './xlsx-limits.ts'

/**
 * Reads the sheets of an Excel workbook (.xlsx, ECMA-376) as cells: of a formula the value that was stored with it,
 * moments by the workbook's own date system (1900 or 1904), rounded to the second. A workbook that is hostile is
 * refused by real sizes; call this where the process may be stopped after a while, as the server's intake does.
 * Refusals: `xlsx.broken`, `xlsx.tooLarge`.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  limits: XlsxLimits = xlsxLimits,
): Promise<Workbook | { refused: FileRefusal }> {
  const parts = await unpack(bytes, limits)
  if ('refused' in parts) return parts
  const book = await readXlsx(packStored(parts), { readStyles: true, maxRows: limits.rows + 1 }).catch(
    () => undefined,
  )
  if (book === undefined) return broken('its sheets cannot be read')
  if (book.sheets.length > limits.sheets) return tooLarge('sheets', limits.sheets)
  const sheets: Sheet[] = []
  let cells = 0
  for (const { name, rows, cells: detailed, hidden, veryHidden } of book.sheets) {
    if (rows.length > limits.rows) return tooLarge('rows', limits.rows)
    const sheet: Sheet = { name, rows: [], hidden: hidden === true || veryHidden === true }
    for (const [row, values] of rows.entries()) {
      const read = cutOff(values.map((value, column) => cellOf(value, detailed?.get(`${row},${column}`))))
      if (read.length > limits.columns) return tooLarge('columns', limits.columns)
      for (const cell of read) if (cell !== null) cells += 1
      if (cells > limits.cells) return tooLarge('cells', limits.cells)
      sheet.rows.push(read)
    }
    while (sheet.rows.at(-1)?.length === 0) sheet.rows.pop()
    sheets.push(sheet)
  }
  return { sheets, dateSystem: book.dateSystem === '1904' ? '1904' : '1900' }
}

type Detail = { style?: { numFmt?: string }; formulaResult?: unknown }

function cellOf(value: unknown, detail: Detail | undefined): Cell {
  const said = value ?? detail?.formulaResult ?? null
  const format = detail?.style?.numFmt ?? ''
  if (said instanceof Date) return momentOf(said, format)
  if (typeof said === 'number') return numberOf(said, format)
  if (typeof said === 'boolean') return said
  return typeof said === 'string' && said !== '' ? said : null
}

function numberOf(value: number, format: string): Cell {
  if (!Number.isFinite(value)) return null
  return plainFormat(format).includes('%') ? { share: value } : value
}

/** Day 0 of the 1900 system, in which a length of time is a number of days from there. */
const DAY_ZERO = Date.UTC(1899, 11, 31)
const LEAP_BUG_SERIAL = 60

function momentOf(moment: Date, format: string): Cell {
  const time = Math.round(moment.getTime() / 1000) * 1000
  if (!Number.isFinite(time)) return null
  if (/\[(h+|m+|s+)\]/i.test(format)) {
    const days = (time - DAY_ZERO) / 86_400_000
    return { minutes: Math.round((days >= LEAP_BUG_SERIAL ? days + 1 : days) * 1440 * 60) / 60 }
  }
  const said = new Date(time).toISOString()
  if (!/^\d{4}-/.test(said)) return null
  const isDay = said.startsWith('00:00:00', 11) && !/[hs]/i.test(plainFormat(format))
  return isDay ? { day: said.slice(0, 10) } : { instant: said.slice(0, 19) }
}

/** A number format without its quoted texts and colours. */
function plainFormat(format: string): string {
  return format.length > 200 ? '' : format.replace(/"[^"]*"|\\./g, '')
}

function cutOff(row: Cell[]): Cell[] {
  let length = row.length
  while (length > 0 && row[length - 1] === null) length -= 1
  return row.slice(0, length)
}
