import { fieldMeta, type RecordType } from '../../../kernel/record.ts'
import type { Row } from './register.ts'

/**
 * A register as CSV (RFC 4180, CRLF, with a byte-order mark so that Excel reads UTF-8). The first line names the fields
 * as the records do. Texts that a spreadsheet would take for a formula get an apostrophe in front (OWASP, CSV injection).
 */
export function csvOf(record: RecordType, rows: readonly Row[]): string {
  const names = [
    'id',
    ...(record.scope === 'project' ? ['project'] : []),
    ...Object.keys(record.schema.shape),
  ]
  const shown = names.filter((name) => !record.visible[name] || rows.some((row) => name in row))
  const head = shown.map((name) => cell(headOf(record, name)))
  const lines = rows.map((row) => shown.map((name) => cell(row[name])).join(','))
  return `\uFEFF${[head.join(','), ...lines].join('\r\n')}\r\n`
}

function headOf(record: RecordType, name: string): string {
  const type = record.schema.shape[name]
  const unit = type ? fieldMeta(type).unit : undefined
  return unit ? `${name} (${unit})` : name
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
