import { formatDay, formatNumber, formatSlip } from '../../../drawing/format.ts'
import { minuteOf } from '../../../kernel/day.ts'
import { localDay } from '../../../ui/house/clock.ts'
import type { Move, Preview } from './level-search.ts'

/** "Fri 9 Jan 2026". */
export function dayOf(time: string): string {
  return formatDay(minuteOf(time), { weekday: true, year: 'always' })
}

/** "9 Jan", with the year where it is another one. */
export function shortDayOf(time: string): string {
  return formatDay(minuteOf(time), { todayMinute: minuteOf(`${localDay()}T00:00:00`), yearDigits: 2 })
}

/** What moves: the start, or where only the end does, that. */
export function wayOf({ from, to, fromFinish, toFinish }: Move): { from: string; to: string; what: string } {
  return from === to ? { from: fromFinish, to: toFinish, what: 'Finish' } : { from, to, what: 'Start' }
}

/** By how many days a task is done later: "+6", "−2.5". */
export function slipOf({ movedMinutes }: Move, minutesPerDay: number): string {
  return formatSlip(movedMinutes, minutesPerDay)
}

/** "in two parts: 8 Jan, 12 Jan – 14 Jan". */
export function partsText({ parts, resume }: Move): string | undefined {
  if (resume !== null) return `What is left goes on ${dayOf(resume)}.`
  if (parts.length === 0) return undefined
  const said = parts.map(({ from, to }) => {
    const [first, last] = [shortDayOf(from), shortDayOf(to)]
    return first === last ? first : `${first} – ${last}`
  })
  return `In ${parts.length} parts: ${said.join(', ')}.`
}

/** Days on which somebody has too much to do, added up over people, and how many they are. */
export function overloadFigures(overloads: Preview['overloads']): { people: number; conflicts: number } {
  return { people: new Set(overloads.map(({ resource }) => resource)).size, conflicts: overloads.length }
}

export function peopleText({ people, conflicts }: { people: number; conflicts: number }): string {
  if (conflicts === 0) return 'Nobody has too much to do'
  const who = people === 1 ? 'one person' : `${people} people`
  return `${conflicts === 1 ? 'once' : `${conflicts} times`}, ${who}`
}

/** How good the answer is: proven, or how far from what nobody can beat. */
export function gapText({ projects, proven }: Preview): string {
  const days = projects.map(({ finishAfter, finishBound }) => minuteOf(finishAfter) - minuteOf(finishBound))
  const most = Math.max(0, ...days) / 1440
  if (proven || most === 0) return 'No plan without over-allocation finishes sooner.'
  const bound = projects.find((_project, p) => days[p] === most * 1440)?.finishBound ?? ''
  return `No plan finishes before ${dayOf(bound)}: at most ${formatNumber(most, 1)} calendar days could still be won.`
}
