import { fileLimits } from '../file-limits.ts'
import type { Constraint, Contour, DurationUnit, Instant, Lag, PlanLink, PlanTask } from '../plan-file.ts'

/** How one kind of value stands in MSPDI text. `read` answers undefined for a text that is no such value. */
export type Codec<Value> = {
  read: (text: string) => Value | undefined
  write: (value: Value) => string
}

export const text: Codec<string> = { read: (value) => value, write: (value) => value }

export const flag: Codec<boolean> = {
  read(value) {
    const word = value.trim()
    if (word === '1' || word === 'true') return true
    return word === '0' || word === 'false' ? false : undefined
  },
  write: (value) => (value ? '1' : '0'),
}

/** A decimal with a point; never `1,5`, `NaN` or a number too large to be meant. */
export function decimal(least: number, most: number): Codec<number> {
  return {
    read(value) {
      const word = value.trim()
      if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(word)) return undefined
      const number = Number(word)
      return number >= least && number <= most ? number + 0 : undefined
    },
    write: (value) => String(value),
  }
}

export function integer(least: number, most: number): Codec<number> {
  const number = decimal(least, most)
  return {
    read(value) {
      const found = number.read(value)
      return found !== undefined && Number.isInteger(found) ? found : undefined
    },
    write: (value) => String(Math.round(value)),
  }
}

export const uid = integer(0, 2_147_483_647)

/** Integer cents: MSPDI writes cost as hundredths of the currency, some programs with a fraction. */
export const cents: Codec<number> = {
  read(value) {
    const found = decimal(-1e15, 1e15).read(value)
    return found === undefined ? undefined : Math.round(found) + 0
  },
  write: (value) => String(value),
}

/** Tenths of minutes in the file, minutes here: lag, slack, delay. */
export const tenths: Codec<number> = {
  read(value) {
    const most = fileLimits.spanMinutes * 10
    const found = decimal(-most, most).read(value)
    return found === undefined ? undefined : found / 10 + 0
  },
  // Whole tenths, unless a file itself was finer.
  write: (value) => String(Math.round(value * 10_000) / 1000),
}

/** `2026-01-05T08:00:00`; seconds are kept, fractions of a second only as source text. */
export const instant: Codec<Instant> = {
  read(value) {
    const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?$/.exec(value.trim())
    if (match === null) return undefined
    const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (year < fileLimits.firstYear || year > fileLimits.lastYear) return undefined
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
    if (hour > 23 || minute > 59 || second > 59) return undefined
    return value.trim().slice(0, 19)
  },
  write: (value) => value,
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** `08:30:00` as minutes of the day; seconds are cut off. */
export const minuteOfDay: Codec<number> = {
  read(value) {
    const match = /^(\d\d):(\d\d)(?::[0-5]\d(?:\.\d{1,9})?)?$/.exec(value.trim())
    if (match === null) return undefined
    const [hour, minute] = [Number(match[1]), Number(match[2])]
    return hour < 24 && minute < 60 ? hour * 60 + minute : undefined
  },
  write(value) {
    const pad = (part: number) => String(part).padStart(2, '0')
    return `${pad(Math.floor(value / 60) % 24)}:${pad(value % 60)}:00`
  },
}

/** ISO 8601 spans such as `PT38H14M24S`; a day is 24 hours. Negative spans are no value here. */
export function span(mostMinutes: number): Codec<number> {
  return {
    read(value) {
      const match =
        /^P(?:(\d{1,9})D)?(?:T(?:(\d{1,12})H)?(?:(\d{1,14})M)?(?:(\d{1,15}(?:\.\d{1,9})?)S)?)?$/.exec(
          value.trim(),
        )
      if (match === null || !/\d/.test(value)) return undefined
      const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
        number,
        number,
        number,
        number,
      ]
      const total = days * 1440 + hours * 60 + minutes + seconds / 60
      // A thousandth of a second is the finest that is kept: it makes 24 s read as 0.4 and not 0.39999….
      return total <= mostMinutes ? Math.round(total * 60_000) / 60_000 : undefined
    },
    write(value) {
      const milliseconds = Math.round(value * 60_000)
      const hours = Math.floor(milliseconds / 3_600_000)
      const minutes = Math.floor((milliseconds % 3_600_000) / 60_000)
      return `PT${hours}H${minutes}M${(milliseconds % 60_000) / 1000}S`
    },
  }
}

