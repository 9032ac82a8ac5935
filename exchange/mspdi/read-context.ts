import type { FileLimits } from '../file-limits.ts'
import type { LossLog } from '../loss-log.ts'
import type { ExtraElement, FileRefusal, LossLine, PlanKind } from '../plan-file.ts'
import type { BadValue } from './fields.ts'

export type Where = { kind: PlanKind; uid?: number; name?: string }

/** A thing in the file that makes it unreadable as a plan. */
export type Offender = {
  code: string
  kind: PlanKind
  uid?: number
  name?: string
  field?: string
  value?: string
  line?: number
  /** Of a table: its letter and heading, `C "Duration"`. */
  column?: string
}

/** What the readers of the parts share: where to say losses, where to put offenders and extra elements. */
export type ReadContext = {
  limits: FileLimits
  loss: LossLog
  offenders: Offender[]
  extra: Record<string, ExtraElement[]>
  /** Fields that are kept for writing back without being used, by kind. */
  keptFields: Map<PlanKind, Set<string>>
}

export function changed(
  context: ReadContext,
  where: LossLine['where'],
  text: string,
  line?: number,
  field?: string,
) {
  note(context, 'changed', where, text, line, field)
}

export function leftOut(
  context: ReadContext,
  where: LossLine['where'],
  text: string,
  line?: number,
  field?: string,
) {
  note(context, 'left out', where, text, line, field)
}

export function note(
  context: ReadContext,
  level: LossLine['level'],
  where: LossLine['where'],
  text: string,
  line?: number,
  field?: string,
): void {
  context.loss.note({
    level,
    where: shortName(where),
    ...(field === undefined ? {} : { field }),
    text,
    ...(line === undefined ? {} : { line }),
  })
}

export function offend(context: ReadContext, code: string, where: Where, rest: Partial<Offender>): void {
  context.offenders.push({ code, ...shortName(where), ...rest })
}

/** Sorts the bad values of one entity: vital ones refuse the file, others are left out and said. */
export function judge(context: ReadContext, where: Where, bad: BadValue[]): void {
  for (const { field, value, line, vital, why } of bad) {
    if (why === 'twice')
      leftOut(context, where, `said twice; the second, "${value}", is left out`, line, field)
    else if (why === 'zone')
      changed(context, where, `"${value}": the zone is left out, the wall clock taken`, line, field)
    else if (vital) offend(context, 'file.badValue', where, { field, value, line })
    else leftOut(context, where, `"${value}" is no value for this field`, line, field)
  }
}

export function keepExtra(context: ReadContext, kind: PlanKind, key: string, elements: ExtraElement[]): void {
  if (elements.length === 0) return
  context.extra[key] = elements
  let names = context.keptFields.get(kind)
  if (names === undefined) {
    names = new Set()
    context.keptFields.set(kind, names)
  }
  for (const element of elements) if (names.size < 500) names.add(element.name)
}

function shortName<Place extends LossLine['where']>(where: Place): Place {
  return where.name !== undefined && where.name.length > 80
    ? { ...where, name: `${where.name.slice(0, 79)}…` }
    : where
}

const sentences: Record<string, string> = {
  'file.badValue': 'The file holds values that cannot be read, and guessing them would make wrong dates.',
  'file.duplicateUid': 'The file gives the same unique number to more than one thing of a kind.',
  'file.missingUid': 'The file holds entries without a unique number.',
  'file.calendarBase': 'A calendar of the file is based on a calendar that the file does not hold.',
  'file.calendarCycle': 'Calendars of the file are based on each other in a circle.',
}

/** The refusal for the gravest kind of offender found, with the first of them spelled out. */
export function refuseOffenders(context: ReadContext): FileRefusal | undefined {
  const code = context.offenders[0]?.code
  if (code === undefined) return undefined
  const same = context.offenders.filter((offender) => offender.code === code)
  const shown = same.slice(0, context.limits.offenders).map(({ code: _code, ...offender }) => offender)
  const [first] = shown
  const place = first === undefined ? '' : ` First: ${sayOffender(first)}.`
  return {
    code,
    sentence: `${sentences[code] ?? 'The file cannot be read.'}${place}`,
    facts: { count: same.length, offenders: shown },
  }
}

function sayOffender(offender: Omit<Offender, 'code'>): string {
  const name = offender.name ? ` "${offender.name}"` : ''
  const number = offender.uid === undefined ? '' : ` ${offender.uid}`
  const value = offender.field === undefined ? '' : `, ${offender.field} "${offender.value ?? ''}"`
  const line = offender.line === undefined ? '' : `, line ${offender.line}`
  const column = offender.column === undefined ? '' : `, column ${offender.column}`
  return `${offender.kind}${number}${name}${value}${line}${column}`
}
