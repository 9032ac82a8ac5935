import { fileLimits } from '../file-limits.ts'
import { offend, type ReadContext, type Where } from '../mspdi/read-context.ts'
import * as values from '../mspdi/values.ts'
import type { Instant } from '../plan-file.ts'
import { cell, type XerRow } from './tables.ts'

/** A row that is being read: whose it is, and where what is wrong with it goes. */
export type Reading = { row: XerRow; where: Where; context: ReadContext }

/** A unique number; one that is missing or no number refuses the file. */
export function idOf(row: XerRow, column: string, where: Where, context: ReadContext): number | undefined {
  const said = cell(row, column)
  const id = values.uid.read(said)
  if (id !== undefined) return id
  if (said === '') offend(context, 'file.missingUid', where, { field: column, line: row.line })
  else offend(context, 'file.badValue', where, { field: column, value: said.slice(0, 60), line: row.line })
  return undefined
}

/** A reference to another row; absent when the cell is empty. */
export function referenceOf({ row, where, context }: Reading, column: string): number | undefined {
  return cell(row, column) === '' ? undefined : idOf(row, column, where, context)
}

/** `2019-06-10 08:00` as an instant of the wall clock. */
export function instantOf(reading: Reading, column: string): Instant | undefined {
  return readCell(reading, column, (said) => {
    const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?)?$/.exec(said)
    return match ? values.instant.read(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? ':00'}`) : undefined
  })
}

/** Hours as minutes; `least` 0 for durations and work, below for lag and slack. */
export function minutesOf(reading: Reading, column: string, least = 0): number | undefined {
  return readCell(reading, column, (said) => {
    const hours = numberIn(said)
    if (hours === undefined || Math.abs(hours) * 60 > fileLimits.workMinutes) return undefined
    // A tenth of a minute is the finest that Primavera's hours of two decimals mean.
    return hours < least ? undefined : Math.round(hours * 600) / 10 + 0
  })
}

export function numberOf(reading: Reading, column: string): number | undefined {
  return readCell(reading, column, numberIn)
}

/** One of the words of the format; an unknown one refuses the file. */
export function wordOf<Word>(
  reading: Reading,
  column: string,
  words: Readonly<Record<string, Word>>,
): Word | undefined {
  return readCell(reading, column, (said) => (Object.hasOwn(words, said) ? words[said] : undefined))
}

function readCell<Value>(
  { row, where, context }: Reading,
  column: string,
  read: (said: string) => Value | undefined,
): Value | undefined {
  const said = cell(row, column)
  if (said === '') return undefined
  const value = read(said)
  // A cell may be asked for more than once; it offends once.
  const isKnown = context.offenders.slice(-20).some((each) => each.line === row.line && each.field === column)
  if (value === undefined && !isKnown)
    offend(context, 'file.badValue', where, { field: column, value: said.slice(0, 60), line: row.line })
  return value
}

/** Numbers carry a point, or the comma of the machine that wrote the file. */
function numberIn(said: string): number | undefined {
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?$/.test(said)) return undefined
  const number = Number(said.replace(',', '.'))
  return Number.isFinite(number) ? number : undefined
}

/** Plain text of a note in HTML; line breaks are kept. */
export function plainText(html: string): string {
  return html
    .replaceAll('\u007f', '\n')
    .replace(/<(br|\/p|\/div|\/li)\s*\/?>/gi, '\n')
    .replace(/<[^<>]{0,2000}>/g, '')
    .replace(/&(nbsp|lt|gt|quot|amp);/g, (_all, name: string) => ENTITIES[name] ?? '')
    .replace(/\n\s*\n+/g, '\n')
    .trim()
}

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&' }
