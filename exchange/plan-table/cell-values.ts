import * as values from '../mspdi/values.ts'
import type { Constraint, DurationUnit, Instant, Lag, PlanLink } from '../plan-file.ts'

/** How long the units are; a table does not say its own. */
export const UNIT_MINUTES: Readonly<Record<DurationUnit, number>> = {
  minutes: 1,
  hours: 60,
  days: 480,
  weeks: 2400,
  months: 9600,
}

const ELAPSED_MINUTES: Readonly<Record<DurationUnit, number>> = {
  minutes: 1,
  hours: 60,
  days: 1440,
  weeks: 10_080,
  months: 43_200,
}

const UNIT_WORDS: readonly (readonly [RegExp, DurationUnit])[] = [
  [/^(m|min|mins|minute|minutes|minuten|minuto|minutos)$/, 'minutes'],
  [/^(h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas)$/, 'hours'],
  [/^(|d|dy|day|days|t|tag|tage|tagen|j|jour|jours|día|días|dia|dias)$/, 'days'],
  [/^(w|wk|wks|week|weeks|woche|wochen|sem|semaine|semaines|semana|semanas)$/, 'weeks'],
  [/^(mo|mon|mons|month|months|monat|monate|monaten|mois|mes|meses|ms)$/, 'months'],
]

export type Span = { minutes: number; elapsed: boolean; unit: DurationUnit; estimated: boolean }

/** `5 d`, `2 Wochen`, `1,5 h`, `3 ed` (by the clock), `4 days?` (estimated); a bare number is days. */
export function spanIn(text: string): Span | undefined {
  const match = /^([+-]?\s*\d{1,9}(?:[.,]\d{1,6})?)\s*([a-zäöüéí]{0,12})\.?\s*(\??)$/i.exec(text.trim())
  if (!match) return undefined
  const amount = Number((match[1] ?? '').replace(/\s/g, '').replace(',', '.'))
  const word = (match[2] ?? '').toLowerCase()
  const found = unitOf(word)
  if (!found) return undefined
  const { unit, elapsed } = found
  const minutes = Math.round(amount * (elapsed ? ELAPSED_MINUTES : UNIT_MINUTES)[unit] * 10) / 10
  return { minutes, elapsed, unit, estimated: match[3] === '?' }
}

function unitOf(word: string): { unit: DurationUnit; elapsed: boolean } | undefined {
  const plain = UNIT_WORDS.find(([words]) => words.test(word))
  if (plain) return { unit: plain[1], elapsed: false }
  if (word.length < 2) return undefined
  // By the clock: English and German put a letter before (ed, fTage), French and Spanish behind (jé, dt).
  const bare = /^[ef]/.test(word) ? word.slice(1) : /[ét]$/.test(word) ? word.slice(0, -1) : undefined
  const clock = bare === undefined ? undefined : UNIT_WORDS.find(([words]) => words.test(bare))
  return clock && { unit: clock[1], elapsed: true }
}

export type DayOrder = 'dayFirst' | 'monthFirst'

/**
 * A day with or without time of day: `2026-01-05`, `2026-01-05T08:00:00`, `5.1.2026 08:00`, `Mo 05.01.26`, `5 Jan 2026`,
 * and with strokes in the order given. Answers the day, and the instant where a time is said.
 */
export function momentIn(text: string, order: DayOrder): { day: string; instant?: Instant } | undefined {
  if (text.length > MOST_SIGNS) return undefined
  const said = text.trim()
  // "Mar 5, 2026" begins with a month, "mar 05/03/26" with a Tuesday: the weekday goes only where nothing else fits.
  return plainMoment(said, order) ?? plainMoment(said.replace(WEEKDAY, ''), order)
}

function plainMoment(text: string, order: DayOrder): { day: string; instant?: Instant } | undefined {
  const match = /^(\S.*?)(?:[T\s]+(\d{1,2}):(\d\d)(?::(\d\d))?\s*(am|pm)?)?$/iu.exec(text)
  const day = match && dayIn(match[1] ?? '', order)
  if (!match || !day) return undefined
  if (match[2] === undefined) return { day }
  const half = (match[5] ?? '').toLowerCase()
  const hour = (Number(match[2]) % (half === '' ? 24 : 12)) + (half === 'pm' ? 12 : 0)
  const said = `${day}T${two(hour)}:${match[3]}:${match[4] ?? '00'}`
  const instant = values.instant.read(said)
  return instant === undefined ? undefined : { day, instant }
}

