import { type CsvCell, writeCsv } from '../../../exchange/csv/csv.ts'
import { basisOf, type Checked, GRADE_WORDS, type Practices, resultOf } from './health-words.ts'
import type { Trend } from './trend-lines.ts'

export type Table = { readonly columns: string[]; readonly rows: CsvCell[][] }

/** The fourteen points with a line for each offender. */
export function pointsTable({ points }: Checked): Table {
  const rows = points.flatMap((point) => {
    const { number, name, value, unit, threshold, offenders } = point
    const head = [number, name, value, unit, threshold, resultOf(point).word]
    if (offenders.length === 0) return [[...head, null, null, null]]
    return offenders.map((offender) => [...head, offender.uid, offender.name, offender.why])
  })
  const columns = ['No.', 'Point', 'Value', 'Unit', 'Limit', 'Result', 'UID', 'Offender', 'Why']
  return { columns, rows }
}

/** The questions of the practices with their answers, and on whose word they stand. */
export function practicesTable({ practices }: Practices): Table {
  const rows = practices.flatMap(({ name, characteristic, questions }) =>
    questions.map((question) => {
      const answer = question.grade === null ? null : GRADE_WORDS[question.grade]
      const stale = question.stale ? 'plan changed since' : null
      return [question.key, name, characteristic, question.text, answer, basisOf(question), stale]
    }),
  )
  const columns = ['No.', 'Practice', 'Characteristic', 'Question', 'Answer', 'Rests on', 'Stale']
  return { columns, rows }
}

/** Hands a table over as a CSV file. */
export function saveTable(name: string, { columns, rows }: Table): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([writeCsv(columns, rows)], { type: 'text/csv' }))
  link.download = `${name.replace(/[^\p{L}\p{N} ._-]+/gu, ' ').trim()}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The trend of milestones with a column for each reporting day. */
export function trendTable({ days, milestones }: Trend): Table {
  const rows = milestones.map(({ wbs, name, baseline, forecasts }) => [
    wbs,
    name,
    baseline?.slice(0, 10),
    ...forecasts.map((forecast) => forecast?.slice(0, 10)),
  ])
  return { columns: ['WBS', 'Milestone', 'Baseline', ...days.map(({ day }) => day)], rows }
}
