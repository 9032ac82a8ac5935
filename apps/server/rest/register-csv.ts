import { type CsvCell, writeCsv } from '../../../exchange/csv/csv.ts'
import { fieldMeta, type RecordType } from '../../../kernel/record.ts'
import type { Row } from './register.ts'

/** A register as CSV, safe to open in a spreadsheet; the head names fields and units, fields not to be seen are absent. */
export function csvOf(record: RecordType, rows: readonly Row[]): string {
  const place = record.scope === 'workspace' ? [] : ['project']
  const names = ['id', ...place, ...Object.keys(record.schema.shape)]
  const shown = names.filter((name) => !record.visible[name] || rows.some((row) => name in row))
  return writeCsv(
    shown.map((name) => headOf(record, name)),
    rows.map((row) => shown.map((name) => cellOf(row[name]))),
  )
}

function headOf(record: RecordType, name: string): string {
  const type = record.schema.shape[name]
  const unit = type ? fieldMeta(type).unit : undefined
  return unit ? `${name} (${unit})` : name
}

function cellOf(value: unknown): CsvCell {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return value as CsvCell
}
