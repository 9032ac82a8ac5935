import { Fault } from '../../../kernel/fault.ts'
import type { RecordType } from '../../../kernel/record.ts'

/** A row as a register shows it: fields beyond the reader's rights are already left out. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string; readonly project: string | null }

/** What a caller wants to see of a register. */
export type Wanted = {
  readonly project?: string | null
  readonly page: number
  readonly size: number
  /** Fields to sort by; the first weighs most. */
  readonly sort: readonly { readonly field: string; readonly falling: boolean }[]
  readonly equals: Readonly<Record<string, string>>
  readonly words: string
  readonly asOf?: string
  readonly format?: string
}

const MOST_ROWS_A_PAGE = 500
const ROWS_A_PAGE = 100

/**
 * `project=&page=1&size=100&sort=-start,name&<field>=value&q=words&asOf=&format=csv` of a register.
 * Faults: `input.invalid` naming the parameter that is not known or not readable.
 */
export function wantedOf(record: RecordType, query: Readonly<Record<string, unknown>>): Wanted {
  const fields = new Set(['id', 'project', 'seq', ...Object.keys(record.schema.shape)])
  const { project, page, size, sort, q, asOf, format, ...rest } = single(record, query)
  for (const name of Object.keys(rest)) demandField(record, fields, name)
  const order = (sort ?? '')
    .split(',')
    .filter(Boolean)
    .map((term) => {
      const field = term.replace(/^[-+]/, '')
      demandField(record, fields, field)
      return { field, falling: term.startsWith('-') }
    })
  return {
    page: whole(record, 'page', page, { least: 1, most: 1_000_000, otherwise: 1 }),
    size: whole(record, 'size', size, { least: 1, most: MOST_ROWS_A_PAGE, otherwise: ROWS_A_PAGE }),
    sort: order,
    equals: rest,
    words: (q ?? '').trim().toLocaleLowerCase('en'),
    ...(project === undefined ? {} : { project: projectOf(record, project) }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(format === undefined ? {} : { format }),
  }
}

/** The rows that match, in order, and the page of them that was asked for. */
export function pageOf(
  record: RecordType,
  rows: readonly Row[],
  wanted: Wanted,
): { matching: Row[]; rows: Row[] } {
  const names = Object.keys(record.schema.shape)
  const equals = Object.entries(wanted.equals)
  const matching = rows.filter(
    (row) =>
      equals.every(([name, value]) => sayable(row[name]) === value) &&
      (wanted.words === '' || names.some((name) => contains(row[name], wanted.words))),
  )
  if (wanted.sort.length > 0) matching.sort((a, b) => compared(a, b, wanted.sort))
  const from = (wanted.page - 1) * wanted.size
  return { matching, rows: matching.slice(from, from + wanted.size) }
}

function single(
  record: RecordType,
  query: Readonly<Record<string, unknown>>,
): Record<string, string | undefined> & Record<string, string> {
  for (const [name, value] of Object.entries(query)) {
    if (typeof value !== 'string') throw unreadable(record, name, `${name} is given more than once.`)
    if (value.includes('\0') || !value.isWellFormed())
      throw unreadable(record, name, `${name} contains a character that no text may have.`)
  }
  return query as Record<string, string>
}

function projectOf(record: RecordType, text: string): string | null {
  if (text === 'none') return null
  if (isId(text)) return text
  throw unreadable(record, 'project', 'project is the id of a project, or `none`.')
}

/** True for an id as the ledger makes them; anything else names nothing. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text)
}

function demandField(record: RecordType, fields: ReadonlySet<string>, name: string): void {
  if (!fields.has(name))
    throw unreadable(record, name, `${record.title} has no field "${name.slice(0, 40)}".`)
}

function whole(
  record: RecordType,
  name: string,
  text: string | undefined,
  range: { least: number; most: number; otherwise: number },
): number {
  if (text === undefined) return range.otherwise
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (value >= range.least && value <= range.most) return value
  throw unreadable(record, name, `${name} is a whole number from ${range.least} to ${range.most}.`)
}

function unreadable(record: RecordType, at: string, message: string): Fault {
  return new Fault('input.invalid', message, { name: record.kind, issues: [{ at, message }] })
}

function sayable(value: unknown): string | undefined {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function contains(value: unknown, words: string): boolean {
  return typeof value === 'string' && value.toLocaleLowerCase('en').includes(words)
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compared(a: Row, b: Row, sort: Wanted['sort']): number {
  for (const { field, falling } of sort) {
    const order = inOrder(a[field], b[field], falling)
    if (order !== 0) return order
  }
  return a.id < b.id ? -1 : 1
}

/** Empty fields stand last in either direction. */
function inOrder(a: unknown, b: unknown, falling: boolean): number {
  const none = (value: unknown) => value === undefined || value === null
  if (none(a) || none(b)) return Number(none(a)) - Number(none(b))
  const rising =
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
  return falling ? -rising : rising
}