/** No day is written longer; a stranger's cell may be. */
const MOST_SIGNS = 80

/** The name of a day or its short form, in the languages that are read. */
const WEEKDAY = /^\p{L}{2,10}\.?,?\s+(?=\d)/u

function dayIn(text: string, order: DayOrder): string | undefined {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text)
  if (iso) return dayOf(iso[1], iso[2], iso[3])
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2}|\d{4})$/.exec(text)
  if (dotted) return dayOf(dotted[3], dotted[2], dotted[1])
  const stroked = /^(\d{1,2})[-/](\d{1,2})[-/](\d{2}|\d{4})$/.exec(text)
  if (stroked)
    return order === 'dayFirst'
      ? dayOf(stroked[3], stroked[2], stroked[1])
      : dayOf(stroked[3], stroked[1], stroked[2])
  const named = /^(\d{1,2})[.\s-]+(\p{L}{3,9})\.?[\s-]+(\d{2}|\d{4})$/u.exec(text)
  if (named) return dayOf(named[3], monthIn(named[2] ?? ''), named[1])
  const american = /^(\p{L}{3,9})\.? (\d{1,2}),? (\d{4})$/u.exec(text)
  return american ? dayOf(american[3], monthIn(american[1] ?? ''), american[2]) : undefined
}

/** How the months begin in English, German, French and Spanish. */
const MONTHS = [
  /^(jan|ene)/,
  /^(feb|fév|fev)/,
  /^(mar|mär|mrz)/,
  /^(apr|avr|abr)/,
  /^(may|mai)/,
  /^(jun|juin)/,
  /^(jul|juil)/,
  /^(aug|aoû|aou|ago)/,
  /^sep/,
  /^(oct|okt)/,
  /^nov/,
  /^(dec|dez|déc|dic)/,
]

function monthIn(word: string): string {
  return String(MONTHS.findIndex((month) => month.test(word.toLowerCase())) + 1)
}

function dayOf(year = '', month = '', day = ''): string | undefined {
  const full = year.length === 2 ? `20${year}` : year
  const said = `${full}-${two(Number(month))}-${two(Number(day))}`
  return values.instant.read(`${said}T00:00:00`) === undefined ? undefined : said
}

const two = (number: number) => String(number).padStart(2, '0')

/** In which order days with strokes stand; undefined when the texts do not tell. */
export function dayOrderOf(texts: Iterable<string>): DayOrder | 'contradicting' | undefined {
  let order: DayOrder | undefined
  for (const text of texts) {
    const match = /(?<!\d)(\d{1,2})[-/](\d{1,2})[-/]\d/.exec(text)
    const said =
      match && (Number(match[1]) > 12 ? 'dayFirst' : Number(match[2]) > 12 ? 'monthFirst' : undefined)
    if (said && order && said !== order) return 'contradicting'
    order = said || order
  }
  return order
}

export type LinkText = { row: string; type: PlanLink['type']; lag: Lag }

const LINK_WORDS: Readonly<Record<string, PlanLink['type']>> = {
  '': 'fs',
  fs: 'fs',
  ss: 'ss',
  ff: 'ff',
  sf: 'sf',
  ea: 'fs',
  aa: 'ss',
  ee: 'ff',
  ae: 'sf',
  fd: 'fs',
  dd: 'ss',
  df: 'sf',
  fc: 'fs',
  cc: 'ss',
  cf: 'sf',
}

/** `3`, `3FS+2d;5`, `4AA-1 t`, `7FF+50%`: rows, kind of link, lag. Undefined: one of them cannot be read. */
export function linksIn(text: string): LinkText[] | undefined {
  const parts = text.split(text.includes(';') ? ';' : ',').map((part) => part.trim())
  const links: LinkText[] = []
  for (const part of parts) {
    if (part === '') continue
    const match =
      /^(\d{1,10}|\d{1,9}(?:\.\d{1,9}){1,20}\.?)\s*(fs|ss|ff|sf|ea|aa|ee|ae|fd|dd|df|fc|cc|cf)?\s*([+-].{1,30})?$/i.exec(
        part,
      )
    const lag = match && lagIn(match[3])
    const type = LINK_WORDS[(match?.[2] ?? '').toLowerCase()]
    if (!match || !lag || !type) return undefined
    links.push({ row: match[1] ?? '', type, lag })
  }
  return links
}