export const duration = span(fileLimits.spanMinutes)
export const work = span(fileLimits.workMinutes)

/** A word for each code number of the format. */
export function oneOf<Word extends string>(words: readonly (Word | undefined)[]): Codec<Word> {
  return {
    read: (value) => (/^\d{1,3}$/.test(value.trim()) ? words[Number(value)] : undefined),
    write: (value) => String(words.indexOf(value)),
  }
}

export const taskType = oneOf<PlanTask['type']>(['fixedUnits', 'fixedDuration', 'fixedWork'])
export const constraint = oneOf<Constraint>(['asap', 'alap', 'mso', 'mfo', 'snet', 'snlt', 'fnet', 'fnlt'])
export const linkType = oneOf<PlanLink['type']>(['ff', 'fs', 'sf', 'ss'])
export const contour = oneOf<Contour>([
  'flat',
  'backLoaded',
  'frontLoaded',
  'doublePeak',
  'earlyPeak',
  'latePeak',
  'bell',
  'turtle',
  'contoured',
])
export const timephasedUnit = oneOf<DurationUnit>(['minutes', 'hours', 'days', 'weeks', undefined, 'months'])

export type DurationFormat = {
  unit: DurationUnit | undefined
  elapsed: boolean
  percent: boolean
  estimated: boolean
}

const unitCodes: [number, DurationUnit][] = [
  [3, 'minutes'],
  [5, 'hours'],
  [7, 'days'],
  [9, 'weeks'],
  [11, 'months'],
]

/**
 * DurationFormat and LagFormat: 3 minutes, 5 hours, 7 days, 9 weeks, 11 months, 19 percent, 21 none;
 * one more for elapsed time, 32 more for an estimate (learn.microsoft.com, LagFormat element).
 */
export const durationFormat: Codec<DurationFormat> = {
  read(value) {
    const code = integer(0, 99).read(value)
    if (code === undefined) return undefined
    const estimated = code >= 35
    const plain = estimated ? code - 32 : code
    if (plain === 21) return { unit: undefined, elapsed: false, percent: false, estimated }
    if (plain === 19 || plain === 20)
      return { unit: undefined, elapsed: plain === 20, percent: true, estimated }
    const found = unitCodes.find(([unitCode]) => unitCode === plain || unitCode + 1 === plain)
    return found && { unit: found[1], elapsed: found[0] !== plain, percent: false, estimated }
  },
  write(format) {
    const unitCode = unitCodes.find(([, unit]) => unit === format.unit)?.[0]
    const plain = format.percent ? 19 : (unitCode ?? (format.elapsed ? 7 : 21))
    const isElapsed = format.elapsed && plain !== 21
    return String(plain + (isElapsed ? 1 : 0) + (format.estimated ? 32 : 0))
  },
}

/** A lag as LinkLag and LagFormat say it: tenths of minutes, or whole percent of the predecessor's duration. */
export function readLag(linkLag: string, format: DurationFormat): Lag | undefined {
  if (format.percent) {
    const percent = decimal(-1_000_000, 1_000_000).read(linkLag)
    return percent === undefined
      ? undefined
      : { kind: format.elapsed ? 'elapsedPercent' : 'percent', percent }
  }
  const minutes = tenths.read(linkLag)
  return minutes === undefined ? undefined : { kind: format.elapsed ? 'elapsed' : 'working', minutes }
}
