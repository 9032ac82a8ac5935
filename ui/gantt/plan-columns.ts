import { civilOf } from '../../drawing/civil.ts'
import { formatDay, formatDays, formatDuration, formatNumber, formatSlip } from '../../drawing/format.ts'
import { readDay, readDuration } from '../../drawing/read.ts'
import type { PlanRow } from './outline.ts'

/** How the plan counts and what day it is: needed to write and to read its cells. */
export type PlanStyle = {
  todayMinute: number
  minutesPerDay: number
  minutesPerWeek: number
  daysPerMonth: number
  /** Minute of day a date without a time begins and ends at. */
  dayStartMinute?: number
  dayFinishMinute?: number
}

/** What an edit of a cell asks for, in the words of the records (`durationMinutes`, `startMinute` …). */
export type PlanPatch = Readonly<Record<string, string | number | boolean | null>>
export type CellTone = 'late' | 'better' | 'faint' | 'critical'
export type ReadCell = { patch: PlanPatch } | { refused: string }

/** A column of the plan's table. Text as shown; `edit` when it may be written. */
export type PlanColumn = {
  key: string
  title: string
  widthPx: number
  isNumber?: boolean
  text: (row: PlanRow, plan: PlanStyle) => string
  tone?: (row: PlanRow) => CellTone | undefined
  edit?: {
    typed: (row: PlanRow, plan: PlanStyle) => string
    read: (typed: string, row: PlanRow, plan: PlanStyle) => ReadCell
    allows?: (row: PlanRow) => boolean
  }
  /** Whether "why is this so" can be asked of the cell. */
  explains?: boolean
}

const isLeaf = (row: PlanRow) => !row.summary

function dayText(minute: number | null, plan: PlanStyle): string {
  return minute === null ? '' : formatDay(minute, { todayMinute: plan.todayMinute, yearDigits: 2 })
}

function readDayCell(key: string, timeOfDayMinute: number) {
  return (typed: string, _: PlanRow, plan: PlanStyle): ReadCell => {
    const minute = readDay(typed, { todayMinute: plan.todayMinute, timeOfDayMinute })
    if (minute !== undefined) return { patch: { [key]: minute } }
    return { refused: `“${typed}” is not a date. Type it like 9 Dec, 9 Dec 2026 or 2026-12-09 13:00.` }
  }
}

function dayColumn(key: 'start' | 'finish', title: string): PlanColumn {
  const field = key === 'start' ? 'startMinute' : 'finishMinute'
  return {
    key,
    title,
    widthPx: 76,
    isNumber: true,
    explains: true,
    text: (row, plan) => dayText(row[field], plan),
    edit: {
      typed: (row) => {
        const minute = row[field]
        if (minute === null) return ''
        const { year } = civilOf(minute)
        return `${formatDay(minute, { year: 'never' })} ${year}`
      },
      read: (typed, row, plan) => {
        const usual = key === 'start' ? (plan.dayStartMinute ?? 480) : (plan.dayFinishMinute ?? 1020)
        return readDayCell(field, usual)(typed, row, plan)
      },
      allows: isLeaf,
    },
  }
}

const nameColumn: PlanColumn = {
  key: 'name',
  title: 'Task',
  widthPx: 200,
  text: (row) => row.name,
  edit: {
    typed: (row) => row.name,
    read: (typed) =>
      typed.trim() === '' ? { refused: 'A task needs a name.' } : { patch: { name: typed.trim() } },
  },
}

const durationColumn: PlanColumn = {
  key: 'duration',
  title: 'Duration',
  widthPx: 64,
  isNumber: true,
  text: (row, plan) => durationText(row, plan),
  edit: {
    typed: (row, plan) => (row.durationMinutes === null ? '' : durationText(row, plan) || '0 d'),
    read: (typed, _, plan) => {
      const found = readDuration(typed, plan)
      if (!found) return { refused: `“${typed}” is not a duration. Type it like 5 d, 4 h, 2 w or 3 ed.` }
      return {
        patch: { durationMinutes: found.minutes, durationElapsed: found.elapsed, estimated: found.estimated },
      }
    },
    allows: isLeaf,
  },
}

function durationText(row: PlanRow, plan: PlanStyle): string {
  if (row.durationMinutes === null) return ''
  if (row.milestone && row.durationMinutes === 0) return '–'
  return formatDuration(row.durationMinutes, {
    minutesPerDay: plan.minutesPerDay,
    elapsed: row.durationElapsed,
    estimated: row.estimated,
  })
}

const percentColumn: PlanColumn = {
  key: 'percent',
  title: '%',
  widthPx: 42,
  isNumber: true,
  text: (row) => (row.milestone && row.percentComplete === 0 ? '' : formatNumber(row.percentComplete, 0)),
  edit: {
    typed: (row) => String(row.percentComplete),
    read: (typed) => {
      const percent = Number(typed.replace('%', '').replace(',', '.').trim())
      if (typed.trim() === '' || !(percent >= 0 && percent <= 100)) {
        return { refused: 'Percent complete lies between 0 and 100.' }
      }
      return { patch: { percentComplete: percent } }
    },
    allows: isLeaf,
  },
}

/** The columns the plan knows by name. */
export const planColumns = {
  number: {
    key: 'number',
    title: '',
    widthPx: 36,
    isNumber: true,
    text: (row: PlanRow) => (row.number === undefined ? '' : String(row.number)),
    tone: () => 'faint' as const,
  },
  name: nameColumn,
  duration: durationColumn,
  start: dayColumn('start', 'Start'),
  finish: dayColumn('finish', 'Finish'),
  slip: {
    key: 'slip',
    title: 'Slip',
    widthPx: 46,
    isNumber: true,
    explains: true,
    text: (row: PlanRow, plan: PlanStyle) =>
      row.slipMinutes == null ? '' : formatSlip(row.slipMinutes, plan.minutesPerDay),
    tone: (row: PlanRow) => {
      if (!row.slipMinutes) return 'faint' as const
      return row.slipMinutes > 0 ? ('late' as const) : ('better' as const)
    },
  },
  slack: {
    key: 'slack',
    title: 'Slack',
    widthPx: 50,
    isNumber: true,
    explains: true,
    text: (row: PlanRow, plan: PlanStyle) =>
      row.totalSlackMinutes == null ? '' : formatDays(row.totalSlackMinutes, plan.minutesPerDay),
    tone: (row: PlanRow) => (row.critical ? ('critical' as const) : undefined),
  },
  percent: percentColumn,
  predecessors: {
    key: 'predecessors',
    title: 'Predecessors',
    widthPx: 110,
    text: (row: PlanRow) => row.predecessors ?? '',
    edit: {
      typed: (row: PlanRow) => row.predecessors ?? '',
      read: (typed: string): ReadCell => ({ patch: { predecessors: typed.trim() } }),
    },
  },
  resources: {
    key: 'resources',
    title: 'Resources',
    widthPx: 130,
    text: (row: PlanRow) => row.resources ?? '',
    edit: {
      typed: (row: PlanRow) => row.resources ?? '',
      read: (typed: string): ReadCell => ({ patch: { resources: typed.trim() } }),
    },
  },
} satisfies Record<string, PlanColumn>

const { number, name, duration, start, finish, slip, slack, percent } = planColumns

/** The table beside the bars as it opens: number, task, duration, start, finish, slip, slack, percent. */
export const usualColumns: readonly PlanColumn[] = [
  number,
  name,
  duration,
  start,
  finish,
  slip,
  slack,
  percent,
]

/** What is left of it on a phone. */
export const narrowColumns: readonly PlanColumn[] = [name, finish]
