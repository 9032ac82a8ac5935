import { writeXlsx } from 'hucre/xlsx'
import type { Cell, CellKind, ColumnToWrite, SheetToWrite } from './workbook.ts'
import { xlsxLimits } from './xlsx-limits.ts'

const FORMATS: Readonly<Record<CellKind, string | undefined>> = {
  text: '@',
  longText: '@',
  number: '0.##',
  whole: '0',
  share: '0%',
  day: 'yyyy-mm-dd',
  instant: 'yyyy-mm-dd hh:mm',
  minutes: '[h]:mm',
}

export type WrittenWorkbook = {
  bytes: Uint8Array
  /** Texts that were longer than a cell holds and were cut. */
  shortened: number
}

/**
 * Writes sheets as an Excel workbook (.xlsx): a bold first row that stays in sight, a filter, widths by content,
 * numbers, shares and moments as such. Texts are written as texts, never as formulas, whatever they begin with
 * (OWASP, CSV injection): no cell of the workbook computes. Characters that XML forbids are left out.
 */
export async function writeWorkbook(sheets: readonly SheetToWrite[]): Promise<WrittenWorkbook> {
  let shortened = 0
  const names = sheetNames(sheets.map(({ name }) => name))
  const bytes = await writeXlsx({
    sheets: sheets.map(({ columns, rows }, index) => {
      const written = rows.map((row) =>
        columns.map((_column, place) => {
          const value = writtenValue(row[place] ?? null)
          if (typeof value !== 'string' || value.length <= xlsxLimits.cellLength) return value
          shortened += 1
          return value.slice(0, xlsxLimits.cellLength)
        }),
      )
      return {
        name: names[index] ?? 'Sheet',
        columns: columns.map((column, place) => ({
          width: column.width ?? widthOf(column, written, place),
          style: styleOf(column.kind),
        })),
        rows: [columns.map(({ title }) => title), ...written],
        cells: new Map(
          columns.map(({ title }, place) => [
            `0,${place}`,
            { value: title, type: 'string' as const, style: { font: { bold: true } } },
          ]),
        ),
        freezePane: { rows: 1 },
      }
    }),
    dateSystem: '1900',
  })
  return { bytes, shortened }
}

function styleOf(kind: CellKind) {
  const numFmt = FORMATS[kind]
  return {
    ...(numFmt === undefined ? {} : { numFmt }),
    ...(kind === 'longText' ? { alignment: { wrapText: true, vertical: 'top' as const } } : {}),
  }
}

const MINUTES_OF_DAY = 1440

function writtenValue(cell: Cell): string | number | boolean | Date | null {
  if (cell === null || typeof cell === 'boolean') return cell
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
  if (typeof cell === 'string') return sayable(cell)
  if ('minutes' in cell) return cell.minutes / MINUTES_OF_DAY
  if ('share' in cell) return cell.share
  const said = 'day' in cell ? `${cell.day}T00:00:00` : cell.instant
  const moment = new Date(`${said}Z`)
  return Number.isNaN(moment.getTime()) ? said : moment
}

/** Without the characters that XML 1.0 (2.2) forbids; what looks like an escape (`_x0041_`) stays a text (ECMA-376, ST_Xstring). */
function sayable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  return plain.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
}

function widthOf(
  { title, kind }: ColumnToWrite,
  rows: readonly (string | number | boolean | Date | null)[][],
  place: number,
): number {
  if (kind === 'day') return Math.max(11, title.length + 2)
  if (kind === 'instant') return Math.max(17, title.length + 2)
  let widest = title.length
  for (const row of rows.slice(0, 2000)) {
    const value = row[place]
    if (typeof value === 'string') widest = Math.max(widest, value.length)
  }
  return Math.min(60, Math.max(6, widest + 2))
}

/** Excel's names of sheets: at most 31 characters, none of `[]:*?/\`, each once. */
function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name) => {
    const plain =
      sayable(name)
        .replace(/[[\]:*?/\\]/g, ' ')
        .replace(/^'+|'+$/g, '')
        .trim()
        .slice(0, 31) || 'Sheet'
    let said = plain
    for (let count = 2; taken.has(said.toLowerCase()); count += 1)
      said = `${plain.slice(0, 31 - String(count).length - 1)} ${count}`
    taken.add(said.toLowerCase())
    return said
  })
}
