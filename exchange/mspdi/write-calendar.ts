import type {
  CalendarException,
  ExtraElement,
  PlanCalendar,
  Recurrence,
  Shift,
  WeekShifts,
} from '../plan-file.ts'
import { calendarFields, dayCount } from './read-calendar.ts'
import { minuteOfDay } from './values.ts'
import { fieldPieces, inOrder, otherExtra } from './write-fields.ts'
import { extraPiece, type Piece, parentPiece, textPiece } from './xml-text.ts'

export function calendarPiece(calendar: PlanCalendar, extra: ExtraElement[]): Piece {
  const pieces = fieldPieces(calendarFields, calendar, extra)
  const plain = calendar.exceptions.filter((exception) => exception.recurrence === undefined)
  const days = [...weekPieces(calendar.week), ...plain.map(oldDayPiece)]
  if (days.length > 0) pieces.push(parentPiece('WeekDays', days))
  if (calendar.exceptions.length > 0) {
    pieces.push(parentPiece('Exceptions', calendar.exceptions.map(exceptionPiece)))
  }
  if (calendar.workWeeks.length > 0) {
    const weeks = calendar.workWeeks.map((week) =>
      parentPiece('WorkWeek', [
        periodPiece(week.from, week.to),
        ...(week.name === undefined ? [] : [textPiece('Name', week.name)]),
        parentPiece('WeekDays', weekPieces(week.week)),
      ]),
    )
    pieces.push(parentPiece('WorkWeeks', weeks))
  }
  pieces.push(...otherExtra(calendarFields, extra).map(extraPiece))
  return parentPiece('Calendar', inOrder('Calendar', pieces))
}

function weekPieces(week: WeekShifts): Piece[] {
  return week.flatMap((shifts, day) =>
    shifts === 'inherit'
      ? []
      : [parentPiece('WeekDay', [textPiece('DayType', String(day + 1)), ...shiftPieces(shifts)])],
  )
}

function shiftPieces(shifts: Shift[]): Piece[] {
  const working = textPiece('DayWorking', shifts.length > 0 ? '1' : '0')
  if (shifts.length === 0) return [working]
  const times = shifts.map((shift) =>
    parentPiece('WorkingTime', [
      textPiece('FromTime', minuteOfDay.write(shift.fromMinute)),
      textPiece('ToTime', minuteOfDay.write(shift.toMinute)),
    ]),
  )
  return [working, parentPiece('WorkingTimes', times)]
}

function periodPiece(from: string, to: string): Piece {
  return parentPiece('TimePeriod', [
    textPiece('FromDate', `${from}T00:00:00`),
    textPiece('ToDate', `${to}T23:59:00`),
  ])
}

/** The same exception once more as programs before 2007 read it; Microsoft Project writes both. */
function oldDayPiece(exception: CalendarException): Piece {
  const [working, ...times] = shiftPieces(exception.shifts)
  const start = working === undefined ? [] : [working]
  return parentPiece('WeekDay', [
    textPiece('DayType', '0'),
    ...start,
    periodPiece(exception.from, exception.to),
    ...times,
  ])
}

function exceptionPiece(exception: CalendarException): Piece {
  const { recurrence } = exception
  const days = exception.countInFile ?? dayCount(exception)
  const occurrences = recurrence === undefined ? days : recurrence.occurrences
  return parentPiece('Exception', [
    textPiece('EnteredByOccurrences', recurrence?.enteredByOccurrences ? '1' : '0'),
    periodPiece(exception.from, exception.to),
    ...(occurrences === undefined ? [] : [textPiece('Occurrences', String(occurrences))]),
    ...(exception.name === undefined ? [] : [textPiece('Name', exception.name)]),
    ...(recurrence === undefined ? [textPiece('Type', '1')] : recurrencePieces(recurrence)),
    ...shiftPieces(exception.shifts),
  ])
}

function recurrencePieces(recurrence: Recurrence): Piece[] {
  const interval = 'interval' in recurrence ? [textPiece('Period', String(recurrence.interval))] : []
  switch (recurrence.every) {
    case 'day':
      return [textPiece('Type', '7'), ...interval]
    case 'week': {
      const mask = recurrence.weekDays.reduce((sum, day) => sum + 2 ** day, 0)
      return [textPiece('Type', '6'), ...interval, textPiece('DaysOfWeek', String(mask))]
    }
    case 'month':
      return 'dayOfMonth' in recurrence
        ? [textPiece('Type', '4'), ...interval, textPiece('MonthDay', String(recurrence.dayOfMonth))]
        : [textPiece('Type', '5'), ...interval, ...positionPieces(recurrence)]
    case 'year': {
      const month = textPiece('Month', String(recurrence.month - 1))
      return 'dayOfMonth' in recurrence
        ? [textPiece('Type', '2'), month, textPiece('MonthDay', String(recurrence.dayOfMonth))]
        : [textPiece('Type', '3'), ...positionPieces(recurrence), month]
    }
  }
}

function positionPieces(recurrence: Extract<Recurrence, { position: number }>): Piece[] {
  const words = ['day', 'weekday', 'weekendDay']
  const item = typeof recurrence.day === 'number' ? recurrence.day + 3 : words.indexOf(recurrence.day)
  return [textPiece('MonthItem', String(item)), textPiece('MonthPosition', String(recurrence.position - 1))]
}
