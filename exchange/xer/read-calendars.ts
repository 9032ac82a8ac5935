import { checkCalendarBases } from '../mspdi/read-calendar.ts'
import { changed, offend, type ReadContext, type Where } from '../mspdi/read-context.ts'
import type { PlanCalendar } from '../plan-file.ts'
import { readCalendarData, USUAL_WEEK } from './calendar-data.ts'
import { idOf } from './row-values.ts'
import { cell, type XerTables } from './tables.ts'
import { rowsOf } from './xer-draft.ts'

const MOST_NAME = 200

/** All calendars of the file by number. A calendar's week is its own; days off come from its base as well. */
export function readCalendars(tables: XerTables, context: ReadContext): Map<number, PlanCalendar> {
  const calendars = new Map<number, PlanCalendar>()
  const lines = new Map<number, number>()
  for (const row of rowsOf(tables, 'CALENDAR')) {
    const name = cell(row, 'clndr_name').slice(0, MOST_NAME)
    const uid = idOf(row, 'clndr_id', { kind: 'calendar', name }, context)
    if (uid === undefined) continue
    const where: Where = { kind: 'calendar', uid, name }
    if (calendars.has(uid)) {
      offend(context, 'file.duplicateUid', where, { line: row.line })
      continue
    }
    const said = cell(row, 'clndr_data')
    const base = cell(row, 'base_clndr_id') === '' ? undefined : idOf(row, 'base_clndr_id', where, context)
    const data = said === '' ? undefined : readCalendarData(said, context.limits)
    if (said === '') changed(context, where, 'has no data; Monday to Friday 8:00 to 16:00 is taken', row.line)
    else if (!data)
      offend(context, 'file.badValue', where, {
        field: 'clndr_data',
        value: said.slice(0, 60),
        line: row.line,
      })
    for (const text of new Set(data?.changes)) changed(context, where, text, row.line, 'clndr_data')
    calendars.set(uid, {
      uid,
      name: name === '' ? `Calendar ${uid}` : name,
      ...(base === undefined ? {} : { base }),
      shared: cell(row, 'rsrc_private') !== 'Y',
      week: data?.week ?? USUAL_WEEK,
      exceptions: data?.exceptions ?? [],
      workWeeks: [],
    })
    lines.set(uid, row.line)
  }
  for (const calendar of calendars.values()) {
    const { base, uid, name } = calendar
    if (base === undefined || calendars.has(base)) continue
    delete calendar.base
    const text = `its base, calendar ${base}, is not in the file; its own days off hold`
    changed(context, { kind: 'calendar', uid, name }, text, lines.get(uid), 'base_clndr_id')
  }
  checkCalendarBases([...calendars.values()], lines, context)
  return calendars
}