function lagIn(text: string | undefined): Lag | undefined {
  if (text === undefined) return { kind: 'working', minutes: 0 }
  const share = /^([+-])\s*(\d{1,6}(?:[.,]\d{1,4})?)\s*(e?)%$/.exec(text.trim())
  if (share) {
    const percent = Number(`${share[1]}${(share[2] ?? '').replace(',', '.')}`) + 0
    return { kind: share[3] === 'e' ? 'elapsedPercent' : 'percent', percent }
  }
  const span = spanIn(text)
  return span && { kind: span.elapsed ? 'elapsed' : 'working', minutes: span.minutes + 0 }
}

/** The constraints by the words of Microsoft Project: English, German, French, Spanish. */
export const CONSTRAINT_WORDS: readonly (readonly [Constraint, string, string, string, string])[] = [
  ['asap', 'As Soon As Possible', 'So früh wie möglich', 'Dès que possible', 'Lo antes posible'],
  ['alap', 'As Late As Possible', 'So spät wie möglich', 'Le plus tard possible', 'Lo más tarde posible'],
  [
    'snet',
    'Start No Earlier Than',
    'Anfang nicht früher als',
    'Début au plus tôt le',
    'No comenzar antes del',
  ],
  [
    'snlt',
    'Start No Later Than',
    'Anfang nicht später als',
    'Début au plus tard le',
    'No comenzar después del',
  ],
  ['fnet', 'Finish No Earlier Than', 'Ende nicht früher als', 'Fin au plus tôt le', 'No finalizar antes del'],
  [
    'fnlt',
    'Finish No Later Than',
    'Ende nicht später als',
    'Fin au plus tard le',
    'No finalizar después del',
  ],
  ['mso', 'Must Start On', 'Muss anfangen am', 'Doit commencer le', 'Debe comenzar el'],
  ['mfo', 'Must Finish On', 'Muss enden am', 'Doit finir le', 'Debe finalizar el'],
]

export function constraintIn(text: string): Constraint | undefined {
  const word = text.trim().toLowerCase()
  return CONSTRAINT_WORDS.find((words) => words.some((each) => each.toLowerCase() === word))?.[0]
}

export function truthIn(text: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  if (/^(yes|y|ja|j|oui|o|sí|si|s|true|wahr|vrai|verdadero|1|x)$/.test(word)) return true
  return /^(no|n|nein|non|false|falsch|faux|falso|0|)$/.test(word) ? false : undefined
}

/** `Ruth Abara; Lars Eklund[50%]`: names with their units. */
export function peopleIn(text: string): { name: string; units: number }[] {
  return text
    .split(text.includes(';') ? ';' : ',')
    .map((part) => part.slice(0, MOST_NAME).trim())
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^(.*?)\s*\[\s*(\d{1,6}(?:[.,]\d{1,4})?)\s*(%?)\s*\]$/.exec(part)
      if (!match) return { name: part, units: 1 }
      const amount = Number((match[2] ?? '').replace(',', '.'))
      return { name: match[1] ?? part, units: match[3] === '%' ? amount / 100 : amount }
    })
}

const MOST_NAME = 255

const DAY_PARTS = [
  [480, 720],
  [780, 1020],
] as const

/** Working minutes from Monday to Friday, 8:00 to 12:00 and 13:00 to 17:00, between two instants. */
export function usualMinutesBetween(start: Instant, finish: Instant): number {
  const [from, to] = [minuteOf(start), minuteOf(finish)]
  let minutes = 0
  for (let day = Math.floor(from / 1440); day * 1440 < to; day += 1) {
    // 1970-01-01 was a Thursday.
    const weekday = (((day + 4) % 7) + 7) % 7
    if (weekday === 0 || weekday === 6) continue
    for (const [begin, end] of DAY_PARTS)
      minutes += Math.max(0, Math.min(to, day * 1440 + end) - Math.max(from, day * 1440 + begin))
  }
  return minutes
}

function minuteOf(instant: Instant): number {
  return Date.parse(`${instant}Z`) / 60_000
}
