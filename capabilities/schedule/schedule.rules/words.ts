import { formatClock, formatDay, formatDuration } from '../../../drawing/format.ts'
import type { Driver, Lag } from '../../../engine/plan.ts'

/** What sentences about a plan need to know of it. */
export type Wording = {
  readonly taskName: (id: string) => string
  readonly resourceName: (id: string) => string
  readonly calendarName: (id: string) => string
  readonly minutesPerDay: number
}

/** "Tue 8 Dec 2026". */
export function dayText(minute: number): string {
  return formatDay(minute, { weekday: true, year: 'always' })
}

/** "Tue 8 Dec 2026, 17:00". */
export function momentText(minute: number): string {
  return `${dayText(minute)}, ${formatClock(minute)}`
}

const LINK_PHRASES = {
  fs: ['waits until', 'is finished'],
  ss: ['waits until', 'has started'],
  ff: ['cannot finish before', 'is finished'],
  sf: ['cannot finish before', 'has started'],
} as const

/** The four kinds of link by their names. */
export const LINK_WORDS: Readonly<Record<'fs' | 'ss' | 'ff' | 'sf', string>> = {
  fs: 'finish to start',
  ss: 'start to start',
  ff: 'finish to finish',
  sf: 'start to finish',
}

/** What a constraint asks, before its date. */
export const CONSTRAINT_PHRASES: Readonly<Record<string, string>> = {
  snet: 'may not start earlier than',
  snlt: 'may not start later than',
  fnet: 'may not finish earlier than',
  fnlt: 'may not finish later than',
  mso: 'must start on',
  mfo: 'must finish on',
}

/** Says in a sentence's tail what one limit does: "waits until "Build" is finished, plus 2 d". */
export function driverText(driver: Driver, wording: Wording): string {
  const at = driver.minute === undefined ? '' : ` ${momentText(driver.minute)}`
  const name = driver.task === undefined ? 'another task' : `"${wording.taskName(driver.task)}"`
  switch (driver.kind) {
    case 'link': {
      const [verb, state] = LINK_PHRASES[driver.linkType ?? 'fs']
      return `${verb} ${name} ${state}${lagText(driver.lag, wording.minutesPerDay)}`
    }
    case 'constraint':
      if (driver.constraint === 'alap') return 'is to be done as late as possible'
      return `${CONSTRAINT_PHRASES[driver.constraint ?? ''] ?? 'is held at'}${at}`
    case 'projectStart':
      return `starts with the project${at === '' ? '' : ` on${at}`}`
    case 'projectFinish':
      return `ends with the project${at === '' ? '' : ` on${at}`}`
    case 'calendar':
      return `moves to the next working time of the calendar${driver.calendar ? ` "${wording.calendarName(driver.calendar)}"` : ''}`
    case 'resource':
      return `follows the working time of ${driver.resource ? wording.resourceName(driver.resource) : 'its resource'}`
    case 'levelingDelay':
      return 'was delayed by levelling'
    case 'actual':
      return 'has its actual dates'
    case 'manual':
      return 'is scheduled by hand'
    case 'external':
      return 'comes from another plan'
    case 'summary':
      return `is bound by ${name}`
    case 'deadline':
      return `has a deadline${at}`
    case 'alap':
      return 'is to be done as late as possible'
  }
}

function lagText(lag: Lag | undefined, minutesPerDay: number): string {
  if (!lag) return ''
  if ('percent' in lag)
    return lag.percent === 0
      ? ''
      : `, ${lag.percent < 0 ? 'less' : 'plus'} ${Math.abs(lag.percent)} % of its duration`
  if (lag.minutes === 0) return ''
  const size = formatDuration(Math.abs(lag.minutes), { minutesPerDay, elapsed: lag.kind === 'elapsed' })
  return `, ${lag.minutes < 0 ? 'less' : 'plus'} ${size}`
}

/** Says what a warning of the engine means. */
export function warningText(code: string, taskName: string | undefined): string {
  const name = taskName === undefined ? 'A task' : `"${taskName}"`
  const said: Readonly<Record<string, string>> = {
    'schedule.constraintConflict': `${name} has a constraint that its links cannot meet.`,
    'schedule.manualConflict': `${name} is scheduled by hand before what it waits for.`,
    'schedule.deadlineMissed': `${name} finishes after its deadline.`,
    'schedule.negativeSlack': `${name} is later than the plan allows.`,
    'schedule.summaryConstraint': `${name} is a summary with a constraint.`,
    'schedule.workAfterActualFinish': `${name} is finished but has work left.`,
  }
  return said[code] ?? `${name}: ${code}.`
}
